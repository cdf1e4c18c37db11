// A parenthesis is missing.
function FindProxyForURL(url, host) {
  if (host === "turn.cloud.example" return "DIRECT";
  return "PROXY proxy.corp.example:8080";
}
