//! What fails by chance: rates, common causes, hazards.

use super::{Rng, list};

/// Returns a `failures` section in which each of some components has a rate, some fail
/// together, and something from outside may hit them.
pub fn random_failures(seed: u64, components: &[String]) -> String {
    let mut rng = Rng::new(seed ^ 0x00fa_1157);
    let mut lines = vec!["failures:".to_owned(), "  components:".to_owned()];
    for id in components {
        let (days, hours) = (1 + rng.below(40), 1 + rng.below(60));
        let often = match rng.below(3) {
            0 => format!("probability: {}%", 1 + rng.below(25)),
            _ => format!("mtbf: {days}d"),
        };
        lines.push(format!("    {id}: {{{often}, mttr: {hours}h}}"));
    }
    if components.len() > 1 && rng.chance(50) {
        lines.push("  common:".to_owned());
        for n in 0..=rng.below(2) {
            let mut of = rng.some(components, 3);
            let other = components.iter().find(|id| !of.contains(id)).cloned();
            of.extend(other.filter(|_| of.len() == 1));
            let beta = rng.pick(&["5%", "10%", "40%"]);
            lines.push(format!("    cause-{n}: {{of: {}, beta: {beta}}}", list(&of)));
        }
    }
    if rng.chance(50) {
        lines.push("  hazards:".to_owned());
        for n in 0..=rng.below(2) {
            let parts = rng.some(components, 3);
            let hit = |id: &String| format!("{id}: {}", rng.pick(&["100%", "60%", "2.5%"]));
            let hits: Vec<String> = parts.iter().map(hit).collect();
            let (often, lasts) = (rng.pick(&["0.5", "4", "12"]), rng.pick(&["8h", "3d", "20d"]));
            let how = format!("per_year: {often}, lasts: {lasts}");
            lines.push(format!("    storm-{n}: {{{how}, hits: {{{}}}}}", hits.join(", ")));
        }
    }
    lines.join("\n") + "\n"
}
