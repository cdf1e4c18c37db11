//! Sites, their power, and the homes' lines.

use super::common::{Common, Named, Use};
use super::networks::{Directions, IpVersion};
use crate::fact::Fact;
use crate::id::{Id, Kind};
use crate::place::Place;
use crate::units::{Millionths, Millis};

/// What a site is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SiteKind {
    /// People sit here.
    Office,
    /// Systems stand here.
    DataCenter,
    /// The homes of a region.
    Homes,
    /// A third party's: cloud proxy, cloud VDI.
    Vendor,
}

impl SiteKind {
    /// The same among the kinds of what can fail.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Office => Kind::Office,
            Self::DataCenter => Kind::DataCenter,
            Self::Homes => Kind::Homes,
            Self::Vendor => Kind::Vendor,
        }
    }
}

/// An entry of `sites`.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// Where it is written.
    pub place: Place,
    /// `kind`.
    pub kind: SiteKind,
    /// `region` (default: one region called `region`).
    pub region: Fact<Id>,
    /// `power`.
    pub power: Power,
    /// `seats`. Default for an office or data center: the head count of the
    /// groups whose first place it is, so that is what a `Defaulted` value
    /// holds; `None` is without limit (homes, vendors).
    pub seats: Fact<Option<u64>>,
    /// `internet` of homes: one line per agent, and the providers.
    pub internet: HomeInternet,
    /// `uses`: what whoever works there holds.
    pub uses: Vec<Use>,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// `power` of a site; without feeds it never loses power.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Power {
    /// `feeds`: any one suffices.
    pub feeds: Fact<Vec<Named>>,
    /// `ups`.
    pub ups: Fact<Millis>,
    /// `generator.fuel`.
    pub fuel: Fact<Millis>,
}

impl Default for Power {
    fn default() -> Self {
        let none = Fact::defaulted(Millis::ZERO);
        Self { feeds: Fact::defaulted(Vec::new()), ups: none, fuel: none }
    }
}

/// `internet` of homes.
#[derive(Debug, Clone, PartialEq)]
pub struct HomeInternet {
    /// `per_agent`: the line of one agent; `None` is without limit.
    pub per_agent: Fact<Option<Directions>>,
    /// `isps` with their shares, which sum to the whole; the default is one
    /// provider called `isp`. Component ids are `SITE.ISP`.
    pub isps: Fact<Vec<(Named, Millionths)>>,
    /// `ip`.
    pub ip: Fact<IpVersion>,
}
