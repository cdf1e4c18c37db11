//! Allocation puzzles in which plain greedy loses agents, with answers by hand.

use outlast_engine::outcome::{Count, Disposition, Want};
use outlast_engine::{Held, Outcome, Problem, Scope, State, Steering, assess};
use outlast_models::Id;
use outlast_models::units::{Millionths, WeekHour};
use outlast_tests::small::problem;

/// Working agents left alone and directed, moved, nothing failed.
fn both(text: &str) -> (u64, u64, u64) {
    let problem = problem(text).unwrap();
    let state = State::normal(WeekHour(0));
    let run = |steering| assess(&problem, &state, &Held::default(), Scope::Moved, steering);
    let directed = run(Steering::Directed);
    (run(Steering::LeftAlone).working(), directed.working(), directed.gap)
}

const HEAD: &str = "outlast: 1
name: puzzle
sites:
  homes: {kind: homes}
";

/// A group at home that works by stated ways only, each with what it uses or needs.
fn group(name: &str, agents: usize, ways: &[&str]) -> String {
    classed(name, agents, 1, ways)
}

fn classed(name: &str, agents: usize, priority: u32, ways: &[&str]) -> String {
    let way = |(n, way): (usize, &&str)| format!("w{n}: {{{way}}}");
    let ways: Vec<String> = ways.iter().enumerate().map(way).collect();
    format!(
        "  {name}: {{agents: {agents}, priority: {priority}, work_at: homes, phones: pstn, \
         access: [], ways: {{{}}}}}\n",
        ways.join(", ")
    )
}

/// Five agents who serve queues, with one way.
fn queued(name: &str, priority: u32, queues: &str, way: &str) -> String {
    let own = format!("priority: {priority}");
    classed(name, 5, priority, &[way]).replace(&own, &format!("{own}, queues: [{queues}]"))
}

/// A plan of pools and groups.
fn puzzle(resources: &str, groups: &[String]) -> String {
    format!("{HEAD}resources: {{{resources}}}\ngroups:\n{}", groups.concat())
}

/// Two groups, two pools: the flexible one must leave the first pool to the
/// group that has no other.
#[test]
fn the_flexible_give_way() {
    let flexible = group("flexible", 10, &["uses: {a: 1}", "uses: {b: 1}"]);
    let text = puzzle("a: 10, b: 10", &[flexible, group("fixed", 10, &["uses: {a: 1}"])]);
    // Left alone, everybody wants `a`: five each, and the refused five of the
    // flexible go to `b`.
    assert_eq!(both(&text), (15, 20, 0));
}

/// A chain of three pools that only a reallocation along the whole chain fills.
#[test]
fn a_chain_is_filled_along_its_whole_length() {
    let groups = [
        group("g1", 4, &["uses: {a: 1}", "uses: {b: 1}"]),
        group("g2", 4, &["uses: {b: 1}", "uses: {c: 1}"]),
        group("g3", 4, &["uses: {a: 1}"]),
    ];
    assert_eq!(both(&puzzle("a: 4, b: 4, c: 4", &groups)).1, 12);
}

/// Weights: three agents of 2 or two of 3 on a pool of 6, with a second pool.
#[test]
fn weights_are_packed_whole() {
    let light = group("light", 3, &["uses: {a: 2}", "uses: {b: 1}"]);
    let text = puzzle("a: 6, b: 3", &[light, group("heavy", 2, &["uses: {a: 3}"])]);
    assert_eq!(both(&text).1, 5);
}

/// Higher priority first, even where it costs the total.
#[test]
fn higher_priority_comes_first() {
    let first = classed("first", 2, 1, &["uses: {a: 2}"]);
    let second = classed("second", 4, 2, &["uses: {a: 1}"]);
    assert_eq!(both(&puzzle("a: 4", &[first, second])).1, 2);
}

/// Everybody directed, nothing failed.
fn directed(problem: &Problem) -> Outcome {
    let state = State::normal(WeekHour(0));
    assess(problem, &state, &Held::default(), Scope::Moved, Steering::Directed)
}

/// Agents of a group who work.
fn working(problem: &Problem, outcome: &Outcome, group: &str) -> u64 {
    outcome.sum(|entry| {
        let works = matches!(entry.disposition, Disposition::Working { .. });
        works && problem.cohorts[entry.cohort].group.as_str() == group
    })
}

/// An objective that those reach who need no room leaves what there is to the higher
/// class.
#[test]
fn an_objective_that_is_met_anyhow_takes_nothing_from_a_higher_class() {
    let groups = [
        queued("free", 2, "calls", "uses: {b: 1}"),
        queued("second", 2, "calls", "uses: {a: 1}"),
        queued("first", 1, "rest", "uses: {a: 1}"),
    ];
    let text = puzzle("a: 5, b: 100", &groups)
        + "queues: {calls: {}, rest: {}}\nobjectives: [{queue: calls, mbco: 5 agents}]\n";
    let problem = problem(&text).unwrap();
    let out = directed(&problem);
    let of = |group| working(&problem, &out, group);
    assert_eq!((of("free"), of("second"), of("first")), (5, 0, 5));
}

#[test]
fn each_group_counts_for_its_own_queue() {
    let queued = |name, queue| queued(name, 1, queue, "uses: {b: 1}");
    let text = puzzle("b: 100", &[queued("a", "one"), queued("b", "two")])
        + "queues: {one: {}, two: {}}
objectives: [{queue: one, mbco: 5 agents}, {queue: two, mbco: 5 agents}]
";
    let problem = problem(&text).unwrap();
    let out = directed(&problem);
    let counted: Vec<u64> = out.objectives.iter().map(|objective| objective.counted).collect();
    assert_eq!(counted, [5, 5]);
}

/// What binds may be a place that is degraded and has no capacity of its own.
#[test]
fn a_degraded_place_is_named_where_it_binds() {
    use outlast_engine::assess::{Attainable, attainable};
    let objectives = "objectives: [{overall: true, mbco: 8 agents}]\n";
    let text = puzzle("a: 100", &[group("g", 10, &["uses: {a: 1}, needs: [homes]"])]) + objectives;
    let problem = problem(&text).unwrap();
    let mut state = State::normal(WeekHour(0));
    let (held, _) = outlast_engine::assess::normal(&problem, &state);
    state.shares.insert(Id::new("homes"), Millionths(500_000));
    let Attainable::No { at_most, binding } = attainable(&problem, &state, &held).remove(0) else {
        panic!("ten need places, five have some");
    };
    let ids: Vec<&str> = binding.iter().map(|key| key.id().as_str()).collect();
    assert_eq!((at_most, ids), (5, vec!["homes"]));
}

/// Whoever finds no room is told what is full, though others came after him.
#[test]
fn what_is_full_is_named_once_everybody_is_placed() {
    let all = "uses: {p1: 1, p2: 1, p3: 1}";
    let groups = [classed("a-last", 5, 2, &[all]), group("first", 5, &[all])];
    // One more would fit on all but the second.
    let problem = problem(&puzzle("p1: 4, p2: 3, p3: 4", &groups)).unwrap();
    let state = State::normal(WeekHour(0));
    for steering in [Steering::LeftAlone, Steering::Directed] {
        let out = assess(&problem, &state, &Held::default(), Scope::Moved, steering);
        assert_eq!(out.working(), 3, "{steering:?}");
        let named = out.sum(|entry| match entry.disposition {
            Disposition::Stranded(Want::Room(full)) => {
                problem.resources[full.index()].key.id().as_str() == "p2"
            }
            _ => false,
        });
        assert_eq!(named, 7, "{steering:?}");
    }
}

/// Who serves two queues counts for one of them, even where nothing limits him: the
/// other is served by those who share what there is.
#[test]
fn who_serves_two_queues_without_limit_counts_for_one() {
    let groups = [
        queued("both", 2, "one, two", "uses: {b: 1}"),
        queued("only-one", 2, "one", "uses: {a: 1}"),
        queued("only-two", 2, "two", "uses: {a: 1}"),
        queued("other", 1, "rest", "uses: {a: 1}"),
    ];
    let text = puzzle("a: 5, b: 100", &groups)
        + "queues: {one: {}, two: {}, rest: {}}
objectives: [{queue: one, mbco: 5 agents}, {queue: two, mbco: 5 agents}]
";
    let problem = problem(&text).unwrap();
    let out = directed(&problem);
    assert_eq!((working(&problem, &out, "both"), working(&problem, &out, "other")), (5, 0));
    assert!(out.objectives.iter().all(Count::is_met));
}

/// Many agents: the bound is reached or the gap is said.
#[test]
fn a_large_puzzle_is_solved_to_the_bound() {
    let groups: Vec<String> = (0..30)
        .map(|n| {
            let (one, two) = [("a", "b"), ("b", "c"), ("a", "c")][n % 3];
            let one = format!("uses: {{{one}: {}}}", 1 + n % 4);
            let two = format!("uses: {{{two}: {}}}", 1 + (n + 1) % 3);
            group(&format!("g{n}"), 20 + n, &[&one, &two])
        })
        .collect();
    let (left_alone, directed, gap) = both(&puzzle("a: 700, b: 500, c: 300", &groups));
    assert!(directed >= left_alone);
    assert_eq!(gap, 0, "directed {directed}, left alone {left_alone}");
}

/// A hundred thousand agents in a chain of pools: the flexible give way all
/// along it, and not one is lost.
#[test]
fn a_long_chain_of_many_agents_is_filled() {
    let pools: Vec<String> = (0..=25).map(|n| format!("p{n}: 4000")).collect();
    let groups: Vec<String> = (0..=25)
        .map(|n| {
            // The last group has the first pool only.
            let (one, two) = if n == 25 { (0, 0) } else { (n, n + 1) };
            let [one, two] = [one, two].map(|pool| format!("uses: {{p{pool}: 1}}"));
            group(&format!("g{n}"), 4000, &[&one, &two])
        })
        .collect();
    let (left_alone, directed, gap) = both(&puzzle(&pools.join(", "), &groups));
    assert!(left_alone < 104_000, "left alone {left_alone}");
    assert_eq!((directed, gap), (104_000, 0));
}

/// Two carriers within one stock of seats: who may take either carrier, or work
/// without a seat, leaves both to those who have nothing else.
#[test]
fn resources_within_a_resource_are_filled() {
    let [a, b] = ["uses: {seats: 1, a: 1}", "uses: {seats: 1, b: 1}"];
    let groups = [
        group("either", 40, &[a, b, "uses: {home: 1}"]),
        group("only_a", 30, &[a]),
        group("only_b", 35, &[b]),
    ];
    // 70 seats and 30 at home; those with one way take 65 of the seats.
    assert_eq!(both(&puzzle("seats: 70, a: 50, b: 40, home: 30", &groups)).1, 100);
}

/// What cannot be reached is proven by prices, checked in whole numbers, and
/// what binds is named.
#[test]
fn prices_prove_what_cannot_be_reached() {
    use outlast_engine::assess::{Attainable, attainable};
    let objectives = "objectives:
  - {overall: true, mbco: 16 agents}
  - {overall: true, mbco: 15 agents}
";
    let text = puzzle("a: 10, b: 5", &[group("g", 20, &["uses: {a: 1}", "uses: {b: 1}"])]);
    let problem = problem(&(text + objectives)).unwrap();
    let state = State::normal(WeekHour(0));
    let said = attainable(&problem, &state, &Held::default());
    let needs: Vec<u64> = problem.objectives.iter().map(|o| o.need(20)).collect();
    for (need, said) in needs.iter().zip(said) {
        match said {
            Attainable::Yes => assert_eq!(*need, 15),
            Attainable::No { at_most, binding } => {
                assert_eq!((*need, at_most), (16, 15));
                let ids: Vec<&str> = binding.iter().map(|key| key.id().as_str()).collect();
                assert_eq!(ids, ["a", "b"]);
            }
            Attainable::Undecided => panic!("undecided at {need}"),
        }
    }
}

/// Trunks and carriers block between nothing and their grade of service: *yes*
/// with the most of it, *no* with nothing, and in between it cannot be said.
#[test]
fn attainability_allows_for_what_carriers_block() {
    use outlast_engine::assess::{Attainable, attainable};
    let text = format!(
        "{HEAD}  office: {{kind: office}}
carriers:
  tellus: {{hands_over: cloud, channels: 400}}
phones:
  line: {{kind: pstn, rings: home, via: [tellus]}}
cloud: {{domain: example.cloud.example}}
queues: {{cards: {{}}}}
objectives:
  - {{overall: true, mbco: 99 agents}}
  - {{overall: true, mbco: 100 agents}}
  - {{overall: true, mbco: 101 agents}}
groups:
  g:
    agents: 100
    queue: cards
    work_at: [homes]
    phones: [line]
    provisioned: [line]
    access: [internet]
    apps: {{}}
"
    );
    let problem = problem(&text).unwrap();
    let state = State::normal(WeekHour(0));
    let said = attainable(&problem, &state, &Held::default());
    assert_eq!(said[..2], [Attainable::Yes, Attainable::Undecided]);
    assert!(matches!(said[2], Attainable::No { at_most: 100, .. }), "{:?}", said[2]);
    // At their load 400 channels block next to nothing: all hundred count.
    assert_eq!(directed(&problem).objectives[1].counted, 100);
}

/// Those at work hold what the others need. The target moves them, whether or not their
/// sessions would outlive the login; keeping leaves them, and whoever has no other way
/// is out.
#[test]
fn keeping_moves_nobody_who_works() {
    let flexible = group("flexible", 10, &["uses: {a: 1}", "uses: {b: 1}"]);
    let fixed = group("fixed", 10, &["needs: [line]", "uses: {a: 1}"]);
    let text = puzzle("a: 12, b: 10", &[flexible, fixed]) + "components: {line: {}}\n";
    for survive in ["no", "yes"] {
        let assumed = format!("assumptions: {{sessions_survive_login_loss: {survive}}}\n");
        let problem = problem(&(text.clone() + &assumed)).unwrap();
        let mut state = State::normal(WeekHour(0));
        let (held, _) = outlast_engine::assess::normal(&problem, &state);
        state.fail([Id::new("line")]);
        let target = assess(&problem, &state, &held, Scope::Moved, Steering::Directed);
        assert_eq!(target.working(), 20, "{survive}");
        let keeping = outlast_engine::assess::keeping(&problem, &state, &held);
        assert_eq!(keeping.working(), 12, "{survive}");
    }
}
