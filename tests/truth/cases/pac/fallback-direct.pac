// The cloud's names to the proxy, else direct.
function FindProxyForURL(url, host) {
  if (host === "turn.cloud.example") return "DIRECT";
  return dnsDomainIs(host, "cloud.example") ? "PROXY proxy.corp.example:8080; DIRECT" : "DIRECT";
}
