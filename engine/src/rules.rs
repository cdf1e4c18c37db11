//! The registry of the guide's rules: what each is called, what it does to a
//! result, the page it comes from and where it is applied.
//!
//! The registry describes; it decides nothing. Guards cite a rule by its id
//! where they refuse ([`crate::routes`]), and whoever shows that id finds the
//! name, the page and the text for planners here. The text of a rule is
//! `engine/rules/ID.md`; every plan in it is run by `engine/tests/rules`, which
//! also writes `docs/rules/` from the text and this registry.

mod app;
mod bcp;
mod bwd;
mod inb;
mod int;
mod off;
pub mod own;
pub mod page;
mod phn;
mod prv;
mod prx;
mod trn;
mod vdi;
mod vpn;

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
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Route, Self::Load, Self::Check, Self::Change, Self::Inform];

    /// What a rule of this effect does, as a clause.
    pub const fn means(self) -> &'static str {
        match self {
            Self::Route => "decides whether a way of working exists",
            Self::Load => "puts a figure on something that has a capacity",
            Self::Check => "is a finding about the plan as written",
            Self::Change => "is a failover step that may be proposed",
            Self::Inform => "is shown beside a result",
        }
    }

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
    /// The titles of the guide's pages that state it.
    pub pages: &'static [&'static str],
    /// The modules that apply it.
    pub applied: &'static [&'static str],
    /// What has to come before it is applied, or applied in full.
    pub awaits: Option<&'static str>,
    /// Its text for planners.
    pub text: &'static str,
}

impl Rule {
    /// Whether it does this to a result.
    pub fn has(&self, effect: Effect) -> bool {
        self.effects.contains(&effect)
    }

    /// Its text, taken apart.
    pub fn page(&self) -> page::Page {
        page::parse(self.text)
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

/// Looks a rule up by its id or name as people type them: `prx-7`, `PRX007`.
pub fn find(typed: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| is_called(typed, rule.id, rule.name))
}

/// Whether somebody means this id or name, whatever its case and zeros.
fn is_called(typed: &str, id: &str, name: &str) -> bool {
    let typed = typed.trim().to_ascii_lowercase();
    let digits = typed.find(|c: char| c.is_ascii_digit()).unwrap_or(typed.len());
    let (letters, number) = typed.split_at(digits);
    let letters = letters.trim_end_matches(['-', '_', ' ']);
    let is_number = number.parse::<u32>().is_ok_and(|number| id[4..].parse() == Ok(number));
    typed == name || (is_number && id[..3].eq_ignore_ascii_case(letters))
}

/// The rules of the family whose letters begin a word that names no rule.
pub fn family_of(typed: &str) -> Option<&'static [Rule]> {
    let letters: String = typed.trim().chars().take_while(char::is_ascii_alphabetic).collect();
    FAMILIES.into_iter().find(|rules| rules[0].family.prefix().eq_ignore_ascii_case(&letters))
}

/// What a rule is called to people: the guide's page, or the name of our own.
pub fn title(id: &str) -> Option<&'static str> {
    let own = || own::OWN.iter().find(|rule| rule.id == id).map(|rule| rule.says);
    rule(id).map(|rule| rule.pages[0]).or_else(own)
}
