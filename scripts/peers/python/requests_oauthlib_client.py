# Gets tokens with requests-oauthlib. Reads what it needs from standard input, and raises for whatever is not as it should be.
import json
import sys

from oauthlib.oauth2 import BackendApplicationClient, InvalidScopeError
from requests_oauthlib import OAuth2Session

given = json.load(sys.stdin)
endpoint = given["issuer"] + "/oauth/token"

session = OAuth2Session(client=BackendApplicationClient(client_id=given["id"], scope=[given["scope"]]))
token = session.fetch_token(endpoint, client_id=given["id"], client_secret=given["secret"])
assert token["scope"] == [given["scope"]] and token["token_type"] == "Bearer"
response = session.get(given["issuer"] + "/auth/verify", params={"scope": given["scope"]})
assert response.status_code == 204 and response.headers["X-Kind"] == "machine"

other = OAuth2Session(client=BackendApplicationClient(client_id=given["id"], scope=[given["other_scope"]]))
try:
    other.fetch_token(endpoint, client_id=given["id"], client_secret=given["secret"])
except InvalidScopeError:
    pass
else:
    raise AssertionError("more scope than there is")

person = OAuth2Session("first-party")
token = person.refresh_token(endpoint, refresh_token=given["refresh_token"])
assert token["scope"] == [given["scope"]] and token["refresh_token"]
