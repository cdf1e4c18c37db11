//! The registry of the guide's rules: what each is called, what it does to a
//! result, the page it comes from and where it is applied.
//!
//! The registry describes; it decides nothing. Guards cite a rule by its id
//! where they refuse ([`crate::routes`]), and whoever shows that id finds the
//! name, the page and the text for planners here. The text of a rule is
//! `engine/rules/ID.md`; every plan in it is run by `engine/tests/rules`.

mod app;
mod bcp;
mod bwd;
mod inb;
mod int;
mod off;
pub mod own;
mod phn;
mod prv;
mod prx;
mod trn;
mod vdi;
mod vpn;

use std::fmt::Write as _;

/// How many rules the guide has in our count.
const COUNT: usize = 94;

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// TRN.
    Transport,
    /// PHN.
    Phones,
    /// BWD.
    Bandwidth,
    /// INB.
    CustomerCalls,
    /// OFF.
    OffSite,
    /// APP.
    Applications,
    /// VDI.
    Desktops,
    /// PRX.
    Proxies,
    /// VPN.
    Tunnels,
    /// INT.
    Internet,
    /// PRV.
    Private,
    /// BCP.
    Continuity,
}

impl Family {
    /// The letters that its ids begin with.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Transport => "TRN",
            Self::Phones => "PHN",
            Self::Bandwidth => "BWD",
            Self::CustomerCalls => "INB",
            Self::OffSite => "OFF",
            Self::Applications => "APP",
            Self::Desktops => "VDI",
            Self::Proxies => "PRX",
            Self::Tunnels => "VPN",
            Self::Internet => "INT",
            Self::Private => "PRV",
            Self::Continuity => "BCP",
        }
    }

    /// What it is about, in words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Transport => "transport networks",
            Self::Phones => "agents' phones",
            Self::Bandwidth => "bandwidth of agents' traffic",
            Self::CustomerCalls => "customers' calls",
            Self::OffSite => "working off site",
            Self::Applications => "applications",
            Self::Desktops => "virtual desktops",
            Self::Proxies => "proxies and PAC files",
            Self::Tunnels => "VPN",
            Self::Internet => "access over the Internet",
            Self::Private => "access over a private network",
            Self::Continuity => "continuity",
        }
    }
}

/// What a rule does to a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Decides whether a way of working exists.
    Route,
    /// Puts a figure on something that has a capacity.
    Load,
    /// A finding about the plan as written.
    Check,
    /// A failover step that may be proposed.
    Change,
    /// Shown beside a result.
    Inform,
}

impl Effect {
    /// Its word in tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Route => "route",
            Self::Load => "load",
            Self::Check => "check",
            Self::Change => "change",
            Self::Inform => "inform",
        }
    }
}

/// One rule of the guide.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// `PRX-07`; never given to another rule.
    pub id: &'static str,
    /// Named for the offence, or for the fact where there is none.
    pub name: &'static str,
    /// What it is about.
    pub family: Family,
    /// What it does to a result.
    pub effects: &'static [Effect],
    /// The title of the guide's page.
    pub page: &'static str,
    /// The module that applies it, or the release that will.
    pub applied: &'static str,
    /// Its text for planners, where it decides or measures a way of working.
    pub docs: Option<&'static str>,
}

impl Rule {
    /// Whether it does this to a result.
    pub fn has(&self, effect: Effect) -> bool {
        self.effects.contains(&effect)
    }
}

/// All rules, family by family.
pub static RULES: &[Rule] = &ALL;

static ALL: [Rule; COUNT] = gather();

const FAMILIES: [&[Rule]; 12] = [
    trn::RULES,
    phn::RULES,
    bwd::RULES,
    inb::RULES,
    off::RULES,
    app::RULES,
    vdi::RULES,
    prx::RULES,
    vpn::RULES,
    int::RULES,
    prv::RULES,
    bcp::RULES,
];

/// Puts the families one after another; does not compile if rules are too few
/// or too many.
const fn gather() -> [Rule; COUNT] {
    let mut all = [FAMILIES[0][0]; COUNT];
    let (mut family, mut next) = (0, 0);
    while family < FAMILIES.len() {
        let mut n = 0;
        while n < FAMILIES[family].len() {
            all[next] = FAMILIES[family][n];
            n += 1;
            next += 1;
        }
        family += 1;
    }
    assert!(next == COUNT, "every rule is in the registry");
    all
}

/// Looks a rule up by its id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// What a rule is called to people: the guide's page, or the name of our own.
pub fn title(id: &str) -> Option<&'static str> {
    let own = || own::OWN.iter().find(|rule| rule.id == id).map(|rule| rule.says);
    rule(id).map(|rule| rule.page).or_else(own)
}

/// The index of all rules in Markdown, as in `docs/rules.md`.
pub fn index() -> String {
    let mut text = String::from(INTRODUCTION);
    let mut family = None;
    for rule in RULES {
        if family != Some(rule.family) {
            family = Some(rule.family);
            let title = rule.family.name();
            let _ = write!(text, "\n## {}: {title}\n\n{HEAD}", rule.family.prefix());
        }
        let effects: Vec<&str> = rule.effects.iter().map(|effect| effect.word()).collect();
        let id = match rule.docs {
            Some(_) => format!("[{0}](../engine/rules/{0}.md)", rule.id),
            None => rule.id.to_owned(),
        };
        let effects = effects.join(", ");
        let applied = if rule.applied.contains("::") {
            format!("`{}`", rule.applied)
        } else {
            rule.applied.to_owned()
        };
        let _ = writeln!(text, "| {id} | {} | {effects} | {} | {applied} |", rule.name, rule.page);
    }
    text
}

const INTRODUCTION: &str = "\
# The rules

Everything that Outlast knows about the cloud comes from the vendor's
availability guide of June 2022, taken apart into 94 rules. Results cite them by
id. A rule with a link has a page with a small plan that it decides and the same
plan mended; both are run by a test.

| effect | means |
|---|---|
| route | decides whether a way of working exists |
| load | puts a figure on something that has a capacity |
| check | is a finding about the plan as written |
| change | is a failover step that may be proposed |
| inform | is shown beside a result |

This page is written by a test: `OUTLAST_UPDATE=1 cargo test -p outlast-engine --test rules`.
";

const HEAD: &str = "\
| id | name | effect | the guide's page | applied in |
|---|---|---|---|---|
";
