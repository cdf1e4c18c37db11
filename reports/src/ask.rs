//! What is worth asking: each fact that is not known or assumed, changed alone.

use outlast_engine::run::Run;
use outlast_models::{Plan, figures};

use crate::assumptions;
use crate::digest::Input;
use crate::document::{
    AskDocument, EffectDocument, LoadDocument, QuestionDocument, RunDocument, UnaskedDocument,
};
use crate::number::grouped;
use crate::run::Context;

/// A fact that was changed alone.
#[derive(Debug)]
pub struct Swung {
    /// Its id among the assumptions.
    pub fact: String,
    /// Whom to ask.
    pub ask: String,
    /// Where the plan writes it, in keys.
    pub paths: Vec<String>,
    /// Where the plan has the `unknown`, if it says so.
    pub place: Option<String>,
    /// What it was changed to.
    pub values: Vec<String>,
    /// What that changed.
    pub effects: Vec<EffectDocument>,
}

/// What is asked with.
#[derive(Debug)]
pub struct Looked<'a> {
    /// What the facts were changed in; `normal` first.
    pub runs: &'a [(Run, RunDocument)],
    /// What does not apply.
    pub remarks: Vec<String>,
    /// What was changed.
    pub swung: Vec<Swung>,
    /// What was not.
    pub not_varied: Vec<UnaskedDocument>,
}

/// The questions worth asking, as a document.
pub fn asked(context: Context<'_>, looked: Looked<'_>) -> AskDocument {
    let (some, nothing): (Vec<Swung>, Vec<Swung>) =
        looked.swung.into_iter().partition(|one| !one.effects.is_empty());
    let mut questions: Vec<QuestionDocument> =
        some.into_iter().map(|one| question(context.plan, looked.runs, one)).collect();
    // Last the readings that hold for much at once: nobody's single answer ends them.
    questions.sort_by_key(|one| {
        (figures::is_left_out(&one.fact), std::cmp::Reverse((one.verdicts, one.agents)))
    });
    AskDocument {
        outlast_results: crate::VERSION,
        kind: "ask".to_owned(),
        engine: context.engine(),
        inputs: context.inputs.iter().map(Input::document).collect(),
        plan: context.plan_document(),
        scenarios: looked.runs.iter().map(|(_, document)| document.scenario.clone()).collect(),
        remarks: looked.remarks,
        questions,
        decides_nothing: nothing.into_iter().map(|one| one.fact).collect(),
        not_varied: looked.not_varied,
    }
}

fn question(plan: &Plan, runs: &[(Run, RunDocument)], mut swung: Swung) -> QuestionDocument {
    let weight = |one: &EffectDocument| (one.verdicts.len(), one.agents.unsigned_abs());
    swung.effects.sort_by_key(|one| std::cmp::Reverse(weight(one)));
    let said = runs.iter().find_map(|(run, _)| assumptions::said(plan, &run.problem, &swung.fact));
    let (says, taken) = said.unwrap_or_else(|| (swung.fact.clone(), "default".to_owned()));
    let mut decided: Vec<(&str, &str)> = Vec::new();
    for effect in &swung.effects {
        for verdict in &effect.verdicts {
            let pair = (effect.scenario.as_str(), verdict.objective.as_str());
            if !decided.contains(&pair) {
                decided.push(pair);
            }
        }
    }
    let verdicts = decided.len() as u64;
    let agents = swung.effects.iter().map(|effect| effect.agents.unsigned_abs()).max();
    let path = swung.paths.first().map_or("", String::as_str);
    let key = path.rsplit('.').next().unwrap_or_default();
    let value = swung.effects.first().map_or("", |effect| effect.value.as_str());
    QuestionDocument {
        question: in_words(&swung.fact, &says, &taken),
        suffices: suffices(runs, &swung.fact, key),
        write: format!("{key}: {value}"),
        fact: swung.fact,
        ask: swung.ask,
        taken,
        unknown: swung.place.is_some(),
        verdicts,
        agents: agents.unwrap_or(0),
        effects: swung.effects,
        paths: swung.paths,
        place: swung.place,
    }
}

/// A question that can be sent.
fn in_words(fact: &str, says: &str, taken: &str) -> String {
    let (kind, of) = fact.split_once(':').unwrap_or((fact, ""));
    match kind {
        "capacity" => {
            let what = says.trim_start_matches("no limit is given for ");
            return format!("Please tell us what limit holds for {what}.");
        }
        "on_shift" => {
            return "Please tell us who of the groups without shifts is there at what hours. \
                    We take it that everybody is, always."
                .to_owned();
        }
        "seats" => return format!("Please tell us how many seats {of} has."),
        _ => {}
    }
    for ending in [" is not known", " is not given"] {
        if let Some(asked) = says.strip_suffix(ending) {
            return format!("Please tell us {asked}. We take it that: {taken}.");
        }
    }
    match figures::spec(fact) {
        Some(figure) if figure.range != "yes or no" => format!(
            "Please tell us what holds for you: {says}. We take {taken}; plausible is {}.",
            figure.range
        ),
        _ => format!("Please tell us whether {says}. We take it that: {taken}."),
    }
}

/// From how much on a capacity that nobody knows is enough in all that was looked at.
fn suffices(runs: &[(Run, RunDocument)], fact: &str, key: &str) -> Option<String> {
    let of = fact.strip_prefix("capacity:")?;
    let wanted = match key {
        "throughput" | "capacity" => "bit/s",
        "nat_pool" => "NAT",
        other => other,
    };
    let ours = |load: &&LoadDocument| {
        load.resource == of && (load.what.contains(wanted) || key == "capacity")
    };
    let mut most: Vec<(String, u64, String)> = Vec::new();
    let moments = runs.iter().flat_map(|(_, document)| &document.moments);
    for load in moments.flat_map(|moment| &moment.loads).filter(ours) {
        let used = [&load.normal, &load.left_alone, &load.directed].map(|one| one.used);
        let used = used.into_iter().max().unwrap_or(0);
        match most.iter_mut().find(|(what, ..)| *what == load.what) {
            Some((_, known, _)) => *known = (*known).max(used),
            None => most.push((load.what.clone(), used, load.unit.clone())),
        }
    }
    let amount = |used: u64, unit: &str| match unit {
        "thousandths" => grouped(used.div_ceil(1000)),
        _ => grouped(used),
    };
    let each: Vec<String> =
        most.iter().map(|(what, used, unit)| format!("{} {what}", amount(*used, unit))).collect();
    (!each.is_empty()).then(|| each.join(", "))
}
