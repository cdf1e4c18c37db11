//! Binding: what events take of the samples, and what is said when they do not.

use std::fmt::Write as _;

use crate::common::{
    bound, events, from_library, messages, plan_of, plan_of_text, sample, shown, try_bind, whole,
};
use outlast_models::{ComponentId, Kind};
use outlast_scenarios::{Candidate, Effect, components, library::PLANS, names};

#[test]
fn every_sample_reads() {
    for sample in PLANS {
        plan_of(sample);
    }
}

#[test]
fn every_shipped_scenario_binds_to_every_sample() {
    for sample in PLANS {
        let plan = plan_of(sample);
        for name in names().scenarios {
            let scenario = from_library(name).unwrap();
            let bound = bound(&scenario, &plan, &[]);
            let nothing = bound.events.is_empty();
            assert!(!nothing || !bound.notes.is_empty(), "{name} on {}: silence", sample.name);
        }
    }
}

/// What is assumed can be weighed only where it is said, and where it comes from.
#[test]
fn every_shipped_scenario_names_its_assumptions_and_its_source() {
    for name in names().scenarios {
        let scenario = from_library(name).unwrap();
        let about = scenario.about.replace('\n', " ");
        assert!(about.contains("Assumes "), "{name}: {about}");
        assert!(about.contains(" Source: ") && about.ends_with('.'), "{name}: {about}");
        for id in scenario.takes.keys() {
            assert!(about.contains("Takes "), "{name} does not speak of {id}");
        }
    }
}

#[test]
fn every_scenario_in_the_library_is_shipped_and_documented() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/library");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let files = files.filter_map(|name| name.to_str()?.strip_suffix(".yaml").map(str::to_owned));
    let mut shipped: Vec<String> = names().scenarios.into_iter().map(str::to_owned).collect();
    let mut files: Vec<String> = files.collect();
    shipped.sort();
    files.sort();
    assert_eq!(shipped, files);
    let page = include_str!("../../../docs/scenario-language.md");
    for name in &shipped {
        assert!(page.contains(&format!("\n| `{name}` |")), "{name} is not in the documentation");
    }
}

#[test]
fn the_library_on_the_bank() {
    let plan = sample("bank");
    let mut text = String::new();
    for name in names().scenarios {
        let bound = bound(&from_library(name).unwrap(), &plan, &[]);
        writeln!(text, "## {name}\n{}\n", shown(&bound)).unwrap();
    }
    insta::assert_snapshot!("library-on-bank", text);
}

#[test]
fn the_library_on_the_starter() {
    let plan = sample("starter");
    let mut text = String::new();
    for name in names().scenarios {
        let bound = bound(&from_library(name).unwrap(), &plan, &[]);
        writeln!(text, "## {name}\n{}\n", shown(&bound)).unwrap();
    }
    insta::assert_snapshot!("library-on-starter", text);
}

#[test]
fn components_of_the_bank() {
    let list = components(&sample("bank"));
    let lines: Vec<String> =
        list.iter().map(|(component, _)| format!("{} {component}", component.kind)).collect();
    insta::assert_snapshot!("components-of-bank", lines.join("\n"));
    let get = |kind, id: &str| {
        let wanted = ComponentId::new(kind, id);
        &list.iter().find(|(component, _)| *component == wanted).unwrap().1
    };
    assert_eq!(get(Kind::Trunk, "trunk-york").sites, ["dc-york"]);
    assert_eq!(get(Kind::Conduit, "duct-bristol").sites, ["bristol"]);
    assert_eq!(get(Kind::HomeIsp, "homes-south.kestrel").providers, ["kestrel"]);
    assert_eq!(
        get(Kind::MobileOperator, "mobile.north.orbit").groups,
        ["cards-leeds", "lending-glasgow"]
    );
    assert_eq!(get(Kind::Vpn, "vpn-slough").queues, ["cards", "retail", "branches", "payments"]);
}

/// What a selector takes in the bank, as `fail` shows it.
fn taken(selector: &str) -> Vec<String> {
    let plan = sample("bank");
    let bound = bound(&events(&format!("  - {{fail: {selector}}}\n")), &plan, &[]);
    match bound.events.first().map(|event| &event.effect) {
        Some(Effect::Fail(list)) => list.iter().map(ToString::to_string).collect(),
        Some(_) | None => Vec::new(),
    }
}

#[test]
fn a_map_means_and_a_list_means_any() {
    assert_eq!(
        taken("{site: leeds, network: [internet, mpls-atlas]}"),
        ["leeds-atlas", "leeds-net-a", "leeds-net-b"]
    );
    assert_eq!(taken("[vpn-york, {kind: pbx}]"), ["vpn-york", "pbx-bristol"]);
    assert_eq!(taken("{id: [vpn-york, vpn-slough], site: dc-york}"), ["vpn-york"]);
    assert_eq!(taken("{kind: private-network, provider: atlas}"), ["mpls-atlas", "wan"]);
    assert_eq!(taken("{conduit: duct-clyde}"), ["glasgow-wan-a", "glasgow-wan-b", "duct-clyde"]);
}

#[test]
fn kinds_tell_own_things_from_vendors_and_private_ones_from_public() {
    assert_eq!(
        taken("{kind: corporate-site}"),
        ["leeds", "glasgow", "bristol", "dc-york", "dc-slough"]
    );
    assert_eq!(taken("{kind: cloud-proxy}"), ["zephyr-proxy", "zephyr-standby"]);
    assert_eq!(taken("{kind: private-circuit, site: leeds}"), ["leeds-atlas", "leeds-borealis"]);
    let private = taken("{kind: private-circuit}");
    assert!(
        private.contains(&"york-wan".to_owned()) && !private.contains(&"york-net-a".to_owned())
    );
}

#[test]
fn people_at_home_only_by_id_or_kind() {
    let north = taken("{region: north}");
    assert!(north.contains(&"leeds".to_owned()));
    assert!(north.contains(&"homes-north.civic".to_owned()));
    assert!(north.contains(&"mobile.north.orbit".to_owned()));
    assert!(!north.contains(&"homes-north".to_owned()));
    assert_eq!(
        taken("{site: homes-north}"),
        ["grid-homes-north", "homes-north.civic", "homes-north.delta"]
    );
    assert_eq!(taken("{kind: homes, region: north}"), ["homes-north"]);
    assert_eq!(taken("{id: homes-north}"), ["homes-north"]);
    assert_eq!(taken("homes-north"), ["homes-north"]);
}

#[test]
fn a_feed_is_not_its_sites() {
    assert_eq!(taken("{feed: grid-glasgow}"), ["grid-glasgow"]);
    assert_eq!(taken("{feed: grid-glasgow, kind: office}"), ["glasgow"]);
    assert_eq!(taken("{kind: feed, site: leeds}"), ["grid-leeds-a", "grid-leeds-b"]);
}

#[test]
fn a_provider_is_its_circuits_networks_and_lines() {
    assert_eq!(taken("{provider: civic}"), ["leeds-net-a", "york-net-a", "homes-north.civic"]);
    let borealis = taken("{provider: borealis}");
    assert!(borealis.contains(&"mpls-borealis".to_owned()));
    assert!(borealis.contains(&"glasgow-wan-b".to_owned()));
}

#[test]
fn people_demand_and_calls() {
    let plan = sample("bank");
    let text = "
  - {absent: {site: leeds}, share: 20%}
  - {absent: {kind: homes, queue: payments}, share: 10%}
  - {absent: {kind: pbx}, share: 5%}
  - {absent: {tag: card-data}, share: 12.5%}
  - {surge: {kind: queue}, times: 1.25}
  - {surge: [cards, {group: retail-leeds}], times: 3}
  - {congest: pstn, blocking: 30%}
  - {congest: {network: pstn}, blocking: 30%}
  - {congest: {region: north}, blocking: 30%}
  - {congest: [tellus, {kind: mobile-operator, region: south}], blocking: 30%}
  - {evacuate: {region: north, kind: office}}
  - {evacuate: {group: mortgages-bristol}}
  - {evacuate: [glasgow, homes-south]}
";
    insta::assert_snapshot!(shown(&bound(&events(text), &plan, &[])), @r#"
    0s on: 20% of cards-leeds, retail-leeds absent
    0s on: 10% of payments-home-north, payments-home-south absent
    0s on: 5% of branches-bristol absent
    0s on: 12.5% of cards-leeds absent
    0s on: demand of cards, payments, retail and 3 more: 1.25 times the usual
    0s on: demand of cards, retail: 3 times the usual
    0s on: congest pstn: 30% of calls blocked
    0s on: congest pstn: 30% of calls blocked
    0s on: congest phones in north: 30% of calls blocked
    0s on: congest tellus, mobile.south.orbit, mobile.south.halo: 30% of calls blocked
    0s on: evacuate leeds, glasgow
    0s on: evacuate bristol
    0s on: evacuate glasgow, homes-south
    "#);
}

#[test]
fn misconfigurations() {
    let plan = sample("bank");
    let text = "
  - {misconfigure: rotate-internet-addresses}
  - {misconfigure: pac-broken}
  - {misconfigure: {turn-inspected: [zephyr-proxy, fw-york-net]}}
  - {misconfigure: split-to-full}
  - {misconfigure: {udp-idle-short: fw-leeds-atlas}}
  - {misconfigure: {set: vpn.vpn-york.tunnel, to: split}}
  - {misconfigure: {every: pbx, set: off_site, to: none}}
";
    let bound = bound(&events(text), &plan, &[]);
    insta::assert_snapshot!(shown(&bound), @r#"
    0s on: the cloud's Internet addresses change
    0s on: PAC file corporate broken
    0s on: PAC file legacy broken
    0s on: zephyr-proxy inspects TURN
    0s on: fw-york-net inspects TURN
    0s on: split tunnel of vpn-slough becomes full
    0s on: UDP timeout of fw-leeds-atlas too short
    0s on: set vpn.vpn-york.tunnel to split
    0s on: set off_site of every pbx to none
    "#);
    let Some(Effect::Set(settings)) = bound.events.last().map(|event| &event.effect) else {
        panic!("the last event sets something");
    };
    assert_eq!(settings[0].0, "telephony.pbxs.pbx-bristol.off_site");
}

#[test]
fn names_that_the_plan_does_not_know() {
    let plan = sample("bank");
    let text = "
  - {fail: dc-yrok}
  - {fail: cards}
  - {fail: civic}
  - {fail: {site: leed}}
  - {fail: {provider: atlass}}
  - {fail: {network: leeds}}
  - {fail: york-net}
  - {evacuate: leds}
  - {evacuate: vpn-york}
  - {absent: leeds, share: 10%}
  - {surge: card, times: 2}
  - {congest: vpn-york, blocking: 10%}
  - {misconfigure: {pac-broken: corporat}}
  - {misconfigure: {split-to-full: vpn-york}}
  - {include: data-centre-lost}
";
    let mistakes = try_bind(&events(text), &plan, &[]).unwrap_err();
    insta::assert_snapshot!(messages(&mistakes), @r#"
    the plan has nothing called `dc-yrok` (did you mean `dc-york`?)
    `cards` is of kind `queue`; a component is wanted here (did you mean `{queue: cards}`?)
    `civic` is of kind `provider`; a component is wanted here (did you mean `{provider: civic}`?)
    the plan has no site `leed` (did you mean `leeds`?)
    the plan has no provider `atlass` (did you mean `atlas`?)
    the plan has no network `leeds` (`leeds` is of kind `office`)
    `york-net` is of kind `bundle`; a component is wanted here (its circuits can fail: `[york-net-a, york-net-b]`)
    the plan has nothing called `leds` (did you mean `leeds`?)
    `vpn-york` is of kind `vpn`; a site is wanted here (there are: leeds, glasgow, bristol, dc-york, dc-slough, homes-north, homes-south, zephyr, zephyr-b, deskhost)
    `leeds` is of kind `office`; a group is wanted here (`{site: leeds}` takes the groups that sit there)
    the plan has nothing called `card` (did you mean `cards`?)
    `vpn-york` is of kind `vpn`, which cannot be congested (only the PSTN, carriers, mobile operators and regions decline calls)
    `corporat` is no PAC file of this plan (did you mean `corporate`?)
    `vpn-york` is no VPN with a split tunnel of this plan
    there is no scenario `data-centre-lost` (did you mean `data-center-lost`?)
    "#);
}

#[test]
fn what_takes_nothing_is_noted() {
    let plan = sample("example-2");
    let text = "
  - {fail: {kind: vpn}}
  - {fail: {tag: card-data}}
  - {fail: {kind: sip-phone}}
  - {misconfigure: pac-broken}
  - {misconfigure: {every: firewall, set: udp_idle, to: 60s}}
  - {include: vpn-overload}
";
    let bound = bound(&events(text), &plan, &[]);
    assert!(bound.events.is_empty());
    insta::assert_snapshot!(shown(&bound), @r#"
    left = 50% (chosen)
    note: `fail: {kind: vpn}` takes nothing in this plan
    note: `fail: {tag: card-data}` takes nothing in this plan
    note: `fail: {kind: sip-phone}` takes nothing in this plan: kinds of phone mean groups, which only `absent` takes
    note: the plan has no PAC file: `pac-broken` changes nothing
    note: the plan writes no firewall: nothing to set
    note: the plan has nothing of kind `vpn`: that part of `vpn-overload` does not apply to it
    "#);
}

#[test]
fn arguments() {
    let plan = sample("bank");
    let lost = from_library("data-center-lost").unwrap();
    assert_eq!(
        shown(&bound(&lost, &plan, &["dc-slough"])),
        "site = dc-slough\n0s on: fail dc-slough"
    );
    assert_eq!(bound(&lost, &plan, &["dc-slough"]).name, "data-center-lost:dc-slough");
    let both = bound(&lost, &plan, &["site=dc-york,dc-slough"]);
    assert_eq!(both.events[0].text, "fail dc-york, dc-slough");
    let vpn = from_library("vpn-overload").unwrap();
    let named = bound(&vpn, &plan, &["vpn=vpn-york", "25%"]);
    assert_eq!(named.events[0].text, "degrade vpn-york to 25%");
    let wrong: Vec<String> = [&["dc-yrok"][..], &["leeds"], &["dc-york", "4h"], &["where=dc-york"]]
        .into_iter()
        .map(|given| messages(&try_bind(&lost, &plan, given).unwrap_err()))
        .collect();
    insta::assert_snapshot!(wrong.join("\n"), @r#"
    the plan has no data-center `dc-yrok` (did you mean `dc-york`?)
    `leeds` is of kind `office`, not `data-center` (of kind `data-center` are dc-york, dc-slough)
    argument `4h` is one too many (`data-center-lost` takes site)
    `data-center-lost` takes no `where` (`data-center-lost` takes site)
    "#);
}

#[test]
fn only_a_name_that_the_user_gives_and_the_plan_lacks_is_a_mistake() {
    let plan = sample("starter");
    let cut = from_library("conduit-cut").unwrap();
    let nothing = bound(&cut, &plan, &[]);
    assert!(nothing.events.is_empty());
    assert_eq!(
        nothing.notes,
        ["the plan has nothing of kind `conduit`: that part of `conduit-cut` does not apply to it"]
    );
    let wrong = messages(&try_bind(&cut, &plan, &["duct-east"]).unwrap_err());
    let says = "the plan has no conduit `duct-east` (the plan has nothing of kind `conduit`)";
    assert_eq!(wrong, says);
}

#[test]
fn a_missing_argument_says_what_there_is() {
    let scenario = whole(
        "outlast-scenario: 1
name: Test
takes: {site: {kind: data-center}, left: {kind: share}}
events: [{degrade: {site: $site, kind: vpn}, to: $left}]",
    );
    let missing = |given| messages(&try_bind(&scenario, &sample("bank"), given).unwrap_err());
    insta::assert_snapshot!(missing(&[]), @r#"
    `test` needs `left` (write `test:40%`)
    `test` needs `site` (write `test:dc-york`; of kind `data-center` are dc-york, dc-slough)
    "#);
    insta::assert_snapshot!(missing(&["dc-york"]), @r#"`test` needs `left` (write `test:40%`)"#);
    // A plan with one data center needs no argument for it.
    let given = bound(&scenario, &sample("starter"), &["left=40%"]);
    assert_eq!(given.events[0].text, "degrade vpn-york to 40%");
}

#[test]
fn scenarios_within_scenarios() {
    let scenario = whole(
        "outlast-scenario: 1
name: Test
horizon: 24h
takes: {site: {kind: data-center}, when: {kind: time, default: 2h}}
events:
  - {at: $when, include: 'data-center-lost:$site'}
  - {at: 1h, include: pstn-congested:20%:1.5}
  - {at: 23h, include: isp-lost}
  - {at: 25min, for: 30min, fail: dns}",
    );
    insta::assert_snapshot!(shown(&bound(&scenario, &sample("bank"), &["dc-slough"])), @r#"
    site = dc-slough
    when = 2h (chosen)
    isp = civic (chosen)
    25min to 55min: fail dns
    1h to 9h: congest pstn: 20% of calls blocked
    1h to 9h: demand of cards, payments, retail and 3 more: 1.5 times the usual
    2h on: fail dc-slough
    23h to 1d 13h: fail leeds-net-a, york-net-a, homes-north.civic
    "#);
}

#[test]
fn a_scenario_never_includes_itself() {
    let around = |name: &str| {
        let inner = match name {
            "a" => "b",
            "b" => "a",
            _ => return from_library(name),
        };
        Some(events(&format!("  - {{include: {inner}}}\n")))
    };
    let mut start = events("  - {include: b}\n");
    start.id = "a".to_owned();
    let plan = sample("starter");
    let result = outlast_scenarios::bind(&start, &plan, &[], &around, &mut |of| of[0].id.clone());
    assert_eq!(messages(&result.unwrap_err()), "the scenario includes itself: a → b → a");
}

#[test]
fn who_there_is_and_what_is_asked_is_no_setting() {
    let set = |path: &str| format!("  - {{misconfigure: {{set: {path}, to: 3}}}}\n");
    let every =
        |path: &str| format!("  - {{misconfigure: {{every: group, set: {path}, to: 3}}}}\n");
    let plan = sample("starter");
    for path in ["name", "objectives", "queues.service.priority", "groups", "groups.office-team"] {
        let says = messages(&try_bind(&events(&set(path)), &plan, &[]).unwrap_err());
        assert!(says.starts_with(&format!("`{path}` is no setting that can be wrong")), "{says}");
    }
    for text in [set("groups.office-team.agents"), every("agents"), every("on_shift")] {
        assert!(try_bind(&events(&text), &plan, &[]).is_err(), "{text}");
    }
    for text in [set("groups.office-team.occupancy"), every("traffic.voice")] {
        assert!(try_bind(&events(&text), &plan, &[]).is_ok(), "{text}");
    }
}

#[test]
fn the_caller_chooses_what_is_depended_on_most() {
    let plan = sample("bank");
    let scenario = from_library("disaster").unwrap();
    let mut asked = Vec::new();
    let bound = outlast_scenarios::bind(&scenario, &plan, &[], &from_library, &mut |of| {
        asked.push(of.len());
        assert!(of.iter().all(|one| one.lost == [one.id.clone()]));
        of.last().unwrap().id.clone()
    })
    .unwrap();
    assert_eq!(asked, [3, 2]);
    assert_eq!(bound.events[0].text, "evacuate bristol");
    assert!(bound.chosen.iter().all(|(_, _, given)| !given));
}

#[test]
fn a_company_is_lost_with_everything_it_provides() {
    let text = "outlast: 1
sites:
  h1: {kind: homes, region: r, internet: {isps: {aa: 55%, bb: 45%}}}
  h2: {kind: homes, region: s, internet: {isps: {bb: 50%, cc: 50%}}}
phones: {desk: {kind: pstn, rings: mobile}}
groups: {g: {agents: 320, work_at: [h1, h2], phones: [desk]}}
";
    let plan = plan_of_text("plan.yaml", text, &|_| None);
    let scenario = from_library("isp-lost").unwrap();
    let mut asked = Vec::new();
    let bound = outlast_scenarios::bind(&scenario, &plan, &[], &from_library, &mut |of| {
        let lost = |one: &Candidate| one.lost.iter().map(ToString::to_string).collect::<Vec<_>>();
        asked.extend(of.iter().map(|one| (one.id.to_string(), lost(one).join(" "))));
        of[1].id.clone()
    });
    let expected = [("aa", "h1.aa"), ("bb", "h1.bb h2.bb"), ("cc", "h2.cc")];
    assert_eq!(asked, expected.map(|(id, lost)| (id.to_owned(), lost.to_owned())));
    assert_eq!(bound.unwrap().events[0].text, "fail h1.bb, h2.bb");
}

#[test]
fn the_first_example_of_the_documentation_runs_on_the_bank() {
    let page = include_str!("../../../docs/scenario-language.md");
    let block = page.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next());
    let bound = bound(&whole(block.expect("a first example")), &sample("bank"), &[]);
    assert_eq!(bound.events.len(), 3);
    assert!(bound.notes.is_empty());
}
