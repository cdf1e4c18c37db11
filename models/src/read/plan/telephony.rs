//! `telephony`, `carriers`, `phones`.

use crate::catalogue::PhoneKind;
use crate::diagnostic::{Diagnostic, quoted};
use crate::fact::Fact;
use crate::id::Id;
use crate::place::Place;
use crate::plan::{
    Carrier, Common, HandsOver, Named, OffSite, Pbx, Phone, Rings, Sbc, Section, Trunk,
};
use crate::read::quantity::{count, duration, one_of, yes_no};
use crate::read::{Fields, Parsed};
use crate::units::{Millionths, Millis};
use crate::yaml::Value;

use super::context::Cx;
use super::sort::Sort;

/// `telephony`: its three sections.
pub(super) type Telephony = (Section<Pbx>, Section<Sbc>, Section<Trunk>);

impl<'a> Cx<'a> {
    pub(super) fn telephony(&self, top: &Fields<'a>) -> Telephony {
        let Some(f) = top.map("telephony") else { return Telephony::default() };
        let pbxs = self.section(&f, "pbxs", "PBX", |f, _| {
            let site = self.need(f, "site", &[Sort::Site]);
            let sbc = self.need(f, "sbc", &[Sort::Sbc]);
            Some(Pbx {
                place: f.place(),
                pstn: self.names_fact(f, "pstn", &[Sort::Carrier]).map(Option::unwrap_or_default),
                common: self.common(f),
                site: site?,
                sbc: sbc?,
            })
        });
        let sbcs = self.section(&f, "sbcs", "SBC", |f, _| {
            let site = self.need(f, "site", &[Sort::Site]);
            Some(Sbc {
                place: f.place(),
                sessions: f.maybe("sessions", count),
                common: self.common(f),
                site: site?,
            })
        });
        let trunks = self.section(&f, "trunks", "trunk", |f, _| self.trunk(f));
        f.finish();
        (pbxs, sbcs, trunks)
    }

    fn trunk(&self, f: &Fields<'a>) -> Option<Trunk> {
        let sbc = self.need(f, "sbc", &[Sort::Sbc]);
        let network = self.need(f, "network", &[Sort::Network]);
        if let Some(network) = network.as_ref().filter(|n| n.id == "internet" || n.id == "pstn") {
            let message = format!("a trunk runs over a private network, not over `{}`", network.id);
            self.issues.error("wrong-sort", message, network.place);
        }
        Some(Trunk {
            place: f.place(),
            channels: f.maybe("channels", count),
            common: self.common(f),
            sbc: sbc?,
            network: network?,
        })
    }

    pub(super) fn carriers(&self, top: &Fields<'a>) -> Section<Carrier> {
        let mut section = self.section(top, "carriers", "carrier", |f, _| Some(self.carrier(f)));
        if section.is_empty() {
            let carrier = Carrier {
                place: Place::BUILT_IN,
                for_customers: Fact::defaulted(true),
                for_agents: Fact::defaulted(true),
                hands_over: Fact::defaulted(HandsOver::Cloud),
                channels: Fact::defaulted(None),
                common: Common::default(),
            };
            section.insert(Id::new("cloud-carrier"), carrier);
        }
        section
    }

    fn carrier(&self, f: &Fields<'a>) -> Carrier {
        f.unread(&["dedicated"]);
        let role = one_of(&[("customers", true), ("agents", false)]);
        let roles: Fact<Option<Vec<bool>>> = f.read("role", None, |node| {
            let items = self.issues.items(node)?.into_iter();
            Some(Some(items.filter_map(|i| self.issues.parse(i, &role)).collect()))
        });
        let has = |wanted| {
            let role = roles.clone();
            role.map(|roles| roles.is_none_or(|roles| roles.contains(&wanted)))
        };
        let hands_over = f.read("hands_over", HandsOver::Cloud, |node| {
            let named = self.issues.named(node)?;
            if named.id == "cloud" {
                return Some(HandsOver::Cloud);
            }
            match self.resolve(&named, &[Sort::Sbc, Sort::Pbx]) {
                Some(Sort::Pbx) => Some(HandsOver::Pbx(named)),
                _ => Some(HandsOver::Sbc(named)),
            }
        });
        Carrier {
            place: f.place(),
            for_customers: has(true),
            for_agents: has(false),
            hands_over,
            channels: f.maybe("channels", count),
            common: self.common(f),
        }
    }

    /// The six built-in phones, then those of the plan in file order.
    pub(super) fn phones(&self, top: &Fields<'a>) -> Section<Phone> {
        let mut all: Section<Phone> = Section::new();
        for kind in PhoneKind::ALL {
            all.insert(Id::new(kind.word()), self.built_in_phone(kind));
        }
        let written = self.section(top, "phones", "phone", |f, id| self.phone(f, id));
        all.extend(written);
        all
    }

    fn built_in_phone(&self, kind: PhoneKind) -> Phone {
        Phone {
            place: Place::BUILT_IN,
            kind,
            connector: Fact::defaulted(true),
            encrypted: Fact::defaulted(false),
            proxy: Fact::defaulted(None),
            on: Fact::defaulted(None),
            rings: Fact::defaulted(Rings::Home),
            operators: Fact::defaulted(default_operators()),
            battery: Fact::defaulted(Millis::ZERO),
            via: Fact::defaulted(Vec::new()),
            pbx: if kind == PhoneKind::Pbx { self.only_pbx() } else { None },
            off_site: Fact::defaulted(OffSite::None),
            uses: Vec::new(),
            common: Common::default(),
        }
    }

    /// The PBX of a plan that has one.
    fn only_pbx(&self) -> Option<Named> {
        let mut all = self.names.of_sorts(&[Sort::Pbx]);
        match (all.next(), all.next()) {
            (Some(id), None) => Some(Named { id: Id::new(id), place: Place::BUILT_IN }),
            _ => None,
        }
    }

    fn phone(&self, f: &Fields<'a>, id: &Id) -> Option<Phone> {
        let built_in = PhoneKind::ALL.into_iter().find(|kind| *id == kind.word());
        let kind = match built_in {
            Some(kind) => {
                f.parse("kind", one_of(&[(kind.word(), kind)]));
                Some(kind)
            }
            None => f.need_parse("kind", phone_kind),
        };
        let pbx = self.named(f, "pbx", &[Sort::Pbx]);
        let phone = Phone {
            place: f.place(),
            kind: kind.unwrap_or(PhoneKind::Pstn),
            connector: f.fact("connector", true, yes_no),
            encrypted: f.fact("encrypted", false, yes_no),
            proxy: self.proxy_option(f),
            on: self.machine(f),
            rings: f.fact("rings", Rings::Home, rings),
            operators: self.operators(f),
            battery: f.fact("battery", Millis::ZERO, duration),
            via: self
                .names_fact(f, "via", &[Sort::Carrier, Sort::Sbc])
                .map(Option::unwrap_or_default),
            off_site: f.fact("off_site", OffSite::None, off_site),
            uses: self.uses(f),
            common: self.common(f),
            pbx: pbx
                .or_else(|| kind.filter(|k| *k == PhoneKind::Pbx).and_then(|_| self.only_pbx())),
        };
        self.fits(f, kind?);
        Some(phone)
    }

    fn operators(&self, f: &Fields<'a>) -> Fact<Vec<(Named, Millionths)>> {
        if let Some(node) = f.node("operator").filter(|n| matches!(n.value, Value::Seq(_))) {
            self.issues.wrong_shape("an operator or a map of shares", node);
        }
        self.shares(f, "operator", default_operators())
    }

    /// Notes keys that mean nothing for a phone of this kind.
    fn fits(&self, f: &Fields<'_>, kind: PhoneKind) {
        use PhoneKind::{Pbx, Pstn, SipPhone, SipSoftphone, WebrtcEmbedded, WebrtcSoftphone};
        let keys: [(&str, &[PhoneKind]); 9] = [
            ("connector", &[SipSoftphone, WebrtcSoftphone]),
            ("encrypted", &[SipPhone, SipSoftphone]),
            ("proxy", &[SipSoftphone, WebrtcSoftphone]),
            ("on", &[SipSoftphone, WebrtcSoftphone, WebrtcEmbedded]),
            ("rings", &[Pstn]),
            ("operator", &[Pstn, Pbx]),
            ("battery", &[Pstn, Pbx]),
            ("via", &[Pstn]),
            ("off_site", &[Pbx]),
        ];
        for (key, kinds) in keys {
            let Some(place) = f.key_place(key).filter(|_| !kinds.contains(&kind)) else { continue };
            let of: Vec<String> = kinds.iter().map(|kind| format!("`{}`", kind.word())).collect();
            let message = format!("a phone of kind `{}` has no {}", kind.word(), quoted(key));
            let help = format!("it is for phones of kind {}", of.join(", "));
            self.issues.push(Diagnostic::error("wrong-key", message, place).help(help));
        }
        if kind != Pbx {
            if let Some(place) = f.key_place("pbx") {
                let message = format!("a phone of kind `{}` has no `pbx`", kind.word());
                self.issues.error("wrong-key", message, place);
            }
        } else if f.key_place("pbx").is_none() && self.only_pbx().is_none() {
            self.no_pbx(f.what(), f.place());
        }
    }

    /// Notes that a phone behind a PBX does not say which.
    pub(super) fn no_pbx(&self, what: &str, place: Place) {
        let all: Vec<&str> = self.names.of_sorts(&[Sort::Pbx]).collect();
        let (message, help) = if all.is_empty() {
            (
                format!("{what} needs a PBX, and the plan has none"),
                "write one under `telephony.pbxs`".to_owned(),
            )
        } else {
            let help = format!(
                "give a phone of kind `pbx` one of them by `pbx`: {}",
                crate::read::few(&all)
            );
            (format!("{what} does not say behind which PBX it is"), help)
        };
        self.issues.push(Diagnostic::error("missing-key", message, place).help(help));
    }
}

fn default_operators() -> Vec<(Named, Millionths)> {
    let operator = Named { id: Id::new("operator"), place: Place::BUILT_IN };
    vec![(operator, Millionths::ONE)]
}

fn phone_kind(text: &str) -> Parsed<PhoneKind> {
    one_of(&PhoneKind::ALL.map(|kind| (kind.word(), kind)))(text)
}

fn rings(text: &str) -> Parsed<Rings> {
    one_of(&[("desk", Rings::Desk), ("home", Rings::Home), ("mobile", Rings::Mobile)])(text)
}

fn off_site(text: &str) -> Parsed<OffSite> {
    one_of(&[
        ("none", OffSite::None),
        ("forward-to-mobile", OffSite::ForwardToMobile),
        ("softphone-by-vpn", OffSite::SoftphoneByVpn),
        ("pbx-edge", OffSite::PbxEdge),
    ])(text)
}
