//! Proxies: which one a browser asks, how a machine reaches it, how it leaves.

use std::collections::BTreeSet;

use outlast_models::pac::{PacAnswer, PacHop};
use outlast_models::plan::{Senders, VdiExit};

use crate::leave::{Path, Program, Side};
use crate::posture::{Machine, Posture, Setting};
use crate::rules::refusals;
use crate::sites::{Hop, Sent, stretch};
use crate::source::Source;
use crate::words::Flow;
use crate::world::World;

/// One answer to "which way?".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    Direct,
    Proxy {
        id: String,
        port: u16,
        by_pac: bool,
    },
    /// A proxy that the plan does not have.
    Stranger,
}

/// Host and port as written; 80 where no port is.
fn port_of(name: &str) -> u16 {
    name.rsplit_once(':').and_then(|(_, port)| port.parse().ok()).unwrap_or(80)
}

impl World<'_> {
    fn first_port(&self, proxy: &str) -> u16 {
        self.plan.proxies[proxy].names.first().map_or(80, |name| port_of(name))
    }

    /// The browser's setting on a machine of a posture.
    pub(crate) fn setting_on(&self, posture: &Posture, machine: &Machine) -> Setting {
        let Machine::Vdi(vdi) = machine else { return posture.setting.clone() };
        let entry = &self.plan.vdi[vdi.as_str()];
        match &entry.exit.value {
            // A vendor's desktops know nothing of the company's settings.
            VdiExit::Own
                if self.site(entry.site.id.as_str()).kind
                    == outlast_models::plan::SiteKind::Vendor =>
            {
                Setting::Direct
            }
            VdiExit::Own => posture.setting.clone(),
            VdiExit::Proxy(named) => Setting::Explicit(vec![named.id.to_string()]),
            VdiExit::Private(_) | VdiExit::Circuit(_) | VdiExit::Bundle(_) => Setting::Direct,
        }
    }

    /// What a setting says for a host, in order.
    pub(crate) fn asked(&self, setting: &Setting, host: &str, flow: &Flow) -> Vec<Next> {
        match setting {
            Setting::Direct => vec![Next::Direct],
            Setting::Explicit(list) => {
                let excludes = |id: &String| self.plan.proxies[id.as_str()].excludes_turn.value;
                let passed_over = |id: &String| *flow == Flow::Turn && excludes(id);
                if list.iter().all(passed_over) {
                    return vec![Next::Direct];
                }
                let next = |id: &String| Next::Proxy {
                    id: id.clone(),
                    port: self.first_port(id),
                    by_pac: false,
                };
                list.iter().filter(|id| !passed_over(id)).map(next).collect()
            }
            Setting::Pac(pac) => self.pac_says(pac, host),
        }
    }

    /// A PAC file that fails answers DIRECT for everything.
    fn pac_says(&self, pac: &str, host: &str) -> Vec<Next> {
        let answer = self.pac.get(&outlast_models::Id::new(pac), host);
        match answer {
            Some(PacAnswer::Hops(hops)) if !self.failure.pac_broken.contains(pac) => {
                hops.iter().map(|hop| self.named(hop)).collect()
            }
            _ => vec![Next::Direct],
        }
    }

    fn named(&self, hop: &PacHop) -> Next {
        let name = match hop {
            PacHop::Direct => return Next::Direct,
            PacHop::Other(_) => return Next::Stranger,
            PacHop::Proxy(name) => name,
        };
        let found = self
            .plan
            .proxies
            .iter()
            .find(|(_, proxy)| proxy.names.iter().any(|own| own.eq_ignore_ascii_case(name)));
        match found {
            Some((id, _)) => Next::Proxy { id: id.to_string(), port: port_of(name), by_pac: true },
            None => Next::Stranger,
        }
    }

    /// A flow of a program on a machine: the first answer that is up and can
    /// be reached, no rule standing in between; behind it rules are final. If
    /// none is left, what refused the reaches is the reason.
    pub(crate) fn choose(
        &self,
        posture: &Posture,
        machine: &Machine,
        side: Side,
        flow: &Flow,
        answers: &[Next],
    ) -> Path {
        let answers = &answers[self.steer.pick(answers.len())..];
        let mut fallback: Option<Path> = None;
        let mut refused = BTreeSet::new();
        for answer in answers {
            match answer {
                Next::Direct => return self.leave(posture, machine, side, flow),
                Next::Stranger => return Path::new(flow.clone()).refuse("PRX-08"),
                Next::Proxy { id, port, by_pac } => {
                    let Some(reach) = self.reach(posture, machine, side, id, *port) else {
                        refused.insert("TRN-01");
                        continue;
                    };
                    let between = refusals(self, &reach);
                    let up = self.up(id) && self.alive(&reach.tunnel) && self.alive(&reach.hops);
                    // Also where a rule stands in between: it may not in another state.
                    let path = self.through(reach, side, flow, id, *by_pac);
                    if !between.is_empty() {
                        refused.extend(between);
                        continue;
                    }
                    if up {
                        return path;
                    }
                    fallback.get_or_insert(path);
                }
            }
        }
        fallback.unwrap_or_else(|| Path { refused, ..Path::new(flow.clone()) })
    }

    /// From a machine to a proxy; `None` where there is no way at all.
    fn reach(
        &self,
        posture: &Posture,
        machine: &Machine,
        side: Side,
        proxy: &str,
        port: u16,
    ) -> Option<Path> {
        let flow = Flow::ToProxy { id: proxy.to_owned(), port };
        match machine {
            Machine::Vdi(vdi) => {
                let site = self.plan.vdi[vdi.as_str()].site.id.to_string();
                let mut path = self.reach_from_site(&site, None, &[proxy, vdi], &flow)?;
                path.part(vdi);
                Some(path)
            }
            Machine::Workstation => {
                let outside = || self.reach_from_site(&posture.place, None, &[proxy], &flow);
                let Some(vpn) = &posture.vpn else { return outside() };
                let at_vendor = self.is_vendor(self.plan.proxies[proxy].site.id.as_str());
                if self.is_split(vpn) && !self.on_list(vpn, &flow) {
                    if at_vendor {
                        return outside();
                    }
                    let rule = if side == Side::Private { "VPN-06" } else { "VPN-03" };
                    return Some(Path::new(flow).refuse(rule));
                }
                let site = self.vpn(vpn).site.id.as_str();
                let mut path = self.reach_from_site(site, Some(vpn), &[proxy, vpn], &flow)?;
                path.tunnel = self.tunnel(&posture.place, vpn);
                path.part(vpn);
                Some(path)
            }
        }
    }

    /// From a site, for the users of a VPN there if one is given, to the proxy
    /// that is the first of the `ends`.
    fn reach_from_site(
        &self,
        site: &str,
        vpn: Option<&str>,
        ends: &[&str],
        flow: &Flow,
    ) -> Option<Path> {
        let to = self.plan.proxies[ends[0]].site.id.to_string();
        let sent = Sent { sender: Senders::Workstations, flow: flow.clone() };
        let mut path = Path::new(flow.clone());
        if site == to {
            path.part(site);
            return Some(path);
        }
        if self.is_vendor(&to) {
            path.hops = self.first_up(&self.out(site, vpn, "internet", &sent), ends)?;
            path.part(&to);
            return Some(path);
        }
        if self.is_homes(site) {
            if !self.plan.figures.proxy_from_internet.value {
                return None;
            }
            let mut hops = self.first_up(&self.out(site, vpn, "internet", &sent), ends)?;
            // What comes to a site's own equipment from the Internet is no matter of
            // `allow`.
            hops.extend(self.way_in(&to, "internet", &Sent::other())?);
            path.hops = stretch(hops, ends);
            self.meet(&path.hops);
            return Some(path);
        }
        path.hops = self.first_up(&self.between(site, &to, &sent), ends)?;
        Some(path)
    }

    /// From a proxy on: `reach` is how it was reached.
    fn through(&self, reach: Path, side: Side, flow: &Flow, id: &str, by_pac: bool) -> Path {
        let proxy = &self.plan.proxies[id];
        let site = proxy.site.id.to_string();
        let sent = Sent { sender: Senders::Proxies, flow: flow.clone() };
        let reaches: Vec<String> =
            proxy.reaches.value.iter().map(|named| named.id.to_string()).collect();
        let reaches_side = reaches.iter().any(|network| match side {
            Side::Internet => network == "internet",
            Side::Private => self.is_private(network),
        });
        let mut path = if reaches_side {
            self.leave_site(&site, side, &sent, &[id], Some(&reaches))
        } else {
            Path::new(flow.clone()).refuse("PRX-10")
        };
        path.hops = [reach.hops, path.hops].concat();
        path.tunnel = reach.tunnel;
        path.proxy = Some((id.to_owned(), by_pac));
        path.part(id);
        let egress = proxy.egress.value.as_ref().map(|named| named.id.to_string());
        let vendor = self.is_vendor(&site);
        path.source = path.source.map(|last| Source::Equipment {
            id: id.to_owned(),
            egress,
            vendor,
            last: Box::new(last),
        });
        path.site = site;
        path
    }

    /// A standalone program: through a proxy of its own, or direct.
    pub(crate) fn standalone(
        &self,
        posture: &Posture,
        machine: &Machine,
        side: Side,
        flow: &Flow,
        proxy: Option<&str>,
    ) -> Path {
        match proxy {
            None => self.leave(posture, machine, side, flow),
            Some(id) => {
                let port = self.first_port(id);
                let answers = [Next::Proxy { id: id.to_owned(), port, by_pac: false }];
                self.choose(posture, machine, side, flow, &answers)
            }
        }
    }

    /// A program in the browser.
    pub(crate) fn browser(
        &self,
        posture: &Posture,
        machine: &Machine,
        side: Side,
        flow: &Flow,
        host: &str,
    ) -> Path {
        let setting = self.setting_on(posture, machine);
        let answers = self.asked(&setting, host, flow);
        let mut path = self.choose(posture, machine, side, flow, &answers);
        path.program = Program::Browser;
        path
    }

    /// Whether hops name a component.
    pub(crate) fn passes(hops: &[Hop], id: &str) -> bool {
        crate::sites::ids(hops).contains(id)
    }
}
