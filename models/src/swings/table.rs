//! The swing of every sort of fact, by where a plan writes it.

use super::Names::{
    Carriers, CloudRegions, Conduits, Feeds, Gateways, HandOvers, HomeProviders, Lines, Machines,
    Networks, Operators, Phones, Providers, Proxies, Regions, Sites,
};
use super::Others::{self, All, Each, EachAlone, EachIn, Never, Of, RangeOf};
use super::Whom::{
    self, Carrier, Desktops, Employees, Facilities, Network, Planner, Security, Telephony, Vendor,
    Workforce,
};

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct SwingSpec {
    /// Where the plan writes it: keys with dots, `*` for any key, `[]` for any item.
    pub path: &'static str,
    /// The parts of the ids of the assumptions that it makes: `ups` of `ups:harbour`.
    pub kinds: &'static str,
    /// What else it may be than what is taken for it.
    pub others: &'static [Others],
    /// Who knows.
    pub whom: Whom,
}

/// A row of the table.
const fn row(
    path: &'static str,
    kinds: &'static str,
    whom: Whom,
    others: &'static [Others],
) -> SwingSpec {
    SwingSpec { path, kinds, others, whom }
}

/// A host that PAC files are asked about.
const HOST: &[Others] = &[Never("what PAC files answer for another name is not tried")];
const ADDRESSES: &[Others] = &[Never("which blocks of the plan's lists cover them is not tried")];
/// Shares that sum to 100%.
const SHARE: &[Others] = &[Of(&["0%", "100%"])]; // with others that are unknown: they take the rest
/// A capacity: nothing is certain of one that nobody knows.
const SESSIONS: &[Others] = &[Of(&["0"])];
const BANDWIDTH: &[Others] = &[Of(&["0Mbps"])];
/// An address that the Internet does not route, and one that the cloud does not know.
const EGRESS: &[Others] = &[Of(&["10.255.255.1", "not-registered"])];
const YES: &[Others] = &[Of(&["true"])];
const NO: &[Others] = &[Of(&["false"])];
const LONG: &[Others] = &[Of(&["52w"])];
const EVERY_PROXY: &[Others] = &[Each(Proxies)];
const EVERY_MACHINE: &[Others] = &[Of(&["workstation"]), Each(Machines)];
const SET_IN: &[Others] = &[Of(&["cloud", "file"])];
const ANYTHING: &[Others] = &[Of(&["[any]"])];
const NOTHING: &[Others] = &[Of(&["[]"])];

/// Every fact that may be unknown.
#[rustfmt::skip]
pub const SWINGS: &[SwingSpec] = &[
    row("date", "date", Planner, &[Of(&["2100-01-01"])]),
    // Places
    row("sites.*.region", "region", Planner, &[Each(Regions)]),
    row("sites.*.power", "feeds ups fuel", Facilities, &[EachIn("{feeds: [", Feeds, "]}"), EachIn("{feeds: [", Feeds, "], ups: 52w}")]),
    row("sites.*.power.feeds", "feeds power_never_lost", Facilities, &[EachAlone(Feeds)]),
    row("sites.*.power.ups", "ups", Facilities, LONG),
    row("sites.*.power.generator", "fuel", Facilities, &[Of(&["{fuel: 52w}"])]),
    row("sites.*.power.generator.fuel", "fuel", Facilities, LONG),
    row("sites.*.seats", "seats", Facilities, &[Of(&["0", "1000000"])]),
    row("sites.*.internet", "home_line home_providers ip", Employees, &[Of(&["{per_agent: 0Mbps}", "{ip: v6}"])]),
    row("sites.*.internet.per_agent", "home_line home_lines_carry", Employees, BANDWIDTH),
    row("sites.*.internet.per_agent.*", "home_line", Employees, BANDWIDTH),
    row("sites.*.internet.isps", "home_providers one_home_provider", Employees, &[Each(HomeProviders)]),
    row("sites.*.internet.isps.*", "home_providers", Employees, SHARE),
    row("sites.*.internet.ip", "ip ipv4_lines", Employees, &[Of(&["v6"])]),
    row("sites.*.uses.*", "uses", Planner, &[Of(&["0", "2"])]),
    row("exits.*.*", "exits", Network, &[EachAlone(Sites)]),
    // Networks
    row("networks.*.carrier", "provider", Network, &[Each(Providers)]),
    row("networks.*.cloud_regions", "cloud_regions", Carrier, NOTHING),
    row("networks.*.routed", "routed", Network, NOTHING),
    row("circuits.*.capacity", "capacity", Carrier, &[Of(&["0Mbps", "0 channels"])]),
    row("circuits.*.capacity.*", "capacity", Carrier, BANDWIDTH),
    row("circuits.*.provider", "provider", Network, &[Each(Providers)]),
    row("circuits.*.conduit", "conduit", Carrier, &[Each(Conduits)]),
    row("circuits.*.egress", "egress", Network, &[Of(&["10.255.255.1"])]),
    row("circuits.*.ip", "ip ipv4_lines", Network, &[Of(&["v6"])]),
    row("circuits.*.admission", "admission", Network, &[Of(&["cac"])]),
    row("bundles.*.mode", "bundle_mode", Network, &[Of(&["active-active"])]),
    row("bundles.*.sharing", "bundle_sharing", Network, &[Of(&["adaptive"])]),
    row("firewalls.*.allow", "allow firewalls_as_asked", Security, NOTHING),
    row("firewalls.*.allow[].from", "allow_from", Security, &[Of(&["workstations", "proxies", "pbx", "sbc"])]),
    row("firewalls.*.allow[].to", "allow_to", Security, ANYTHING),
    row("firewalls.*.allow[].tcp", "allow_port", Security, &[Of(&["443", "1"])]),
    row("firewalls.*.inbound", "inbound", Security, NOTHING),
    row("firewalls.*.dpi", "dpi", Security, &[Of(&["{turn: true}"])]),
    row("firewalls.*.dpi.turn", "dpi", Security, YES),
    row("firewalls.*.udp_idle", "udp_idle", Network, &[Of(&["30s"])]),
    row("firewalls.*.nat_pool", "capacity", Network, SESSIONS),
    // Machines
    row("workstations.*.endpoint", "endpoint", Desktops, &[Of(&["linux-elux"])]),
    row("workstations.*.revocation", "revocation revocation_soft", Desktops, &[Of(&["hard-fail"])]),
    row("workstations.*.firewall", "blocks", Desktops, &[Of(&["{blocks: [softphone, browser, screen-recording]}"])]),
    row("workstations.*.firewall.blocks", "blocks", Desktops, &[Of(&["[softphone, browser, screen-recording]"])]),
    row("proxies.*.reaches", "reaches", Security, NOTHING),
    row("proxies.*.exclude", "exclude", Security, &[Of(&["[turn]"])]),
    row("proxies.*.allow", "proxy_allow", Security, NOTHING),
    row("proxies.*.authentication", "authentication exempt", Security, &[Of(&["{}"])]),
    row("proxies.*.authentication.exempt", "exempt", Security, ANYTHING),
    row("proxies.*.dpi", "dpi tls", Security, &[Of(&["{turn: true}", "{tls: only}"])]),
    row("proxies.*.dpi.turn", "dpi", Security, YES),
    row("proxies.*.dpi.tls", "tls", Security, &[Of(&["only"])]),
    row("proxies.*.sessions", "capacity", Security, SESSIONS),
    row("proxies.*.sessions_per_agent", "sessions_per_agent", Security, &[Of(&["4"])]),
    row("proxies.*.throughput", "capacity", Security, BANDWIDTH),
    row("proxies.*.egress", "egress", Security, EGRESS),
    row("vpn.*.tunnel", "tunnel", Network, &[Of(&["split"])]),
    row("vpn.*.sessions", "capacity", Network, SESSIONS),
    row("vpn.*.throughput", "capacity", Network, BANDWIDTH),
    row("vpn.*.include", "include", Network, ANYTHING),
    row("vpn.*.pool", "egress", Network, &[EachIn("{nat: ", Lines, "}")]),
    row("vpn.*.pool.nat", "egress", Network, &[Each(Lines)]),
    row("vpn.*.egress", "egress", Network, EGRESS),
    row("vpn.*.overhead", "vpn_voice_overhead vpn_data_overhead", Network, &[Of(&["{voice: 10%, data: 5%}", "{voice: 30%, data: 20%}"])]),
    row("vpn.*.overhead.voice", "vpn_voice_overhead", Network, &[RangeOf("vpn_voice_overhead")]),
    row("vpn.*.overhead.data", "vpn_data_overhead", Network, &[RangeOf("vpn_data_overhead")]),
    row("vdi.*.platform", "platform", Desktops, &[Of(&["citrix-7", "horizon-7", "rds"])]),
    row("vdi.*.server", "vdi_server", Desktops, &[Of(&["windows-2008r2", "not-in-the-table"])]),
    row("vdi.*.adapter", "vdi_adapter", Desktops, NO),
    row("vdi.*.sessions", "capacity", Desktops, SESSIONS),
    row("vdi.*.reached_over", "reached_over", Network, &[EachAlone(Networks), EachAlone(Gateways), All(&[], &[Networks, Gateways])]),
    row("vdi.*.exit", "exit", Network, &[Of(&["private"]), Each(Proxies), Each(Lines)]),
    row("vdi.*.per_session", "vdi_per_session", Desktops, &[RangeOf("vdi_per_session")]),
    row("vdi.*.egress", "egress", Desktops, EGRESS),
    // Telephony
    row("telephony.pbxs.*.pstn", "dials_out", Telephony, &[EachAlone(Carriers), All(&[], &[Carriers])]),
    row("telephony.sbcs.*.sessions", "capacity", Telephony, SESSIONS),
    row("telephony.trunks.*.channels", "capacity", Telephony, SESSIONS),
    row("carriers.*.role", "role", Carrier, &[Of(&["[customers]", "[agents]"])]),
    row("carriers.*.hands_over", "hands_over", Carrier, &[Each(HandOvers)]),
    row("carriers.*.channels", "capacity", Carrier, SESSIONS),
    row("phones.*.connector", "connector connectors_enabled", Telephony, NO),
    row("phones.*.encrypted", "encrypted sip_unencrypted", Telephony, YES),
    row("phones.*.proxy", "softphone_proxy", Telephony, EVERY_PROXY),
    row("phones.*.proxy.via", "softphone_proxy", Telephony, EVERY_PROXY),
    row("phones.*.proxy.set_in", "proxy_set_in", Telephony, SET_IN),
    row("phones.*.on", "phone_machine", Telephony, EVERY_MACHINE),
    row("phones.*.rings", "rings pstn_rings_at_home", Employees, &[Of(&["desk", "mobile"])]),
    row("phones.*.operator", "operator one_mobile_operator", Employees, &[Each(Operators)]),
    row("phones.*.operator.*", "operator", Employees, SHARE),
    row("phones.*.battery", "battery mobile_battery", Carrier, LONG),
    row("phones.*.via", "via", Telephony, &[EachAlone(Carriers)]),
    row("phones.*.off_site", "off_site", Telephony, &[Of(&["forward-to-mobile", "softphone-by-vpn", "pbx-edge"])]),
    row("phones.*.uses.*", "uses", Planner, &[Of(&["0", "2"])]),
    // The cloud
    row("cloud.regions.*.standby", "standby", Vendor, &[Each(CloudRegions)]),
    row("cloud.regions.*.after", "takeover", Vendor, &[Of(&["0s"])]),
    row("cloud.domain", "domain", Vendor, HOST),
    row("cloud.turn_host", "turn_host", Vendor, HOST),
    row("cloud.services.*.host", "service_host", Vendor, HOST),
    row("cloud.services.*.networks", "service_networks", Vendor, &[Of(&["both", "internet", "private"])]),
    row("cloud.services.*.open_access", "open_access", Vendor, &[Of(&["approved", "never"])]),
    row("cloud.services.*.authentication", "service_login", Vendor, &[Of(&["true", "false"])]),
    row("cloud.services.*", "service_host service_networks open_access service_login", Vendor, &[Of(&["{networks: internet}", "{networks: private}", "{open_access: approved}", "{authentication: true}", "{authentication: false}"])]),
    row("cloud.addresses", "addresses", Vendor, ADDRESSES),
    row("cloud.addresses.*", "addresses", Vendor, ADDRESSES),
    row("cloud.access", "sso mfa open_services authentication_ip_control off_site_data known_sources direct_urls", Vendor, &[Of(&["{known: {internet: [], private: []}}", "{open_access: [agent-desktop, webrtc-signalling]}", "{sso: {provider: cloud}}"])]),
    row("cloud.access.sso", "sso", Security, &[Of(&["{provider: cloud}"]), EachIn("{provider: own, at: ", Sites, "}")]),
    row("cloud.access.sso.provider", "sso", Security, &[Of(&["cloud", "own"])]),
    row("cloud.access.sso.at", "sso", Security, &[Each(Sites)]),
    row("cloud.access.mfa", "mfa", Security, YES),
    row("cloud.access.open_access", "open_services", Vendor, &[Of(&["[agent-desktop, webrtc-signalling]"])]),
    row("cloud.access.authentication_ip_control", "authentication_ip_control", Vendor, &[Of(&["on", "off"])]),
    row("cloud.access.off_site_data", "off_site_data", Security, &[Of(&["forbidden"])]),
    row("cloud.access.known", "known_sources known_private", Vendor, &[Of(&["{internet: [], private: []}", "{internet: []}", "{private: []}"])]),
    row("cloud.access.known.internet", "known_sources", Vendor, NOTHING),
    row("cloud.access.known.private", "known_private", Vendor, NOTHING),
    row("cloud.access.direct_urls", "direct_urls direct_urls_of", Vendor, &[Of(&["{services: [agent-desktop]}"])]),
    row("cloud.access.direct_urls.services", "direct_urls", Vendor, &[Of(&["[agent-desktop]"])]),
    row("cloud.access.direct_urls.as_of", "direct_urls_of", Planner, &[Of(&["2000-01-01"])]),
    // What is counted, and what customers need
    row("pools.*", "count", Planner, &[Of(&["1000000"])]),
    row("pools.*.count", "count", Planner, &[Of(&["1000000"])]),
    row("resources.*", "count", Planner, &[Of(&["1000000"])]),
    row("resources.*.count", "count", Planner, &[Of(&["1000000"])]),
    row("queues.*.priority", "queue_priority", Planner, &[Others::Priorities]),
    row("objectives[].mbco", "mbco", Planner, &[Of(&["0%", "50%"])]),
    row("objectives[].rto", "rto", Planner, &[Of(&["0s", "52w"]), Others::SameAs("mtpd")]),
    row("objectives[].mtpd", "mtpd", Planner, LONG),
    row("objectives[].count", "objective_counts", Planner, &[Of(&["working"])]),
    // Groups
    row("groups.*.on_shift", "on_shift shifts", Workforce, &[Of(&["30%"])]),
    row("groups.*.on_shift.*", "shifts", Workforce, &[Of(&["0%"])]),
    row("groups.*.on_shift.*.*", "shifts", Workforce, &[Of(&["0%"])]),
    row("groups.*.moving", "moving_place moving_machine moving_phone moving_notice", Planner, &[Of(&["{place: 30min, machine: 1min, phone: 1min, notice: 1min}", "{place: 8h, machine: 15min, phone: 30min, notice: 60min}"])]),
    row("groups.*.moving.place", "moving_place", Planner, &[RangeOf("moving_place")]),
    row("groups.*.moving.machine", "moving_machine", Planner, &[RangeOf("moving_machine")]),
    row("groups.*.moving.phone", "moving_phone", Planner, &[RangeOf("moving_phone")]),
    row("groups.*.moving.notice", "moving_notice", Planner, &[RangeOf("moving_notice")]),
    row("groups.*.priority", "priority", Planner, &[Others::Priorities]),
    row("groups.*.provisioned", "provisioned first_phone_provisioned", Telephony, &[EachAlone(Phones), Others::SameAs("phones"), Of(&["[]"])]),
    row("groups.*.access", "access", Network, &[Of(&["[private]", "[internet]"]), EachAlone(Gateways), EachAlone(Machines), EachAlone(Proxies), All(&["private", "internet"], &[Gateways, Machines, Proxies])]),
    row("groups.*.enters_by", "enters_by", Planner, &[Of(&["direct"])]),
    row("groups.*.proxy", "browser", Desktops, EVERY_PROXY),
    row("groups.*.pac", "browser", Desktops, &[Never("which PAC file it may be is not tried")]),
    row("groups.*.apps.*", "app_required app_machine", Planner, &[Of(&["optional"])]),
    row("groups.*.apps.*.required", "app_required", Planner, NO),
    row("groups.*.apps.*.on", "app_machine", Desktops, EVERY_MACHINE),
    row("groups.*.recording", "recording", Planner, &[Of(&["{}", "{required: true}"])]),
    row("groups.*.recording.share", "recording_share", Planner, &[Of(&["0%"])]),
    row("groups.*.recording.screens", "recording_screens", Planner, &[Of(&["1"])]),
    row("groups.*.recording.version", "recording_version", Desktops, &[Of(&["8.5.302.10", "8.5.370.85"])]),
    row("groups.*.recording.on", "recording_machine", Desktops, EVERY_MACHINE),
    row("groups.*.recording.proxy", "recording_proxy", Desktops, EVERY_PROXY),
    row("groups.*.recording.proxy.via", "recording_proxy", Desktops, EVERY_PROXY),
    row("groups.*.recording.proxy.set_in", "proxy_set_in", Desktops, SET_IN),
    row("groups.*.recording.upload", "recording_upload", Planner, &[Of(&["scheduled"])]),
    row("groups.*.recording.required", "recording_required", Planner, YES),
    row("groups.*.occupancy", "group_occupancy", Workforce, &[RangeOf("occupancy")]),
    row("groups.*.traffic", "traffic_voice traffic_desktop traffic_recording", Network, &[Of(&["{voice: 10kbps, desktop: 8kbps, recording: 100kbps}", "{voice: 160kbps, desktop: 64kbps, recording: 700kbps}"])]),
    row("groups.*.traffic.voice", "traffic_voice", Network, &[RangeOf("voice_webrtc_planned")]),
    row("groups.*.traffic.desktop", "traffic_desktop", Network, &[RangeOf("desktop_traffic")]),
    row("groups.*.traffic.recording", "traffic_recording", Network, &[RangeOf("recording_two_screens")]),
    row("groups.*.ways.*.uses.*", "uses", Planner, &[Of(&["0", "2"])]),
    row("groups.*.ways.*.ready", "way_ready", Planner, LONG),
    // Figures: their documented range; who knows is said of each
    row("assumptions.*", "", Planner, &[RangeOf("")]),
];
