# Gets tokens with Authlib. Reads what it needs from standard input, and raises for whatever is not as it should be.
import json
import sys
import time

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import jwt
from authlib.oauth2.rfc7523 import PrivateKeyJWT

given = json.load(sys.stdin)
metadata = OAuth2Session().get(
    given["issuer"] + "/.well-known/oauth-authorization-server", withhold_token=True
).json()
endpoint = metadata["token_endpoint"]
keys = OAuth2Session().get(metadata["jwks_uri"], withhold_token=True).json()


def check(token, subject):
    claims = jwt.decode(token["access_token"], keys)
    claims.validate()
    assert claims["sub"] == subject and claims["client_id"] == subject
    assert claims["scope"] == token["scope"] == given["scope"] and token["token_type"] == "Bearer"


def refused(session, error, **form):
    try:
        session.fetch_token(endpoint, **form)
    except OAuthError as problem:
        assert problem.error == error, problem.error
    else:
        raise AssertionError("was not refused")


for method in ["client_secret_basic", "client_secret_post"]:
    session = OAuth2Session(
        given["id"], given["secret"], scope=given["scope"], token_endpoint_auth_method=method
    )
    check(session.fetch_token(endpoint, grant_type="client_credentials"), given["id"])
    refused(session, "invalid_scope", grant_type="client_credentials", scope=given["other_scope"])
    wrong = OAuth2Session(given["id"], "wrong", token_endpoint_auth_method=method)
    refused(wrong, "invalid_client", grant_type="client_credentials")

keyed = given["keyed"]
session = OAuth2Session(
    keyed["id"], keyed["pem"], scope=given["scope"], token_endpoint_auth_method="private_key_jwt"
)
# By itself, Authlib lets an assertion live for an hour.
claims = {"exp": int(time.time()) + 120}
session.register_client_auth_method(PrivateKeyJWT(endpoint, claims=claims, alg=keyed["alg"]))
check(session.fetch_token(endpoint, grant_type="client_credentials"), keyed["id"])
# Authlib keeps the jti in the claims that it was given, and it works once.
refused(session, "invalid_client", grant_type="client_credentials")

person = OAuth2Session("first-party", token_endpoint_auth_method="none")
token = person.refresh_token(endpoint, refresh_token=given["refresh_token"])
assert token["scope"] == given["scope"] and token["refresh_token"]
