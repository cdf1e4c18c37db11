//! What is worth asking: each fact that is not known or assumed, changed alone.

use outlast_engine::run::Run;
use outlast_models::{Plan, figures};

use crate::assumptions;
use crate::document::{
    AskDocument, EffectDocument, QuestionDocument, RunDocument, UnaskedDocument,
};
use crate::run::Context;
use crate::unknown::loads;

/// Sections whose entries a question names, and how many of them.
const NAMED_SECTIONS: [&str; 5] = ["circuits", "sites", "groups", "phones", "workstations"];
const NAMED: usize = 5;

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
        head: context.head("ask"),
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
    let key = key_of(path);
    let value = swung.effects.first().map_or("", |effect| effect.value.as_str());
    let about = about(&swung);
    QuestionDocument {
        question: in_words(&swung.fact, key, &says, &taken, &about),
        suffices: loads(runs.iter().map(|(run, _)| run), &swung.fact, path).into_iter().next(),
        write: format!("{key}: {}", form(key, value)),
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

/// What a question is about where the plan could write its answer in several places or
/// several questions have the same words: ` (circuits: a, b)`.
fn about(swung: &Swung) -> String {
    let may_be_many = figures::is_left_out(&swung.fact) || !swung.fact.contains(':');
    let owners: Vec<(&str, &str)> = swung.paths.iter().filter_map(|path| owner(path)).collect();
    let section = owners.first().map_or("", |(section, _)| section);
    if !may_be_many || !NAMED_SECTIONS.contains(&section) {
        return String::new();
    }
    let named: Vec<&str> = owners.iter().take(NAMED).map(|(_, owner)| *owner).collect();
    let more = match owners.len() - named.len() {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    format!(" ({section}: {}{more})", named.join(", "))
}

/// Section and id of the entry that has a key: `sites.york.internet.ip` is of `york`.
fn owner(path: &str) -> Option<(&str, &str)> {
    let (section, rest) = path.split_once('.')?;
    let owner = rest.strip_suffix(key_of(path))?.strip_suffix('.')?;
    Some((section, owner.trim_end_matches(".internet")))
}

fn key_of(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or_default()
}

/// What stands in the line to write: a word as it is, of a quantity or list its form.
fn form(key: &str, value: &str) -> String {
    let is_part = |c: char| c.is_ascii_digit() || c == '.';
    let end = value.find(|c: char| !is_part(c)).unwrap_or(value.len());
    let (digits, unit) = value.split_at(end);
    let form = match (digits.is_empty(), unit) {
        _ if key == "version" => "<version>",
        (false, "") if digits.matches('.').count() > 1 => "<address>",
        (false, "kbps" | "Mbps" | "Gbps") => match key {
            "capacity" | "down" | "up" | "throughput" => "<bandwidth, like 20Mbps>",
            _ => "<bandwidth, like 100kbps>",
        },
        (false, "s" | "min" | "h" | "d" | "w") => "<time, like 30min>",
        (false, "%") => "<share, like 40%>",
        (false, " channels") => "<how many> channels",
        (false, "") => "<how many>",
        (false, day) if day.starts_with('-') => "<day, like 2026-10-01>",
        (true, list) if list.starts_with('[') => "[<one or more>]",
        _ => return value.to_owned(),
    };
    form.to_owned()
}

/// A question that can be sent.
fn in_words(fact: &str, key: &str, says: &str, taken: &str, about: &str) -> String {
    let (kind, of) = fact.split_once(':').unwrap_or((fact, ""));
    match kind {
        "capacity" => {
            let asked = match key {
                "sessions" => format!("how many sessions {of} takes at once"),
                "nat_pool" => format!("how many address and port pairs the NAT pool of {of} has"),
                "channels" => format!("how many channels {of} has"),
                "throughput" => format!("what throughput {of} has"),
                "down" | "up" => format!("how much {of} carries {key}"),
                _ if says.contains("channels") => format!("how many channels {of} has"),
                _ => format!("what bandwidth {of} has"),
            };
            return format!("Please tell us {asked}. We take it that there is no limit.");
        }
        "on_shift" => {
            return format!(
                "Please tell us who is there at what hours{about}. We take it that everybody \
                 is, always."
            );
        }
        "seats" => {
            return format!(
                "Please tell us how many seats {of} has. We take it that there are enough."
            );
        }
        _ => {}
    }
    for ending in [" is not known", " is not given"] {
        if let Some(asked) = says.strip_suffix(ending) {
            return format!("Please tell us {asked}{about}. We take it that: {taken}.");
        }
    }
    match figures::spec(fact) {
        Some(figure) if figure.range != "yes or no" => format!(
            "Please measure or estimate: {says}{about}. Until we know we take {taken}; \
             plausible is {}.",
            figure.range
        ),
        _ => format!("Please tell us whether {says}{about}. We take it that: {taken}."),
    }
}
