// The cloud's names to a proxy that was taken down years ago.
function FindProxyForURL(url, host) {
  if (host === "turn.cloud.example") return "DIRECT";
  return dnsDomainIs(host, "cloud.example") ? "PROXY old.corp.example:3128" : "DIRECT";
}
