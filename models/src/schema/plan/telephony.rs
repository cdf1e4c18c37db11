//! `telephony`, `carriers`, `phones`.

use super::super::leaves::{count, duration, id};
use super::super::{Key, Shape, key, list, map, words, words_or_id};
use super::{machine, needed_name, proxy_option, section, shares, uses, with_common};
use crate::catalogue::PhoneKind;

pub(super) fn telephony() -> Key {
    let pbxs = with_common([
        needed_name("site", "where it stands", "harbour"),
        needed_name("sbc", "the SBC that connects it with the cloud", "sbc-hill"),
        key("pstn", list(id()), "carriers of its calls to the PSTN", "[kestrel-desk]"),
    ]);
    let sbcs = with_common([
        needed_name("site", "where it stands", "dc-hill"),
        key("sessions", count(), "calls at once; no limit, if left out", "300"),
    ]);
    let trunks = with_common([
        needed_name("sbc", "the SBC where it begins", "sbc-hill"),
        needed_name("network", "the private network it runs over", "mpls"),
        key("channels", count(), "calls at once; no limit, if left out", "120"),
    ]);
    let pbx = "{pbx-harbour: {site: harbour, sbc: sbc-hill}}";
    let trunk = "{trunk-hill: {sbc: sbc-hill, network: mpls, channels: 120}}";
    let sections = [
        section("pbxs", "telephone systems of the company", pbx, pbxs),
        section("sbcs", "the company's SBCs", "{sbc-hill: {site: dc-hill}}", sbcs),
        section("trunks", "SIP trunks to the cloud", trunk, trunks),
    ];
    let example = "{sbcs: {sbc-hill: {site: dc-hill}}}";
    key("telephony", map(sections), "the company's own telephony", example).certain()
}

pub(super) fn carriers() -> Key {
    let role = "whose calls it carries; both, if left out";
    let hands_over = "`cloud`, or the SBC or PBX where its calls arrive";
    let keys = [
        key("role", list(words(&["customers", "agents"])), role, "[customers]"),
        key("hands_over", words_or_id(&["cloud"]), hands_over, "cloud"),
        key("channels", count(), "calls at once; no limit, if left out", "120"),
    ];
    let about = "carriers of the telephone network; one of the cloud, if left out";
    section("carriers", about, "{tellus: {role: [customers]}}", with_common(keys))
}

pub(super) fn phones() -> Key {
    let off_site = words(&["none", "forward-to-mobile", "softphone-by-vpn", "pbx-edge"]);
    let kind = "what it is; the six kinds are phones without an entry";
    let rings = "where it rings; at `home`, if left out";
    let operator = "the mobile operator, or several with shares that sum to 100%";
    let battery = "how long the mobile network runs without its region's power";
    let via = "carriers or SBCs, in order";
    let connector = "whether its connector is enabled; `true`, if left out";
    let keys = [
        key("kind", Shape::Words(PhoneKind::ALL.map(PhoneKind::word).to_vec()), kind, "pstn")
            .certain(),
        key("connector", Shape::YesNo, connector, "false"),
        key("encrypted", Shape::YesNo, "whether its calls are encrypted", "true"),
        proxy_option(),
        machine("the machine it runs on", "workstation"),
        key("rings", words(&["desk", "home", "mobile"]), rings, "mobile"),
        key("operator", shares(), operator, "{orbit: 60%, halo: 40%}"),
        key("battery", duration(), battery, "4h"),
        key("via", list(id()), via, "[tellus, sbc-hill]"),
        key("pbx", id(), "the PBX it is behind", "pbx-harbour").certain(),
        key("off_site", off_site, "what it does away from its site", "forward-to-mobile"),
        uses(),
    ];
    let about = "phones that differ from the six built in";
    section("phones", about, "{mobile: {kind: pstn, rings: mobile}}", with_common(keys))
}
