//! The gates that anybody looks at, as a list of operations for many states at once.
//!
//! Of the whole network only what the roots stand on is kept, in order, so that one
//! pass down the list evaluates it; a lane of a word is one state.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::gates::{Gate, GateId, Gates};

/// Lanes of one pass.
pub(super) const LANES: usize = 64;

/// One operation; operands are earlier ones.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Constant(u64),
    /// Index of an input of the problem.
    Input(usize),
    And(Box<[u32]>),
    Or(Box<[u32]>),
    AtLeast(u32, Box<[u32]>),
}

/// A gate of the network; also its place in the words of a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Signal(pub(super) u32);

impl Signal {
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Operations in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Network {
    steps: Vec<Step>,
    /// Where each gate of the problem stands.
    of_gate: Vec<Option<Signal>>,
}

impl Network {
    /// The signal of a gate, with everything that it stands on. Gates nest as deep as
    /// chains of needs are long, so they are kept in a list, not on the stack.
    pub(super) fn signal(&mut self, gates: &Gates, gate: GateId) -> Signal {
        let mut ahead = vec![gate];
        while let Some(&next) = ahead.last() {
            if self.known(next).is_some() {
                ahead.pop();
                continue;
            }
            let before = ahead.len();
            ahead.extend(gates.operands(next).iter().filter(|of| self.known(**of).is_none()));
            if ahead.len() == before {
                let step = self.step(gates, next);
                let signal = self.push(step);
                self.of_gate.resize(self.of_gate.len().max(next.index() + 1), None);
                self.of_gate[next.index()] = Some(signal);
            }
        }
        self.known(gate).expect("just made")
    }

    fn known(&self, gate: GateId) -> Option<Signal> {
        self.of_gate.get(gate.index()).copied().flatten()
    }

    /// Where each gate's word is in a pass; of what nobody looks at, nowhere.
    pub(super) fn places(&self, gates: &Gates) -> Arc<[u32]> {
        let place = |n: usize| self.of_gate.get(n).copied().flatten().map_or(u32::MAX, |at| at.0);
        (0..gates.all().len()).map(place).collect()
    }

    fn step(&self, gates: &Gates, gate: GateId) -> Step {
        let at = |of: &GateId| self.known(*of).expect("operands come first").0;
        let all = |of: &[GateId]| of.iter().map(at).collect();
        match gates.gate(gate) {
            Gate::On => Step::Constant(u64::MAX),
            Gate::Off => Step::Constant(0),
            Gate::Input(input) => Step::Input(input.index()),
            Gate::And(of) => Step::And(all(of)),
            Gate::Or(of) => Step::Or(all(of)),
            Gate::AtLeast(needed, of) => Step::AtLeast(*needed, all(of)),
        }
    }

    fn push(&mut self, step: Step) -> Signal {
        let signal = Signal(u32::try_from(self.steps.len()).expect("fewer than 2^32 gates"));
        self.steps.push(step);
        signal
    }

    /// A further operation: on while all of these are.
    pub(super) fn and(&mut self, of: &[Signal]) -> Signal {
        self.push(Step::And(of.iter().map(|one| one.0).collect()))
    }

    /// A further operation: on while one of these is.
    pub(super) fn or(&mut self, of: &[Signal]) -> Signal {
        self.push(Step::Or(of.iter().map(|one| one.0).collect()))
    }

    /// Inputs that together keep these on in a lane, in order: of alternatives those of the
    /// first that is on.
    pub(super) fn implicant(&self, roots: &[Signal], words: &[u64], lane: usize) -> Vec<usize> {
        let is_on = |n: &u32| words[*n as usize] >> lane & 1 == 1;
        let mut seen: BTreeSet<u32> = roots.iter().map(|root| root.0).collect();
        let mut ahead: Vec<u32> = seen.iter().copied().collect();
        let mut inputs = BTreeSet::new();
        while let Some(next) = ahead.pop() {
            let of: Vec<u32> = match &self.steps[next as usize] {
                Step::Constant(_) => Vec::new(),
                Step::Input(input) => {
                    inputs.insert(*input);
                    Vec::new()
                }
                Step::And(of) => of.to_vec(),
                Step::Or(of) => of.iter().copied().filter(is_on).take(1).collect(),
                Step::AtLeast(needed, of) => {
                    of.iter().copied().filter(is_on).take(*needed as usize).collect()
                }
            };
            ahead.extend(of.into_iter().filter(|n| seen.insert(*n)));
        }
        inputs.into_iter().collect()
    }

    /// Inputs that the network stands on, each with the ANDs that it is an operand of;
    /// `None` where something else asks for it by itself.
    pub(super) fn uses(&self, roots: &[Signal]) -> BTreeMap<usize, Option<Vec<u32>>> {
        let mut uses: Vec<Option<Vec<u32>>> = vec![Some(Vec::new()); self.steps.len()];
        for root in roots {
            uses[root.index()] = None;
        }
        for (n, step) in self.steps.iter().enumerate() {
            let n = u32::try_from(n).expect("fewer than 2^32 gates");
            match step {
                Step::Constant(_) | Step::Input(_) => {}
                Step::And(of) => {
                    for operand in of {
                        uses[*operand as usize].iter_mut().for_each(|list| list.push(n));
                    }
                }
                Step::Or(of) | Step::AtLeast(_, of) => {
                    of.iter().for_each(|operand| uses[*operand as usize] = None);
                }
            }
        }
        let inputs = self.steps.iter().zip(uses).filter_map(|(step, uses)| match step {
            Step::Input(input) => Some((*input, uses)),
            _ => None,
        });
        inputs.collect()
    }

    /// Evaluates everything; `inputs` holds one word for each input of the problem.
    pub(super) fn evaluate(&self, inputs: &[u64], words: &mut Vec<u64>) {
        words.clear();
        words.reserve(self.steps.len());
        for step in &self.steps {
            let word = match step {
                Step::Constant(word) => *word,
                Step::Input(input) => inputs[*input],
                Step::And(of) => of.iter().fold(u64::MAX, |word, n| word & words[*n as usize]),
                Step::Or(of) => of.iter().fold(0, |word, n| word | words[*n as usize]),
                Step::AtLeast(needed, of) => {
                    crate::gates::at_least(*needed, of.iter().map(|n| words[*n as usize]))
                }
            };
            words.push(word);
        }
    }
}
