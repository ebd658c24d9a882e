import type { JWK } from 'jose';

/** Public keys of clients, as their members are stored: one for each algorithm. Nobody has the private halves. */
export const publicKeys = {
  ES256: {
    kid: 'es',
    use: 'sig',
    kty: 'EC',
    alg: 'ES256',
    crv: 'P-256',
    // RFC 7517, appendix A.1.
    x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
    y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
  },
  EdDSA: {
    kid: 'ed',
    use: 'sig',
    kty: 'OKP',
    alg: 'EdDSA',
    crv: 'Ed25519',
    // RFC 8037, appendix A.2.
    x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  },
  RS256: {
    kid: 'rs',
    use: 'sig',
    kty: 'RSA',
    alg: 'RS256',
    // RFC 7517, appendix A.1.
    n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
    e: 'AQAB',
  },
} as const satisfies Record<string, JWK>;
