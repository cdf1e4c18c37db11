//! What the first lines of a plan say should come of it.
//!
//! ```text
//! # expect GROUP: VERDICT [when CONDITION [and CONDITION]]
//! # expect finding RULE [error|warning|note]   `check` says so of the plan
//! # expect no finding RULE
//! # expect mistake WORDS          it is no plan, and the message has these words
//! # pac FILE: HOST ANSWER          what a PAC file answers; `*` for any host
//! ```
//!
//! | verdict | holds if, left alone |
//! |---|---|
//! | `works` | everybody on shift works, and the nearest way is open |
//! | `out` | nobody works |
//! | `N work`, `N effective` | exactly so many |
//! | `refused RULE` | no way is open, and of the nearest nothing but this rule says why |
//! | `needs CHANGE` | no way is open, the nearest needs this change only, and with it everybody works |
//! | `leg NAME over ID`, `leg NAME without ID` | the first way's leg stands on the component, or does not |
//! | `notes RULE`, `no note RULE` | the first way has a note of this rule, or none |
//! | `loads ID N UNIT` | exactly so much: `10 sessions`, `30 NAT pairs`, `8 channels`, `800kbps up` |
//!
//! | condition | |
//! |---|---|
//! | `ID fails` | a component has failed |
//! | `ID closes` | a site may not be entered |
//! | `ID blocks 50%` | that share of calls is declined |
//! | `addresses rotate` | the services' Internet addresses have changed |
//! | `CHANGE is made` | every change of that name is in force |
//! | `people are told` | directed instead of left alone |

use outlast_models::diagnostic::Severity;

/// What should come of a plan.
#[derive(Debug, Clone)]
pub(crate) enum Expected {
    /// A message with these words.
    Mistake(String),
    /// What `check` says of the plan, with this severity or any.
    Finding { rule: String, severity: Option<Severity> },
    /// What it does not say.
    NoFinding(String),
    /// Something about a group.
    OfGroup(Expectation),
}

/// Reads what stands behind `# expect `.
pub(crate) fn expected(words: &str) -> Expected {
    if let Some(message) = words.strip_prefix("mistake ") {
        return Expected::Mistake(message.to_owned());
    }
    match words.split(' ').collect::<Vec<&str>>().as_slice() {
        ["finding", rule] => Expected::Finding { rule: (*rule).to_owned(), severity: None },
        ["finding", rule, severity] => {
            Expected::Finding { rule: (*rule).to_owned(), severity: Some(self::severity(severity)) }
        }
        ["no", "finding", rule] => Expected::NoFinding((*rule).to_owned()),
        _ => Expected::OfGroup(expectation(words)),
    }
}

fn severity(word: &str) -> Severity {
    match word {
        "error" => Severity::Error,
        "warning" => Severity::Warning,
        "note" => Severity::Note,
        _ => panic!("no severity: {word}"),
    }
}

/// What should come of a group.
#[derive(Debug, Clone)]
pub(crate) struct Expectation {
    pub(crate) group: String,
    pub(crate) verdict: Verdict,
    pub(crate) conditions: Vec<Condition>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    Works,
    Out,
    Work(u64),
    Effective(u64),
    Refused(String),
    Needs(String),
    Leg { name: String, component: String, stands: bool },
    Notes { rule: String, has: bool },
    Loads { component: String, amount: u64, word: String },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Condition {
    Fails(String),
    Closes(String),
    Blocks(String, u32),
    Rotated,
    Made(String),
    Told,
}

/// What a PAC file answers, as it stands behind `# pac `: file, host, answer.
pub(crate) fn pac_answer(line: &str) -> (&str, &str, &str) {
    let (file, rest) = line.split_once(": ").expect("`# pac FILE: HOST ANSWER`");
    let (host, answer) = rest.split_once(' ').expect("`# pac FILE: HOST ANSWER`");
    (file, host, answer)
}

fn expectation(words: &str) -> Expectation {
    let (group, rest) = words.split_once(": ").expect("`# expect GROUP: VERDICT`");
    let (verdict, conditions) = rest.split_once(" when ").unwrap_or((rest, ""));
    let conditions = conditions.split(" and ").filter(|text| !text.is_empty());
    Expectation {
        group: group.to_owned(),
        verdict: self::verdict(verdict),
        conditions: conditions.map(condition).collect(),
    }
}

fn verdict(text: &str) -> Verdict {
    if let Some(rest) = text.strip_prefix("leg ") {
        return leg(rest);
    }
    let parts: Vec<&str> = text.split(' ').collect();
    match parts.as_slice() {
        ["works"] => Verdict::Works,
        ["out"] => Verdict::Out,
        [count, "work"] => Verdict::Work(count.parse().expect("a count")),
        [count, "effective"] => Verdict::Effective(count.parse().expect("a count")),
        ["refused", rule] => Verdict::Refused((*rule).to_owned()),
        ["needs", change] => Verdict::Needs((*change).to_owned()),
        ["notes", rule] => Verdict::Notes { rule: (*rule).to_owned(), has: true },
        ["no", "note", rule] => Verdict::Notes { rule: (*rule).to_owned(), has: false },
        ["loads", component, amount, unit @ ..] => {
            let (amount, word) = load(amount, &unit.join(" "));
            Verdict::Loads { component: (*component).to_owned(), amount, word }
        }
        _ => panic!("no verdict: {text}"),
    }
}

fn leg(text: &str) -> Verdict {
    let stands = text.contains(" over ");
    let word = if stands { " over " } else { " without " };
    let (name, component) = text.split_once(word).expect("`leg NAME over ID`");
    Verdict::Leg { name: name.to_owned(), component: component.to_owned(), stands }
}

/// Lines count in bit/s, everything else in thousandths.
fn load(amount: &str, unit: &str) -> (u64, String) {
    match amount.strip_suffix("kbps") {
        Some(kilo) => (thousandths(kilo), format!("bit/s {unit}")),
        None => (thousandths(amount), unit.to_owned()),
    }
}

fn thousandths(text: &str) -> u64 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let whole: u64 = whole.parse().expect("a figure");
    let part: u64 = format!("{part:0<3}").parse().expect("at most three decimals");
    whole * 1000 + part
}

fn condition(text: &str) -> Condition {
    let parts: Vec<&str> = text.split(' ').collect();
    match parts.as_slice() {
        ["addresses", "rotate"] => Condition::Rotated,
        ["people", "are", "told"] => Condition::Told,
        [id, "fails"] => Condition::Fails((*id).to_owned()),
        [id, "closes"] => Condition::Closes((*id).to_owned()),
        [change, "is", "made"] => Condition::Made((*change).to_owned()),
        [id, "blocks", share] => {
            let percent: u32 =
                share.strip_suffix('%').and_then(|s| s.parse().ok()).expect("a share");
            Condition::Blocks((*id).to_owned(), percent * 10_000)
        }
        _ => panic!("no condition: {text}"),
    }
}
