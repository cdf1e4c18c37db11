//! Text from files, made harmless for a terminal, and fitted to it.
//!
//! A plan's names come from anywhere. A control character in one could move
//! the cursor, ring the bell or set the clipboard; a direction mark could turn
//! a line round, so that it reads as something else than it says.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What stands for text that was cut off.
const ELLIPSIS: char = '…';

/// Makes a text harmless on one line: line breaks and tabs become spaces,
/// control characters their pictures (`␛`), and invisible marks are spelt out.
pub fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(' '),
            _ => push_harmless(&mut out, c),
        }
    }
    out
}

/// Makes a text of several lines harmless; its line breaks stay.
pub fn harmless_lines(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(harmless).collect();
    lines.join("\n")
}

fn push_harmless(out: &mut String, c: char) {
    match c {
        '\u{0}'..='\u{1f}' => out.push(picture(c)),
        '\u{7f}' => out.push('␡'),
        _ if c.is_control() => out.push('\u{fffd}'),
        _ if is_invisible(c) => out.extend(c.escape_unicode()),
        _ => out.push(c),
    }
}

/// The pictures of control characters stand in their order from U+2400.
fn picture(c: char) -> char {
    char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}')
}

/// Marks that change how a line reads without being seen: direction marks,
/// blanks of no width, tags. Joiners stay, since scripts and emoji need them.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// Returns how many columns a harmless text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Shortens a harmless text to so many columns; what was cut off shows as `…`.
pub fn shortened(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let (mut out, mut used) = (String::new(), 0);
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide + 1 > columns {
            break;
        }
        out.push(c);
        used += wide;
    }
    if columns > 0 {
        out.push(ELLIPSIS);
    }
    out
}

/// Breaks a sentence into lines of so many columns. The later ones are set in
/// by `indent` blanks, which do not count. A word that is too long for a line stands alone on one.
pub fn wrapped(text: &str, columns: usize, indent: usize) -> String {
    let (mut out, mut used) = (String::new(), 0);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let wide = width(word);
        if used > 0 && used + 1 + wide > columns {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent));
            used = 0;
        } else if used > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += wide;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_pictures() {
        assert_eq!(harmless("a\u{1b}]52;c;x\u{7}b"), "a␛]52;c;x␇b");
        assert_eq!(harmless("\0\u{7f}\u{9b}31m"), "␀␡\u{fffd}31m");
        assert_eq!(harmless("one\r\ntwo\tthree\u{2028}four"), "one  two three four");
    }

    #[test]
    fn direction_marks_are_spelt_out() {
        assert_eq!(harmless("a\u{202e}b"), "a\\u{202e}b");
        for mark in ['\u{200e}', '\u{200f}', '\u{202a}', '\u{2066}', '\u{2069}', '\u{feff}'] {
            assert!(!harmless(&format!("a{mark}b")).contains(mark), "{mark:?}");
        }
    }

    #[test]
    fn ordinary_text_stays() {
        for text in ["Zürich – 北京", "موظفون", "👩‍💻", ""] {
            assert_eq!(harmless(text), text);
        }
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(harmless_lines("a\n\u{1b}b\n"), "a\n␛b\n");
    }

    #[test]
    fn what_is_too_long_is_shortened() {
        assert_eq!(shortened("headquarters", 12), "headquarters");
        assert_eq!(shortened("headquarters", 6), "headq…");
        assert_eq!(shortened("北京北京", 6), "北京…");
        assert_eq!(shortened("北京北京", 5), "北京…");
        assert_eq!(shortened("ab", 1), "…");
        assert_eq!(shortened("ab", 0), "");
    }

    #[test]
    fn sentences_wrap() {
        assert_eq!(wrapped("one two three four", 7, 2), "one two\n  three\n  four");
        assert_eq!(wrapped("a verylongword b", 6, 0), "a\nverylongword\nb");
        assert_eq!(wrapped("", 6, 2), "");
    }
}
