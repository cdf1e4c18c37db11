//! What answers about all that can fail do not count.

use outlast_models::swings;

use crate::load::Loaded;
use crate::outside;

/// Sentences on what the plan calls unknown, and on what lies outside.
pub(super) fn of(loaded: &Loaded) -> Vec<String> {
    let tree = loaded.tree().ok();
    let unknown = tree.map_or(0, |tree| swings::doubts(&loaded.plan, &tree).len());
    let times = match unknown {
        1 => "once".to_owned(),
        some => format!("{some} times"),
    };
    let facts = (unknown > 0).then(|| {
        format!("the plan says `unknown` {times}; this is the plan as it is read (`outlast ask`)")
    });
    facts.into_iter().chain(outside::remarks(loaded, |_| true)).collect()
}
