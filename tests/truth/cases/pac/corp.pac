// The cloud's names to the proxy, its media relays direct.
function FindProxyForURL(url, host) {
  if (host === "turn.cloud.example") return "DIRECT";
  const inCloud = host === "cloud.example" || dnsDomainIs(host, ".cloud.example");
  return inCloud ? "PROXY proxy.corp.example:8080" : "DIRECT";
}
