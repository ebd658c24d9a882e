/** The time `seconds` after `at`. */
export const after = (at: Date, seconds: number) => new Date(at.getTime() + seconds * 1000);
