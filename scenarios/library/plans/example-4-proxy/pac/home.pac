// Names of the cloud go to the corporate proxy, everything else straight out.
//
// The virtual desktops cannot reach the proxy, so they fall to DIRECT, and their
// vendor's address is known to the cloud. A browser at home that falls to DIRECT
// because the proxy is gone is refused: nobody knows its address.
function FindProxyForURL(url, host) {
  if (host === "example.cloud.example" || dnsDomainIs(host, ".example.cloud.example")) {
    return "PROXY cloud-proxy.corp.example:8080; DIRECT";
  }
  return "DIRECT";
}
