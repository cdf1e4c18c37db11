//! The samples work as written, and what they stand on matters.
//!
//! Judged by the naive reference, so that a sample is right before the engine is.

use std::collections::{BTreeMap, BTreeSet};

use outlast_models::Plan;
use outlast_models::pac::{PacAnswer, PacAnswers, PacHop, questions};
use outlast_reference::{Failure, Way, WayState, ways};
use outlast_scenarios::plan_sample;

use crate::common::{plan_of_text, sample};

/// What the samples' PAC files answer, without running them.
fn pac_answers(plan: &Plan) -> PacAnswers {
    let mut answers = PacAnswers::default();
    for question in questions(plan) {
        let host = question.host.as_str();
        let proxy = |name: &str| PacHop::Proxy(name.to_owned());
        let hops = match question.pac.as_str() {
            "home-pac" => vec![proxy("cloud-proxy.corp.example:8080"), PacHop::Direct],
            "legacy" => vec![proxy("proxy-slough.northmere.example:8080")],
            _ if host.starts_with("turn.") => vec![PacHop::Direct],
            "corporate" => vec![
                proxy("proxy-york.northmere.example:8080"),
                proxy("proxy-slough.northmere.example:8080"),
            ],
            "offices" => vec![
                proxy("proxy-tarn.brackwater.example:8080"),
                proxy("proxy-moor.brackwater.example:8080"),
            ],
            "sales" => vec![
                proxy("edge.skyframe.example:9400"),
                proxy("proxy-moor.brackwater.example:8080"),
            ],
            other => panic!("unknown PAC file {other}"),
        };
        answers.by_host.insert((question.pac, question.host), PacAnswer::Hops(hops));
    }
    answers
}

/// The ways of a plan with these components failed.
fn all(plan: &Plan, failed: &[&str]) -> Vec<Way> {
    let failed = failed.iter().map(|id| (*id).to_owned()).collect();
    ways(plan, &pac_answers(plan), &Failure { failed, ..Failure::default() })
}

/// The groups all of whose people, whoever their Internet provider is, have a live
/// way: where they sit, or anywhere.
fn live(plan: &Plan, failed: &[&str], at_first_place: bool) -> BTreeSet<String> {
    let mut people: BTreeMap<(String, Vec<String>), bool> = BTreeMap::new();
    for way in all(plan, failed) {
        let first = &plan.groups[way.group.as_str()].work_at[0].id;
        let counts = !at_first_place || *first == way.place.as_str();
        let who = (way.group, way.isps);
        *people.entry(who).or_default() |= counts && way.state == WayState::Live;
    }
    let stuck: BTreeSet<&String> =
        people.iter().filter(|(_, works)| !**works).map(|((group, ..), _)| group).collect();
    people.keys().filter(|(group, ..)| !stuck.contains(group)).map(|(g, ..)| g.clone()).collect()
}

#[test]
fn everybody_works_where_they_sit_on_a_normal_day() {
    for name in outlast_scenarios::names().plans {
        let plan = sample(name);
        let mut expected: BTreeSet<String> = plan.groups.keys().map(ToString::to_string).collect();
        // A trap of the bank: its PAC file sends WebRTC media to a proxy.
        expected.remove("pilot-bristol");
        assert_eq!(live(&plan, &[], true), expected, "{name}");
    }
}

/// For each worked example and group: parts without which it does not work.
const NEEDED: &[(&str, &str, &str)] = &[
    (
        "example-1",
        "on-site",
        "office office-net internet dns deskhost cloud-desks office-mpls mpls",
    ),
    ("example-1", "on-site", "cloud.portal cloud.authentication cloud.voice cloud.sbc workstation"),
    (
        "example-2",
        "on-site",
        "office office-net internet dns office-mpls mpls cloud.webrtc cloud.turn",
    ),
    ("example-2", "on-site", "cloud.portal cloud.authentication cloud.voice workstation"),
    ("example-3", "off-site", "homes homes.isp internet dns dc dc-net dc-mpls mpls vpn-dc"),
    ("example-3", "off-site", "deskhost cloud-desks cloud.portal cloud.sbc cloud.voice"),
    ("example-4", "corporate-phones", "homes homes.isp internet dns dc dc-net dc-mpls mpls"),
    ("example-4", "corporate-phones", "deskhost cloud-desks sbc-dc trunk-dc pbx-dc sso-provider"),
    ("example-4", "pstn-phones", "homes homes.isp internet dns dc dc-mpls mpls deskhost"),
    ("example-4", "pstn-phones", "cloud-desks sbc-dc trunk-dc tellus pstn sso-provider"),
    ("example-4-proxy", "corporate-phones", "homes.isp internet dc dc-net proxy-dc pbx-dc mpls"),
    ("example-4-proxy", "pstn-phones", "homes.isp internet dc dc-net proxy-dc sbc-dc tellus pstn"),
    ("example-5", "off-site", "homes homes.isp internet dns dc dc-net dc-mpls mpls vpn-dc"),
    ("example-5", "off-site", "cloud.webrtc cloud.turn cloud.portal sso-provider cloud.voice"),
];

#[test]
fn every_part_of_a_worked_example_matters() {
    for (name, group, parts) in NEEDED {
        let plan = sample(name);
        for part in parts.split(' ') {
            let live = live(&plan, &[part], false);
            assert!(!live.contains(*group), "{name}: {group} works without {part}");
        }
    }
}

#[test]
fn phones_of_example_4_do_not_stand_on_each_others_parts() {
    let plan = sample("example-4");
    assert!(live(&plan, &["pbx-dc"], false).contains("pstn-phones"));
    assert!(live(&plan, &["dc-net"], false).contains("pstn-phones"));
    assert!(live(&plan, &["tellus"], false).contains("corporate-phones"));
    // Open access needs no proxy; with the proxy, no identity provider.
    assert_eq!(live(&sample("example-4-proxy"), &["sso-provider"], false).len(), 2);
}

#[test]
fn example_6_is_restored_off_site_with_other_phones() {
    let plan = sample("example-6");
    let corporate = ["office", "dc", "mpls"];
    assert!(live(&plan, &corporate, true).is_empty());
    assert_eq!(live(&plan, &corporate, false).len(), 2);
    let restored = |part: &str| live(&plan, &["office", "dc", "mpls", part], false);
    assert!(restored("homes.isp").is_empty());
    assert_eq!(restored("pstn"), BTreeSet::from(["sip-then-webrtc".to_owned()]));
    assert_eq!(restored("cloud.turn"), BTreeSet::from(["pbx-then-pstn".to_owned()]));
}

#[test]
fn the_starter_teaches_something() {
    let plan = sample("starter");
    let both = BTreeSet::from(["home-team".to_owned(), "office-team".to_owned()]);
    // The office goes home to ring there; it could stay with a phone set up beforehand.
    assert_eq!(live(&plan, &["mpls-atlas"], false), both);
    assert_eq!(live(&plan, &["mpls-atlas"], true), BTreeSet::from(["home-team".to_owned()]));
    let set_up = |way: &Way| way.place == "leeds" && matches!(way.state, WayState::NeedsChange(_));
    assert!(all(&plan, &["mpls-atlas"]).iter().any(set_up));
    // Without York and Leeds nobody has an address that the cloud knows.
    assert!(live(&plan, &["leeds", "york", "mpls-atlas"], false).is_empty());
}

#[test]
fn the_starters_comments_are_right() {
    let text = plan_sample("starter").unwrap().plan();
    let lines = ["sso:", "mfa:", "open_access:", "direct_urls:"];
    let mut open = lines.iter().fold(text.to_owned(), |text, line| {
        let commented = format!("    # {line}");
        assert!(text.contains(&commented), "{line}");
        text.replace(&commented, &format!("    {line}"))
    });
    open = open.replace("    queue: service\n", "    queue: service\n    enters_by: direct\n");
    let plan = plan_of_text("starter", &open, &|_| None);
    let corporate = ["leeds", "york", "mpls-atlas"];
    assert_eq!(live(&plan, &corporate, false).len(), 2);
    assert!(live(&plan, &corporate, true).contains("home-team"));
}

#[test]
fn the_banks_traps_spring() {
    let plan = sample("bank");
    let works = live(&plan, &[], false);
    let lost = |failed: &[&str]| -> BTreeSet<String> {
        works.difference(&live(&plan, failed, false)).cloned().collect()
    };
    // The standby proxy is live, and refused.
    assert_eq!(lost(&["zephyr-proxy"]), BTreeSet::from(["mortgages-bristol".to_owned()]));
    // One duct takes Glasgow off every network: those who sit there have to leave.
    let stay = |failed: &[&str]| live(&plan, failed, true);
    let glasgow: BTreeSet<String> = stay(&[]).difference(&stay(&["duct-clyde"])).cloned().collect();
    let both = ["lending-glasgow", "retail-glasgow"].map(str::to_owned);
    assert_eq!(glasgow, BTreeSet::from(both));
    // The softphone's own proxy has no second.
    assert_eq!(lost(&["proxy-york"]), BTreeSet::from(["lending-glasgow".to_owned()]));
    // Over Borealis, Slough's softphones are forgotten after a minute.
    let softphones = |failed: &[&str]| {
        let softphone = |way: &Way| {
            way.group == "payments-home-south" && way.phone.as_deref() == Some("softphone-file")
        };
        all(&plan, failed).iter().any(|way| softphone(way) && way.state == WayState::Live)
    };
    assert!(softphones(&[]) && !softphones(&["slough-atlas"]));
}
