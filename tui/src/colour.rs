//! Colour for those who want it. It never carries a meaning alone: whatever is
//! coloured also says so in words.

/// What a colour stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// All is well.
    Good,
    /// Look here.
    Notice,
    /// Something is lost.
    Bad,
    /// A heading.
    Strong,
    /// Beside the point.
    Faint,
}

/// Whether to colour at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    coloured: bool,
}

impl Palette {
    /// No colour.
    pub const PLAIN: Self = Self { coloured: false };
    /// Colour.
    pub const COLOURED: Self = Self { coloured: true };

    /// Colours a terminal unless `NO_COLOR` holds anything or the terminal is
    /// `dumb`; never a pipe or file.
    pub fn choose(is_terminal: bool, no_color: Option<&str>, term: Option<&str>) -> Self {
        let refused = no_color.is_some_and(|value| !value.is_empty());
        Self { coloured: is_terminal && !refused && term != Some("dumb") }
    }

    /// Whether it colours.
    pub const fn is_coloured(self) -> bool {
        self.coloured
    }

    /// Colours a text, which must be harmless already.
    pub fn paint(self, tone: Tone, text: &str) -> String {
        if !self.coloured {
            return text.to_owned();
        }
        let code = match tone {
            Tone::Good => "32",
            Tone::Notice => "33",
            Tone::Bad => "31",
            Tone::Strong => "1",
            Tone::Faint => "2",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pipes_and_refusals_stay_plain() {
        assert!(Palette::choose(true, None, Some("xterm")).is_coloured());
        assert!(Palette::choose(true, Some(""), None).is_coloured());
        assert!(!Palette::choose(true, Some("1"), None).is_coloured());
        assert!(!Palette::choose(false, None, None).is_coloured());
        assert!(!Palette::choose(true, None, Some("dumb")).is_coloured());
    }

    #[test]
    fn paint_wraps_or_leaves() {
        assert_eq!(Palette::PLAIN.paint(Tone::Bad, "lost"), "lost");
        assert_eq!(Palette::COLOURED.paint(Tone::Bad, "lost"), "\u{1b}[31mlost\u{1b}[0m");
    }
}
