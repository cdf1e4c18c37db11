//! What failed first: from a gate that is off back to a basic event.

use std::collections::BTreeSet;

use outlast_models::{Id, Kind};

use crate::gates::{Gate, GateId, Liveness};
use crate::input::Input;
use crate::problem::Problem;
use crate::routes::path::{Hop, Path, Refusal};

/// Why a component is down.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause {
    /// The component on the path.
    pub component: Id,
    /// The basic events behind it, in words: `dc-york failed`.
    pub because: Vec<String>,
}

/// At most so many basic events are named.
const NAMED: usize = 3;

impl Cause {
    pub(crate) fn of(problem: &Problem, live: &Liveness, component: &Id, gate: GateId) -> Self {
        Self { component: component.clone(), because: collect(problem, live, gate) }
    }
}

/// TRN-01: a private network that reaches no region but one which stands in for
/// another, while that one is in force: nothing is down, the way is none.
pub(crate) fn reaches_no_region(
    problem: &Problem,
    live: &Liveness,
    path: &Path,
    hop: &Hop,
) -> Option<Refusal> {
    let network = network_of(problem, path, hop)?;
    if *problem.gates.gate(hop.gate) == Gate::Off {
        let says = format!("network {network} reaches no region that is in use");
        return Some(Refusal::new("TRN-01", says, None));
    }
    let waiting = regions_waiting(problem, hop.gate);
    let in_force =
        |region: &Id| problem.components.get(region).is_some_and(|(_, gate)| live.is_on(*gate));
    let pairs = problem.standbys.iter().filter(|(_, standby, _)| waiting.contains(standby));
    let (primary, ..) = pairs.into_iter().find(|(primary, ..)| in_force(primary))?;
    let reached: Vec<&str> = waiting.iter().map(Id::as_str).collect();
    let says = format!(
        "network {network} reaches only {}, which stands in for {primary}",
        reached.join(" and ")
    );
    Some(Refusal::new("TRN-01", says, None))
}

/// The private network by which a path comes to a hop; a trunk's comes behind.
fn network_of(problem: &Problem, path: &Path, hop: &Hop) -> Option<Id> {
    let at = path.hops.iter().position(|other| other.id == hop.id)?;
    let is_private = |other: &&Hop| {
        let component = problem.components.get(&other.id).map(|(component, _)| component);
        component.is_some_and(|component| component.kind == Kind::Network)
            && other.id != "internet"
            && other.id != "pstn"
    };
    let before = path.hops[..at].iter().rev().find(is_private);
    before.or_else(|| path.hops[at..].iter().find(is_private)).map(|found| found.id.clone())
}

/// The regions of the cloud that a gate waits for.
fn regions_waiting(problem: &Problem, gate: GateId) -> Vec<Id> {
    let mut out = Vec::new();
    let (mut seen, mut ahead) = (BTreeSet::new(), vec![gate]);
    while let Some(next) = ahead.pop() {
        if !seen.insert(next) {
            continue;
        }
        if let Gate::Input(input) = problem.gates.gate(next)
            && let Input::StandsIn(region) = &problem.gates.inputs()[input.index()]
        {
            out.push(region.clone());
        }
        ahead.extend(problem.gates.operands(next).iter().rev());
    }
    out
}

/// Names the basic events behind a gate that is off, each gate looked at once.
fn collect(problem: &Problem, live: &Liveness, gate: GateId) -> Vec<String> {
    let mut out = Vec::new();
    let (mut seen, mut ahead) = (BTreeSet::new(), vec![gate]);
    while let Some(next) = ahead.pop() {
        if live.is_on(next) || out.len() >= NAMED || !seen.insert(next) {
            continue;
        }
        match problem.gates.gate(next) {
            Gate::On | Gate::Off => {}
            Gate::Input(input) => {
                let words = words(&problem.gates.inputs()[input.index()]);
                if !out.contains(&words) {
                    out.push(words);
                }
            }
            // One operand that is off suffices; a failure says more than a need.
            Gate::And(_) => {
                let all = problem.gates.conjuncts(next);
                let off = || all.iter().filter(|id| !live.is_on(**id));
                let is_input = |id: &&GateId| matches!(problem.gates.gate(**id), Gate::Input(_));
                ahead.extend(off().find(is_input).or_else(|| off().next()));
            }
            Gate::Or(of) | Gate::AtLeast(_, of) => ahead.extend(of.iter().rev()),
        }
    }
    out
}

fn words(input: &Input) -> String {
    match input {
        Input::Up(component) => format!("{} failed", component.id),
        Input::Reserve(id) => format!("{id} has no power left"),
        Input::Open(site) => format!("{site} may not be entered"),
        Input::AsWritten(_) | Input::Spoiled(_) => "a setting was changed".to_owned(),
        Input::StandsIn(region) => format!("{region} does not stand in yet"),
        Input::InForce(change) => format!("{} is not made", change.name()),
        Input::NotYet(change) => format!("{} is made", change.name()),
    }
}
