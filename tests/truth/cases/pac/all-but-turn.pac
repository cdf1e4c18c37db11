// Everything to the proxy but the media relays.
function FindProxyForURL(url, host) {
  return host === "turn.cloud.example" ? "DIRECT" : "PROXY proxy.corp.example:8080";
}
