//! What only the whole plan shows: circuits in two bundles, needs in a circle,
//! totals out of bounds.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::catalogue::{Program, service};
use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::place::Place;
use crate::plan::{Circuit, Common, KnownSource, Named, Plan, Site, SiteKind};
use crate::read::Issues;

use super::context::named_in;

/// The largest number of agents in one plan.
const AGENTS_MAX: u64 = 10_000_000;

pub(super) fn whole(plan: &mut Plan, issues: &Issues) {
    name_circuits_of_known_sites(plan, issues);
    bundles(plan, issues);
    own_ways_out(plan, issues);
    direct_urls(plan, issues);
    nothing_at_homes(plan, issues);
    firewalls(plan, issues);
    never_in_a_circle(plan, issues);
    head_counts(plan, issues);
}

fn bundles(plan: &Plan, issues: &Issues) {
    let mut member_of: BTreeMap<&Id, (&Id, Place)> = BTreeMap::new();
    for (id, bundle) in &plan.bundles {
        if bundle.of.is_empty() {
            issues.error("bad-value", format!("bundle `{id}` has no circuits"), bundle.place);
        }
        let first = bundle.of.first().and_then(|named| plan.circuits.get(&named.id));
        for named in &bundle.of {
            if let Some((other, place)) = member_of.insert(&named.id, (id, named.place)) {
                let message = format!("`{}` is in two bundles, `{other}` and `{id}`", named.id);
                let diagnostic = Diagnostic::error("repeated-name", message, named.place);
                issues.push(diagnostic.related(place, "the first"));
            }
            let (Some(first), Some(circuit)) = (first, plan.circuits.get(&named.id)) else {
                continue;
            };
            if circuit.from.id != first.from.id || circuit.to.id != first.to.id {
                let message = format!(
                    "`{}` runs from `{}` to `{}`, the first circuit of the bundle from `{}` to `{}`",
                    named.id, circuit.from.id, circuit.to.id, first.from.id, first.to.id
                );
                issues.push(
                    Diagnostic::error("bad-bundle", message, named.place)
                        .related(circuit.place, "written here")
                        .help("a bundle holds circuits of one site to one network"),
                );
            }
        }
    }
}

/// Who is connected to a VPN leaves where the VPN stands.
fn own_ways_out(plan: &Plan, issues: &Issues) {
    for (id, vpn) in &plan.vpn {
        let Some(nat) = &vpn.nat.value else { continue };
        let first = plan.bundles.get(&nat.id).and_then(|bundle| bundle.of.first());
        let circuit = first.map_or(&nat.id, |named| &named.id);
        let Some(circuit) = plan.circuits.get(circuit) else { continue };
        let (site, other) = (&vpn.site.id, &circuit.from.id);
        let known = |site| plan.sites.contains_key(site);
        if site == other || !known(site) || !known(other) {
            continue;
        }
        let own = |c: &&Circuit| c.from.id == *site && c.to.id == *"internet";
        let own: Vec<&str> =
            plan.circuits.iter().filter(|(_, c)| own(c)).map(|x| x.0.as_str()).collect();
        let help = if own.is_empty() {
            format!("`{site}` has no circuit to the Internet; leave `pool` out")
        } else {
            format!("circuits of `{site}` to the Internet: {}", crate::read::few(&own))
        };
        let message =
            format!("`{}` begins at `{other}`, the VPN `{id}` stands in `{site}`", nat.id);
        issues.push(
            Diagnostic::error("wrong-site", message, nat.place)
                .related(vpn.site.place, "the VPN stands here")
                .help(help),
        );
    }
}

/// Only what people choose is entered past the Portal.
fn direct_urls(plan: &Plan, issues: &Issues) {
    let Some(urls) = &plan.cloud.access.direct_urls.value else { return };
    for named in &urls.services.value {
        let program = service(named.id.as_str()).map(|spec| spec.program);
        if matches!(program, None | Some(Program::Web)) {
            continue;
        }
        let message = format!("`{}` is no web application, so nobody enters it directly", named.id);
        let help =
            "name the applications that people enter past the Portal, such as `agent-desktop`";
        issues.push(Diagnostic::error("wrong-sort", message, named.place).help(help));
    }
}

/// Homes are many places: no machine stands in them, and they reach the Internet
/// by lines of their own.
fn nothing_at_homes(plan: &Plan, issues: &Issues) {
    let sites = plan.firewalls.values().map(|x| &x.site);
    let sites = sites.chain(plan.proxies.values().map(|x| &x.site));
    let sites = sites.chain(plan.vpn.values().map(|x| &x.site));
    let sites = sites.chain(plan.vdi.values().map(|x| &x.site));
    let sites = sites.chain(plan.pbxs.values().map(|x| &x.site));
    let sites = sites.chain(plan.sbcs.values().map(|x| &x.site));
    let provider = plan.cloud.access.sso.value.as_ref().and_then(|sso| sso.at.as_ref());
    let sites = sites.chain(provider);
    let are_homes = |id: &Id| plan.sites.get(id).is_some_and(|site| site.kind == SiteKind::Homes);
    for named in sites.filter(|named| are_homes(&named.id)) {
        let message = format!("`{}` is of kind `homes`, where no equipment stands", named.id);
        let help = "name an office, a data center or a vendor's site";
        issues.push(Diagnostic::error("wrong-sort", message, named.place).help(help));
    }
    for (id, exits) in plan.exits.iter().filter(|(id, _)| are_homes(id)) {
        let message = format!("`{id}` is of kind `homes`, which have no exits");
        let help = "homes reach the Internet by themselves, and other networks by a VPN";
        issues.push(Diagnostic::error("wrong-sort", message, exits.place).help(help));
    }
}

/// A firewall stands before something of its own site.
fn firewalls(plan: &Plan, issues: &Issues) {
    // What is no part of the plan for a mistake in it may well stand somewhere.
    let complete = !issues.has_errors();
    for (id, firewall) in &plan.firewalls {
        let Some(before) = &firewall.before else { continue };
        let own = &firewall.site;
        let (message, stands) = match site_of(plan, &before.id) {
            Some(site) if site.id == own.id => continue,
            Some(site) => (
                format!("`{id}` stands at `{}`, and `{}` at `{}`", own.id, before.id, site.id),
                Some(site.place),
            ),
            None if !complete => continue,
            None => (format!("`{}` stands at no site, so no firewall before it", before.id), None),
        };
        let help = format!(
            "name equipment or a circuit of `{}`, or leave `before` out for the site's edge",
            own.id
        );
        let diagnostic = Diagnostic::error("wrong-site", message, before.place).help(help);
        issues.push(match stands {
            Some(place) => diagnostic.related(place, "it stands here"),
            None => diagnostic,
        });
    }
}

/// The site at which something stands.
fn site_of<'p>(plan: &'p Plan, id: &Id) -> Option<&'p Named> {
    let at_sbc = |sbc: &Named| plan.sbcs.get(&sbc.id).map(|sbc| &sbc.site);
    let circuit = |id: &Id| plan.circuits.get(id).map(|circuit| &circuit.from);
    circuit(id)
        .or_else(|| circuit(&plan.bundles.get(id)?.of.first()?.id))
        .or_else(|| plan.firewalls.get(id).map(|entry| &entry.site))
        .or_else(|| plan.proxies.get(id).map(|entry| &entry.site))
        .or_else(|| plan.vpn.get(id).map(|entry| &entry.site))
        .or_else(|| plan.vdi.get(id).map(|entry| &entry.site))
        .or_else(|| plan.pbxs.get(id).map(|entry| &entry.site))
        .or_else(|| plan.sbcs.get(id).map(|entry| &entry.site))
        .or_else(|| at_sbc(&plan.trunks.get(id)?.sbc))
        .or_else(|| {
            let provider = plan.cloud.access.sso.value.as_ref()?;
            provider.at.as_ref().filter(|_| *id == *"sso-provider")
        })
}

fn head_counts(plan: &mut Plan, issues: &Issues) {
    let mut heads: BTreeMap<Id, u64> = BTreeMap::new();
    let mut total = 0_u64;
    for (_, group, _) in plan.crews() {
        total = total.saturating_add(group.agents);
        if total > AGENTS_MAX {
            let message = "the plan has more than 10,000,000 agents";
            issues.error("too-large", message, group.place);
            return;
        }
        if let Some(place) = group.work_at.first() {
            *heads.entry(place.id.clone()).or_default() += group.agents;
        }
    }
    for (id, site) in &mut plan.sites {
        let unlimited = matches!(site.kind, SiteKind::Homes | SiteKind::Vendor);
        if !site.seats.is_given() && !unlimited {
            site.seats.value = Some(heads.get(id).copied().unwrap_or(0));
        }
    }
}

/// What a component stands on, with the place where that is said.
type Edges<'p> = IndexMap<&'p str, Vec<(&'p str, Place)>>;

fn edges(plan: &Plan) -> Edges<'_> {
    let mut edges = Edges::new();
    let mut add = |id, common, on: &[_]| stands_on(&mut edges, id, common, on);
    plan.sites.iter().for_each(|(id, x)| add(id, &x.common, &[]));
    plan.networks.iter().for_each(|(id, x)| add(id, &x.common, &[]));
    plan.circuits.iter().for_each(|(id, x)| add(id, &x.common, &[&x.from, &x.to]));
    plan.firewalls.iter().for_each(|(id, x)| add(id, &x.common, &[&x.site]));
    plan.workstations.iter().for_each(|(id, x)| add(id, &x.common, &[]));
    plan.proxies.iter().for_each(|(id, x)| add(id, &x.common, &[&x.site]));
    plan.vpn.iter().for_each(|(id, x)| add(id, &x.common, &[&x.site]));
    plan.vdi.iter().for_each(|(id, x)| add(id, &x.common, &[&x.site]));
    plan.pbxs.iter().for_each(|(id, x)| add(id, &x.common, &[&x.site]));
    plan.sbcs.iter().for_each(|(id, x)| add(id, &x.common, &[&x.site]));
    plan.trunks.iter().for_each(|(id, x)| add(id, &x.common, &[]));
    plan.carriers.iter().for_each(|(id, x)| add(id, &x.common, &[]));
    plan.pools.iter().for_each(|(id, x)| add(id, &x.common, &[]));
    plan.components.iter().for_each(|(id, x)| add(id, &x.common, &[]));
    for (id, bundle) in &plan.bundles {
        let of: Vec<&Named> = bundle.of.iter().collect();
        stands_on(&mut edges, id, &bundle.common, &of);
    }
    let provider = plan.cloud.access.sso.value.as_ref().and_then(|sso| sso.at.as_ref());
    if let Some(at) = provider {
        edges.insert("sso-provider", vec![(at.id.as_str(), Place::BUILT_IN)]);
    }
    edges
}

/// `on`: what it stands on by its nature.
fn stands_on<'p>(edges: &mut Edges<'p>, id: &'p Id, common: &'p Common, on: &[&'p Named]) {
    let mut list: Vec<(&str, Place)> =
        on.iter().map(|named| (named.id.as_str(), Place::BUILT_IN)).collect();
    let needs = common.needs.iter().flat_map(named_in);
    list.extend(needs.map(|named| (named.id.as_str(), named.place)));
    edges.insert(id.as_str(), list);
}

/// Depth-first search with a stack of its own; every edge back into the path
/// closes a circle.
fn never_in_a_circle(plan: &Plan, issues: &Issues) {
    let edges = edges(plan);
    let mut done = vec![false; edges.len()];
    let mut on_path = vec![false; edges.len()];
    for start in 0..edges.len() {
        // The path: component, and which of its edges is looked at next.
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some((at, next)) = path.last_mut() {
            let at = *at;
            if done[at] {
                path.pop();
                continue;
            }
            on_path[at] = true;
            let Some((to, place)) = edges[at].get(*next) else {
                done[at] = true;
                on_path[at] = false;
                path.pop();
                continue;
            };
            *next += 1;
            match edges.get_index_of(*to) {
                Some(to) if on_path[to] => circle(&edges, &path, to, *place, issues),
                Some(to) if !done[to] => path.push((to, 0)),
                _ => {}
            }
        }
    }
}

fn circle(edges: &Edges<'_>, path: &[(usize, usize)], to: usize, place: Place, issues: &Issues) {
    let from = path.iter().position(|(at, _)| *at == to).unwrap_or(0);
    let name = |index: usize| edges.get_index(index).map_or("", |(id, _)| id);
    let mut round: Vec<&str> = path[from..].iter().map(|(at, _)| name(*at)).collect();
    round.push(name(to));
    // A circle may close at a site or network, for which no `needs` is written.
    let mut said = path[from..].iter().filter_map(|(at, next)| {
        let place = edges[*at].get(next.checked_sub(1)?)?.1;
        place.is_written().then_some(place)
    });
    let place = if place.is_written() { Some(place) } else { said.next_back() };
    let message =
        format!("components need each other in a circle: {}", crate::read::circle(&round));
    issues.push(Diagnostic::error("cycle", message, place.unwrap_or(Place::BUILT_IN)).help(
        "none of them could ever start; equipment also needs its site, a circuit its network",
    ));
}

/// A site among the known sources stands for its own circuits to the Internet; a
/// vendor's has an address of its own.
fn name_circuits_of_known_sites(plan: &mut Plan, issues: &Issues) {
    let Some(known) = &mut plan.cloud.access.known.value else { return };
    let Some(internet) = &mut known.internet.value else { return };
    let mut all = Vec::new();
    for source in internet.drain(..) {
        let KnownSource::Name(named) = &source else {
            all.push(source);
            continue;
        };
        let by_itself = |site: &Site| matches!(site.kind, SiteKind::Vendor | SiteKind::Homes);
        if plan.sites.get(&named.id).is_none_or(by_itself) {
            all.push(source);
            continue;
        }
        let before = all.len();
        let own = |c: &&Circuit| c.from.id == named.id && c.to.id == *"internet";
        for (id, _) in plan.circuits.iter().filter(|(_, circuit)| own(circuit)) {
            all.push(KnownSource::Name(Named { id: id.clone(), place: named.place }));
        }
        if all.len() == before {
            let message = format!("`{}` has no circuit to the Internet", named.id);
            let help = "name the site that its traffic leaves by, or the circuits";
            issues.push(Diagnostic::error("bad-value", message, named.place).help(help));
        }
    }
    *internet = all;
}
