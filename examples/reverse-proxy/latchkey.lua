-- Asks Latchkey about the token of a request, and puts the response into txn.latchkey_*. haproxy.cfg decides.
local TIMEOUT_MS = 10000

local function first(headers, name)
  return headers and headers[name] and headers[name][0]
end

core.register_action("latchkey_verify", { "http-req" }, function(txn, url)
  local authorization = first(txn.http:req_get_headers(), "authorization")
  local response = core.httpclient():get({
    url = url,
    headers = authorization and { authorization = { authorization } },
    timeout = TIMEOUT_MS,
  })
  local function keep(var, name)
    local value = first(response.headers, name)
    if value then txn:set_var(var, value) end
  end
  keep("txn.latchkey_challenge", "www-authenticate")
  keep("txn.latchkey_retry_after", "retry-after")
  keep("txn.latchkey_user_id", "x-user-id")
  keep("txn.latchkey_session_id", "x-session-id")
  keep("txn.latchkey_roles", "x-roles")
  keep("txn.latchkey_kind", "x-kind")
  keep("txn.latchkey_client_id", "x-client-id")
  keep("txn.latchkey_key_id", "x-key-id")
  keep("txn.latchkey_scopes", "x-scopes")
  txn:set_var("txn.latchkey_status", response.status)
end, 1)
