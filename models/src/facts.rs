//! What it means that a fact is not known: in words, what is taken for it, and
//! which way that leans.
//!
//! Figures and readings of the guide stand in [`crate::figures`].

use crate::figures::Leans::{self, AgainstWorking, FavoursWorking, Neither};

/// A sort of fact of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactSpec {
    /// Its part of the id of an assumption: `ups` of `ups:harbour`.
    pub kind: &'static str,
    /// What is not known; `{}` is whose it is.
    pub says: &'static str,
    /// What is taken for it.
    pub value: &'static str,
    /// Rule id or `language`.
    pub source: &'static str,
    /// Which way that errs.
    pub leans: Leans,
}

impl FactSpec {
    /// What is not known of something.
    pub fn says_of(&self, of: &str) -> String {
        self.says.replace("{}", of)
    }
}

/// Looks a sort of fact up.
pub fn fact(kind: &str) -> Option<&'static FactSpec> {
    FACTS.iter().find(|spec| spec.kind == kind)
}

/// A row of the table.
const fn row(
    kind: &'static str,
    says: &'static str,
    value: &'static str,
    source: &'static str,
    leans: Leans,
) -> FactSpec {
    FactSpec { kind, says, value, source, leans }
}

/// Every sort of fact that is not a figure and has no words of its own in reports.
#[rustfmt::skip]
pub const FACTS: &[FactSpec] = &[
    // Places
    row("region", "in what region {} lies is not known", "one called region", "language", Neither),
    row("feeds", "what feeds {} hangs on is not known", "it never loses power", "language", FavoursWorking),
    row("ups", "how long the batteries of {} last is not known", "0s", "language", AgainstWorking),
    row("fuel", "how long the generator of {} runs is not known", "0s", "language", AgainstWorking),
    row("home_line", "what the lines of agents at {} carry is not known", "no limit", "OFF-05", FavoursWorking),
    row("home_providers", "what providers the lines at {} have, with what shares, is not known", "one, or equal parts", "language", Neither),
    row("ip", "what versions of IP {} carries is not known", "v4", "TRN-05", FavoursWorking),
    row("uses", "how much an agent takes of what {} uses is not known", "one for each agent", "language", Neither),
    row("count", "how many {} there are is not known", "none", "language", AgainstWorking),
    row("exits", "by what way {} leaves is not known", "by its own circuits", "language", Neither),
    // Networks
    row("provider", "whose {} is is not known", "nobody's: no scenario selects it so", "language", FavoursWorking),
    row("cloud_regions", "what regions of the cloud {} reaches is not known", "all", "language", FavoursWorking),
    row("routed", "what sites are routed on {} is not known", "all", "PRV-08", FavoursWorking),
    row("egress", "the source address of {} is not known", "its circuit's, which the Internet routes", "INT-05", FavoursWorking),
    row("admission", "whether {} refuses calls that do not fit is not known", "it does not", "language", Neither),
    row("bundle_mode", "whether {} uses all its circuits at once is not known", "active-passive", "language", AgainstWorking),
    row("bundle_sharing", "how {} shares traffic over what is left is not known", "nominal", "language", AgainstWorking),
    row("allow", "what {} lets through is not known", "what the cloud asks for", "INT-02", FavoursWorking),
    row("allow_from", "whose traffic a rule of {} speaks of is not known", "everybody's", "INT-02", FavoursWorking),
    row("allow_to", "where to a rule of {} lets traffic is not known", "nowhere", "INT-02", AgainstWorking),
    row("allow_port", "what port a rule of {} speaks of is not known", "all ports and protocols", "INT-02", FavoursWorking),
    row("inbound", "what SBCs {} lets the cloud call is not known", "all", "PRV-07", FavoursWorking),
    // Machines
    row("endpoint", "what endpoints {} are is not known", "windows", "VDI-02", FavoursWorking),
    row("revocation", "whether browsers of {} insist on revocation lists is not known", "they do not", "APP-07", FavoursWorking),
    row("blocks", "what the firewalls of {} block is not known", "nothing", "INT-02", FavoursWorking),
    row("reaches", "what networks {} reaches is not known", "the Internet", "PRX-10", Neither),
    row("exclude", "whether browsers leave TURN direct beside {} is not known", "they do not", "PRX-07", Neither),
    row("proxy_allow", "what {} lets through is not known", "everything", "PRX-05", FavoursWorking),
    row("authentication", "whether {} asks for a login is not known", "it does not", "PRX-06", FavoursWorking),
    row("exempt", "for what {} asks no login is not known", "for nothing", "PRX-06", AgainstWorking),
    row("tls", "whether {} refuses what is not TLS is not known", "it does not", "APP-06", FavoursWorking),
    row("sessions_per_agent", "how many sessions an agent takes of {} is not known", "1", "language", FavoursWorking),
    row("tunnel", "whether the tunnel of {} is full or split is not known", "full", "VPN-01", Neither),
    row("include", "what goes into the tunnel of {} is not known", "nothing", "VPN-02", AgainstWorking),
    row("platform", "what platform {} is is not known", "other: no desktop works in it", "VDI-01", AgainstWorking),
    row("exit", "how the traffic of {} leaves is not known", "as a workstation of its site", "language", FavoursWorking),
    // Telephony
    row("dials_out", "by what carriers {} dials out is not known", "by lines of its site", "language", FavoursWorking),
    row("role", "whether {} brings calls or rings agents is not known", "both", "language", FavoursWorking),
    row("hands_over", "where {} hands calls over is not known", "at the cloud", "language", FavoursWorking),
    row("connector", "whether the Workspace Connector of {} is enabled is not known", "it is", "PRX-09", Neither),
    row("encrypted", "whether {} is encrypted is not known", "it is not", "APP-08", FavoursWorking),
    row("softphone_proxy", "what proxy {} is set to is not known", "none", "PRX-09", Neither),
    row("proxy_set_in", "where the proxy option of {} is set is not known", "where it is effective", "PRX-09", FavoursWorking),
    row("phone_machine", "on what machine {} runs is not known", "the workstation; an embedded phone, with the desktop", "APP-03", Neither),
    row("rings", "where {} rings is not known", "at home", "PHN-01", Neither),
    row("operator", "what mobile operators {} has, with what shares, is not known", "one, or equal parts", "language", Neither),
    row("battery", "how long the mobile network of {} runs without power is not known", "0s", "language", AgainstWorking),
    row("via", "by what carriers {} is rung is not known", "all that ring agents from the cloud", "language", FavoursWorking),
    row("off_site", "what {} does away from its site is not known", "nothing", "PHN-02", AgainstWorking),
    // The cloud
    row("standby", "what region stands by for {} is not known", "none", "language", AgainstWorking),
    row("takeover", "how long the standby of {} takes to take over is not known", "for ever", "language", AgainstWorking),
    row("service_host", "the host of {}, which PAC files are asked about, is not known", "its id under the domain", "PRX-08", Neither),
    row("service_networks", "on what networks {} exists is not known", "as in the list of services", "TRN-03", Neither),
    row("service_login", "whether {} needs a login is not known", "as in the list of services", "language", Neither),
    row("addresses", "the addresses of {} are not given: no block covers them", "none", "INT-01", AgainstWorking),
    row("mfa", "whether logins take more than one factor is not given", "they do not", "INT-09", AgainstWorking),
    row("open_services", "what services are open to every address is not known", "none", "INT-09", AgainstWorking),
    row("known_private", "what private sources the cloud accepts is not known", "all", "PRV-08", FavoursWorking),
    row("direct_urls", "for what services direct URLs are on file is not known", "for none", "OFF-08", AgainstWorking),
    row("direct_urls_of", "of what day the direct URLs on file are is not known", "not stale", "OFF-08", FavoursWorking),
    row("date", "what day the plan speaks of is not known", "nothing is stale", "OFF-08", FavoursWorking),
    // Groups
    row("shifts", "who of {} is there at some hours is not known", "everybody", "language", Neither),
    row("priority", "the priority of {} is not known", "that of the first queue", "language", Neither),
    row("provisioned", "what phones of {} are provisioned is not known", "the first", "PHN-06", AgainstWorking),
    row("access", "how the applications of {} connect is not known", "private, then internet", "language", FavoursWorking),
    row("enters_by", "by what way {} enter is not known", "by the Portal", "OFF-08", Neither),
    row("browser", "what the browsers of {} are set to is not known", "direct", "PRX-08", Neither),
    row("group_occupancy", "what share of {} is in a call is not known", "the figure for everybody", "language", Neither),
    row("traffic_voice", "what a call of {} takes is not known", "the figure for everybody", "BWD-01", Neither),
    row("traffic_desktop", "what a desktop of {} takes is not known", "the figure for everybody", "BWD-03", Neither),
    row("traffic_recording", "what a recording of {} takes is not known", "the figure for everybody", "BWD-04", Neither),
    row("recording", "whether screens of {} are recorded is not known", "they are not", "BWD-04", FavoursWorking),
    row("recording_share", "what share of calls of {} is recorded is not known", "100%", "BWD-04", AgainstWorking),
    row("recording_screens", "how many screens of {} are recorded is not known", "2", "BWD-04", AgainstWorking),
    row("recording_version", "the version of the recorder of {} is not known", "one that takes a proxy", "PRX-04", FavoursWorking),
    row("recording_machine", "on what machine the recorder of {} runs is not known", "the desktop's", "VDI-02", Neither),
    row("recording_proxy", "what proxy the recorder of {} is set to is not known", "none", "PRX-04", Neither),
    row("recording_upload", "when the recordings of {} are sent is not known", "at once", "BWD-04", AgainstWorking),
    row("recording_required", "whether {} may work without recording is not known", "they may", "language", FavoursWorking),
    row("app_required", "whether {} is required is not known", "it is", "language", AgainstWorking),
    row("app_machine", "on what machine {} runs is not known", "the desktop's", "language", Neither),
    row("way_ready", "after how long {} is ready is not known", "0s", "language", FavoursWorking),
    // What customers need
    row("queue_priority", "the priority of {} is not known", "1", "language", Neither),
    row("mbco", "how many agents {} needs at least is not known", "all who are on shift", "language", AgainstWorking),
    row("rto", "until when the minimum of {} must be reached again is not known", "none", "language", Neither),
    row("mtpd", "how long {} can be below the minimum is not known", "none", "language", FavoursWorking),
    row("objective_counts", "what agents count for the objective of {} is not known", "effective ones", "language", AgainstWorking),
];
