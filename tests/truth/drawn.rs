//! Agents are told apart by the order in which a bundle's members serve them only
//! where a rule tells these members apart.

use outlast_models::Id;
use outlast_tests::small::problem;

/// What tells the agents of each cohort from the others, for an office whose desktop is
/// served by two circuits in use at once.
fn drawn(rest: &str) -> Vec<String> {
    let plan = format!(
        "outlast: 1
sites: {{office: {{kind: office}}, dc: {{kind: data-center}}}}
networks: {{mpls: {{}}}}
circuits:
  office-mpls: {{from: office, to: mpls}}
  dc-net: {{from: dc, to: internet}}
  net-a: {{from: office, to: internet, provider: atlas}}
  net-b: {{from: office, to: internet, provider: borea}}
bundles: {{net: {{of: [net-a, net-b], mode: active-active}}}}
vpn: {{gateway: {{site: dc, tunnel: full}}}}
{rest}
"
    );
    let problem = problem(&plan).unwrap();
    let words = |detail: &[Id]| detail.iter().map(Id::as_str).collect::<Vec<_>>().join(", ");
    problem.cohorts.iter().map(|cohort| words(&cohort.detail)).collect()
}

const TEAM: &str =
    "groups: {team: {agents: 10, work_at: office, media: [digital], access: internet}}";

fn with(more: &str) -> Vec<String> {
    drawn(&format!("{TEAM}\n{more}"))
}

#[test]
fn a_rule_that_makes_a_difference_tells_them_apart() {
    let apart = ["net-a", "net-b"];
    assert_eq!(with("cloud: {access: {known: {internet: [net-a]}}}"), apart);
    assert_eq!(with("firewalls: {fw: {site: office, guards: internet, before: net-a}}"), apart);
    assert_eq!(with("policies: {house: {refuse: {over: borea}, reason: house rule}}"), apart);
}

#[test]
fn members_that_are_alike_to_every_rule_do_not() {
    for rest in [
        "",
        "cloud: {access: {known: {internet: [net-a, net-b]}}}",
        "cloud: {access: {known: {internet: [dc-net]}}}",
        "firewalls: {fw: {site: dc, guards: internet, before: gateway}}",
        "policies: {house: {refuse: {over: gateway}, reason: house rule}}",
        "policies: {house: {refuse: {over: [atlas, borea]}, reason: house rule}}",
    ] {
        assert_eq!(with(rest), [""], "{rest}");
    }
}

#[test]
fn who_does_not_go_by_the_bundle_is_not_told_apart_by_it() {
    let private = TEAM.replace("access: internet", "access: private");
    let rest = format!("{private}\ncloud: {{access: {{known: {{internet: [net-a]}}}}}}");
    assert_eq!(drawn(&rest), [""]);
}

#[test]
fn the_last_of_an_order_follows_from_the_others() {
    let three = "outlast: 1
sites: {office: {kind: office}}
circuits:
  net-a: {from: office, to: internet}
  net-b: {from: office, to: internet}
  net-c: {from: office, to: internet}
bundles: {net: {of: [net-a, net-b, net-c], mode: active-active}}
cloud: {access: {known: {internet: [net-a]}}}
groups: {team: {agents: 60, work_at: office, media: [digital]}}
";
    let problem = problem(three).unwrap();
    assert_eq!(problem.cohorts[0].detail[0].as_str(), "net-a then net-b");
}
