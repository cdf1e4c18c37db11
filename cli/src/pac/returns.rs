//! A copy of a PAC file that tells which `return` it passes.
//!
//! `return x` becomes `return note(12, 0), x`, and `return;` becomes
//! `return note(12, 1);`, where `note` has a name that the file does not use.
//! Nothing else is touched, so the copy means the same; whoever runs it compares
//! the answers all the same. A file that is not understood has no such copy.

use std::fmt::Write as _;

use super::tokens::{Kind, Token, tokens};

/// Files of honest people are far smaller.
const LARGEST_BYTES: usize = 1 << 20;

/// The copy.
#[derive(Debug)]
pub(super) struct Telling {
    /// Its text.
    pub(super) text: String,
    /// What the function is called that it tells.
    pub(super) note: String,
}

/// Makes the copy.
pub(super) fn telling(text: &str) -> Option<Telling> {
    // A file that looks at traces would see ours.
    if text.len() > LARGEST_BYTES || text.contains("tackTrace") {
        return None;
    }
    let mut names = (0..=text.len()).map(|n| format!("passing{n}"));
    let note = names.find(|name| !text.contains(name.as_str()))?;
    let tokens = tokens(text)?;
    let mut copy = String::with_capacity(text.len() + 32 * tokens.len() / 8);
    let mut copied = 0;
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Return) {
        let (nothing, end) = match told(&tokens, at)? {
            Told::Name => continue,
            Told::Value => (0, ","),
            Told::Nothing => (1, ""),
            Told::NothingAtBreak => (1, ";"),
        };
        copy.push_str(&text[copied..token.end]);
        copied = token.end;
        let _ = write!(copy, " {note}({}, {nothing}){end}", token.line);
    }
    copy.push_str(&text[copied..]);
    Some(Telling { text: copy, note })
}

enum Told {
    /// It is no statement but a name.
    Name,
    /// It returns what stands behind it.
    Value,
    /// It returns nothing.
    Nothing,
    /// The same, without a semicolon: the line ends.
    NothingAtBreak,
}

/// What a `return` is; nothing if that cannot be told.
fn told(tokens: &[Token], at: usize) -> Option<Told> {
    let next = tokens.get(at + 1)?;
    match next.kind {
        Kind::Mark(':') => Some(Told::Name),
        Kind::Mark('=' | ',' | ')' | ']') => None,
        // A method called so.
        Kind::Mark('(') if is_method(tokens, at + 1)? => None,
        Kind::Mark(';' | '}') => Some(Told::Nothing),
        _ if next.after_break => Some(Told::NothingAtBreak),
        _ => Some(Told::Value),
    }
}

/// Whether a body follows the bracket that opens here.
fn is_method(tokens: &[Token], from: usize) -> Option<bool> {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(from) {
        match token.kind {
            Kind::Mark('(') => depth += 1,
            Kind::Mark(')') | Kind::EndOfHead => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            let follows = tokens.get(at + 1).map(|token| token.kind);
            return Some(follows == Some(Kind::Mark('{')));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copy(text: &str) -> String {
        telling(text).map_or_else(|| "none".to_owned(), |copy| copy.text)
    }

    #[test]
    fn a_return_tells_its_line() {
        assert_eq!(copy("f = u => {\n return u }"), "f = u => {\n return passing0(2, 0), u }");
        assert_eq!(copy("{return'a'}"), "{return passing0(1, 0),'a'}");
        assert_eq!(copy("\r\n\r{return/*\n*/\t/a/}"), "\r\n\r{return passing0(3, 1);/*\n*/\t/a/}");
    }

    #[test]
    fn a_return_of_nothing_stays_one() {
        assert_eq!(copy("{return;}"), "{return passing0(1, 1);}");
        assert_eq!(copy("{return}"), "{return passing0(1, 1)}");
        assert_eq!(copy("{return\n'a'}"), "{return passing0(1, 1);\n'a'}");
        assert_eq!(copy("{return // b\n'a'}"), "{return passing0(1, 1); // b\n'a'}");
        assert_eq!(copy("{return \u{2028}'a'}"), "{return passing0(1, 1); \u{2028}'a'}");
    }

    #[test]
    fn what_only_looks_like_a_return_is_left() {
        for text in [
            "'return a'",
            "\"\\\"return a\"",
            "'a\\\nreturn b'",
            "// return a",
            "/* return a */",
            "`return a ${'b'} return c`",
            "`${`${1}return a`} return b`",
            "x = /return a/",
            "x = /[/]return a/",
            "x = a ? /\\/return a/g : 0",
            "if (a) /return b/.test(c)",
            "a.return",
            "a?.return",
            "a = {return: 1}",
            "returns = _return + return_ + $return",
            "été = 1",
        ] {
            assert_eq!(copy(text), text);
        }
    }

    #[test]
    fn a_slash_that_divides_begins_no_pattern() {
        for text in
            ["x = a / 2; return b / 3", "x = f(a) / 2; return b[0] / 3", "1e+5 / .5; return a/2"]
        {
            assert!(copy(text).contains("return passing0(1, 0),"), "{text}");
        }
        assert!(copy("x = 0xe+5; return 1").ends_with("return passing0(1, 0), 1"));
    }

    #[test]
    fn templates_hold_scripts() {
        let text = "`${(() => { return 1 })()}`";
        assert_eq!(copy(text), "`${(() => { return passing0(1, 0), 1 })()}`");
    }

    #[test]
    fn what_is_not_understood_has_no_copy() {
        for text in [
            "'a",
            "'a\nb'",
            "/* a",
            "`a",
            "`${a`",
            "(a]",
            "{",
            "}",
            "x = {} / 2",
            "{} /a/",
            "a++ /b/ c",
            "yield /a/",
            "<!-- a",
            "a --> b",
            "{ return(a) { } }",
            "class A { return = 1 }",
            "ret\\u0075rn a",
            "return",
            "Error.stackTraceLimit = 1",
        ] {
            assert_eq!(copy(text), "none", "{text}");
        }
    }

    #[test]
    fn the_name_is_one_that_the_file_does_not_use() {
        assert_eq!(copy("passing0; return a"), "passing0; return passing1(1, 0), a");
    }
}
