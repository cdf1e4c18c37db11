// As companies write them: a table, a helper, a regular expression.
var PROXIED = [".cloud.example", ".partner.example"];

function isBelow(host, domains) {
  for (var i = 0; i < domains.length; i++) {
    if (host == domains[i].substring(1) || dnsDomainIs(host, domains[i])) return true;
  }
  return false;
}

function FindProxyForURL(url, host) {
  host = host.toLowerCase();
  if (isPlainHostName(host) || localHostOrDomainIs(host, "intranet.corp.example")) return "DIRECT";
  if (/^turn[0-9]*\.cloud\.example$/.test(host)) return "DIRECT";
  if (url.substring(0, 6) == "https:" && isBelow(host, PROXIED)) return "PROXY proxy.corp.example:8080";
  return "DIRECT";
}
