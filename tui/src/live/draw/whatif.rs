//! What if: everything that can fail, and what comes of what is tried.

use outlast_models::ComponentId;
use outlast_scenarios::Trial;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line as Text;

use super::paint::Painter;
use crate::live::figures::{Breakdown, everybody, reached, rows};
use crate::live::state::State;
use crate::live::tree::{Grouping, Line};
use crate::{Align, Table, Tone, grouped, harmless, wrapped};

/// Lines for what is tried.
const TRIED: usize = 5;

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, state: &State, paint: Painter) {
    let [left, _, right] =
        Layout::horizontal([Constraint::Fill(1), Constraint::Length(2), Constraint::Fill(1)])
            .areas(area);
    let lines = state.tree_lines();
    let chosen = Some(state.tree.cursor.of(lines.len()));
    let title = format!("What can fail, by {}", state.tree.grouping.word());
    paint.table(frame, left, &title, (tree(state, &lines), chosen));
    let tried = tried(state, paint, usize::from(right.width));
    let height = u16::try_from(tried.len()).unwrap_or(0) + 1;
    let [top, middle, bottom] =
        Layout::vertical([Constraint::Length(height), Constraint::Length(7), Constraint::Min(0)])
            .areas(right);
    paint.lines(frame, top, tried);
    paint.table(frame, middle, "What comes of it", (sums(state), None));
    paint.table(frame, bottom, "Groups that lose agents", (losses(state), None));
}

fn tree(state: &State, lines: &[Line]) -> Table {
    let by_kind = state.tree.grouping == Grouping::Kind;
    let mut table = Table::new([("", Align::Left), ("", Align::Left), ("now", Align::Left)]);
    for line in lines {
        match line {
            Line::Branch { name, of, is_unfolded } => {
                let sign = if *is_unfolded { '-' } else { '+' };
                let down = of.iter().filter(|one| is_down(state, one.id.as_str())).count();
                let now = match down {
                    0 => String::new(),
                    n => format!("{n} down"),
                };
                table.row([format!("{sign} {name}"), of.len().to_string(), now]);
            }
            Line::Leaf(one) => {
                let kind = if by_kind { "" } else { one.kind.word() };
                table.row([&format!("   {}", one.id), kind, &now(state, one)]);
            }
        }
    }
    table
}

/// How a component is: in capitals what has been tried on it.
fn now(state: &State, one: &ComponentId) -> String {
    let is_down = is_down(state, one.id.as_str());
    match state.what_if().get(one) {
        Some(Trial::Fail) => "FAILED".to_owned(),
        Some(Trial::Degrade(share)) if is_down => format!("AT {share}, down"),
        Some(Trial::Degrade(share)) => format!("AT {share}"),
        Some(Trial::Restore) if is_down => "SPARED, down".to_owned(),
        Some(Trial::Restore) => "SPARED".to_owned(),
        None if is_down => "down".to_owned(),
        None => String::new(),
    }
}

fn is_down(state: &State, id: &str) -> bool {
    state.moment().is_some_and(|moment| moment.down.iter().any(|down| down == id))
}

fn tried(state: &State, paint: Painter, columns: usize) -> Vec<Text<'static>> {
    let mut lines = vec![paint.line(Tone::Strong, "Tried")];
    if state.what_if().is_empty() {
        let says = "nothing yet: f fails what is chosen, d leaves it a share, u undoes";
        lines.extend(wrapped(says, columns, 0).lines().map(|line| Text::raw(line.to_owned())));
        return lines;
    }
    let all: Vec<String> = state
        .what_if()
        .iter()
        .map(|(one, trial)| match trial {
            Trial::Fail => format!("{} fails", one.id),
            Trial::Degrade(share) => format!("{} keeps {share}", one.id),
            Trial::Restore => format!("{} is spared", one.id),
        })
        .collect();
    let shown = if all.len() > TRIED { TRIED - 1 } else { TRIED };
    let text = |line: &String| Text::raw(crate::shortened(&harmless(line), columns));
    lines.extend(all.iter().take(shown).map(text));
    if all.len() > shown {
        lines.push(Text::raw(format!("and {} more: c shows all", all.len() - shown)));
    }
    lines
}

/// The scenario without and with what is tried.
fn sums(state: &State) -> Table {
    let heads = [("", Align::Left), ("without", Align::Right), ("with", Align::Right)];
    let mut table = Table::new(heads);
    let (Some(run), Some(moment)) = (&state.run.last, state.moment()) else { return table };
    let with = everybody(run, moment, state.scope);
    let without = state.before().map(|(run, moment)| everybody(run, moment, state.scope));
    let mut row = |name: &str, figure: &dyn Fn(&crate::live::figures::Row) -> String| {
        let before = without.as_ref().map_or_else(String::new, figure);
        table.row([name, &before, &figure(&with)]);
    };
    row("working", &|all| all.working());
    row("impaired", &|all| all.of(|tally| tally.impaired));
    row("stranded", &|all| all.of(|tally| tally.stranded));
    let objectives = |moment| {
        let (met, of) = reached(state.scope.outcome(moment));
        format!("{met}/{of}")
    };
    let before = state.before().map_or_else(String::new, |(_, moment)| objectives(moment));
    table.row(["objectives", &before, &objectives(moment)]);
    table
}

/// Groups of which fewer work than with nothing failed; most agents lost first.
fn losses(state: &State) -> Table {
    let heads = [("", Align::Left), ("normally", Align::Right), ("working", Align::Right)];
    let mut table = Table::new(heads);
    let (Some(run), Some(moment)) = (&state.run.last, state.moment()) else { return table };
    let normal = &run.normal.left_alone;
    let mut lost: Vec<(u64, String, u64, String)> = Vec::new();
    for row in rows(run, moment, state.scope, Breakdown::Groups) {
        let usual = normal.by_group.get(&row.name).or_else(|| normal.users.get(&row.name));
        let usual = usual.map_or(0, |tally| tally.working);
        let least = row.extent.certain.working;
        if least < usual {
            lost.push((usual - least, row.name.clone(), usual, row.working()));
        }
    }
    lost.sort_by_key(|(agents, ..)| std::cmp::Reverse(*agents));
    for (_, name, usual, working) in lost {
        table.row([name, grouped(usual), working]);
    }
    table
}
