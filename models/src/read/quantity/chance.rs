//! What chance goes by: chances, times a year, spreads; and what is lost.

use super::number::{Units, count, decimal, split};
use super::{Fault, Parsed};
use crate::diagnostic::quoted;
use crate::plan::Lost;
use crate::units::{Chance, Money, PerYear};

const CHANCE: Units = Units {
    noun: "a chance",
    example: "2%",
    table: &[("%", Chance::percent(1).0 as u128)],
    max: Chance::ONE.0 as u128,
    max_text: "100%",
};

/// Parses a chance, as fine as ten decimals of a percent: `2%`, `0.0001%`.
pub fn chance(text: &str) -> Parsed<Chance> {
    let write = "write a chance such as `2%` or `0.0001%`";
    CHANCE.parse(text).map(|value| Chance(value as u64)).map_err(|fault| {
        let help = match without_percent(text) {
            Some(meant) => format!("did you mean `{meant}`? A chance has its `%`"),
            None => write.to_owned(),
        };
        let is_to_write = fault.help.as_ref().is_none_or(|help| help.starts_with("write"));
        if is_to_write { Fault { help: Some(help), ..fault } } else { fault }
    })
}

/// What is meant by `0.02`.
fn without_percent(text: &str) -> Option<Chance> {
    let (number, unit) = split(text.trim());
    let number = decimal(number, text, String::new).ok().filter(|_| unit.is_empty())?;
    let value = number.times(u128::from(Chance::ONE.0))?;
    u64::try_from(value).ok().map(Chance).filter(|meant| *meant <= Chance::ONE)
}

/// Parses how many times a year: a number, as fine as nine decimals.
pub fn per_year(text: &str) -> Parsed<PerYear> {
    const MAX: u128 = 1_000_000;
    let help = || "write how many times a year, such as `0.02` for once in 50 years".to_owned();
    let value = plain(text, "a number of times a year", help, 9)?;
    if value > MAX * 1_000_000_000 {
        let message = format!("{} is too large", quoted(text));
        return Err(Fault::with_help(message, "it is at most 1,000,000 times a year"));
    }
    Ok(PerYear(value as u64))
}

/// Parses the σ of a lognormal time, into millionths.
pub fn sigma(text: &str) -> Parsed<u32> {
    let help = || "write a number above 0 and up to 5, such as `1.2`".to_owned();
    match plain(text, "a spread", help, 6)? {
        0 => Err(Fault::with_help("without a spread every repair takes the same", "write `fixed`")),
        value if value <= 5_000_000 => Ok(value as u32),
        _ => Err(Fault::with_help(format!("{} is too large", quoted(text)), help())),
    }
}

/// A number without a unit, times 10^`places`.
fn plain(text: &str, noun: &str, help: impl Fn() -> String, places: u32) -> Parsed<u128> {
    let (number, rest) = split(text.trim());
    let number = decimal(number, text, &help)?;
    if !rest.is_empty() {
        return Err(Fault::with_help(format!("{} is not {noun}", quoted(text)), help()));
    }
    number.times(10_u128.pow(places)).ok_or_else(|| {
        let message = format!("{} has more than {places} decimals", quoted(text));
        Fault::with_help(message, help())
    })
}

/// Money with its currency, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// How much.
    pub money: Money,
    /// Three letters.
    pub currency: String,
}

/// Parses money: `45 EUR`, `1200.50 EUR`.
pub fn price(text: &str) -> Parsed<Price> {
    const MAX: u128 = 100_000_000_000_000;
    let help = || "write money with its currency, such as `45 EUR`".to_owned();
    let (number, unit) = split(text.trim());
    let number = decimal(number, text, help)?;
    if unit.is_empty() {
        return Err(Fault::with_help(format!("{} has no currency", quoted(text)), help()));
    }
    if unit.len() != 3 || !unit.bytes().all(|letter| letter.is_ascii_uppercase()) {
        let message = format!("{} in {} is no currency", quoted(unit), quoted(text));
        return Err(Fault::with_help(message, help()));
    }
    let Some(hundredths) = number.times(100) else {
        let message = format!("{} has more than two decimals", quoted(text));
        return Err(Fault::with_help(message, help()));
    };
    if hundredths > MAX {
        let message = format!("{} is too large", quoted(text));
        return Err(Fault::with_help(message, "money is at most 1,000,000,000,000"));
    }
    Ok(Price { money: Money(hundredths as i64), currency: unit.to_owned() })
}

/// Parses a loss: `5000 agent-hours`, or money with its currency.
pub fn lost(text: &str) -> Parsed<(Lost, Option<String>)> {
    let bare = text.trim();
    let hours = bare.strip_suffix("agent-hours").or_else(|| bare.strip_suffix("agent-hour"));
    let parsed = match hours {
        Some(number) => count(number.trim_end()).map(|hours| (Lost::AgentHours(hours), None)),
        None => price(text).map(|price| (Lost::Money(price.money), Some(price.currency))),
    };
    parsed.map_err(|fault| Fault {
        help: Some("write `5000 agent-hours`, or money such as `200000 EUR`".to_owned()),
        ..fault
    })
}
