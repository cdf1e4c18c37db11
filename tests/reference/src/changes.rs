//! Changes that open a refused path (section 4).

use std::collections::BTreeSet;

use crate::access::{is_approved, is_known, is_routed, is_unroutable, may_open};
use crate::leave::Path;
use crate::words::Flow;
use crate::world::World;

/// The changes that would lift every rule that refuses a path; `None` where a
/// rule has no change.
pub(crate) fn mends(
    world: &World,
    path: &Path,
    refused: &BTreeSet<&'static str>,
) -> Option<BTreeSet<&'static str>> {
    let mut changes = path.changes.clone();
    for rule in refused {
        changes.extend(mend(world, path, rule)?);
    }
    Some(changes)
}

fn mend(world: &World, path: &Path, rule: &str) -> Option<Vec<&'static str>> {
    match rule {
        "INT-04" | "INT-08" | "INT-09" | "INT-10" if can_be_registered(world, path) => {
            Some(vec!["register_known_ips"])
        }
        "INT-04" | "INT-05" if opens(world, path) => Some(vec!["request_open_access"]),
        "INT-05" | "INT-08" if is_login(path) && ends_control(world) => {
            Some(vec!["request_open_access"])
        }
        "PRV-08" => {
            let mut changes = Vec::new();
            if !is_routed(world, path) {
                changes.push("enable_routing");
            }
            if !is_known(world, path) {
                changes.push("register_private_ips");
            }
            Some(changes)
        }
        _ => None,
    }
}

/// A company's or vendor's egress can be registered; a home's never, nor one
/// that the Internet does not route.
fn can_be_registered(world: &World, path: &Path) -> bool {
    let source = path.source.as_ref();
    source.is_some_and(|source| source.can_be_registered() && !is_unroutable(world, path))
}

fn is_login(path: &Path) -> bool {
    matches!(&path.flow, Flow::Service { id, .. } if id == "authentication")
}

/// Control of the login that nobody asked for ends with the first service that
/// is opened.
fn ends_control(world: &World) -> bool {
    may_open(world) && !world.plan.cloud.access.ip_control.is_given()
}

/// An approved service that is not in force, with single sign-on, a second
/// factor and no veto.
fn opens(world: &World, path: &Path) -> bool {
    let Flow::Service { id, .. } = &path.flow else { return false };
    id != "portal" && is_approved(world, id) && may_open(world)
}
