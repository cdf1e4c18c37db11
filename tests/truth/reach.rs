//! A change that has not reached everybody.

use outlast_engine::Problem;
use outlast_engine::assess::{Scope, Steering, assess, normal};
use outlast_engine::input::Change;
use outlast_engine::state::{Reach, State};
use outlast_models::Id;
use outlast_models::units::WeekHour;
use outlast_tests::small::problem;

/// An office whose softphones die with the private network; for a change, its people
/// go on by a phone that is not provisioned.
const PLAN: &str = "outlast: 1
sites: {office: {kind: office}}
networks: {mpls: {}}
circuits:
  office-mpls: {from: office, to: mpls}
  office-net: {from: office, to: internet}
groups:
  team:
    agents: 20
    work_at: office
    phones: [sip-softphone, webrtc-embedded]
    provisioned: sip-softphone
    access: internet
";

fn provision() -> Change {
    Change::ProvisionPhone { phone: Id::new("webrtc-embedded"), group: Id::new("team") }
}

fn working(problem: &Problem, reach: Option<Reach>) -> [u64; 2] {
    let mut state = State::normal(WeekHour(0));
    let (held, _) = normal(problem, &state);
    state.fail([Id::new("mpls")]);
    state.changes.extend(reach.map(|reach| (provision(), reach)));
    [Steering::LeftAlone, Steering::Directed]
        .map(|steering| assess(problem, &state, &held, Scope::Moved, steering).working())
}

#[test]
fn as_many_work_by_a_change_as_it_has_reached() {
    let problem = problem(PLAN).unwrap();
    let reached = |reach| working(&problem, reach);
    assert_eq!(reached(None), [0, 0]);
    assert_eq!(reached(Some(Reach::Agents(0))), [0, 0]);
    assert_eq!(reached(Some(Reach::Agents(7))), [7, 7]);
    assert_eq!(reached(Some(Reach::Everybody)), [20, 20]);
}

/// The others work on as before, though the change exchanges one thing for another.
#[test]
fn whom_a_switching_change_has_not_reached_works_as_before() {
    let problem = problem(
        "outlast: 1
sites: {hill: {kind: data-center}, homes: {kind: homes}}
networks: {mpls: {}}
circuits:
  hill-mpls: {from: hill, to: mpls}
  hill-net: {from: hill, to: internet}
vpn: {gateway: {site: hill, tunnel: full, include: [services-private, sbc]}}
groups:
  team: {agents: 20, work_at: homes, phones: sip-softphone, access: gateway}
",
    )
    .unwrap();
    let split = Change::EnableSplitTunnel { vpn: Id::new("gateway") };
    for reach in [Reach::Agents(0), Reach::Agents(7), Reach::Everybody] {
        let mut state = State::normal(WeekHour(0));
        let (held, _) = normal(&problem, &state);
        state.changes.insert(split.clone(), reach);
        for steering in [Steering::LeftAlone, Steering::Directed] {
            let outcome = assess(&problem, &state, &held, Scope::Moved, steering);
            assert_eq!(outcome.working(), 20, "{reach:?}");
        }
    }
}
