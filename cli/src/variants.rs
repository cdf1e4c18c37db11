//! A plan compiled, as written and with the settings that scenarios change.

use std::sync::Arc;

use outlast_engine::run::{self, Changed};
use outlast_engine::{Observer, Problem, compile};
use outlast_models::Id;
use outlast_reports::{Context, Files, Input};
use outlast_scenarios::Candidate;

use crate::load::Loaded;

/// A plan with its problem as written.
#[derive(Debug)]
pub struct Compiled<'a> {
    /// The plan.
    pub loaded: &'a Loaded,
    /// Its problem.
    pub problem: Arc<Problem>,
    /// Who is told how far compiling has come.
    observer: &'a dyn Observer,
}

impl<'a> Compiled<'a> {
    /// Compiles a plan.
    pub fn of(loaded: &'a Loaded, observer: &'a dyn Observer) -> Self {
        let problem = compile::observed(&loaded.plan, &loaded.pac, observer);
        Self { loaded, problem: Arc::new(problem), observer }
    }

    /// What documents are made with.
    pub fn context<'b>(&self, inputs: &'b [Input]) -> Context<'b>
    where
        'a: 'b,
    {
        Context {
            plan: &self.loaded.plan,
            files: Files::new(&self.loaded.sources),
            version: env!("CARGO_PKG_VERSION"),
            inputs,
        }
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
            let problem = Arc::new(compile::observed(&plan, &pac, self.observer));
            known.push((changed.clone(), problem.clone()));
            Ok(problem)
        }
    }
}
