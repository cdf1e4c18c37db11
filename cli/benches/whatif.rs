//! A what-if of the terminal UI against a run from scratch, on `bank`.
//!
//! Estimate: a moment is six assessments of 1 ms and its document; from scratch adds
//! reading (10 ms), asking PAC files in a child process (20 ms) and compiling (50 ms).
//! A what-if should take a tenth.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use divan::Bencher;
use outlast_cli::args::Tried;
use outlast_cli::desk::Desk;
use outlast_cli::load::{Loaded, read_plan};
use outlast_cli::pac::Runner;
use outlast_cli::variants::Compiled;
use outlast_cli::whatif::{component, scenes};
use outlast_scenarios::{Trial, WhatIf};
use outlast_tui::live::{Answers, Question};

fn main() {
    divan::main();
}

fn bank() -> Loaded {
    let mut loaded = read_plan(&OsString::from("bank")).expect("it is shipped");
    let program = PathBuf::from(env!("CARGO_BIN_EXE_outlast"));
    loaded.pac = Runner::new(program, Duration::from_secs(60)).ask(&loaded.plan);
    loaded
}

fn sit_down<'a>(compiled: &'a Compiled<'a>) -> Desk<'a> {
    let words = [OsString::from("data-center-lost:dc-york")];
    let scenes = scenes(compiled, &words, &Tried::default()).expect("it is shipped");
    Desk::new(compiled, scenes).expect("nothing in it is wrong")
}

fn question(loaded: &Loaded) -> Question {
    let mut what_if = WhatIf::default();
    what_if.put(component(loaded, "vpn-slough").expect("it is there"), Trial::Fail);
    Question::Run { scene: 0, what_if }
}

/// Until the first figures are on the screen.
fn first(desk: &mut Desk<'_>, question: &Question) {
    desk.answer(question, &mut |reply| {
        divan::black_box(reply);
        false
    });
}

#[divan::bench]
fn from_scratch(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| {
        let loaded = bank();
        let compiled = Compiled::of(&loaded, &());
        first(&mut sit_down(&compiled), &question(&loaded));
    });
}

#[divan::bench]
fn what_if(bencher: Bencher<'_, '_>) {
    let loaded = bank();
    let compiled = Compiled::of(&loaded, &());
    let mut desk = sit_down(&compiled);
    let question = question(&loaded);
    bencher.bench_local(|| first(&mut desk, &question));
}

/// With what is not known varied, too.
#[divan::bench]
fn what_if_whole(bencher: Bencher<'_, '_>) {
    let loaded = bank();
    let compiled = Compiled::of(&loaded, &());
    let mut desk = sit_down(&compiled);
    let question = question(&loaded);
    bencher.bench_local(|| {
        desk.answer(&question, &mut |reply| {
            divan::black_box(reply);
            true
        });
    });
}
