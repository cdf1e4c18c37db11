//! Drawing towards misses, where so much happens at once that a miss of few events is
//! drowned in what has nothing to do with it.
//!
//! Events of which misses are made ([`crate::chance::pilot`]) are made likelier
//! ([`crate::chance::tilt`]), and a state counts by the ratio of its chances. What makes
//! the interval of such weights short is a bound on them that holds for every miss: by
//! coherence (a further failure never mends a miss) a state in which of the tilted events
//! just those of B happen is missed only if it is with everything else in force. So all B
//! are tried, and the heaviest that misses bounds the weight of every miss. The same sets
//! bound the chance itself, for certain: it is missed with all B that miss with nothing
//! else in force, and with no B that does not with everything else.
//!
//! The pilot hangs on nothing but the problem and the seed.

use super::importance;
use super::tail::{Counts, Drawn};
use super::tally::Tally;
use super::{BLOCK, Enumerated, PILOT, View, counted};
use crate::assess::bulk::{Effect, Standing};
use crate::chance::exact::Moments;
use crate::chance::interval::{Interval, bernstein};
use crate::chance::order::Orders;
use crate::chance::pilot::Pilot;
use crate::chance::stream::Stream;
use crate::chance::tilt::Tilt;
use crate::failures::Set;

/// Where no more surprises are expected at once, orders are as good.
const AT_ONCE: f64 = 2.0;
/// What is missed more often than once in so many states is drawn often enough.
const COMMON: u64 = 20;
/// Rounds of the pilot, and blocks in each.
const ROUNDS: u64 = 3;
const BLOCKS: u64 = 2;
/// At most so many events are tilted or tried: all sets of them are looked at.
const TRIED: usize = 10;
/// What the heaviest weight adds to an interval, about, with as many trials as usual.
const EACH: f64 = 1e-4;
/// Drawing by the own law adds that of the tail's chance: this has to be less by so much.
const WORTH: f64 = 0.1;
/// What bounds the weight of misses where there are none: nought would divide.
const NOTHING: f64 = f64::MIN_POSITIVE;
/// The weight of the heaviest miss as a whole number.
const ONE: u64 = 1 << 40;

/// A law under which misses are likelier.
pub(super) struct Towards {
    tilt: Tilt,
    orders: Orders,
    /// So many surprises at least are drawn.
    least: usize,
    /// The chance of so many under this law.
    more: f64,
    /// Events of which all sets were tried, ascending.
    events: Vec<u32>,
    /// By objective.
    tried: Vec<Tried>,
}

/// What all sets of some events come to, for one objective.
#[derive(Debug, Clone)]
pub(super) struct Tried {
    /// No miss weighs more, but for those set aside.
    weight: f64,
    /// Sets that would weigh too much, and are not counted.
    aside: Vec<usize>,
    /// The chance of those at most.
    left_out: f64,
    /// Between what the chance of missing it lies for certain.
    pub(super) certain: Interval,
}

impl Default for Tried {
    fn default() -> Self {
        let certain = Interval { low: 0.0, high: 0.0 };
        Self { weight: NOTHING, aside: Vec::new(), left_out: 0.0, certain }
    }
}

impl Tried {
    /// Sets the heaviest aside while that makes the interval shorter: each adds its chance,
    /// and the weight of the next is what the interval is measured by.
    fn sets_aside(&mut self, mut misses: Vec<(f64, f64, usize)>) {
        misses.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)));
        let costs = |n: usize| {
            let chance: f64 = misses[..n].iter().map(|miss| miss.1).sum();
            chance + misses.get(n).map_or(0.0, |miss| miss.0) * EACH
        };
        let best = (0..=misses.len()).min_by(|a, b| costs(*a).total_cmp(&costs(*b)));
        let aside = &misses[..best.unwrap_or(0)];
        self.weight = misses.get(aside.len()).map_or(NOTHING, |miss| miss.0);
        self.left_out = aside.iter().map(|miss| miss.1).sum::<f64>() * (1.0 + 1e-12);
        self.aside = aside.iter().map(|miss| miss.2).collect();
        self.aside.sort_unstable();
    }
}

/// What was drawn towards misses.
#[derive(Debug, Clone)]
pub(super) struct Tilted {
    pub(super) drawn: Drawn,
    /// By objective.
    pub(super) weights: Vec<Weights>,
    /// By objective.
    pub(super) tried: Vec<Tried>,
}

/// What weighs on an objective.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Weights {
    /// Misses, and these with what cannot be said.
    ends: [Moments; 2],
    /// Whether one was heavier than its bound: then these prove nothing.
    broken: bool,
}

impl Tilted {
    pub(super) fn new(towards: &Towards, tally: Tally) -> Self {
        let tried = towards.tried.clone();
        let weights = vec![Weights::default(); tried.len()];
        Self { drawn: Drawn::new(tally), weights, tried }
    }

    /// The chance of a state of the tail that misses an objective: the best figure, what
    /// is open counted half, and between what it lies.
    pub(super) fn missed(&self, objective: usize, alpha: f64) -> (f64, Interval) {
        let Tried { weight: bound, left_out, .. } = self.tried[objective];
        let trials = self.drawn.trials;
        let Weights { ends, broken } = self.weights[objective];
        if broken {
            return (0.0, Interval { low: 0.0, high: f64::INFINITY });
        }
        let scale = bound / counted(ONE);
        let whole = |weights: &Moments| {
            let mut all = *weights;
            all.add(0, trials - weights.count());
            all
        };
        let [missed, maybe] = ends.map(|weights| whole(&weights));
        // Each weight is rounded to a whole number.
        let ends = [&missed, &maybe].map(|all| bernstein(all, ONE, alpha));
        let low = ((ends[0].low - 1.0) * scale * (1.0 - 1e-9)).max(0.0);
        let high = (ends[1].high + 1.0) * scale * (1.0 + 1e-9) + left_out;
        (f64::midpoint(missed.mean(), maybe.mean()) * scale, Interval { low, high })
    }
}

impl Towards {
    /// Looks for what misses are made of; nothing where the tail is drawn well by its own
    /// law.
    pub(super) fn misses(view: &View<'_>, exact: &Enumerated, seed: u64) -> Option<Self> {
        let chances = &view.sets.chances;
        if chances.iter().sum::<f64>() <= AT_ONCE {
            return None;
        }
        let blocks: Vec<u64> = (0..BLOCKS).collect();
        let own = view.counts(&blocks, (seed, PILOT), &|stream, set| view.sets.draw(stream, set));
        let hits = Hits::of(view, own, |_| 1.0);
        let rare: Vec<usize> = (0..view.bulk.normal().objectives.len().min(64))
            .filter(|n| view.bulk.normal().objectives[*n] != Standing::Missed)
            .filter(|n| hits.count(*n) * COMMON <= BLOCKS * BLOCK)
            .collect();
        let first = Hits::enumerated(view, exact).wanted(&rare, chances.len());
        // Where no miss is known everything is made likelier.
        let mut law = match &first {
            Some(wanted) => Self::of(view, &chosen(view, wanted)),
            None => Self::of(view, &chances.iter().map(|p| p.max(0.3)).collect::<Vec<_>>()),
        }?;
        let mut found = first.is_some();
        for round in 0..ROUNDS {
            let draw = |stream: &mut Stream, set: &mut Vec<u32>| law.draw(stream, set);
            let stratum = PILOT + 1 + u32::try_from(round).expect("few");
            let counts = view.counts(&blocks, (seed, stratum), &draw);
            let hits = Hits::of(view, counts, |set| law.weight(set));
            if let Some(wanted) = hits.wanted(&rare, chances.len()) {
                law = Self::of(view, &chosen(view, &wanted))?;
                found = true;
            }
        }
        if !found || rare.is_empty() {
            return None;
        }
        law.tries(view, &rare)?;
        let rest = view.sets.more_than(view.sets.order);
        let is_bound = |n: &usize| {
            let Tried { weight, left_out, certain, .. } = &law.tried[*n];
            certain.high > 0.0 && weight * EACH + left_out < WORTH * EACH * rest
        };
        rare.iter().any(is_bound).then_some(law)
    }

    fn of(view: &View<'_>, wanted: &[f64]) -> Option<Self> {
        let tilt = Tilt::towards(&view.sets.chances, wanted);
        let least = view.sets.order + 1;
        let orders = Orders::new(tilt.chances(), least)?;
        let more = orders.at_least(least);
        (more > 0.0).then_some(Self {
            tilt,
            orders,
            least,
            more,
            events: Vec::new(),
            tried: Vec::new(),
        })
    }

    pub(super) fn draw(&self, stream: &mut Stream, set: &mut Vec<u32>) {
        self.orders.draw_at_least(self.least, stream, set);
    }

    /// The chance of a set under its own law, of one here: of the whole, not of the tail.
    pub(super) fn weight(&self, set: &[u32]) -> f64 {
        self.more * self.tilt.weight(set)
    }

    /// Takes in a state with its weight and its surprises.
    pub(super) fn add(
        &self,
        (weight, set): (f64, &[u32]),
        effect: &Effect,
        count: u64,
        weights: &mut [Weights],
    ) {
        let is_in = |(n, event): (usize, &u32)| usize::from(set.contains(event)) << n;
        let mask: usize = self.events.iter().enumerate().map(is_in).sum();
        let objectives = effect.objectives.iter().zip(&self.tried).zip(weights);
        for ((standing, Tried { weight: bound, aside, .. }), own) in objectives {
            if *standing == Standing::Attained || aside.binary_search(&mask).is_ok() {
                continue;
            }
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // at most ONE
            let whole = (weight / bound * counted(ONE)).round() as u64;
            own.broken |= whole > ONE;
            own.ends[1].add(whole.min(ONE), count);
            if *standing == Standing::Missed {
                own.ends[0].add(whole.min(ONE), count);
            }
        }
    }

    /// The tilted events, and others by which an objective is missed without them;
    /// nothing where there are too many.
    fn worth_trying(&self, view: &View<'_>, rare: &[usize]) -> Option<Vec<u32>> {
        let chances = &view.sets.chances;
        let is_tilted = |n: &u32| self.tilt.chances()[*n as usize] > chances[*n as usize];
        let mut tried: Vec<u32> = places(view).filter(is_tilted).collect();
        if tried.is_empty() || tried.len() > TRIED {
            return None;
        }
        for objective in rare {
            let mut with = Vec::new();
            let mut more = culprits(view, &tried, &with, *objective);
            while !more.is_empty() && tried.len() + with.len() + more.len() <= TRIED {
                with.extend(more);
                more = culprits(view, &tried, &with, *objective);
            }
            if more.is_empty() {
                tried.extend(with);
            }
        }
        tried.sort_unstable();
        Some(tried)
    }

    /// Tries every set of some events, with nothing and with everything else in force.
    fn tries(&mut self, view: &View<'_>, rare: &[usize]) -> Option<()> {
        let chances = &view.sets.chances;
        let tried = self.worth_trying(view, rare)?;
        let masks = 0..1_u32 << tried.len();
        let sets = masks.map(|mask| {
            let of = tried.iter().enumerate().filter(move |(n, _)| mask >> n & 1 == 1);
            of.map(|(_, event)| *event).collect()
        });
        let sets: Vec<Vec<u32>> = sets.collect();
        let others: Vec<u32> = places(view).filter(|n| !tried.contains(n)).collect();
        let worst = sets.iter().map(|set| view.deck.worst(&[&set[..], &others].concat()));
        let best = sets.iter().map(|set| view.deck.best(set));
        let states: Vec<Set> = worst.chain(best).collect();
        let effects = view.bulk.effects(&states);
        let (worst, best) = effects.split_at(sets.len());
        let stands_in = !view.bulk.problem.standbys.is_empty();
        let of = |set: &[u32], event: u32| {
            let chance = chances[event as usize];
            if set.contains(&event) { chance } else { 1.0 - chance }
        };
        let chance =
            |set: &Vec<u32>| -> f64 { tried.iter().map(|event| of(set, *event)).product() };
        for objective in 0..view.bulk.normal().objectives.len() {
            let mut one = Tried { weight: NOTHING, ..Tried::default() };
            let mut misses: Vec<(f64, f64, usize)> = Vec::new();
            for (n, set) in sets.iter().enumerate() {
                if worst[n].objectives[objective] != Standing::Attained {
                    misses.push((self.weight(set) * (1.0 + 1e-12), chance(set), n));
                }
                // Where a region stands in for others, more that is lost may be more on time.
                if best[n].objectives[objective] == Standing::Missed && !stands_in {
                    one.certain.low += chance(set) * (1.0 - 1e-12);
                }
            }
            one.certain.high = misses.iter().map(|miss| miss.1).sum::<f64>() * (1.0 + 1e-12);
            one.sets_aside(misses);
            self.tried.push(one);
        }
        self.events = tried;
        Some(())
    }
}

/// All that is drawn.
fn places(view: &View<'_>) -> impl Iterator<Item = u32> {
    (0..view.sets.chances.len()).map(|n| u32::try_from(n).expect("few events"))
}

/// The fewest of the rarest events without which, some being in force, everything else
/// does not miss an objective; none where it does not miss it anyway, or without any too.
fn culprits(view: &View<'_>, tried: &[u32], with: &[u32], objective: usize) -> Vec<u32> {
    let chances = &view.sets.chances;
    let is_other = |n: &u32| !tried.contains(n) && !with.contains(n);
    let all = places(view).filter(is_other);
    let (usual, mut others): (Vec<u32>, Vec<u32>) =
        all.partition(|n| view.sets.is_usual(*n as usize));
    others.sort_by(|a, b| chances[*a as usize].total_cmp(&chances[*b as usize]));
    let misses = |without: &[u32]| {
        let set = others.iter().filter(|n| !without.contains(n)).chain(with).chain(&usual);
        let set: Vec<u32> = set.copied().collect();
        view.bulk.effects(&[view.deck.worst(&set)])[0].objectives[objective] != Standing::Attained
    };
    if !misses(&[]) || misses(&others) {
        return Vec::new();
    }
    let (mut least, mut most) = (0, others.len());
    while least < most {
        let middle = usize::midpoint(least, most);
        if misses(&others[..middle]) { least = middle + 1 } else { most = middle }
    }
    let mut few = others[..most].to_vec();
    for event in others[..most].iter().rev() {
        let fewer: Vec<u32> = few.iter().filter(|one| *one != event).copied().collect();
        if !misses(&fewer) {
            few = fewer;
        }
    }
    few
}

/// Events to be tilted, of those that are seldom and often in misses; the others keep
/// their chances.
fn chosen(view: &View<'_>, wanted: &[f64]) -> Vec<f64> {
    let mut out = view.sets.chances.clone();
    let ratio = |n: &usize| wanted[*n] / out[*n];
    let mut all: Vec<usize> = (0..out.len())
        .filter(|n| out[*n] > 0.0 && !view.sets.is_usual(*n))
        .filter(|n| wanted[*n] >= 0.02 && ratio(n) >= 2.0)
        .collect();
    all.sort_by(|a, b| ratio(b).total_cmp(&ratio(a)));
    for n in all.into_iter().take(TRIED) {
        out[n] = wanted[n];
    }
    out
}

/// Sets that miss objectives, each a bit, with their weights and how often.
struct Hits(Vec<(Vec<u32>, u64, f64, u64)>);

impl Hits {
    fn of(view: &View<'_>, counts: Counts, weight: impl Fn(&[u32]) -> f64) -> Self {
        let states: Vec<Set> = counts.keys().map(|(_, state)| state.clone()).collect();
        let effects = view.bulk.effects(&states);
        let each = counts.into_iter().zip(effects).filter_map(|(((set, _), count), effect)| {
            let bits = importance::missed(&effect);
            let weight = weight(&set) * counted(count);
            (bits != 0).then_some((set, bits, weight, count))
        });
        Self(each.collect())
    }

    fn enumerated(view: &View<'_>, exact: &Enumerated) -> Self {
        let each = exact.missing.iter().map(|(set, states)| {
            let bits = states.values().fold(0, |all, bits| all | bits);
            (set.clone(), bits, view.sets.orders.alone(set), 1)
        });
        Self(each.collect())
    }

    /// How often an objective was missed.
    fn count(&self, objective: usize) -> u64 {
        self.0.iter().filter(|(_, bits, ..)| bits >> objective & 1 == 1).map(|hit| hit.3).sum()
    }

    /// The chance of each event given a miss, the mean of the objectives that are missed.
    fn wanted(&self, objectives: &[usize], events: usize) -> Option<Vec<f64>> {
        let (mut sum, mut seen) = (vec![0.0; events], 0.0);
        for objective in objectives {
            let own = || self.0.iter().filter(|(_, bits, ..)| bits >> objective & 1 == 1);
            let most = own().map(|hit| hit.2).fold(0.0, f64::max);
            let mut pilot = Pilot::new(events);
            for (set, _, weight, _) in own().filter(|_| most > 0.0) {
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // at most ONE
                pilot.add(set, (weight / most * counted(ONE)) as u64);
            }
            if let Some(wanted) = pilot.wanted() {
                seen += 1.0;
                sum.iter_mut().zip(wanted).for_each(|(sum, one)| *sum += one);
            }
        }
        (seen > 0.0).then(|| sum.into_iter().map(|sum| sum / seen).collect())
    }
}
