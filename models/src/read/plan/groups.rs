//! `groups`: who works where, on what, over which ways.

use std::collections::BTreeMap;

use crate::catalogue::{PhoneKind, Program, service};
use crate::diagnostic::{Diagnostic, quoted};
use crate::fact::{Fact, Origin};
use crate::id::Id;
use crate::place::Place;
use crate::plan::{
    AccessWay, AppUse, BrowserSetting, Group, Moving, Named, Phone, Queue, Recording, Section,
    StatedWay, Traffic,
};
use crate::read::quantity::{bandwidth, count, duration, one_of, share, version, yes_no};
use crate::read::{Fields, id, nearest};
use crate::units::{Millionths, Millis, Version};
use crate::yaml::{Key, Node, Value};

use super::cloud::unknown_service;
use super::context::{Cx, tags};
use super::people::priority;
use super::sort::Sort;

/// The newest version of the screen recorder that the guide names (PRX-04).
const RECORDER: [u64; 4] = [8, 5, 370, 78];

/// The groups as written, by id.
type Written<'a> = BTreeMap<&'a str, (&'a Key, &'a Node)>;

/// Sections that groups refer to and that have been read.
pub(super) struct Read<'r> {
    pub(super) queues: &'r Section<Queue>,
    pub(super) phones: &'r Section<Phone>,
}

impl<'a> Cx<'a> {
    pub(super) fn groups(&self, top: &Fields<'a>, read: &Read<'_>) -> Section<Group> {
        let mut section = Section::new();
        let written = top.entries("groups");
        let by_id: Written<'a> = written.iter().map(|(k, n)| (k.text.as_str(), (k, n))).collect();
        for (key, node) in written {
            let Ok(id) = id(&key.text) else { continue };
            let (Value::Map(_) | Value::Empty) = node.value else {
                self.issues.wrong_shape("a map", node);
                continue;
            };
            let Some((entries, own)) = self.with_inherited(&by_id, key, node) else { continue };
            let what = format!("group `{id}`");
            let f = Fields::over(self.issues, what, key.place, entries, own);
            section.extend(self.group(&f, &id, read).map(|group| (id, group)));
            f.finish();
        }
        section
    }

    /// How many there are; the roster's to say where the group does not.
    fn heads(&self, f: &Fields<'a>, id: &Id) -> Option<u64> {
        if self.tree.get("roster").is_none() || f.node("agents").is_some() {
            return f.need_parse("agents", count);
        }
        self.unfilled.borrow_mut().insert(id.clone());
        Some(0)
    }

    fn group(&self, f: &Fields<'a>, id: &Id, read: &Read<'_>) -> Option<Group> {
        f.node("like");
        let agents = self.heads(f, id);
        let (voice, digital) = self.media(f);
        let queues = self.group_queues(f, voice || digital);
        let first = queues.first().and_then(|queue| read.queues.get(&queue.id));
        let access = self.access_ways(f);
        let phones = self.group_phones(f, voice && !access.value.is_empty(), read.phones);
        let work_at = f.need("work_at").and_then(|_| self.names(f, "work_at", &[Sort::Site]));
        let nowhere = |node: &&Node| node.value == Value::Seq(Vec::new());
        if let Some(node) = f.node("work_at").filter(nowhere) {
            let message = format!("{} works nowhere", f.what());
            self.issues.error("bad-value", message, node.place);
        }
        let workstation = self.workstation_of(f);
        let direct = one_of(&[("portal", false), ("direct", true)]);
        Some(Group {
            place: f.place(),
            on_shift: self.on_shift(f),
            moving: self.moving(f),
            priority: f.fact("priority", first.map_or(1, |queue| queue.priority.value), priority),
            queues,
            voice,
            digital,
            provisioned: self.provisioned(f, &phones),
            phones,
            access,
            enters_direct: f.fact("enters_by", false, direct),
            browser: self.browser(f),
            apps: self.apps(f),
            recording: self.recording(f),
            occupancy: f.maybe("occupancy", share),
            traffic: self.traffic(f),
            tags: tags(f),
            ways: self.ways(f),
            agents: agents?,
            work_at: work_at?,
            workstation: workstation?,
        })
    }

    fn media(&self, f: &Fields<'a>) -> (bool, bool) {
        let Some(items) = f.items("media") else { return (true, false) };
        let word = one_of(&[("voice", true), ("digital", false)]);
        let media: Vec<bool> =
            items.into_iter().filter_map(|item| self.issues.parse(item, &word)).collect();
        (media.contains(&true), media.contains(&false))
    }

    fn group_phones(&self, f: &Fields<'a>, needed: bool, all: &Section<Phone>) -> Vec<Named> {
        let phones = self.names(f, "phones", &[Sort::Phone]).unwrap_or_default();
        for named in &phones {
            let phone = all.get(&named.id);
            if phone.is_some_and(|p| {
                p.kind == PhoneKind::Pbx && p.pbx.is_none() && !p.place.is_written()
            }) {
                self.no_pbx(&format!("phone `{}`", named.id), named.place);
            }
        }
        if phones.is_empty() && needed && !some_unread(f, "phones", &phones) {
            let message = format!("{} has `voice` but no `phones`", f.what());
            let place = f.key_place("phones").unwrap_or(f.place());
            let help = "list them in order of preference; without calls write `media: [digital]`";
            self.issues.push(Diagnostic::error("missing-key", message, place).help(help));
        }
        phones
    }

    fn provisioned(&self, f: &Fields<'a>, phones: &[Named]) -> Fact<Vec<Named>> {
        let first: Vec<Named> = phones.first().cloned().into_iter().collect();
        let list = f.read("provisioned", first, |node| self.issues.names(node));
        let judged = list.is_given() && !some_unread(f, "phones", phones);
        for named in list.value.iter().filter(|_| judged) {
            if phones.iter().any(|phone| phone.id == named.id) {
                continue;
            }
            let message = format!("`{}` is not one of the `phones` of {}", named.id, f.what());
            let near = crate::read::hint(named.id.as_str(), phones.iter().map(|p| p.id.as_str()));
            let diagnostic = Diagnostic::error("dangling-name", message, named.place);
            self.issues.push(diagnostic.maybe_help(near));
        }
        list
    }

    fn access_ways(&self, f: &Fields<'a>) -> Fact<Vec<AccessWay>> {
        let place = Place::BUILT_IN;
        let default = vec![AccessWay::Private(place), AccessWay::Internet(place)];
        f.read("access", default, |node| Some(self.ways_in(self.issues.names(node)?)))
    }

    fn ways_in(&self, names: Vec<Named>) -> Vec<AccessWay> {
        let mut ways = Vec::new();
        for named in names {
            match named.id.as_str() {
                "private" => ways.push(AccessWay::Private(named.place)),
                "internet" => ways.push(AccessWay::Internet(named.place)),
                _ => match self.access_sort(&named) {
                    Some(Sort::Vpn) => ways.push(AccessWay::Vpn(named)),
                    Some(Sort::Proxy) => ways.push(AccessWay::Proxy(named)),
                    Some(Sort::Vdi) => ways.push(AccessWay::Vdi(named)),
                    _ => {}
                },
            }
        }
        ways
    }

    /// What a way of access names; a mistyped word of the language is told.
    fn access_sort(&self, named: &Named) -> Option<Sort> {
        let sorts = [Sort::Vpn, Sort::Proxy, Sort::Vdi];
        let id = named.id.as_str();
        let is_known = self.names.shared.contains_key(&named.id);
        let near = nearest(id, self.names.of_sorts(&sorts).chain(["private", "internet"]));
        match near.filter(|near| !is_known && matches!(*near, "private" | "internet")) {
            None => self.resolve(named, &sorts),
            Some(near) => {
                let message = format!("{} is no way of access", quoted(id));
                let diagnostic = Diagnostic::error("dangling-name", message, named.place);
                self.issues.push(diagnostic.help(format!("did you mean `{near}`?")));
                None
            }
        }
    }

    /// The workstation: the one named, or the only one of the plan.
    fn workstation_of(&self, f: &Fields<'a>) -> Option<Named> {
        if f.node("workstation").is_some() {
            return self.named(f, "workstation", &[Sort::Workstation]);
        }
        let all: Vec<&str> = self.names.of_sorts(&[Sort::Workstation]).collect();
        if let [only] = all.as_slice() {
            return Some(Named { id: Id::new(only), place: Place::BUILT_IN });
        }
        let message = format!("{} has no `workstation`, and the plan has several", f.what());
        let help = format!("name one of: {}", crate::read::few(&all));
        self.issues.push(Diagnostic::error("missing-key", message, f.place()).help(help));
        None
    }

    fn browser(&self, f: &Fields<'a>) -> Fact<BrowserSetting> {
        let pac = self.named_fact(f, "pac", &[Sort::Pac]);
        let proxies = self.names_fact(f, "proxy", &[Sort::Proxy]);
        let said = if pac.origin == Origin::Defaulted { proxies.origin } else { pac.origin };
        let value = match (pac.value, proxies.value) {
            (Some(pac), Some(_)) => {
                let place = f.key_place("proxy").unwrap_or(pac.place);
                let message = format!("{} has both `pac` and `proxy`", f.what());
                self.issues.push(
                    Diagnostic::error("wrong-key", message, place)
                        .related(pac.place, "the PAC file")
                        .help("a browser has one setting; keep one of them"),
                );
                BrowserSetting::Pac(pac)
            }
            (Some(pac), None) => BrowserSetting::Pac(pac),
            (None, Some(list)) if !list.is_empty() => BrowserSetting::Proxies(list),
            (None, _) => BrowserSetting::Direct,
        };
        Fact { value, origin: said }
    }

    fn apps(&self, f: &Fields<'a>) -> Section<AppUse> {
        let mut apps = Section::new();
        let Some(node) = f.node("apps") else {
            let desktop = default_use(Place::BUILT_IN);
            apps.insert(Id::new("agent-desktop"), desktop);
            return apps;
        };
        let (Value::Map(_) | Value::Empty) = node.value else {
            self.issues.wrong_shape("a map", node);
            return apps;
        };
        for (Key { text, place }, node) in node.entries() {
            match service(text).map(|spec| spec.program) {
                None => self.issues.push(unknown_service(text, *place)),
                Some(Program::Web) => {}
                Some(Program::Standalone | Program::Helper) => {
                    let message = format!("{} is no web application", quoted(text));
                    let help = "phones stand under `phones`, the recorder under `recording`; \
                                helpers come by themselves";
                    self.issues.push(Diagnostic::error("wrong-sort", message, *place).help(help));
                }
            }
            let mut app = default_use(*place);
            if node.is_unknown() {
                app.required = Fact::unknown(true, node.place);
            } else if node.text().is_some() {
                let words = one_of(&[("required", true), ("optional", false)]);
                let required = self.issues.parse(node, words).unwrap_or(true);
                app.required = Fact::given(required, node.place);
            } else {
                let what = format!("application `{text}` of {}", f.what());
                let Some(use_of) = Fields::of(self.issues, what, *place, node) else { continue };
                app.required = use_of.fact("required", true, yes_no);
                app.on = self.machine(&use_of);
                use_of.finish();
            }
            apps.insert(Id::new(text), app);
        }
        apps
    }

    fn recording(&self, f: &Fields<'a>) -> Fact<Option<Recording>> {
        f.read("recording", None, |_| {
            let recorder = f.map("recording")?;
            let recording = self.recorder(&recorder);
            recorder.finish();
            Some(Some(recording))
        })
    }

    fn recorder(&self, r: &Fields<'a>) -> Recording {
        let screens = |text: &str| match count(text)? {
            number @ 1..=2 => Ok(number as u32),
            _ => Err(crate::read::Fault::new("the recorder takes one or two screens")),
        };
        let scheduled = one_of(&[("at-once", false), ("scheduled", true)]);
        Recording {
            place: r.place(),
            share: r.fact("share", Millionths::ONE, share),
            screens: r.fact("screens", 2, screens),
            version: r.fact("version", Version(RECORDER.to_vec()), version),
            on: self.machine(r),
            proxy: self.proxy_option(r),
            scheduled: r.fact("upload", false, scheduled),
            required: r.fact("required", false, yes_no),
        }
    }

    fn moving(&self, f: &Fields<'a>) -> Moving {
        let figures = &self.figures;
        let map = f.map("moving");
        let of = |key, figure: Fact<Millis>| {
            map.as_ref().map_or(figure, |map| map.fact_or(key, figure, duration))
        };
        let moving = Moving {
            place: of("place", figures.moving_place),
            machine: of("machine", figures.moving_machine),
            phone: of("phone", figures.moving_phone),
            notice: of("notice", figures.moving_notice),
        };
        map.into_iter().for_each(Fields::finish);
        moving
    }

    fn traffic(&self, f: &Fields<'a>) -> Traffic {
        let map = f.map("traffic");
        let of = |key| map.as_ref().map_or(Fact::defaulted(None), |map| map.maybe(key, bandwidth));
        let (voice, desktop, recording) = (of("voice"), of("desktop"), of("recording"));
        map.into_iter().for_each(Fields::finish);
        Traffic { voice, desktop, recording }
    }

    fn ways(&self, f: &Fields<'a>) -> Section<StatedWay> {
        self.section(f, "ways", "way", |f, _| {
            Some(StatedWay {
                place: f.place(),
                needs: self.needs(f),
                uses: self.uses(f),
                ready: f.fact("ready", Millis::ZERO, duration),
            })
        })
    }
}

impl<'a> Cx<'a> {
    /// A group's own entries, then those of the groups it is `like`, nearest
    /// first, that it does not say again; none if that leads nowhere.
    fn with_inherited(
        &self,
        groups: &Written<'a>,
        key: &'a Key,
        node: &'a Node,
    ) -> Option<(Vec<(&'a Key, &'a Node)>, usize)> {
        let mut entries: Vec<(&Key, &Node)> = node.entries().iter().map(|(k, n)| (k, n)).collect();
        let own = entries.len();
        let mut chain = vec![key.text.as_str()];
        let mut at = node;
        while let Some(like) = at.get("like") {
            let named = self.issues.named(like)?;
            self.resolve(&named, &[Sort::Group])?;
            let (base, next) = groups.get(named.id.as_str())?;
            if let Some(from) = chain.iter().position(|id| *id == base.text) {
                let round = &chain[from..];
                // Every group of the circle comes by here; the first by id says it.
                if round.iter().min() == Some(&key.text.as_str()) {
                    let round: Vec<&str> =
                        round.iter().copied().chain([base.text.as_str()]).collect();
                    let round = crate::read::circle(&round);
                    let message = format!("groups are like each other in a circle: {round}");
                    let help = "one of them has to say for itself what the others copy";
                    self.issues.push(Diagnostic::error("cycle", message, like.place).help(help));
                }
                return None;
            }
            chain.push(&base.text);
            let said = entries.len();
            for (key, node) in next.entries() {
                if !says(&entries[..said], &key.text) {
                    entries.push((key, node));
                }
            }
            at = next;
        }
        Some((entries, own))
    }
}

/// Whether a list says more than could be read; then that is the mistake.
fn some_unread(f: &Fields<'_>, key: &'static str, read: &[Named]) -> bool {
    match f.node(key).map(|node| &node.value) {
        Some(Value::Seq(items)) => items.len() > read.len(),
        Some(Value::Scalar { .. }) => read.is_empty(),
        _ => false,
    }
}

/// An application that is required, on the desktop's machine.
fn default_use(place: Place) -> AppUse {
    AppUse { place, required: Fact::defaulted(true), on: Fact::defaulted(None) }
}

/// Whether a group says a key, or one that takes its place.
fn says(entries: &[(&Key, &Node)], key: &str) -> bool {
    let same: &[&str] = match key {
        "queue" | "queues" => &["queue", "queues"],
        "pac" | "proxy" => &["pac", "proxy"],
        // Phones said anew come with their own default of what is provisioned.
        "provisioned" => &["provisioned", "phones"],
        _ => &[key],
    };
    entries.iter().any(|(said, _)| same.contains(&said.text.as_str()))
}
