//! Reads a plan: collects its ids, reads section after section, checks the
//! whole. A plan comes out only if nothing is wrong.

mod appetite;
mod check;
mod cloud;
mod context;
mod failures;
mod firewalls;
mod groups;
mod machines;
mod names;
mod networks;
mod people;
mod policies;
mod roster;
mod shifts;
mod sites;
mod sort;
mod telephony;
mod waivers;

use crate::diagnostic::{Diagnostic, Sources, quoted};
use crate::place::FileId;
use crate::plan::Plan;
use crate::read::quantity::{Fault, day, text};
use crate::read::{Fields, Issues};
use crate::yaml::{self, Node, Value};

use context::Cx;
use groups::Read;
use machines::Load;
use sort::Sort;

/// Sections of the language that this version does not read.
const UNREAD: &[&str] = &["calendar", "changes", "evidence", "teams"];

/// Reads a plan. `load` gets the text of a file that the plan names, by the
/// path as written; what paths are allowed is its business. A roster joins the
/// sources.
pub fn plan(
    sources: &mut Sources,
    plan: FileId,
    load: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Result<Plan, Vec<Diagnostic>> {
    let (tree, repeated) = yaml::parse_on(plan, sources.text(plan))?;
    checked(&tree, Issues::of(repeated), &mut Files { load, sources })
}

/// Reads a plan from its tree, as scenarios do after they have changed it.
pub fn plan_from_tree(
    tree: &Node,
    load: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Result<Plan, Vec<Diagnostic>> {
    let mut sources = Sources::new();
    sources.add("", "");
    checked(tree, Issues::new(), &mut Files { load, sources: &mut sources })
}

/// The files that a plan names.
struct Files<'l, 's> {
    load: &'l mut Load<'l>,
    /// Where mistakes in them are shown from.
    sources: &'s mut Sources,
}

fn checked(
    tree: &Node,
    issues: Issues,
    files: &mut Files<'_, '_>,
) -> Result<Plan, Vec<Diagnostic>> {
    let plan = read(tree, &issues, files).map(|mut plan| {
        check::whole(&mut plan, &issues);
        nobody(&plan, tree, &issues);
        plan
    });
    match plan {
        Some(plan) if !issues.has_errors() => Ok(plan),
        _ => Err(issues.into_sorted()),
    }
}

fn read(tree: &Node, issues: &Issues, files: &mut Files<'_, '_>) -> Option<Plan> {
    if let Value::Scalar { .. } | Value::Seq(_) = tree.value {
        let message = format!("a plan is a map of sections, not {}", tree.shape());
        let help = "begin the file with `outlast: 1`; sections such as `sites:` follow";
        issues.push(Diagnostic::error("wrong-shape", message, tree.place).help(help));
        return None;
    }
    if let (Some(key), None) = (tree.key("outlast-scenario"), tree.key("outlast")) {
        let message = "this is a scenario, not a plan";
        let help = "the plan comes first: `outlast run PLAN SCENARIO`";
        issues.push(Diagnostic::error("not-a-plan", message, key.place).help(help));
        return None;
    }
    let top = Fields::of(issues, "the plan", tree.place, tree)?;
    top.unread(UNREAD);
    top.need_parse("outlast", format_version);
    let mut cx = Cx::of(issues, tree);
    cx.read_assumptions(&top);
    cx.read_shared(&top);
    let (pbxs, sbcs, trunks) = cx.telephony(&top);
    let (queues, phones) = (cx.queues(&top), cx.phones(&top));
    let groups = cx.groups(&top, &Read { queues: &queues, phones: &phones });
    let mut plan = Plan {
        name: top.parse("name", text),
        date: top.maybe("date", day),
        currency: top.parse("currency", currency),
        sites: cx.sites(&top),
        networks: cx.networks_section(&top),
        circuits: cx.circuits(&top),
        bundles: cx.bundles(&top),
        exits: cx.exits(&top),
        firewalls: cx.firewalls(&top),
        workstations: cx.workstations(&top),
        proxies: cx.proxies(&top),
        pac: cx.pac(&top, files.load),
        vpn: cx.vpn(&top),
        vdi: cx.vdi(&top),
        pbxs,
        sbcs,
        trunks,
        carriers: cx.carriers(&top),
        phones,
        pools: cx.pools(&top),
        resources: cx.resources(&top),
        components: cx.components(&top),
        feeds: cx.mentioned(Sort::Feed),
        conduits: cx.mentioned(Sort::Conduit),
        queues,
        objectives: cx.objectives(&top),
        groups,
        policies: cx.policies(&top),
        waivers: cx.waivers(&top),
        roster: None,
        failures: cx.failures(&top),
        appetite: cx.appetite(&top),
        agent_hour: cx.agent_hour(&top),
        cloud: cx.cloud(&top)?,
        figures: std::mem::take(&mut cx.figures),
        shared: cx.shared.take(),
    };
    cx.roster(&top, &mut plan, files);
    top.finish();
    Some(plan)
}

/// A plan in which nobody works answers nothing. Said only of a plan that is
/// right besides: groups may be missing because their section is mistyped.
fn nobody(plan: &Plan, tree: &Node, issues: &Issues) {
    if !plan.groups.is_empty() || issues.has_errors() {
        return;
    }
    let place = tree.key("groups").map_or(tree.place, |key| key.place);
    let message = "the plan has no groups, so nobody works in it";
    let help = "say who works where: `groups: {team: {agents: 100, work_at: [SITE], \
                phones: [webrtc-embedded]}}`";
    issues.push(Diagnostic::error("no-groups", message, place).help(help));
}

fn format_version(text: &str) -> Result<(), Fault> {
    if text == "1" {
        return Ok(());
    }
    let message = format!("this version does not read plans of format {}", quoted(text));
    Err(Fault::with_help(message, "write `outlast: 1`"))
}

fn currency(text: &str) -> Result<String, Fault> {
    if text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase()) {
        return Ok(text.to_owned());
    }
    let message = format!("{} is no currency", quoted(text));
    Err(Fault::with_help(message, "write the three letters, such as `EUR`"))
}
