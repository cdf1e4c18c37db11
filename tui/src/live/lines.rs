//! A list with a line chosen, and how far it is scrolled.

/// Which line is chosen, of a list whose length others know.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Cursor(usize);

impl Cursor {
    /// The line, of a list of so many.
    pub(crate) fn of(self, lines: usize) -> usize {
        self.0.min(lines.saturating_sub(1))
    }

    pub(crate) fn step(&mut self, by: isize, lines: usize) {
        self.0 = self.of(lines).saturating_add_signed(by).min(lines.saturating_sub(1));
    }

    pub(crate) const fn to(&mut self, line: usize) {
        self.0 = line;
    }
}

/// The first line to show so that the chosen one is seen, near the middle.
pub(crate) fn first_shown(chosen: usize, lines: usize, height: usize) -> usize {
    let last = lines.saturating_sub(height);
    chosen.saturating_sub(height / 2).min(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_stays_in_its_list() {
        let mut cursor = Cursor::default();
        cursor.step(5, 3);
        assert_eq!(cursor.of(3), 2);
        assert_eq!(cursor.of(1), 0);
        cursor.step(-9, 3);
        assert_eq!(cursor.of(3), 0);
        cursor.step(1, 0);
        assert_eq!(cursor.of(0), 0);
    }

    #[test]
    fn what_is_chosen_is_seen() {
        for (lines, height) in [(0, 0), (3, 10), (10, 3), (10, 1), (100, 18)] {
            for chosen in 0..lines {
                let first = first_shown(chosen, lines, height);
                assert!(first <= chosen && chosen < first + height, "{chosen} {lines} {height}");
            }
        }
    }
}
