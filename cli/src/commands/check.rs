//! `outlast check`: the findings on a plan as written.

use outlast_engine::check;
use outlast_reports::{CheckDocument, checked};
use outlast_tui::check::{Shown, findings};

use crate::args::{Check, FailOnFinding};
use crate::error::CliError;
use crate::exit::Exit;
use crate::load;
use crate::out::Out;
use crate::progress::Bar;
use crate::variants::Compiled;

/// Says what is wrong with a plan.
pub(super) fn check(args: &Check) -> Result<Exit, CliError> {
    let bar = Bar::new(args.output.quiet);
    bar.say("reading the plan");
    let loaded = load::plan(&args.plan)?;
    loaded.keep(args.output.out.as_deref(), &[])?;
    let compiled = Compiled::of(&loaded, &bar);
    bar.say("checking the plan");
    let found = check::check(&loaded.plan, &loaded.pac, &compiled.problem);
    let inputs = loaded.inputs();
    let document = checked(compiled.context(&inputs), &found);
    drop(bar);
    let out = Out::new(&args.output);
    out.remark_shadow(&args.plan);
    out.remark_roster(&loaded);
    let shown = Shown { top: args.top, details: args.output.details };
    let human = || findings(&document, shown, out.palette());
    out.answer(&super::written(args.output.format, &document, human)?)?;
    Ok(if fails(args.fail_on, &document) { Exit::Findings } else { Exit::Answered })
}

fn fails(on: FailOnFinding, document: &CheckDocument) -> bool {
    match on {
        FailOnFinding::Error => document.errors > 0,
        FailOnFinding::Warning => document.errors + document.warnings > 0,
        FailOnFinding::Never => false,
    }
}
