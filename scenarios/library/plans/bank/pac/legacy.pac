// The shape of the guide's own example: the whole domain to one proxy, TURN too.
function FindProxyForURL(url, host) {
  if (shExpMatch(host, "*.cloud.example")) {
    return "PROXY proxy-slough.northmere.example:8080";
  } else {
    return "DIRECT";
  }
}
