//! A leg of a posture, and whose posture it is.

use std::collections::BTreeMap;

use outlast_models::Id;
use outlast_models::plan::{Group, LegWord};

use super::memory::Paths;
use super::path::Path;

/// Agents of one group who are alike: same home provider, same operator.
pub(crate) struct Agent<'a> {
    pub(crate) group_id: &'a Id,
    pub(crate) group: &'a Group,
    /// Homes → provider component.
    pub(crate) isps: &'a BTreeMap<Id, Id>,
    /// Phone → operator component.
    pub(crate) operators: &'a BTreeMap<Id, Id>,
    /// Active-active bundle → the order in which its members serve him.
    pub(crate) draws: &'a BTreeMap<Id, Vec<Id>>,
}

/// What a leg is to the applications of a machine: a virtual desktop, or `None`, the
/// workstation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// An application, or the recorder's upload.
    Application(Option<Id>),
    /// What every application there goes by: session, Portal, login, revocation lists.
    Behind(Option<Id>),
    /// The agent's own: tunnel and phone.
    Own,
}

/// One leg: alternatives in order.
#[derive(Debug, Clone)]
pub(crate) struct Leg {
    pub(crate) name: String,
    pub(crate) required: bool,
    /// Whether it carries voice: lost, an agent with other media is impaired.
    pub(crate) voice: bool,
    /// What policies call it; nothing for what they do not speak of apart.
    pub(crate) part: Option<LegWord>,
    pub(crate) role: Role,
    pub(crate) paths: Paths,
}

impl Leg {
    pub(crate) fn open_paths(&self) -> impl Iterator<Item = (usize, &Path)> {
        self.paths.iter().enumerate().filter(|(_, path)| path.refusal.is_none())
    }

    /// The least that the leg asks of a home line, in each direction.
    pub(super) fn least_on_home_line(&self) -> (u64, u64) {
        let needs: Vec<(u64, u64)> = self.open_paths().map(|(_, p)| p.on_home_line()).collect();
        let least = |of: fn(&(u64, u64)) -> u64| needs.iter().map(of).min().unwrap_or(0);
        (least(|need| need.0), least(|need| need.1))
    }
}
