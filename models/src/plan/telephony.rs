//! Corporate telephony, carriers and phones.

use super::common::{Common, Named, Use};
use super::machines::{Machine, ProxyOption};
use crate::catalogue::PhoneKind;
use crate::fact::Fact;
use crate::place::Place;
use crate::units::{Millionths, Millis};

/// An entry of `telephony.pbxs`.
#[derive(Debug, Clone, PartialEq)]
pub struct Pbx {
    /// Where it is written.
    pub place: Place,
    /// `site`.
    pub site: Named,
    /// `sbc`.
    pub sbc: Named,
    /// `pstn`: the carriers it dials out by, in order (overflow).
    pub pstn: Fact<Vec<Named>>,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// An entry of `telephony.sbcs`.
#[derive(Debug, Clone, PartialEq)]
pub struct Sbc {
    /// Where it is written.
    pub place: Place,
    /// `site`.
    pub site: Named,
    /// `sessions`; `None` = without limit.
    pub sessions: Fact<Option<u64>>,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// An entry of `telephony.trunks`.
#[derive(Debug, Clone, PartialEq)]
pub struct Trunk {
    /// Where it is written.
    pub place: Place,
    /// `sbc`.
    pub sbc: Named,
    /// `network`: a private network.
    pub network: Named,
    /// `channels`; `None` = without limit.
    pub channels: Fact<Option<u64>>,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// An entry of `carriers`.
#[derive(Debug, Clone, PartialEq)]
pub struct Carrier {
    /// Where it is written.
    pub place: Place,
    /// `role` has `customers`.
    pub for_customers: Fact<bool>,
    /// `role` has `agents`.
    pub for_agents: Fact<bool>,
    /// `hands_over`.
    pub hands_over: Fact<HandsOver>,
    /// `channels`; `None` = without limit.
    pub channels: Fact<Option<u64>>,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// Where a carrier hands calls over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandsOver {
    /// At the cloud.
    Cloud,
    /// At a customer's SBC.
    Sbc(Named),
    /// At corporate telephony.
    Pbx(Named),
}

/// An entry of `phones`.
#[derive(Debug, Clone, PartialEq)]
pub struct Phone {
    /// Where it is written.
    pub place: Place,
    /// `kind`.
    pub kind: PhoneKind,
    /// `connector`: whether the Workspace Connector is enabled.
    pub connector: Fact<bool>,
    /// `encrypted`.
    pub encrypted: Fact<bool>,
    /// `proxy` of a softphone's signalling.
    pub proxy: Fact<Option<ProxyOption>>,
    /// `on`: the machine of a softphone; `None` = the workstation.
    pub on: Fact<Option<Machine>>,
    /// `rings`: where a PSTN phone rings.
    pub rings: Fact<Rings>,
    /// `operator` with shares, for mobiles; the default is one called
    /// `operator`. Component ids are `mobile.REGION.OPERATOR`.
    pub operators: Fact<Vec<(Named, Millionths)>>,
    /// `battery` of the mobile network behind the region's feeds.
    pub battery: Fact<Millis>,
    /// `via`: carriers or SBCs in order (overflow); empty = every carrier that
    /// serves agents and hands over at the cloud, in file order.
    pub via: Fact<Vec<Named>>,
    /// `pbx`.
    pub pbx: Option<Named>,
    /// `off_site` of a phone behind the PBX.
    pub off_site: Fact<OffSite>,
    /// `uses`: what whoever works with it holds.
    pub uses: Vec<Use>,
    /// `tags`, `needs`, `units`.
    pub common: Common,
}

impl Phone {
    /// Whether it rings in the agent's pocket: a mobile, or a phone behind the
    /// PBX that forwards to one.
    pub fn rings_in_pocket(&self) -> bool {
        match self.kind {
            PhoneKind::Pstn => self.rings.value == Rings::Mobile,
            PhoneKind::Pbx => self.off_site.value == OffSite::ForwardToMobile,
            PhoneKind::SipPhone
            | PhoneKind::SipSoftphone
            | PhoneKind::WebrtcEmbedded
            | PhoneKind::WebrtcSoftphone => false,
        }
    }
}

/// Where a PSTN phone rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rings {
    /// On the desk of the agent's first place.
    Desk,
    /// At the agent's home.
    Home,
    /// In the agent's pocket.
    Mobile,
}

/// What a phone behind the PBX does away from its site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OffSite {
    /// `none`.
    None,
    /// `forward-to-mobile`: the PBX calls the agent's mobile.
    ForwardToMobile,
    /// `softphone-by-vpn`: a software phone over the VPN.
    SoftphoneByVpn,
    /// `pbx-edge`: a software phone over the Internet to the PBX's edge.
    PbxEdge,
}
