//! What to do about a refusal, by rule.

use crate::routes::path::Refusal;

/// The mend of a refusal: of its rule, but for what the rule says in two places.
pub(super) fn of_refusal(refusal: &Refusal) -> &'static str {
    if is_asked_by_pac(refusal) {
        return "have the PAC file send TURN direct, or turn the proxy's inspection off for it";
    }
    let special = entry(SPECIAL, refusal);
    special.or_else(|| of(&refusal.rule.to_string())).unwrap_or_default()
}

/// A rule, words of what it says, and what there is for that.
type Entry = (&'static str, &'static str, &'static str);

/// What a table has for a refusal.
fn entry(table: &[Entry], refusal: &Refusal) -> Option<&'static str> {
    let is_it = |(rule, says, _): &&Entry| refusal.rule == *rule && refusal.says.contains(says);
    table.iter().find(is_it).map(|(.., text)| *text)
}

/// Mends of what a rule says beside its own.
const SPECIAL: &[Entry] = &[
    ("PRV-07", "let the cloud call", "let the cloud call it: `inbound: [{to: SBC}]`"),
    ("INT-09", "multi-factor", "set up multi-factor authentication"),
    ("INT-09", "single sign-on", "set up single sign-on"),
    ("TRN-05", "is IPv6", "give the static IPv4 address that it leaves by"),
    ("PHN-01", " rings ", "list a phone that rings where these agents are"),
    ("PHN-02", "no PBX", "say behind which PBX the phone is (`pbx`)"),
    ("PHN-02", "SIP trunk", "give the SBC a trunk to the cloud"),
    ("PHN-02", "needs a VPN", "give these agents a VPN to the PBX's site (`access`)"),
    ("PHN-03", "stays at", "give these agents a phone that they can use there"),
    ("PHN-03", "hard phone", "give these agents a phone that they can use there"),
    ("APP-03", "does not use", "give the group the agent desktop, or another phone"),
    ("INT-08", "private addresses", "have the login answer private addresses too"),
    ("INT-02", "own firewall", "let the workstation's firewall through what the agent runs"),
    ("OFF-04", "do not answer", "reach the proxy by a VPN, or have it answer the Internet"),
    ("PRX-03", "leaves by", "exclude TURN from that proxy, or give the desktops another exit"),
    ("PRX-04", "leaves by", "set that proxy in the recorder's own file"),
    ("PRX-09", "leaves by", "set that proxy as the softphone's own"),
    ("APP-07", "leaves by", "have the proxy carry the lists, or give the desktops another exit"),
    ("APP-08", "leaves by", "give the desktops a private exit, or another phone"),
    (
        "TRN-01",
        "cannot be reached from there",
        "say over which network or VPN it is reached (`reached_over`)",
    ),
    (
        "TRN-01",
        "without a tunnel",
        "give these agents a VPN, or take the private network off their list",
    ),
    ("PRX-10", "does not reach", "have the proxy reach that network (`reaches`), or go past it"),
    ("INT-04", "the Portal", "enter by direct URLs (`enters_by: direct`), or from a known address"),
    ("INT-09", "forbidden", "come from a known address: data may not leave the company's sites"),
    ("APP-08", "revocation", "let the revocation lists through: `{from: workstations, to: crl}`"),
];

/// Whether a PAC file sends TURN to a proxy that inspects it: a proxy that excludes
/// TURN would refuse it all the same.
fn is_asked_by_pac(refusal: &Refusal) -> bool {
    refusal.rule == "PRX-07" && refusal.pac.is_some()
}

/// The line to write, where a refusal leaves no doubt which.
pub(super) fn line(refusal: &Refusal) -> Option<&'static str> {
    if is_asked_by_pac(refusal) {
        return Some("dpi: {turn: false}");
    }
    entry(LINES, refusal)
}

/// Lines to write.
const LINES: &[Entry] = &[
    ("APP-07", "let workstations", "{from: workstations, to: crl}"),
    ("INT-01", "", "{from: any, to: any, tcp: 443}"),
    ("INT-02", "does not let", "{from: any, to: any, tcp: 443}"),
    ("INT-03", "", "dpi: {turn: false}"),
    ("OFF-07", "", "version: 8.5.370.78"),
    ("PRV-03", "", "udp_idle: 140s"),
    ("PRV-05", "let workstations", "{from: workstations, to: services-private, tcp: 443}"),
    ("PRV-07", "let workstations out to the cloud's SBC", "{from: workstations, to: sbc}"),
    ("PRX-06", "", "authentication: {exempt: [webrtc-signalling]}"),
    ("PRX-07", "", "exclude: [turn]"),
];

/// The mend of a rule, in the imperative.
pub(super) fn of(rule: &str) -> Option<&'static str> {
    if rule.starts_with("policy:") {
        return Some("have the plan keep to it, or agree an exception with its owner");
    }
    MENDS.iter().find(|(id, _)| *id == rule).map(|(_, mend)| *mend)
}

#[rustfmt::skip]
const MENDS: &[(&str, &str)] = &[
    ("APP-03", "run the embedded phone on the machine that the desktop runs on"),
    ("APP-06", "let TURN pass what accepts TLS only, or send it direct"),
    ("APP-07", "let the revocation lists through, or have browsers not insist on them"),
    ("APP-08", "send the softphone's SIP past the proxy, over the private network"),
    ("BCP-02", "give these agents another place, phone or way in"),
    ("INT-01", "allow TCP 443 to any destination instead of addresses of one day"),
    ("INT-02", "allow TCP 443 to any destination on every firewall on the way"),
    ("INT-03", "turn inspection off for TURN"),
    ("INT-04", "come in from a known address, by VPN, proxy or virtual desktop, or ask for open access"),
    ("INT-05", "use a static address that the Internet routes"),
    ("INT-08", "come from a known address, or turn IP control of the login off once services are open"),
    ("INT-09", "ask for open access, which needs single sign-on and MFA"),
    ("INT-10", "come from a known address: this service is never opened"),
    ("INT-11", "ask the vendor to add the address to the known ones"),
    ("OFF-03", "give it more sessions"),
    ("OFF-04", "put the prepared PAC file in force"),
    ("OFF-05", "give the homes better lines, or these agents a lighter way"),
    ("OFF-06", "split the tunnel, or give the VPN more capacity"),
    ("OFF-07", "upgrade the screen recorder to 8.5.370.78 or later"),
    ("OFF-08", "get the direct URLs from the vendor and keep them on file with their date"),
    ("OFF-09", "enter by direct URLs, or from a known address"),
    ("PHN-01", "say by which carriers or SBCs the phone is rung"),
    ("PHN-02", "say how the phone is reached away from its site (`off_site`)"),
    ("PHN-03", "give the phone a way to the private network"),
    ("PHN-06", "have the phone provisioned beforehand, and list it under `provisioned`"),
    ("PHN-09", "disable the softphone's Connector, or install the VDI adapter"),
    ("PRV-03", "keep idle UDP sessions for 140 s or longer"),
    ("PRV-05", "let TCP 443 through to `services-private`"),
    ("PRV-06", "enlarge the pool of address and port pairs"),
    ("PRV-07", "let SIP and media through"),
    ("PRV-08", "have the source routed and registered (`enable_routing`, `register_private_ips`)"),
    ("PRX-03", "send the softphone's media direct to TURN"),
    ("PRX-04", "set the recorder's proxy in its own file, with a recorder that knows proxies"),
    ("PRX-05", "have the proxy allow `cloud-domain`, or every service in use"),
    ("PRX-06", "exempt `webrtc-signalling` from the proxy's login"),
    ("PRX-07", "exclude TURN from the proxy, or turn its inspection off for it"),
    ("PRX-08", "mend the PAC file; `outlast pac test` shows what it answers"),
    ("PRX-09", "set the softphone's own proxy option where it is read"),
    ("PRX-10", "give the proxy a second, or more capacity"),
    ("TRN-01", "give the site a circuit or an exit to that network"),
    ("TRN-02", "use a network on which the service answers"),
    ("TRN-03", "give these agents a way over the Internet"),
    ("TRN-04", "give the softphone a private network, or use a WebRTC phone"),
    ("TRN-05", "have the line carry IPv4"),
    ("VDI-01", "run the desktop on Citrix 7 or Horizon 7, or on the workstation"),
    ("VDI-02", "use a combination that the support table has"),
    ("VDI-03", "run the phone on the workstation"),
    ("VPN-01", "let the VPN's users through as internal workstations"),
    ("VPN-02", "put `services-private` and `sbc` on the list of the tunnel"),
    ("VPN-03", "put `proxies` on the list of the tunnel, and set a PAC file or proxy"),
    ("VPN-06", "put `proxies` on the list of the tunnel as well"),
    ("VPN-07", "take the dated addresses off the list: send the services by PAC and proxy"),
];
