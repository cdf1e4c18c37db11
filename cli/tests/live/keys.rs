//! Keys: undo, prompts, and whatever else somebody may press.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::session::{Session, at};

fn tried(session: &Session<'_>) -> String {
    let command = session.state.command();
    command.split_once("data-center-lost:dc-york").unwrap().1.trim().to_owned()
}

#[test]
fn what_is_tried_is_undone_and_done_again() {
    at("bank", &["data-center-lost:dc-york"], |session| {
        let control_r = KeyEvent::new(KeyCode::Char('r'), KeyModifiers::CONTROL);
        session.keys("2/leeds-net\njf");
        assert_eq!(tried(session), "--fail leeds-net-a");
        session.keys("jd\n");
        assert_eq!(tried(session), "--fail leeds-net-a --degrade leeds-net-b=50%");
        session.keys("u");
        assert_eq!(tried(session), "--fail leeds-net-a");
        session.press(control_r);
        assert_eq!(tried(session), "--fail leeds-net-a --degrade leeds-net-b=50%");
        session.keys("r");
        assert_eq!(tried(session), "--fail leeds-net-a");
        session.keys("r");
        assert_eq!(tried(session), "--fail leeds-net-a --restore leeds-net-b");
        session.keys("kf");
        assert_eq!(tried(session), "--restore leeds-net-b");
        session.keys("x");
        assert_eq!(tried(session), "");
        session.keys("uuuuuuuuuuu");
        assert_eq!(tried(session), "");
        assert!(session.screen(80, 24).contains("there is nothing to undo"));
    });
}

#[test]
fn a_branch_fails_as_a_whole_and_comes_back_as_a_whole() {
    at("bank", &["data-center-lost:dc-york"], |session| {
        session.keys("2/vpn\nf");
        assert_eq!(tried(session), "--fail vpn-slough,vpn-york");
        session.keys("f");
        assert_eq!(tried(session), "");
    });
}

#[test]
fn a_share_that_makes_no_sense_is_refused() {
    at("bank", &["data-center-lost:dc-york"], |session| {
        for text in ["x", "101", "-1", "1e9", "60%%"] {
            session.keys(&format!("2/vpn-slough\njd{text}\n"));
            assert_eq!(tried(session), "", "{text}");
            assert!(session.screen(80, 24).contains("is no share"), "{text}");
        }
        session.keys("d0\n");
        assert_eq!(tried(session), "--fail vpn-slough");
        session.keys("d12.5%\n");
        assert_eq!(tried(session), "--degrade vpn-slough=12.5%");
    });
}

#[test]
fn letters_are_letters_while_something_is_typed() {
    at("bank", &["data-center-lost:dc-york"], |session| {
        session.keys("3/q?1");
        assert!(!session.state.quits());
        assert!(session.screen(80, 24).contains("Show what contains: q?1_"));
        session.press(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL));
        assert!(session.state.quits());
    });
}

#[test]
fn a_group_of_the_overview_is_opened() {
    at("bank", &["data-center-lost:dc-york"], |session| {
        session.keys("\n");
        assert!(session.screen(80, 24).contains("b shows groups"));
        session.keys("bjjj\n");
        let screen = session.screen(80, 24);
        assert!(screen.contains("lending-glasgow · 180 agents"), "{screen}");
        session.keys("\u{1b}");
        assert!(session.screen(80, 24).contains("> lending-glasgow"));
    });
}

/// Any keys on any screen: it is drawn, it never panics, and it quits.
#[test]
fn random_keys_never_panic() {
    const CODES: [KeyCode; 14] = [
        KeyCode::Enter,
        KeyCode::Esc,
        KeyCode::Tab,
        KeyCode::BackTab,
        KeyCode::Backspace,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::PageDown,
        KeyCode::PageUp,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::F(1),
    ];
    const LETTERS: &str = "1234jkhlgG[]/fdruxobtavnNc?2255ff\u{202e}é0";
    let letters: Vec<char> = LETTERS.chars().collect();
    for seed in 0..4_u64 {
        let mut random = seed;
        let mut next = |below: usize| {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(random >> 33).unwrap() % below
        };
        at("starter", &["private-network-lost", "corporate-systems-lost"], |session| {
            for _ in 0..500 {
                let code = match next(3) {
                    0 => CODES[next(CODES.len())],
                    _ => KeyCode::Char(letters[next(letters.len())]),
                };
                session.press(KeyEvent::new(code, KeyModifiers::NONE));
                let size = |n: usize| u16::try_from(n).unwrap();
                session.screen(size(1 + next(130)), size(1 + next(50)));
            }
            session.keys("\u{1b}\u{1b}q");
            assert!(session.state.quits(), "seed {seed}");
        });
    }
}
