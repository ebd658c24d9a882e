/** The parameters of Firebase's published example (https://github.com/firebase/scrypt). */
export const FIREBASE_SCRYPT = JSON.stringify({
  base64_signer_key: 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
  base64_salt_separator: 'Bw==',
  rounds: 8,
  mem_cost: 14,
});
