//! The words that `kind` takes, in selectors and in `takes`.

use outlast_models::Kind;
use outlast_models::catalogue::PhoneKind;
use outlast_models::read::{Fault, Parsed, hint};

/// What a `kind` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Components of one kind.
    Component(Kind),
    /// `site`: offices, data centers and vendors' sites (people's homes never).
    Site,
    /// `corporate-site`: offices and data centers, what the company runs itself.
    CorporateSite,
    /// `private-network`: networks that are neither the Internet nor the PSTN.
    PrivateNetwork,
    /// `private-circuit`: circuits to private networks.
    PrivateCircuit,
    /// `cloud-proxy`: web proxies at a vendor's site.
    CloudProxy,
    /// `isp`: who provides Internet circuits or home lines.
    Isp,
    /// `provider`: who provides circuits, networks, home lines or mobiles.
    Provider,
    /// `region`.
    Region,
    /// `group`.
    Group,
    /// `queue`.
    Queue,
    /// A kind of phone: the groups whose first phone is one.
    Phone(PhoneKind),
}

/// What components are besides their kind.
const SORTS: [Class; 5] = [
    Class::Site,
    Class::CorporateSite,
    Class::PrivateNetwork,
    Class::PrivateCircuit,
    Class::CloudProxy,
];

impl Class {
    /// The word as written.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Component(kind) => kind.word(),
            Self::Site => "site",
            Self::CorporateSite => "corporate-site",
            Self::PrivateNetwork => "private-network",
            Self::PrivateCircuit => "private-circuit",
            Self::CloudProxy => "cloud-proxy",
            Self::Isp => "isp",
            Self::Provider => "provider",
            Self::Region => "region",
            Self::Group => "group",
            Self::Queue => "queue",
            Self::Phone(kind) => kind.word(),
        }
    }

    /// Every class that a selector takes.
    pub fn of_selectors() -> Vec<Self> {
        let mut classes = components();
        classes.extend(SORTS);
        classes.extend([Self::Group, Self::Queue]);
        // `pbx` is the section's word already.
        let phones = PhoneKind::ALL.into_iter().filter(|kind| *kind != PhoneKind::Pbx);
        classes.extend(phones.map(Self::Phone));
        classes
    }

    /// Every class that a parameter may be of.
    pub fn of_parameters() -> Vec<Self> {
        let mut classes = components();
        classes.extend(SORTS);
        classes.extend([Self::Isp, Self::Provider, Self::Region, Self::Group, Self::Queue]);
        classes
    }

    /// Finds a word among classes.
    pub(crate) fn parse(text: &str, classes: &[Self], more: &[&str]) -> Parsed<Self> {
        if let Some(class) = classes.iter().find(|class| class.word() == text) {
            return Ok(*class);
        }
        let mut words: Vec<&str> = classes.iter().map(|class| class.word()).collect();
        words.extend(more);
        words.sort_unstable();
        let message = format!("{} is no kind", outlast_models::diagnostic::quoted(text));
        let help = hint(text, words.iter().copied());
        Err(Fault {
            message,
            help: Some(help.unwrap_or_else(|| format!("kinds: {}", words.join(", ")))),
        })
    }
}

/// Bundles are no components: their members are.
fn components() -> Vec<Class> {
    Kind::ALL.into_iter().filter(|kind| *kind != Kind::Bundle).map(Class::Component).collect()
}
