//! The directed target and the loads behind it: small cases by hand.

mod common;

use common::{Case, OFFICE, OPEN, case, case_with, failed, group, one};
use outlast_reference::Failure;

fn none() -> Failure {
    Failure::default()
}

fn share(id: &str, left: u32) -> Failure {
    Failure { shares: [(id.to_owned(), left)].into(), ..none() }
}

#[test]
fn seats_and_sessions_bind() {
    let seats = OFFICE.replace("seats: 100", "seats: 3");
    let keys = "work_at: [leeds], media: [digital], access: [internet]";
    assert_eq!(case(&[&seats, &group(keys)]).directed(&none()).working, 3);
    let vpn = "vpn: {tun: {site: leeds, tunnel: full, sessions: 4}}\n";
    let home = group("work_at: [homes], media: [digital], access: [tun]");
    let case = case(&[OFFICE, vpn, &home]);
    assert_eq!(case.directed(&none()).working, 4);
    assert_eq!(case.directed(&share("tun", 600_000)).working, 2);
    assert_eq!(case.directed(&failed(&["tun"])).working, 0);
}

#[test]
fn free_ways_add_up() {
    let vpn = "vpn: {a: {site: leeds, tunnel: full, sessions: 2}, b: {site: leeds, tunnel: full, sessions: 2}}\n";
    let home = group("work_at: [homes], media: [digital], access: [a, b]");
    assert_eq!(case(&[OFFICE, vpn, &home]).directed(&none()).working, 4);
}

#[test]
fn prv_06_nat_pairs_are_three_for_a_sip_phone() {
    let firewalls = "firewalls: {fw: {site: leeds, guards: mpls, nat_pool: 10}}\n";
    let team = group("work_at: [leeds], phones: [sip-softphone], access: [internet]");
    assert_eq!(case(&[OFFICE, firewalls, &team]).directed(&none()).working, 3);
}

fn trunk(channels: u32) -> Case {
    let telephony = format!(
        "telephony:\n  sbcs: {{sbc: {{site: leeds}}}}\n  trunks: {{trunk: {{sbc: sbc, network: mpls, \
         channels: {channels}}}}}\n  pbxs: {{switch: {{site: leeds, sbc: sbc}}}}\n"
    );
    let team = group("work_at: [leeds], phones: [pbx], access: [internet]");
    case(&[OFFICE, &telephony, &team])
}

#[test]
fn a_trunk_admits_the_load_of_erlang_b() {
    // 8 channels carry 3.128 erlangs at 1 %: 3 agents at 80 % (2.4), not 4 (3.2).
    assert_eq!(trunk(8).directed(&none()).working, 3);
    // Stressed, 100 % occupancy: 3 agents are 3.0 erlangs.
    assert_eq!(trunk(8).directed(&failed(&["pstn"])).working, 3);
    // 7 channels carry 2.501: three at 80 %, two at 100 %.
    assert_eq!(trunk(7).directed(&none()).working, 3);
    assert_eq!(trunk(7).directed(&failed(&["pstn"])).working, 2);
    // An evacuation elsewhere is stress too.
    let empty = Failure { evacuated: one("homes"), ..none() };
    assert_eq!(trunk(7).directed(&empty).working, 2);
}

#[test]
fn bwd_01_and_02_voice_on_the_circuit() {
    let keys = "work_at: [leeds], phones: [webrtc-softphone], access: [private], apps: {}";
    let sized =
        |size: &str| OFFICE.replace("to: internet}", &format!("to: internet, capacity: {size}}}"));
    // One call is planned at 100 kbit/s, at 80 % occupancy 80.
    assert_eq!(case(&[&sized("240kbps"), &group(keys)]).directed(&none()).working, 3);
    assert_eq!(case(&[&sized("239kbps"), &group(keys)]).directed(&none()).working, 2);
    assert_eq!(case(&[&sized("240kbps"), &group(keys)]).directed(&failed(&["pstn"])).working, 2);
}

#[test]
fn vpn_05_a_full_tunnel_crosses_the_corporate_circuit_twice() {
    let sized =
        OFFICE.replace("to: internet}", "to: internet, capacity: {down: 100Mbps, up: 400kbps}}");
    let vpn = "vpn: {tun: {site: leeds, tunnel: full}}\n";
    let home = group("work_at: [homes], phones: [webrtc-softphone], access: [tun], apps: {}");
    // Out 80 up; in with 18 % overhead, of which the way back is up: 94.4.
    assert_eq!(case(&[&sized, vpn, &home]).directed(&none()).working, 2);
}

#[test]
fn bwd_04_a_home_line_too_thin_refuses() {
    let line = |up: &str| {
        OFFICE.replace(
            "north}",
            &format!("north, internet: {{per_agent: {{down: 2Mbps, up: {up}}}}}}}"),
        )
    };
    let team = group(
        "work_at: [homes], phones: [webrtc-softphone], access: [internet], enters_by: direct",
    );
    // 100 of voice and 16 of desktop in a call.
    assert_eq!(case(&[&line("116kbps"), OPEN, &team]).directed(&none()).working, 5);
    assert_eq!(case(&[&line("115kbps"), OPEN, &team]).directed(&none()).working, 0);
}

#[test]
fn bwd_04_an_optional_upload_strands_nobody_on_a_thin_line() {
    let thin =
        OFFICE.replace("north}", "north, internet: {per_agent: {down: 2Mbps, up: 100kbps}}}");
    let with = |required: bool| {
        let team = group(&format!(
            "work_at: [homes], media: [digital], access: [tun], recording: {{required: {required}}}"
        ));
        let vpn = "vpn: {tun: {site: leeds, tunnel: full}}\n";
        case(&[&thin, vpn, &team]).directed(&none()).working
    };
    assert_eq!((with(true), with(false)), (0, 5));
}

#[test]
fn an_active_active_bundle_limits_by_its_weakest_share() {
    let bundle = |sharing: &str| {
        OFFICE
            .replace("leeds-net: {from: leeds, to: internet}", "a: {from: leeds, to: internet, capacity: 300kbps}\n  b: {from: leeds, to: internet, capacity: 100kbps}")
            + &format!("bundles: {{both: {{of: [a, b], mode: active-active{sharing}}}}}\n")
    };
    let keys = "work_at: [leeds], phones: [webrtc-softphone], access: [private], apps: {}";
    let case = |sharing: &str| case(&[&bundle(sharing), &group(keys)]);
    // 400 kbit/s: five at 80. Degraded, at 100 % occupancy: b to a half is 50
    // of a quarter, so 200 in all; adaptive 350.
    assert_eq!(case("").directed(&none()).working, 5);
    assert_eq!(case("").directed(&share("b", 500_000)).working, 2);
    assert_eq!(case(", sharing: adaptive").directed(&share("b", 500_000)).working, 3);
    assert_eq!(case("").directed(&failed(&["b"])).working, 3);
}

/// Two circuits to the Internet in a bundle; three by it, and three in a farm
/// that leaves by the second member alone.
fn beside_a_pin(bundle: &str, sizes: [&str; 2], failure: &Failure) -> (u64, u64) {
    let [a, b] = sizes;
    let office = OFFICE.replace(
        "leeds-net: {from: leeds, to: internet}",
        &format!("a: {{from: leeds, to: internet{a}}}\n  b: {{from: leeds, to: internet{b}}}"),
    );
    let rest = format!(
        "bundles: {{both: {{of: [a, b], {bundle}}}}}\nvdi: {{farm: {{site: leeds, platform: citrix-7, exit: b}}}}\n\
         queues: {{cards: {{priority: 1}}, loans: {{priority: 2}}}}\ngroups:\n  \
         first: {{agents: 3, work_at: [leeds], queue: cards, phones: [webrtc-softphone], access: [internet], apps: {{}}}}\n  \
         second: {{agents: 3, work_at: [leeds], queue: loans, phones: [webrtc-embedded], access: [farm]}}\n"
    );
    let directed = case(&[&office, &rest]).directed(failure);
    (directed.by_group["first"], directed.by_group["second"])
}

#[test]
fn what_leaves_by_one_member_alone_shares_it_with_the_bundle() {
    let sizes = [", capacity: 300kbps", ", capacity: 200kbps"];
    // 80 by the bundle, of which 32 on b; 80 of voice and 12.8 of desktop on b.
    let nominal = "mode: active-active";
    assert_eq!(beside_a_pin(nominal, sizes, &none()), (3, 1));
    // All of the bundle on b, 100 each: nothing is left of 200.
    assert_eq!(beside_a_pin(nominal, sizes, &failed(&["a"])), (2, 0));
    // No shares where one has no capacity: two times 92.8 on b.
    assert_eq!(beside_a_pin(nominal, ["", sizes[1]], &none()), (3, 2));
    // 240 and twice 92.8 of 500 in all, and the latter of b's 200.
    let adaptive = "mode: active-active, sharing: adaptive";
    assert_eq!(beside_a_pin(adaptive, sizes, &none()), (3, 2));
    let small = [", capacity: 100kbps", ", capacity: 200kbps"];
    assert_eq!(beside_a_pin(adaptive, small, &none()), (3, 0));
    // The first member alone is in use: 240 of it, and b is free.
    let passive = "mode: active-passive";
    assert_eq!(beside_a_pin(passive, sizes, &none()), (3, 2));
    assert_eq!(beside_a_pin(passive, sizes, &failed(&["a"])), (2, 0));
}

#[test]
fn a_bundle_refuses_what_does_not_fit_if_one_of_its_members_does() {
    let crm = "work_at: [leeds], media: [digital], access: [internet], apps: {agent-desktop: required, crm-desktop: optional}";
    let working = |admission: &str, mode: &str| {
        let circuits = format!(
            "a: {{from: leeds, to: internet, capacity: 32kbps}}\n  b: {{from: leeds, to: internet, capacity: 32kbps{admission}}}"
        );
        let office = OFFICE.replace("leeds-net: {from: leeds, to: internet}", &circuits);
        case(&[&office, mode, &group(crm)]).directed(&none()).working
    };
    // 12.8 kbit/s for each of the two.
    let active = "bundles: {both: {of: [a, b], mode: active-active}}\n";
    assert_eq!((working("", active), working(", admission: cac", active)), (2, 5));
    assert_eq!((working("", ""), working(", admission: cac", "")), (1, 2));
}

#[test]
fn objectives_go_before_priorities_and_these_before_the_total() {
    let plan = |objectives: &str| {
        let sites = OFFICE.replace("seats: 100", "seats: 6");
        let rest = format!(
            "queues: {{cards: {{priority: 1}}, loans: {{priority: 2}}}}\n{objectives}groups:\n  \
             first: {{agents: 5, work_at: [leeds], media: [digital], queue: cards, access: [internet]}}\n  \
             second: {{agents: 5, work_at: [leeds], media: [digital], queue: loans, access: [internet]}}\n"
        );
        case(&[&sites, &rest]).directed(&none())
    };
    let plain = plan("");
    assert_eq!((plain.by_group["first"], plain.by_group["second"]), (5, 1));
    let needed = plan("objectives: [{queue: loans, mbco: 60%}, {queue: cards, mbco: 2 agents}]\n");
    assert_eq!((needed.by_group["first"], needed.by_group["second"]), (3, 3));
    assert_eq!(needed.counted, [("loans".to_owned(), 3), ("cards".to_owned(), 2)]);
}

#[test]
fn blocking_makes_agents_less_effective() {
    let plan = |count: &str| {
        let rest =
            format!("queues: {{cards: {{}}}}\nobjectives: [{{queue: cards, mbco: 100%{count}}}]\n");
        let team =
            group("work_at: [homes], queue: cards, phones: [pstn], access: [internet], apps: {}");
        let half = Failure { blocking: [("pstn".to_owned(), 500_000)].into(), ..none() };
        case(&[OFFICE, &rest, &team]).directed(&half)
    };
    assert_eq!((plan("").working, plan("").counted[0].1), (5, 2));
    assert_eq!(plan(", count: working").counted[0].1, 5);
}

/// A hundred at home whom the cloud rings by a trunk and a carrier of these
/// channels: how many count.
fn rung(trunk: &str, carrier: &str, more: &str, failure: &Failure) -> u64 {
    let telephony = format!(
        "telephony:\n  sbcs: {{sbc: {{site: leeds}}}}\n  trunks: {{trunk: {{sbc: sbc, network: mpls{trunk}}}}}\n\
         carriers: {{tellus: {{hands_over: sbc{carrier}}}}}\n\
         phones: {{line: {{kind: pstn, rings: home, via: [tellus]}}}}\n\
         queues: {{cards: {{}}}}\nobjectives: [{{queue: cards, mbco: 100%}}]\n"
    );
    let keys = "work_at: [homes], queue: cards, phones: [line], provisioned: [line], access: [internet], apps: {}";
    let team = group(keys).replace("agents: 5", "agents: 100");
    case(&[OFFICE, more, &telephony, &team]).directed(failure).counted[0].1
}

#[test]
fn an_allocation_plans_with_the_grade_of_service_on_whatever_has_channels() {
    let many = ", channels: 900";
    let nothing = none();
    assert_eq!(rung("", "", "", &nothing), 100);
    assert_eq!(rung(many, "", "", &nothing), 99);
    assert_eq!(rung("", many, "", &nothing), 99);
    // 0.99 times 0.99 is 0.9801.
    assert_eq!(rung(many, many, "", &nothing), 98);
    // With 5 %: 0.9025.
    let grade = "assumptions: {grade_of_service: 5%}\n";
    assert_eq!(rung(many, many, grade, &nothing), 90);
    // Beside congestion: 0.5 times 0.9801 is 0.49005.
    let half = Failure { blocking: [("pstn".to_owned(), 500_000)].into(), ..none() };
    assert_eq!(rung("", "", "", &half), 50);
    assert_eq!(rung(many, many, "", &half), 49);
}

#[test]
fn a_circuit_to_the_pstn_blocks_by_its_channels_too() {
    let with =
        |capacity: &str| by_switch(&format!("  leeds-isdn: {{from: leeds, to: pstn{capacity}}}\n"));
    assert_eq!(with(""), 100);
    assert_eq!(with(", capacity: 900 channels"), 99);
}

/// The same hundred, forwarded by a switch over its site's circuit.
fn by_switch(line: &str) -> u64 {
    let rest = "telephony:\n  sbcs: {sbc: {site: leeds}}\n  trunks: {trunk: {sbc: sbc, network: mpls}}\n  pbxs: {switch: {site: leeds, sbc: sbc}}\n\
        phones: {desk: {kind: pbx, off_site: forward-to-mobile}}\n\
        queues: {cards: {}}\nobjectives: [{queue: cards, mbco: 100%}]\n";
    let keys = "work_at: [homes], queue: cards, phones: [desk], provisioned: [desk], access: [internet], apps: {}";
    let team = group(keys).replace("agents: 5", "agents: 100");
    case(&[OFFICE, line, rest, &team]).directed(&none()).counted[0].1
}

#[test]
fn after_all_who_work_the_effective_are_as_many_as_can_be() {
    let open =
        "cloud: {access: {sso: {provider: cloud}, mfa: true, open_access: [webrtc-signalling]}}\n";
    let plan = |first: &str| {
        let keys = format!(
            "work_at: [homes], phones: [{first}], provisioned: [{first}], access: [internet], apps: {{}}"
        );
        case(&[
            OFFICE,
            open,
            "pools: {headsets: 2}\nphones: {webrtc-softphone: {uses: {headsets: 1}}}\n",
            &group(&keys),
        ])
    };
    let half = Failure { blocking: [("pstn".to_owned(), 500_000)].into(), ..none() };
    let of = |phones: &str| {
        let directed = plan(phones).directed(&half);
        (directed.working, directed.effective)
    };
    assert_eq!(of("pstn"), (5, 2_500_000));
    // Two of them have a headset, whichever phone they would rather take.
    assert_eq!(of("pstn, webrtc-softphone"), (5, 3_500_000));
    assert_eq!(of("webrtc-softphone, pstn"), (5, 3_500_000));
}

#[test]
fn the_room_is_what_ways_take_of_what_has_a_limit() {
    let seats = OFFICE.replace("seats: 100", "seats: 3");
    let proxies = "proxies: {gate: {site: leeds, names: [\"g.example:80\"], sessions: 2}}\n";
    let answers = [("wfm.cloud.example", "PROXY g.example:80"), ("*", "DIRECT")];
    let team = group(
        "work_at: [leeds], media: [digital], access: [internet], apps: {agent-desktop: required, wfm: optional}, pac: a",
    );
    let case = case_with(&[&seats, proxies, "pac: {a: {file: a.pac}}\n", &team], &answers);
    let room = outlast_reference::room(&case.plan, &case.pac, &none());
    assert_eq!(room.limits.values().copied().collect::<Vec<u64>>(), [2, 3]);
    assert_eq!(room.refusing.len(), 2);
    // With the optional application, and without it.
    let taken = room.ways[0].choices.iter().map(|choice| choice.values().sum::<u64>());
    assert_eq!(taken.collect::<Vec<u64>>(), [2, 1]);
    assert_eq!(room.heads.iter().map(|heads| heads.agents).sum::<u64>(), 5);
}

#[test]
fn an_agent_counts_for_one_of_his_queues() {
    let rest = "queues: {cards: {}, loans: {}}\nobjectives: [{queue: cards, mbco: 4 agents}, {queue: loans, mbco: 4 agents}]\n";
    let team =
        group("work_at: [leeds], queues: [cards, loans], media: [digital], access: [internet]");
    let directed = case(&[OFFICE, rest, &team]).directed(&none());
    assert_eq!(directed.counted.iter().map(|(_, n)| n).sum::<u64>(), 5);
}

#[test]
fn prx_10_proxy_sessions_are_taken_once() {
    let proxies = "proxies: {gate: {site: leeds, names: [\"gate.example:80\"], sessions: 6, sessions_per_agent: 2}}\n";
    let team = group("work_at: [leeds], media: [digital], access: [gate]");
    assert_eq!(case(&[OFFICE, proxies, &team]).directed(&none()).working, 3);
}

#[test]
fn prv_06_a_phone_inside_a_tunnel_takes_no_pairs_of_the_firewall_that_lets_the_tunnel_in() {
    // Pairs for three phones, but only at the edge to the Internet. Loans need
    // three, cards go before the rest: 7 of cards, 4 of loans.
    let firewalls = "firewalls: {fw: {site: leeds, guards: internet, nat_pool: 11}}\n";
    let vpn = "vpn: {tun: {site: leeds, tunnel: full, sessions: 11}}\n";
    let groups = "queues: {cards: {priority: 1}, loans: {priority: 3}}\n\
        objectives: [{queue: loans, mbco: 3 agents}]\ngroups:\n  \
        first: {agents: 9, work_at: [homes], queue: loans, phones: [sip-softphone, pstn], provisioned: [sip-softphone, pstn], access: [tun]}\n  \
        second: {agents: 7, work_at: [homes], queue: cards, phones: [sip-softphone], access: [tun]}\n";
    let plan = case(&[OFFICE, firewalls, vpn, groups]);
    let directed = plan.directed(&none());
    assert_eq!((directed.by_group["first"], directed.by_group["second"]), (4, 7));
    assert_eq!(directed.by_priority, [(1, 7), (3, 4)].into());
    assert_eq!(directed.counted, [("loans".to_owned(), 3)]);
    // At the edge of the private network the pairs are needed: three phones.
    let inside = firewalls.replace("guards: internet", "guards: mpls");
    let directed = case(&[OFFICE, &inside, vpn, groups]).directed(&none());
    assert_eq!((directed.by_group["first"], directed.by_group["second"]), (8, 3));
}

#[test]
fn optional_applications_and_uploads_load_while_they_are_live() {
    let sized =
        |size: &str| OFFICE.replace("to: internet}", &format!("to: internet, capacity: {size}}}"));
    let working = |size: &str, keys: &str, failure: &Failure| {
        let keys = format!("work_at: [leeds], media: [digital], access: [internet]{keys}");
        case(&[&sized(size), &group(&keys)]).directed(failure).working
    };
    // 12.8 kbit/s each, rounded up; with the second desktop twice that.
    let crm = ", apps: {agent-desktop: required, crm-desktop: optional}";
    assert_eq!(working("64kbps", "", &none()), 5);
    assert_eq!(working("64kbps", crm, &none()), 2);
    // The recorder's 350 at 80 % more: 292.8 in all.
    let recording = ", recording: {required: false}";
    assert_eq!(working("600kbps", recording, &none()), 2);
    // Lost, it loads no more: 16 at 100 %.
    assert_eq!(working("600kbps", recording, &failed(&["cloud.recording"])), 5);
    assert_eq!(working("600kbps", ", recording: {required: true}", &none()), 2);
}

#[test]
fn optional_legs_go_by_their_first_usable_route() {
    // Required by the Internet, the recorder over the private network first.
    let vpn = "vpn: {tun: {site: leeds, tunnel: full}}\n";
    let keys = "work_at: [homes], media: [digital], access: [tun], apps: {}, recording: {required: false, screens: 1}";
    let sized = OFFICE.replace("to: mpls}", "to: mpls, capacity: 300kbps}");
    let plan = case(&[&sized, vpn, &group(keys)]);
    // 140 kbit/s each.
    assert_eq!(plan.directed(&none()).working, 2);
    assert_eq!(plan.directed(&failed(&["mpls"])).working, 5);
}

/// An office with a proxy of so many sessions, for `wfm` by a PAC file; the
/// answer for the rest.
fn by_pac(gate: &str, rest: &str, apps: &str) -> Case {
    let proxies = format!("proxies: {{gate: {{site: leeds, names: [\"g.example:80\"]{gate}}}}}\n");
    let pac = "pac: {a: {file: a.pac}}\n";
    let team = group(&format!(
        "work_at: [leeds], media: [digital], access: [internet], apps: {{{apps}}}, pac: a"
    ));
    let answers = [("wfm.cloud.example", "PROXY g.example:80"), ("*", rest)];
    case_with(&[OFFICE, &proxies, pac, &team], &answers)
}

#[test]
fn who_finds_no_session_works_without_his_optional_application() {
    let optional = "agent-desktop: required, wfm: optional";
    assert_eq!(by_pac(", sessions: 2", "DIRECT", optional).directed(&none()).working, 5);
    let required = "agent-desktop: required, wfm: required";
    assert_eq!(by_pac(", sessions: 2", "DIRECT", required).directed(&none()).working, 2);
    let degraded = share("gate", 500_000);
    assert_eq!(by_pac(", sessions: 4", "DIRECT", optional).directed(&degraded).working, 5);
}

#[test]
fn a_session_that_a_required_leg_holds_is_not_given_up_with_an_optional_one() {
    let optional = "agent-desktop: required, wfm: optional";
    let all = "PROXY g.example:80";
    assert_eq!(by_pac(", sessions: 2", all, optional).directed(&none()).working, 2);
    let two = ", sessions: 4, sessions_per_agent: 2";
    assert_eq!(by_pac(two, all, optional).directed(&none()).working, 2);
}

#[test]
fn who_goes_without_an_optional_leg_counts_as_working_like_any_other() {
    let goals = "queues: {cards: {}}\nobjectives: [{queue: cards, mbco: 100%}]\n";
    let proxies = "proxies: {gate: {site: leeds, names: [\"g.example:80\"], sessions: 1}}\n";
    let pac = "pac: {a: {file: a.pac}}\n";
    let team = group(
        "work_at: [leeds], queue: cards, media: [digital], access: [internet], apps: {agent-desktop: required, wfm: optional}, pac: a",
    );
    let answers = [("wfm.cloud.example", "PROXY g.example:80"), ("*", "DIRECT")];
    let directed = case_with(&[OFFICE, goals, proxies, pac, &team], &answers).directed(&none());
    assert_eq!((directed.working, directed.by_group["team"]), (5, 5));
    assert_eq!(directed.counted, [("cards".to_owned(), 5)]);
}

#[test]
fn an_optional_leg_on_a_full_circuit_is_given_up_only_where_it_refuses() {
    let crm = "work_at: [leeds], media: [digital], access: [internet], apps: {agent-desktop: required, crm-desktop: optional}";
    let working = |circuit: &str| {
        let office = OFFICE.replace("to: internet}", &format!("to: internet, {circuit}}}"));
        case(&[&office, &group(crm)]).directed(&none()).working
    };
    // 12.8 kbit/s for each of the two.
    assert_eq!(working("capacity: 64kbps"), 2);
    assert_eq!(working("capacity: 64kbps, admission: cac"), 5);
}

#[test]
fn who_works_at_a_place_or_with_a_phone_holds_what_it_uses() {
    let open =
        "cloud: {access: {sso: {provider: cloud}, mfa: true, open_access: [webrtc-signalling]}}\n";
    let pools = "pools: {laptops: {count: 3}}\nresources: {coaches: 1.5}\n";
    let keys = "work_at: [leeds, homes], phones: [webrtc-softphone], access: [internet], apps: {}";
    let plan = |at_home: &str, phone: &str| {
        let office = OFFICE.replace("north}", &format!("north{at_home}}}"));
        let phones = format!("phones: {{webrtc-softphone: {{uses: {{{phone}}}}}}}\n");
        case(&[&office, open, pools, &phones, &group(keys)])
    };
    let (nothing, homes) = (none(), failed(&["leeds"]));
    let working = |at_home: &str, phone: &str, failure: &Failure| {
        plan(at_home, phone).directed(failure).working
    };
    assert_eq!(working("", "", &nothing), 5);
    assert_eq!(working("", "coaches: 0.5", &nothing), 3);
    assert_eq!(working(", uses: {laptops: 1}", "", &nothing), 5);
    assert_eq!(working(", uses: {laptops: 1}", "", &homes), 3);
    // Both of one pool: one and a half for each.
    assert_eq!(working(", uses: {laptops: 1}", "laptops: 0.5", &homes), 2);
    // Half of three laptops are one and a half.
    assert_eq!(working("", "laptops: 0.5", &share("laptops", 500_000)), 3);
    assert_eq!(working("", "laptops: 0.5", &failed(&["laptops"])), 0);
}
