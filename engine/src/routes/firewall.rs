//! What a firewall does to a flow that crosses it (INT-01 to INT-03, PRV-03 to
//! PRV-07).

use outlast_models::Id;
use outlast_models::fact::Fact;
use outlast_models::plan::{Firewall, Senders};
use outlast_models::units::Millis;

use super::line::Crossing;
use super::path::{Load, Path, Refusal, ResourceKey, UNIT};
use super::words::{self, Cover};
use super::{Class, Dest, Flow, Transport, Walker};
use crate::input::{Input, Setting};

/// What a firewall must keep an idle UDP session for (PRV-03).
const SIP_EXPIRY: Millis = Millis(140_000);

impl Walker<'_> {
    pub(super) fn firewalls(&self, crossing: &Crossing, owners: &[Id]) -> Vec<(Id, Firewall)> {
        self.plan
            .firewalls
            .iter()
            .filter(|(_, wall)| {
                wall.site.id == crossing.site
                    && wall.guards.iter().any(|network| network.id == crossing.network)
                    && wall.before.as_ref().is_none_or(|before| owners.contains(&before.id))
            })
            .map(|(id, wall)| (id.clone(), wall.clone()))
            .collect()
    }

    pub(super) fn apply_firewalls(
        &mut self,
        path: &mut Path,
        crossing: &Crossing,
        owners: &[Id],
        flow: &Flow,
        class: Class,
    ) {
        let over = self.transport_of(crossing, flow);
        for (id, wall) in self.firewalls(crossing, owners) {
            if flow.dest == Dest::Sip {
                self.check_udp_idle(path, &id, &wall);
            }
            // What inspects or translates does so both ways.
            self.check_inspection(path, &id, &wall, &flow.dest);
            self.load_nat_pool(path, &id, &flow.dest);
            let way = (class, crossing.outward);
            self.check_allow(path, &id, &wall, way, &flow.dest, over);
        }
    }

    /// A rule speaks of where a flow goes, not of the networks between: one that
    /// leaves by another site is an Internet flow on the WAN too. Between the
    /// company's own systems it is the network that is crossed.
    fn transport_of(&self, crossing: &Crossing, flow: &Flow) -> Transport {
        let over =
            if crossing.network == "internet" { Transport::Internet } else { Transport::Private };
        match flow.dest {
            Dest::Proxy(_) | Dest::Sip => over,
            _ => flow.over.unwrap_or(over),
        }
    }

    /// INT-02, PRV-05, PRV-07: what the firewall lets out, media of phones too, which
    /// they open themselves (PRV-04); INT-01: a rule by address holds only until the services' Internet addresses rotate.
    fn check_allow(
        &mut self,
        path: &mut Path,
        id: &Id,
        wall: &Firewall,
        (class, outward): (Class, bool),
        dest: &Dest,
        over: Transport,
    ) {
        let Some(allow) = &wall.allow.value else { return };
        let place = allow.first().map_or(wall.place, |rule| rule.place);
        match dest {
            Dest::Unlisted => return,
            Dest::Revocation => drop(path.assumptions.insert("crl_port".to_owned())),
            Dest::Gateway(_) | Dest::Desktop(_) => {
                path.assumptions.insert("session_port".to_owned());
            }
            _ => {}
        }
        let by = |port: &u16| words::by_port(self.plan, allow, class, dest, over, *port);
        let covered = if *dest == Dest::Revocation {
            // One address is fetched by one port, through every firewall on the way.
            path.list_ports.retain(|port| by(port) == Cover::Yes);
            if path.list_ports.is_empty() { Cover::No } else { Cover::Yes }
        } else {
            words::rules(self.plan, allow, class, dest, over)
        };
        match covered {
            Cover::Yes => {}
            Cover::UntilRotation => {
                let says = format!("{id} allows only the addresses resolved earlier");
                self.until_rotation(path, Refusal::new("INT-01", says, Some(place)));
            }
            Cover::No => {
                let words = allow.iter().flat_map(|rule| &rule.to.value);
                path.assumptions.extend(words::missing_addresses(self.plan, words, dest, over));
                let rule = match (over, dest) {
                    (Transport::Internet, _) => "INT-02",
                    (Transport::Private, Dest::Sip | Dest::Pbx(_)) => "PRV-07",
                    (Transport::Private, _) => "PRV-05",
                };
                let what = words::lacking_rules(self.plan, allow, class, dest);
                let way = if outward { "out" } else { "in" };
                let says = format!("{id} does not let {} {way} to {what}", sender(class));
                path.refuse(Refusal::new(rule, says, Some(place)));
            }
        }
    }

    /// Adds the condition that the services' addresses have not rotated.
    pub(crate) fn until_rotation(&mut self, path: &mut Path, refusal: Refusal) {
        let gate = self.gates.input(Input::AsWritten(Setting::Addresses));
        self.also(path, gate);
        path.conditions.push((gate, refusal));
    }

    /// INT-03: TURN is SRTP and does not survive inspection.
    fn check_inspection(&mut self, path: &mut Path, id: &Id, wall: &Firewall, dest: &Dest) {
        if *dest != Dest::Turn {
            return;
        }
        let refusal =
            Refusal::new("INT-03", format!("{id} inspects TURN"), wall.inspects_turn.place());
        path.assume(&wall.inspects_turn, || format!("dpi:{id}"));
        self.unless(path, wall.inspects_turn, Setting::TurnClear(id.clone()), refusal);
    }

    /// Refuses where a bad setting is written; else adds the condition that
    /// nobody spoils it.
    pub(crate) fn unless(
        &mut self,
        path: &mut Path,
        bad: Fact<bool>,
        setting: Setting,
        refusal: Refusal,
    ) {
        if bad.value {
            path.refuse(refusal);
        } else {
            let gate = self.gates.input(Input::AsWritten(setting));
            self.also(path, gate);
            path.conditions.push((gate, refusal));
        }
    }

    /// PRV-03: the firewall must outlast the registration, 140 s.
    fn check_udp_idle(&mut self, path: &mut Path, id: &Id, wall: &Firewall) {
        let breaks = self.plan.figures.short_udp_timeout_breaks;
        if !breaks.value {
            path.assumptions.insert("short_udp_timeout_breaks".to_owned());
            return;
        }
        path.assume(&wall.udp_idle, || format!("udp_idle:{id}"));
        let short = wall.udp_idle.map(|idle| idle < SIP_EXPIRY);
        let says = format!("{id} drops idle UDP sessions before the registration expires (140 s)");
        let refusal = Refusal::new("PRV-03", says, wall.udp_idle.place());
        if short.value {
            path.assumptions.insert("short_udp_timeout_breaks".to_owned());
        }
        self.unless(path, short, Setting::UdpIdle(id.clone()), refusal);
    }

    /// PRV-06: a SIP phone's UDP sessions take address and port pairs.
    fn load_nat_pool(&self, path: &mut Path, id: &Id, dest: &Dest) {
        let key = ResourceKey::NatPool(id.clone());
        // Through the same firewall in and out again, a session is one session.
        if *dest == Dest::Sip && path.loads.iter().all(|load| load.key != key) {
            let sessions = self.plan.figures.udp_sessions_per_sip_phone.value;
            path.loads.push(Load { key, held: sessions * UNIT, in_call: 0 });
            path.assumptions.insert("udp_sessions_per_sip_phone".to_owned());
        }
    }
}

fn sender(class: Class) -> &'static str {
    match class {
        Senders::Any => "anybody",
        Senders::Workstations => "workstations",
        Senders::Proxies => "proxies",
        Senders::Pbx => "the PBX",
        Senders::Sbc => "the SBC",
    }
}
