# python3 scripts/generate/legacy-hashes.py [bcrypt] [werkzeug-scrypt] [werkzeug-pbkdf2] [django-pbkdf2] > hashes.json
# Makes hashes with the libraries that the users of other systems come with: Flask-Bcrypt, bcrypt, Werkzeug and Django.
# Without arguments, makes those of all schemes. scripts/generate/legacy-hashes.mjs says where the others come from.
# On Debian: apt-get install python3-flask-bcrypt python3-werkzeug python3-django
import json
import sys
import unicodedata

PASSWORDS = [
    "correct horse battery staple",
    " Spaces  at both ends ",
    unicodedata.normalize("NFC", "Żółw Å ﬁ ①"),
    unicodedata.normalize("NFD", "Żółw Å ﬁ ①"),
    "Пароль密码🔑👩‍👩‍👧",
    "of 72 bytes, the most that bcrypt takes, and so a form of its own: abcde"[:72],
    "longer than 72 bytes: " + "long " * 30,
    "Ünter 72 Zeichen, aber über 72 Bytes: ääääääääääääääääääääääääääääääää",
]


def bcrypt_hashes():
    import bcrypt
    from flask import Flask
    from flask_bcrypt import Bcrypt, __version__

    def made(password, cost, prefix):
        salt = bcrypt.gensalt(cost).replace(b"$2b$", prefix)
        return bcrypt.hashpw(password.encode(), salt).decode()

    source = f"bcrypt {bcrypt.__version__}"
    for password in PASSWORDS:
        for prefix in (b"$2a$", b"$2b$", b"$2y$"):
            yield password, made(password, 4, prefix), source
    yield PASSWORDS[0], made(PASSWORDS[0], 10, b"$2a$"), source
    yield PASSWORDS[4], made(PASSWORDS[4], 10, b"$2y$"), source
    flask = Bcrypt(Flask("tutorial"))
    yield PASSWORDS[0], flask.generate_password_hash(PASSWORDS[0], 13).decode(), f"Flask-Bcrypt {__version__}"
    yield PASSWORDS[6], flask.generate_password_hash(PASSWORDS[6]).decode(), f"Flask-Bcrypt {__version__}"


def werkzeug_hashes(*methods):
    from importlib.metadata import version
    from werkzeug.security import generate_password_hash

    for password in PASSWORDS:
        yield password, generate_password_hash(password, method=methods[0]), f"Werkzeug {version('werkzeug')}"
    for method in methods[1:]:
        yield PASSWORDS[4], generate_password_hash(PASSWORDS[4], method=method), f"Werkzeug {version('werkzeug')}"


def django_hashes():
    import django
    from django.conf import settings
    from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password

    settings.configure()
    source = f"Django {django.get_version()}"
    hasher = PBKDF2PasswordHasher()
    for password in PASSWORDS:
        yield password, hasher.encode(password, hasher.salt(), 1000), source
    yield PASSWORDS[3], hasher.encode(PASSWORDS[3], hasher.salt(), 100_000), source
    yield PASSWORDS[3], hasher.encode(PASSWORDS[3], hasher.salt(), 100_001), source
    yield PASSWORDS[6], make_password(PASSWORDS[6]), source


MAKERS = {
    "bcrypt": bcrypt_hashes,
    # The first method is the cheapest: it hashes all passwords. The last is the library's default.
    "werkzeug-scrypt": lambda: werkzeug_hashes("scrypt:1024:8:1", "scrypt:2048:4:3", "scrypt"),
    "werkzeug-pbkdf2": lambda: werkzeug_hashes(
        "pbkdf2:sha256:1000", "pbkdf2:sha256:1", "pbkdf2:sha256:2", "pbkdf2:sha256:260000", "pbkdf2:sha256"
    ),
    "django-pbkdf2": django_hashes,
}

print(
    json.dumps(
        [
            {"scheme": scheme, "password": password, "hash": made, "from": source}
            for scheme in sys.argv[1:] or MAKERS
            for password, made, source in MAKERS[scheme]()
        ],
        ensure_ascii=False,
    )
)
