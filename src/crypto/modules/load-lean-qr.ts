/** Loads lean-qr, which makes QR codes. */
export const loadLeanQr = () => import('./lean-qr.mjs');
