// Brackwater's PAC file: the cloud goes by the proxies of the two data centers,
// the media of WebRTC phones straight out, and so does everything else.
function FindProxyForURL(url, host) {
  if (host === "turn.brackwater.cloud.example") {
    return "DIRECT";
  }
  if (host === "brackwater.cloud.example" || dnsDomainIs(host, ".brackwater.cloud.example")) {
    return "PROXY proxy-tarn.brackwater.example:8080; PROXY proxy-moor.brackwater.example:8080";
  }
  return "DIRECT";
}
