//! The exits of a site, and why none of them leads anywhere (TRN-01, TRN-03,
//! TRN-04).

use outlast_models::catalogue::Networks;
use outlast_models::plan::{Exit, NetworkKind};
use outlast_models::{Id, Place};

use super::network::Sender;
use super::path::Refusal;
use super::{Dest, Flow, Walker};

/// A sentence, and the line of the plan that it speaks of.
type Why = (String, Option<Place>);

impl Walker<'_> {
    /// The ways out that a site takes to a network, as written, else its own
    /// circuits.
    pub(super) fn exits(&self, site: &Id, network: &Id) -> Vec<Exit> {
        let written = self.written_exits(site, network);
        written.map_or_else(|| vec![Exit::Here(Place::BUILT_IN)], <[Exit]>::to_vec)
    }

    fn written_exits(&self, site: &Id, network: &Id) -> Option<&[Exit]> {
        let written = &self.plan.exits.get(site)?.by_network;
        let private = self.plan.networks[network].kind == NetworkKind::Private;
        let of_private = || written.get("private").filter(|_| private);
        written.get(network).or_else(of_private).map(|ways| ways.value.as_slice())
    }

    /// Whether something exists on the Internet only (TRN-03).
    pub(super) fn is_internet_only(&self, dest: &Dest) -> bool {
        match dest {
            Dest::Turn => true,
            Dest::Service(id) => {
                self.plan.cloud.services[id].networks.value == Networks::InternetOnly
            }
            _ => false,
        }
    }

    /// TRN-01; TRN-03 for what exists on the Internet only.
    pub(super) fn no_way_out(
        &self,
        site: &Id,
        network: &Id,
        flow: &Flow,
        sender: Sender<'_>,
    ) -> Refusal {
        let net = name(network);
        let (why, place) = self.why_no_way(site, network, sender);
        if *network == "internet" && self.is_internet_only(&flow.dest) {
            let what = flow.dest.words();
            let says = if self.written_exits(site, network).is_some() || sender.only.is_some() {
                format!("{what} exists on the Internet only, and {why}")
            } else {
                format!("{what} exists on the Internet only, and {site} has no way onto it")
            };
            return Refusal::new("TRN-03", says, place);
        }
        if self.written_exits(site, network).is_none() && sender.only.is_none() {
            return Refusal::new(
                "TRN-01",
                format!("{site} has no circuit or exit to {net}"),
                place,
            );
        }
        Refusal::new("TRN-01", why, place)
    }

    /// TRN-01, TRN-04: a site without a way onto any private network that reaches
    /// the cloud.
    pub(super) fn no_private_way(
        &self,
        site: &Id,
        flow: &Flow,
        sender: Sender<'_>,
        networks: &[Id],
    ) -> Refusal {
        let written =
            |network: &&Id| self.written_exits(site, network).is_some() || sender.only.is_some();
        let none = || {
            let says = format!("{site} has no way onto a private network to the cloud");
            (says, self.plan.sites.get(site).map(|s| s.place))
        };
        let because = networks.iter().find(written);
        let (why, place) =
            because.map_or_else(none, |network| self.why_no_way(site, network, sender));
        if flow.dest == Dest::Sip {
            let says = format!("SIP phones exist on private networks only, and {why}");
            return Refusal::new("TRN-04", says, place);
        }
        Refusal::new("TRN-01", why, place)
    }

    /// What is wrong with the ways from a site to a network, of which none leads
    /// there.
    fn why_no_way(&self, site: &Id, network: &Id, sender: Sender<'_>) -> Why {
        let leads = !self.ways_out(site, network, &mut Vec::new()).is_empty();
        if let Some(only) = sender.only.filter(|_| leads) {
            let says = format!("{only} does not lead from {site} to {}", name(network));
            let circuit = self.plan.circuits.get(only).map(|circuit| circuit.place);
            let place = circuit.or_else(|| self.plan.bundles.get(only).map(|bundle| bundle.place));
            return (says, place);
        }
        self.dead_end(site, network, &mut vec![site.clone()])
    }

    /// The first exit of a site that leads nowhere, followed to its end.
    fn dead_end(&self, site: &Id, network: &Id, crossed: &mut Vec<Id>) -> Why {
        let net = name(network);
        let own = |place: Option<Place>| {
            let place = place.or_else(|| self.plan.sites.get(site).map(|s| s.place));
            (format!("{site} has no circuit to {net}"), place)
        };
        let Some(exits) = self.written_exits(site, network) else { return own(None) };
        // A neighbour says more than that there is no circuit here.
        let beyond = exits.iter().find_map(|exit| match exit {
            Exit::Site(named) => Some(named),
            Exit::Here(_) => None,
        });
        let Some(next) = beyond else {
            let here = exits.iter().find_map(|exit| match exit {
                Exit::Here(place) => Some(*place),
                Exit::Site(_) => None,
            });
            return own(here);
        };
        let at = Some(next.place);
        if let Some(first) = crossed.iter().position(|id| *id == next.id) {
            let circle: Vec<&str> = crossed[first..].iter().map(Id::as_str).collect();
            let circle = format!("{} and back to {}", circle.join(" to "), next.id);
            return (format!("the exits to {net} lead in a circle, from {circle}"), at);
        }
        if self.between(site, &next.id, None).is_empty() {
            return (format!("no private network joins {site} and its exit {}", next.id), at);
        }
        crossed.push(next.id.clone());
        let (why, place) = self.dead_end(&next.id, network, crossed);
        if self.written_exits(&next.id, network).is_some() {
            return (why, place);
        }
        (format!("{}, the exit of {site}, has no circuit to {net}", next.id), at)
    }
}

/// A network in a sentence.
fn name(network: &Id) -> &str {
    match network.as_str() {
        "internet" => "the Internet",
        "pstn" => "the PSTN",
        other => other,
    }
}
