#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]
use outlast_engine::{Held, Scope, State, Steering, assess, compile};
use outlast_models::{Id, diagnostic, pac::PacAnswers, read, units::WeekHour};
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let dir = std::path::Path::new(&path).parent().unwrap().to_path_buf();
    let mut sources = diagnostic::Sources::default();
    let file = sources.add(&path, &text);
    let plan = match read::plan(&mut sources, file, &mut |p| {
        std::fs::read_to_string(dir.join(p)).map_err(|e| e.to_string())
    }) {
        Ok(plan) => plan,
        Err(d) => {
            println!("{}", diagnostic::render(&d, &sources, false));
            return;
        }
    };
    let problem = compile(&plan, &PacAnswers::default());
    println!(
        "gates {} inputs {} ways {} cohorts {} resources {}",
        problem.gates.len(),
        problem.gates.inputs().len(),
        problem.ways.len(),
        problem.cohorts.len(),
        problem.resources.len()
    );
    let mut state = State::normal(WeekHour(10));
    let (held, _) = outlast_engine::assess::normal(&problem, &state);
    for id in std::env::args().skip(2) {
        state.failed.insert(Id::new(&id));
    }
    let _ = Held::default();
    for scope in [Scope::Untouched, Scope::Settled, Scope::Moved] {
        for steering in [Steering::LeftAlone, Steering::Directed] {
            let out = assess(&problem, &state, &held, scope, steering);
            println!(
                "{scope:?} {steering:?} working {} of {} gap {} objectives {:?}",
                out.working(),
                out.sum(|_| true),
                out.gap,
                out.objectives
            );
        }
    }
}
