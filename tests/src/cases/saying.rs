//! One expectation in words: `works 20 without dns`, `refused PRX-05`.

use std::collections::BTreeSet;

use outlast_engine::run::Standing;
use outlast_engine::{Scope, Steering};
use outlast_models::Id;
use outlast_models::diagnostic::Severity;
use outlast_models::read::quantity;
use outlast_models::units::Millis;

/// What is expected of a group, of all, of an objective or of a circuit.
#[derive(Debug)]
pub struct Saying {
    /// As written.
    pub text: String,
    /// Of whom: a group, `all`, `plan`, an objective or a resource.
    pub who: String,
    /// In which state.
    pub when: When,
    /// What.
    pub what: Expected,
}

/// In which state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// Nothing has happened.
    Normal,
    /// These have failed.
    Without(Vec<Id>),
    /// At this time of the events.
    At(Millis),
    /// Over all events.
    Throughout,
}

/// Which agents are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Those who work.
    Works,
    /// Those at work with something over its limit, or without voice.
    Impaired,
    /// Those who do not work.
    Stranded,
    /// Those who work, less the calls that do not get through.
    Effective,
    /// All on shift.
    OnShift,
}

/// What is expected.
#[derive(Debug)]
pub enum Expected {
    /// So many agents; of either steering where none is named.
    Agents {
        /// Which figure.
        scope: Scope,
        /// Left alone or directed.
        steering: Option<Steering>,
        /// Who is counted.
        measure: Measure,
        /// How many.
        agents: u64,
    },
    /// So many agents on the curve over time.
    Curve(u64),
    /// Nobody works; one way is refused by exactly these rules.
    Refused(BTreeSet<String>),
    /// Nobody works; one way needs exactly these changes.
    Needs(BTreeSet<String>),
    /// `check` finds something by this rule, of this severity where one is named, or
    /// (`false`) nothing such.
    Finds(String, Option<Severity>, bool),
    /// The verdict on an objective.
    Verdict(Standing),
    /// Whether an objective is attainable; `None`: neither is proven.
    Attainable(Option<bool>),
    /// What a circuit carries: a figure and its words, of either steering where
    /// none is named.
    Carries(u64, String, Option<Steering>),
}

impl Saying {
    /// Reads one.
    ///
    /// # Errors
    /// Says in a clause what is not understood.
    pub fn parse(who: &str, text: &str) -> Result<Self, String> {
        let (said, when) = when(text)?;
        let words: Vec<&str> = said.split_whitespace().collect();
        let what = expected(&words)?;
        let when = match what {
            Expected::Verdict(_) => When::Throughout,
            _ => when,
        };
        Ok(Self { text: text.to_owned(), who: who.to_owned(), when, what })
    }
}

/// Splits off ` without a and b` or ` at 1h`.
fn when(text: &str) -> Result<(&str, When), String> {
    if let Some((said, ids)) = text.split_once(" without ") {
        return Ok((said, When::Without(ids.split(" and ").map(Id::new).collect())));
    }
    if let Some((said, time)) = text.split_once(" at ") {
        let at = quantity::duration(time).map_err(|fault| fault.message)?;
        return Ok((said, When::At(at)));
    }
    Ok((text, When::Normal))
}

fn expected(words: &[&str]) -> Result<Expected, String> {
    let set = |names: &[&str]| {
        let names = names.iter().filter(|name| **name != "and");
        names.map(|name| (*name).to_owned()).collect()
    };
    Ok(match words {
        ["refused", rules @ ..] => Expected::Refused(set(rules)),
        ["needs", changes @ ..] => Expected::Needs(set(changes)),
        ["finds", rest @ ..] => finds(rest)?,
        ["met"] => Expected::Verdict(Standing::Met),
        ["missed"] => Expected::Verdict(Standing::Missed),
        ["missed", "but", "attainable"] => Expected::Verdict(Standing::MissedAttainable),
        ["cannot", "be", "said"] => Expected::Verdict(Standing::CannotBeSaid),
        ["attainable"] => Expected::Attainable(Some(true)),
        ["unattainable"] => Expected::Attainable(Some(false)),
        ["open"] => Expected::Attainable(None),
        ["curve", "works", n] => Expected::Curve(number(n)?),
        _ => figure(words)?,
    })
}

/// `PRV-03`, `warning PRV-03`, `no PRV-03`, `no warning PRV-03`.
fn finds(words: &[&str]) -> Result<Expected, String> {
    let (some, words) = match words {
        ["no", rest @ ..] => (false, rest),
        _ => (true, words),
    };
    let (severity, rule) = match words {
        ["error", rule] => (Some(Severity::Error), rule),
        ["warning", rule] => (Some(Severity::Warning), rule),
        ["note", rule] => (Some(Severity::Note), rule),
        [rule] => (None, rule),
        _ => return Err(format!("`finds {}` is no expectation", words.join(" "))),
    };
    Ok(Expected::Finds((*rule).to_owned(), severity, some))
}

fn figure(words: &[&str]) -> Result<Expected, String> {
    let (scope, words) = match words {
        ["untouched", rest @ ..] => (Scope::Untouched, rest),
        ["settled", rest @ ..] => (Scope::Settled, rest),
        ["moved", rest @ ..] => (Scope::Moved, rest),
        _ => (Scope::Moved, words),
    };
    let (steering, words) = match words {
        ["alone", rest @ ..] => (Some(Steering::LeftAlone), rest),
        ["directed", rest @ ..] => (Some(Steering::Directed), rest),
        _ => (None, words),
    };
    let measure = match words {
        ["carries", n, what @ ..] => {
            return Ok(Expected::Carries(number(n)?, what.join(" "), steering));
        }
        ["works", _] => Measure::Works,
        ["impaired", _] => Measure::Impaired,
        ["stranded", _] => Measure::Stranded,
        ["effective", _] => Measure::Effective,
        ["on-shift", _] => Measure::OnShift,
        _ => return Err(format!("`{}` is no expectation", words.join(" "))),
    };
    Ok(Expected::Agents { scope, steering, measure, agents: number(words[1])? })
}

fn number(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("`{text}` is no number"))
}
