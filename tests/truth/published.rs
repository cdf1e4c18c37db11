//! Published fault trees, said as plans: their minimal cut sets, the chance of their top
//! events, and how much each of their events matters.
//!
//! The trees and their answers are those of the benchmarks of SCRAM, a tool for
//! probabilistic risk analysis (github.com/rakhimov/scram, `input/` and
//! `tests/bench_*_tests.cc`, commit b85b7894), which has them from where each test says.

use std::collections::{BTreeMap, BTreeSet};

use outlast_engine::contingency::{Contingency, Question, contingency};
use outlast_engine::failures::Failures;
use outlast_engine::risk::{self, StateView, state_view};
use outlast_engine::{Problem, compile};
use outlast_models::Plan;
use outlast_models::pac::PacAnswers;
use outlast_models::units::WeekHour;
use outlast_tests::small::plan;

const HOUR: WeekHour = WeekHour(0);

/// A tree: gates as `name = and A B`, `name = or A B`, the first at the top, and the
/// chances of its events in percent. Gates are components that never fail by themselves.
struct Tree<'a> {
    gates: BTreeMap<&'a str, (&'a str, Vec<&'a str>)>,
    top: &'a str,
    chances: Vec<(&'a str, &'a str)>,
}

impl<'a> Tree<'a> {
    fn new(gates: &'a str, chances: &[(&'a str, &'a str)]) -> Self {
        let lines = gates.lines().filter_map(|line| line.trim().split_once(" = "));
        let gate = |(name, is): (&'a str, &'a str)| {
            let (word, of) = is.split_once(' ').unwrap();
            (name, (word, of.split(' ').collect()))
        };
        let all: Vec<(&str, (&str, Vec<&str>))> = lines.map(gate).collect();
        Self { top: all[0].0, gates: all.into_iter().collect(), chances: chances.to_vec() }
    }

    /// Every gate and event as a component: a gate fails where its parts fail.
    fn components(&self) -> String {
        let mut all: Vec<String> =
            self.chances.iter().map(|(id, _)| format!("{id}: {{}}")).collect();
        for (name, (word, of)) in &self.gates {
            let of = of.join(", ");
            let needs = match *word {
                "and" => format!("{{any: [{of}]}}"),
                "or" => format!("{{all: [{of}]}}"),
                other => panic!("{other} is no gate"),
            };
            all.push(format!("{name}: {{needs: [{needs}]}}"));
        }
        all.join(", ")
    }

    /// Ten agents who work unless the top event happens.
    fn plan(&self) -> (Plan, Problem) {
        let chance = |(id, chance): &(&str, &str)| format!("{id}: {{probability: {chance}%}}");
        let chances: Vec<String> = self.chances.iter().map(chance).collect();
        let text = format!(
            "outlast: 1
sites: {{homes: {{kind: homes}}}}
components: {{{}}}
groups:
  all: {{agents: 10, work_at: homes, phones: pstn, access: [], ways: {{own: {{needs: [{}]}}}}}}
objectives: [{{overall: true, mbco: 100%}}]
failures: {{components: {{{}}}}}
",
            self.components(),
            self.top,
            chances.join(", "),
        );
        let plan = plan(&text).unwrap_or_else(|e| panic!("{e}"));
        let problem = compile(&plan, &PacAnswers::default());
        (plan, problem)
    }

    /// The minimal cut sets up to an order, as words.
    fn cuts(&self, order: usize) -> BTreeSet<String> {
        let (_, problem) = self.plan();
        let mut failures = Failures::of_components(&problem);
        failures.all.retain(|failure| self.chances.iter().any(|(id, _)| failure.id == **id));
        let of = |order, cuts| {
            contingency(&problem, &failures, Question { order, cuts, hour: HOUR }, &())
        };
        let (all, branched) = (of(order, order), of(1, order));
        assert_eq!(branched.objectives, all.objectives, "by branching");
        assert_eq!(branched.groups, all.groups, "by branching");
        cuts(&all, &failures)
    }

    fn view(&self, trials: u64) -> StateView {
        let (plan, problem) = self.plan();
        let question = risk::Question {
            trials,
            seed: 1,
            hour: HOUR,
            until_error: None,
            enumerated: risk::ENUMERATED,
        };
        state_view(&problem, &plan, &|_| Vec::new(), question, &()).unwrap()
    }

    /// The chance of the top event, all states looked at.
    fn chance(&self) -> f64 {
        let missed = self.view(0).missed(0);
        assert!(missed.certain.width() < 1e-9, "{missed:?}");
        missed.best
    }
}

/// The cut sets of the only objective, which are also those of the only group; what is
/// alike is written out.
fn cuts(found: &Contingency, failures: &Failures) -> BTreeSet<String> {
    let of_class = |first| {
        let class = found.classes.iter().find(|class| class[0] == first).unwrap();
        class.iter().map(|failure| failures.get(*failure).id.to_string()).collect::<Vec<_>>()
    };
    let mut all = BTreeSet::new();
    for set in &found.objectives[0].minimal {
        let mut words = vec![Vec::new()];
        for first in set.iter() {
            let longer = |so_far: &Vec<String>| {
                let so_far = so_far.clone();
                of_class(first).into_iter().map(move |id| [so_far.clone(), vec![id]].concat())
            };
            words = words.iter().flat_map(longer).collect();
        }
        for mut set in words {
            set.sort();
            all.insert(set.join(" "));
        }
    }
    assert!(found.objectives[0].open.is_empty());
    assert_eq!(found.groups[0].1.minimal, found.objectives[0].minimal);
    all
}

fn sets(lines: &[&str]) -> BTreeSet<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

/// How many of each order, from 1.
fn by_order(cuts: &BTreeSet<String>) -> Vec<usize> {
    let order = |set: &String| set.split(' ').count();
    let most = cuts.iter().map(order).max().unwrap_or(0);
    (1..=most).map(|n| cuts.iter().filter(|set| order(set) == n).count()).collect()
}

/// As many digits as were published.
fn near(found: f64, published: f64, within: f64) {
    assert!((found - published).abs() <= within, "{found}, published {published}");
}

/// `input/TwoTrain`, checked there against `RiskMan`.
#[test]
fn two_trains() {
    let gates = "top = and one two
        one = or valve-1 pump-1
        two = or valve-2 pump-2";
    let chances = [("valve-1", "50"), ("valve-2", "50"), ("pump-1", "70"), ("pump-2", "70")];
    let tree = Tree::new(gates, &chances);
    let published = ["valve-1 valve-2", "pump-2 valve-1", "pump-1 valve-2", "pump-1 pump-2"];
    assert_eq!(tree.cuts(4), sets(&published));
    near(tree.chance(), 0.7225, 1e-15);
}

/// `input/ne574`: lecture 8 of NE 574, risk analysis, University of Wisconsin-Madison.
#[test]
fn two_trains_that_share_an_event() {
    let gates = "top = and one two
        one = or a b c
        a = or f g
        two = or c d e
        e = and h i";
    let chances =
        [("b", "10"), ("c", "30"), ("d", "50"), ("f", "70"), ("g", "20"), ("h", "40"), ("i", "80")];
    let tree = Tree::new(gates, &chances);
    assert_eq!(tree.cuts(7), sets(&["c", "d f", "d g", "b d", "f h i", "g h i", "b h i"]));
    near(tree.chance(), 0.662_208, 1e-12);
}

/// `input/Lift`, an example of `OpenFTA`: twelve of fourteen events are enough alone.
#[test]
fn a_lift_door_has_single_points_of_failure_only() {
    let gates = "top = or starts opens refuses other
        starts = or lmd-1 dpd-1 and-1 slow
        and-1 = and dm-1 dpd-1
        slow = or ps-1 hindered
        hindered = or dod-1 d-1
        opens = or dms-2 and-2 and-3
        and-2 = and uncommanded detector
        uncommanded = or w-1 cp-1 dms-2
        detector = and lmd-1 lmd-1-1
        and-3 = and cp-1 detector
        refuses = or cp-1 lmd-2 lpd-1 motor
        motor = or dm-1 ps-1
        other = or dod-1 dod-2 dms-1";
    let alone = [
        "cp-1", "dms-1", "dms-2", "dm-1", "dod-1", "dod-2", "dpd-1", "d-1", "lmd-1", "lmd-2",
        "lpd-1", "ps-1",
    ];
    let all = alone.iter().chain(&["w-1", "lmd-1-1"]);
    let chances: Vec<(&str, &str)> = all.map(|id| (*id, "0.0001")).collect();
    let tree = Tree::new(gates, &chances);
    assert_eq!(tree.cuts(3), sets(&alone));
    near(tree.chance(), 1.199_99e-5, 5e-11);
}

/// `input/ThreeMotor`: the cut sets as `OpenFTA` reports them, the chance as SCRAM has it,
/// where the three timers have been reset for certain.
#[test]
fn three_motors() {
    let gates = "top = and closed remains
        closed = or k5 coil
        coil = and x1 test
        test = or t2 k5
        remains = or k2 t1 k1 timer s1 t3
        timer = and kt1 kt3 reset
        reset = or kt2 t4
        x1 = or k1 x3 s1 t1inc
        x3 = and x5 x6 x7
        x5 = or kt1inc t2inc
        x6 = or kt2inc t3inc
        x7 = or kt3inc t4inc";
    let rare = [
        "t3", "s1", "t4", "t1", "k2", "t2", "k5", "k1", "kt1inc", "kt2inc", "kt3inc", "t1inc",
        "t2inc", "t3inc", "t4inc",
    ];
    let certain = ["kt1", "kt2", "kt3"].map(|id| (id, "100"));
    let chances: Vec<(&str, &str)> = rare.map(|id| (id, "2")).into_iter().chain(certain).collect();
    let tree = Tree::new(gates, &chances);
    let cuts = tree.cuts(5);
    assert_eq!(by_order(&cuts), [0, 7, 3, 2, 26]);
    let published = [
        "k1 k5",
        "k1 t2",
        "k2 k5",
        "k5 s1",
        "k5 t1",
        "k5 t3",
        "s1 t2",
        "k2 t1inc t2",
        "t1 t1inc t2",
        "t1inc t2 t3",
        "k5 kt1 kt2 kt3",
        "k5 kt1 kt3 t4",
    ];
    let few = |set: &&String| set.split(' ').count() < 5;
    assert_eq!(cuts.iter().filter(few).cloned().collect::<BTreeSet<_>>(), sets(&published));
    near(tree.view(20_000).missed(0).best, 0.021_153_8, 5e-8);
}

/// `input/Chinese`, a tree of 25 events with many in several places: 392 minimal cut sets.
const CHINESE: &str = "r1 = and g1 g2
    g1 = or e1 e2 e3 g3
    g2 = and g4 g5
    g3 = and g6 g7
    g4 = or e4 e5 e6 e7 g8
    g5 = or e8 g9
    g6 = or e9 e10 e11 g10
    g7 = or e12 e13
    g8 = and g11 g12
    g9 = and g13 g14
    g10 = and g15 g16
    g11 = or e14 e15 e16 g17
    g12 = and g18 g19
    g13 = or e1 e2 e3 g20
    g14 = or e4 e5 e6 e7 g21
    g15 = or e17 e18
    g16 = or e19 e20 e21
    g17 = and g22 g23
    g18 = or e22 e23
    g19 = or e24 e25
    g20 = and g11 g12
    g21 = and g6 g7
    g22 = or e17 e18 e21
    g23 = or e19 e20";

/// Event; Birnbaum's measure, Fussell-Vesely's, risk achievement and reduction worth, as
/// SCRAM has them exactly.
const IMPORTANCE: [(&str, [f64; 4]); 10] = [
    ("e1", [0.074_555_7, 0.326_332, 16.9902, 1.484_41]),
    ("e4", [0.055_392_3, 0.242_453, 12.8802, 1.320_05]),
    ("e8", [0.000_181_647, 0.000_795_073, 1.038_96, 1.0008]),
    ("e9", [5.896_43e-5, 0.000_258_088, 1.012_65, 1.000_26]),
    ("e12", [9.514_81e-5, 0.000_416_465, 1.020_41, 1.000_42]),
    ("e14", [5.1467e-6, 2.252_72e-5, 1.0011, 1.000_02]),
    ("e17", [5.645_96e-6, 2.471_25e-5, 1.001_21, 1.000_02]),
    ("e19", [4.609_82e-6, 2.017_73e-5, 1.000_99, 1.000_02]),
    ("e21", [2.3919e-6, 1.046_94e-5, 1.000_51, 1.000_01]),
    ("e22", [1.035_82e-5, 4.5338e-5, 1.002_22, 1.000_05]),
];

#[test]
fn a_tree_of_25_events() {
    let names: Vec<String> = (1..=25).map(|n| format!("e{n}")).collect();
    let chances: Vec<(&str, &str)> = names.iter().map(|id| (id.as_str(), "2")).collect();
    let tree = Tree::new(CHINESE, &chances);
    assert_eq!(by_order(&tree.cuts(4)), [0, 12, 0, 24]);
    let view = tree.view(100_000);
    let missed = view.missed(0);
    near(missed.best, 0.004_569_1, 1e-5);
    // All states of the tree, summed apart from this program; what is alike taken together.
    let all = 0.004_569_321_780_5;
    near(missed.best, all, 1e-9);
    assert!(missed.certain.holds(all) && missed.likely.holds(all), "{missed:?}");
    assert!(missed.likely.width() < missed.certain.width(), "{missed:?}");
    for (event, [birnbaum, fussell_vesely, achievement, reduction]) in IMPORTANCE {
        let place = view.events.all.iter().position(|one| one.id.as_str() == event).unwrap();
        let found = view.importance(place, 0).unwrap();
        near(found.birnbaum.unwrap(), birnbaum, 1e-4 * birnbaum);
        near(found.fussell_vesely.unwrap(), fussell_vesely, 1e-4 * fussell_vesely);
        near(found.achievement.unwrap(), achievement, 1e-5 * achievement);
        near(found.reduction.unwrap(), reduction, 1e-5 * reduction);
    }
}
