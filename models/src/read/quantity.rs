//! Quantities as text: one closed table of units, exact whole numbers.
//!
//! Every parser takes the text of a leaf and returns the value or a [`Fault`]
//! that says what is wrong and what to write instead.

mod chance;
mod number;
mod time;

pub use chance::{Price, chance, lost, per_year, price, sigma};
pub use number::{bandwidth, channels, count, milli, percentage, share};
pub use time::{day, duration, hour, mean_time, week_hour, weekday};

use crate::diagnostic::quoted;
use crate::units::Version;

/// What is wrong with a value, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, in one clause.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// A value or what is wrong with it.
pub type Parsed<T> = Result<T, Fault>;

impl Fault {
    /// A fault without advice.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    /// A fault with advice.
    pub fn with_help(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: Some(help.into()) }
    }
}

/// Parses one of a few words.
pub fn one_of<T: Clone>(words: &[(&'static str, T)]) -> impl Fn(&str) -> Parsed<T> {
    move |text| {
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
            return Ok(value.clone());
        }
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let list: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
        let of = if known.len() == 1 { "" } else { "one of " };
        let message = format!("{} is not {of}{}", quoted(text), list.join(", "));
        Err(Fault { message, help: super::hint(text, known) })
    }
}

/// Parses `true` or `false` (also `yes`, `no`, `on`, `off`).
pub fn yes_no(text: &str) -> Parsed<bool> {
    match text {
        "true" | "yes" | "on" => Ok(true),
        "false" | "no" | "off" => Ok(false),
        _ => Err(Fault::with_help(
            format!("{} is neither `true` nor `false`", quoted(text)),
            "write `true` or `false`",
        )),
    }
}

/// Takes a text as it is, unless it is empty.
pub fn text(text: &str) -> Parsed<String> {
    if text.trim().is_empty() {
        return Err(Fault::new("the text is empty"));
    }
    Ok(text.to_owned())
}

/// Parses a version: numbers with dots.
pub fn version(text: &str) -> Parsed<Version> {
    let parts: Option<Vec<u64>> = text
        .split('.')
        .map(|part| if part.starts_with('+') { None } else { part.parse().ok() })
        .collect();
    parts.map(Version).ok_or_else(|| {
        Fault::with_help(
            format!("{} is no version", quoted(text)),
            "write numbers with dots between them, such as `8.5.370.78`",
        )
    })
}

/// Parses an address or a block of addresses.
pub fn block(text: &str) -> Parsed<ipnet::IpNet> {
    if let Ok(address) = text.parse::<std::net::IpAddr>() {
        return Ok(ipnet::IpNet::from(address));
    }
    let fault = |message: String| {
        Fault::with_help(message, "write an address, `A.B.C.D`, or a block, `A.B.C.D/24`")
    };
    let Ok(net) = text.parse::<ipnet::IpNet>() else {
        return Err(fault(format!("{} is no address or block", quoted(text))));
    };
    if net.trunc() != net {
        let right = net.trunc();
        return Err(Fault::with_help(
            format!("block {} has bits behind its prefix", quoted(text)),
            format!("the block is `{right}`, the one address `{}`", net.addr()),
        ));
    }
    Ok(net)
}
