//! Shows mistakes with the lines of the file that they stand in.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::sources::harmless;
use super::{Diagnostic, Severity, Sources};
use crate::place::{FileId, Place};

/// How many mistakes are shown; the rest are counted.
pub const SHOWN_MAX: usize = 50;

/// Marks that lie further apart than this many bytes get excerpts of their own.
const EXCERPT_MAX: usize = 256 << 10;

/// Renders mistakes, sorted by place, each once.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, colour: bool) -> String {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by(|a, b| {
        (a.place, a.severity, a.code, &a.message).cmp(&(b.place, b.severity, b.code, &b.message))
    });
    sorted.dedup();
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(120);
    let mut out = String::new();
    for diagnostic in sorted.iter().take(SHOWN_MAX) {
        out.push_str(&renderer.render(&[group(diagnostic, sources)]));
        if let (false, Some(help)) = (diagnostic.place.is_written(), &diagnostic.help) {
            out.push_str("\n  help: ");
            out.push_str(&harmless(help, true));
        }
        out.push_str("\n\n");
    }
    if sorted.len() > SHOWN_MAX {
        out.push_str("… and ");
        out.push_str(&(sorted.len() - SHOWN_MAX).to_string());
        out.push_str(" more\n\n");
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

type Mark<'a> = (Place, AnnotationKind, &'a str);

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(harmless(&diagnostic.message, true)).id(diagnostic.code);
    let mut group = Group::with_title(title);
    let mut marks = vec![(diagnostic.place, AnnotationKind::Primary, diagnostic.label.as_str())];
    for (place, label) in &diagnostic.related {
        marks.push((*place, AnnotationKind::Context, label.as_str()));
    }
    marks.retain(|(place, ..)| place.is_written());
    while let Some(&(first, ..)) = marks.first() {
        let (near, rest): (Vec<Mark<'_>>, Vec<Mark<'_>>) =
            marks.into_iter().partition(|(place, ..)| is_near(first, *place));
        marks = rest;
        group = group.element(excerpt(first.file, &near, sources));
    }
    if let Some(help) = diagnostic.help.as_ref().filter(|_| diagnostic.place.is_written()) {
        group = group.element(Level::HELP.message(harmless(help, true)));
    }
    group
}

fn is_near(a: Place, b: Place) -> bool {
    a.file == b.file && a.start.abs_diff(b.start) as usize <= EXCERPT_MAX
}

/// The lines from the first to the last mark, with all marks on them.
fn excerpt<'a>(file: FileId, marks: &[Mark<'_>], sources: &Sources) -> Snippet<'a, Annotation<'a>> {
    let text = sources.text(file);
    let offset = |byte: u32| floor(text, byte as usize);
    let low = marks.iter().map(|(place, ..)| offset(place.start)).min().unwrap_or(0);
    let high = marks.iter().map(|(place, ..)| offset(place.end)).max().unwrap_or(0).max(low);
    let start = text[..low].rfind('\n').map_or(0, |at| at + 1);
    let end = text[high..].find('\n').map_or(text.len(), |at| high + at);
    let line = marks.iter().map(|(place, ..)| place.line).min().unwrap_or(1);
    // Their first line names the columns.
    let shown = if sources.is_about_people(file) && start > 0 {
        hidden(&text[start..end], start, marks)
    } else {
        text[start..end].to_owned()
    };
    let mut snippet = Snippet::source(harmless(&shown, false))
        .line_start(line as usize)
        .path(harmless(sources.name(file), true));
    for (place, kind, label) in marks {
        let from = offset(place.start).max(start) - start;
        let to = offset(place.end).max(start + from) - start;
        let mark = kind.span(from..to);
        let label = harmless(label, true);
        snippet = snippet.annotation(if label.is_empty() { mark } else { mark.label(label) });
    }
    snippet
}

/// A text with everything outside its marks made unreadable, each character by as
/// many dots as it has bytes, so that marks stay where they are.
fn hidden(text: &str, start: usize, marks: &[Mark<'_>]) -> String {
    let is_marked = |at: usize| {
        marks.iter().any(|(place, ..)| (place.start as usize..place.end as usize).contains(&at))
    };
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if is_marked(start + at) || !c.is_alphanumeric() {
            out.push(c);
        } else {
            out.extend(std::iter::repeat_n('.', c.len_utf8()));
        }
    }
    out
}

/// The nearest character boundary at or before `byte`.
fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}
