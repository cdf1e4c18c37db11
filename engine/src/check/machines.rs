//! Machines and lines: versions, support, and what carries nothing.

use outlast_models::Id;
use outlast_models::catalogue::PhoneKind;
use outlast_models::diagnostic::Severity;
use outlast_models::plan::{Circuit, IpVersion, Phone, SiteKind, Vdi, VdiServer};
use outlast_models::units::Day;

use super::Finding;
use super::subject::Subject;

/// Findings on machines, circuits and home lines.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let mut all = Vec::new();
    for (id, vdi) in &subject.plan.vdi {
        all.extend(support(subject, id, vdi));
    }
    for (id, phone) in &subject.plan.phones {
        all.extend(proxied_sip(subject, id, phone));
    }
    for (id, circuit) in &subject.plan.circuits {
        all.extend(six_only(subject, id, circuit));
    }
    for (id, site) in &subject.plan.sites {
        if site.kind == SiteKind::Homes && site.internet.ip.value == IpVersion::V6 {
            all.push(
                Finding::error("TRN-05", format!("sites.{id}.internet.ip"))
                    .place(site.internet.ip.place())
                    .says(format!("lines at {id} are IPv6 only, and the cloud speaks IPv4 only"))
                    .mend("have the providers carry IPv4 as well")
                    .write("ip: both")
                    .hits(subject.over(id)),
            );
        }
    }
    all.retain(|finding| finding.agents() > 0); // what no way goes by breaks nothing
    all
}

/// VDI-04, APP-10: server systems without support, or that the guide does not know.
fn support(subject: &Subject<'_>, id: &Id, vdi: &Vdi) -> Option<Finding> {
    let at = format!("vdi.{id}.server");
    let place = vdi.server.place().unwrap_or(vdi.place);
    let users = subject.over(id);
    let (name, end) = match &vdi.server.value {
        _ if !vdi.server.is_given() => return None,
        VdiServer::Windows2008R2 => ("Windows Server 2008 R2", Day::of(2020, 1, 14)),
        VdiServer::Windows2012R2 => ("Windows Server 2012 R2", Day::of(2023, 10, 10)),
        VdiServer::Other(name) => {
            return Some(
                Finding::note("APP-10", at)
                    .place(place)
                    .says(format!(
                        "whether the applications support the server system {name} of {id} is in no \
                         table of the guide"
                    ))
                    .mend("ask the vendor which server systems are supported today")
                    .hits(users),
            );
        }
    };
    let finding = match subject.plan.date.value {
        Some(date) if date <= end => return None,
        Some(date) => Finding::warning("VDI-04", at)
            .says(format!("{name} of {id} is out of support since {end}; the plan speaks of {date}"))
            .mend("move the virtual desktops to a server system that is supported"),
        None => Finding::note("VDI-04", at)
            .says(format!(
                "support of {name} of {id} ends on {end}; the plan does not say of what day it speaks"
            ))
            .mend("write the plan's `date`"),
    };
    Some(finding.place(place).hits(users))
}

/// APP-08: a web proxy carries no SIP.
fn proxied_sip(subject: &Subject<'_>, id: &Id, phone: &Phone) -> Option<Finding> {
    let option = phone.proxy.value.as_ref().filter(|_| phone.kind == PhoneKind::SipSoftphone)?;
    let users =
        subject.those(|n| subject.ways_of(n).any(|(_, way)| way.key.phone.as_ref() == Some(id)));
    Some(
        Finding::warning("APP-08", format!("phones.{id}.proxy"))
            .place(option.via.place)
            .says(format!(
                "{id} speaks SIP, which no web proxy carries: that {} is set for it does nothing",
                option.via.id
            ))
            .mend("take the proxy off; the phone needs a private network")
            .hits(users),
    )
}

/// TRN-05: a circuit that the cloud cannot be reached by.
fn six_only(subject: &Subject<'_>, id: &Id, circuit: &Circuit) -> Option<Finding> {
    if circuit.ip.value != IpVersion::V6 || circuit.to.id == "pstn" {
        return None;
    }
    // Beside others of its bundle it is a reserve that there is not.
    let alone = subject.over(id);
    let severity = if alone.is_empty() { Severity::Warning } else { Severity::Error };
    Some(
        Finding::new("TRN-05", severity, format!("circuits.{id}.ip"))
            .place(circuit.ip.place())
            .says(format!(
                "{id} is IPv6 only, so it carries nothing to the cloud, which is IPv4 only"
            ))
            .mend("have the provider carry IPv4 as well")
            .write("ip: both")
            .hits(if alone.is_empty() { subject.over_line(id) } else { alone }),
    )
}
