import { describe, expect, it } from 'vitest';
import { authenticatorDataIn } from '../../../src/crypto/webauthn/attestation.ts';
import { readMap } from '../../../src/crypto/webauthn/cbor.ts';
import { verifyRegistration } from '../../../src/crypto/webauthn/verify-registration.ts';
import { WebAuthnError } from '../../../src/crypto/webauthn/webauthn-error.ts';
import { concat, encode, FLAG, fromHex, makeAuthenticator } from '../../support/authenticator.ts';

const FMT = '63666d74 646e6f6e65';
const STATEMENT = '67617474 53746d74 a0';
const DATA = '68617574 68446174 61 43010203';

const read = (hex: string) => authenticatorDataIn(encode(fromHex(hex)));

describe('an attestation object', () => {
  it.each([
    ['in the order of the specification', `a3 ${FMT} ${STATEMENT} ${DATA}`],
    ['in another order', `a3 ${DATA} ${FMT} ${STATEMENT}`],
  ])('%s is read', (_, hex) => {
    expect(read(hex)).toEqual(new Uint8Array([1, 2, 3]));
  });

  it.each([
    ['nothing', ''],
    ['a number', '00'],
    ['an array', '83 01 02 03'],
    ['an empty map', 'a0'],
    ['a byte behind it', `a3 ${FMT} ${STATEMENT} ${DATA} 00`],
    ['another object behind it', `a3 ${FMT} ${STATEMENT} ${DATA} a3 ${FMT} ${STATEMENT} ${DATA}`],
    ['a key twice', `a4 ${FMT} ${STATEMENT} ${DATA} ${FMT}`],
    ['authenticator data twice', `a4 ${DATA} ${FMT} ${STATEMENT} ${DATA}`],
    ['a key twice in place of another one', `a3 ${FMT} ${FMT} ${DATA}`],
    ['a further key', `a4 ${FMT} ${STATEMENT} ${DATA} 6178 00`],
    ['a key of bytes', `a4 ${FMT} ${STATEMENT} ${DATA} 4178 00`],
    ['no statement', `a2 ${FMT} ${DATA}`],
    ['no format', `a2 ${STATEMENT} ${DATA}`],
    ['no authenticator data', `a2 ${FMT} ${STATEMENT}`],
    ['authenticator data as text', `a3 ${FMT} ${STATEMENT} 68617574 68446174 61 63010203`],
    ['authenticator data as a map', `a3 ${FMT} ${STATEMENT} 68617574 68446174 61 a0`],
    ['a length that is not given', `bf ${FMT} ${STATEMENT} ${DATA} ff`],
    ['bytes in pieces', `a3 ${FMT} ${STATEMENT} 68617574 68446174 61 5f 43010203 ff`],
    ['a length of one byte that needs none', `a3 ${FMT} ${STATEMENT} 68617574 68446174 61 5803 010203`],
    ['bytes that go beyond the end', `a3 ${FMT} ${STATEMENT} 68617574 68446174 61 44010203`],
    ['bytes of 4 GiB', `a3 ${FMT} ${STATEMENT} 68617574 68446174 61 5affffffff 010203`],
    ['bytes of 16 EiB', `a3 ${FMT} ${STATEMENT} 68617574 68446174 61 5bffffffffffffffff 010203`],
    ['more members than there are', `a4 ${FMT} ${STATEMENT} ${DATA}`],
    ['2^64 members', `bbffffffffffffffff ${FMT} ${STATEMENT} ${DATA}`],
    ['a tag', `d818 a3 ${FMT} ${STATEMENT} ${DATA}`],
    ['a simple value that is reserved', `a3 ${FMT} 67617474 53746d74 f8 ff ${DATA}`],
  ])('with %s is refused', (_, hex) => {
    expect(() => read(hex)).toThrow(WebAuthnError);
  });

  it('is refused wherever it is cut', () => {
    const whole = fromHex(`a3 ${FMT} ${STATEMENT} ${DATA}`);
    for (const length of whole.keys()) {
      expect(() => authenticatorDataIn(encode(whole.subarray(0, length)))).toThrow(WebAuthnError);
    }
  });

  it.each([
    ['arrays', '81'],
    ['maps', 'a100'],
    ['tags', 'c0'],
  ])('with %s inside each other, as deep as 8 KiB can have them, is refused', (_, opening) => {
    const deep = opening.repeat(Math.floor(8100 / (opening.length / 2)));
    const hex = `a3 63666d74 6178 67617474 53746d74 ${deep} ${DATA}`;
    expect(() => read(hex)).toThrow(WebAuthnError);
  });
});

describe('a map of CBOR', () => {
  it('is read from where it begins to where it ends', () => {
    const { map, end } = readMap(fromHex('ffff a2 01 02 20 4101 ffff'), 2);
    expect(map).toEqual(
      new Map<number, unknown>([
        [1, 2],
        [-1, new Uint8Array([1])],
      ]),
    );
    expect(end).toBe(8);
  });

  it('takes nothing from the buffer behind its bytes', () => {
    const buffer = fromHex('a1 01 4401020304');
    for (const end of [0, 1, 2, 3, 4, 5, 6]) expect(() => readMap(buffer.subarray(0, end), 0)).toThrow(WebAuthnError);
  });
});

describe('authenticator data', async () => {
  const [rpId, origin] = ['example.com', 'https://example.com'];
  const expected = { challenge: 'AAAA', origins: [origin], rpId };
  const { register, cose } = await makeAuthenticator({ rpId, origin });
  const { response, ...rest } = await register('AAAA');
  const data = authenticatorDataIn(response.attestationObject);

  const verify = (authData: Uint8Array) => {
    const length = [0x59, authData.length >> 8, authData.length & 0xff];
    const head = fromHex(`a3 ${FMT} ${STATEMENT} 68617574 68446174 61`);
    const attestationObject = encode(concat(head, authData.length < 256 ? [0x58, authData.length] : length, authData));
    return verifyRegistration({ ...rest, response: { ...response, attestationObject } }, expected);
  };

  it('is taken as it is', async () => {
    expect(await verify(data)).toMatchObject({ id: rest.id });
  });

  it('is refused wherever it is cut', async () => {
    for (let length = 24; length < data.length; length += 1)
      await expect(verify(data.subarray(0, length)), String(length)).rejects.toThrow(WebAuthnError);
  });

  it('has a credential id of 1 to 1023 bytes', async () => {
    const key = data.subarray(55 + 32);
    const withId = (length: number) =>
      concat(data.subarray(0, 53), [length >> 8, length & 0xff], new Uint8Array(length), key);
    const idOf = (length: number) => encode(new Uint8Array(length));
    for (const [length, reason] of [
      [0, 'the credential is malformed'],
      [1, 'the credential id is another one'],
      [1023, 'the credential id is another one'],
      [1024, 'the credential is malformed'],
      [65_535 - 200, 'the attestation object is malformed'],
    ] as const) {
      await expect(verify(withId(length)), idOf(length).slice(0, 9)).rejects.toThrow(new WebAuthnError(reason));
    }
  });

  it('has no key with a member twice', async () => {
    const key = concat([0xa6, 3, 0x26], data.subarray(55 + 32 + 1));
    await expect(verify(concat(data.subarray(0, 55 + 32), key))).rejects.toThrow(WebAuthnError);
    expect(cose.size).toBe(5);
  });

  it('is counted with all bits of its counter', async () => {
    expect(await verify(data.with(33, 0x80).with(36, 1))).toMatchObject({ counter: 0x80000001 });
  });

  it('may have flags that are reserved', async () => {
    expect(await verify(data.with(32, FLAG.UP | FLAG.UV | FLAG.AT | 0x22))).toMatchObject({ id: rest.id });
  });
});
