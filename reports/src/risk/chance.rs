//! Chances as whole numbers and as texts; the ends of intervals are rounded outward.

use outlast_engine::chance::interval::Interval;
use outlast_engine::risk::Chances;

use crate::document::{BetweenDocument, ChanceDocument, KnownDocument};

/// Digits of a text.
const DIGITS: usize = 4;

/// Where a figure goes that falls between two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Round {
    Down,
    Nearest,
    Up,
}

/// A chance, or the difference of two.
pub(super) fn chance(value: f64) -> ChanceDocument {
    document(value, Round::Nearest)
}

/// Both ends of an interval.
pub(super) fn between(interval: Interval) -> BetweenDocument<ChanceDocument> {
    BetweenDocument {
        low: document(interval.low, Round::Down),
        high: document(interval.high, Round::Up),
    }
}

/// A figure of the state view.
pub(super) fn known(chances: Chances) -> KnownDocument<ChanceDocument> {
    KnownDocument {
        best: chance(chances.best),
        certain: between(chances.certain),
        likely: between(chances.likely),
    }
}

fn document(value: f64, round: Round) -> ChanceDocument {
    let scaled = value * 1e12;
    let whole = match round {
        Round::Down => scaled.floor(),
        Round::Nearest => scaled.round(),
        Round::Up => scaled.ceil(),
    };
    #[allow(clippy::cast_possible_truncation)] // at most 10¹²
    let e12 = whole as i64;
    ChanceDocument { says: digits(value * 100.0, round) + "%", e12 }
}

/// Both ends of an interval of numbers with four digits.
pub(super) fn numbers(interval: Interval) -> BetweenDocument<String> {
    BetweenDocument {
        low: digits(interval.low, Round::Down),
        high: digits(interval.high, Round::Up),
    }
}

/// A number with four digits.
pub(super) fn number(value: f64) -> String {
    digits(value, Round::Nearest)
}

/// Four digits of a number, without noughts behind.
fn digits(value: f64, round: Round) -> String {
    if value == 0.0 || !value.is_finite() {
        return "0".to_owned();
    }
    let sign = if value < 0.0 { "-" } else { "" };
    let round = match round {
        Round::Down if value < 0.0 => Round::Up,
        Round::Up if value < 0.0 => Round::Down,
        round => round,
    };
    let (all, mut exponent) = scientific(value.abs());
    let (kept, rest) = all.split_at(DIGITS);
    let mut kept: u64 = kept.parse().unwrap_or(0);
    let up = match round {
        Round::Down => false,
        Round::Nearest => rest.as_bytes().first().is_some_and(|first| *first >= b'5'),
        Round::Up => rest.bytes().any(|digit| digit != b'0'),
    };
    kept += u64::from(up);
    if kept == 10_u64.pow(DIGITS as u32) {
        kept /= 10;
        exponent += 1;
    }
    format!("{sign}{}", placed(&kept.to_string(), exponent))
}

/// All digits of a number, and the power of ten of the first.
fn scientific(value: f64) -> (String, i32) {
    let text = format!("{value:.14e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    (digits.replace('.', ""), exponent.parse().unwrap_or(0))
}

/// Digits with their point; very small ones with a power of ten.
fn placed(digits: &str, exponent: i32) -> String {
    let short = |digits: &str| digits.trim_end_matches('0').to_owned();
    let last = i32::try_from(digits.len()).unwrap_or(0) - 1;
    match exponent {
        i32::MIN..-8 => {
            let rest = short(&digits[1..]);
            let point = if rest.is_empty() { "" } else { "." };
            format!("{}{point}{rest}e{exponent}", &digits[..1])
        }
        -8..0 => {
            let noughts = "0".repeat(exponent.unsigned_abs() as usize - 1);
            format!("0.{noughts}{}", short(digits))
        }
        _ if exponent >= last => {
            format!("{digits}{}", "0".repeat((exponent - last).unsigned_abs() as usize))
        }
        _ => {
            let (whole, part) = digits.split_at(exponent.unsigned_abs() as usize + 1);
            match short(part).as_str() {
                "" => whole.to_owned(),
                part => format!("{whole}.{part}"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_digits_are_kept() {
        let cases = [
            (0.0, "0%"),
            (1.0, "100%"),
            (0.5, "50%"),
            (0.123_456, "12.35%"),
            (0.000_123_44, "0.01234%"),
            (0.000_01, "0.001%"),
            (0.999_999, "100%"),
            (1.234_56e-14, "1.235e-12%"),
            (-0.25, "-25%"),
        ];
        for (value, says) in cases {
            assert_eq!(chance(value).says, says, "{value}");
        }
        assert_eq!(number(123_456.0), "123500");
    }

    #[test]
    fn ends_are_rounded_outward() {
        let ends = between(Interval { low: 0.123_456_789_012_34, high: 0.123_456_789_012_34 });
        assert_eq!((ends.low.says.as_str(), ends.high.says.as_str()), ("12.34%", "12.35%"));
        assert_eq!((ends.low.e12, ends.high.e12), (123_456_789_012, 123_456_789_013));
        let exact = between(Interval { low: 0.25, high: 0.25 });
        assert_eq!((exact.low.says.as_str(), exact.high.says.as_str()), ("25%", "25%"));
        let less = between(Interval { low: -0.123_456, high: -0.123_456 });
        assert_eq!((less.low.says.as_str(), less.high.says.as_str()), ("-12.35%", "-12.34%"));
        let nearly = between(Interval { low: 0.0, high: 0.999_999_9 });
        assert_eq!((nearly.low.e12, nearly.high.says.as_str()), (0, "100%"));
    }
}
