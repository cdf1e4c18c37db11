// Everything but the media relays to a port on which nothing listens.
function FindProxyForURL(url, host) {
  return host === "turn.cloud.example" ? "DIRECT" : "PROXY proxy.corp.example:3128";
}
