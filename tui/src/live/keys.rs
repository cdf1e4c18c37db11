//! What each key does: the one table that keys, help and the last line are made from.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::state::View;

/// Something that a person can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    Show(View),
    NextView,
    PreviousView,
    Down,
    Up,
    PageDown,
    PageUp,
    First,
    Last,
    Left,
    Right,
    Earlier,
    Later,
    Open,
    Back,
    Filter,
    Steering,
    Stage,
    Breakdown,
    NextScene,
    PreviousScene,
    Fail,
    Degrade,
    Restore,
    Undo,
    Redo,
    Clear,
    Grouping,
    Details,
    Command,
    Help,
    Quit,
}

/// A line of the table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Binding {
    /// The keys.
    codes: &'static [KeyCode],
    /// Whether they are pressed with Ctrl.
    control: bool,
    /// What they are called.
    pub(crate) shown: &'static str,
    /// What they do.
    pub(crate) does: Action,
    /// The same in words.
    pub(crate) says: &'static str,
    /// The same in a word or two, for the last line of a screen; empty: not there.
    pub(crate) brief: &'static str,
    /// Where; empty: everywhere.
    pub(crate) views: &'static [View],
}

const EVERYWHERE: &[View] = &[];
const WHAT_IF: &[View] = &[View::WhatIf];
const NO_TREE: &[View] = &[View::Overview, View::Explain, View::Time];
const LISTS: &[View] = &[View::Overview, View::WhatIf, View::Explain];
const FIGURES: &[View] = &[View::Overview, View::WhatIf];

const fn key(
    codes: &'static [KeyCode],
    shown: &'static str,
    does: Action,
    (says, brief): (&'static str, &'static str),
    views: &'static [View],
) -> Binding {
    Binding { codes, control: false, shown, does, says, brief, views }
}

const fn control(binding: Binding) -> Binding {
    Binding { control: true, ..binding }
}

use KeyCode::{
    BackTab, Backspace, Char, Down, End, Enter, Esc, Home, Left, PageDown, PageUp, Right, Tab, Up,
};

/// All of them, in the order of the help.
#[rustfmt::skip]
pub(crate) const KEYS: &[Binding] = &[
    key(&[Char('1')], "1", Action::Show(View::Overview), ("the overview", ""), EVERYWHERE),
    key(&[Char('2')], "2", Action::Show(View::WhatIf), ("what if something fails", ""), EVERYWHERE),
    key(&[Char('3')], "3", Action::Show(View::Explain), ("why a group works or not", ""), EVERYWHERE),
    key(&[Char('4')], "4", Action::Show(View::Time), ("the scenario over time", ""), EVERYWHERE),
    key(&[Tab], "Tab", Action::NextView, ("next view", ""), EVERYWHERE),
    key(&[BackTab], "Shift-Tab", Action::PreviousView, ("previous view", ""), EVERYWHERE),
    key(&[Down, Char('j')], "Down j", Action::Down, ("one line down", ""), EVERYWHERE),
    key(&[Up, Char('k')], "Up k", Action::Up, ("one line up", ""), EVERYWHERE),
    key(&[PageDown], "PgDn", Action::PageDown, ("a screen down", ""), EVERYWHERE),
    key(&[PageUp], "PgUp", Action::PageUp, ("a screen up", ""), EVERYWHERE),
    key(&[Home, Char('g')], "Home g", Action::First, ("to the first line", ""), EVERYWHERE),
    key(&[End, Char('G')], "End G", Action::Last, ("to the last line", ""), EVERYWHERE),
    key(&[Right, Char('l')], "Right l", Action::Right, ("unfold the branch", ""), WHAT_IF),
    key(&[Left, Char('h')], "Left h", Action::Left, ("fold the branch", ""), WHAT_IF),
    key(&[Right, Char('l')], "Right l", Action::Right, ("next moment", ""), NO_TREE),
    key(&[Left, Char('h')], "Left h", Action::Left, ("previous moment", ""), NO_TREE),
    key(&[Char(']')], "]", Action::Later, ("next moment", ""), EVERYWHERE),
    key(&[Char('[')], "[", Action::Earlier, ("previous moment", ""), EVERYWHERE),
    key(&[Enter], "Enter", Action::Open, ("open what is chosen", "open"), LISTS),
    key(&[Esc], "Esc", Action::Back, ("close, or drop the filter", ""), EVERYWHERE),
    key(&[Char('/')], "/", Action::Filter, ("only what contains a text", "filter"), LISTS),
    key(&[Char('f')], "f", Action::Fail, ("fail it; again: not", "fail"), WHAT_IF),
    key(&[Char('d')], "d", Action::Degrade, ("leave it a share", "degrade"), WHAT_IF),
    key(&[Char('r')], "r", Action::Restore, ("try nothing on it, or spare it", "restore"), WHAT_IF),
    key(&[Char('u')], "u", Action::Undo, ("undo", "undo"), WHAT_IF),
    control(key(&[Char('r')], "Ctrl-r", Action::Redo, ("do it again", ""), WHAT_IF)),
    key(&[Char('x')], "x", Action::Clear, ("try nothing any more", ""), WHAT_IF),
    key(&[Char('o')], "o", Action::Grouping, ("tree by kind, site or region", "order"), WHAT_IF),
    key(&[Char('b')], "b", Action::Breakdown, ("by site, group, queue or phone", "by"), &[View::Overview]),
    key(&[Char('t')], "t", Action::Stage, ("untouched, settled or moved", "stage"), FIGURES),
    key(&[Char('a')], "a", Action::Steering, ("left alone or directed", "directed"), FIGURES),
    key(&[Char('v')], "v", Action::Details, ("every leg of every way", "details"), &[View::Explain]),
    key(&[Char('n')], "n", Action::NextScene, ("next scenario", "scenario"), EVERYWHERE),
    key(&[Char('N')], "N", Action::PreviousScene, ("previous scenario", ""), EVERYWHERE),
    key(&[Char('c')], "c", Action::Command, ("the command line in full", "command"), EVERYWHERE),
    key(&[Char('?')], "?", Action::Help, ("this help", "help"), EVERYWHERE),
    key(&[Char('q')], "q", Action::Quit, ("quit; while typing: Ctrl-c", "quit"), EVERYWHERE),
    control(key(&[Char('c')], "Ctrl-c", Action::Quit, ("quit, always", ""), EVERYWHERE)),
];

impl Binding {
    pub(crate) fn is_for(&self, view: View) -> bool {
        self.views.is_empty() || self.views.contains(&view)
    }
}

/// What a key does in a view.
pub(crate) fn action(key: KeyEvent, view: View) -> Option<Action> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    if key.modifiers.contains(KeyModifiers::ALT) {
        return None;
    }
    let is_it = |one: &&Binding| {
        one.control == control && one.codes.contains(&key.code) && one.is_for(view)
    };
    KEYS.iter().find(is_it).map(|one| one.does)
}

/// What is being typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Typed {
    Letter(char),
    Erase,
    Done,
    Cancel,
    Quit,
}

/// What a key means while something is typed.
pub(crate) fn typed(key: KeyEvent) -> Option<Typed> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        Char('c') if control => Some(Typed::Quit),
        Char('u') if control => None,
        Char(c) if !control && !c.is_control() => Some(Typed::Letter(c)),
        Backspace => Some(Typed::Erase),
        Enter => Some(Typed::Done),
        Esc => Some(Typed::Cancel),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things_in_one_view() {
        for view in View::ALL {
            for (n, one) in KEYS.iter().enumerate().filter(|(_, one)| one.is_for(view)) {
                let others = KEYS[n + 1..].iter().filter(|other| other.is_for(view));
                for other in others.filter(|other| other.control == one.control) {
                    let shared = one.codes.iter().find(|code| other.codes.contains(code));
                    assert!(shared.is_none(), "{view:?}: {} and {}", one.shown, other.shown);
                }
            }
        }
    }

    #[test]
    fn quitting_works_in_every_view() {
        for view in View::ALL {
            for key in [
                KeyEvent::new(Char('q'), KeyModifiers::NONE),
                KeyEvent::new(Char('c'), KeyModifiers::CONTROL),
            ] {
                assert_eq!(action(key, view), Some(Action::Quit));
            }
        }
    }
}
