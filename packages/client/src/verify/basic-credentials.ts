/** The credentials of a client in an Authorization header (RFC 6749, section 2.3.1): id and secret are form-encoded first. */
export function basicCredentials({ clientId, clientSecret }: { clientId: string; clientSecret: string }): string {
  return `Basic ${btoa(`${formEncode(clientId)}:${formEncode(clientSecret)}`)}`;
}

function formEncode(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1);
}
