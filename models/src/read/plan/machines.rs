//! `workstations`, `proxies`, `pac`, `vpn`, `vdi`.

use std::collections::BTreeMap;

use crate::catalogue::PhoneKind;
use crate::diagnostic::{Diagnostic, quoted};
use crate::fact::Fact;
use crate::id::Id;
use crate::place::Place;
use crate::plan::{
    Blocked, Common, Destination, Machine, Named, PacFile, Proxy, ProxyOption, Section, SetIn,
    SiteKind, Vdi, VdiExit, VdiPlatform, VdiServer, Vpn, Workstation,
};
use crate::read::quantity::{Fault, bandwidth, block, count, one_of, share, text, yes_no};
use crate::read::{Fields, Parsed};
use crate::yaml::Value;

use super::context::Cx;
use super::firewalls::{inspects_turn, is_like_an_address};
use super::sort::Sort;

/// Gets the text of a file that the plan names.
pub(super) type Load<'l> = dyn FnMut(&str) -> Result<String, String> + 'l;

impl<'a> Cx<'a> {
    pub(super) fn workstations(&self, top: &Fields<'a>) -> Section<Workstation> {
        let mut section = self.section(top, "workstations", "workstation", |f, _| {
            let elux = one_of(&[("windows", false), ("linux-elux", true)]);
            let hard = one_of(&[("soft-fail", false), ("hard-fail", true)]);
            Some(Workstation {
                place: f.place(),
                os: f.maybe("os", text),
                elux: f.fact("endpoint", false, elux),
                hard_fail: f.fact("revocation", false, hard),
                blocks: self.blocks(f),
                common: self.common(f),
            })
        });
        if section.is_empty() {
            section.insert(Id::new("workstation"), default_workstation());
        }
        section
    }

    fn blocks(&self, f: &Fields<'a>) -> Fact<Vec<Blocked>> {
        let none = Fact::defaulted(Vec::new());
        let Some(node) = f.node("firewall") else { return none };
        if node.text().is_some() {
            return f.fact("firewall", Vec::new(), one_of(&[("any", Vec::new())]));
        }
        let Some(firewall) = f.map("firewall") else { return none };
        let blocks = firewall.read("blocks", Vec::new(), |node| {
            let items = self.issues.items(node)?.into_iter();
            Some(items.filter_map(|item| self.issues.parse(item, blocked)).collect())
        });
        firewall.finish();
        blocks
    }

    pub(super) fn proxies(&self, top: &Fields<'a>) -> Section<Proxy> {
        let section = self.section(top, "proxies", "proxy", |f, _| self.proxy(f));
        let mut seen: BTreeMap<&str, Place> = BTreeMap::new();
        for proxy in section.values() {
            for name in &proxy.names {
                if let Some(first) = seen.insert(name, proxy.place) {
                    let message = format!("two proxies are called {}", quoted(name));
                    self.issues.push(
                        Diagnostic::error("repeated-name", message, proxy.place)
                            .related(first, "the first"),
                    );
                }
            }
        }
        section
    }

    fn proxy(&self, f: &Fields<'a>) -> Option<Proxy> {
        let site = self.need(f, "site", &[Sort::Site]);
        let internet = Named { id: Id::new("internet"), place: Place::BUILT_IN };
        let reaches =
            f.read("reaches", vec![internet], |_| self.networks(f, "reaches", &[Sort::Network]));
        let turn = one_of(&[("turn", ())]);
        let excludes_turn = f.read("exclude", false, |node| {
            let mut items = self.issues.items(node)?.into_iter();
            Some(items.any(|item| self.issues.parse(item, &turn).is_some()))
        });
        let dpi = f.map("dpi");
        let inspects_turn = inspects_turn(dpi.as_ref());
        let tls = one_of(&[("only", true), ("any", false)]);
        let tls_only =
            dpi.as_ref().map_or(Fact::defaulted(false), |dpi| dpi.fact("tls", false, tls));
        dpi.into_iter().for_each(Fields::finish);
        let names = f.items("names").unwrap_or_default();
        Some(Proxy {
            place: f.place(),
            names: names.iter().filter_map(|n| self.issues.parse(n, host_and_port)).collect(),
            reaches,
            excludes_turn,
            allow: self.allow_list(f),
            authentication: self.proxy_login(f),
            inspects_turn,
            tls_only,
            sessions: f.maybe("sessions", count),
            sessions_per_agent: f.fact("sessions_per_agent", 1, count),
            throughput: f.maybe("throughput", bandwidth),
            egress: self.egress(f),
            common: self.common(f),
            site: site?,
        })
    }

    fn allow_list(&self, f: &Fields<'a>) -> Fact<Option<Vec<Destination>>> {
        f.read("allow", None, |node| {
            Some((node.text() != Some("any")).then(|| self.destination_list(node)))
        })
    }

    fn proxy_login(&self, f: &Fields<'a>) -> Fact<Option<Vec<Destination>>> {
        let Some(node) = f.node("authentication") else { return Fact::defaulted(None) };
        if let Value::Scalar { .. } = node.value {
            return f.fact("authentication", None, |text| Ok(yes_no(text)?.then(Vec::new)));
        }
        let Some(login) = f.map("authentication") else { return Fact::defaulted(None) };
        let exempt = self.destinations(&login, "exempt");
        login.finish();
        // That there is a login is said; what is exempt may not be.
        if exempt.is_unknown() {
            return exempt.map(Some);
        }
        Fact::given(Some(exempt.value), node.place)
    }

    /// A name of its own, or an address.
    fn egress(&self, f: &Fields<'a>) -> Fact<Option<Named>> {
        f.read("egress", None, |node| {
            let text = self.issues.scalar(node)?;
            if is_like_an_address(text) {
                self.issues.parse(node, block)?;
                return Some(Some(Named { id: Id::new(text), place: node.place }));
            }
            self.issues.named(node).map(Some)
        })
    }

    pub(super) fn pac(&self, top: &Fields<'a>, load: &mut Load<'_>) -> Section<PacFile> {
        let files = self.section(top, "pac", "PAC file", |f, _| {
            let path = f.need_parse("file", text);
            Some((f.place(), f.node("file")?.place, path?))
        });
        let mut section = Section::new();
        for (id, (place, at, path)) in files {
            let file = Named { id: Id::new(&path), place: at };
            match load(&path) {
                Ok(text) => {
                    section.insert(id, PacFile { place, file, text });
                }
                Err(reason) => {
                    let message = format!("cannot read {}: {reason}", quoted(&path));
                    self.issues.error("unreadable-file", message, at);
                }
            }
        }
        section
    }

    pub(super) fn vpn(&self, top: &Fields<'a>) -> Section<Vpn> {
        self.section(top, "vpn", "VPN", |f, _| {
            let site = self.need(f, "site", &[Sort::Site]);
            let tunnels = one_of(&[("full", false), ("split", true)]);
            let split = f.need_fact("tunnel", false, tunnels);
            let nat = f.map("pool").map_or(Fact::defaulted(None), |pool| {
                pool.need("nat");
                let nat = self.named_fact(&pool, "nat", &[Sort::Bundle, Sort::Circuit]);
                pool.finish();
                nat
            });
            let (voice, data) = (self.figures.vpn_voice_overhead, self.figures.vpn_data_overhead);
            let overhead = f.map("overhead");
            let of = |key, figure| {
                overhead.as_ref().map_or(figure, |overhead| overhead.fact_or(key, figure, share))
            };
            let (voice_overhead, data_overhead) = (of("voice", voice), of("data", data));
            overhead.into_iter().for_each(Fields::finish);
            let egress = self.egress(f);
            if let (Some(nat), Some(egress)) = (&nat.value, &egress.value) {
                let message = "a VPN leaves by `pool.nat` or with an `egress` of its own, not both";
                self.issues.push(
                    Diagnostic::error("wrong-key", message, egress.place)
                        .related(nat.place, "said here"),
                );
            }
            Some(Vpn {
                place: f.place(),
                sessions: f.maybe("sessions", count),
                throughput: f.maybe("throughput", bandwidth),
                include: self.destinations(f, "include"),
                nat,
                egress,
                voice_overhead,
                data_overhead,
                common: self.common(f),
                site: site?,
                split: split?,
            })
        })
    }

    pub(super) fn vdi(&self, top: &Fields<'a>) -> Section<Vdi> {
        self.section(top, "vdi", "VDI", |f, _| {
            let site = self.need(f, "site", &[Sort::Site]);
            let platform = f.need_fact("platform", VdiPlatform::Other, platform);
            Some(Vdi {
                place: f.place(),
                server: f.fact("server", VdiServer::Windows2012R2, server),
                adapter: f.fact("adapter", true, yes_no),
                sessions: f.maybe("sessions", count),
                reached_over: self.reached_over(f, site.as_ref()),
                exit: self.vdi_exit(f),
                per_session: f.fact_or("per_session", self.figures.vdi_per_session, bandwidth),
                egress: self.egress(f),
                common: self.common(f),
                site: site?,
                platform: platform?,
            })
        })
    }

    fn reached_over(&self, f: &Fields<'a>, site: Option<&Named>) -> Fact<Vec<Named>> {
        let vendor = site.and_then(|site| self.site_kind(&site.id)) == Some(SiteKind::Vendor);
        let ids = if vendor { vec![Id::new("internet")] } else { self.private_networks() };
        let place = Place::BUILT_IN;
        let default = ids.into_iter().map(|id| Named { id, place }).collect();
        let sorts = [Sort::Network, Sort::Vpn];
        f.read("reached_over", default, |_| self.networks(f, "reached_over", &sorts))
    }

    fn vdi_exit(&self, f: &Fields<'a>) -> Fact<VdiExit> {
        f.read("exit", VdiExit::Own, |node| {
            let named = self.issues.named(node)?;
            match named.id.as_str() {
                "own" => return Some(VdiExit::Own),
                "private" => return Some(VdiExit::Private(named.place)),
                _ => {}
            }
            match self.resolve(&named, &[Sort::Proxy, Sort::Circuit, Sort::Bundle])? {
                Sort::Proxy => Some(VdiExit::Proxy(named)),
                Sort::Circuit => Some(VdiExit::Circuit(named)),
                Sort::Bundle => Some(VdiExit::Bundle(named)),
                _ => None,
            }
        })
    }

    /// `on`: `workstation` or a VDI.
    pub(super) fn machine(&self, f: &Fields<'a>) -> Fact<Option<Machine>> {
        f.read("on", None, |node| {
            let named = self.issues.named(node)?;
            if named.id == "workstation" {
                return Some(Some(Machine::Workstation));
            }
            self.resolve(&named, &[Sort::Vdi]);
            Some(Some(Machine::Vdi(named)))
        })
    }

    /// `proxy` of a standalone program: an id, or `{via, set_in}`; one that is
    /// unknown is none.
    pub(super) fn proxy_option(&self, f: &Fields<'a>) -> Fact<Option<ProxyOption>> {
        let Some(node) = f.node("proxy") else { return Fact::defaulted(None) };
        if node.text().is_some() {
            let via = self.named_fact(f, "proxy", &[Sort::Proxy]);
            let set_in = Fact::defaulted(None);
            return via.map(|via| Some(ProxyOption { via: via?, set_in }));
        }
        let Some(option) = f.map("proxy") else { return Fact::defaulted(None) };
        option.need("via");
        let via = self.named_fact(&option, "via", &[Sort::Proxy]);
        let places = [("cloud", Some(SetIn::Cloud)), ("file", Some(SetIn::File))];
        let set_in = option.fact("set_in", None, one_of(&places));
        option.finish();
        via.map(|via| Some(ProxyOption { via: via?, set_in }))
    }
}

fn default_workstation() -> Workstation {
    Workstation {
        place: Place::BUILT_IN,
        os: Fact::defaulted(None),
        elux: Fact::defaulted(false),
        hard_fail: Fact::defaulted(false),
        blocks: Fact::defaulted(Vec::new()),
        common: Common::default(),
    }
}

fn blocked(text: &str) -> Parsed<Blocked> {
    let mut words = vec![
        ("softphone", Blocked::Softphone),
        ("browser", Blocked::Browser),
        ("screen-recording", Blocked::ScreenRecording),
    ];
    words.extend(PhoneKind::ALL.map(|kind| (kind.word(), Blocked::Phone(kind))));
    one_of(&words)(text)
}

fn platform(text: &str) -> Parsed<VdiPlatform> {
    one_of(&[
        ("citrix-7", VdiPlatform::Citrix7),
        ("horizon-7", VdiPlatform::Horizon7),
        ("rds", VdiPlatform::Rds),
        ("other", VdiPlatform::Other),
    ])(text)
}

fn server(word: &str) -> Parsed<VdiServer> {
    Ok(match word {
        "windows-2012r2" => VdiServer::Windows2012R2,
        "windows-2008r2" => VdiServer::Windows2008R2,
        _ => VdiServer::Other(text(word)?),
    })
}

fn host_and_port(name: &str) -> Parsed<String> {
    let fault = || {
        Fault::with_help(
            format!("{} is no name of a proxy", quoted(name)),
            "write host and port as a PAC file does, such as `proxy.example:8080`",
        )
    };
    let (host, port) = name.rsplit_once(':').ok_or_else(fault)?;
    let good =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '[' | ']' | ':');
    let port = port.parse::<u16>().ok().filter(|port| *port > 0);
    if host.is_empty() || !host.chars().all(good) || port.is_none() {
        return Err(fault());
    }
    Ok(name.to_owned())
}
