//! What does not change while the terminal UI runs.

use outlast_models::ComponentId;

/// The plan and the scenarios, as far as a screen shows them.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// What the plan calls itself.
    pub plan: String,
    /// The plan as the command line names it.
    pub word: String,
    /// The scenarios to look at; at least one.
    pub scenes: Vec<SceneFacts>,
    /// Everything that can fail, in the order of the plan.
    pub parts: Vec<Part>,
    /// The groups, in the order of the plan.
    pub groups: Vec<String>,
}

/// A scenario.
#[derive(Debug, Clone, Default)]
pub struct SceneFacts {
    /// As the command line names it; `None`: nothing fails.
    pub word: Option<String>,
    /// Its title.
    pub title: String,
}

/// Something that can fail.
#[derive(Debug, Clone)]
pub struct Part {
    /// Which.
    pub component: ComponentId,
    /// The sites that it stands in.
    pub sites: Vec<String>,
    /// Their regions.
    pub regions: Vec<String>,
}
