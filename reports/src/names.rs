//! Names in documents: files without their folders, places as `plan.yaml:88`.

use outlast_engine::ResourceKey;
use outlast_models::diagnostic::Sources;
use outlast_models::{FileId, Place};

/// The file of what a scenario has set: it stands in no file of the plan.
pub const SET_BY_SCENARIO: FileId = FileId(u16::MAX);

/// How the names of shipped plans end, and what `init` calls their files.
const SHIPPED: &str = " (shipped)";
const PLAN_FILE: &str = "plan.yaml";

/// The files that places point into.
#[derive(Debug, Clone, Copy)]
pub struct Files<'a> {
    sources: &'a Sources,
}

impl<'a> Files<'a> {
    /// The files of one reading.
    pub fn new(sources: &'a Sources) -> Self {
        Self { sources }
    }

    /// A place in words: `plan.yaml:88`; nothing for what is built in.
    pub fn at(&self, place: Place) -> Option<String> {
        if !place.is_written() {
            return None;
        }
        if place.file == SET_BY_SCENARIO {
            return Some("set by the scenario".to_owned());
        }
        let name = self.name(place.file);
        (!name.is_empty()).then(|| format!("{name}:{}", place.line))
    }

    /// The name of a file without its folder.
    pub fn name(&self, file: FileId) -> String {
        let name = short(self.sources.name(file));
        if name.ends_with(SHIPPED) { PLAN_FILE.to_owned() } else { name }
    }
}

/// The last part of a path: no result names a folder of the machine it was
/// made on.
pub fn short(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned()
}

/// What a resource is counted in: one part of `of` is what loads are given in.
pub(crate) fn unit(key: &ResourceKey) -> &'static str {
    match key {
        ResourceKey::Line(..) | ResourceKey::Throughput(..) => "bit/s",
        ResourceKey::Heads(_) | ResourceKey::Reached(_) => "agents",
        _ => "thousandths",
    }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn folders_are_left_out() {
        for name in ["plan.yaml", "/home/me/plan.yaml", "C:\\me\\plan.yaml", "./a/plan.yaml"] {
            assert_eq!(short(name), "plan.yaml");
        }
        assert_eq!(short("bank (shipped)"), "bank (shipped)");
    }
}
