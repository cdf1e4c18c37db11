// For those who sell: by Skyframe's cloud proxy, and by Moor's if that is away.
function FindProxyForURL(url, host) {
  if (host === "turn.brackwater.cloud.example") {
    return "DIRECT";
  }
  if (host === "brackwater.cloud.example" || dnsDomainIs(host, ".brackwater.cloud.example")) {
    return "PROXY edge.skyframe.example:9400; PROXY proxy-moor.brackwater.example:8080";
  }
  return "DIRECT";
}
