//! What a plan means: defaults, inheritance, facts, places, changes by path.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use outlast_models::catalogue::{Networks, OpenAccess, PhoneKind};
use outlast_models::plan::{
    AccessWay, BrowserSetting, BundleMode, Capacity, Exit, HandsOver, KnownSource, Machine, Mbco,
    Need, OnShift, Policy, VdiExit, Verb, Word,
};
use outlast_models::units::{Bps, Millionths, Millis, Version};
use outlast_models::{Id, Origin, Plan, Sources, diagnostic, read, yaml};

const BASE: &str = "outlast: 1
sites:
  leeds: {kind: office}
  york: {kind: data-center}
  homes: {kind: homes}
  desk: {kind: vendor}
networks:
  mpls: {}
  wan: {cloud_regions: []}
circuits:
  leeds-a: {from: leeds, to: internet}
  leeds-b: {from: leeds, to: internet}
";

const TEAM: &str = "groups:
  team: {agents: 10, work_at: [leeds, homes], phones: [sip-phone, pstn]}
";

fn plan(text: &str) -> Plan {
    let mut sources = Sources::new();
    let file = sources.add("plan.yaml", text);
    match read::plan(&mut sources, file, &mut |path| Ok(format!("// {path}"))) {
        Ok(plan) => plan,
        Err(errors) => panic!("{}", diagnostic::render(&errors, &sources, false)),
    }
}

fn with(extra: &str) -> Plan {
    plan(&format!("{BASE}{extra}{TEAM}"))
}

fn ids<'a>(names: impl IntoIterator<Item = &'a outlast_models::plan::Named>) -> Vec<&'a str> {
    names.into_iter().map(|named| named.id.as_str()).collect()
}

#[test]
fn a_small_plan_is_complete() {
    let plan = with("");
    let keys: Vec<&str> = plan.networks.keys().map(Id::as_str).collect();
    assert_eq!(keys, ["internet", "pstn", "mpls", "wan"]);
    let phones: Vec<&str> = plan.phones.keys().map(Id::as_str).collect();
    assert_eq!(phones, PhoneKind::ALL.map(PhoneKind::word));
    assert!(plan.workstations.contains_key("workstation"));
    assert!(matches!(plan.carriers["cloud-carrier"].hands_over.value, HandsOver::Cloud));
    assert_eq!(plan.queues["all"].priority.value, 1);
    assert!(plan.cloud.regions.is_empty());
    assert_eq!(plan.cloud.services.len(), outlast_models::catalogue::SERVICES.len());
    assert_eq!(plan.cloud.services["wfm"].host.value, "wfm.cloud.example");
    assert_eq!(plan.cloud.services["portal"].host.value, "cloud.example");
    assert_eq!(plan.cloud.turn_host.value, "turn.cloud.example");
    assert!(plan.cloud.access.ip_control.value && plan.cloud.access.known.value.is_none());
    assert_eq!(plan.date.origin, Origin::Defaulted);
}

#[test]
fn a_group_has_its_defaults() {
    let plan = with("");
    let team = &plan.groups["team"];
    assert_eq!(ids(&team.provisioned.value), ["sip-phone"]);
    assert!(matches!(
        team.access.value.as_slice(),
        [AccessWay::Private(_), AccessWay::Internet(_)]
    ));
    assert_eq!(team.access.origin, Origin::Defaulted);
    assert_eq!(ids(&team.queues), ["all"]);
    assert!(team.voice && !team.digital && !team.enters_direct.value);
    assert_eq!(team.workstation.id, "workstation");
    assert!(team.apps["agent-desktop"].required.value && team.apps.len() == 1);
    assert_eq!(team.browser.value, BrowserSetting::Direct);
    assert_eq!(team.moving.place.value, Millis::hours(2));
    assert!(matches!(team.on_shift, OnShift::Always(share) if share.value == Millionths::ONE));
}

#[test]
fn seats_are_the_heads_that_sit_there() {
    let plan = with("");
    assert_eq!(plan.sites["leeds"].seats.value, Some(10));
    assert_eq!(plan.sites["york"].seats.value, Some(0));
    assert_eq!(plan.sites["homes"].seats.value, None);
    assert_eq!(plan.sites["desk"].seats.value, None);
    let plan = plan_with_seats("7");
    assert_eq!(plan.sites["leeds"].seats.value, Some(7));
    let plan = plan_with_seats("unknown");
    assert_eq!(plan.sites["leeds"].seats.value, Some(10));
    assert!(matches!(plan.sites["leeds"].seats.origin, Origin::Unknown(_)));
}

fn plan_with_seats(seats: &str) -> Plan {
    let text =
        format!("{BASE}{TEAM}").replace("kind: office", &format!("kind: office, seats: {seats}"));
    plan(&text)
}

#[test]
fn like_copies_what_is_not_said_again() {
    let text = format!("{BASE}queues:
  cards: {{priority: 2}}
  sales: {{priority: 3}}
pac:
  corporate: {{file: c.pac}}
proxies:
  proxy: {{site: york}}
groups:
  c: {{like: b, agents: 3, phones: [webrtc-embedded], pac: corporate}}
  b: {{like: a, queues: [sales]}}
  a: {{agents: 10, work_at: [leeds], phones: [sip-phone, pstn], provisioned: [pstn], queue: cards, proxy: [proxy]}}
  boss: {{like: a, media: []}}
");
    let plan = plan(&text);
    let (b, c) = (&plan.groups["b"], &plan.groups["c"]);
    assert_eq!((b.agents, c.agents), (10, 3));
    assert_eq!(ids(&b.queues), ["sales"]);
    assert_eq!(b.priority.value, 3);
    assert_eq!(ids(&b.provisioned.value), ["pstn"]);
    assert!(matches!(&b.browser.value, BrowserSetting::Proxies(list) if ids(list) == ["proxy"]));
    assert_eq!(ids(&c.provisioned.value), ["webrtc-embedded"]);
    assert!(matches!(&c.browser.value, BrowserSetting::Pac(pac) if pac.id == "corporate"));
    assert_eq!(plan.pac["corporate"].text, "// c.pac");
    assert!(plan.groups["boss"].queues.is_empty());
}

#[test]
fn facts_know_where_they_come_from() {
    let plan = with(
        "firewalls:
  a: {site: leeds, guards: internet, udp_idle: unknown, nat_pool: 100}
vpn:
  v: {site: york, tunnel: full}
assumptions:
  vpn_voice_overhead: 25%
  occupancy: unknown
",
    );
    let firewall = &plan.firewalls["a"];
    assert_eq!(firewall.udp_idle.value, Millis(140_000));
    assert!(matches!(firewall.udp_idle.origin, Origin::Unknown(place) if place.line == 14));
    assert!(firewall.nat_pool.is_given());
    assert_eq!(plan.vpn["v"].voice_overhead.value, Millionths(250_000));
    assert!(plan.vpn["v"].voice_overhead.is_given());
    assert_eq!(plan.vpn["v"].data_overhead.origin, Origin::Defaulted);
    assert_eq!(plan.figures.occupancy.value, Millionths(800_000));
    assert!(matches!(plan.figures.occupancy.origin, Origin::Unknown(_)));
}

#[test]
fn networks_and_ways_out() {
    let plan = with(
        "bundles:
  net: {of: [leeds-b, leeds-a]}
exits:
  leeds: {internet: [here, york], private: york}
firewalls:
  edge: {site: york, guards: [internet, private], allow: [any-443, {to: [sbc, wfm, 10.0.0.0/8]}]}
vdi:
  farm: {site: york, platform: rds, exit: net}
  desks: {site: desk, platform: horizon-7, server: windows-2025}
",
    );
    assert_eq!(plan.bundles["net"].mode.value, BundleMode::ActivePassive);
    assert_eq!(plan.circuits["leeds-a"].capacity.value, Capacity::Unlimited);
    let exits = &plan.exits["leeds"].by_network;
    assert!(
        matches!(exits["internet"].value.as_slice(), [Exit::Here(_), Exit::Site(york)] if york.id == "york")
    );
    assert!(matches!(exits["private"].value.as_slice(), [Exit::Site(_)]));
    let edge = &plan.firewalls["edge"];
    assert_eq!(ids(&edge.guards), ["internet", "mpls", "wan"]);
    let rules = edge.allow.value.as_deref().unwrap();
    assert_eq!((rules[0].tcp.value, &rules[0].to.value[0].word), (Some(443), &Word::Any));
    assert!(matches!(&rules[1].to.value[1].word, Word::Service(id) if *id == "wfm"));
    assert!(matches!(&rules[1].to.value[2].word, Word::Block(_)));
    assert!(matches!(&plan.vdi["farm"].exit.value, VdiExit::Bundle(net) if net.id == "net"));
    assert_eq!(ids(&plan.vdi["farm"].reached_over.value), ["mpls", "wan"]);
    assert_eq!(ids(&plan.vdi["desks"].reached_over.value), ["internet"]);
    assert_eq!(plan.networks["wan"].cloud_regions.value.as_deref(), Some(&[][..]));
}

#[test]
fn homes_mobiles_and_needs() {
    let text = format!("{BASE}{TEAM}").replace(
        "{kind: homes}",
        "{kind: homes, region: north, internet: {per_agent: 20Mbps, isps: {civic: 60%, delta: 40%}}}",
    );
    let plan = plan(&format!("{text}phones:
  mobile: {{kind: pstn, rings: mobile, operator: orbit}}
components:
  desk-power: {{needs: [homes.civic, mobile.north.orbit, {{2 of: [dns, crl, cloud.turn]}}, {{any: [york, leeds]}}]}}
"));
    let homes = &plan.sites["homes"].internet;
    assert_eq!(homes.per_agent.value.unwrap().up, Some(Bps(20_000_000)));
    assert_eq!(homes.isps.value.len(), 2);
    let needs = &plan.components["desk-power"].common.needs;
    assert!(matches!(&needs[2], Need::AtLeast(2, list) if list.len() == 3));
    assert!(matches!(&needs[3], Need::Any(list) if list.len() == 2));
    assert_eq!(plan.phones["mobile"].operators.value[0].0.id, "orbit");
}

#[test]
fn the_cloud_and_who_is_let_in() {
    let plan = with("proxies:
  proxy: {site: york, egress: proxy-out}
cloud:
  domain: x.example
  services: {designer: {open_access: unknown, networks: private}}
  access:
    open_access: [agent-desktop]
    known: {internet: [leeds-a, proxy-out, 192.0.2.7, {address: 192.0.2.0/28, of: leeds-a}], private: [leeds]}
");
    let designer = &plan.cloud.services["designer"];
    assert_eq!(designer.open_access.value, OpenAccess::Unknown);
    assert!(matches!(designer.open_access.origin, Origin::Unknown(_)));
    assert_eq!(designer.networks.value, Networks::PrivateOnly);
    assert_eq!(designer.host.value, "designer.x.example");
    assert!(!plan.cloud.access.ip_control.value);
    let known = plan.cloud.access.known_internet().unwrap();
    assert!(matches!(&known[1], KnownSource::Name(name) if name.id == "proxy-out"));
    assert!(matches!(&known[2], KnownSource::Address(_, None)));
    assert!(matches!(&known[3], KnownSource::Address(_, Some(of)) if of.id == "leeds-a"));
}

#[test]
fn shifts_by_the_hour() {
    let text = format!("{BASE}{TEAM}")
        .replace("agents: 10", "agents: 10, on_shift: {Mon-Tue: {22:00-02:00: 50%}, Sun: 10%}");
    let plan = plan(&text);
    let OnShift::ByHour(hours) = &plan.groups["team"].on_shift else { panic!("a table") };
    let hours = &hours.value;
    assert_eq!(hours.len(), 168);
    let half: Vec<usize> = (0..168).filter(|at| hours[*at] == Millionths(500_000)).collect();
    assert_eq!(half, [22, 23, 24, 25, 46, 47, 48, 49]);
    assert_eq!(hours[167], Millionths(100_000));
    assert_eq!(hours[100], Millionths::ZERO);
}

#[test]
fn work_and_objectives() {
    let text = format!("{BASE}{TEAM}").replace(
        "agents: 10",
        "agents: 10, apps: {wfm: {on: workstation}, designer: optional}, recording: {version: 8.5.370.80, upload: scheduled}",
    );
    let plan = plan(&format!(
        "{text}objectives:
  - {{overall: true, mbco: 7 agents, rto: 1h 30min}}
  - {{overall: true, mbco: 12.5%, count: working}}
"
    ));
    let team = &plan.groups["team"];
    assert_eq!(team.apps["wfm"].on.value, Some(Machine::Workstation));
    assert!(team.apps["wfm"].required.value && !team.apps["designer"].required.value);
    let recording = team.recording.value.as_ref().unwrap();
    assert_eq!(recording.version.value, Version(vec![8, 5, 370, 80]));
    assert!(recording.scheduled.value && recording.version.value > Version(vec![8, 5, 370, 78]));
    assert_eq!(plan.objectives[0].mbco.value, Mbco::Agents(7));
    assert_eq!(plan.objectives[0].rto.value, Some(Millis(5_400_000)));
    assert_eq!(plan.objectives[1].mbco.value, Mbco::Share(Millionths(125_000)));
    assert!(plan.objectives[1].counts_working.value && !plan.objectives[0].counts_working.value);
}

#[test]
fn a_changed_tree_reads_again() {
    let mut sources = Sources::new();
    let text = format!("{BASE}firewalls:\n  a: {{site: leeds, guards: internet}}\n{TEAM}");
    let file = sources.add("plan.yaml", text);
    let mut tree = yaml::parse(file, sources.text(file)).unwrap();
    let other = sources.add("scenario.yaml", "60s");
    let value = yaml::parse(other, sources.text(other)).unwrap();
    assert_eq!(yaml::set_every(&mut tree, "firewall", "udp_idle", &value), Ok(1));
    yaml::set(&mut tree, "sites.leeds.power.ups", value.clone()).unwrap();
    let mut load = |_: &str| Ok(String::new());
    let plan = read::plan_from_tree(&tree, &mut load).unwrap();
    assert_eq!(plan.firewalls["a"].udp_idle.value, Millis(60_000));
    assert_eq!(plan.firewalls["a"].udp_idle.place().unwrap().file, other);
    assert_eq!(plan.sites["leeds"].power.ups.value, Millis(60_000));
    yaml::set(&mut tree, "groups.team.agents", value).unwrap();
    let errors = read::plan_from_tree(&tree, &mut load).unwrap_err();
    let message = diagnostic::render(&errors, &sources, false);
    assert!(message.contains("--> scenario.yaml:1:1"), "{message}");
}

#[test]
fn marks_and_line_ends_of_other_systems() {
    let text = format!("\u{feff}{BASE}{TEAM}").replace('\n', "\r\n");
    assert_eq!(plan(&text).groups.len(), 1);
}

#[test]
fn policies_say_what_they_refuse_and_why() {
    let text = "groups:
  team: {agents: 10, work_at: [leeds, homes], phones: [sip-phone, pstn], tags: [cards]}
policies:
  one: {for: cards, refuse: {place: homes, phone: [pstn, pbx]}, reason: '  no  calls.', owner: risk}
  two: {when: {leg: phone}, require: {over: private}, reason: no Internet}
";
    let plan = plan(&format!("{BASE}{text}"));
    let sentences: Vec<String> = plan.policies.values().map(Policy::sentence).collect();
    assert_eq!(sentences[0], "risk refuses place homes, phone pstn or pbx: no calls");
    assert_eq!(sentences[1], "the house requires over private when leg phone: no Internet");
    assert!(plan.policies["one"].is_for(&[Id::new("cards")]) && !plan.policies["one"].is_for(&[]));
    assert!(plan.policies["two"].is_for(&[]));
    assert_eq!(
        (plan.policies["one"].verb, plan.policies["two"].verb),
        (Verb::Refuse, Verb::Require)
    );
}

#[test]
fn waivers_lead_to_what_is_written_or_may_be() {
    for at in [
        "sites.leeds",
        "circuits.leeds-a.capacity",
        "cloud.turn_host",
        "cloud",
        "groups.team.phones",
        "date",
        "phones.sip-phone",
    ] {
        let waiver = "reason: r, owner: o, until: 2026-10-01";
        let text = format!("waivers: {{one: {{rule: PRV-03, at: {at}, {waiver}}}}}\n");
        let waiver = &with(&text).waivers["one"];
        assert_eq!((waiver.rule.id.as_str(), waiver.at.id.as_str()), ("PRV-03", at));
        assert_eq!(waiver.until.to_string(), "2026-10-01");
    }
}
