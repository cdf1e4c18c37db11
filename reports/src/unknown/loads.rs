//! What a capacity that nobody knows is asked to carry.
//!
//! Between none at all and no limit lies where it matters: what is just enough, and
//! what is not.

use outlast_engine::ResourceKey;
use outlast_engine::run::{Both, Run};
use outlast_models::units::Bps;

/// What a capacity would have to be to carry all of some runs, and half of that, as a
/// plan writes it; nothing where the fact is no capacity or carries nothing.
pub fn loads<'r>(runs: impl IntoIterator<Item = &'r Run>, fact: &str, path: &str) -> Vec<String> {
    let Some((of, key)) = capacity(fact, path) else { return Vec::new() };
    let mut most: Option<(u64, &ResourceKey)> = None;
    for run in runs {
        let mut see = |both: &Both, problem: &'r outlast_engine::Problem| {
            for one in both.left_alone.uses.iter().chain(&both.directed.uses) {
                let resource = problem.resources.get(one.resource.index());
                let ours = resource.map(|known| &known.key).filter(|known| is_of(known, of, key));
                if let Some(known) = ours.filter(|_| most.is_none_or(|(used, _)| used < one.used)) {
                    most = Some((one.used, known));
                }
            }
        };
        see(&run.normal, &run.problem);
        for moment in &run.moments {
            for both in [&moment.untouched, &moment.settled, &moment.moved] {
                see(both, &moment.problem);
            }
        }
    }
    let Some((used, resource)) = most.filter(|(used, _)| *used > 0) else { return Vec::new() };
    // Bits, or thousandths of whatever it is; rounded up to what is enough.
    let enough = used.div_ceil(1_000);
    let amounts = [enough, enough / 2].into_iter().filter(|amount| *amount > 0);
    amounts.map(|amount| written(amount, key, resource)).collect()
}

/// An amount of kbit/s or pieces as a plan writes it.
fn written(amount: u64, key: &str, resource: &ResourceKey) -> String {
    match (key, resource) {
        ("capacity", ResourceKey::Channels(_)) => format!("{amount} channels"),
        (_, ResourceKey::Line(..) | ResourceKey::Throughput(..)) => Bps(amount * 1_000).to_string(),
        _ => amount.to_string(),
    }
}

/// Whose capacity a fact is, and the keys below it.
fn capacity<'a>(fact: &'a str, path: &'a str) -> Option<(&'a str, &'a str)> {
    let (kind, of) = fact.split_once(':')?;
    let inside = format!(".{of}.");
    let at = path.find(&inside)?;
    ["capacity", "seats"].contains(&kind).then(|| (of, &path[at + inside.len()..]))
}

fn is_of(resource: &ResourceKey, of: &str, key: &str) -> bool {
    let fits = match resource {
        ResourceKey::Seats(_) => key == "seats",
        ResourceKey::Sessions(_) => key == "sessions",
        ResourceKey::NatPool(_) => key == "nat_pool",
        ResourceKey::Channels(_) => ["channels", "capacity"].contains(&key),
        ResourceKey::Line(_, outward) => match key.split_once('.') {
            Some((_, direction)) => (direction == "up") == *outward,
            None => key == "capacity",
        },
        ResourceKey::Throughput(..) => key == "throughput",
        _ => false,
    };
    fits && resource.id().as_str() == of
}

#[cfg(test)]
mod tests {
    use outlast_engine::ResourceKey::{Line, NatPool, Sessions};
    use outlast_models::Id;

    use super::{capacity, is_of};

    #[test]
    fn a_capacity_is_found_by_its_path() {
        let found = capacity("capacity:a.b", "circuits.a.b.capacity.down");
        assert_eq!(found, Some(("a.b", "capacity.down")));
        assert_eq!(capacity("udp_idle:fw", "firewalls.fw.udp_idle"), None);
    }

    #[test]
    fn a_direction_is_its_own() {
        let id = Id::new("a");
        assert!(is_of(&Line(id.clone(), true), "a", "capacity.up"));
        assert!(!is_of(&Line(id.clone(), true), "a", "capacity.down"));
        assert!(is_of(&Line(id.clone(), false), "a", "capacity"));
        assert!(!is_of(&NatPool(id.clone()), "a", "sessions"));
        assert!(!is_of(&Sessions(id), "b", "sessions"));
    }
}
