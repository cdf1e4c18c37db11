// The cloud's names to one of two proxies.
function FindProxyForURL(url, host) {
  if (host === "turn.cloud.example") return "DIRECT";
  if (!dnsDomainIs(host, "cloud.example")) return "DIRECT";
  return "PROXY proxy.corp.example:8080; PROXY spare.corp.example:8080";
}
