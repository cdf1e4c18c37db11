//! What was walked before: legs that ask the same have the same paths.
//!
//! A group has many postures, and most of its legs are the same in many of them:
//! the Portal does not hang on the phone, nor an office on who the agent's mobile
//! operator is. A leg is walked once for what it really hangs on ([`Ask`]), and the
//! postures share its paths.

use std::collections::HashMap;
use std::sync::Arc;

use outlast_models::Id;
use outlast_models::plan::BrowserSetting;

use super::path::{Path, Traffic};
use super::{Spot, Transport, Walker};

/// Paths that several postures share.
pub(crate) type Paths = Arc<Vec<Path>>;

/// Everything that the paths of a leg hang on, besides plan and draws.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Ask {
    Tunnel {
        vpn: Id,
        under: Spot,
    },
    Session {
        spot: Spot,
        vdi: Id,
    },
    Web {
        spot: Spot,
        /// The workstation whose own firewall blocks the browser.
        blocked: Option<Id>,
        service: Id,
        traffic: Traffic,
        browser: Setting,
        transports: Vec<Transport>,
        /// Whether it is the Portal of who enters directly.
        without_url: bool,
    },
    /// What an application's browser is sent on to.
    Helper {
        spot: Spot,
        service: Id,
        browser: Setting,
        transports: Vec<Transport>,
    },
    Upload {
        group: Id,
        spot: Spot,
        transports: Vec<Transport>,
    },
    Lists {
        spot: Spot,
        browser: Setting,
    },
    RecorderLists {
        group: Id,
        spot: Spot,
    },
    /// One of a phone's legs.
    Phone {
        group: Id,
        phone: Id,
        spot: Spot,
        desktop: Spot,
        place: Id,
        /// Where agents work, in order: those of a roster differ in it.
        work_at: Vec<Id>,
        agent: Spot,
        operator: Option<Id>,
        browser: Setting,
        insists: bool,
    },
}

/// A browser's setting without its place in the plan.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Setting {
    Direct,
    Proxies(Vec<Id>),
    Pac(Id),
}

impl Setting {
    pub(super) fn of(browser: &BrowserSetting) -> Self {
        match browser {
            BrowserSetting::Direct => Self::Direct,
            BrowserSetting::Proxies(list) => {
                Self::Proxies(list.iter().map(|named| named.id.clone()).collect())
            }
            BrowserSetting::Pac(named) => Self::Pac(named.id.clone()),
        }
    }
}

/// A leg, or the two of a phone, with their names.
pub(super) type Walked = Vec<(&'static str, Paths)>;

#[derive(Debug, Default)]
pub(crate) struct Memory {
    walked: HashMap<(usize, Ask), Walked>,
}

impl Walker<'_> {
    /// The paths of a leg that has no name of its own.
    pub(super) fn remembered(
        &mut self,
        ask: Ask,
        walk: impl FnOnce(&mut Self) -> Vec<Path>,
    ) -> Paths {
        let walked = self.remembered_legs(ask, |walker| vec![("", walk(walker))]);
        walked[0].1.clone()
    }

    /// Legs, walked unless they were before.
    pub(super) fn remembered_legs(
        &mut self,
        ask: Ask,
        walk: impl FnOnce(&mut Self) -> Vec<(&'static str, Vec<Path>)>,
    ) -> Walked {
        let key = (self.draw, ask);
        if let Some(walked) = self.memory.walked.get(&key) {
            return walked.clone();
        }
        let mut walked = walk(self);
        for path in walked.iter_mut().flat_map(|(_, paths)| paths) {
            self.name_unknowns_below(path);
        }
        let walked: Walked =
            walked.into_iter().map(|(name, paths)| (name, Arc::new(paths))).collect();
        self.memory.walked.insert(key, walked.clone());
        walked
    }
}
