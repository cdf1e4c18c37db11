// Everything but the media relays to a vendor's proxy.
function FindProxyForURL(url, host) {
  return host === "turn.cloud.example" ? "DIRECT" : "PROXY proxy.vendor.example:80";
}
