//! Durations, days and hours of the week.

use super::number::{Units, decimal, split, without_signs};
use super::{Fault, Parsed};
use crate::diagnostic::quoted;
use crate::units::{Day, Millis, WeekHour};

const DURATION: Units = Units {
    noun: "a duration",
    example: "1h 30min",
    table: &[
        ("ms", 1),
        ("s", 1_000),
        ("min", 60_000),
        ("h", 3_600_000),
        ("d", 86_400_000),
        ("w", 604_800_000),
        ("y", 31_536_000_000),
    ],
    max: 3_155_760_000_000,
    max_text: "36,525d",
};

/// What a mean time between failures may be: makers say thousands of years.
const MEAN_TIME: Units = Units {
    noun: "a mean time",
    example: "180d",
    max: 10_000 * 31_536_000_000,
    max_text: "10,000y",
    ..DURATION
};

/// Parses a duration: ms, s, min, h, d, w, y (365 days), alone or from the largest
/// to the smallest (`1h 30min`; after hours `m` means minutes).
pub fn duration(text: &str) -> Parsed<Millis> {
    parts(&DURATION, text)
}

/// Parses a mean time, which may be longer than what a plan lasts.
pub fn mean_time(text: &str) -> Parsed<Millis> {
    parts(&MEAN_TIME, text)
}

fn parts(units: &Units, text: &str) -> Parsed<Millis> {
    let write = || units.write();
    let (mut rest, mut total, mut last) = (text.trim(), 0_u128, u128::MAX);
    if rest.is_empty() {
        return Err(Fault::with_help("the duration is empty", write()));
    }
    while !rest.is_empty() {
        let (number, after) = split(rest);
        let number = decimal(number, text, write)?;
        let end = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
        let (unit, tail) = after.split_at(end);
        let unit = if unit == "m" && last == 3_600_000 { "min" } else { unit };
        if unit.is_empty() {
            let what = if tail.is_empty() { "has no unit" } else { "is no duration" };
            let meant = without_signs(text).map(|meant| format!("did you mean `{meant}`?"));
            let help = meant.unwrap_or_else(write);
            return Err(Fault::with_help(format!("{} {what}", quoted(text)), help));
        }
        if unit == "m" {
            let message = format!("`m` in {} may mean minutes or months", quoted(text));
            return Err(Fault::with_help(message, "write `min` for minutes"));
        }
        let size = units.size(unit, text)?;
        if size >= last {
            let message = format!("the parts of {} do not go from large to small", quoted(text));
            return Err(Fault::with_help(message, write()));
        }
        total += units.scaled(number, size, text)?;
        last = size;
        rest = tail.trim_start();
    }
    if total > units.max {
        let help = format!("{} is at most {}", units.noun, units.max_text);
        return Err(Fault::with_help(format!("{} is too large", quoted(text)), help));
    }
    Ok(Millis(total as u64))
}

/// Parses a day: `2026-10-01`.
pub fn day(text: &str) -> Parsed<Day> {
    let shaped = text.len() == 10 && text.is_ascii();
    let date: Option<jiff::civil::Date> = if shaped { text.parse().ok() } else { None };
    date.map(Day).ok_or_else(|| {
        Fault::with_help(
            format!("{} is no day", quoted(text)),
            "write year, month and day, such as `2026-10-01`",
        )
    })
}

/// Parses a day of the week: 0 = Monday.
pub fn weekday(text: &str) -> Parsed<u8> {
    const DAYS: [&str; 7] =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let small = text.trim().to_ascii_lowercase();
    let found =
        DAYS.iter().position(|day| *day == small || (small.len() == 3 && day.starts_with(&small)));
    found.map(|index| index as u8).ok_or_else(|| {
        Fault::with_help(
            format!("{} is no day of the week", quoted(text)),
            "write Mon, Tue, Wed, Thu, Fri, Sat or Sun",
        )
    })
}

/// Parses an hour of the week: `Tue 03:00`.
pub fn week_hour(text: &str) -> Parsed<WeekHour> {
    let help = "write a day and a full hour, such as `Tue 03:00`";
    let fault = || Fault::with_help(format!("{} is no hour of the week", quoted(text)), help);
    let (day, time) = text.trim().split_once(' ').ok_or_else(fault)?;
    let day = weekday(day)?;
    let hour = hour(time.trim())?;
    if hour > 23 {
        return Err(fault());
    }
    Ok(WeekHour(day * 24 + hour))
}

/// Parses a full hour of the day, 0 to 24: `08:00`.
pub fn hour(text: &str) -> Parsed<u8> {
    let fault = || {
        let message = format!("{} is no time of day", quoted(text));
        Fault::with_help(message, "write hours and minutes, such as `08:00`")
    };
    let (hours, minutes) = text.trim().split_once(':').ok_or_else(fault)?;
    let digits = |s: &str| (1..=2).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    if !digits(hours) || minutes.len() != 2 || !digits(minutes) {
        return Err(fault());
    }
    if minutes != "00" {
        let message = format!("{} is not a full hour", quoted(text));
        return Err(Fault::with_help(message, "tables go by full hours, such as `08:00`"));
    }
    match hours.parse::<u8>() {
        Ok(hour) if hour <= 24 => Ok(hour),
        _ => Err(fault()),
    }
}
