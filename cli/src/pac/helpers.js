// The functions that every PAC file may call, as a browser offers them.
//
// Nothing here asks the machine: names, the own address, time and chance have
// fixed answers, and each use of them is noted, so that the result can say so.
(function (note, askedHost, askedAddress, ownAddress) {
  "use strict";
  const RealDate = Date;
  // Monday 3 June 2024, 12:00 UTC; the runner sets the time zone to UTC.
  const NOW = RealDate.UTC(2024, 5, 3, 12, 0, 0);
  const OWN_ADDRESS = "127.0.0.1";
  const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
  const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN",
    "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
  const V4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

  const octets = (text) => {
    const parts = V4.exec(String(text));
    const numbers = parts === null ? [] : parts.slice(1).map(Number);
    return numbers.length === 4 && numbers.every((n) => n <= 255) ? numbers : null;
  };
  // The bytes of an address of either kind; null for what is none.
  const bytesOf = (text) => {
    const four = octets(text);
    if (four !== null) return four;
    const pair = (high, low) => ((high << 8) | low).toString(16);
    const name = String(text).replace(/[\d.]+$/, (tail) => {
      const end = octets(tail);
      return end === null ? tail : `${pair(end[0], end[1])}:${pair(end[2], end[3])}`;
    });
    const halves = name.split("::").map((half) => (half === "" ? [] : half.split(":")));
    const [head, tail] = [halves[0], halves[1] ?? []];
    const left = 8 - head.length - tail.length;
    if (halves.length > 2 || (halves.length === 2 ? left < 1 : left !== 0)) return null;
    const groups = [...head, ...new Array(left).fill("0"), ...tail];
    if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return null;
    return groups.flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 255]);
  };
  const toNumber = (four) => ((four[0] << 24) | (four[1] << 16) | (four[2] << 8) | four[3]);

  const dnsResolve = (host) => {
    const name = String(host);
    if (octets(name) !== null) return name;
    if (askedAddress !== null && name.toLowerCase() === askedHost) return askedAddress;
    note("names");
    return null;
  };
  const isInNet = (host, pattern, mask) => {
    const address = dnsResolve(host);
    const [ip, net, bits] = [address === null ? null : octets(address), octets(pattern), octets(mask)];
    if (ip === null || net === null || bits === null) return false;
    return (toNumber(ip) & toNumber(bits)) === (toNumber(net) & toNumber(bits));
  };
  // As in the browsers that have it, this one asks for no name's address.
  const isInNetEx = (host, prefix) => {
    const [written, length, ...more] = String(prefix).split("/");
    const [ip, net, bits] = [bytesOf(host), bytesOf(written), Number(length)];
    const reads = more.length === 0 && /^\d{1,3}$/.test(String(length));
    if (!reads || ip === null || net === null || ip.length !== net.length) return false;
    if (bits > ip.length * 8) return false;
    const mask = (n) => 255 & (255 << (8 - Math.max(0, Math.min(8, bits - n * 8))));
    return ip.every((byte, n) => (byte & mask(n)) === (net[n] & mask(n)));
  };
  // IPv6 comes first; a list with anything else in it is none.
  const sortIpAddressList = (list) => {
    const all = String(list).split(";").map((one) => ({ text: one.trim(), bytes: bytesOf(one.trim()) }));
    if (all.some(({ bytes }) => bytes === null)) return false;
    const order = (a, b) => {
      const differs = a.bytes.findIndex((byte, n) => byte !== b.bytes[n]);
      return b.bytes.length - a.bytes.length || (differs < 0 ? 0 : a.bytes[differs] - b.bytes[differs]);
    };
    return all.sort(order).map(({ text }) => text).join(";");
  };
  const myIpAddress = () => {
    if (ownAddress !== null) return ownAddress;
    note("own-address");
    return OWN_ADDRESS;
  };

  // `*` and `?` match as in a shell; two pointers, so no pattern is slow.
  const shExpMatch = (value, glob) => {
    const text = String(value);
    const pattern = String(glob);
    let [t, p, star, mark] = [0, 0, -1, 0];
    while (t < text.length) {
      if (pattern[p] === "*") {
        star = p++;
        mark = t;
      } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === text[t])) {
        t++;
        p++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++mark;
      } else {
        return false;
      }
    }
    while (pattern[p] === "*") p++;
    return p === pattern.length;
  };

  const localHostOrDomainIs = (host, full) => {
    const [name, whole] = [String(host), String(full)];
    return name === whole || whole.startsWith(name + ".");
  };

  // A range that ends before it starts goes round: FRI to MON, 22 to 6.
  const within = (low, value, high) =>
    low <= high ? low <= value && value <= high : value >= low || value <= high;
  const withoutZone = (given) => {
    note("time");
    const last = given[given.length - 1];
    return last === "GMT" ? given.slice(0, -1) : given;
  };
  const weekdayRange = (...given) => {
    const days = withoutZone(given).map((day) => DAYS.indexOf(String(day).toUpperCase()));
    if (days.length === 0 || days.includes(-1)) return false;
    return within(days[0], new RealDate(NOW).getUTCDay(), days[days.length - 1]);
  };
  const timeRange = (...given) => {
    const n = withoutZone(given).map(Number);
    const seconds = (h, m, s) => h * 3600 + m * 60 + s;
    const now = (NOW / 1000) % 86400;
    switch (n.length) {
      case 1: return within(seconds(n[0], 0, 0), now, seconds(n[0], 59, 59));
      case 2: return within(seconds(n[0], 0, 0), now, seconds(n[1], 59, 59));
      case 4: return within(seconds(n[0], n[1], 0), now, seconds(n[2], n[3], 59));
      case 6: return within(seconds(n[0], n[1], n[2]), now, seconds(n[3], n[4], n[5]));
      default: return false;
    }
  };

  // Day, month and year come in any order; a date is what is given of them.
  const readDate = (parts) => {
    const date = {};
    for (const part of parts) {
      const month = MONTHS.indexOf(String(part).toUpperCase());
      if (month >= 0) date.month = month;
      else if (Number(part) > 31) date.year = Number(part);
      else date.day = Number(part);
    }
    return date;
  };
  const orderOf = (date, shape) =>
    (shape.year === undefined ? 0 : date.year * 10000) +
    (shape.month === undefined ? 0 : date.month * 100) +
    (shape.day === undefined ? 0 : date.day);
  const dateRange = (...given) => {
    const parts = withoutZone(given);
    if (parts.length === 0) return false;
    const half = parts.length % 2 === 0 ? parts.length / 2 : parts.length;
    const from = readDate(parts.slice(0, half));
    const to = half === parts.length ? from : readDate(parts.slice(half));
    const now = new RealDate(NOW);
    const today = { day: now.getUTCDate(), month: now.getUTCMonth(), year: now.getUTCFullYear() };
    return within(orderOf(from, from), orderOf(today, from), orderOf(to, from));
  };

  const FixedDate = function (...given) {
    if (given.length === 0) note("time");
    if (new.target === undefined) return new RealDate(NOW).toString();
    return given.length === 0 ? new RealDate(NOW) : new RealDate(...given);
  };
  FixedDate.prototype = RealDate.prototype;
  FixedDate.UTC = RealDate.UTC;
  FixedDate.parse = RealDate.parse;
  FixedDate.now = () => {
    note("time");
    return NOW;
  };
  RealDate.prototype.constructor = FixedDate;
  Math.random = () => {
    note("chance");
    return 0;
  };

  Object.assign(globalThis, {
    Date: FixedDate,
    alert: () => undefined,
    convert_addr: (address) => toNumber(octets(address) ?? [0, 0, 0, 0]),
    dateRange,
    dnsDomainIs: (host, domain) => String(host).endsWith(String(domain)),
    dnsDomainLevels: (host) => String(host).split(".").length - 1,
    dnsResolve,
    dnsResolveEx: (host) => (bytesOf(host) === null ? dnsResolve(host) ?? "" : String(host)),
    getClientVersion: () => "1.0",
    isInNet,
    isInNetEx,
    isPlainHostName: (host) => !/[.:]/.test(String(host)),
    isResolvable: (host) => dnsResolve(host) !== null,
    isResolvableEx: (host) => bytesOf(host) !== null || dnsResolve(host) !== null,
    localHostOrDomainIs,
    myIpAddress,
    myIpAddressEx: myIpAddress,
    shExpMatch,
    sortIpAddressList,
    timeRange,
    weekdayRange,
  });
})
