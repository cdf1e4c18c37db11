//! Sentences that say why a way of working is closed, as `explain` prints them.
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// What is printed, line breaks taken out, whether it succeeds or not.
fn said(folder: &Path, words: &[&str]) -> String {
    let output =
        Command::cargo_bin("outlast").unwrap().current_dir(folder).args(words).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    String::from_utf8(text).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What `explain` says of the group `team`, in the normal state or under events.
fn explained(plan: &str, events: Option<&str>) -> String {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("plan.yaml"), format!("outlast: 1\n{plan}")).unwrap();
    fs::write(here.path().join("p.pac"), "function FindProxyForURL() { return 'PROXY p:1'; }")
        .unwrap();
    let mut words = vec!["explain", "./plan.yaml", "--group", "team", "--details"];
    if let Some(events) = events {
        let scenario = format!("outlast-scenario: 1\nname: S\nevents: {events}\n");
        fs::write(here.path().join("s.yaml"), scenario).unwrap();
        words.insert(2, "./s.yaml");
    }
    said(here.path(), &words)
}

fn assert_says(text: &str, part: &str) {
    assert!(text.contains(part), "no `{part}` in: {text}");
}

#[test]
fn a_network_to_the_standby_region_is_no_way_while_the_other_is_in_force() {
    let plan = "\
sites: {leeds: {kind: office}}
networks: {mpls: {cloud_regions: [us]}}
circuits: {leeds-mpls: {from: leeds, to: mpls}}
cloud: {regions: {eu: {standby: us, after: 1h}, us: {}}}
groups: {team: {agents: 1, work_at: leeds, phones: sip-phone, access: private}}
";
    let says = "TRN-01 network mpls reaches only us, which stands in for eu";
    assert_says(&explained(plan, None), says);
    assert_says(&explained(plan, Some("[{fail: eu}]")), "us does not stand in yet");
    assert_says(&explained(plan, Some("[{fail: mpls}]")), "mpls failed");
}

#[test]
fn a_phone_that_rings_at_home_by_default_says_so() {
    let plan = "\
sites: {leeds: {kind: office}}
circuits: {leeds-net: {from: leeds, to: internet}}
groups: {team: {agents: 1, work_at: leeds, phones: pstn}}
";
    let says = "rings at home, as nothing else is said; write `rings: desk` or `rings: mobile`";
    assert_says(&explained(plan, None), &format!("PHN-01 pstn {says}"));
    let written = format!("{plan}phones: {{pstn: {{rings: home}}}}\n");
    assert_says(&explained(&written, None), "PHN-01 pstn rings at home only");
}

#[test]
fn a_pac_file_is_broken_only_while_it_is() {
    let plan = "\
sites: {leeds: {kind: office}}
circuits: {leeds-net: {from: leeds, to: internet}}
firewalls: {fw: {site: leeds, guards: internet, allow: [{from: proxies, to: any}]}}
proxies: {proxy: {site: leeds, names: ['p:1'], allow: [services]}}
pac: {p: {file: p.pac}}
groups: {team: {agents: 1, work_at: leeds, phones: webrtc-embedded, pac: p, access: internet}}
";
    let says = "PAC file p is broken, and a broken file lets browsers go direct";
    let broken = explained(plan, Some("[{misconfigure: pac-broken}]"));
    assert_says(&broken, says);
    let normal = explained(plan, None);
    assert!(!normal.contains("is broken"), "{normal}");
}

#[test]
fn open_access_does_not_open_the_portal() {
    let plan = "\
sites: {home: {kind: homes}}
cloud: {access: {sso: {provider: cloud}, mfa: true, open_access: [agent-desktop]}}
groups: {team: {agents: 1, work_at: home, phones: pstn, access: internet}}
";
    let says = "INT-04 the Portal answers known addresses only, open access or not (OFF-09), \
                and a home address is not one";
    assert_says(&explained(plan, None), says);
    let closed = plan.replace(", open_access: [agent-desktop]", ", authentication_ip_control: off");
    assert!(!explained(&closed, None).contains("OFF-09"));
}

/// The page that `run` prints for a plan when nothing that matters fails.
fn page(plan: &str) -> String {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("plan.yaml"), format!("outlast: 1\n{plan}")).unwrap();
    let scenario = "outlast-scenario: 1\nname: S\nevents: [{fail: spare}]\n";
    fs::write(here.path().join("s.yaml"), scenario).unwrap();
    said(here.path(), &["run", "./plan.yaml", "./s.yaml"])
}

#[test]
fn lines_to_the_pstn_that_no_carrier_brings_are_an_assumption() {
    let plan = "\
sites: {leeds: {kind: office}, home: {kind: homes}}
networks: {mpls: {}}
circuits: {leeds-mpls: {from: leeds, to: mpls}, leeds-net: {from: leeds, to: internet}}
components: {spare: {}}
telephony:
  sbcs: {sbc: {site: leeds}}
  pbxs: {pbx: {site: leeds, sbc: sbc}}
  trunks: {trunk: {sbc: sbc, network: mpls}}
phones: {line: {kind: pstn, rings: mobile, via: sbc}, desk: {kind: pbx, off_site: forward-to-mobile}}
";
    let group = |phone: &str, place: &str| {
        format!(
            "{plan}groups: {{team: {{agents: 1, work_at: {place}, phones: {phone}, apps: {{}}}}}}\n"
        )
    };
    let says = "an SBC or PBX at which no carrier hands over reaches the PSTN by lines of its site \
                (it does): pstn_without_carrier";
    assert_says(&page(&group("line", "leeds")), says);
    assert_says(&page(&group("desk", "home")), says);
    let carrier = format!("{}carriers: {{tellus: {{hands_over: sbc}}}}\n", group("line", "leeds"));
    assert!(!page(&carrier).contains("pstn_without_carrier"));
    assert!(!page(&group("desk", "leeds")).contains("pstn_without_carrier"));
}

#[test]
fn a_scenario_of_ones_own_is_named_so_that_it_can_be_asked_for_again() {
    let here = tempfile::tempdir().unwrap();
    let scenario = "outlast-scenario: 1\nname: S\ntakes: {site: {kind: office}}\n\
                    events: [{fail: $site}]\n";
    for file in ["s.yaml", "-"] {
        fs::write(here.path().join(file), scenario).unwrap();
    }
    for (word, shown) in [("./s.yaml", "s.yaml"), ("./-", "./-")] {
        let text = said(here.path(), &["run", "starter", word]);
        assert!(text.starts_with(&format!("{shown} · Starter")), "{text}");
        assert_says(&text, &format!("outlast run PLAN {shown}:SITE"));
    }
}

#[test]
fn a_dash_is_not_read() {
    let here = tempfile::tempdir().unwrap();
    for words in [["run", "-", "isp-lost"], ["run", "starter", "-"]] {
        let says = "`-` help: standard input is named as a file: `/dev/stdin`";
        assert_says(&said(here.path(), &words), says);
    }
}

#[test]
fn addresses_that_lists_leave_out_are_noted() {
    let plan = |allow: &str| {
        format!(
            "sites: {{leeds: {{kind: office}}}}\n\
             circuits: {{leeds-net: {{from: leeds, to: internet}}}}\n\
             proxies: {{proxy: {{site: leeds, exclude: [turn], allow: [{allow}]}}}}\n\
             groups: {{team: {{agents: 1, work_at: leeds, phones: webrtc-embedded, proxy: proxy, \
             access: internet, apps: {{agent-desktop: required, recording-ui: optional}}}}}}\n"
        )
    };
    let own = "portal, authentication, webrtc-signalling, agent-desktop, recording-ui";
    let here = explained(&plan(own), None);
    assert_says(&here, "1 of 1 work");
    assert_says(&here, "APP-09 a proxy or firewall lets the desktop through and not telemetry");
    assert_says(&here, "not crypto and playback: recordings cannot be played");
    let heard = explained(&plan(&format!("{own}, crypto, playback")), None);
    assert!(heard.contains("telemetry") && !heard.contains("playback"), "{heard}");
    assert!(!explained(&plan("services"), None).contains("APP-09"));
    assert!(!explained(&plan(&format!("{own}, cloud-domain")), None).contains("APP-09"));
}

#[test]
fn plan_and_scenario_the_wrong_way_round_are_told_apart() {
    let here = tempfile::tempdir().unwrap();
    let order = "the plan comes first: `outlast run PLAN SCENARIO`";
    let says = |words: &[&str]| said(here.path(), words);
    assert_says(&says(&["run", "isp-lost", "bank"]), &format!("`isp-lost` is a scenario; {order}"));
    assert_says(&says(&["run", "bank", "starter"]), &format!("`starter` is a plan; {order}"));
}

#[test]
fn a_direct_url_is_missing_or_stale() {
    let plan = |urls: &str| {
        format!(
            "date: 2026-10-01\nsites: {{home: {{kind: homes}}}}\n\
             cloud: {{access: {{sso: {{provider: cloud}}, mfa: true, open_access: [agent-desktop]\
             {urls}}}}}\n\
             groups: {{team: {{agents: 1, work_at: home, phones: pstn, access: internet, \
             enters_by: direct}}}}\n"
        )
    };
    assert_says(&explained(&plan(""), None), "OFF-08 no direct URL is on file, and the Portal");
    let stale = ", direct_urls: {services: [agent-desktop], as_of: 2026-01-05}";
    let says = "OFF-08 the direct URLs on file are of 2026-01-05, older than ";
    assert_says(&explained(&plan(stale), None), says);
    let of_another = ", direct_urls: {services: [wfm], as_of: 2026-09-05}";
    let says = "OFF-08 no direct URL is on file, and the Portal";
    assert_says(&explained(&plan(of_another), None), says);
}
