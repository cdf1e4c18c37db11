//! The command line.

mod compile;
mod contingency;
mod risk;

use std::ffi::OsString;
use std::ops::Deref;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use compile::Compile;
pub use contingency::Contingency;
pub use risk::{Asking, Risk};

/// Answers one question for a contact center that runs on a cloud service: when
/// this breaks, which agents keep working, what has to be changed, and what
/// will it cost in bandwidth?
#[derive(Debug, Parser)]
#[command(name = "outlast", version, max_term_width = 80)]
#[command(after_help = AFTER_HELP)]
pub struct Cli {
    /// What to do; without it Outlast shows where to begin.
    #[command(subcommand)]
    pub command: Option<Command>,
}

const AFTER_HELP: &str = "\
A bare word is a plan or scenario that Outlast ships (`bank`,
`data-center-lost:dc-york`); anything with a separator or an ending (`./bank`,
`plan.yaml`) is a path.

Exit status: 0 answered, 1 findings or differences, 2 wrong usage, 3 wrong
input, 4 incomplete, 70 Outlast itself is wrong.";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Writes a commented starter plan, or a sample
    Init(Init),
    /// Says what is wrong with a plan, and how to mend it
    Check(Check),
    /// Says who works when the scenarios strike
    Run(Run),
    /// Says for each way of working of a group why it is open or refused
    Explain(Explain),
    /// Says what fails alone or together, and what that costs
    Contingency(Contingency),
    /// Says how likely it is that too few work, and what a year costs
    Risk(Risk),
    /// Writes the continuity report: a page with charts, and the figures behind it
    Report(Report),
    /// Says which unknown or assumed facts are worth asking, and whom
    Ask(Ask),
    /// Shows a plan in the terminal: who works, what if, why, when
    Tui(Tui),
    /// Lists the scenarios, sample plans and built-in components
    Scenarios(Scenarios),
    /// Writes the JSON Schema of plans or scenarios, for editors
    Schema(Schema),
    /// Shows rules of the guide: what each means, examples, how to mend
    Rule(Rule),
    /// Asks a PAC file
    Pac(Pac),
    /// Writes the completions of a shell
    Completions(Completions),
    /// Writes the manual page
    Man(Man),
    /// Writes what a plan is compiled to, for other programs
    #[command(hide = true)]
    Compile(Compile),
    /// Runs one PAC file; started by Outlast itself
    #[command(hide = true)]
    PacWorker,
}

/// What every command that answers takes.
#[derive(Debug, Clone, Args)]
pub struct Writing {
    /// For people, or for programs
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Write the answer to this file
    #[arg(short, long, value_name = "PATH")]
    pub out: Option<PathBuf>,
    /// Overwrite what is there
    #[arg(long)]
    pub force: bool,
    /// Nothing but the answer
    #[arg(short, long)]
    pub quiet: bool,
}

/// What every command takes that knows more than it shows at first.
#[derive(Debug, Clone, Args)]
pub struct Output {
    /// Where to and how.
    #[command(flatten)]
    pub writing: Writing,
    /// All the other figures as well
    #[arg(long)]
    pub details: bool,
}

impl Deref for Output {
    type Target = Writing;

    fn deref(&self) -> &Writing {
        &self.writing
    }
}

/// What every command that computes takes.
#[derive(Debug, Clone, Copy, Args)]
pub struct Work {
    /// How many threads to use; never changes the answer
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
}

/// What every command takes that runs a scenario: what is tried on top of it, or of
/// nothing, from the beginning to the end.
#[derive(Debug, Clone, Default, Args)]
pub struct Tried {
    /// Lose these components as well
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    pub fail: Vec<String>,
    /// Leave components a share of their capacity, or of who stands on them
    #[arg(long, value_name = "ID=SHARE,…", value_delimiter = ',')]
    pub degrade: Vec<String>,
    /// Leave these alone, whatever the scenario does to them
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    pub restore: Vec<String>,
}

impl Tried {
    /// The options as they can be written again.
    pub fn words(&self) -> Vec<String> {
        let all =
            [("--fail", &self.fail), ("--degrade", &self.degrade), ("--restore", &self.restore)];
        let given = all.into_iter().filter(|(_, values)| !values.is_empty());
        given.flat_map(|(option, values)| [option.to_owned(), values.join(",")]).collect()
    }
}

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A verdict, a table that fits a screen, and what decided it
    Human,
    /// One JSON document
    Json,
    /// The same document as YAML
    Yaml,
}

/// When a run that was answered ends with status 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// An objective is missed, or may be: of some it cannot be said
    Missed,
    /// An objective is missed for certain, whatever is not known
    SurelyMissed,
}

/// `outlast init`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  outlast init                      the folder starter/ with a plan to begin with
  outlast init bank                 the folder bank/ with a whole bank
  outlast init insurer              the folder insurer/, as large as plans get
  outlast init clinic               the folder clinic/ with a small hospital
  outlast init bank --out drill     the same in the folder drill/

Beside the plan it writes outlast.schema.json, by which editors complete keys
and underline mistakes.")]
pub struct Init {
    /// Which sample; `outlast scenarios` lists them
    #[arg(value_name = "SAMPLE", default_value = "starter")]
    pub sample: String,
    /// Write into this folder
    #[arg(short, long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Overwrite what is there
    #[arg(long)]
    pub force: bool,
    /// Do not say what was written
    #[arg(short, long)]
    pub quiet: bool,
}

/// From what on a check ends with status 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOnFinding {
    /// An error
    Error,
    /// A warning or an error
    Warning,
    /// Whatever is found, the status is 0
    Never,
}

/// `outlast check`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  outlast check bank                errors and warnings, most agents first
  outlast check ./bank --top 5      the five that matter most
  outlast check ./bank --details    notes as well, and all that each breaks
  outlast check plan.yaml --fail-on warning --quiet --format json")]
pub struct Check {
    /// The plan: a shipped one, a file, or a folder with plan.yaml
    pub plan: OsString,
    /// Show people so many findings at most; a document has all
    #[arg(long, value_name = "N")]
    pub top: Option<usize>,
    /// End with status 1 from what on
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = FailOnFinding::Error)]
    pub fail_on: FailOnFinding,
    /// How to answer
    #[command(flatten)]
    pub output: Output,
    /// How to work
    #[command(flatten)]
    pub work: Work,
}

/// `outlast run`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  outlast run bank corporate-systems-lost
  outlast run bank data-center-lost:dc-york private-network-lost
  outlast run ./bank ./my-scenario.yaml --details
  outlast run plan.yaml data-center-lost --format json -o result.json
  outlast run plan.yaml isp-lost --fail-on missed --quiet
  outlast run plan.yaml isp-lost --annex agents=isp-lost.csv
  outlast run bank isp-lost --unknown york-net-a --unknown proxy-york
  outlast run bank isp-lost --fail dc-york --degrade vpn-slough=60%
  outlast run bank                  the plan with nothing failed")]
pub struct Run {
    /// The plan: a shipped one, a file, or a folder with plan.yaml
    pub plan: OsString,
    /// The scenarios, each on its own: a shipped one or a file, `:ARGUMENT` behind;
    /// without one nothing fails but what is tried
    #[arg(value_name = "SCENARIO")]
    pub scenarios: Vec<OsString>,
    /// What is tried
    #[command(flatten)]
    pub tried: Tried,
    /// A component of which nobody knows whether it is up; may be repeated
    #[arg(long, value_name = "ID")]
    pub unknown: Vec<String>,
    /// End with status 1 if so
    #[arg(long, value_enum, value_name = "WHAT")]
    pub fail_on: Option<FailOn>,
    /// Also write what happens to each agent of the roster, by id, into FILE
    /// (agents.csv)
    #[arg(long, value_name = "agents[=FILE]", value_parser = annex)]
    pub annex: Option<PathBuf>,
    /// How to answer
    #[command(flatten)]
    pub output: Output,
    /// How to work
    #[command(flatten)]
    pub work: Work,
}

/// `outlast report`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  outlast report bank data-center-lost isp-lost --out report
  outlast report ./bank disaster --out drill --date 2026-11-24
  outlast report plan.yaml ./my-scenario.yaml --out report --force
  outlast report bank isp-lost --out report --unknown york-net-a

The folder then holds report.html, one page that needs no network and prints
well, and report.json, the figures behind it. It is made if it is not there;
other files in it are left alone. The same inputs give the same bytes.")]
pub struct Report {
    /// The plan: a shipped one, a file, or a folder with plan.yaml
    pub plan: OsString,
    /// The scenarios, each on its own: a shipped one or a file, `:ARGUMENT` behind
    #[arg(required = true, value_name = "SCENARIO")]
    pub scenarios: Vec<OsString>,
    /// What is tried
    #[command(flatten)]
    pub tried: Tried,
    /// Write into this folder
    #[arg(short, long, value_name = "FOLDER")]
    pub out: PathBuf,
    /// The day to be printed on it, like 2026-11-24; without it there is none
    #[arg(long, value_name = "DAY")]
    pub date: Option<String>,
    /// A component of which nobody knows whether it is up; may be repeated
    #[arg(long, value_name = "ID")]
    pub unknown: Vec<String>,
    /// End with status 1 if so
    #[arg(long, value_enum, value_name = "WHAT")]
    pub fail_on: Option<FailOn>,
    /// Overwrite a report that is there
    #[arg(long)]
    pub force: bool,
    /// Nothing on standard output or standard error but errors
    #[arg(short, long)]
    pub quiet: bool,
    /// How to work
    #[command(flatten)]
    pub work: Work,
}

/// The file of an annex: `agents=FILE`.
fn annex(text: &str) -> Result<PathBuf, String> {
    match text.split_once('=') {
        None if text == "agents" => Ok(PathBuf::from("agents.csv")),
        Some(("agents", file)) if !file.is_empty() => Ok(PathBuf::from(file)),
        _ => Err("write `agents`, or `agents=FILE`".to_owned()),
    }
}

/// How `outlast ask` answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AskFormat {
    /// The questions that decide most
    Human,
    /// One JSON document
    Json,
    /// The same document as YAML
    Yaml,
    /// All questions as Markdown, to be sent
    Markdown,
    /// All questions as a table, one a row
    Csv,
}

/// `outlast ask`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  outlast ask bank
  outlast ask ./bank data-center-lost:dc-york
  outlast ask plan.yaml --format csv -o questions.csv

Without scenarios these are looked at beside the normal state, as far as they
apply: data-center-lost, private-network-lost, isp-lost, site-evacuated,
corporate-systems-lost. Each fact is changed alone.")]
pub struct Ask {
    /// The plan: a shipped one, a file, or a folder with plan.yaml
    pub plan: OsString,
    /// The scenarios: shipped ones or files, `:ARGUMENT` behind
    #[arg(value_name = "SCENARIO")]
    pub scenarios: Vec<OsString>,
    /// For people, for programs, for a mail or for a spreadsheet
    #[arg(long, value_enum, default_value_t = AskFormat::Human)]
    pub format: AskFormat,
    /// Write the answer to this file
    #[arg(short, long, value_name = "PATH")]
    pub out: Option<PathBuf>,
    /// Overwrite what is there
    #[arg(long)]
    pub force: bool,
    /// Nothing but the answer
    #[arg(short, long)]
    pub quiet: bool,
    /// Every question with every effect
    #[arg(long)]
    pub details: bool,
    /// How to work
    #[command(flatten)]
    pub work: Work,
}

/// `outlast explain`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  outlast explain bank --group cards-leeds
  outlast explain bank data-center-lost:dc-york --group cards-leeds --at 4h
  outlast explain ./bank private-network-lost --group cards-leeds --details
  outlast explain bank --group cards-leeds --fail dc-york,leeds-net-a")]
pub struct Explain {
    /// The plan: a shipped one, a file, or a folder with plan.yaml
    pub plan: OsString,
    /// The scenario; without it the normal state is explained
    pub scenario: Option<OsString>,
    /// The group whose ways of working to explain
    #[arg(long)]
    pub group: String,
    /// The moment, from the start of the scenario: 30min, 4h
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// What is tried
    #[command(flatten)]
    pub tried: Tried,
    /// How to answer
    #[command(flatten)]
    pub output: Output,
    /// How to work
    #[command(flatten)]
    pub work: Work,
}

/// `outlast tui`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  outlast tui bank                  nothing fails until you make it
  outlast tui bank data-center-lost:dc-york isp-lost
  outlast tui ./my-plan ./my-scenario.yaml

Four views: who works; what if something fails, degrades or is spared; why a
group works or not; the scenario over time. `?` shows the keys. Every screen
shows the command line that gives the same answer, and so does quitting. It
needs 80 columns and 24 lines.")]
pub struct Tui {
    /// The plan: a shipped one, a file, or a folder with plan.yaml
    pub plan: OsString,
    /// The scenarios: shipped ones or files, `:ARGUMENT` behind
    #[arg(value_name = "SCENARIO")]
    pub scenarios: Vec<OsString>,
}

/// `outlast scenarios`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  outlast scenarios                 what Outlast ships, by what it is about
  outlast scenarios --details       with what each models, assumes and takes
  outlast scenarios bank            and what each scenario would take in a plan
  outlast scenarios ./my-plan --format json")]
pub struct Scenarios {
    /// The plan: a shipped one, a file, or a folder with plan.yaml
    pub plan: Option<OsString>,
    /// How to answer
    #[command(flatten)]
    pub output: Output,
}

/// `outlast schema`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  outlast schema --out outlast.schema.json
  outlast schema --for scenario --out scenario.schema.json

Editors read it if the file begins with one of these lines:
  # yaml-language-server: $schema=./outlast.schema.json
  # $schema: ./outlast.schema.json")]
pub struct Schema {
    /// What is written in the editor
    #[arg(long = "for", value_enum, value_name = "WHAT", default_value_t = Written::Plan)]
    pub of: Written,
    /// Write it to this file
    #[arg(short, long, value_name = "PATH")]
    pub out: Option<PathBuf>,
    /// Overwrite what is there
    #[arg(long)]
    pub force: bool,
}

/// What a person writes for Outlast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Written {
    /// A plan
    Plan,
    /// A scenario
    Scenario,
}

/// `outlast rule`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  outlast rule                      what rules there are
  outlast rule PRX-07               one of them; prx-7 does as well
  outlast rule PRX-07 INT-03        two
  outlast rule --all --format json  all as a document")]
pub struct Rule {
    /// The ids or names of rules
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// Every rule in full
    #[arg(long, conflicts_with = "ids")]
    pub all: bool,
    /// How to answer
    #[command(flatten)]
    pub writing: Writing,
}

/// `outlast pac`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  outlast pac test proxy.pac https://desk.cloud.example/")]
pub struct Pac {
    /// What to do
    #[command(subcommand)]
    pub command: PacCommand,
}

/// The commands of `outlast pac`.
#[derive(Debug, Subcommand)]
pub enum PacCommand {
    /// Says what a PAC file answers for each URL, and which line says so
    Test(PacTest),
}

/// `outlast pac test`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  outlast pac test proxy.pac https://desk.cloud.example/ https://turn.example/
  outlast pac test proxy.pac https://desk.cloud.example/ --client-ip 10.1.2.3
  outlast pac test proxy.pac https://desk.cloud.example/ --format json

The file runs apart from this machine: no name has an address, it is Monday,
12:00, and the workstation's address is 127.0.0.1 unless --client-ip says
otherwise. The answer tells which of these the file has asked for. Of an https
address the file learns scheme, host and port, as from a browser. If the file
fails for a URL, the exit status is 3.")]
pub struct PacTest {
    /// The PAC file; /dev/stdin for standard input
    pub file: OsString,
    /// What to ask for, with its scheme
    #[arg(required = true, value_name = "URL")]
    pub urls: Vec<String>,
    /// What the file learns as the workstation's own address
    #[arg(long, value_name = "ADDRESS")]
    pub client_ip: Option<std::net::Ipv4Addr>,
    /// How to answer
    #[command(flatten)]
    pub writing: Writing,
}

/// `outlast completions`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  outlast completions bash > ~/.local/share/bash-completion/completions/outlast
  outlast completions fish > ~/.config/fish/completions/outlast.fish")]
pub struct Completions {
    /// Which shell
    pub shell: clap_complete::Shell,
}

/// `outlast man`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  outlast man | man -l -            read the page
  outlast man run                   the page of one command
  outlast man --out pages           every page as a file of its own")]
pub struct Man {
    /// The command whose page to write; without it the main page
    pub command: Option<String>,
    /// Write every page into this folder
    #[arg(short, long, value_name = "FOLDER", conflicts_with = "command")]
    pub out: Option<PathBuf>,
    /// Overwrite what is there
    #[arg(long)]
    pub force: bool,
}
