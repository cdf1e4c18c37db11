#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)]
use outlast_engine::{Held, Scope, State, Steering, assess, compile};
use outlast_models::{diagnostic, pac::PacAnswers, read, units::WeekHour};
use std::fmt::Write;
fn main() {
    let mut args = std::env::args().skip(1).map(|a| a.parse::<u64>().unwrap());
    let (crews, heads, pools, prio) =
        (args.next().unwrap(), args.next().unwrap(), args.next().unwrap(), args.next().unwrap());
    for seed in 0..8_u64 {
        let mut x = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut r = |n: u64| {
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            x % n
        };
        let mut t = String::from("outlast: 1\nsites:\n  homes: {kind: homes}\nresources: {");
        for p in 0..pools {
            write!(t, "p{p}: {}, ", heads * crews * 2 / pools + r(heads)).unwrap();
        }
        t.push_str("}\nqueues: {q1: {priority: 1}, q2: {priority: 2}}\nobjectives:\n  - {queue: q1, mbco: 60%}\n  - {queue: q2, mbco: 50%}\ngroups:\n");
        for c in 0..crews {
            write!(t, "  g{c}:\n    agents: {}\n    queue: q{}\n    priority: {}\n    work_at: [homes]\n    phones: [pstn]\n    access: []\n    ways:\n", heads / 2 + r(heads), 1 + c % 2, 1 + r(prio)).unwrap();
            for w in 0..4 {
                let a = r(pools);
                let b = (a + 1 + r(pools - 1)) % pools;
                write!(t, "      w{w}: {{uses: {{p{a}: {}, p{b}: {}}}}}\n", 1 + r(7), 1 + r(9))
                    .unwrap();
            }
        }
        let mut sources = diagnostic::Sources::default();
        let file = sources.add("p", &t);
        let plan = read::plan(&mut sources, file, &mut |_| Err(String::new()))
            .map_err(|d| diagnostic::render(&d, &sources, false))
            .unwrap();
        let problem = compile(&plan, &PacAnswers::default());
        let state = State::normal(WeekHour(0));
        let a = std::time::Instant::now();
        let out = assess(&problem, &state, &Held::default(), Scope::Moved, Steering::Directed);
        let alone = assess(&problem, &state, &Held::default(), Scope::Moved, Steering::LeftAlone);
        println!(
            "seed {seed}: of {} directed {} gap {} alone {} {:?} {:?}",
            out.sum(|_| true),
            out.working(),
            out.gap,
            alone.working(),
            a.elapsed(),
            out.objectives
        );
    }
}
