//! An explanation as a document: every way of working, and what decides.

use outlast_engine::explain::{Explainer, LegReason, Status, WayReason};
use outlast_engine::input::Change;
use outlast_engine::outcome::{Disposition, Entry, Impairment};
use outlast_engine::problem::ResourceId;
use outlast_engine::run::{Instant, Moment};
use outlast_engine::{Outcome, Refusal, ResourceKey};
use outlast_models::Id;
use outlast_models::units::Millis;

use crate::assumptions;
use crate::blocked::blocked;
use crate::document::{
    BecauseDocument, BlockingDocument, ChangeDocument, DownDocument, EitherDocument,
    ExplainDocument, LegDocument, NoteDocument, RefusalDocument, WayDocument,
};
use crate::loads::Limits;
use crate::names::Files;
use crate::number::grouped;
use crate::outcome;
use crate::refused;
use crate::run::Context;
use crate::ways::{Shown, ways};
use crate::why::change_words;

/// What was asked of a group.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The group.
    pub group: &'a Id,
    /// The scenario as bound; `None` is the normal state.
    pub scenario: Option<&'a str>,
    /// The time asked about.
    pub at: Millis,
}

/// A group at the moment in force, as a document.
pub fn explained(context: Context<'_>, asked: Asked<'_>, instant: &Instant) -> ExplainDocument {
    let Instant { problem, state, held, moved, .. } = instant;
    let explainer = Explainer::new(problem, state, &moved.left_alone, &moved.directed);
    let explanation = explainer.group(asked.group);
    let limits = Limits::of(problem, state, held);
    let view = View { instant, limits: &limits, files: context.files, group: asked.group };
    ExplainDocument {
        head: context.head("explain"),
        group: asked.group.to_string(),
        users: context.plan.groups.get(asked.group).is_some_and(|g| !(g.voice || g.digital)),
        scenario: asked.scenario.map(str::to_owned),
        at_ms: asked.at.0,
        hour: instant.hour.to_string(),
        on_shift: explanation.on_shift,
        working: EitherDocument {
            left_alone: explanation.working.0,
            directed: explanation.working.1,
        },
        effective: view.effective(),
        blocking: view.blocking(),
        impaired: view.all_impaired(),
        remarks: Vec::new(),
        ways: ways(&explanation).iter().map(|way| view.way(way)).collect(),
        assumptions: assumptions::of_group(context.plan, problem, state, asked.group),
    }
}

/// Explains groups at a moment, once all have moved.
pub(crate) fn explainer(moment: &Moment) -> Explainer<'_> {
    let moved = &moment.moved;
    Explainer::new(&moment.problem, &moment.state, &moved.left_alone, &moved.directed)
}

/// One moment seen for one group.
struct View<'a> {
    instant: &'a Instant,
    limits: &'a Limits,
    files: Files<'a>,
    group: &'a Id,
}

impl View<'_> {
    fn way(&self, shown: &Shown) -> WayDocument {
        let way = &shown.reason;
        let moved = &self.instant.moved;
        let impaired = EitherDocument {
            left_alone: self.impaired(&moved.left_alone, way),
            directed: self.impaired(&moved.directed, way),
        };
        let status = match way.status {
            Status::Live if way.left_alone == 0 && impaired.left_alone > 0 => "impaired",
            Status::Live if way.left_alone + way.directed > 0 => "works",
            Status::Full(_) if way.left_alone > 0 => "works",
            Status::Live if impaired.left_alone + impaired.directed > 0 => "impaired",
            _ => word(&way.status),
        };
        WayDocument {
            way: way.words.clone(),
            place: way.key.place.to_string(),
            access: way.key.access.to_string(),
            phone: way.key.phone.as_ref().map(ToString::to_string),
            direct_urls: way.key.direct,
            detail: way.detail.iter().map(ToString::to_string).collect(),
            status: status.to_owned(),
            working: EitherDocument { left_alone: way.left_alone, directed: way.directed },
            impaired,
            decides: self.way_decides(shown, impaired),
            because: self.way_because(shown),
            legs: way.legs.iter().map(|leg| self.leg(leg)).collect(),
            notes: way.notes.iter().map(|(rule, says)| note(rule, says)).collect(),
        }
    }

    fn leg(&self, leg: &LegReason) -> LegDocument {
        let status = if leg.status == Status::Live { "works" } else { word(&leg.status) };
        LegDocument {
            leg: leg.name.clone(),
            required: leg.required,
            status: status.to_owned(),
            decides: self.decides(&leg.status, &[]),
            because: self.because(&leg.status),
            hops: hops(leg),
        }
    }

    /// Whether an entry is of the group.
    fn is_ours(&self, entry: &Entry) -> bool {
        self.instant.problem.cohorts[entry.cohort].group == *self.group
    }

    fn effective(&self) -> EitherDocument {
        let of = |outcome: &Outcome| {
            outcome::tally(outcome.entries.iter().filter(|entry| self.is_ours(entry))).effective
        };
        let moved = &self.instant.moved;
        EitherDocument { left_alone: of(&moved.left_alone), directed: of(&moved.directed) }
    }

    fn blocking(&self) -> Vec<BlockingDocument> {
        let Instant { problem, state, held, moved, .. } = self.instant;
        blocked(problem, state, held, &moved.left_alone, |entry| self.is_ours(entry))
    }

    fn all_impaired(&self) -> EitherDocument {
        let instant = self.instant;
        let impaired = |outcome: &Outcome| {
            outcome.count(|entry| {
                matches!(entry.disposition, Disposition::Impaired { .. }) && self.is_ours(entry)
            })
        };
        EitherDocument {
            left_alone: impaired(&instant.moved.left_alone),
            directed: impaired(&instant.moved.directed),
        }
    }

    /// Agents of ours on a way and over a limit.
    fn impaired(&self, outcome: &Outcome, reason: &WayReason) -> u64 {
        outcome.count(|entry| self.is_impaired_on(entry, reason))
    }

    fn is_impaired_on(&self, entry: &Entry, reason: &WayReason) -> bool {
        let Disposition::Impaired { way, .. } = entry.disposition else { return false };
        self.instant.problem.ways[way].key == reason.key && reason.cohorts.contains(&entry.cohort)
    }

    fn way_because(&self, shown: &Shown) -> BecauseDocument {
        let full = shown.full.map(|id| self.resource(id));
        let because = self.because(&shown.reason.status);
        let others = match &shown.reason.status {
            Status::Refused(refusals) => refused::others(refusals, &shown.reason.legs),
            _ => Vec::new(),
        };
        let other_routes = others.iter().map(|one| self.refusal(one)).collect();
        BecauseDocument { full: because.full.or(full), other_routes, ..because }
    }

    fn way_decides(&self, shown: &Shown, impaired: EitherDocument) -> String {
        let way = &shown.reason;
        let mut parts = Vec::new();
        let working = EitherDocument { left_alone: way.left_alone, directed: way.directed };
        parts.extend(self.at_work(way, working, impaired));
        if let Some(full) = shown.full.filter(|_| way.status == Status::Live) {
            parts.push(format!("for the others {} full", self.resource(full)));
        }
        let decides = self.decides(&way.status, &way.legs);
        match way.status {
            Status::Full(_) if way.left_alone > 0 => {
                parts.push(format!("for the others {decides}"));
            }
            _ => parts.extend((!decides.is_empty()).then_some(decides)),
        }
        if matches!(way.status, Status::Live | Status::Full(_) | Status::Needs(_)) {
            parts.extend(self.journey(way));
        }
        let decides = parts.join("; ");
        if !shown.apart {
            return decides;
        }
        let detail: Vec<String> = way.detail.iter().map(ToString::to_string).collect();
        let (_, many) = self.nouns();
        format!("{decides} ({many} with {})", detail.join(", ")).trim_start().to_owned()
    }

    /// Who works on a way and who is impaired there, left alone and directed.
    fn at_work(
        &self,
        way: &WayReason,
        working: EitherDocument,
        impaired: EitherDocument,
    ) -> Vec<String> {
        let nobody = EitherDocument::default();
        let by = || format!("{} is over its limit", self.over_limit(way));
        let are = |agents: u64| if agents == 1 { "is" } else { "are" };
        if impaired == nobody {
            let people = self.people(working.left_alone, working.directed);
            return if working == nobody { Vec::new() } else { vec![people] };
        }
        if working.left_alone == working.directed && impaired.left_alone == impaired.directed {
            let agents = impaired.directed;
            let works =
                (working != nobody).then(|| self.people(working.directed, working.directed));
            let hit = format!("{} {} impaired: {}", self.people(agents, agents), are(agents), by());
            return works.into_iter().chain([hit]).collect();
        }
        let side = |working: u64, impaired: u64| {
            let work =
                format!("{} {}", grouped(working), if working == 1 { "works" } else { "work" });
            let hit = format!("{} {} impaired: {}", grouped(impaired), are(impaired), by());
            match (working, impaired) {
                (0, 0) => "nobody works".to_owned(),
                (_, 0) => work,
                (0, _) => hit,
                _ => format!("{work} and {hit}"),
            }
        };
        let alone = side(working.left_alone, impaired.left_alone);
        let told = side(working.directed, impaired.directed);
        vec![format!("left alone {alone}"), format!("if directed {told}")]
    }

    /// What those of the group are called.
    fn nouns(&self) -> (&'static str, &'static str) {
        let mut cohorts = self.instant.problem.cohorts.iter();
        let is_users = cohorts.any(|cohort| cohort.group == *self.group && !cohort.counted);
        if is_users { ("user", "users") } else { ("agent", "agents") }
    }

    /// `280 agents`, or what direction changes.
    fn people(&self, left_alone: u64, directed: u64) -> String {
        let (one, many) = self.nouns();
        let unit = if directed.max(left_alone) == 1 { one } else { many };
        if left_alone == directed {
            format!("{directed} {unit}")
        } else {
            format!("{left_alone} {unit} left alone, {directed} directed")
        }
    }

    /// How long the journey takes, if there is one.
    fn journey(&self, way: &WayReason) -> Option<String> {
        let problem = &self.instant.problem;
        let ours = |one: &&outlast_engine::problem::Way| {
            one.key == way.key && problem.cohorts[one.cohort].group == *self.group
        };
        let found = problem.ways.iter().find(ours)?;
        let home = &problem.cohorts[found.cohort].home_place;
        let travels = !way.key.stated && way.key.place != *home;
        travels.then(|| format!("then {} to get there", found.times.place))
    }

    fn over_limit(&self, way: &WayReason) -> String {
        let moved = &self.instant.moved;
        let both = [&moved.left_alone, &moved.directed];
        let mut entries = both.iter().flat_map(|outcome| outcome.everybody());
        let by = entries.find(|entry| self.is_impaired_on(entry, way));
        match by.map(|entry| entry.disposition) {
            Some(Disposition::Impaired { by: Impairment::OverLimit(id), .. }) => self.resource(id),
            _ => "a line".to_owned(),
        }
    }

    /// A resource in words: `vpn-york sessions`.
    fn resource(&self, id: ResourceId) -> String {
        let key = self.limits.key(id.index());
        key.map_or_else(String::new, |key| match key {
            ResourceKey::Line(..) | ResourceKey::Throughput(..) => {
                format!("{} ({})", key.id(), key.word())
            }
            _ => format!("{} {}", key.id(), key.word()),
        })
    }

    /// What decides, in words; empty where it is live.
    fn decides(&self, status: &Status, legs: &[LegReason]) -> String {
        match status {
            Status::Live => String::new(),
            Status::Full(id) => format!("{} full", self.resource(*id)),
            Status::Needs(changes) => {
                let each = changes.iter().map(|(change, refusal)| {
                    let words = change_words(change, self.group);
                    format!("{words}: {}", self.asked(change, refusal))
                });
                let asked = changes.iter().map(|(_, refusal)| refusal);
                let pac = refused::pac_answers(asked, self.files);
                each.chain(pac).collect::<Vec<_>>().join("; ")
            }
            Status::Refused(refusals) => {
                let mut said = vec![refused::sentences(refusals, legs, self.files)];
                let others = refused::others(refusals, legs);
                if !others.is_empty() {
                    let others = refused::sentences(&others, &[], self.files);
                    said.push(format!("its other routes: {others}"));
                }
                said.extend(refused::pac_answers(refusals.iter().chain(&others), self.files));
                said.join("; ")
            }
            Status::Down(cause) => down(&cause.component, &cause.because),
        }
    }

    /// Why a change is asked for; its own rule is not named twice.
    fn asked(&self, change: &Change, refusal: &Refusal) -> String {
        let text = refused::sentence(refusal, self.files);
        let own = format!("{} ", change.rule());
        text.strip_prefix(&own).map_or(text.clone(), str::to_owned)
    }

    fn because(&self, status: &Status) -> BecauseDocument {
        let mut because = BecauseDocument::default();
        match status {
            Status::Live => {}
            Status::Full(id) => because.full = Some(self.resource(*id)),
            Status::Needs(changes) => {
                let each = changes.iter().map(|(change, refusal)| ChangeDocument {
                    change: change.name().to_owned(),
                    object: change.object().to_string(),
                    refusal: self.refusal(refusal),
                });
                because.changes = each.collect();
            }
            Status::Refused(refusals) => {
                because.refusals = refusals.iter().map(|one| self.refusal(one)).collect();
            }
            Status::Down(cause) => {
                because.down = Some(DownDocument {
                    component: cause.component.to_string(),
                    because: cause.because.clone(),
                });
            }
        }
        because
    }

    fn refusal(&self, refusal: &Refusal) -> RefusalDocument {
        RefusalDocument {
            rule: refusal.rule.to_string(),
            says: refusal.says.clone(),
            place: refusal.place.and_then(|place| self.files.at(place)),
            pac: refusal.pac.as_ref().map(|pac| pac.words(&pac.host)),
        }
    }
}

/// The components of a leg; one that carries and is needed at once stands once.
fn hops(leg: &LegReason) -> Vec<String> {
    let mut hops: Vec<String> = leg.hops.iter().map(ToString::to_string).collect();
    hops.dedup();
    hops
}

const fn word(status: &Status) -> &'static str {
    match status {
        Status::Live => "open",
        Status::Full(_) => "full",
        Status::Needs(_) => "needs",
        Status::Refused(_) => "refused",
        Status::Down(_) => "down",
    }
}

/// `dc-york failed → circuit york-mpls`, or the failure alone where it is the
/// component's own.
fn down(component: &Id, because: &[String]) -> String {
    let behind = because.join(", ");
    match because {
        [] => format!("{component} is down"),
        [one] if one.starts_with(&format!("{component} ")) => behind,
        _ => format!("{behind} → {component}"),
    }
}

fn note(rule: &str, says: &str) -> NoteDocument {
    NoteDocument { rule: rule.to_owned(), says: says.to_owned(), groups: Vec::new() }
}
