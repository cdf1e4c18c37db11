//! Prints the random plan of a seed and why each way of a group stands: `case SEED GROUP FAILED…`.
#![allow(clippy::print_stdout, clippy::unwrap_used)]
use outlast_engine::{Held, Scope, State, Steering, assess, compile, explain};
use outlast_models::{Id, units::WeekHour};
use outlast_reference::random_case;
use outlast_tests::small::plan_with;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (text, files, answers) = random_case(args[0].parse().unwrap());
    println!("{text}");
    for (k, v) in &files {
        println!("# FILE {k}\n{v}");
    }
    let plan =
        plan_with(&text, &mut |path: &str| files.get(path).cloned().ok_or_else(|| path.to_owned()))
            .unwrap();
    let problem = compile(&plan, &answers);
    let mut state = State::normal(WeekHour(0));
    for id in &args[2..] {
        state.fail([Id::new(id)]);
    }
    let held = Held::default();
    let a = assess(&problem, &state, &held, Scope::Moved, Steering::LeftAlone);
    let b = assess(&problem, &state, &held, Scope::Moved, Steering::Directed);
    let e = explain::explain(&problem, &state, &a, &b, &Id::new(&args[1]));
    for w in e.ways {
        println!(
            "{} {:?} {:?}",
            w.words,
            w.detail.iter().map(outlast_models::Id::as_str).collect::<Vec<_>>(),
            w.status
        );
        for l in w.legs {
            println!(
                "     {} {} {:?} {:?}",
                l.name,
                l.required,
                l.status,
                l.hops.iter().map(outlast_models::Id::as_str).collect::<Vec<_>>()
            );
        }
    }
}
