//! The network of gates that says what is live.
//!
//! Inputs are true while something is *up* (a component, a condition as
//! written, a change in force); gates are AND, OR and k-of-n over them, so the
//! network is monotone: one more failure never turns a gate on. Equal gates
//! are one gate (hash-consing), and a gate's operands always have smaller
//! numbers, so one pass in order evaluates the whole network, for 64 states at
//! once, one state a bit.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use outlast_models::Id;

use crate::input::{Input, InputId};

/// An AND takes in the operands of one that has no more than these; larger ones it
/// stands on, or a chain of components would be written out at each of its links.
const TAKEN_IN_MAX: usize = 128;

/// A gate; stable within one problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GateId(u32);

impl GateId {
    /// The gate that is always on.
    pub const ON: Self = Self(0);
    /// The gate that is never on.
    pub const OFF: Self = Self(1);

    /// Its index in dense columns.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a gate computes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Gate {
    /// Always on.
    On,
    /// Never on.
    Off,
    /// An input.
    Input(InputId),
    /// On while all operands are.
    And(Box<[GateId]>),
    /// On while one operand is.
    Or(Box<[GateId]>),
    /// On while at least so many operands are.
    AtLeast(u32, Box<[GateId]>),
}

/// A network of gates over named inputs.
#[derive(Debug, Clone)]
pub struct Gates {
    all: Vec<Gate>,
    index: HashMap<Gate, GateId>,
    inputs: Vec<Input>,
    input_index: HashMap<Input, InputId>,
    names: HashMap<Id, GateId>,
}

impl Default for Gates {
    fn default() -> Self {
        let mut gates = Self {
            all: Vec::new(),
            index: HashMap::new(),
            inputs: Vec::new(),
            input_index: HashMap::new(),
            names: HashMap::new(),
        };
        gates.intern(Gate::On);
        gates.intern(Gate::Off);
        gates
    }
}

impl Gates {
    fn intern(&mut self, gate: Gate) -> GateId {
        if let Some(&id) = self.index.get(&gate) {
            return id;
        }
        let id = GateId(u32::try_from(self.all.len()).expect("fewer than 2^32 gates"));
        self.all.push(gate.clone());
        self.index.insert(gate, id);
        id
    }

    /// The gate of an input.
    pub fn input(&mut self, input: Input) -> GateId {
        let next = InputId(u32::try_from(self.inputs.len()).expect("fewer than 2^32 inputs"));
        let id = *self.input_index.entry(input.clone()).or_insert(next);
        if id == next {
            self.inputs.push(input);
        }
        self.intern(Gate::Input(id))
    }

    /// Looks an input up.
    pub fn find_input(&self, input: &Input) -> Option<InputId> {
        self.input_index.get(input).copied()
    }

    /// The gate of an input, if something has asked for it.
    pub(crate) fn find_gate(&self, input: InputId) -> Option<GateId> {
        self.index.get(&Gate::Input(input)).copied()
    }

    /// The inputs, by [`InputId`].
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// The gate kept under a component's name.
    pub(crate) fn named(&self, id: &Id) -> Option<GateId> {
        self.names.get(id).copied()
    }

    /// Keeps a gate under a component's name.
    pub(crate) fn name(&mut self, id: &Id, gate: GateId) {
        self.names.insert(id.clone(), gate);
    }

    /// Every gate by [`GateId`]; operands come first.
    pub fn all(&self) -> &[Gate] {
        &self.all
    }

    /// What a gate computes.
    pub fn gate(&self, id: GateId) -> &Gate {
        &self.all[id.index()]
    }

    /// The gates that one stands on, in order.
    pub(crate) fn operands(&self, id: GateId) -> &[GateId] {
        match self.gate(id) {
            Gate::On | Gate::Off | Gate::Input(_) => &[],
            Gate::And(of) | Gate::Or(of) | Gate::AtLeast(_, of) => of,
        }
    }

    /// On while all of `of` are.
    pub fn and(&mut self, of: impl IntoIterator<Item = GateId>) -> GateId {
        let mut operands = Vec::new();
        for id in of {
            match self.gate(id) {
                Gate::On => {}
                Gate::Off => return GateId::OFF,
                Gate::And(inner) if inner.len() <= TAKEN_IN_MAX => {
                    operands.extend_from_slice(inner);
                }
                Gate::Input(_) | Gate::And(_) | Gate::Or(_) | Gate::AtLeast(..) => {
                    operands.push(id);
                }
            }
        }
        operands.sort_unstable();
        operands.dedup();
        match operands.as_slice() {
            [] => GateId::ON,
            [one] => *one,
            _ => self.intern(Gate::And(operands.into())),
        }
    }

    /// On while one of `of` is.
    pub fn or(&mut self, of: impl IntoIterator<Item = GateId>) -> GateId {
        let mut operands = Vec::new();
        for id in of {
            match self.gate(id) {
                Gate::Off => {}
                Gate::On => return GateId::ON,
                Gate::Or(inner) => operands.extend_from_slice(inner),
                Gate::Input(_) | Gate::And(_) | Gate::AtLeast(..) => operands.push(id),
            }
        }
        operands.sort_unstable();
        operands.dedup();
        match operands.as_slice() {
            [] => GateId::OFF,
            [one] => *one,
            _ => self.intern(Gate::Or(operands.into())),
        }
    }

    /// All that has to be on for a gate to be: the operands of ANDs within it, in order,
    /// or itself.
    pub(crate) fn conjuncts(&self, gate: GateId) -> Vec<GateId> {
        let mut found = BTreeSet::new();
        let (mut seen, mut ahead) = (BTreeSet::from([gate]), vec![gate]);
        while let Some(next) = ahead.pop() {
            match self.gate(next) {
                Gate::And(of) => ahead.extend(of.iter().filter(|id| seen.insert(**id))),
                _ => _ = found.insert(next),
            }
        }
        found.into_iter().collect()
    }

    /// On while at least `needed` of `of` are.
    pub fn at_least(&mut self, needed: u32, of: Vec<GateId>) -> GateId {
        if needed == 0 {
            return GateId::ON;
        }
        if needed == 1 {
            return self.or(of);
        }
        let count = u32::try_from(of.len()).expect("fewer than 2^32 operands");
        match needed.cmp(&count) {
            std::cmp::Ordering::Greater => GateId::OFF,
            std::cmp::Ordering::Equal => self.and(of),
            std::cmp::Ordering::Less => {
                let mut operands = of;
                operands.sort_unstable();
                self.intern(Gate::AtLeast(needed, operands.into()))
            }
        }
    }

    /// Evaluates every gate for 64 states; `inputs` holds one word for each
    /// input, `words` receives one word for each gate.
    pub fn evaluate(&self, inputs: &[u64], words: &mut Vec<u64>) {
        words.clear();
        words.reserve(self.all.len());
        for gate in &self.all {
            let word = match gate {
                Gate::On => u64::MAX,
                Gate::Off => 0,
                Gate::Input(id) => inputs[id.index()],
                Gate::And(of) => of.iter().fold(u64::MAX, |word, id| word & words[id.index()]),
                Gate::Or(of) => of.iter().fold(0, |word, id| word | words[id.index()]),
                Gate::AtLeast(needed, of) => {
                    at_least(*needed, of.iter().map(|id| words[id.index()]))
                }
            };
            words.push(word);
        }
    }
}

/// In which of 64 states at least so many of some words are on. Counts in bit slices:
/// `counters[k]` holds bit k of 64 counts.
pub(crate) fn at_least(needed: u32, of: impl ExactSizeIterator<Item = u64>) -> u64 {
    let width = (usize::BITS - of.len().leading_zeros()) as usize;
    let mut counters = [0_u64; usize::BITS as usize];
    for mut carry in of {
        for counter in &mut counters[..width] {
            (*counter, carry) = (*counter ^ carry, *counter & carry);
        }
    }
    // count >= needed, compared from the highest bit down
    let (mut greater, mut equal) = (0_u64, u64::MAX);
    for (bit, counter) in counters[..width].iter().enumerate().rev() {
        if needed >> bit & 1 == 1 {
            equal &= counter;
        } else {
            greater |= equal & counter;
            equal &= !counter;
        }
    }
    greater | equal
}

/// The values of gates in one state, or in 64 of them.
#[derive(Debug, Clone, Default)]
pub struct Liveness {
    words: Arc<Vec<u64>>,
    /// Where the word of each gate is, unless at its own index.
    places: Option<Arc<[u32]>>,
    /// The lanes that are meant.
    lanes: u64,
}

impl Liveness {
    /// Evaluates one state.
    pub fn of(gates: &Gates, inputs: &[bool]) -> Self {
        let inputs: Vec<u64> = inputs.iter().map(|&up| if up { u64::MAX } else { 0 }).collect();
        Self::of_many(gates, &inputs)
    }

    /// Evaluates 64 states, one a bit.
    pub(crate) fn of_many(gates: &Gates, inputs: &[u64]) -> Self {
        let mut words = Vec::new();
        gates.evaluate(inputs, &mut words);
        Self { words: Arc::new(words), places: None, lanes: u64::MAX }
    }

    /// One of 64 states whose words are elsewhere. Gates without a place there must not be
    /// asked about.
    pub(crate) fn lane(words: &Arc<Vec<u64>>, places: &Arc<[u32]>, lane: usize) -> Self {
        Self { words: words.clone(), places: Some(places.clone()), lanes: 1 << lane }
    }

    /// In which of 64 states a gate is on.
    pub(crate) fn word(&self, id: GateId) -> u64 {
        let place = self.places.as_ref().map_or(id.index(), |places| places[id.index()] as usize);
        self.words[place] & self.lanes
    }

    /// Whether a gate is on.
    pub fn is_on(&self, id: GateId) -> bool {
        self.word(id) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use outlast_models::{ComponentId, Kind};

    fn inputs(gates: &mut Gates, count: usize) -> Vec<GateId> {
        (0..count)
            .map(|n| {
                let id = ComponentId::new(Kind::Component, n.to_string().as_str());
                gates.input(Input::Up(id))
            })
            .collect()
    }

    #[test]
    fn equal_gates_are_one_gate() {
        let mut gates = Gates::default();
        let of = inputs(&mut gates, 3);
        let one = gates.and([of[0], of[1], of[2]]);
        let inner = gates.and([of[2], of[1]]);
        assert_eq!(gates.and([inner, of[0], of[0], GateId::ON]), one);
        assert_eq!(gates.and([one, GateId::OFF]), GateId::OFF);
        assert_eq!(gates.or([one, GateId::ON]), GateId::ON);
        assert_eq!(gates.or([]), GateId::OFF);
    }

    #[test]
    fn k_of_n_counts_every_combination() {
        for count in 1..=6 {
            for needed in 0..=7 {
                let mut gates = Gates::default();
                let of = inputs(&mut gates, count);
                let gate = gates.at_least(needed, of);
                let words: Vec<u64> = (0..count)
                    .map(|bit| (0..64_u64).filter(|s| s >> bit & 1 == 1).fold(0, |w, s| w | 1 << s))
                    .collect();
                let mut out = Vec::new();
                gates.evaluate(&words, &mut out);
                for state in 0..64_u64 {
                    let up = (0..count).filter(|bit| state >> bit & 1 == 1).count();
                    let expected = u64::from(up >= needed as usize);
                    assert_eq!(out[gate.index()] >> state & 1, expected, "{needed} of {count}");
                }
            }
        }
    }
}
