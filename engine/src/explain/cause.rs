//! What failed first: from a gate that is off back to a basic event.

use outlast_models::Id;

use crate::gates::{Gate, GateId, Liveness};
use crate::input::Input;
use crate::problem::Problem;

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
        let mut because = Vec::new();
        collect(problem, live, gate, &mut because);
        Self { component: component.clone(), because }
    }
}

fn collect(problem: &Problem, live: &Liveness, gate: GateId, out: &mut Vec<String>) {
    if live.is_on(gate) || out.len() >= NAMED {
        return;
    }
    match problem.gates.gate(gate) {
        Gate::On | Gate::Off => {}
        Gate::Input(input) => {
            let words = words(&problem.gates.inputs()[input.index()]);
            if !out.contains(&words) {
                out.push(words);
            }
        }
        // One operand that is off suffices; a failure says more than a need.
        Gate::And(of) => {
            let off = || of.iter().filter(|id| !live.is_on(**id));
            let is_input = |id: &&GateId| matches!(problem.gates.gate(**id), Gate::Input(_));
            if let Some(first) = off().find(is_input).or_else(|| off().next()) {
                collect(problem, live, *first, out);
            }
        }
        Gate::Or(of) | Gate::AtLeast(_, of) => {
            for id in of {
                collect(problem, live, *id, out);
            }
        }
    }
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
