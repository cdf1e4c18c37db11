//! Takes a script apart, as far as it takes to know a `return` of the language
//! from one in a text, a comment, a template or a regular expression.
//!
//! Whether a slash divides or begins a regular expression hangs on the grammar
//! in places. Where it cannot be told from what stands before it, this gives up:
//! a script that is not understood is none that may be rewritten.

/// A piece of a script.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Where it ends, in bytes.
    pub(super) end: usize,
    /// Its line, from 1.
    pub(super) line: u32,
    /// Whether a line break stands before it.
    pub(super) after_break: bool,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `return` where it may be the keyword.
    Return,
    /// Any other word behind which an expression begins: `typeof`.
    Operator,
    /// Any other word.
    Word,
    /// A word that is one thing or another: `yield`, `of`.
    Either,
    /// A number, text, template or regular expression.
    Value,
    /// One character of punctuation.
    Mark(char),
    /// A bracket that closes the head of `if`, `while`, `for` or `with`.
    EndOfHead,
}

/// What is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Bracket(char),
    /// The head of `if`, `while`, `for` or `with`.
    Head,
    /// An expression inside a template.
    Template,
}

const OPERATORS: [&str; 10] =
    ["case", "delete", "do", "else", "in", "instanceof", "new", "throw", "typeof", "void"];
const HEADS: [&str; 4] = ["if", "while", "for", "with"];
const EITHER: [&str; 4] = ["await", "of", "yield", "let"];

/// Takes a script apart, or gives up.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut scan = Scan {
        text,
        at: 0,
        line: 1,
        after_break: true,
        open: Vec::new(),
        behind_head: false,
        tokens: Vec::new(),
    };
    while scan.step()? {}
    scan.open.is_empty().then_some(scan.tokens)
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    after_break: bool,
    open: Vec<Open>,
    /// Whether the last token was `if` or its like.
    behind_head: bool,
    tokens: Vec<Token>,
}

impl Scan<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Takes one character.
    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        if is_break(c) {
            self.after_break = true;
            let half = c == '\r' && self.peek() == Some('\n');
            self.line += u32::from(matches!(c, '\n' | '\r') && !half);
        }
        Some(c)
    }

    fn push(&mut self, kind: Kind, line: u32, after_break: bool) {
        self.tokens.push(Token { kind, end: self.at, line, after_break });
    }

    /// Takes one token or what stands between two; whether there was any.
    fn step(&mut self) -> Option<bool> {
        let Some(c) = self.peek() else { return Some(false) };
        let rest = self.rest();
        if rest.starts_with("<!--") || rest.starts_with("-->") || c == '\\' {
            return None;
        }
        if rest.starts_with("//") || (self.at == 0 && rest.starts_with("#!")) {
            while self.peek().is_some_and(|c| !is_break(c)) {
                self.next();
            }
        } else if rest.starts_with("/*") {
            self.at += 2;
            while !self.rest().starts_with("*/") {
                self.next()?;
            }
            self.at += 2;
        } else if c.is_whitespace() || c == '\u{feff}' {
            self.next();
        } else {
            self.token(c)?;
        }
        Some(true)
    }

    fn token(&mut self, c: char) -> Option<()> {
        let (line, after_break) = (self.line, self.after_break);
        let begins_number = c == '.' && self.rest()[1..].starts_with(|c: char| c.is_ascii_digit());
        self.after_break = false;
        let behind_head = std::mem::take(&mut self.behind_head);
        let kind = match c {
            '\'' | '"' => self.quoted(c)?,
            '`' => return self.template(line, after_break),
            '}' if self.open.last() == Some(&Open::Template) => {
                self.open.pop();
                return self.template(line, after_break);
            }
            '/' if self.begins_pattern()? => self.pattern()?,
            _ if c.is_ascii_digit() || begins_number => self.number(),
            _ if is_word(c) => self.word()?,
            _ => self.mark(c, behind_head)?,
        };
        self.push(kind, line, after_break);
        Some(())
    }

    fn mark(&mut self, c: char, behind_head: bool) -> Option<Kind> {
        self.next();
        match c {
            '(' => self.open.push(if behind_head { Open::Head } else { Open::Bracket(')') }),
            '[' => self.open.push(Open::Bracket(']')),
            '{' => self.open.push(Open::Bracket('}')),
            ')' | ']' | '}' => match self.open.pop()? {
                Open::Head if c == ')' => return Some(Kind::EndOfHead),
                Open::Bracket(expected) if expected == c => {}
                _ => return None,
            },
            _ => {}
        }
        Some(Kind::Mark(c))
    }

    fn quoted(&mut self, quote: char) -> Option<Kind> {
        self.next();
        loop {
            match self.next()? {
                '\\' => {
                    let is_crlf = self.next()? == '\r' && self.peek() == Some('\n');
                    if is_crlf {
                        self.next();
                    }
                }
                '\n' | '\r' => return None,
                c if c == quote => break,
                _ => {}
            }
        }
        self.after_break = false;
        Some(Kind::Value)
    }

    /// From a backtick, or the end of an expression inside, to the next
    /// expression or the end.
    fn template(&mut self, line: u32, after_break: bool) -> Option<()> {
        self.next();
        loop {
            if self.rest().starts_with("${") {
                self.at += 2;
                self.open.push(Open::Template);
                // An expression begins, as behind an opening bracket.
                self.push(Kind::Mark('{'), line, after_break);
                break;
            }
            match self.next()? {
                '\\' => {
                    self.next()?;
                }
                '`' => {
                    self.push(Kind::Value, line, after_break);
                    break;
                }
                _ => {}
            }
        }
        self.after_break = false;
        Some(())
    }

    fn number(&mut self) -> Kind {
        let start = self.at;
        while let Some(c) = self.peek() {
            let so_far = &self.text[start..self.at];
            let is_hex = so_far.starts_with("0x") || so_far.starts_with("0X");
            let has_exponent = !is_hex && so_far.ends_with(['e', 'E']);
            if !(is_word(c) || c == '.' || (has_exponent && matches!(c, '+' | '-'))) {
                break;
            }
            self.next();
        }
        Kind::Value
    }

    fn word(&mut self) -> Option<Kind> {
        let start = self.at;
        while self.peek().is_some_and(is_word) {
            self.next();
        }
        if self.peek() == Some('\\') {
            return None;
        }
        let word = &self.text[start..self.at];
        let is_property = self.tokens.last().is_some_and(|last| last.kind == Kind::Mark('.'));
        self.behind_head = !is_property && HEADS.contains(&word);
        Some(match word {
            _ if is_property => Kind::Word,
            "return" => Kind::Return,
            _ if OPERATORS.contains(&word) => Kind::Operator,
            _ if EITHER.contains(&word) => Kind::Either,
            _ => Kind::Word,
        })
    }

    /// Whether a slash begins a regular expression here; nothing if that cannot
    /// be told.
    fn begins_pattern(&self) -> Option<bool> {
        let Some(last) = self.tokens.last() else { return Some(true) };
        match last.kind {
            Kind::Word | Kind::Value | Kind::Mark(')' | ']') => Some(false),
            Kind::Either | Kind::Mark('}') => None,
            Kind::Mark(c @ ('+' | '-')) => {
                let before = self.tokens.iter().rev().nth(1);
                let is_doubled = before.is_some_and(|b| b.kind == Kind::Mark(c));
                (!is_doubled).then_some(true)
            }
            Kind::Return | Kind::Operator | Kind::EndOfHead | Kind::Mark(_) => Some(true),
        }
    }

    fn pattern(&mut self) -> Option<Kind> {
        self.next();
        let mut in_class = false;
        loop {
            match self.next()? {
                '\\' => {
                    self.next().filter(|&c| !is_break(c))?;
                }
                '[' => in_class = true,
                ']' => in_class = false,
                '/' if !in_class => break,
                c if is_break(c) => return None,
                _ => {}
            }
        }
        while self.peek().is_some_and(is_word) {
            self.next();
        }
        Some(Kind::Value)
    }
}

/// What ends a line in a script.
fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

fn is_word(c: char) -> bool {
    let plain = c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '#');
    plain || !(c.is_ascii() || c.is_whitespace() || c == '\u{feff}')
}
