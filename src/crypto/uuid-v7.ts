/** A UUID of version 7 (RFC 9562, section 5.7): the time `madeAt` in milliseconds, then 74 random bits. */
export function makeUuidV7(madeAt: Date): string {
  const time = madeAt.getTime().toString(16).padStart(12, '0');
  const [, , , variantAndRandom, random] = crypto.randomUUID().split('-');
  const version = `7${crypto.randomUUID().slice(15, 18)}`;
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variantAndRandom}-${random}`;
}
