//! The way to an identity provider of the company's own (BCP-05, INT-09).
//!
//! Single sign-on sends the browser to the provider, from wherever it is: over the
//! LAN, over what joins the two sites, or over the Internet at both ends. Nothing
//! chooses for it, and what its own proxies and firewalls think of that is not
//! known (assumption `identity_provider_way`): only what must be up counts.

use outlast_models::Id;
use outlast_models::plan::{Named, Word};

use super::network::Sender;
use super::path::{Hop, Path, Refusal, Traffic};
use super::{Dest, Flow, Spot, Walker};
use crate::gates::GateId;

const PROVIDER: &str = "sso-provider";

impl Walker<'_> {
    /// Adds the way from the browser's machine to the paths of a login.
    pub(super) fn meet_identity_provider(&mut self, spot: &Spot, paths: &mut [Path]) {
        let Some(at) = self.provider_site() else { return };
        let open = self.ways_to_provider(spot, &at.id);
        let open: Vec<GateId> =
            open.iter().filter(|way| way.refusal.is_none()).map(|way| way.gate).collect();
        let gate = self.gates.or(open.iter().copied());
        for path in paths {
            path.assumptions.insert("identity_provider_way".to_owned());
            if open.is_empty() {
                let says = format!("nothing leads to the identity provider at {}", at.id);
                path.refuse(Refusal::new("TRN-01", says, Some(at.place)));
            }
            path.gate = self.gates.and([path.gate, gate]);
            path.hops.push(Hop { id: Id::new(PROVIDER), gate });
        }
    }

    /// Where the company's own provider stands, if the plan says what leads there.
    fn provider_site(&self) -> Option<Named> {
        let at = self.plan.cloud.access.sso.value.as_ref()?.at.clone()?;
        let leads = |circuit: &outlast_models::plan::Circuit| {
            circuit.from.id == at.id && circuit.to.id != "pstn"
        };
        self.plan.circuits.values().any(leads).then_some(at)
    }

    fn ways_to_provider(&mut self, spot: &Spot, at: &Id) -> Vec<Path> {
        if let Spot::Tunnel { vpn, split: true, under } = spot
            && !self.takes_everything(vpn)
        {
            // The list of a split tunnel does not know the provider.
            return self.ways_to_provider(under, at);
        }
        let flow = Flow::to(Dest::Unlisted, Traffic::default());
        let outside = match spot {
            Spot::Tunnel { split: true, under, .. } => self.internet(under, &flow),
            _ => self.internet(spot, &flow),
        };
        let inbound =
            self.inbound(at, &Id::new("internet"), Traffic::default(), &Id::new(PROVIDER));
        let mut ways = self.seq(&outside, &inbound);
        let flow = Flow { toward: Some(Id::new(PROVIDER)), ..flow };
        match spot {
            Spot::Site(site) => ways.extend(self.wan(site, at, &flow, Sender::workstation())),
            Spot::Tunnel { .. } | Spot::Desktop(_) => ways.extend(self.reach_site(spot, at, &flow)),
            Spot::Home { .. } => {}
        }
        ways
    }

    fn takes_everything(&self, vpn: &Id) -> bool {
        self.plan.vpn[vpn].include.value.iter().any(|listed| listed.word == Word::Any)
    }
}
