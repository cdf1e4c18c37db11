//! Random plans: valid by construction, and worth comparing.

use std::collections::{BTreeMap, BTreeSet};

use outlast_models::catalogue::PhoneKind;
use outlast_models::plan::{Bundle, BundleMode, Plan, Vdi, VdiExit, Word};
use outlast_models::{Sources, diagnostic, read};
use outlast_reference::{Failure, WayState, directed, failures, random_case, ways};

fn read_case(seed: u64) -> (Plan, outlast_models::pac::PacAnswers) {
    let (text, files, answers) = random_case(seed);
    let mut sources = Sources::new();
    let file = sources.add("random.yaml", text.clone());
    let mut load = |name: &str| files.get(name).cloned().ok_or_else(|| "no such file".to_owned());
    match read::plan(&mut sources, file, &mut load) {
        Ok(plan) => (plan, answers),
        Err(errors) => {
            panic!("seed {seed}:\n{}\n{text}", diagnostic::render(&errors, &sources, false))
        }
    }
}

#[test]
fn random_plans_are_valid_and_partly_live() {
    let (mut live, mut all, mut some_live) = (0_u32, 0_u32, 0_u32);
    for seed in 0..2000 {
        let (plan, answers) = read_case(seed);
        let ways = ways(&plan, &answers, &failures(&plan, 0, 1)[0]);
        let here = ways.iter().filter(|way| way.state == WayState::Live).count();
        live += u32::try_from(here).unwrap();
        all += u32::try_from(ways.len()).unwrap();
        let down = ways.iter().find(|way| way.state == WayState::Down);
        assert_eq!(down, None, "seed {seed}: nothing has failed");
        some_live += u32::from(here > 0);
    }
    assert!(live * 100 > all * 8, "{live} of {all} postures are live");
    assert!(some_live > 1200, "{some_live} of 2000 plans have a live posture");
}

#[test]
fn every_rule_on_routes_decides_somewhere() {
    let mut sole = BTreeSet::new();
    for seed in 0..3000 {
        let (plan, answers) = read_case(seed);
        for rotated in [false, true] {
            let failure = Failure { rotated, ..Failure::default() };
            for way in ways(&plan, &answers, &failure) {
                match way.state {
                    WayState::Refused(why) | WayState::NeedsChange(why) if why.len() == 1 => {
                        sole.extend(why);
                    }
                    _ => {}
                }
            }
        }
    }
    // PRV-08 shows by the changes that mend it.
    let rules = "APP-03 APP-06 APP-07 APP-08 INT-01 INT-02 INT-03 INT-04 INT-05 INT-08 INT-09 INT-10 OFF-05 PHN-01 \
                 PHN-02 PHN-03 PHN-09 PRV-03 PRV-05 PRV-07 PRX-05 PRX-06 PRX-07 PRX-08 PRX-10 \
                 TRN-01 TRN-02 TRN-03 TRN-04 TRN-05 VDI-01 VDI-02 VPN-02 VPN-03 VPN-06";
    let changes = "deploy_pac enable_routing provision_phone register_known_ips \
                   register_private_ips request_open_access set_softphone_proxy \
                   upgrade_screen_recorder use_direct_urls";
    for id in rules.split_whitespace().chain(changes.split_whitespace()) {
        assert!(sole.contains(id), "{id} never decides");
    }
}

#[test]
fn draws_and_revocation_lists_arise_often() {
    let (mut drawn, mut decided, mut lists, mut before) = (0, 0, BTreeSet::new(), 0);
    for seed in 0..1000 {
        let (plan, answers) = read_case(seed);
        let ways = ways(&plan, &answers, &Failure::default());
        drawn += u32::from(ways.iter().any(|way| !way.draws.is_empty()));
        let mut by_posture: BTreeMap<String, BTreeSet<bool>> = BTreeMap::new();
        for way in &ways {
            let (place, access, phone) = (&way.place, &way.access, &way.phone);
            let posture = format!("{} {place} {access} {phone:?} {:?}", way.group, way.isps);
            by_posture.entry(posture).or_default().insert(way.state == WayState::Live);
            if let WayState::Refused(why) = &way.state
                && why.iter().any(|rule| rule == "APP-07" || rule == "APP-08")
            {
                lists.insert(seed);
            }
        }
        let is_drawn = ways.iter().any(|way| !way.draws.is_empty());
        decided += u32::from(is_drawn && by_posture.values().any(|live| live.len() > 1));
        let circuits = plan.firewalls.values().filter_map(|firewall| firewall.before.as_ref());
        let is_circuit = |id: &str| plan.circuits.contains_key(id);
        before += u32::from(circuits.clone().any(|named| is_circuit(named.id.as_str())));
    }
    assert!(drawn > 80, "{drawn} of 1000 plans are drawn");
    assert!(decided > 30, "{decided} of 1000 plans have a posture that a draw decides");
    assert!(lists.len() > 100, "{} of 1000 plans are short of lists", lists.len());
    assert!(before > 60, "{before} of 1000 plans have a firewall before a circuit");
}

#[test]
fn the_same_seed_gives_the_same_plan() {
    assert_eq!(random_case(7), random_case(7));
    assert_ne!(random_case(7).0, random_case(8).0);
}

#[test]
fn directed_is_small_enough_for_most_random_plans() {
    let mut found = 0;
    for seed in 0..200 {
        let (plan, answers) = read_case(seed);
        for failure in failures(&plan, seed, 3) {
            found += u32::from(directed(&plan, &answers, &failure).is_some());
        }
    }
    assert!(found > 540, "{found} of 600");
}

/// Whether a flow comes to a far end of a WAN with an allow list there.
fn has_far_list(plan: &Plan) -> bool {
    plan.exits.keys().any(|site| {
        plan.firewalls.values().any(|firewall| {
            let at_exit = firewall.site.id != *site && firewall.allow.value.is_some();
            at_exit && firewall.guards.iter().any(|named| named.id == *"wan")
        })
    })
}

#[test]
fn both_ends_gates_trunks_and_unroutable_addresses_arise() {
    let (mut far, mut gates, mut unroutable, mut sbcs) = (0, BTreeSet::new(), 0, 0);
    for seed in 0..2400 {
        let (plan, answers) = read_case(seed);
        let gated = plan.vdi.values().any(|vdi| plan.proxies.contains_key(exit_of(vdi)));
        // Lists that nothing may fetch behind such an exit are rare.
        if seed >= 1000 && !gated {
            continue;
        }
        far += u32::from(has_far_list(&plan));
        let text = random_case(seed).0;
        let reserved = ["egress: 10.30", "egress: 198.51", "egress: 172.20"];
        unroutable += u32::from(reserved.iter().any(|address| text.contains(address)));
        for way in ways(&plan, &answers, &Failure::default()) {
            let by_gate = plan.vdi.get(way.access.as_str());
            let by_gate = by_gate.is_some_and(|vdi| plan.proxies.contains_key(exit_of(vdi)));
            match way.state {
                WayState::Refused(why) if by_gate => {
                    gates.extend(why.into_iter().filter(|id| GATE.contains(&id.as_str())));
                }
                WayState::NeedsChange(why) if by_trunk(&plan, way.phone.as_deref()) => {
                    sbcs += u32::from(why.contains("register_private_ips"));
                }
                _ => {}
            }
        }
    }
    assert!(far > 20, "{far} of 1000 plans have an allow list at the far end of a WAN");
    assert_eq!(gates.len(), GATE.len(), "{gates:?}");
    assert!(unroutable > 20, "{unroutable} of 1000 plans have an unroutable egress");
    assert!(sbcs > 5, "{sbcs} postures need the site of an SBC to be known");
}

/// What refuses behind a proxy's exit.
const GATE: [&str; 4] = ["APP-07", "APP-08", "PRX-03", "PRX-04"];

fn exit_of(vdi: &Vdi) -> &str {
    match &vdi.exit.value {
        VdiExit::Proxy(named) => named.id.as_str(),
        _ => "",
    }
}

fn by_trunk(plan: &Plan, phone: Option<&str>) -> bool {
    phone.is_some_and(|id| matches!(plan.phones[id].kind, PhoneKind::Pbx | PhoneKind::Pstn))
}

/// A plan whose firewalls say nothing of the company's own systems but proxies.
fn without_own_words(plan: &Plan) -> Plan {
    let own = |word: &Word| {
        matches!(
            word,
            Word::Vpns | Word::Vpn(_) | Word::Vdis | Word::Vdi(_) | Word::Pbxs | Word::Pbx(_)
        )
    };
    let mut plan = plan.clone();
    for firewall in plan.firewalls.values_mut() {
        for rule in firewall.allow.value.iter_mut().flatten() {
            rule.to.value.retain(|destination| !own(&destination.word));
        }
    }
    plan
}

#[test]
fn words_for_own_systems_open_and_close_ways() {
    let (mut named, mut decided) = (0, 0);
    for seed in 0..600 {
        let (plan, answers) = read_case(seed);
        let without = without_own_words(&plan);
        if without == plan {
            continue;
        }
        named += 1;
        let failure = Failure::default();
        let (with, bare) = (ways(&plan, &answers, &failure), ways(&without, &answers, &failure));
        decided += u32::from(with != bare);
    }
    assert!(named > 120, "{named} of 600 plans name own systems");
    assert!(decided > 9, "only in {decided} plans do these words decide");
}

/// In how many of these seeds plans without something answer otherwise.
fn decided_by(seeds: std::ops::Range<u64>, change: fn(&mut Plan)) -> u32 {
    let (failure, mut decided) = (Failure::default(), 0);
    for seed in seeds {
        let (plan, answers) = read_case(seed);
        let mut without = plan.clone();
        change(&mut without);
        if without != plan {
            let all = |plan| (ways(plan, &answers, &failure), directed(plan, &answers, &failure));
            decided += u32::from(all(&plan) != all(&without));
        }
    }
    decided
}

#[test]
fn what_places_and_phones_use_and_addresses_of_vpns_decide_in_some_plans() {
    let uses = decided_by(0..500, |plan| {
        plan.sites.values_mut().for_each(|site| site.uses.clear());
        plan.phones.values_mut().for_each(|phone| phone.uses.clear());
    });
    let egress = decided_by(0..800, |plan| {
        plan.vpn.values_mut().for_each(|vpn| vpn.egress.value = None);
    });
    assert!(uses > 10 && egress > 4, "{uses} by what is used, {egress} by addresses of VPNs");
}

#[test]
fn members_by_which_alone_something_leaves_decide_in_some_plans() {
    let pinned = decided_by(0..800, |plan| {
        for vdi in plan.vdi.values_mut() {
            let VdiExit::Circuit(named) = &vdi.exit.value else { continue };
            let of = |bundle: &&Bundle| bundle.of.iter().any(|member| member.id == named.id);
            if plan.bundles.values().find(of).is_some_and(is_shared) {
                vdi.exit.value = VdiExit::Own;
            }
        }
    });
    assert!(pinned > 5, "{pinned} by exits of one member");
}

fn is_shared(bundle: &Bundle) -> bool {
    bundle.mode.value == BundleMode::ActiveActive
}

#[test]
fn optional_applications_find_no_room_in_some_plans() {
    let mut short = 0;
    for seed in 0..1000 {
        let (plan, answers) = read_case(seed);
        let few = plan.proxies.values().any(|proxy| proxy.sessions.value.is_some_and(|n| n < 20));
        let mut apps = plan.groups.values().flat_map(|group| group.apps.values());
        if !few || apps.all(|app| app.required.value) {
            continue;
        }
        let mut needed = plan.clone();
        for app in needed.groups.values_mut().flat_map(|group| group.apps.values_mut()) {
            app.required.value = true;
        }
        let failure = Failure::default();
        let working = |plan: &Plan| directed(plan, &answers, &failure).map(|best| best.working);
        let pair = working(&needed).zip(working(&plan));
        short += u32::from(pair.is_some_and(|(needed, optional)| needed < optional));
    }
    assert!(short > 4, "only in {short} plans does it matter what is optional");
}
