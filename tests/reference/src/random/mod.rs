//! Random small plans, valid by construction, with every rule family in play.

mod chance;
mod cloud;
mod drawn;
mod ends;
mod equipment;
mod few;
mod firewalls;
mod held;
mod networks;
mod own;
mod people;
mod phones;
mod pinned;
mod provider;
mod rng;
mod strict;
mod themes;

use std::collections::BTreeMap;

use outlast_models::Id;
use outlast_models::pac::{PacAnswers, parse_answer};

pub use chance::random_failures;
pub(crate) use rng::Rng;

/// The texts of PAC files, by the path that the plan gives the file.
pub type PacFilesByName = BTreeMap<String, String>;

/// A plan on its way: its text so far, and what later sections choose from.
struct Draft {
    rng: Rng,
    text: String,
    /// Whether capacities are small enough to bind.
    binding: bool,
    /// Whether to name few components.
    few: bool,
    offices: Vec<String>,
    data_centers: Vec<String>,
    homes: Vec<String>,
    vendors: Vec<String>,
    /// Private networks that reach the cloud, and the WAN.
    private: Vec<String>,
    wan: Option<String>,
    /// Circuit, site, network.
    circuits: Vec<(String, String, String)>,
    bundles: Vec<String>,
    /// Active-active bundles and their members.
    shared: Vec<(String, Vec<String>)>,
    /// Proxy and its name in PAC files.
    proxies: Vec<(String, String)>,
    /// PAC file, and for each host what it answers.
    pacs: Vec<(String, BTreeMap<String, String>)>,
    /// Equipment and its site.
    stands: Vec<(String, String)>,
    vpns: Vec<String>,
    vdis: Vec<String>,
    pbxs: Vec<String>,
    sbcs: Vec<String>,
    carriers: Vec<String>,
    phones: Vec<String>,
    profiles: Vec<String>,
    queues: Vec<String>,
    has_regions: bool,
    /// Components of the escape hatch that equipment may need.
    utilities: Vec<String>,
    /// What may be held of what is counted.
    uses: Vec<String>,
    /// Addresses of their own that VPNs have.
    egresses: Vec<String>,
    turn_host: String,
    /// The site of an identity provider of the company's own.
    provider: Option<String>,
    /// Services that may stand in `open_access`.
    open: Vec<&'static str>,
}

impl Draft {
    fn new(seed: u64) -> Self {
        let mut rng = Rng::new(seed);
        let binding = rng.chance(20);
        Self {
            rng,
            text: String::new(),
            binding,
            few: false,
            offices: Vec::new(),
            data_centers: Vec::new(),
            homes: Vec::new(),
            vendors: Vec::new(),
            private: Vec::new(),
            wan: None,
            circuits: Vec::new(),
            bundles: Vec::new(),
            shared: Vec::new(),
            proxies: Vec::new(),
            pacs: Vec::new(),
            stands: Vec::new(),
            vpns: Vec::new(),
            vdis: Vec::new(),
            pbxs: Vec::new(),
            sbcs: Vec::new(),
            carriers: Vec::new(),
            phones: Vec::new(),
            profiles: Vec::new(),
            queues: Vec::new(),
            has_regions: false,
            utilities: Vec::new(),
            uses: Vec::new(),
            egresses: Vec::new(),
            turn_host: "turn.cloud.example".to_owned(),
            provider: None,
            open: vec!["agent-desktop", "webrtc-signalling", "webrtc-softphone"],
        }
    }

    /// Every section, as the seed has it.
    fn of_every_kind(&mut self) {
        self.assumptions();
        self.utilities();
        self.sites();
        self.networks();
        self.circuits();
        self.exits();
        self.workstations();
        self.proxies();
        self.vpns();
        self.vdis();
        self.telephony();
        self.carriers();
        self.phones();
        self.cloud();
        self.pac_files();
        self.firewalls();
        self.queues();
        self.groups();
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A section of one-line entries.
    fn section(&mut self, indent: usize, key: &str, entries: &[(String, Vec<String>)]) {
        if entries.is_empty() {
            return;
        }
        let pad = " ".repeat(indent);
        self.line(&format!("{pad}{key}:"));
        for (id, fields) in entries {
            self.line(&format!("{pad}  {id}: {{{}}}", fields.join(", ")));
        }
    }

    fn company_sites(&self) -> Vec<String> {
        [self.data_centers.clone(), self.offices.clone()].concat()
    }

    fn has_line(&self, site: &str, network: &str) -> bool {
        self.circuits.iter().any(|(_, from, to)| from == site && to == network)
    }

    /// The company's sites with circuits to a network.
    fn sites_on(&self, network: &str) -> Vec<String> {
        let mut sites = self.company_sites();
        sites.retain(|site| self.has_line(site, network));
        sites
    }

    fn sites_on_private(&self) -> Vec<String> {
        let mut sites = self.company_sites();
        sites.retain(|site| self.private.iter().any(|network| self.has_line(site, network)));
        sites
    }

    /// A limit that may bind, or one that cannot, or none.
    fn limit(&mut self, key: &str, small: u64, large: &str) -> Option<String> {
        if self.binding && self.rng.chance(60) {
            let limit = 1 + self.rng.below(small);
            return Some(format!("{key}: {limit}"));
        }
        self.rng.chance(30).then(|| format!("{key}: {large}"))
    }

    /// What a piece of equipment stands on beside its site.
    fn needs(&mut self) -> Option<String> {
        if self.rng.chance(4) {
            return Some("units: {count: 3, needed: 2}".to_owned());
        }
        if self.utilities.is_empty() || !self.rng.chance(12) {
            return None;
        }
        let all = self.utilities.clone();
        let needs = match self.rng.below(4) {
            0 => format!("{{any: {}}}", list(&all)),
            1 => format!("{{2 of: {}}}", list(&all)),
            2 => format!("{{all: {}}}", list(&all)),
            _ => self.rng.pick(&all),
        };
        Some(format!("needs: [{needs}]"))
    }

    fn answers(&self) -> PacAnswers {
        let mut answers = PacAnswers::default();
        for (pac, hosts) in &self.pacs {
            for (host, text) in hosts {
                answers.by_host.insert((Id::new(pac), host.clone()), parse_answer(text));
            }
        }
        answers
    }

    fn files(&self) -> PacFilesByName {
        let file = |(pac, hosts): &(String, BTreeMap<String, String>)| {
            (format!("{pac}.pac"), equipment::pac_text(hosts))
        };
        self.pacs.iter().map(file).collect()
    }
}

/// A list as YAML writes it on one line.
fn list(words: &[String]) -> String {
    format!("[{}]", words.join(", "))
}

/// Returns the text of a small valid plan, the same for the same seed. It may
/// name PAC files: [`random_case`] has these too.
pub fn random_plan(seed: u64) -> String {
    random_case(seed).0
}

/// Returns a small valid plan, its PAC files by path, and what they answer.
pub fn random_case(seed: u64) -> RandomCase {
    case(seed, false)
}

/// The same of a plan with fewer of everything, often a dozen components or less.
pub fn random_few(seed: u64) -> RandomCase {
    case(seed, true)
}

/// The text of a plan, its PAC files by path, and what they answer.
pub type RandomCase = (String, PacFilesByName, PacAnswers);

fn case(seed: u64, few: bool) -> RandomCase {
    let mut draft = Draft { few, ..Draft::new(seed) };
    draft.line("outlast: 1");
    draft.line(&format!("name: random {seed}"));
    if draft.rng.chance(90) {
        draft.line("date: 2026-10-02");
    }
    if few && draft.rng.chance(12) {
        draft.few_themed();
    } else if draft.rng.chance(40) {
        draft.themed();
    } else {
        draft.of_every_kind();
    }
    let (files, answers) = (draft.files(), draft.answers());
    (draft.text, files, answers)
}
