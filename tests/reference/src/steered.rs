//! Every route steered: what is fixed by configuration is chosen freely.
//!
//! Where a route comes by a fixed choice it asks [`Steer::pick`], and all that it could
//! answer is tried, leg by leg, by building the legs again and again.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use crate::legs::Leg;
use crate::loads::{Carried, Loads, Resource, combinations, effective, line_fits, loads};
use crate::posture::Posture;
use crate::ways::{Judged, Legs, judge, stands};
use crate::world::World;

/// What is answered where a choice is fixed: nought is as configured.
#[derive(Debug, Default)]
pub(crate) struct Steer {
    /// The leg whose choices are free, counted as they are built.
    free: Cell<Option<usize>>,
    leg: Cell<usize>,
    asked: Cell<usize>,
    /// What is answered to each question of that leg, of how many.
    answers: RefCell<Vec<(usize, usize)>>,
}

impl Steer {
    /// A leg begins, or a part of one.
    pub(crate) fn begins(&self) {
        self.leg.set(self.leg.get() + 1);
    }

    /// Which of so many alternatives is taken.
    pub(crate) fn pick(&self, of: usize) -> usize {
        if of < 2 || self.free.get() != Some(self.leg.get()) {
            return 0;
        }
        let (at, mut answers) = (self.asked.get(), self.answers.borrow_mut());
        self.asked.set(at + 1);
        if at == answers.len() {
            answers.push((0, of));
        }
        answers[at].0
    }

    fn starts(&self) {
        self.leg.set(0);
        self.asked.set(0);
    }

    /// On to the next answers; false once all were given.
    fn next(&self) -> bool {
        let mut answers = self.answers.borrow_mut();
        answers.truncate(self.asked.get());
        while let Some((answer, of)) = answers.pop() {
            if answer + 1 < of {
                answers.push((answer + 1, of));
                return true;
            }
        }
        false
    }
}

impl World<'_> {
    /// Every leg of a posture with all the paths that it may be steered to.
    pub(crate) fn steered_legs(&self, posture: &Posture) -> Vec<Leg> {
        let mut all = self.legs(posture);
        let mut free = 0;
        loop {
            self.steer.free.set(Some(free));
            loop {
                self.steer.starts();
                for (leg, more) in all.iter_mut().zip(self.legs(posture)) {
                    let new = more.paths.into_iter().filter(|path| !leg.paths.contains(path));
                    let new: Vec<_> = new.collect();
                    leg.paths.extend(new);
                }
                if !self.steer.next() {
                    break;
                }
            }
            if free >= self.steer.leg.get() {
                break;
            }
            free += 1;
        }
        self.steer.free.set(None);
        all
    }

    /// The legs of a posture that somebody can take up without any change, if every leg
    /// has a live path.
    pub(crate) fn steered(&self, posture: &Posture) -> Option<Legs> {
        let may = posture.changes.is_empty() && stands(self, posture);
        if !may || !self.machine_rules(posture).is_empty() {
            return None;
        }
        let mut legs = judge(self, self.steered_legs(posture));
        let several = legs.len() as u64;
        for (kind, paths) in &mut legs {
            paths.retain(Judged::is_live);
            let mut known = BTreeSet::new();
            paths.retain(|path| known.insert(self.scarce(posture, (*kind, path), several)));
        }
        let live = legs.iter().all(|(_, paths)| !paths.is_empty());
        live.then_some(legs)
    }

    /// What a path alone loads of what so many legs of everybody could use up. Paths that
    /// load the same are the same to everybody.
    fn scarce(&self, posture: &Posture, path: Carried<'_>, legs: u64) -> (Loads, u64) {
        let heads: u64 = self.plan.groups.values().map(|group| group.agents).sum();
        let mut alone = loads(self, posture, &[path]);
        let binds = |resource: &Resource, load: u64| {
            self.limit(resource).is_some_and(|limit| limit < load * heads * legs)
        };
        alone.retain(|resource, load| binds(resource, *load));
        (alone, effective(self, &[path]))
    }

    /// What one agent may load by every choice of these paths, optional legs apart.
    pub(crate) fn steered_loads(&self, posture: &Posture, legs: &Legs) -> Vec<Loads> {
        let fits = |picked: &Vec<_>| line_fits(self, posture, picked);
        let all = combinations(legs).into_iter().filter(fits);
        all.map(|picked| loads(self, posture, &picked)).collect()
    }
}
