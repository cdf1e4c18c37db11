//! What is shipped: sample plans and scenarios, by their bare names.

use outlast_models::diagnostic::Sources;
use outlast_models::read::nearest;

use crate::read::read;
use crate::scenario::Scenario;

/// A sample plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// Its bare name.
    pub name: &'static str,
    /// What it shows, in one line.
    pub about: &'static str,
    /// Its files with their paths; the first is the plan itself.
    pub files: &'static [(&'static str, &'static str)],
}

impl Sample {
    /// The plan's text.
    pub fn plan(&self) -> &'static str {
        self.files.first().map_or("", |(_, text)| text)
    }

    /// The text of one of its files.
    pub fn file(&self, path: &str) -> Option<&'static str> {
        self.files.iter().find(|(own, _)| *own == path).map(|(_, text)| *text)
    }
}

macro_rules! plans {
    ($( $name:literal, $about:literal, [$( $path:literal = $file:literal ),*]; )*) => {
        &[$( Sample {
            name: $name,
            about: $about,
            files: &[$( ($path, include_str!(concat!("../library/plans/", $file))) ),*],
        } ),*]
    };
}

macro_rules! scenarios {
    ($( $title:literal: $( $name:literal ),*; )*) => {
        &[$( Shelf {
            title: $title,
            scenarios: &[$( ($name, include_str!(concat!("../library/", $name, ".yaml"))) ),*],
        } ),*]
    };
}

/// Scenarios of one sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shelf {
    /// What they have in common.
    pub title: &'static str,
    /// Their names and texts.
    scenarios: &'static [(&'static str, &'static str)],
}

impl Shelf {
    /// The bare names of its scenarios.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.scenarios.iter().map(|(name, _)| *name)
    }
}

/// The sample plans, the simplest first.
pub const PLANS: &[Sample] = plans! {
    "starter", "two sites, homes, a VPN: what `init` writes",
        ["plan.yaml" = "starter.yaml"];
    "bank", "2,400 agents, every kind of phone and access, weaknesses on purpose",
        ["plan.yaml" = "bank/plan.yaml", "pac/corporate.pac" = "bank/pac/corporate.pac",
         "pac/legacy.pac" = "bank/pac/legacy.pac", "TRAPS.md" = "bank/TRAPS.md"];
    "insurer", "20,000 agents in four regions, room for one thing lost, not for two",
        ["plan.yaml" = "insurer/plan.yaml", "pac/offices.pac" = "insurer/pac/offices.pac",
         "pac/sales.pac" = "insurer/pac/sales.pac"];
    "clinic", "120 agents of a hospital, ordinary telephones, one Internet circuit",
        ["plan.yaml" = "clinic.yaml"];
    "example-1", "on site: desktop in virtual desktops, SIP softphone beside it",
        ["plan.yaml" = "example-1.yaml"];
    "example-2", "on site: desktop over the private network, embedded WebRTC phone",
        ["plan.yaml" = "example-2.yaml"];
    "example-3", "off site: virtual desktops, SIP softphone through a split tunnel",
        ["plan.yaml" = "example-3.yaml"];
    "example-4", "off site: open access, phones behind corporate telephony",
        ["plan.yaml" = "example-4.yaml"];
    "example-4-proxy", "off site: PAC and corporate proxy, phones behind corporate telephony",
        ["plan.yaml" = "example-4-proxy/plan.yaml",
         "pac/home.pac" = "example-4-proxy/pac/home.pac"];
    "example-5", "off site: desktop through a split tunnel, embedded WebRTC phone direct",
        ["plan.yaml" = "example-5.yaml"];
    "example-6", "a catastrophe and the recovery from it, off site with other phones",
        ["plan.yaml" = "example-6.yaml"];
};

/// The scenarios: what is lost, from the ground up; then people, then what has been.
pub const SHELVES: &[Shelf] = scenarios! {
    "Sites and power":
        "corporate-systems-lost", "disaster", "data-center-lost", "data-center-power-lost",
        "power-feed-lost", "site-evacuated", "regional-flood", "national-blackout";
    "Networks":
        "private-network-lost", "isp-lost", "home-isp-lost", "conduit-cut", "dns-lost",
        "cyber-isolation";
    "Telephony":
        "corporate-phones-cut", "pstn-congested", "pstn-carrier-lost", "sip-trunk-lost",
        "customer-sbc-lost", "mobile-operator-lost";
    "Access and machines":
        "corporate-access-cut", "proxy-lost", "cloud-proxy-lost", "vpn-overload",
        "vdi-farm-lost", "identity-provider-lost", "crl-unreachable", "endpoint-fleet-lost";
    "The cloud":
        "cloud-region-lost", "portal-lost", "cloud-sbc-lost", "turn-lost", "address-rotation";
    "People":
        "pandemic", "mass-absence";
    "What has happened":
        "history-aws-2025-10", "history-aws-2020-11", "history-aws-2021-12",
        "history-aws-power-2021", "history-earthquake-2007", "history-chino-hills-2008",
        "history-crowdstrike-2024", "history-optus-2023", "history-iberia-2025",
        "history-carrier-2015";
};

/// The bare names of everything shipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// Sample plans.
    pub plans: Vec<&'static str>,
    /// Scenarios.
    pub scenarios: Vec<&'static str>,
}

/// Returns the bare names of everything shipped.
pub fn names() -> Names {
    Names {
        plans: PLANS.iter().map(|sample| sample.name).collect(),
        scenarios: SHELVES.iter().flat_map(Shelf::names).collect(),
    }
}

/// Returns a sample plan by its bare name.
pub fn plan_sample(name: &str) -> Option<&'static Sample> {
    PLANS.iter().find(|sample| sample.name == name)
}

/// Returns the text of a shipped scenario by its bare name, without arguments.
pub fn scenario(name: &str) -> Option<&'static str> {
    let mut all = SHELVES.iter().flat_map(|shelf| shelf.scenarios);
    all.find(|(own, _)| *own == name).map(|(_, text)| *text)
}

/// Reads a shipped scenario, adding its text to `sources` so that places in it
/// can be shown.
pub fn shipped(sources: &mut Sources, name: &str) -> Option<Scenario> {
    let text = scenario(name)?;
    let file = sources.add(format!("{name} (shipped)"), text);
    let mut scenario = read(sources, file).ok()?;
    name.clone_into(&mut scenario.id);
    Some(scenario)
}

/// Returns the sample plan whose name is nearest to an unknown one.
pub fn near_plan(name: &str) -> Option<&'static str> {
    nearest(name, names().plans)
}

/// Returns the scenario whose name is nearest to an unknown one.
pub fn near_scenario(name: &str) -> Option<&'static str> {
    nearest(name, names().scenarios)
}
