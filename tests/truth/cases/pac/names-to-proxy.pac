// The names below the cloud's domain to the proxy; the domain itself is forgotten.
function FindProxyForURL(url, host) {
  return shExpMatch(host, "*.cloud.example") ? "PROXY proxy.corp.example:8080" : "DIRECT";
}
