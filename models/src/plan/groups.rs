//! Groups of agents: where they sit, how they get in, what they use.

use super::common::{Named, Need, Section, Use};
use super::machines::{Machine, ProxyOption};
use crate::fact::Fact;
use crate::id::Id;
use crate::place::Place;
use crate::units::{Bps, Millionths, Millis, Version};

/// An entry of `groups`.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Where it is written.
    pub place: Place,
    /// `agents`: heads.
    pub agents: u64,
    /// `on_shift`.
    pub on_shift: OnShift,
    /// `work_at`: places in order; the first is where they sit.
    pub work_at: Vec<Named>,
    /// `moving`.
    pub moving: Moving,
    /// `queue` or `queues`; empty where `media` is.
    pub queues: Vec<Named>,
    /// `priority` (default the first queue's).
    pub priority: Fact<u32>,
    /// `media` has `voice`.
    pub voice: bool,
    /// `media` has `digital`.
    pub digital: bool,
    /// `workstation`.
    pub workstation: Named,
    /// `phones` in order.
    pub phones: Vec<Named>,
    /// `provisioned` (default the first phone only).
    pub provisioned: Fact<Vec<Named>>,
    /// `access` in order (default private where the place has it, then Internet).
    pub access: Fact<Vec<AccessWay>>,
    /// `enters_by: direct`.
    pub enters_direct: Fact<bool>,
    /// `pac` or `proxy`: the browser's setting.
    pub browser: Fact<BrowserSetting>,
    /// `apps`.
    pub apps: Section<AppUse>,
    /// `recording`.
    pub recording: Fact<Option<Recording>>,
    /// `occupancy`, where the plan gives it.
    pub occupancy: Fact<Option<Millionths>>,
    /// `traffic` overrides.
    pub traffic: Traffic,
    /// `tags`.
    pub tags: Vec<Id>,
    /// `ways`: stated, not derived.
    pub ways: Section<StatedWay>,
}

/// `on_shift` of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnShift {
    /// A share, the same at every hour.
    Always(Fact<Millionths>),
    /// A share for each hour of the week from Monday 00:00 (168 entries).
    ByHour(Fact<Vec<Millionths>>),
}

/// `moving` of a group: how long each step takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moving {
    /// To another place.
    pub place: Fact<Millis>,
    /// To another machine.
    pub machine: Fact<Millis>,
    /// To another phone.
    pub phone: Fact<Millis>,
    /// Until the agent knows.
    pub notice: Fact<Millis>,
}

/// An entry of `access`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccessWay {
    /// `private`.
    Private(Place),
    /// `internet`.
    Internet(Place),
    /// A VPN.
    Vpn(Named),
    /// `internet` with this explicit proxy and no other setting.
    Proxy(Named),
    /// A virtual desktop.
    Vdi(Named),
}

/// The browser's proxy setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BrowserSetting {
    /// Direct.
    Direct,
    /// A PAC file.
    Pac(Named),
    /// Explicit proxies in order.
    Proxies(Vec<Named>),
}

/// An entry of `apps`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppUse {
    /// Where it is written.
    pub place: Place,
    /// Whether an agent cannot work without it.
    pub required: Fact<bool>,
    /// `on`; `None` = the desktop's machine of the access way.
    pub on: Fact<Option<Machine>>,
}

/// `recording` of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    /// Where it is written.
    pub place: Place,
    /// `share` of calls.
    pub share: Fact<Millionths>,
    /// `screens`.
    pub screens: Fact<u32>,
    /// `version` of the recorder (default: the newest that the guide names).
    pub version: Fact<Version>,
    /// `on`; `None` = the desktop's machine.
    pub on: Fact<Option<Machine>>,
    /// `proxy`.
    pub proxy: Fact<Option<ProxyOption>>,
    /// `upload: scheduled`: not concurrent with calls.
    pub scheduled: Fact<bool>,
    /// `required`.
    pub required: Fact<bool>,
}

/// `traffic` of a group: overrides of BWD, by figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traffic {
    /// `voice`: one call, each direction.
    pub voice: Fact<Option<Bps>>,
    /// `desktop`.
    pub desktop: Fact<Option<Bps>>,
    /// `recording`.
    pub recording: Fact<Option<Bps>>,
}

/// An entry of `ways`.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedWay {
    /// Where it is written.
    pub place: Place,
    /// `needs`.
    pub needs: Vec<Need>,
    /// `uses`.
    pub uses: Vec<Use>,
    /// `ready`.
    pub ready: Fact<Millis>,
}
