//! Bandwidth, shares and counts.

use super::{Fault, Parsed};
use crate::diagnostic::quoted;
use crate::read::near::hint;
use crate::units::{Bps, Millionths};

/// A decimal number, exactly: `mantissa` ÷ 10^`scale`.
#[derive(Clone, Copy)]
pub(super) struct Decimal {
    mantissa: u128,
    scale: u32,
}

impl Decimal {
    /// This many times `size`, if that is whole; `None` if it is finer.
    pub(super) fn times(self, size: u128) -> Option<u128> {
        let product = self.mantissa.checked_mul(size)?;
        let divisor = 10_u128.checked_pow(self.scale)?;
        product.is_multiple_of(divisor).then(|| product / divisor)
    }
}

/// A closed table of units.
pub(super) struct Units {
    pub(super) noun: &'static str,
    pub(super) example: &'static str,
    pub(super) table: &'static [(&'static str, u128)],
    pub(super) max: u128,
    pub(super) max_text: &'static str,
}

impl Units {
    fn list(&self) -> String {
        let names: Vec<&str> = self.table.iter().map(|(name, _)| *name).collect();
        names.join(", ")
    }

    pub(super) fn write(&self) -> String {
        format!("write {} such as `{}` (units: {})", self.noun, self.example, self.list())
    }

    /// Parses one number with one unit.
    pub(super) fn parse(&self, text: &str) -> Parsed<u128> {
        let (number, unit) = split(text.trim());
        let number = decimal(number, text, || self.write())?;
        if unit.is_empty() {
            return Err(Fault::with_help(format!("{} has no unit", quoted(text)), self.write()));
        }
        let size = self.size(unit, text)?;
        self.scaled(number, size, text)
    }

    pub(super) fn size(&self, unit: &str, text: &str) -> Parsed<u128> {
        self.table.iter().find(|(name, _)| *name == unit).map(|(_, size)| *size).ok_or_else(|| {
            let near = hint(unit, self.table.iter().map(|(name, _)| *name));
            if let Some(meant) = without_signs(text) {
                let message = format!("{} has signs between its digits", quoted(text));
                return Fault::with_help(message, format!("did you mean `{meant}`?"));
            }
            let noun = self.noun.trim_start_matches("a ");
            let message = format!("{} in {} is no unit of {noun}", quoted(unit), quoted(text));
            Fault { message, help: near.or_else(|| Some(self.write())) }
        })
    }

    /// The smallest that can be told from nought: `1bps`, `0.0001%`.
    fn finest(&self) -> String {
        let (name, size) = self.table.first().copied().unwrap_or(("", 1));
        match size.checked_ilog10().unwrap_or(0) as usize {
            0 => format!("1{name}"),
            places => format!("0.{:0>places$}{name}", 1),
        }
    }

    pub(super) fn scaled(&self, number: Decimal, size: u128, text: &str) -> Parsed<u128> {
        let too_large = || {
            let help = format!("{} is at most {}", self.noun, self.max_text);
            Fault::with_help(format!("{} is too large", quoted(text)), help)
        };
        if number.mantissa.checked_mul(size).is_none() {
            return Err(too_large());
        }
        let Some(value) = number.times(size) else {
            let message = format!("{} is finer than {}", quoted(text), self.finest());
            return Err(Fault::with_help(message, self.write()));
        };
        if value > self.max { Err(too_large()) } else { Ok(value) }
    }
}

/// A number whose digits are held apart by signs, as it was probably meant: three
/// digits behind a sign are thousands, fewer behind a comma are decimals.
pub(super) fn without_signs(text: &str) -> Option<String> {
    let text = text.trim();
    let first = text.find(|c: char| !c.is_ascii_digit())?;
    let sign = text[first..].chars().next().filter(|c| [',', '_', '\'', ' '].contains(c))?;
    let behind = &text[first + 1..];
    let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
    match digits {
        _ if first == 0 || text.len() > 40 => None,
        3 => Some(text.replace(sign, "")),
        1.. if sign == ',' => Some(text.replacen(sign, ".", 1)),
        _ => None,
    }
}

/// Splits a number from its unit.
pub(super) fn split(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | '−')))
        .unwrap_or(text.len());
    (text[..end].trim(), text[end..].trim())
}

/// Parses digits with at most one point; everything else gets its own message.
pub(super) fn decimal(number: &str, text: &str, help: impl Fn() -> String) -> Parsed<Decimal> {
    let shown = quoted(text);
    let fault = |message: String| Fault::with_help(message, help());
    let small = text.trim().trim_start_matches(['.', '-', '+']).to_ascii_lowercase();
    if small.starts_with("nan") || small.starts_with("inf") {
        return Err(fault(format!("{shown} is not a number")));
    }
    if number.starts_with(['-', '−']) && number.contains(|c: char| c.is_ascii_digit()) {
        return Err(fault(format!("{shown} is negative")));
    }
    let number = number.strip_prefix('+').unwrap_or(number);
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) || number.ends_with('.') {
        return Err(fault(format!("{shown} is not a number")));
    }
    let part = part.trim_end_matches('0');
    let joined = format!("{whole}{part}");
    let joined = joined.trim_start_matches('0');
    if joined.len() > 24 {
        return Err(fault(format!("{shown} has too many digits")));
    }
    let mantissa = if joined.is_empty() { 0 } else { joined.parse().unwrap_or(u128::MAX) };
    Ok(Decimal { mantissa, scale: part.len() as u32 })
}

const BANDWIDTH: Units = Units {
    noun: "a bandwidth",
    example: "200Mbps",
    table: &[("bps", 1), ("kbps", 1_000), ("Mbps", 1_000_000), ("Gbps", 1_000_000_000)],
    max: 1_000_000_000_000_000,
    max_text: "1,000,000Gbps",
};

const SHARE: Units = Units {
    noun: "a share",
    example: "60%",
    table: &[("%", 10_000)],
    max: PERCENTAGE.max,
    max_text: PERCENTAGE.max_text,
};

/// The whole, in millionths.
const WHOLE: u128 = 1_000_000;

const PERCENTAGE: Units = Units {
    noun: "a percentage",
    example: "130%",
    table: &[("%", 10_000)],
    max: 1_000_000_000,
    max_text: "100,000%",
};

/// Parses a bandwidth: bps, kbps, Mbps, Gbps.
pub fn bandwidth(text: &str) -> Parsed<Bps> {
    BANDWIDTH.parse(text).map(|bps| Bps(bps as u64))
}

/// Parses a share of at most the whole: `60%`.
pub fn share(text: &str) -> Parsed<Millionths> {
    match SHARE.parse(text) {
        Ok(value) if value > WHOLE => Err(Fault::with_help(
            format!("{} is more than the whole", quoted(text)),
            "a share is at most 100%",
        )),
        Ok(value) => Ok(Millionths(value as u32)),
        Err(fault) => Err(share_fault(text, fault)),
    }
}

/// Parses a percentage that may exceed the whole: `130%`.
pub fn percentage(text: &str) -> Parsed<Millionths> {
    PERCENTAGE.parse(text).map(|value| Millionths(value as u32)).map_err(|f| share_fault(text, f))
}

/// Says what to write: `60%` for `0.6`.
fn share_fault(text: &str, fault: Fault) -> Fault {
    let (number, unit) = split(text.trim());
    let Ok(number) = decimal(number, text, String::new) else {
        return Fault { help: Some("write a share such as `60%`".to_owned()), ..fault };
    };
    let millionths = number.times(1_000_000).and_then(|value| u32::try_from(value).ok());
    match millionths {
        Some(value) if unit.is_empty() && (1..=1_000_000).contains(&value) => {
            let help = format!("did you mean `{}`?", Millionths(value));
            Fault { help: Some(help), ..fault }
        }
        _ if unit.is_empty() => {
            let help = format!("write a share such as `60%`; did you mean `{}%`?", text.trim());
            Fault { help: Some(help), ..fault }
        }
        _ => fault,
    }
}

/// Parses a whole number.
pub fn count(text: &str) -> Parsed<u64> {
    const MAX: u128 = 1_000_000_000;
    let help = || "write a whole number such as `120`".to_owned();
    let (number, rest) = split(text.trim());
    let number = decimal(number, text, help)?;
    if !rest.is_empty() {
        let message = format!("{} is not a whole number", quoted(text));
        let meant = without_signs(text).filter(|meant| meant.bytes().all(|b| b.is_ascii_digit()));
        let help = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("{}, without a unit", help()),
        };
        return Err(Fault::with_help(message, help));
    }
    let Some(value) = number.times(1) else {
        return Err(Fault::with_help(format!("{} is not a whole number", quoted(text)), help()));
    };
    if value > MAX {
        let message = format!("{} is too large", quoted(text));
        return Err(Fault::with_help(message, "a count is at most 1,000,000,000"));
    }
    Ok(value as u64)
}

/// Parses a number with up to three decimals, into thousandths.
pub fn milli(text: &str) -> Parsed<u64> {
    const TABLE: Units = Units {
        noun: "a number",
        example: "1.5",
        table: &[("", 1_000)],
        max: 1_000_000_000_000,
        max_text: "1,000,000,000",
    };
    let help = || "write a number such as `60` or `0.5`".to_owned();
    let (number, rest) = split(text.trim());
    let number = decimal(number, text, help)?;
    if !rest.is_empty() {
        return Err(Fault::with_help(format!("{} is not a number", quoted(text)), help()));
    }
    let fault = |fault: Fault| Fault { help: Some(help()), ..fault };
    if number.times(1_000).is_none() {
        let message = format!("{} has more than three decimals", quoted(text));
        return Err(Fault::with_help(message, help()));
    }
    TABLE.scaled(number, 1_000, text).map(|value| value as u64).map_err(fault)
}

/// Parses voice channels: `120 channels`.
pub fn channels(text: &str) -> Parsed<u64> {
    let bare = text.trim().strip_suffix("channels").or_else(|| text.trim().strip_suffix("channel"));
    match bare {
        Some(number) => count(number),
        None => Err(Fault::with_help(
            format!("{} is no number of channels", quoted(text)),
            "write `120 channels`",
        )),
    }
}
