//! A scenario as read: what happens, when, to what, not yet to which plan.
//!
//! Names of the plan's things are only words here; [`crate::bind`] gives them
//! their meaning. Where a value may be an argument (`$site`), it is an [`Arg`].

use indexmap::IndexMap;
use outlast_models::units::{Millionths, Millis, WeekHour};
use outlast_models::yaml::Node;
use outlast_models::{Id, Place};

use crate::class::Class;
use crate::whatif::NOTHING;

/// A scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// What it is called by: the library's bare name, or the file's name without
    /// folder and ending. Whoever loads a scenario may set it.
    pub id: String,
    /// `name`: its title.
    pub title: String,
    /// `about`.
    pub about: String,
    /// `takes`: its parameters, in the order of the arguments.
    pub takes: IndexMap<Id, Parameter>,
    /// `horizon`: how long it is looked at.
    pub horizon: Millis,
    /// `starts`; `None` = at the busiest hour.
    pub starts: Option<WeekHour>,
    /// `events`, in file order.
    pub events: Vec<Event>,
    /// Where it begins.
    pub place: Place,
}

impl Scenario {
    /// Nothing happens for so long, from the busiest hour on.
    pub fn nothing(horizon: Millis) -> Self {
        Self {
            id: NOTHING.to_owned(),
            title: "Nothing has failed".to_owned(),
            about: String::new(),
            takes: IndexMap::new(),
            horizon,
            starts: None,
            events: Vec::new(),
            place: Place::BUILT_IN,
        }
    }
}

/// An entry of `takes`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Where it is written.
    pub place: Place,
    /// `kind`.
    pub kind: ParameterKind,
    /// `default`; `None` = the user has to say.
    pub default: Option<DefaultArgument>,
}

/// What an argument is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterKind {
    /// Something of the plan.
    Thing(Class),
    /// `share`.
    Share,
    /// `time`.
    Time,
    /// `times`: a factor.
    Times,
}

/// `default` of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DefaultArgument {
    /// `most-depended-on`: the one whose loss strands most agents at once.
    MostDependedOn,
    /// `every`: all there are.
    Every,
    /// A value or id as written.
    Text(String),
}

/// A value, or the parameter that stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arg<T> {
    /// Where it is written.
    pub place: Place,
    /// Which of the two.
    pub value: ArgValue<T>,
}

/// What an [`Arg`] holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArgValue<T> {
    /// The value itself.
    Is(T),
    /// `$parameter`.
    Parameter(Id),
}

/// An entry of `events`.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Where it is written.
    pub place: Place,
    /// `at`.
    pub at: Arg<Millis>,
    /// `for`; `None` = to the end.
    pub lasts: Option<Arg<Millis>>,
    /// What happens.
    pub action: Action,
}

/// What happens.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// `fail`.
    Fail(Selector),
    /// `degrade … to`.
    Degrade(Selector, Arg<Millionths>),
    /// `congest … blocking`.
    Congest(Selector, Arg<Millionths>),
    /// `misconfigure`.
    Misconfigure(Misconfiguration),
    /// `surge … times`, in thousandths.
    Surge(Selector, Arg<u64>),
    /// `evacuate`.
    Evacuate(Selector),
    /// `absent … share`.
    Absent(Selector, Arg<Millionths>),
    /// `include`.
    Include(Include),
}

/// What `misconfigure` names.
#[derive(Debug, Clone, PartialEq)]
pub enum Misconfiguration {
    /// A word, for everything it applies to (`None`) or for what is selected.
    Word(ConditionWord, Option<Vec<Arg<Id>>>),
    /// `{set: path, to: value}`.
    Set(Path, Node),
    /// `{every: kind, set: path, to: value}`.
    Every(String, Path, Node),
}

/// The path of a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Where it is written.
    pub place: Place,
    /// Keys with dots between them.
    pub text: String,
}

/// The words of `misconfigure`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConditionWord {
    /// `rotate-internet-addresses`: the services' Internet addresses change.
    RotateInternetAddresses,
    /// `pac-broken`: a PAC file fails.
    PacBroken,
    /// `turn-inspected`: a firewall or proxy inspects TURN.
    TurnInspected,
    /// `split-to-full`: a split tunnel is full.
    SplitToFull,
    /// `udp-idle-short`: a firewall forgets SIP registrations.
    UdpIdleShort,
}

impl ConditionWord {
    /// Every word.
    pub const ALL: [Self; 5] = [
        Self::RotateInternetAddresses,
        Self::PacBroken,
        Self::TurnInspected,
        Self::SplitToFull,
        Self::UdpIdleShort,
    ];

    /// The word as written.
    pub const fn word(self) -> &'static str {
        match self {
            Self::RotateInternetAddresses => "rotate-internet-addresses",
            Self::PacBroken => "pac-broken",
            Self::TurnInspected => "turn-inspected",
            Self::SplitToFull => "split-to-full",
            Self::UdpIdleShort => "udp-idle-short",
        }
    }
}

/// `include`: another scenario, with arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Include {
    /// Where it is written.
    pub place: Place,
    /// Its name.
    pub name: String,
    /// Arguments; a text that begins with `$` names a parameter of ours.
    pub arguments: Vec<String>,
}

/// What an event takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector {
    /// Where it is written.
    pub place: Place,
    /// What it says.
    pub terms: Terms,
}

/// The three shapes of a selector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Terms {
    /// A bare word: an id.
    Word(Arg<Id>),
    /// A list: any of these.
    Any(Vec<Selector>),
    /// A map: all of these.
    All(Vec<Criterion>),
}

/// One key of a selector; any of its values will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Where it is written.
    pub place: Place,
    /// What it asks.
    pub asks: Asks,
}

/// What a key of a selector asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asks {
    /// `kind`.
    Kind(Vec<Class>),
    /// Any other key.
    Name(SelectorKey, Vec<Arg<Id>>),
}

/// The keys of a selector, but `kind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SelectorKey {
    /// `id`.
    Id,
    /// `site`.
    Site,
    /// `region`.
    Region,
    /// `network`.
    Network,
    /// `provider`.
    Provider,
    /// `conduit`.
    Conduit,
    /// `feed`.
    Feed,
    /// `group`.
    Group,
    /// `queue`.
    Queue,
    /// `tag`.
    Tag,
}

impl SelectorKey {
    /// Every key, in the order of the documentation.
    pub const ALL: [Self; 10] = [
        Self::Id,
        Self::Site,
        Self::Region,
        Self::Network,
        Self::Provider,
        Self::Conduit,
        Self::Feed,
        Self::Group,
        Self::Queue,
        Self::Tag,
    ];

    /// The key as written.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Site => "site",
            Self::Region => "region",
            Self::Network => "network",
            Self::Provider => "provider",
            Self::Conduit => "conduit",
            Self::Feed => "feed",
            Self::Group => "group",
            Self::Queue => "queue",
            Self::Tag => "tag",
        }
    }
}
