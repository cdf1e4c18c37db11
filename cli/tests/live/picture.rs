//! The pictures of the terminal UI in the README: made from its screens, and current.
//! `OUTLAST_UPDATE=1 cargo test -p outlast-cli --test live picture` writes them anew.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use super::session::at;

const COLUMNS: u16 = 100;
const LINES: u16 = 28;
/// Pixels of a cell, and around the screen.
const CELL: (u32, u32) = (9, 19);
const EDGE: u32 = 14;

#[test]
fn pictures_are_current() {
    at("bank", &["data-center-lost:dc-york", "regional-flood"], |session| {
        session.keys("bn]");
        picture("tui-overview", &session.buffer(COLUMNS, LINES));
        session.keys("N2ojjjljjjjjjf");
        picture("tui-what-if", &session.buffer(COLUMNS, LINES));
    });
}

fn picture(name: &str, buffer: &Buffer) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../docs/pictures/{name}.svg"));
    let drawn = svg(buffer);
    if std::env::var_os("OUTLAST_UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &drawn).unwrap();
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert!(there == drawn, "{name}: OUTLAST_UPDATE=1 writes it anew");
}

fn svg(buffer: &Buffer) -> String {
    let (wide, high) = (u32::from(COLUMNS) * CELL.0, u32::from(LINES) * CELL.1);
    let (wide, high) = (wide + 2 * EDGE, high + 2 * EDGE);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {high}\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" \
         font-size=\"14\">\n<rect width=\"{wide}\" height=\"{high}\" rx=\"8\" fill=\"#16181d\"/>\n"
    );
    for y in 0..LINES {
        let mut x = 0;
        while x < COLUMNS {
            let cell = &buffer[(x, y)];
            let alike = |n: &u16| is_alike(&buffer[(*n, y)], cell);
            let end = (x..COLUMNS).take_while(alike).last().unwrap() + 1;
            let text: String = (x..end).map(|n| buffer[(n, y)].symbol()).collect();
            run(&mut out, (x, y), cell, &text);
            x = end;
        }
    }
    out + "</svg>\n"
}

fn is_alike(one: &Cell, other: &Cell) -> bool {
    (one.fg, one.modifier) == (other.fg, other.modifier)
}

/// Cells of one look: each letter in its column, whatever the font.
fn run(out: &mut String, (x, y): (u16, u16), cell: &Cell, text: &str) {
    let (left, top) = (EDGE + u32::from(x) * CELL.0, EDGE + u32::from(y) * CELL.1);
    let is_chosen = cell.modifier.contains(Modifier::REVERSED);
    if is_chosen {
        let wide = u32::try_from(text.chars().count()).unwrap() * CELL.0;
        let high = CELL.1;
        writeln!(
            out,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"{high}\" fill=\"#d7dae0\"/>"
        )
        .unwrap();
    }
    let colour = match cell.fg {
        _ if is_chosen => "#16181d",
        Color::Red => "#ff8a7a",
        Color::Green => "#8fd18a",
        Color::Yellow => "#f0c060",
        _ if cell.modifier.contains(Modifier::DIM) => "#9aa0ab",
        _ => "#d7dae0",
    };
    let weight = if cell.modifier.contains(Modifier::BOLD) { " font-weight=\"bold\"" } else { "" };
    let baseline = top + 14;
    for (word, start) in words(text) {
        let place = left + u32::try_from(start).unwrap() * CELL.0;
        let wide = u32::try_from(word.chars().count()).unwrap() * CELL.0;
        let word = word.replace('&', "&amp;").replace('<', "&lt;");
        writeln!(
            out,
            "<text x=\"{place}\" y=\"{baseline}\" textLength=\"{wide}\" \
             lengthAdjust=\"spacingAndGlyphs\" fill=\"{colour}\"{weight}>{word}</text>"
        )
        .unwrap();
    }
}

/// Words with the column at which each begins.
fn words(text: &str) -> Vec<(String, usize)> {
    let mut all: Vec<(String, usize)> = Vec::new();
    let mut before = ' ';
    for (n, c) in text.chars().enumerate() {
        match all.last_mut() {
            _ if c == ' ' => {}
            Some((word, _)) if before != ' ' => word.push(c),
            _ => all.push((c.to_string(), n)),
        }
        before = c;
    }
    all
}
