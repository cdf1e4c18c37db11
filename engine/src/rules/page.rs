//! A rule's text for planners, taken apart into what its views show.
//!
//! The text is prose under fixed headings, with plans between fences. A plan
//! begins with comments that say what comes of it (`# expect …`) and what its PAC
//! files answer (`# pac …`); a test holds the engine to them.

/// What is said about a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The fact, and what it does to a way of working.
    pub meaning: &'static str,
    /// Why a planner should care.
    pub why: &'static str,
    /// Plans that break it or show it, then plans that do not.
    pub examples: Vec<Example>,
    /// How to put it right.
    pub mend: &'static str,
    /// What Outlast does not know about it.
    pub limits: &'static str,
}

/// A small plan, and what comes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// What it shows.
    pub shows: Shows,
    /// A sentence about it; often none.
    pub says: &'static str,
    /// What comes of it, in the words of the tests: `agents: refused PRX-07`.
    pub expected: Vec<&'static str>,
    /// What its PAC files answer: `corporate: * DIRECT`.
    pub pac: Vec<&'static str>,
    /// The plan.
    pub plan: &'static str,
}

/// What an example shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// The rule refuses a way of working.
    Refused,
    /// A change is needed first.
    Needs,
    /// Something is loaded, or too small.
    Loads,
    /// A way stands on something that may fail.
    StandsOn,
    /// `check` has something to say.
    Found,
    /// It is no plan.
    Mistaken,
    /// All is as the rule asks.
    Works,
}

impl Shows {
    /// All of them, as their headings stand on a page.
    pub const ALL: [Self; 7] = [
        Self::Refused,
        Self::Needs,
        Self::Loads,
        Self::StandsOn,
        Self::Found,
        Self::Mistaken,
        Self::Works,
    ];

    /// The heading over its plans.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Refused => "Refused",
            Self::Needs => "Needs",
            Self::Loads => "Loads",
            Self::StandsOn => "Stands on",
            Self::Found => "Found",
            Self::Mistaken => "Mistaken",
            Self::Works => "Works",
        }
    }

    fn of(heading: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shows| shows.heading() == heading)
    }
}

/// The headings of a page that are no examples, in order: two before the
/// examples, two behind.
pub const PROSE: [&str; 4] = ["What it does", "Why it matters", "Mend", "Limits"];

/// Takes a text apart.
pub(super) fn parse(text: &'static str) -> Page {
    let mut prose = [""; PROSE.len()];
    let mut examples = Vec::new();
    for (heading, body) in sections(text) {
        if let Some(shows) = Shows::of(heading) {
            examples_of(shows, body, &mut examples);
        } else if let Some(at) = PROSE.iter().position(|known| *known == heading) {
            prose[at] = body.trim();
        }
    }
    let [meaning, why, mend, limits] = prose;
    Page { meaning, why, examples, mend, limits }
}

/// Headings with what stands under them.
fn sections(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let text = text.strip_prefix("## ").unwrap_or(text);
    text.split("\n## ").map(|section| section.split_once('\n').unwrap_or((section, "")))
}

fn examples_of(shows: Shows, body: &'static str, examples: &mut Vec<Example>) {
    let mut rest = body;
    while let Some((says, fenced)) = rest.split_once("```yaml\n") {
        let (plan, after) = fenced.split_once("```").unwrap_or((fenced, ""));
        examples.push(example(shows, says.trim(), plan));
        rest = after;
    }
}

fn example(shows: Shows, says: &'static str, fenced: &'static str) -> Example {
    let mut example = Example { shows, says, expected: Vec::new(), pac: Vec::new(), plan: fenced };
    while let Some((line, rest)) = example.plan.split_once('\n') {
        if let Some(words) = line.strip_prefix("# expect ") {
            example.expected.push(words);
        } else if let Some(words) = line.strip_prefix("# pac ") {
            example.pac.push(words);
        } else {
            break;
        }
        example.plan = rest;
    }
    example
}
