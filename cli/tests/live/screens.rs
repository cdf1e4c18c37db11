//! Every view, on the smallest screen and on a large one.

use super::session::at;

#[test]
fn every_view_on_two_screens() {
    at("bank", &["regional-flood", "data-center-lost:dc-york"], |session| {
        let views = [
            ("overview", "1"),
            ("overview-groups", "]bta"),
            ("what-if", "2G"),
            ("what-if-tried", "gljjfGkk"),
            ("what-if-by-site", "ogljd60\n"),
            ("explain", "3jjj"),
            ("explain-page", "\n"),
            ("time", "4"),
            ("help", "2?"),
            ("command", "\u{1b}3c"),
        ];
        for (name, keys) in views {
            session.keys(keys);
            for (columns, lines) in [(80, 24), (120, 40)] {
                let name = format!("{name}-{columns}x{lines}");
                insta::assert_snapshot!(name, session.screen(columns, lines));
            }
        }
    });
}

#[test]
fn a_small_terminal_says_what_it_needs() {
    at("starter", &[], |session| {
        assert_eq!(
            session.screen(40, 10).trim_end(),
            "80 columns and 24 lines are needed; here\nare 40 and 10. q quits."
        );
        for (columns, lines) in [(1, 1), (79, 24), (80, 23), (300, 2)] {
            session.screen(columns, lines);
        }
        session.keys("q");
        assert!(session.state.quits());
    });
}

const NOBODY: &str = "outlast: 1
name: Nobody
sites: {home: {kind: homes}}
groups: {team: {agents: 0, work_at: [home], media: [digital]}}
";

/// A plan in which nobody works has its screens, too.
#[test]
fn an_empty_plan_is_shown() {
    let here = tempfile::tempdir().unwrap();
    let path = here.path().join("plan.yaml");
    std::fs::write(&path, NOBODY).unwrap();
    at(path.to_str().unwrap(), &[], |session| {
        for keys in ["1jb\n", "2ljf", "3j\n", "4l"] {
            session.keys(keys);
            let screen = session.screen(80, 24);
            assert!(screen.starts_with("Nobody · "), "{screen}");
        }
    });
}

/// What strangers have named neither moves the cursor nor turns a line round, and a
/// long name leaves the figures on the screen.
#[test]
fn hostile_and_long_names_are_harmless() {
    let here = tempfile::tempdir().unwrap();
    let path = here.path().join("plan.yaml");
    let (long, group) = ("x".repeat(10_000), "y".repeat(64));
    let plan = format!(
        "outlast: 1
name: \"a\\u001b]52;c;x\\u0007\\u202eb{long}\"
sites: {{home: {{kind: homes}}}}
groups: {{{group}: {{agents: 7, work_at: [home], media: [digital]}}}}
"
    );
    std::fs::write(&path, plan).unwrap();
    at(path.to_str().unwrap(), &[], |session| {
        for keys in ["1b", "2", "3\n", "4"] {
            session.keys(keys);
            let screen = session.screen(80, 24);
            let bad = |c: &char| (c.is_control() && *c != '\n') || *c == '\u{202e}';
            assert!(!screen.contains(|c| bad(&c)), "{screen:?}");
            assert!(screen.lines().nth(1).unwrap().contains("of 7 work"), "{screen}");
        }
    });
}
