//! `workstations`, `proxies`, `pac`, `vpn`, `vdi`.

use std::collections::BTreeMap;

use crate::catalogue::PhoneKind;
use crate::diagnostic::{Diagnostic, quoted};
use crate::fact::Fact;
use crate::id::Id;
use crate::place::Place;
use crate::plan::{
    Blocked, Common, Machine, Named, PacFile, Proxy, ProxyOption, Section, SetIn, SiteKind, Vdi,
    VdiExit, VdiPlatform, VdiServer, Vpn, Workstation,
};
use crate::read::quantity::{Fault, bandwidth, block, count, one_of, share, text, yes_no};
use crate::read::{Fields, Parsed};
use crate::yaml::Value;

use super::context::Cx;
use super::firewalls::inspects_turn;
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
                os: f.parse("os", text),
                elux: f.parse("endpoint", elux).unwrap_or(false),
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

    fn blocks(&self, f: &Fields<'a>) -> Vec<Blocked> {
        let Some(node) = f.node("firewall") else { return Vec::new() };
        if node.text().is_some() {
            self.issues.parse(node, one_of(&[("any", ())]));
            return Vec::new();
        }
        let what = format!("`firewall` of {}", f.what());
        let Some(firewall) = Fields::of(self.issues, what, node.place, node) else {
            return Vec::new();
        };
        let items = firewall.items("blocks").unwrap_or_default();
        let blocked = items.into_iter().filter_map(|item| self.issues.parse(item, blocked));
        let blocked = blocked.collect();
        firewall.finish();
        blocked
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
        let reaches = match f.node("reaches") {
            None => Fact::defaulted(vec![internet]),
            Some(node) if node.is_unknown() => Fact::unknown(vec![internet], node.place),
            Some(node) => Fact::given(
                self.networks(f, "reaches", &[Sort::Network]).unwrap_or_default(),
                node.place,
            ),
        };
        let turn = one_of(&[("turn", ())]);
        let exclude = f.items("exclude").unwrap_or_default();
        let excludes_turn = exclude.into_iter().any(|i| self.issues.parse(i, &turn).is_some());
        let dpi = f.map("dpi");
        let inspects_turn = inspects_turn(dpi.as_ref());
        let tls = one_of(&[("only", true), ("any", false)]);
        let tls_only = dpi.as_ref().and_then(|dpi| dpi.parse("tls", tls)).unwrap_or(false);
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

    fn allow_list(&self, f: &Fields<'a>) -> Option<Vec<crate::plan::Destination>> {
        let node = f.node("allow")?;
        if node.text() == Some("any") {
            return None;
        }
        Some(self.destinations(node))
    }

    fn proxy_login(&self, f: &Fields<'a>) -> Option<Vec<crate::plan::Destination>> {
        let node = f.node("authentication")?;
        if let Value::Scalar { .. } = node.value {
            return self.issues.parse(node, yes_no)?.then(Vec::new);
        }
        let login = f.map("authentication")?;
        let exempt = login.node("exempt").map(|node| self.destinations(node));
        login.finish();
        Some(exempt.unwrap_or_default())
    }

    /// A name of its own, or an address.
    fn egress(&self, f: &Fields<'a>) -> Option<Named> {
        let node = f.node("egress")?;
        let text = self.issues.scalar(node)?;
        if block(text).is_ok() {
            return Some(Named { id: Id::new(text), place: node.place });
        }
        self.issues.named(node)
    }

    pub(super) fn pac(&self, top: &Fields<'a>, load: &mut Load<'_>) -> Section<PacFile> {
        let files = self.section(top, "pac", "PAC file", |f, _| {
            let node = f.need("file");
            let path = node.and_then(|node| self.issues.parse(node, text));
            Some((f.place(), node?.place, path?))
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
            let split = f.need_parse("tunnel", one_of(&[("full", false), ("split", true)]));
            let pool = f.map("pool");
            let nat = pool.and_then(|pool| {
                let nat = self.need(&pool, "nat", &[Sort::Bundle, Sort::Circuit]);
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
            if let (Some(nat), Some(egress)) = (&nat, &egress) {
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
                include: f.node("include").map(|n| self.destinations(n)).unwrap_or_default(),
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
            let platform = f.need_parse("platform", platform);
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
        let unknown = f.node("reached_over").filter(|node| node.is_unknown());
        if let (Some(node), None) = (f.node("reached_over"), unknown) {
            let sorts = [Sort::Network, Sort::Vpn];
            let list = self.networks(f, "reached_over", &sorts).unwrap_or_default();
            return Fact::given(list, node.place);
        }
        let vendor = site.and_then(|site| self.site_kind(&site.id)) == Some(SiteKind::Vendor);
        let ids = if vendor { vec![Id::new("internet")] } else { self.private_networks() };
        let place = Place::BUILT_IN;
        let default = ids.into_iter().map(|id| Named { id, place }).collect();
        match unknown {
            Some(node) => Fact::unknown(default, node.place),
            None => Fact::defaulted(default),
        }
    }

    fn vdi_exit(&self, f: &Fields<'a>) -> VdiExit {
        let Some(named) = f.named("exit") else { return VdiExit::Own };
        match named.id.as_str() {
            "own" => return VdiExit::Own,
            "private" => return VdiExit::Private(named.place),
            _ => {}
        }
        match self.resolve(&named, &[Sort::Proxy, Sort::Circuit, Sort::Bundle]) {
            Some(Sort::Proxy) => VdiExit::Proxy(named),
            Some(Sort::Circuit) => VdiExit::Circuit(named),
            Some(Sort::Bundle) => VdiExit::Bundle(named),
            _ => VdiExit::Own,
        }
    }

    /// `on`: `workstation` or a VDI.
    pub(super) fn machine(&self, f: &Fields<'a>) -> Option<Machine> {
        let named = f.named("on")?;
        if named.id == "workstation" {
            return Some(Machine::Workstation);
        }
        self.resolve(&named, &[Sort::Vdi]);
        Some(Machine::Vdi(named))
    }

    /// `proxy` of a standalone program: an id, or `{via, set_in}`.
    pub(super) fn proxy_option(&self, f: &Fields<'a>) -> Option<ProxyOption> {
        let node = f.node("proxy")?;
        if let Some(via) = node.text().and_then(|_| self.named(f, "proxy", &[Sort::Proxy])) {
            return Some(ProxyOption { via, set_in: None });
        }
        let option = f.map("proxy")?;
        let via = self.need(&option, "via", &[Sort::Proxy]);
        let places = one_of(&[("cloud", SetIn::Cloud), ("file", SetIn::File)]);
        let set_in = option.parse("set_in", places);
        option.finish();
        Some(ProxyOption { via: via?, set_in })
    }
}

fn default_workstation() -> Workstation {
    Workstation {
        place: Place::BUILT_IN,
        os: None,
        elux: false,
        hard_fail: Fact::defaulted(false),
        blocks: Vec::new(),
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
