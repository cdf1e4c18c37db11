// Northmere's PAC file: the cloud goes by the corporate proxies, the media of
// WebRTC phones goes straight out, and so does everything else.
function FindProxyForURL(url, host) {
  if (host === "turn.northmere.cloud.example") {
    return "DIRECT";
  }
  if (host === "northmere.cloud.example" || dnsDomainIs(host, ".northmere.cloud.example")) {
    return "PROXY proxy-york.northmere.example:8080; PROXY proxy-slough.northmere.example:8080";
  }
  return "DIRECT";
}
