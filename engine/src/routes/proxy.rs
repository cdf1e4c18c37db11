//! Web proxies and PAC files (PRX-01 to PRX-10).
//!
//! Answers are fixed alternatives: the first proxy that is up and can be
//! reached carries the flow, whatever becomes of it behind the proxy; an
//! explicit setting never falls to direct.

use outlast_models::catalogue::REVOCATION_HOST;
use outlast_models::pac::{PacAnswer, PacHop};
use outlast_models::plan::{BrowserSetting, Destination, Senders, SiteKind, Word};
use outlast_models::{Id, Place};

use super::network::{PrivateSource, Sender};
use super::path::{Earlier, Load, PacSays, PacWords, Path, Refusal, ResourceKey, UNIT};
use super::words::{self, Cover};
use super::{Dest, Flow, Spot, Transport, Walker};
use crate::gates::GateId;
use crate::input::{Input, Setting};

/// One answer of a browser's setting.
#[derive(Debug, Clone)]
enum Answer {
    Direct,
    Proxy(Id),
    /// A proxy that the plan does not have.
    Stranger(String),
}

impl Walker<'_> {
    /// The paths of a browser's flow to the cloud over one transport.
    pub(crate) fn browse(
        &mut self,
        spot: &Spot,
        flow: &Flow,
        transport: Transport,
        setting: &BrowserSetting,
    ) -> Vec<Path> {
        let setting = &self.setting_at(spot, setting);
        match setting {
            BrowserSetting::Direct => self.direct(spot, flow, transport),
            BrowserSetting::Proxies(list) => {
                // PRX-07: a browser does not ask a proxy that excludes TURN for it.
                let asked =
                    |id: &Id| flow.dest != Dest::Turn || !self.plan.proxies[id].excludes_turn.value;
                let ids: Vec<Id> =
                    list.iter().map(|named| named.id.clone()).filter(asked).collect();
                if ids.is_empty() {
                    return self.direct(spot, flow, transport);
                }
                let answers: Vec<Answer> = ids.into_iter().map(Answer::Proxy).collect();
                self.follow(spot, flow, transport, &answers, None)
            }
            BrowserSetting::Pac(named) => self.by_pac(spot, flow, transport, &named.id),
        }
    }

    /// A virtual desktop whose exit is a proxy is set to it and nothing else; a
    /// vendor's knows nothing of the company's settings.
    fn setting_at(&self, spot: &Spot, setting: &BrowserSetting) -> BrowserSetting {
        use outlast_models::plan::VdiExit;
        let Spot::Desktop(vdi) = spot else { return setting.clone() };
        match &self.plan.vdi[vdi].exit.value {
            VdiExit::Proxy(proxy) => BrowserSetting::Proxies(vec![proxy.clone()]),
            VdiExit::Own if !self.is_at_vendor(vdi) => setting.clone(),
            VdiExit::Own | VdiExit::Private(_) | VdiExit::Circuit(_) | VdiExit::Bundle(_) => {
                BrowserSetting::Direct
            }
        }
    }

    /// The paths without any proxy setting.
    pub(crate) fn direct(&mut self, spot: &Spot, flow: &Flow, transport: Transport) -> Vec<Path> {
        match transport {
            Transport::Internet => self.internet(spot, flow),
            Transport::Private => self.private(spot, flow),
        }
    }

    /// PRX-08: the file's own answer; a file that fails, or that a scenario
    /// breaks, fails open.
    fn by_pac(&mut self, spot: &Spot, flow: &Flow, transport: Transport, pac: &Id) -> Vec<Path> {
        let host = self.host(&flow.dest);
        let place = self.plan.pac[pac].place;
        let answers = match self.answers.get(pac, &host) {
            Some(PacAnswer::Hops(hops)) => hops.iter().map(|hop| self.answer(hop)).collect(),
            Some(PacAnswer::Failed(_)) | None => vec![Answer::Direct],
        };
        let mut paths = self.follow(spot, flow, transport, &answers, Some(place));
        let says = self.pac_says(pac, &host, &answers, &flow.dest);
        for path in &mut paths {
            self.assume_host(path, &flow.dest);
            // Without a private network no other answer helps either.
            let no_way = path.refusal.as_ref().is_some_and(Refusal::is_no_way);
            if let Some(says) = says.as_ref().filter(|_| !no_way || transport != Transport::Private)
            {
                path.told_by(says.clone());
            }
        }
        for asked in self.answers.asked(pac, &host) {
            for path in &mut paths {
                path.assumptions.insert(format!("pac:{pac}:{}", asked.word()));
            }
        }
        if self.answers.skips(pac, &host) {
            for path in &mut paths {
                path.notes.insert((
                    "PRX-08",
                    "a PAC file answers with an entry that no browser can read, so they skip it",
                ));
            }
        }
        if let Some(PacAnswer::Failed(reason)) = self.answers.get(pac, &host) {
            for path in &mut paths {
                path.notes.insert(("PRX-08", "a PAC file does not run, so browsers go direct"));
                if let Some(refusal) = path.refusal.take() {
                    let says =
                        format!("{pac} does not run ({reason}), and direct: {}", refusal.says);
                    path.refusal = Some(Refusal::new("PRX-08", says, Some(place)));
                }
            }
        }
        let as_written = self.gates.input(Input::AsWritten(Setting::Pac(pac.clone())));
        let spoiled = self.gates.input(Input::Spoiled(Setting::Pac(pac.clone())));
        let broken = Refusal::new(
            "PRX-08",
            format!("PAC file {pac} is broken, and a broken file lets browsers go direct"),
            Some(place),
        );
        for path in &mut paths {
            if path.refusal.is_some() {
                path.after.push(Earlier::first(spoiled)); // refuses only while it runs
            }
            self.also(path, as_written);
            path.conditions.push((as_written, broken.clone()));
        }
        let mut open = self.direct(spot, flow, transport);
        for path in &mut open {
            self.also(path, spoiled);
            path.conditions.push((spoiled, broken.clone()));
            if path.refusal.is_some() {
                path.after.push(Earlier::first(as_written)); // refuses only while the file is broken
            }
        }
        paths.extend(open);
        paths
    }

    /// The answer as it stands beside what then refuses (PRX-08). Of a file that
    /// fails, or names what the plan does not have, that is said itself; that
    /// TURN goes direct is as it should be.
    fn pac_says(&self, pac: &Id, host: &str, answers: &[Answer], dest: &Dest) -> Option<PacSays> {
        let Some(PacAnswer::Hops(_)) = self.answers.get(pac, host) else { return None };
        let answer = match answers {
            [Answer::Direct] if *dest == Dest::Turn => return None,
            [Answer::Direct] => PacWords::Direct,
            _ => {
                let words = answers.iter().map(|answer| match answer {
                    Answer::Direct => Some("DIRECT"),
                    Answer::Proxy(proxy) => Some(proxy.as_str()),
                    Answer::Stranger(_) => None,
                });
                PacWords::Sends(words.collect::<Option<Vec<_>>>()?.join(", then "))
            }
        };
        let (pac, place) = (pac.clone(), self.plan.pac[pac].place);
        Some(PacSays { pac, answer, host: host.to_owned(), place })
    }

    fn host(&self, dest: &Dest) -> String {
        match dest {
            Dest::Service(id) => self.plan.cloud.services[id].host.value.clone(),
            Dest::Turn => self.plan.cloud.turn_host.value.clone(),
            Dest::Revocation => REVOCATION_HOST.to_owned(),
            _ => String::new(),
        }
    }

    /// What a PAC file is asked about, where the plan does not say it.
    fn assume_host(&self, path: &mut Path, dest: &Dest) {
        match dest {
            Dest::Service(id) if !self.plan.cloud.services[id].host.is_given() => {
                path.assume(&self.plan.cloud.domain, || "domain".to_owned());
                let host = &self.plan.cloud.services[id].host;
                path.assume_unknown(host, || format!("service_host:{id}"));
            }
            Dest::Turn => path.assume(&self.plan.cloud.turn_host, || "turn_host".to_owned()),
            _ => {}
        }
    }

    fn answer(&self, hop: &PacHop) -> Answer {
        match hop {
            PacHop::Direct => Answer::Direct,
            PacHop::Other(text) => Answer::Stranger(text.clone()),
            PacHop::Proxy(name) => {
                let named = |n: &String| n.eq_ignore_ascii_case(name);
                let found = self.plan.proxies.iter().find(|(_, p)| p.names.iter().any(named));
                found.map_or_else(
                    || Answer::Stranger(name.clone()),
                    |(id, _)| Answer::Proxy(id.clone()),
                )
            }
        }
    }

    fn follow(
        &mut self,
        spot: &Spot,
        flow: &Flow,
        transport: Transport,
        answers: &[Answer],
        place: Option<Place>,
    ) -> Vec<Path> {
        let mut earlier: Vec<Earlier> = Vec::new();
        let mut all = Vec::new();
        for answer in answers {
            let (mut paths, taken) = match answer {
                Answer::Direct => {
                    (self.direct(spot, flow, transport), vec![Earlier::first(GateId::ON)])
                }
                Answer::Proxy(proxy) => self.by_proxy(spot, flow, transport, proxy),
                Answer::Stranger(name) => {
                    let says = format!("the PAC file names {name}, which is no proxy of the plan");
                    let refusal = Refusal::new("PRX-08", says, place);
                    (vec![Path::refused(refusal)], Vec::new())
                }
            };
            Self::only_after(&mut paths, &earlier);
            earlier.extend(taken);
            all.extend(paths);
        }
        all
    }

    /// The paths through a proxy, and those to it: while one is taken, no later
    /// answer is asked.
    pub(crate) fn by_proxy(
        &mut self,
        spot: &Spot,
        flow: &Flow,
        transport: Transport,
        proxy: &Id,
    ) -> (Vec<Path>, Vec<Earlier>) {
        let reach = self.reach_proxy(spot, &flow.to_proxy(proxy), transport, proxy);
        let open = reach.iter().filter(|path| path.refusal.is_none());
        let taken = open.map(|path| Earlier { gate: path.gate, after: path.after.clone() });
        let taken = taken.collect();
        let onward = self.leave_proxy(flow, transport, proxy);
        (self.seq(&reach, &onward), taken)
    }

    /// From the machine to the proxy.
    fn reach_proxy(
        &mut self,
        spot: &Spot,
        flow: &Flow,
        transport: Transport,
        proxy: &Id,
    ) -> Vec<Path> {
        let site = self.plan.proxies[proxy].site.id.clone();
        let vendor = self.plan.sites[&site].kind == SiteKind::Vendor;
        let mut paths = match spot {
            Spot::Tunnel { vpn, split, under } => {
                let inside = self.goes_in(vpn, *split, &flow.dest, Transport::Internet);
                match (inside, vendor) {
                    (Cover::No, true) => self.reach_vendor(under, flow, &site),
                    (Cover::No, false) => {
                        // VPN-03, VPN-06: the proxy's inner address must be listed.
                        let rule = match transport {
                            Transport::Internet => "VPN-03",
                            Transport::Private => "VPN-06",
                        };
                        let says = format!("{vpn}'s list lacks proxy {proxy}");
                        vec![Path::refused(Refusal::new(rule, says, Some(self.list_place(vpn))))]
                    }
                    (_, true) => self.reach_vendor(spot, flow, &site),
                    (_, false) => self.reach_site(spot, &site, flow),
                }
            }
            _ if vendor => self.reach_vendor(spot, flow, &site),
            Spot::Home { .. } => self.reach_from_home(spot, flow, proxy),
            Spot::Site(_) | Spot::Desktop(_) => self.reach_site(spot, &site, flow),
        };
        for path in &mut paths {
            self.through(path, proxy);
        }
        paths
    }

    fn reach_vendor(&mut self, spot: &Spot, flow: &Flow, site: &Id) -> Vec<Path> {
        let mut paths = self.internet(spot, flow);
        for path in &mut paths {
            self.through(path, site);
        }
        paths
    }

    /// OFF-04: a corporate proxy may serve home workers without a tunnel.
    fn reach_from_home(&mut self, spot: &Spot, flow: &Flow, proxy: &Id) -> Vec<Path> {
        let site = &self.plan.proxies[proxy].site.id.clone();
        let allowed = self.plan.figures.proxy_from_internet;
        let mut paths = if allowed.value {
            let head = self.internet(spot, flow);
            let tail = self.inbound(site, &Id::new("internet"), flow.traffic, proxy);
            self.seq(&head, &tail)
        } else {
            let says = format!("the proxies of {site} do not answer the Internet");
            vec![Path::refused(Refusal::new("OFF-04", says, allowed.place()))]
        };
        for path in &mut paths {
            path.assumptions.insert("proxy_from_internet".to_owned());
        }
        paths
    }

    /// From the proxy to the cloud's edge.
    fn leave_proxy(&mut self, flow: &Flow, transport: Transport, proxy: &Id) -> Vec<Path> {
        let entry = &self.plan.proxies[proxy];
        let site = entry.site.id.clone();
        let vendor = self.plan.sites[&site].kind == SiteKind::Vendor;
        let egress = entry.egress.value.as_ref().map(|named| named.id.clone());
        let reaches: Vec<Id> = entry.reaches.value.iter().map(|named| named.id.clone()).collect();
        let owners = [proxy.clone()];
        let sender = Sender::of(Senders::Proxies, &owners);
        let mut paths = match transport {
            Transport::Internet if reaches.iter().any(|n| *n == "internet") => {
                self.out(&site, &Id::new("internet"), flow, sender)
            }
            Transport::Private if reaches.iter().any(|n| *n != "internet") => {
                let names = [site.clone(), proxy.clone()];
                let source = PrivateSource { names: &names, shown: &site };
                self.out_private(&site, flow, sender, source, Some(&reaches))
            }
            Transport::Internet | Transport::Private => {
                let net = if transport == Transport::Internet {
                    "the Internet"
                } else {
                    "a private network"
                };
                let why = format!("{proxy} does not reach {net}");
                let place = self.plan.proxies[proxy].reaches.place();
                let place = place.or(Some(self.plan.proxies[proxy].place));
                let only = transport == Transport::Internet && self.is_internet_only(&flow.dest);
                let (rule, says) = if only {
                    let what = flow.dest.words();
                    ("TRN-03", format!("{what} exists on the Internet only, and {why}"))
                } else {
                    ("PRX-10", why)
                };
                vec![Path::refused(Refusal::new(rule, says, place))]
            }
        };
        for path in &mut paths {
            if transport == Transport::Internet {
                self.source_of_equipment(path, proxy, egress.as_ref(), vendor);
            }
            self.proxy_rules(path, flow, proxy);
            self.proxy_loads(path, flow, proxy);
        }
        paths
    }

    fn proxy_rules(&mut self, path: &mut Path, flow: &Flow, proxy: &Id) {
        self.check_proxy_allow(path, flow, proxy);
        self.check_proxy_authentication(path, flow, proxy);
        if flow.dest == Dest::Turn {
            self.check_proxy_turn(path, proxy);
        }
    }

    /// PRX-05: what a restricting proxy lets through.
    fn check_proxy_allow(&self, path: &mut Path, flow: &Flow, proxy: &Id) {
        let entry = &self.plan.proxies[proxy];
        let Some(allow) = &entry.allow.value else { return };
        let place = Some(allow.first().map_or(entry.place, |word| word.place));
        if self.by_name(allow, flow) != Cover::Yes {
            let says = format!("{proxy} does not allow {}", flow.dest.words());
            path.refuse(Refusal::new("PRX-05", says, place));
        }
    }

    /// How far a proxy's list covers a flow. A proxy goes by names: addresses
    /// cover nothing, and a word for the services covers both networks.
    fn by_name(&self, list: &[Destination], flow: &Flow) -> Cover {
        let named = |d: &&Destination| !matches!(d.word, Word::Block(_) | Word::Resolved(_));
        let list: Vec<&Destination> = list.iter().filter(named).collect();
        let on = |over| words::list(self.plan, &list, &flow.dest, over);
        on(Transport::Internet).max(on(Transport::Private))
    }

    /// PRX-02, PRX-06: a softphone cannot authenticate at a proxy.
    fn check_proxy_authentication(&self, path: &mut Path, flow: &Flow, proxy: &Id) {
        let entry = &self.plan.proxies[proxy];
        let Some(exempt) = &entry.authentication.value else { return };
        if !flow.softphone {
            return;
        }
        if self.by_name(exempt, flow) != Cover::Yes {
            let says = format!("{proxy} asks for a login, which a softphone cannot give");
            path.refuse(Refusal::new("PRX-06", says, Some(entry.place)));
        }
    }

    /// PRX-07, APP-06, PRX-08: TURN through a proxy.
    fn check_proxy_turn(&mut self, path: &mut Path, proxy: &Id) {
        let entry = &self.plan.proxies[proxy];
        let (place, inspects) = (entry.place, entry.inspects_turn);
        if entry.excludes_turn.value {
            let says = format!("the PAC file sends TURN to {proxy}, which does not serve it");
            path.refuse(Refusal::new("PRX-08", says, Some(place)));
        }
        if entry.tls_only.value {
            let says = format!("{proxy} carries TLS only, and TURN media is SRTP");
            path.refuse(Refusal::new("APP-06", says, Some(place)));
        }
        let refusal = Refusal::new(
            "PRX-07",
            format!("{proxy} inspects TURN"),
            inspects.place().or(Some(place)),
        );
        path.assume(&inspects, || format!("dpi:{proxy}"));
        self.unless(path, inspects, Setting::TurnClear(proxy.clone()), refusal);
    }

    /// PRX-10: the proxy's own capacity.
    fn proxy_loads(&self, path: &mut Path, flow: &Flow, proxy: &Id) {
        let sessions = self.plan.proxies[proxy].sessions_per_agent.value;
        let key = ResourceKey::Sessions(proxy.clone());
        path.loads.push(Load { key, held: sessions * UNIT, in_call: 0 });
        let key = |outward| ResourceKey::Throughput(proxy.clone(), outward);
        path.loads.extend(flow.traffic.on(key, true));
    }
}
