//! Agents of cohorts, summed as results show them.

use std::collections::BTreeSet;

use outlast_engine::Problem;
use outlast_engine::problem::Cohort;
use outlast_models::units::WeekHour;
use outlast_models::{Id, Plan};

use crate::named::Named;
use crate::outcome::{first_phone, names};

/// Who is on shift at an hour.
pub(crate) struct Agents<'a> {
    plan: &'a Plan,
    problem: &'a Problem,
    /// By cohort.
    pub(crate) people: Vec<u64>,
}

impl<'a> Agents<'a> {
    pub(crate) fn of(plan: &'a Plan, problem: &'a Problem, hour: WeekHour) -> Self {
        let people = problem.cohorts.iter().map(|cohort| cohort.on_shift(hour)).collect();
        Self { plan, problem, people }
    }

    pub(crate) fn on_shift(&self, is_of: impl Fn(&Cohort) -> bool) -> u64 {
        let cohorts = self.problem.cohorts.iter().zip(&self.people);
        cohorts.filter(|(cohort, _)| is_of(cohort)).map(|(_, people)| people).sum()
    }

    /// How many fewer work of some cohorts.
    pub(crate) fn lost(&self, lost: &[(u32, i64)], is_of: impl Fn(&Cohort) -> bool) -> i64 {
        let ours = lost.iter().filter(|(n, _)| is_of(&self.problem.cohorts[*n as usize]));
        ours.map(|(_, fewer)| fewer).sum()
    }

    pub(crate) fn by_group(&self, lost: &[(u32, i64)]) -> Named<i64> {
        self.by(self.groups(), self.agents(lost), |cohort| cohort.group.to_string())
    }

    pub(crate) fn by_site(&self, lost: &[(u32, i64)]) -> Named<i64> {
        let sites = names(self.plan.sites.keys());
        self.by(sites, self.agents(lost), |cohort| cohort.home_place.to_string())
    }

    pub(crate) fn by_queue(&self, lost: &[(u32, i64)]) -> Named<i64> {
        let queue = |cohort: &Cohort| {
            cohort.queues.first().map_or_else(|| "none".to_owned(), ToString::to_string)
        };
        self.by(names(self.plan.queues.keys()), self.agents(lost), queue)
    }

    pub(crate) fn by_phone(&self, lost: &[(u32, i64)]) -> Named<i64> {
        self.by(Vec::new(), self.agents(lost), |cohort| first_phone(self.plan, cohort))
    }

    pub(crate) fn users(&self, lost: &[(u32, i64)]) -> Named<i64> {
        let users = lost.iter().filter(|(n, _)| !self.problem.cohorts[*n as usize].counted);
        let users = users.map(|(n, fewer)| (*n as usize, *fewer));
        self.by(self.groups(), users, |cohort| cohort.group.to_string())
    }

    /// How many of each group are in some cohorts.
    pub(crate) fn without_way(&self, out: &[u32]) -> Named<u64> {
        let people = out.iter().map(|n| (*n as usize, self.people[*n as usize]));
        self.by(self.groups(), people, |cohort| cohort.group.to_string())
    }

    /// Groups all of whose cohorts with people are out, and normally are not.
    pub(crate) fn groups_out(&self, out: &[u32], normally: &[u32]) -> Vec<String> {
        let there = |out: &[u32]| -> BTreeSet<&Id> {
            let cohorts = self.problem.cohorts.iter().zip(&self.people).zip(0_u32..);
            let there = cohorts.filter(|((_, people), n)| **people > 0 && !out.contains(n));
            there.map(|((cohort, _), _)| &cohort.group).collect()
        };
        let (now, usual) = (there(out), there(normally));
        let stopped = |id: &&Id| usual.contains(id) && !now.contains(id);
        self.plan.groups.keys().filter(stopped).map(Id::to_string).collect()
    }

    fn groups(&self) -> Vec<String> {
        names(self.plan.groups.keys())
    }

    /// Without users who are no agents.
    fn agents<'l>(&'l self, lost: &'l [(u32, i64)]) -> impl Iterator<Item = (usize, i64)> + 'l {
        let agents = lost.iter().filter(|(n, _)| self.problem.cohorts[*n as usize].counted);
        agents.map(|(n, fewer)| (*n as usize, *fewer))
    }

    /// Sums by a name, in the order of `names`, then as they come; without noughts.
    fn by<T: Copy + Default + PartialEq + std::ops::AddAssign>(
        &self,
        names: Vec<String>,
        of: impl Iterator<Item = (usize, T)>,
        name: impl Fn(&Cohort) -> String,
    ) -> Named<T> {
        let mut sums: Vec<(String, T)> =
            names.into_iter().map(|name| (name, T::default())).collect();
        for (cohort, number) in of {
            let name = name(&self.problem.cohorts[cohort]);
            match sums.iter_mut().find(|(known, _)| *known == name) {
                Some((_, sum)) => *sum += number,
                None => sums.push((name, number)),
            }
        }
        Named(sums.into_iter().filter(|(_, sum)| *sum != T::default()).collect())
    }
}
