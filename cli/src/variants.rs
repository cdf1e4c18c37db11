//! A plan compiled, as written and with the settings that scenarios change.

use std::sync::Arc;

use outlast_engine::run::{self, Changed};
use outlast_engine::{Problem, compile};
use outlast_models::Id;
use outlast_scenarios::Candidate;

use crate::load::Loaded;

/// A plan with its problem as written.
#[derive(Debug)]
pub struct Compiled<'a> {
    /// The plan.
    pub loaded: &'a Loaded,
    /// Its problem.
    pub problem: Arc<Problem>,
}

impl<'a> Compiled<'a> {
    /// Compiles a plan.
    pub fn of(loaded: &'a Loaded) -> Self {
        let problem = Arc::new(compile(&loaded.plan, &loaded.pac));
        Self { loaded, problem }
    }

    /// Chooses the candidate on which most agents depend.
    pub fn chooser(&self) -> impl FnMut(&[Candidate]) -> Id {
        |candidates| run::most_depended_on(&self.problem, candidates)
    }

    /// Gives the problem for a list of changed settings; each list is compiled
    /// once.
    pub fn variants(&self) -> impl FnMut(&Changed) -> Result<Arc<Problem>, String> {
        let mut known: Vec<(Changed, Arc<Problem>)> = vec![(Vec::new(), self.problem.clone())];
        move |changed| {
            if let Some((_, problem)) = known.iter().find(|(list, _)| list == changed) {
                return Ok(problem.clone());
            }
            let (plan, pac) = self.loaded.changed(changed)?;
            let problem = Arc::new(compile(&plan, &pac));
            known.push((changed.clone(), problem.clone()));
            Ok(problem)
        }
    }
}
