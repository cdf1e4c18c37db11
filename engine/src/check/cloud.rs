//! Who the cloud lets in: known addresses, open access, direct URLs.

use outlast_models::catalogue::OpenAccess;
use outlast_models::diagnostic::Severity;
use outlast_models::plan::{KnownSource, Named};

use super::subject::Subject;
use super::{Finding, Whom};
use crate::routes::cloud::{address_words, has_reserved, never_known};

const KNOWN: &str = "cloud.access.known.internet";
const OPEN: &str = "cloud.access.open_access";
const URLS: &str = "cloud.access.direct_urls";
const YOUR_ADDRESS: &str =
    "give the static IPv4 address that the registry or the provider gave you";

/// Findings on `cloud.access`.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let known = subject.plan.cloud.access.known_internet().unwrap_or_default();
    let mut all: Vec<Finding> = known.iter().filter_map(|entry| of_known(subject, entry)).collect();
    all.extend(control(subject));
    all.extend(unprepared(subject));
    for named in &subject.plan.cloud.access.open_access.value {
        all.extend(approval(subject, named));
    }
    all.extend(direct_urls(subject));
    all
}

/// INT-05, TRN-05: an entry of the known Internet addresses. Those of homes (INT-06)
/// are a mistake of the plan, as are services that are never opened (INT-10).
fn of_known(subject: &Subject<'_>, entry: &KnownSource) -> Option<Finding> {
    match entry {
        KnownSource::Name(named) => of_name(subject, named),
        KnownSource::Address(address, of) => {
            let (place, words) = (address.place, address_words(&address.net));
            let whose = of.as_ref().map_or_else(Whom::new, |of| subject.over(&of.id));
            let finding = match never_known(&address.net) {
                Some((rule, why)) => {
                    let severity =
                        if rule == "TRN-05" { Severity::Warning } else { Severity::Error };
                    Finding::new(rule, severity, KNOWN)
                        .says(format!("{words} {why}"))
                        .mend(YOUR_ADDRESS)
                }
                None if has_reserved(&address.net) => Finding::warning("INT-05", KNOWN)
                    .says(format!("{words} holds addresses that the Internet does not route"))
                    .mend("list the addresses that are yours, and no more"),
                None => return None,
            };
            Some(finding.place(place).hits(whose))
        }
    }
}

fn of_name(subject: &Subject<'_>, named: &Named) -> Option<Finding> {
    let egress = subject.plan.circuits.get(&named.id)?.egress.value.as_ref()?;
    let (rule, why) = never_known(&egress.net)?;
    let words = address_words(&egress.net);
    Some(
        Finding::error(rule, KNOWN)
            .place(egress.place)
            .says(format!("{words} {why}"))
            .mend(YOUR_ADDRESS)
            .hits(subject.over(&named.id)),
    )
}

/// INT-08: who is let in to a service and cannot log in.
fn control(subject: &Subject<'_>) -> Option<Finding> {
    let access = &subject.plan.cloud.access;
    let open = access.open_access.value.first()?;
    if !access.ip_control.value {
        return None;
    }
    let groups = subject.with_path(|path| {
        let changes = path.changes.iter().map(|(_, refusal)| refusal);
        path.refusal.iter().chain(changes).any(|refusal| refusal.rule == "INT-08")
    });
    Some(
        Finding::error("INT-08", "cloud.access.authentication_ip_control")
            .place(access.ip_control.place().unwrap_or(open.place))
            .says(
                "services are open to the Internet while the login answers known addresses only: \
                 who comes from elsewhere reaches them and cannot log in",
            )
            .mend("turn IP control of the login off, since single sign-on and MFA guard it")
            .write("authentication_ip_control: false")
            .hits(groups),
    )
}

/// INT-09: open access without what it asks for.
fn unprepared(subject: &Subject<'_>) -> Option<Finding> {
    let access = &subject.plan.cloud.access;
    let open = access.open_access.value.first()?;
    let (lacks, mend, place) = if access.off_site_forbidden.value {
        let mend = "leave off `open_access`: who may not work off site has no use for it";
        ("the plan forbids data off site", mend, access.off_site_forbidden.place())
    } else if access.sso.value.is_none() {
        ("there is no single sign-on", "set up single sign-on", access.sso.place())
    } else if !access.mfa.value {
        let mend = "set up multi-factor authentication";
        ("there is no multi-factor authentication", mend, access.mfa.place())
    } else {
        return None;
    };
    let groups = subject.with_path(|path| path.refusal.iter().any(|one| one.rule == "INT-09"));
    Some(
        Finding::error("INT-09", OPEN)
            .place(place.unwrap_or(open.place))
            .says(format!("open access is in force while {lacks}, so the cloud does not grant it"))
            .mend(mend)
            .hits(groups),
    )
}

/// INT-09: what is listed and perhaps not granted.
fn approval(subject: &Subject<'_>, named: &Named) -> Option<Finding> {
    let service = subject.plan.cloud.services.get(&named.id)?;
    if service.open_access.value != OpenAccess::Unknown {
        return None;
    }
    let groups = subject.those(|n| {
        let group = subject.plan.groups.get(&subject.problem.cohorts[n].group);
        group.is_some_and(|group| group.apps.contains_key(&named.id))
    });
    Some(
        Finding::warning("INT-09", OPEN)
            .place(named.place)
            .says(format!("whether {} may be opened to the Internet is not known", named.id))
            .mend("ask the vendor, and write `open_access: approved` or `never` at the service")
            .hits(groups),
    )
}

/// OFF-08: direct URLs that are not on file, or too old.
fn direct_urls(subject: &Subject<'_>) -> Vec<Finding> {
    let access = &subject.plan.cloud.access;
    let Some(urls) = &access.direct_urls.value else {
        let open = access.open_access.value.first();
        return open.and_then(|open| none(subject, open)).into_iter().collect();
    };
    let age = subject.plan.figures.direct_url_age.value;
    let limit = i64::try_from(age.0 / 86_400_000).unwrap_or(i64::MAX);
    let (as_of, date) = (urls.as_of.value, subject.plan.date.value);
    let mut all = Vec::new();
    match (as_of, date) {
        (Some(as_of), Some(date)) if date.days_since(as_of) > limit => {
            let days = date.days_since(as_of);
            all.push(
                Finding::warning("OFF-08", URLS)
                    .says(format!(
                        "the direct URLs on file are {days} days old on the plan's date; the vendor \
                         changes them, so they may lead nowhere"
                    ))
                    .mend("ask the vendor for the URLs in force, and write their date")
                    .write(format!("as_of: {date}")),
            );
        }
        (Some(_), Some(_)) => {}
        _ => all.push(
            Finding::note("OFF-08", URLS)
                .says("how old the direct URLs on file are cannot be said")
                .mend("write `as_of` beside them, and the plan's `date`"),
        ),
    }
    let users = subject.those(|n| subject.ways_of(n).any(|(_, way)| way.key.direct));
    let place = urls.as_of.place().unwrap_or(urls.place);
    all.into_iter().map(|finding| finding.place(place).hits(users.clone())).collect()
}

/// OFF-08, OFF-09: what is open behind a Portal that refuses somebody.
fn none(subject: &Subject<'_>, open: &Named) -> Option<Finding> {
    let groups = subject.with_path(|path| {
        let changes = path.changes.iter().map(|(_, refusal)| refusal);
        let mut all = path.refusal.iter().chain(changes);
        all.any(|one| one.rule == "INT-04" && one.says.starts_with("the Portal"))
    });
    if groups.is_empty() {
        return None;
    }
    let services = subject.plan.cloud.access.open_access.value.iter();
    let services: Vec<&str> = services.map(|named| named.id.as_str()).collect();
    Some(
        Finding::warning("OFF-08", URLS)
            .place(open.place)
            .says(
                "services are open to the Internet and no direct URLs are on file: the Portal, by \
                 which these agents enter, still answers known addresses only",
            )
            .mend("ask the vendor's support for the direct URLs now, and keep them on file")
            .write(format!("direct_urls: {{services: [{}], as_of: DATE}}", services.join(", ")))
            .hits(groups),
    )
}
