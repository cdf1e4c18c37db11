//! Quantities: whole numbers in one fixed unit each.

use std::fmt;

use serde::Serialize;

/// Bits per second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Bps(pub u64);

/// Milliseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Millis(pub u64);

/// A share in millionths; 1,000,000 is the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Millionths(pub u32);

/// A chance in millionths of a millionth; 1,000,000,000,000 is certainty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Chance(pub u64);

/// How many times a year, in thousandths of a millionth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct PerYear(pub u64);

/// Money in hundredths of the plan's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Money(pub i64);

/// An hour of the week, 0 = Monday 00:00 to 167.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct WeekHour(pub u8);

/// A day of the proleptic Gregorian calendar as `YYYY-MM-DD`, checked when read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub jiff::civil::Date);

/// A version such as `8.5.370.78`; compares number by number (OFF-07).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub Vec<u64>);

impl Millionths {
    /// The whole.
    pub const ONE: Self = Self(1_000_000);
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// This share of `whole`, rounded down.
    pub fn of_down(self, whole: u64) -> u64 {
        let product = u128::from(whole) * u128::from(self.0) / 1_000_000;
        u64::try_from(product).unwrap_or(u64::MAX)
    }

    /// This share of `whole`, rounded up.
    pub fn of_up(self, whole: u64) -> u64 {
        let product = (u128::from(whole) * u128::from(self.0)).div_ceil(1_000_000);
        u64::try_from(product).unwrap_or(u64::MAX)
    }
}

impl Millis {
    /// Nought.
    pub const ZERO: Self = Self(0);
    /// From whole minutes.
    pub const fn minutes(n: u64) -> Self {
        Self(n * 60_000)
    }
    /// From whole hours.
    pub const fn hours(n: u64) -> Self {
        Self(n * 3_600_000)
    }
    /// From whole days.
    pub const fn days(n: u64) -> Self {
        Self::hours(24 * n)
    }
    /// From whole years of 365 days.
    pub const fn years(n: u64) -> Self {
        Self::days(365 * n)
    }

    /// As it is written, in years where it is whole years.
    pub fn in_years(self) -> String {
        const YEAR: u64 = Millis::years(1).0;
        match self.0 {
            0 => self.to_string(),
            ms if ms.is_multiple_of(YEAR) => format!("{}y", ms / YEAR),
            _ => self.to_string(),
        }
    }
}

impl Chance {
    /// What is certain.
    pub const ONE: Self = Self(1_000_000_000_000);
    /// What never is.
    pub const ZERO: Self = Self(0);
    /// From whole percent.
    pub const fn percent(n: u64) -> Self {
        Self(n * 10_000_000_000)
    }
}

impl fmt::Display for Millis {
    /// Writes the largest exact units: `2h`, `1h 30min`, `140s`, `0s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [(u64, &str); 5] =
            [(86_400_000, "d"), (3_600_000, "h"), (60_000, "min"), (1_000, "s"), (1, "ms")];
        let mut rest = self.0;
        if rest == 0 {
            return f.write_str("0s");
        }
        let mut first = true;
        for (size, name) in UNITS {
            let count = rest / size;
            if count > 0 {
                write!(f, "{}{count}{name}", if first { "" } else { " " })?;
                first = false;
                rest %= size;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Bps {
    /// Writes the largest exact unit: `300Mbps`, `16kbps`, `1500bps`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (size, name) in [(1_000_000_000, "Gbps"), (1_000_000, "Mbps"), (1_000, "kbps")] {
            if self.0 >= size && self.0.is_multiple_of(size) {
                return write!(f, "{}{name}", self.0 / size);
            }
        }
        write!(f, "{}bps", self.0)
    }
}

impl fmt::Display for Millionths {
    /// Writes a percentage with as many decimals as it needs: `60%`, `0.5%`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        decimals(f, u64::from(self.0), 4)?;
        f.write_str("%")
    }
}

impl fmt::Display for Chance {
    /// Writes a percentage with as many decimals as it needs: `2%`, `0.0001%`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        decimals(f, self.0, 10)?;
        f.write_str("%")
    }
}

impl fmt::Display for PerYear {
    /// Writes a number with as many decimals as it needs: `2`, `0.02`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        decimals(f, self.0, 9)
    }
}

/// Writes `number` ÷ 10^`places`, with no nought behind.
fn decimals(f: &mut fmt::Formatter<'_>, number: u64, places: usize) -> fmt::Result {
    let digits = format!("{number:0>width$}", width = places + 1);
    let (whole, part) = digits.split_at(digits.len() - places);
    match part.trim_end_matches('0') {
        "" => f.write_str(whole),
        part => write!(f, "{whole}.{part}"),
    }
}

impl fmt::Display for WeekHour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        write!(f, "{} {:02}:00", DAYS[usize::from(self.0 / 24) % 7], self.0 % 24)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> = self.0.iter().map(u64::to_string).collect();
        f.write_str(&parts.join("."))
    }
}

impl Day {
    /// The day of a calendar date that exists.
    pub const fn of(year: i16, month: i8, day: i8) -> Self {
        Self(jiff::civil::date(year, month, day))
    }

    /// How many days it is later than another; negative where it is earlier.
    pub fn days_since(self, other: Self) -> i64 {
        self.0.since(other.0).map_or(0, |span| i64::from(span.get_days()))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
