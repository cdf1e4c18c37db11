//! `outlast` without a command: where to begin, for each of the three kinds of
//! reader.

use outlast_tui::{Palette, SCREEN_COLUMNS, Tone, wrapped};

use crate::error::CliError;
use crate::exit::Exit;
use crate::out;

/// A command and what it answers.
type Line = (&'static str, &'static str);

/// Five commands for each reader; a test runs every one.
pub(super) const READERS: [(&str, [Line; 5]); 3] = [
    (
        "Planning for continuity",
        [
            (
                "outlast run bank corporate-systems-lost",
                "who works when all corporate systems are lost",
            ),
            ("outlast run bank data-center-lost:dc-york", "who works without one data center"),
            ("outlast explain bank --group cards-leeds", "the ways of working of a group"),
            ("outlast scenarios bank", "what each scenario would take"),
            ("outlast init", "a commented plan to begin with"),
        ],
    ),
    (
        "Comparing designs",
        [
            ("outlast init bank", "a whole bank to change and try again"),
            ("outlast run bank private-network-lost --details", "every figure of a loss"),
            (
                "outlast explain bank data-center-lost:dc-york --group cards-leeds",
                "why a way is refused",
            ),
            ("outlast contingency bank", "what is missed by one failure, or by two at once"),
            ("outlast run bank isp-lost --format json -o isp.json", "figures to compute with"),
        ],
    ),
    (
        "Reviewing a report",
        [
            ("outlast run bank corporate-systems-lost --details", "what a verdict stands on"),
            ("outlast run bank corporate-systems-lost --format json", "the figures as a document"),
            (
                "outlast explain bank corporate-systems-lost --group cards-leeds --details",
                "the rule that decides",
            ),
            ("outlast scenarios --details", "what each scenario does"),
            ("outlast --version", "which Outlast this is"),
        ],
    ),
];

/// Shows where to begin.
pub(super) fn show() -> Result<Exit, CliError> {
    out::print(&text(out::answer_palette()))?;
    Ok(Exit::Answered)
}

fn text(palette: Palette) -> String {
    let opening = "Outlast: when this breaks, which agents keep working, what has to be changed, \
                   and what will it cost in bandwidth?";
    let mut text = format!("{}\n", wrapped(opening, SCREEN_COLUMNS, 0));
    for (reader, lines) in READERS {
        text.extend(["\n", &palette.paint(Tone::Strong, reader), "\n"]);
        for (command, answer) in lines {
            text.extend(["  ", command, "\n      ", &palette.paint(Tone::Faint, answer), "\n"]);
        }
    }
    text.push_str(
        "\n`outlast --help` shows every command, `outlast COMMAND --help` its options.\n",
    );
    text
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use clap::Parser;

    use super::READERS;
    use crate::args::{Cli, Command};
    use crate::load;

    /// Every command shown names plans, scenarios and groups that exist.
    #[test]
    fn what_is_shown_can_be_typed() {
        for (command, _) in READERS.iter().flat_map(|(_, lines)| lines) {
            if command.ends_with("--version") {
                continue;
            }
            let cli = Cli::try_parse_from(command.split(' ').map(OsString::from)).unwrap();
            let (plan, scenarios, group) = match cli.command.unwrap() {
                Command::Run(args) => (args.plan, args.scenarios, None),
                Command::Explain(args) => {
                    (args.plan, args.scenario.into_iter().collect(), Some(args.group))
                }
                _ => continue,
            };
            let plan = load::read_plan(&plan).unwrap();
            assert!(group.is_none_or(|group| plan.plan.groups.contains_key(group.as_str())));
            for word in scenarios {
                let bound = plan.scenario(&word, &mut |of| of[0].id.clone()).unwrap().bound;
                assert!(!bound.events.is_empty(), "{command}");
            }
        }
    }
}
