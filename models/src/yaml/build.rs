//! Builds the tree from the parser's events, without recursion.

use indexmap::IndexMap;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};

use super::help;
use super::position::Positions;
use super::repeated;
use super::{BYTES_MAX, DEPTH_MAX, Key, NODES_MAX, Node, Value};
use crate::diagnostic::Diagnostic;
use crate::place::{FileId, Place};

/// A map or list that is still open.
struct Open {
    place: Place,
    kind: OpenKind,
}

enum OpenKind {
    Seq(Vec<Node>),
    Map { entries: Vec<(Key, Node)>, seen: IndexMap<String, usize>, key: Option<Key> },
}

struct Builder<'a> {
    text: &'a str,
    positions: Positions<'a>,
    stack: Vec<Open>,
    root: Option<Node>,
    nodes: usize,
    documents: usize,
    errors: Vec<Diagnostic>,
    /// Whether one of the errors leaves no tree that could be read.
    unreadable: bool,
}

pub(super) fn parse(file: FileId, text: &str) -> Result<(Node, Vec<Diagnostic>), Vec<Diagnostic>> {
    if text.len() > BYTES_MAX {
        let place = Place { file, line: 1, column: 1, start: 0, end: 0 };
        let message = format!("file is larger than {} MB", BYTES_MAX >> 20);
        return Err(vec![Diagnostic::error("too-large", message, place)]);
    }
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut builder = Builder {
        text: body,
        positions: Positions::new(file, body, text.len() - body.len()),
        stack: Vec::new(),
        root: None,
        nodes: 0,
        documents: 0,
        errors: Vec::new(),
        unreadable: false,
    };
    for next in Parser::new_from_str(body) {
        match next {
            Ok((event, span)) => {
                if builder.event(event, span).is_err() {
                    builder.unreadable = true;
                    break;
                }
            }
            Err(error) => {
                builder.syntax(&error);
                builder.unreadable = true;
                break;
            }
        }
    }
    builder.finish()
}

fn alias(place: Place) -> Diagnostic {
    let message = "aliases (`*name`) are not part of the language";
    let help = "write the value out; groups copy each other by `like: other-group`";
    Diagnostic::error("yaml-unsupported", message, place).help(help)
}

/// The file is given up; the reason has been noted.
struct GivenUp;

impl Builder<'_> {
    fn finish(self) -> Result<(Node, Vec<Diagnostic>), Vec<Diagnostic>> {
        if self.unreadable {
            return Err(self.errors);
        }
        let place = self.positions.place(0, 0);
        Ok((self.root.unwrap_or(Node { place, value: Value::Empty }), self.errors))
    }

    fn syntax(&mut self, error: &ScanError) {
        let at = error.marker().index();
        let place = self.positions.place(at, at + 1);
        if error.info().contains("recursion limit") {
            return self.too_deep(place);
        }
        if error.info().contains("unknown anchor") {
            self.errors.push(alias(place));
            return;
        }
        let message = format!("this is not YAML: {}", error.info());
        self.errors.push(
            Diagnostic::error("yaml-syntax", message, place)
                .label("reading stopped here")
                .maybe_help(help::of(error.info(), self.text, place.line)),
        );
    }

    fn too_deep(&mut self, place: Place) {
        let message = format!("maps and lists nest more than {DEPTH_MAX} deep");
        self.errors.push(Diagnostic::error("too-deep", message, place));
    }

    fn refuse(&mut self, message: &str, place: Place, help: &str) -> Result<(), GivenUp> {
        self.unsupported(message, place, help);
        Err(GivenUp)
    }

    /// Notes what the language does not have. The file is looked through for
    /// more of it, but nobody reads what it says.
    fn unsupported(&mut self, message: &str, place: Place, help: &str) {
        self.errors.push(Diagnostic::error("yaml-unsupported", message, place).help(help));
        self.unreadable = true;
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), GivenUp> {
        let place = self.positions.place(span.start.index(), span.end.index());
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
            Event::DocumentStart(_) => self.document(place),
            Event::Alias(_) => {
                self.errors.push(alias(place));
                self.unreadable = true;
                self.scalar(String::new(), ScalarStyle::Plain, place)
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.plain(anchor, tag.is_some(), place);
                self.scalar(text.into_owned(), style, place)
            }
            Event::SequenceStart(anchor, tag) => {
                self.plain(anchor, tag.is_some(), place);
                self.open(Open { place, kind: OpenKind::Seq(Vec::new()) })
            }
            Event::MappingStart(anchor, tag) => {
                self.plain(anchor, tag.is_some(), place);
                let kind = OpenKind::Map { entries: Vec::new(), seen: IndexMap::new(), key: None };
                self.open(Open { place, kind })
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.close();
                Ok(())
            }
        }
    }

    fn document(&mut self, place: Place) -> Result<(), GivenUp> {
        self.documents += 1;
        if self.documents > 1 {
            let help = "remove the line `---`, or put the rest into a file of its own";
            return self.refuse("a file holds one document", place, help);
        }
        Ok(())
    }

    fn plain(&mut self, anchor: usize, tagged: bool, place: Place) {
        if anchor != 0 {
            self.unsupported(
                "anchors (`&name`) are not part of the language",
                place,
                "write the value out; groups copy each other by `like: other-group`",
            );
        }
        if tagged {
            self.unsupported(
                "tags (`!name`) are not part of the language",
                place,
                "remove the tag; if the text begins with `!`, put it in quotes",
            );
        }
    }

    fn counted(&mut self, place: Place) -> Result<(), GivenUp> {
        self.nodes += 1;
        if self.nodes > NODES_MAX {
            let message = "file has more than 4,000,000 keys and values";
            self.errors.push(Diagnostic::error("too-large", message, place));
            return Err(GivenUp);
        }
        Ok(())
    }

    fn open(&mut self, open: Open) -> Result<(), GivenUp> {
        self.counted(open.place)?;
        if self.key_expected() {
            return self.refuse("a key must be a word", open.place, "write `key: value`");
        }
        if self.stack.len() >= DEPTH_MAX {
            self.too_deep(open.place);
            return Err(GivenUp);
        }
        self.stack.push(open);
        Ok(())
    }

    fn close(&mut self) {
        let Some(open) = self.stack.pop() else { return };
        let value = match open.kind {
            OpenKind::Seq(items) => Value::Seq(items),
            OpenKind::Map { entries, .. } => Value::Map(entries),
        };
        self.put(Node { place: open.place, value });
    }

    fn scalar(&mut self, text: String, style: ScalarStyle, place: Place) -> Result<(), GivenUp> {
        self.counted(place)?;
        let quoted = !matches!(style, ScalarStyle::Plain);
        if self.key_expected() {
            self.key(Key { text, place });
            return Ok(());
        }
        let value = if !quoted && matches!(text.as_str(), "" | "~" | "null") {
            Value::Empty
        } else {
            Value::Scalar { text, quoted }
        };
        self.put(Node { place, value });
        Ok(())
    }

    fn key_expected(&self) -> bool {
        matches!(self.stack.last(), Some(Open { kind: OpenKind::Map { key: None, .. }, .. }))
    }

    fn key(&mut self, found: Key) {
        let Some(Open { kind: OpenKind::Map { key, .. }, .. }) = self.stack.last_mut() else {
            return;
        };
        *key = Some(found);
    }

    fn put(&mut self, node: Node) {
        let depth = self.stack.len();
        match self.stack.last_mut() {
            None => self.root = Some(node),
            Some(Open { kind: OpenKind::Seq(items), .. }) => items.push(node),
            Some(Open { kind: OpenKind::Map { entries, seen, key }, .. }) => {
                let Some(key) = key.take() else { return };
                if let Some(&first) = seen.get(&key.text) {
                    repeated::note(&key, &entries[first].0, &mut self.errors);
                    repeated::join(&mut entries[first].1, node, depth, &mut self.errors);
                    return;
                }
                // Nothing stands nowhere: what is missing is missing at its key.
                let place = if node.value == Value::Empty { key.place } else { node.place };
                seen.insert(key.text.clone(), entries.len());
                entries.push((key, Node { place, ..node }));
            }
        }
    }
}
