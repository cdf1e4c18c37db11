//! Draws: active-active bundles whose members a rule tells apart.

mod common;

use std::collections::BTreeMap;

use common::{Case, OFFICE, case, changes, failed, group, rules};
use outlast_reference::{Failure, WayState, WayState::*};

const WEB: &str = "work_at: [leeds], media: [digital], access: [internet]";

fn none() -> Failure {
    Failure::default()
}

/// An office whose circuits to the Internet are these, as one bundle.
fn bundled(circuits: &[(&str, &str)], known: &str, rest: &str, team: &str) -> Case {
    let lines: Vec<String> = circuits
        .iter()
        .map(|(id, keys)| format!("{id}: {{from: leeds, to: internet{keys}}}"))
        .collect();
    let office = OFFICE.replace("leeds-net: {from: leeds, to: internet}", &lines.join("\n  "));
    let ids: Vec<&str> = circuits.iter().map(|(id, _)| *id).collect();
    let bundle = format!("bundles: {{net: {{of: [{}], mode: active-active}}}}\n", ids.join(", "));
    let access = format!("cloud: {{access: {{known: {{internet: [{known}]}}}}}}\n");
    case(&[&office, &bundle, &access, rest, team])
}

/// Of each order, as letters, the state.
fn states(case: &Case, failure: &Failure) -> BTreeMap<String, WayState> {
    let ways = case.ways(failure);
    ways.into_iter().map(|way| (way.draws["net"].concat(), way.state)).collect()
}

fn unknown() -> WayState {
    changes(&["register_known_ips"])
}

#[test]
fn agents_are_split_by_the_member_that_serves_them_first() {
    let team = group(WEB);
    let two = [("a", ", capacity: 300Mbps"), ("b", ", capacity: 100Mbps")];
    let case = bundled(&two, "a", "", &team);
    let both = [("ab".to_owned(), Live), ("ba".to_owned(), unknown())];
    assert_eq!(states(&case, &none()), BTreeMap::from(both));
    // Three quarters of five: 3.75 and 1.25, so four and one.
    assert_eq!(case.directed(&none()).working, 4);
    // Whoever is drawn to a member that is down goes by the other.
    assert_eq!(case.directed(&failed(&["b"])).working, 5);
    assert_eq!(case.directed(&failed(&["a"])).working, 0);
    assert_eq!(states(&case, &failed(&["a"]))["ab"], unknown());
}

#[test]
fn members_without_capacity_are_as_likely_and_ties_go_in_file_order() {
    // Half of five each: ab has the odd one.
    let case = |sizes: [&str; 2]| {
        let two = [("b", sizes[0]), ("a", sizes[1])];
        bundled(&two, "b", "", &group(WEB)).directed(&none()).working
    };
    assert_eq!(case(["", ""]), 3);
    assert_eq!(case([", capacity: 900Mbps", ""]), 3);
    // Of two directions the larger counts: 4/5 and 1/5.
    let wide = ", capacity: {down: 400Mbps, up: 10Mbps}";
    assert_eq!(case([wide, ", capacity: {down: 1Mbps, up: 100Mbps}"]), 4);
}

#[test]
fn with_three_members_the_next_of_an_order_is_drawn_in_proportion_too() {
    let sizes = [", capacity: 3Gbps", ", capacity: 2Gbps", ", capacity: 1Gbps"];
    let three = [("a", sizes[0]), ("b", sizes[1]), ("c", sizes[2])];
    let twelve = group(WEB).replace("agents: 5", "agents: 12");
    let case = bundled(&three, "a, c", "", &twelve);
    // Thirds and sixths fall a little short: abc 3.999996, acb 1.999992, bac 3,
    // bca 0.999996, cab 1.2, cba 0.799992. The four that are left go to all but
    // bac and cab: 4, 2, 3, 1, 1, 1.
    assert_eq!(case.directed(&none()).working, 8);
    // With a down abc, bac and bca go by b.
    assert_eq!(case.directed(&failed(&["a"])).working, 4);
    assert_eq!(case.directed(&failed(&["a", "c"])).working, 0);
    assert_eq!(case.directed(&failed(&["b"])).working, 12);
    let all = states(&case, &failed(&["a"]));
    assert_eq!((&all["abc"], &all["acb"], &all["bca"]), (&unknown(), &Live, &unknown()));
}

#[test]
fn a_firewall_before_one_member_tells_them_apart() {
    let two = [("a", ", capacity: 300Mbps"), ("b", ", capacity: 100Mbps")];
    let before = |rest: &str| {
        let firewalls =
            format!("firewalls: {{fw: {{site: leeds, guards: internet, before: b{rest}}}}}\n");
        bundled(&two, "a, b", &firewalls, &group(WEB))
    };
    let shut = before(", allow: [{to: turn}]");
    assert_eq!(states(&shut, &none())["ba"], rules(&["INT-02"]));
    assert_eq!(shut.directed(&none()).working, 4);
    // With either down the circuit is down, and all go by the other.
    assert_eq!(shut.directed(&failed(&["b"])).working, 5);
    assert_eq!(shut.directed(&failed(&["fw"])).working, 5);
    assert_eq!(shut.directed(&failed(&["a"])).working, 0);
    let open = before("");
    assert_eq!(open.directed(&none()).working, 5);
    assert_eq!(open.directed(&failed(&["fw", "a"])).working, 0);
    // Its pairs are taken by those alone who go by its member.
    let sip = "firewalls: {fw: {site: leeds, guards: mpls, before: b, nat_pool: 3}}\n";
    let office = OFFICE.replace(
        "leeds-mpls: {from: leeds, to: mpls}",
        "a: {from: leeds, to: mpls, capacity: 300Mbps}\n  b: {from: leeds, to: mpls, capacity: 100Mbps}",
    );
    let bundle = "bundles: {net: {of: [a, b], mode: active-active}}\n";
    let team = group("work_at: [leeds], phones: [sip-softphone], access: [private], apps: {}");
    let phones = case(&[&office, bundle, sip, &team]);
    assert_eq!(phones.directed(&none()).working, 5);
    assert_eq!(phones.directed(&failed(&["a"])).working, 1);
}

#[test]
fn what_the_bundle_can_carry_stays_one_capacity() {
    let two = [("a", ", capacity: 300kbps"), ("b", ", capacity: 100kbps")];
    let team = group("work_at: [leeds], phones: [webrtc-softphone], access: [private], apps: {}");
    let firewalls = "firewalls: {fw: {site: leeds, guards: internet, before: b}}\n";
    let nine = team.replace("agents: 5", "agents: 9");
    let case = bundled(&two, "net", firewalls, &nine);
    // 400 kbit/s for calls of 80: five, though b alone has room for one.
    assert_eq!(case.directed(&none()).working, 5);
    // Without a: 100 kbit/s at 100 % occupancy.
    assert_eq!(case.directed(&failed(&["a"])).working, 1);
}

#[test]
fn bundles_that_no_rule_tells_apart_are_not_drawn() {
    let two = [("a", ""), ("b", "")];
    for known in ["net", "a, b", ""] {
        let case = bundled(&two, known, "", &group(WEB));
        assert_eq!(case.ways(&none()).len(), 1, "{known}");
    }
    // Nor is one that none of the group's routes has.
    let home = "work_at: [homes], media: [digital], access: [internet]";
    assert_eq!(bundled(&two, "a", "", &group(home)).ways(&none()).len(), 1);
    // A tunnel's gateway leaves by it.
    let vpn = "vpn: {tun: {site: leeds, tunnel: full}}\n";
    let home = "work_at: [homes], media: [digital], access: [tun]";
    assert_eq!(bundled(&two, "a", vpn, &group(home)).ways(&none()).len(), 2);
}

#[test]
fn more_than_four_members_are_refused_whole_while_a_refused_one_is_up() {
    let five = [("a", ""), ("b", ""), ("c", ""), ("d", ""), ("e", "")];
    let case = bundled(&five, "a, b, c, d", "", &group(WEB));
    assert_eq!(case.first(), unknown());
    assert_eq!(case.first_in(&failed(&["e"])), Live);
    assert_eq!(case.first_in(&failed(&["a", "b"])), unknown());
    assert_eq!(case.ways(&none()).len(), 1);
    // Four that carry something are drawn, whatever else is in the bundle.
    let six = [("a", ""), ("b", ""), ("c", ""), ("d", ""), ("e", ", ip: v6")];
    assert_eq!(bundled(&six, "a", "", &group(WEB)).ways(&none()).len(), 24);
}

#[test]
fn trn_05_a_bundle_refuses_only_if_all_its_members_speak_ipv6() {
    let v6 = ", ip: v6";
    let of = |members: &[(&str, &str)], known: &str| bundled(members, known, "", &group(WEB));
    // Passed over wherever it stands, known or not.
    for known in ["a", "a, b", "net"] {
        let case = of(&[("b", v6), ("a", "")], known);
        assert_eq!((case.ways(&none()).len(), case.first()), (1, Live), "{known}");
        assert_eq!(case.first_in(&failed(&["a"])), Down, "{known}");
        assert_eq!(case.first_in(&failed(&["b"])), Live, "{known}");
    }
    // Beside two that differ it takes part in no order.
    let three = of(&[("c", v6), ("a", ""), ("b", ", ip: both")], "b");
    let both = [("ab".to_owned(), unknown()), ("ba".to_owned(), Live)];
    assert_eq!(states(&three, &none()), BTreeMap::from(both));
    assert_eq!(states(&three, &failed(&["a"]))["ab"], Live);
    assert_eq!(of(&[("a", v6), ("b", v6)], "a, b").first(), rules(&["TRN-05"]));
    // A firewall before the one that carries nothing tells nobody apart.
    let firewalls = "firewalls: {fw: {site: leeds, guards: internet, before: c}}\n";
    let case = bundled(&[("c", v6), ("a", ""), ("b", "")], "net", firewalls, &group(WEB));
    assert_eq!((case.ways(&none()).len(), case.first()), (1, Live));
    assert_eq!(case.first_in(&failed(&["fw"])), Live);
}

#[test]
fn draws_are_independent_of_providers_and_of_one_another() {
    let office =
        OFFICE.replace("north}", "north, internet: {isps: {civic: 50%, delta: 50%}}}").replace(
            "leeds-net: {from: leeds, to: internet}",
            "a: {from: leeds, to: internet}\n  b: {from: leeds, to: internet}",
        );
    let bundle = "bundles: {net: {of: [a, b], mode: active-active}}\n";
    let access = "cloud: {access: {known: {internet: [a]}}}\n";
    let vpn = "vpn: {tun: {site: leeds, tunnel: full}}\n";
    let team =
        group("work_at: [homes], media: [digital], access: [tun], apps: {recording-ui: required}");
    let case = case(&[&office, bundle, access, vpn, &team]);
    let ways = case.ways(&none());
    assert_eq!(ways.len(), 4);
    // A quarter of five each: one, and one more for civic's ab.
    assert_eq!(case.directed(&none()).working, 3);
    assert_eq!(case.directed(&failed(&["homes.civic"])).working, 1);
    assert_eq!(case.directed(&failed(&["homes.delta"])).working, 2);
}

#[test]
fn int_05_a_member_that_is_not_routed_is_told_apart() {
    let two = [("a", ", egress: 20.1.1.1"), ("b", ", egress: 10.1.1.1")];
    let refused = rules(&["INT-05"]);
    // Listed as a whole, by address, and each by itself.
    for known in ["net", "0.0.0.0/0", "a, b"] {
        let case = bundled(&two, known, "", &group(WEB));
        let both = [("ab".to_owned(), Live), ("ba".to_owned(), refused.clone())];
        assert_eq!(states(&case, &none()), BTreeMap::from(both), "{known}");
        assert_eq!(states(&case, &failed(&["b"]))["ba"], Live, "{known}");
    }
}
