const FORMAT = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A UUID that tells when it was made, to the millisecond, with 74 random bits (RFC 9562, section 5.7). */
export function makeUuidV7(madeAt: Date): string {
  const time = madeAt.getTime().toString(16).padStart(12, '0');
  const [, , , variantAndRandom, random] = crypto.randomUUID().split('-');
  const version = `7${crypto.randomUUID().slice(15, 18)}`;
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variantAndRandom}-${random}`;
}

/** When `uuid` was made; `undefined` when it is not of version 7. */
export function timeOfUuidV7(uuid: string): Date | undefined {
  const [, high, low] = FORMAT.exec(uuid) ?? [];
  return high === undefined || low === undefined ? undefined : new Date(Number.parseInt(high + low, 16));
}
