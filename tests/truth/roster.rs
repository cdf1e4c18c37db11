//! A plan with a roster, and the same plan with its rows written out as groups, have
//! the same people at work in every state.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use outlast_engine::assess::{Scope, Steering, assess, normal};
use outlast_engine::outcome::Disposition;
use outlast_engine::{Outcome, Problem, State, compile};
use outlast_models::Id;
use outlast_models::pac::PacAnswers;
use outlast_models::units::{Millionths, WeekHour};
use outlast_tests::small::plan_with;

const PLANS: u64 = 10;
const STATES: usize = 4;

/// Two offices, two regions of homes; what is narrow binds in many states.
const PLAN: &str = "\
outlast: 1
sites:
  leeds: {kind: office, region: north, seats: 45}
  york: {kind: office, region: north}
  homes-north: {kind: homes, region: north, internet: {isps: {civic: 60%, delta: 40%}}}
  homes-south: {kind: homes, region: south}
networks: {mpls: {}}
circuits:
  leeds-isp: {from: leeds, to: internet, capacity: 2Mbps}
  leeds-mpls: {from: leeds, to: mpls, capacity: 1Mbps}
  york-isp: {from: york, to: internet, capacity: 3Mbps}
vpn: {vpn-york: {site: york, tunnel: full, sessions: 25}}
phones: {mobile: {kind: pstn, rings: mobile, operator: {tellus: 70%, vox: 30%}}}
carriers: {carrier: {role: agents, channels: 30}}
queues: {claims: {priority: 1}, sales: {priority: 2}}
objectives: [{queue: claims, mbco: 50%}, {overall: true, mbco: 30%}]
";

/// What a row may say and what a group would: `site`, `home_region`, places.
const PLACES: [(&str, &str, &str); 7] = [
    ("", "", "leeds, homes-north, homes-south"),
    ("", "north", "leeds, homes-north"),
    ("", "south", "leeds, homes-south"),
    ("york", "", "york, leeds, homes-north, homes-south"),
    ("york", "south", "york, leeds, homes-south"),
    ("homes-south", "", "homes-south, leeds"),
    ("leeds", "north", "leeds, homes-north"),
];

/// `phones`, `provisioned`, and both of the group.
const PHONES: [(&str, &str, &str, &str); 5] = [
    ("", "", "webrtc-embedded, mobile", "webrtc-embedded"),
    ("", "mobile webrtc-embedded", "webrtc-embedded, mobile", "webrtc-embedded, mobile"),
    ("mobile", "", "mobile", "mobile"),
    ("mobile;webrtc-embedded", "", "mobile, webrtc-embedded", "mobile"),
    ("mobile webrtc-embedded", "webrtc-embedded", "mobile, webrtc-embedded", "webrtc-embedded"),
];

/// What the two groups do not share, and their own priority.
const GROUPS: [(&str, &str, &str); 2] = [
    ("cards", "queue: claims, access: [internet, vpn-york]", "1"),
    ("loans", "queue: sales, access: [vpn-york, internet], media: [voice, digital]", "2"),
];

/// Numbers that look drawn; the same each time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// A plan by roster, its rows, and by groups in the order of the crews.
fn written_twice(draw: &mut Draw) -> [Problem; 2] {
    let mut rows: Vec<String> = Vec::new();
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for _ in 0..2 + draw.below(6) {
        let (group, keys, own) = GROUPS[draw.below(2)];
        let (site, region, places) = PLACES[draw.below(PLACES.len())];
        let (phones, set_up, all, provisioned) = PHONES[draw.below(PHONES.len())];
        let priority = ["", "1", "3"][draw.below(3)];
        let class = if priority.is_empty() { own } else { priority };
        let text = format!(
            "{keys}, work_at: [{places}], phones: [{all}], provisioned: [{provisioned}], \
             priority: {class}"
        );
        for _ in 0..=draw.below(25) {
            let id = format!("a{:03}", 999 - rows.len());
            rows.push(format!("{set_up},{id},{priority},{phones},{group},{site},{region}"));
            texts.insert(id, text.clone());
        }
    }
    // The order of the file means nothing.
    for n in (1..rows.len()).rev() {
        rows.swap(n, draw.below(n + 1));
    }
    let csv = rows.iter().fold(
        "provisioned,agent_id,priority,phones,group,site,home_region\n".to_owned(),
        |csv, row| csv + row + "\n",
    );
    let mut by_roster = format!("{PLAN}roster: {{file: people.csv}}\ngroups:\n");
    for (group, keys, priority) in GROUPS.iter().filter(|(group, ..)| csv.contains(group)) {
        let (_, _, places) = PLACES[0];
        let (_, _, all, provisioned) = PHONES[0];
        writeln!(
            by_roster,
            "  {group}: {{{keys}, work_at: [{places}], phones: [{all}], \
             provisioned: [{provisioned}], priority: {priority}}}"
        )
        .unwrap();
    }
    let by_roster = plan_with(&by_roster, &mut |_| Ok(csv.clone())).unwrap();
    let mut by_groups = format!("{PLAN}groups:\n");
    for (n, crew) in by_roster.roster.as_ref().unwrap().crews.iter().enumerate() {
        let text = &texts[&*crew.people[0]];
        assert!(crew.people.iter().all(|id| texts[&**id] == *text), "{csv}");
        let heads = crew.people.len();
        writeln!(by_groups, "  {}-{n:02}: {{agents: {heads}, {text}}}", crew.group).unwrap();
    }
    let by_groups = plan_with(&by_groups, &mut |_| Err(String::new())).unwrap();
    [by_roster, by_groups].map(|plan| compile(&plan, &PacAnswers::default()))
}

/// How many of whom are how: by disposition, class and first place.
fn counts(problem: &Problem, outcome: &Outcome) -> BTreeMap<(u8, u32, Id), (u64, u128)> {
    let mut all: BTreeMap<(u8, u32, Id), (u64, u128)> = BTreeMap::new();
    for entry in outcome.entries.iter().filter(|entry| entry.agents > 0) {
        let how = match entry.disposition {
            Disposition::Working { .. } => 0,
            Disposition::Impaired { .. } => 1,
            Disposition::InTransit { .. } => 2,
            Disposition::Stranded(_) => 3,
        };
        let cohort = &problem.cohorts[entry.cohort];
        let sum = all.entry((how, cohort.priority, cohort.home_place.clone())).or_default();
        sum.0 += entry.agents;
        sum.1 += u128::from(entry.agents) * u128::from(entry.pass);
    }
    all
}

fn strike(problem: &Problem, draw: &mut Draw) -> State {
    let mut state = State::normal(WeekHour(0));
    let ids: Vec<&Id> = problem.components.keys().collect();
    for _ in 0..draw.below(4) {
        state.fail([ids[draw.below(ids.len())].clone()]);
    }
    if draw.below(3) == 0 {
        state.closed.insert(Id::new(["leeds", "york"][draw.below(2)]));
    }
    if draw.below(3) == 0 {
        let id = Id::new(["leeds-isp", "vpn-york", "york-isp"][draw.below(3)]);
        state.shares.insert(id, Millionths(400_000));
    }
    state
}

#[test]
fn a_roster_and_its_rows_as_groups_have_the_same_people_at_work() {
    let (mut split, mut stranded) = (0, 0);
    for seed in 0..PLANS {
        let mut draw = Draw(seed);
        let problems = written_twice(&mut draw);
        let held = problems.each_ref().map(|one| normal(one, &State::normal(WeekHour(0))).0);
        split += usize::from(problems[0].cohorts.len() > 6);
        for _ in 0..STATES {
            let state = strike(&problems[0], &mut draw);
            for scope in [Scope::Untouched, Scope::Settled, Scope::Moved] {
                for steering in [Steering::LeftAlone, Steering::Directed] {
                    let [one, two] = [0, 1].map(|n| {
                        let outcome = assess(&problems[n], &state, &held[n], scope, steering);
                        (counts(&problems[n], &outcome), outcome.objectives)
                    });
                    stranded += usize::from(one.0.keys().any(|(how, ..)| *how == 3));
                    assert_eq!(one, two, "seed {seed}, {scope:?} {steering:?}, {state:?}");
                }
            }
        }
    }
    assert!(split > 3 && stranded > 50, "{split} {stranded}: too little is at stake");
}

/// On shift there are as many of a group as without a roster, at every hour, and
/// of none of its cohorts more than there are.
#[test]
fn those_on_shift_are_divided_among_the_rows() {
    let plan = |groups: &str, rows: &str| {
        let rows = rows.to_owned();
        let text = format!("{PLAN}{groups}");
        let plan = plan_with(&text, &mut |_| Ok(rows.clone())).unwrap();
        compile(&plan, &PacAnswers::default())
    };
    let keys = "work_at: [leeds, homes-north], phones: [mobile], queue: claims, \
                on_shift: {Mon: {08:00-12:00: 37%, 12:00-18:00: 61%}}";
    for heads in [1_u64, 2, 7, 33] {
        let mut rows = "agent_id,group,priority\n".to_owned();
        (0..heads).for_each(|n| writeln!(rows, "a{n},team,{}", n % 5 + 1).unwrap());
        let one = plan(&format!("roster: {{file: r}}\ngroups: {{team: {{{keys}}}}}\n"), &rows);
        let two = plan(&format!("groups: {{team: {{agents: {heads}, {keys}}}}}\n"), "");
        for hour in (0..24).map(WeekHour) {
            let there = |problem: &Problem| -> u64 {
                problem.cohorts.iter().map(|cohort| cohort.on_shift(hour)).sum()
            };
            assert_eq!(there(&one), there(&two), "{heads} {hour}");
            assert!(one.cohorts.iter().all(|cohort| cohort.on_shift(hour) <= cohort.heads));
        }
    }
}
