//! What refuses a way, each sentence once however many legs it hits.

use outlast_engine::explain::{LegReason, Status};
use outlast_engine::{PacSays, Refusal, RuleId};
use outlast_models::Place;

use crate::names::Files;

/// Sentences that rules say of one service after the other, and of several.
const OF_SERVICES: [(&str, &str); 5] = [
    (" accepts known addresses", " accept known addresses"),
    (" answers known addresses", " accept known addresses"),
    (" exists on", " exist on"),
    (" is never open", " are never open"),
    (" is not open", " are not open"),
];

/// Sentences that end in what is refused.
const ENDS: [&str; 6] = [
    "'s list lacks ",
    " does not allow ",
    " does not let workstations out to ",
    " does not let workstations in to ",
    " does not let proxies out to ",
    " does not let proxies in to ",
];

/// Hosts named of which a PAC file answers the same.
const HOSTS: usize = 3;

/// One refusal with its rule and the plan's line.
pub(crate) fn sentence(refusal: &Refusal, files: Files<'_>) -> String {
    format!("{} {}{}", refusal.rule, refusal.says, line(refusal.place, files))
}

/// Everything that refuses a way.
pub(crate) fn sentences(refusals: &[Refusal], legs: &[LegReason], files: Files<'_>) -> String {
    let mut all: Vec<Gathered> = Vec::new();
    for refusal in refusals {
        let (subject, rest) = apart(&refusal.says);
        let line = |place: Option<Place>| place.map(|place| (place.file, place.line));
        let alike =
            |one: &&mut Gathered| one.rest == rest && line(one.place) == line(refusal.place);
        match all.iter_mut().find(alike) {
            Some(one) => one.take(refusal, subject, legs),
            None => all.push(Gathered::new(refusal, subject, rest, legs)),
        }
    }
    // That something has no way onto a network is said once, whatever needs one.
    let said: Vec<String> = all.iter().map(|one| format!(", and {}", one.says)).collect();
    for one in &mut all {
        for again in &said {
            let cut = |text: &str| text.strip_suffix(again.as_str()).unwrap_or(text).to_owned();
            (one.rest, one.says) = (cut(&one.rest), cut(&one.says));
        }
    }
    let each = all.iter().map(|one| one.text(files));
    each.collect::<Vec<_>>().join("; ")
}

/// PRX-08: the answers of PAC files that lead to refusals, each with its hosts.
pub(crate) fn pac_answers<'a>(
    refusals: impl IntoIterator<Item = &'a Refusal>,
    files: Files<'_>,
) -> Option<String> {
    let mut all: Vec<(&PacSays, Vec<String>)> = Vec::new();
    for pac in refusals.into_iter().filter_map(|refusal| refusal.pac.as_deref()) {
        let same = |one: &&mut (&PacSays, Vec<String>)| {
            (&one.0.pac, &one.0.answer) == (&pac.pac, &pac.answer)
        };
        match all.iter_mut().find(same) {
            Some((_, hosts)) => push_new(hosts, [pac.host.clone()]),
            None => all.push((pac, vec![pac.host.clone()])),
        }
    }
    let each = all.into_iter().map(|(pac, mut hosts)| {
        let more = hosts.len().saturating_sub(HOSTS);
        if more > 0 {
            hosts.truncate(HOSTS);
            hosts.push(format!("{more} more"));
        }
        format!("PRX-08 {}{}", pac.words(&list(&hosts)), line(Some(pac.place), files))
    });
    let each: Vec<String> = each.collect();
    (!each.is_empty()).then(|| each.join("; "))
}

/// What refuses the other alternatives of the legs that are refused, by rules not
/// said before.
pub(crate) fn others(refusals: &[Refusal], legs: &[LegReason]) -> Vec<Refusal> {
    let mut found: Vec<Refusal> = Vec::new();
    for refusal in legs.iter().filter(|leg| leg.required).flat_map(|leg| &leg.others) {
        let said = refusals.iter().any(|one| one.rule == refusal.rule);
        if !said && !found.contains(refusal) {
            found.push(refusal.clone());
        }
    }
    found
}

/// Refusals that say the same.
struct Gathered {
    rules: Vec<RuleId>,
    subjects: Vec<String>,
    rest: String,
    says: String,
    place: Option<Place>,
    legs: Vec<String>,
}

impl Gathered {
    fn new(refusal: &Refusal, subject: String, rest: String, legs: &[LegReason]) -> Self {
        let mut new = Self {
            rules: Vec::new(),
            subjects: Vec::new(),
            rest,
            says: refusal.says.clone(),
            place: refusal.place,
            legs: Vec::new(),
        };
        new.take(refusal, subject, legs);
        new
    }

    fn take(&mut self, refusal: &Refusal, subject: String, legs: &[LegReason]) {
        let hit = legs.iter().filter(|leg| is_hit(leg, refusal)).map(|leg| leg.name.clone());
        push_new(&mut self.rules, [refusal.rule.clone()]);
        push_new(&mut self.subjects, [subject]);
        push_new(&mut self.legs, hit);
    }

    fn text(&self, files: Files<'_>) -> String {
        let says = match self.subjects.len() {
            1 => self.says.clone(),
            _ if ENDS.iter().any(|end| self.rest.ends_with(end)) => {
                format!("{}{}", self.rest, list(&self.subjects))
            }
            _ => format!("{}{}", list(&self.subjects), self.rest),
        };
        // Rules of different legs that say the same: whose they are is not said.
        let of_legs = match (self.subjects.len(), self.rules.len()) {
            (1, 2..) => format!(", for {}", list(&self.legs)),
            _ => String::new(),
        };
        let rules: Vec<String> = self.rules.iter().map(ToString::to_string).collect();
        format!("{} {says}{}{of_legs}", rules.join(", "), line(self.place, files))
    }
}

fn is_hit(leg: &LegReason, refusal: &Refusal) -> bool {
    matches!(&leg.status, Status::Refused(list)
        if list.iter().any(|one| one.rule == refusal.rule && one.says == refusal.says))
}

/// Of whom a sentence speaks, and the rest as it is said of several.
fn apart(says: &str) -> (String, String) {
    let found = OF_SERVICES.iter().find_map(|(one, several)| {
        let (subject, rest) = says.split_once(one)?;
        Some((subject.to_owned(), format!("{several}{rest}")))
    });
    let ends = || {
        ENDS.iter().find_map(|end| {
            let at = says.find(end)? + end.len();
            Some((says[at..].to_owned(), says[..at].to_owned()))
        })
    };
    found.or_else(ends).unwrap_or_else(|| (String::new(), says.to_owned()))
}

fn push_new<T: PartialEq>(to: &mut Vec<T>, all: impl IntoIterator<Item = T>) {
    for one in all {
        if !to.contains(&one) {
            to.push(one);
        }
    }
}

/// `a, b and c`.
pub(crate) fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn line(place: Option<Place>, files: Files<'_>) -> String {
    let at = place.and_then(|place| files.at(place));
    at.map_or_else(String::new, |at| format!(" ({at})"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use outlast_models::{Id, Sources};

    fn refused(rule: &'static str, says: &str) -> Refusal {
        Refusal { rule: rule.into(), says: says.to_owned(), place: None, pac: None }
    }

    fn leg(name: &str, refusal: &Refusal) -> LegReason {
        LegReason {
            name: name.to_owned(),
            required: true,
            status: Status::Refused(vec![refusal.clone()]),
            hops: Vec::<Id>::new(),
            others: Vec::new(),
        }
    }

    #[test]
    fn what_several_services_refuse_is_said_once() {
        let rest = "known addresses only, and a home address is not one";
        let list = [
            refused("INT-04", &format!("the Portal answers {rest}")),
            refused("INT-08", &format!("the login accepts {rest}")),
            refused("INT-04", &format!("crm-desktop accepts {rest}")),
        ];
        let said = sentences(&list, &[], Files::new(&Sources::new()));
        assert_eq!(
            said,
            format!("INT-04, INT-08 the Portal, the login and crm-desktop accept {rest}")
        );
        let said = sentences(&list[..1], &[], Files::new(&Sources::new()));
        assert_eq!(said, format!("INT-04 the Portal answers {rest}"));
    }

    #[test]
    fn one_sentence_of_two_rules_names_the_legs() {
        let list = [refused("TRN-01", "no network"), refused("TRN-04", "no network")];
        let legs = [leg("Portal", &list[0]), leg("phone", &list[1]), leg("upload", &list[0])];
        let said = sentences(&list, &legs, Files::new(&Sources::new()));
        assert_eq!(said, "TRN-01, TRN-04 no network, for Portal, upload and phone");
    }
}
