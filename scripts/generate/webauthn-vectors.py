# python3 scripts/generate/webauthn-vectors.py > test/crypto/webauthn/vectors.json, which prettier formats.
# On Debian: apt-get install python3-cryptography, of version 43 or newer. Computes again the test vectors of WebAuthn level 3, section 16, as that section says:
# HKDF-SHA-256 of "WebAuthn test vectors" gives all that is random, and signatures are deterministic. Statements of
# attestation are those that the section prints; packed.RS256 and packed.EdDSA are here without theirs. `own` are vectors of the same kind in which a user was verified, for
# algorithms whose assertions in that section lack it, with counters, extensions and a longer credential id.
import base64
import hashlib
import json

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

UP, UV, BE, BS, AT, ED = 0x01, 0x04, 0x08, 0x10, 0x40, 0x80
RP_ID = "example.org"
ORIGIN = "https://example.org"

PACKED = {
    "packed-self.ES256": "a263616c672663736967584630440220067a20754ab925005dbf378097c92120031581c73228d1fb4f5b881bcd7da98302207fc7b147558c7c0eba3af18bd9d121fa3d3a26d17fe3f220272178f473b6006d",
    "packed.ES256": "a363616c6726637369675847304502203f19ec4b229f46ab8c45eff29b904ff10c0390dc40bf1216f04a78f4ceba3425022100fe7041a32759aff05a0f9f26c70a999c7a284451ba89234a1d3483c25e21925b637835638159022530820221308201c8a003020102021100"
    "88c220f83c8ef1feafe94deae45faad0300a06082a8648ce3d0403023062311e301c06035504030c15576562417574686e207465737420766563746f7273310c300a060355040a0c0357334331253023060355040b0c1c41757468656e74696361746f72204174746573746174696f6e204341310b30090603550406130241413020170d3234303130313030303030305a180f33303234303130313030303030305a305f311e301c06035504030c15576562417574686e207465737420766563746f7273310c300a060355040a0c0357334331223020060355040b0c1941757468656e74696361746f72204174746573746174696f6e310b30090603550406130241413059301306072a8648ce3d020106082a8648ce3d03010703420004"
    "a91ba4389409dd38a428141940ca8feb1ac0d7b4350558104a3777a49322f3798440f378b3398ab2d3bb7bf91322c92eb23556f59ad0a836fec4c7663b0e4dc3a360305e300c0603551d130101ff04023000300e0603551d0f0101ff040403020780301d0603551d0e04160414a589ba72d060842ab11f74fb246bdedab16f9b9b301f0603551d2304183016801445aff715b0dd786741fee996ebc16547a3931b1e300a06082a8648ce3d040302034700304402201726b9d85ecd8a5ed51163722ca3a20886fd9b242a0aa0453d442116075defd502207ef471e530ac87961a88a7f0d0c17b091ffc6b9238d30f79f635b417be5910e7",
}


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def head(major, length):
    if length < 24:
        return bytes([major << 5 | length])
    if length < 256:
        return bytes([major << 5 | 24, length])
    return bytes([major << 5 | 25]) + length.to_bytes(2, "big")


def cbor(value):
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value)) + value.encode()
    pairs = [cbor(key) + cbor(each) for key, each in value.items()]
    return head(5, len(pairs)) + b"".join(pairs)


class Randomness:
    def __init__(self, info):
        self.info, self.salt = info.encode(), 0

    def next(self, length):
        hkdf = HKDF(hashes.SHA256(), length, bytes([self.salt]), self.info)
        self.salt += 1
        return hkdf.derive(b"WebAuthn test vectors")


class ES256:
    def __init__(self, random):
        self.key = ec.derive_private_key(int.from_bytes(random.next(32), "big"), ec.SECP256R1())
        point = self.key.public_key().public_numbers()
        self.x, self.y = point.x.to_bytes(32, "big"), point.y.to_bytes(32, "big")
        self.cose = {1: 2, 3: -7, -1: 1, -2: self.x, -3: self.y}
        self.jwk = {"kty": "EC", "alg": "ES256", "crv": "P-256", "x": b64(self.x), "y": b64(self.y)}

    def sign(self, data):
        return self.key.sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))


class EdDSA:
    def __init__(self, random):
        self.key = ed25519.Ed25519PrivateKey.from_private_bytes(random.next(32))
        x = self.key.public_key().public_bytes_raw()
        self.cose = {1: 1, 3: -8, -1: 6, -2: x}
        self.jwk = {"kty": "OKP", "alg": "EdDSA", "crv": "Ed25519", "x": b64(x)}

    def sign(self, data):
        return self.key.sign(data)


class RS256:
    """Its primes are the two smallest Mersenne primes of 1024 bits or more."""

    def __init__(self, _random):
        p, q, e = 2**1279 - 1, 2**2203 - 1, 65537
        d = pow(e, -1, (p - 1) * (q - 1))
        public = rsa.RSAPublicNumbers(e, p * q)
        numbers = rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), public)
        self.key = numbers.private_key(unsafe_skip_rsa_key_validation=True)
        n = (p * q).to_bytes(436, "big")
        self.cose = {1: 3, 3: -257, -1: n, -2: b"\x01\x00\x01"}
        self.jwk = {"kty": "RSA", "alg": "RS256", "n": b64(n), "e": "AQAB"}

    def sign(self, data):
        return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def client_data(random, kind, challenge, **framed):
    more = random.next(1)[0] & 1
    data = {"type": f"webauthn.{kind}", "challenge": b64(challenge), "origin": ORIGIN, "crossOrigin": False, **framed}
    if more:
        data["extraData"] = (
            "clientDataJSON may be extended with additional fields in the future, such as this: " + b64(random.next(16))
        )
    return json.dumps(data, separators=(",", ":")).encode()


def authenticator_data(flags, counter, rest=b""):
    return hashlib.sha256(RP_ID.encode()).digest() + bytes([flags]) + counter.to_bytes(4, "big") + rest


def vector(info, kind, attested=0, framed={}, id_length=32, add=0, counters=(0, 0), extensions=None):
    random = Randomness(info)
    created = random.next(32)
    key = kind(random)
    data = client_data(random, "create", created, **framed)
    aaguid, credential_id = random.next(16), random.next(id_length)
    flags = random.next(1)[0] & (UV | BE | BS) | UP | AT | add
    if not flags & BE:
        flags &= ~BS
    extended = b"" if extensions is None else cbor(extensions)
    attested_data = aaguid + len(credential_id).to_bytes(2, "big") + credential_id + cbor(key.cose)
    authentication = authenticator_data(flags, counters[0], attested_data + extended)
    statement = bytes.fromhex(PACKED[info]) if info in PACKED else b"\xa0"
    fmt = "packed" if info in PACKED else "none"
    attestation = b"\xa3" + cbor("fmt") + cbor(fmt) + cbor("attStmt") + statement
    attestation += cbor("authData") + cbor(authentication)
    for _ in range(attested):
        random.next(32)

    asked = random.next(32)
    got = client_data(random, "get", asked, **framed)
    used_flags = random.next(1)[0] & (UV | BS) | UP | flags & BE | add
    if not flags & BE:
        used_flags &= ~BS
    used = authenticator_data(used_flags, counters[1], extended)
    return {
        "name": info,
        "id": b64(credential_id),
        "publicKey": key.jwk,
        "counters": counters,
        "backedUp": [bool(flags & BS), bool(used_flags & BS)],
        "userVerified": [bool(flags & UV), bool(used_flags & UV)],
        "registration": {
            "challenge": b64(created),
            "clientDataJSON": b64(data),
            "attestationObject": b64(attestation),
        },
        "assertion": {
            "challenge": b64(asked),
            "clientDataJSON": b64(got),
            "authenticatorData": b64(used),
            "signature": b64(key.sign(used + hashlib.sha256(got).digest())),
        },
    }


framed = {"crossOrigin": True}
specified = [
    vector("none.ES256", ES256),
    vector("packed-self.ES256", ES256),
    vector("none.ES256.crossOrigin", ES256, framed=framed),
    vector("none.ES256.topOrigin", ES256, framed={**framed, "topOrigin": "https://example.com"}),
    vector("none.ES256.long-credential-id", ES256, id_length=1023),
    vector("packed.ES256", ES256, attested=2),
    vector("packed.RS256", RS256, attested=2),
    vector("packed.EdDSA", EdDSA, attested=2),
]
extensions = {"credProtect": 3}
own = [
    vector("latchkey.ES256", ES256, add=UV | ED, counters=(7, 8), extensions=extensions),
    vector("latchkey.EdDSA", EdDSA, add=UV | BE | BS),
    vector("latchkey.RS256", RS256, add=UV, counters=(0, 1), id_length=16),
]
print(json.dumps({"rpId": RP_ID, "origin": ORIGIN, "specified": specified, "own": own}, indent=2))
