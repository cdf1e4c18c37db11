//! Prints the random plan of a seed, or a file, and why each way of a group stands, for
//! the engine and for the reference: `case SEED|FILE GROUP WHAT…`, where each `WHAT` is a
//! component that has failed, or `split:VPN`, `evacuated:SITE`, `share:ID=MILLIONTHS` …
#![allow(clippy::print_stdout, clippy::unwrap_used)]
use outlast_engine::{Held, Scope, State, Steering, assess, compile, explain};
use outlast_models::{Id, units::WeekHour};
use outlast_reference::{Failure, random_case, ways};
use outlast_tests::compare::{Comparison, state_of};
use outlast_tests::small::plan_with;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (text, files, answers) = match args[0].parse() {
        Ok(seed) => random_case(seed),
        Err(_) => (std::fs::read_to_string(&args[0]).unwrap(), <_>::default(), <_>::default()),
    };
    println!("{text}");
    for (path, text) in &files {
        println!("# FILE {path}\n{text}");
    }
    let mut load = |path: &str| files.get(path).cloned().ok_or_else(|| path.to_owned());
    let plan = plan_with(&text, &mut load).unwrap();
    let problem = compile(&plan, &answers);
    let failure = failure(&args[2..]);
    let state = state_of(&plan, &failure);
    let (held, normal) = assess::normal(&problem, &State::normal(WeekHour(0)));
    let run = |held: &Held, steering| assess(&problem, &state, held, Scope::Moved, steering);
    let (alone, directed) = (run(&held, Steering::LeftAlone), run(&held, Steering::Directed));
    for (name, outcome) in [("normal", &normal), ("alone", &alone), ("directed", &directed)] {
        for entry in outcome.everybody() {
            let group = &problem.cohorts[entry.cohort].group;
            println!("{name}: {} of {group} {:?}", entry.agents, entry.disposition);
        }
    }
    let of_group = |way: &&outlast_reference::Way| way.group == args[1];
    for way in ways(&plan, &answers, &failure).iter().filter(of_group) {
        println!("reference: {way:?}");
    }
    for way in explain::explain(&problem, &state, &alone, &directed, &Id::new(&args[1])).ways {
        let detail: Vec<&str> = way.detail.iter().map(Id::as_str).collect();
        println!("{} {detail:?} {:?}", way.words, way.status);
        for leg in way.legs {
            let hops: Vec<&str> = leg.hops.iter().map(Id::as_str).collect();
            println!("     {} {} {:?} {hops:?}", leg.name, leg.required, leg.status);
        }
    }
    for line in Comparison::new(&plan, &problem, &answers).differences(&failure) {
        println!("{line}");
    }
}

fn failure(words: &[String]) -> Failure {
    let mut failure = Failure::default();
    for word in words {
        let (kind, id) = word.split_once(':').unwrap_or(("failed", word));
        let (id, amount) = id.split_once('=').unwrap_or((id, "1000000"));
        let (id, amount) = (id.to_owned(), amount.parse().unwrap());
        match kind {
            "evacuated" => failure.evacuated.insert(id),
            "unpowered" => failure.unpowered.insert(id),
            "share" => failure.shares.insert(id, amount).is_some(),
            "blocking" => failure.blocking.insert(id, amount).is_some(),
            "rotated" => std::mem::replace(&mut failure.rotated, true),
            "pac" => failure.pac_broken.insert(id),
            "turn" => failure.turn_inspected.insert(id),
            "split" => failure.split_to_full.insert(id),
            "udp" => failure.udp_idle_short.insert(id),
            _ => failure.failed.insert(id),
        };
    }
    failure
}
