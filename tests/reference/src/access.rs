//! Who may come in: known addresses, open access, IP control of the login.

use outlast_models::catalogue::OpenAccess;

use crate::leave::{Path, Program};
use crate::sites::Hop;
use crate::words::Flow;
use crate::world::World;

/// The service of an HTTPS flow over the Internet from an address that the
/// cloud does not know.
fn unknown_caller<'p>(world: &World, path: &'p Path) -> Option<&'p str> {
    let Flow::Service { id, private: false } = &path.flow else { return None };
    let source = path.source.as_ref()?;
    (!world.is_known(source)).then_some(id.as_str())
}

/// Whether open access is in force for a service; the softphone's signalling
/// is also opened by `webrtc-softphone`.
fn in_force(world: &World, path: &Path, service: &str) -> Vec<String> {
    let list = &world.plan.cloud.access.open_access.value;
    let softphone = path.program == Program::Softphone && service == "webrtc-signalling";
    list.iter()
        .map(|named| named.id.to_string())
        .filter(|id| id == service || (softphone && id == "webrtc-softphone"))
        .collect()
}

pub(crate) fn is_approved(world: &World, service: &str) -> bool {
    world
        .plan
        .cloud
        .services
        .get(service)
        .is_some_and(|entry| entry.open_access.value == OpenAccess::Approved)
}

/// Single sign-on, a second factor, and no veto: what open access needs.
pub(crate) fn may_open(world: &World) -> bool {
    let access = &world.plan.cloud.access;
    access.sso.value.is_some() && access.mfa.value && !access.off_site_forbidden.value
}

/// An address that the Internet does not route is never known: it stands for
/// what refuses an address that is not known.
pub(crate) fn int_05(world: &World, path: &Path) -> bool {
    is_unroutable(world, path) && (wants_known(world, path) || is_controlled(world, path))
}

/// Least privilege: what is not open answers only known addresses.
pub(crate) fn int_04(world: &World, path: &Path) -> bool {
    !is_unroutable(world, path) && wants_known(world, path)
}

/// Whether a path leaves with an address that the Internet does not route.
pub(crate) fn is_unroutable(world: &World, path: &Path) -> bool {
    path.source.as_ref().is_some_and(|source| world.is_unroutable(source))
}

/// What is not open answers only known addresses; the Portal never is (OFF-09).
fn wants_known(world: &World, path: &Path) -> bool {
    let Some(service) = unknown_caller(world, path) else { return false };
    match service {
        "authentication" => false,
        "portal" => true,
        _ => in_force(world, path, service).is_empty() && !is_never(world, service),
    }
}

/// With IP control the login refuses unknown addresses.
pub(crate) fn int_08(world: &World, path: &Path) -> bool {
    let private_login = !world.plan.figures.login_over_private.value
        && path.flow == (Flow::Service { id: "authentication".to_owned(), private: true });
    let control = world.plan.cloud.access.ip_control.value;
    (control && private_login) || (!is_unroutable(world, path) && is_controlled(world, path))
}

/// Whether it is a login from an address that is not known, under control.
fn is_controlled(world: &World, path: &Path) -> bool {
    let control = world.plan.cloud.access.ip_control.value;
    control && unknown_caller(world, path) == Some("authentication")
}

/// Open access in force lacks approval, single sign-on, a second factor, or is
/// vetoed.
pub(crate) fn int_09(world: &World, path: &Path) -> bool {
    let Some(service) = unknown_caller(world, path) else { return false };
    if matches!(service, "authentication" | "portal") {
        return false;
    }
    let opened_by = in_force(world, path, service);
    let complete = may_open(world) && opened_by.iter().any(|id| is_approved(world, id));
    !opened_by.is_empty() && !complete
}

/// Services that never support open access.
pub(crate) fn int_10(world: &World, path: &Path) -> bool {
    let Some(service) = unknown_caller(world, path) else { return false };
    if matches!(service, "authentication" | "portal") {
        return false;
    }
    in_force(world, path, service).is_empty() && is_never(world, service)
}

fn is_never(world: &World, service: &str) -> bool {
    let entry = world.plan.cloud.services.get(service);
    entry.is_some_and(|entry| entry.open_access.value == OpenAccess::Never)
}

/// The private side answers only what is routed and known.
pub(crate) fn prv_08(world: &World, path: &Path) -> bool {
    !is_routed(world, path) || !is_known(world, path)
}

/// Whether the site (for VPN users the VPN's) is routed on the private network
/// of each cloud end on the path.
pub(crate) fn is_routed(world: &World, path: &Path) -> bool {
    path.hops.iter().all(|hop| match hop {
        Hop::Reach(network) => world.is_routed(&path.site, network),
        _ => true,
    })
}

/// Whether the private side knows who comes: web, SIP, and the SBC of a trunk.
pub(crate) fn is_known(world: &World, path: &Path) -> bool {
    let called = path.hops.iter().any(|hop| matches!(hop, Hop::Trunk(_)));
    let private =
        matches!(path.flow, Flow::Service { private: true, .. }) || path.flow.is_sip() || called;
    let goes = path.hops.iter().any(|hop| matches!(hop, Hop::Reach(_)));
    !(private && goes) || world.is_known_private(&path.site, path.vpn.as_deref())
}
