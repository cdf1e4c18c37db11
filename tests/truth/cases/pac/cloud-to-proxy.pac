// The cloud's whole domain to the proxy, media relays included.
function FindProxyForURL(url, host) {
  const inCloud = host === "cloud.example" || shExpMatch(host, "*.cloud.example");
  return inCloud ? "PROXY proxy.corp.example:8080" : "DIRECT";
}
