//! The rows of a roster: each checked, told with line and column if wrong, and
//! put to those that say the same.

use std::collections::{BTreeMap, HashMap};

use crate::catalogue::PhoneKind;
use crate::diagnostic::{Diagnostic, is_unseen, quoted};
use crate::id::Id;
use crate::place::{FileId, Place};
use crate::plan::{Group, Named, Plan, SiteKind};
use crate::read::csv::{Cell, Line, lines};
use crate::read::{few, hint, id};

use super::super::names::Names;
use super::super::people::priority;
use super::super::sort::Sort;
use super::remarks::Odd;

/// How many mistakes are told; the rest are counted.
const TOLD_MAX: usize = 45;

/// The longest id of an agent, in characters.
const ID_MAX: usize = 100;

/// The columns, whatever their order in the file.
const COLUMNS: [&str; 8] = [
    "agent_id",
    "group",
    "site",
    "home_region",
    "phones",
    "provisioned",
    "phone_number",
    "priority",
];
const AGENT_ID: usize = 0;
const GROUP: usize = 1;
const SITE: usize = 2;
const HOME_REGION: usize = 3;
const PHONES: usize = 4;
const PROVISIONED: usize = 5;
const PHONE_NUMBER: usize = 6;
const PRIORITY: usize = 7;

/// What makes agents alike; its order is that of the crews.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Same {
    /// Index of the group in the plan.
    pub(super) group: usize,
    pub(super) work_at: Vec<Id>,
    pub(super) phones: Vec<Id>,
    pub(super) provisioned: Vec<Id>,
    pub(super) provisioned_by: By,
    pub(super) priority: u32,
}

/// Who says which phones are provisioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum By {
    /// The group.
    Group,
    /// The row.
    Row,
    /// Nobody, of phones of the row's own.
    Default,
}

/// Mistakes: the first of them, and how many more.
#[derive(Default)]
struct Faults {
    told: Vec<Diagnostic>,
    /// Where the first is that is only counted, and how many these are.
    more: Option<(Place, u64)>,
}

impl Faults {
    fn add(&mut self, place: Place, fault: impl FnOnce() -> Diagnostic) {
        if self.told.len() < TOLD_MAX {
            self.told.push(fault());
        } else {
            self.more.get_or_insert((place, 0)).1 += 1;
        }
    }

    fn finish(mut self) -> Vec<Diagnostic> {
        if let Some((place, more)) = self.more {
            let (one, it) = if more == 1 { ("mistake", "it is") } else { ("mistakes", "they are") };
            let message = format!("and {more} more {one} in the roster");
            let help = format!("{it} told once those before are mended");
            self.told.push(Diagnostic::error("more-mistakes", message, place).help(help));
        }
        self.told
    }
}

/// Those who are alike, each by his id.
pub(super) type Crews = BTreeMap<Same, Vec<Box<str>>>;

/// The rows read so far.
pub(super) struct Rows<'p> {
    plan: &'p Plan,
    names: &'p Names,
    faults: Faults,
    /// Where each id and number of an agent was first.
    ids: HashMap<Box<str>, Place>,
    numbers: HashMap<String, Place>,
    crews: Crews,
    odd: Odd,
    /// Whether a row is left out because of a mistake elsewhere in the plan.
    left_out: bool,
}

/// The cells of a row that are not empty, by column.
type Row<'c, 't> = [Option<&'c Cell<'t>>; COLUMNS.len()];

impl<'p> Rows<'p> {
    /// Reads the text of a roster that the plan names at `named`.
    pub(super) fn read(
        plan: &'p Plan,
        names: &'p Names,
        (file, text): (FileId, &str),
        named: Place,
    ) -> Self {
        let mut rows = Self {
            plan,
            names,
            faults: Faults::default(),
            left_out: false,
            ids: HashMap::new(),
            numbers: HashMap::new(),
            crews: BTreeMap::new(),
            odd: Odd::default(),
        };
        let mut lines = lines(file, text);
        let Some(header) = lines.next() else {
            rows.nobody(named);
            return rows;
        };
        let Some(columns) = rows.header(header) else { return rows };
        let mut is_empty = true;
        for line in lines {
            is_empty = false;
            rows.line(&columns, line);
        }
        if is_empty {
            rows.nobody(named);
        }
        rows
    }

    /// What is allowed, but may not be meant.
    pub(super) fn remarks(&self) -> Vec<Diagnostic> {
        self.odd.remarks(self.plan)
    }

    /// Who is alike, unless that hangs on a mistake elsewhere; or what is wrong.
    pub(super) fn finish(self) -> (Option<Crews>, Vec<Diagnostic>) {
        (Some(self.crews).filter(|_| !self.left_out), self.faults.finish())
    }

    fn nobody(&mut self, named: Place) {
        self.faults.add(named, || {
            Diagnostic::error("bad-value", "the roster has no rows", named)
                .help("it has a line with the names of its columns, then one for each agent")
        });
    }

    /// Which column each cell is of; none where the rows could not be told apart.
    fn header(&mut self, line: Line<'_>) -> Option<Vec<usize>> {
        let mut cells = match line.cells {
            Ok(cells) => cells,
            Err(fault) => {
                self.faults.add(line.place, || *fault);
                return None;
            }
        };
        while cells.pop_if(|cell| cell.text.is_empty()).is_some() {}
        let mut columns = Vec::with_capacity(cells.len());
        let mut first: BTreeMap<usize, Place> = BTreeMap::new();
        for cell in &cells {
            let column = COLUMNS.iter().position(|known| *known == cell.text);
            match column.map(|column| (column, first.insert(column, cell.place))) {
                Some((_, None)) => {}
                Some((column, Some(before))) => self.faults.add(cell.place, || {
                    let message = format!("the roster has the column `{}` twice", COLUMNS[column]);
                    Diagnostic::error("repeated-column", message, cell.place)
                        .label("second time")
                        .related(before, "first time")
                }),
                None => self.faults.add(cell.place, || unknown_column(cell)),
            }
            columns.push(column.unwrap_or(COLUMNS.len()));
        }
        let needed = [AGENT_ID, GROUP];
        let missing: Vec<usize> = needed.into_iter().filter(|n| !columns.contains(n)).collect();
        for column in &missing {
            self.faults.add(line.place, || {
                let message = format!("the roster has no column `{}`", COLUMNS[*column]);
                Diagnostic::error("missing-column", message, line.place)
                    .help(format!("the first line names the columns: {}", COLUMNS.join(", ")))
            });
        }
        missing.is_empty().then_some(columns)
    }

    fn line(&mut self, columns: &[usize], line: Line<'_>) {
        let cells = match line.cells {
            Ok(cells) => cells,
            Err(fault) => {
                self.faults.add(line.place, || *fault);
                return;
            }
        };
        let mut row: Row<'_, '_> = [None; COLUMNS.len()];
        for (n, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty()) {
            match columns.get(n) {
                Some(&column) if column < COLUMNS.len() => row[column] = Some(cell),
                Some(_) => {}
                None => {
                    self.faults.add(cell.place, || {
                        let message =
                            format!("this row has more cells than the {} columns", columns.len());
                        let help = "a cell in which the separator stands is put in quotes";
                        Diagnostic::error("bad-row", message, cell.place).help(help)
                    });
                    break;
                }
            }
        }
        let agent = self.agent_id(&row, line.place);
        self.phone_number(&row);
        let Some(same) = self.same(&row, line.place) else { return };
        if let Some(agent) = agent {
            self.crews.entry(same).or_default().push(agent);
        }
    }

    fn missing(&mut self, column: usize, place: Place) {
        self.faults.add(place, || {
            let message = format!("this row has no `{}`", COLUMNS[column]);
            Diagnostic::error("missing-cell", message, place)
        });
    }

    fn agent_id(&mut self, row: &Row<'_, '_>, line: Place) -> Option<Box<str>> {
        let Some(cell) = row[AGENT_ID] else {
            self.missing(AGENT_ID, line);
            return None;
        };
        if let Some(message) = bad_agent_id(&cell.text) {
            let help = "an id begins with a letter or digit; then come letters, digits and any \
                        of `- _ . @ + / \\`";
            self.faults
                .add(cell.place, || Diagnostic::error("bad-value", message, cell.place).help(help));
            return None;
        }
        let id: Box<str> = Box::from(&*cell.text);
        if let Some(first) = self.ids.get(&id).copied() {
            self.faults.add(cell.place, || {
                let message = format!("agent {} is in the roster twice", quoted(&id));
                twice("repeated-id", message, cell.place, first)
            });
            return None;
        }
        self.odd.id(&id, cell.place);
        self.ids.insert(id.clone(), cell.place);
        Some(id)
    }

    /// PHN-06: each phone has a number of its own.
    fn phone_number(&mut self, row: &Row<'_, '_>) {
        let Some(cell) = row[PHONE_NUMBER] else { return };
        let Some(number) = number(&cell.text) else {
            self.faults.add(cell.place, || {
                let message = format!("{} is no phone number", quoted(&cell.text));
                Diagnostic::error("bad-value", message, cell.place)
                    .help("write digits, as `+44 113 496 0018` or `4711`")
            });
            return;
        };
        if let Some(first) = self.numbers.get(&number).copied() {
            self.faults.add(cell.place, || {
                let message = format!("two agents have the number {}", quoted(&cell.text));
                twice("repeated-number", message, cell.place, first)
                    .help("each phone is set up with a number of its own (PHN-06)")
            });
            return;
        }
        self.numbers.insert(number, cell.place);
    }

    /// What makes the agent like others.
    fn same(&mut self, row: &Row<'_, '_>, line: Place) -> Option<Same> {
        let Some(cell) = row[GROUP] else {
            self.missing(GROUP, line);
            return None;
        };
        let Some((index, _, group)) = self.plan.groups.get_full(&*cell.text) else {
            self.dangling(cell, &cell.text, GROUP, Sort::Group);
            return None;
        };
        let work_at = self.work_at(row, index, group);
        let phones = self.phones(row, group);
        let (provisioned, provisioned_by) = self.provisioned(row, group, phones.as_deref());
        let own = row[PRIORITY].map(|cell| (cell, priority(&cell.text)));
        let priority = match own {
            None => Some(group.priority.value),
            Some((_, Ok(priority))) => Some(priority),
            Some((cell, Err(fault))) => {
                self.faults.add(cell.place, || {
                    Diagnostic::error("bad-value", fault.message, cell.place).maybe_help(fault.help)
                });
                None
            }
        };
        let phones = phones.unwrap_or_else(|| ids(&group.phones));
        Some(Same {
            group: index,
            work_at: work_at?,
            phones,
            provisioned,
            provisioned_by,
            priority: priority?,
        })
    }

    /// `site` comes first, the group's places follow; of homes only those that
    /// `site` or `home_region` names, if one does.
    fn work_at(&mut self, row: &Row<'_, '_>, index: usize, group: &Group) -> Option<Vec<Id>> {
        let plan = self.plan;
        let mut places = ids(&group.work_at);
        let is_home = |id: &Id| plan.sites.get(id).is_some_and(|s| s.kind == SiteKind::Homes);
        if let Some(cell) = row[SITE] {
            let Some((site, _)) = plan.sites.get_key_value(&*cell.text) else {
                self.dangling(cell, &cell.text, SITE, Sort::Site);
                return None;
            };
            if !places.contains(site) {
                self.odd.site(index, site, cell.place);
            }
            places.retain(|place| place != site && !(is_home(site) && is_home(place)));
            places.insert(0, site.clone());
        }
        let Some(cell) = row[HOME_REGION] else { return Some(places) };
        if places.iter().any(|place| !plan.sites.contains_key(place)) {
            self.left_out = true; // a place with a mistake in it may be the one
            return None;
        }
        let region = |id: &Id| plan.sites[id].region.value.clone();
        // A region that nobody knows may be the one.
        let fits = |id: &Id| plan.sites[id].region.is_unknown() || region(id) == *cell.text;
        let homes: Vec<Id> = places.iter().filter(|place| is_home(place)).cloned().collect();
        if !homes.iter().any(&fits) {
            self.faults.add(cell.place, || {
                let message =
                    format!("no homes of this agent are in the region {}", quoted(&cell.text));
                let mut regions: Vec<Id> = homes.iter().map(region).collect();
                regions.dedup();
                let known: Vec<&str> = regions.iter().map(Id::as_str).collect();
                let help = match hint(&cell.text, known.iter().copied()) {
                    Some(near) => near,
                    None if known.is_empty() => "`work_at` of the group names no homes".to_owned(),
                    None => format!("they are in: {}", few(&known)),
                };
                Diagnostic::error("dangling-name", message, cell.place).help(help)
            });
            return None;
        }
        places.retain(|place| !is_home(place) || fits(place));
        Some(places)
    }

    /// The phones of the row's own.
    fn phones(&mut self, row: &Row<'_, '_>, group: &Group) -> Option<Vec<Id>> {
        let cell = row[PHONES]?;
        let mut phones = self.list(cell, PHONES);
        phones.retain(|phone| {
            let Some(entry) = self.plan.phones.get(phone) else {
                self.dangling(cell, phone.as_str(), PHONES, Sort::Phone);
                return false;
            };
            let by_itself = entry.kind == PhoneKind::Pbx
                && entry.pbx.is_none()
                && !group.phones.iter().any(|known| known.id == *phone);
            if by_itself {
                self.faults.add(cell.place, || {
                    let message = format!("phone `{phone}` does not say behind which PBX it is");
                    let help = "give a phone of kind `pbx` one of the PBXs, under `phones`";
                    Diagnostic::error("missing-key", message, cell.place).help(help)
                });
            }
            true
        });
        Some(phones)
    }

    fn provisioned(
        &mut self,
        row: &Row<'_, '_>,
        group: &Group,
        own: Option<&[Id]>,
    ) -> (Vec<Id>, By) {
        let Some(cell) = row[PROVISIONED] else {
            return match own {
                Some(phones) if *phones != ids(&group.phones) => {
                    (phones.iter().take(1).cloned().collect(), By::Default)
                }
                _ => (ids(&group.provisioned.value), By::Group),
            };
        };
        let phones = own.map_or_else(|| ids(&group.phones), <[Id]>::to_vec);
        let list = self.list(cell, PROVISIONED);
        for one in list.iter().filter(|one| !phones.contains(one)) {
            if !self.plan.phones.contains_key(one) {
                self.dangling(cell, one.as_str(), PROVISIONED, Sort::Phone);
                continue;
            }
            self.faults.add(cell.place, || {
                let message = format!("`{one}` is not one of the phones of this agent");
                let known: Vec<&str> = phones.iter().map(Id::as_str).collect();
                let near = hint(one.as_str(), known.iter().copied());
                let help = near.unwrap_or_else(|| format!("they are: {}", few(&known)));
                Diagnostic::error("dangling-name", message, cell.place).help(help)
            });
        }
        // In the order of the phones: which is set up has no order of its own.
        let list: Vec<Id> = phones.into_iter().filter(|phone| list.contains(phone)).collect();
        let same = own.is_none_or(|own| *own == ids(&group.phones))
            && group.provisioned.value.len() == list.len()
            && group.provisioned.value.iter().all(|named| list.contains(&named.id));
        if same { (ids(&group.provisioned.value), By::Group) } else { (list, By::Row) }
    }

    /// The ids in a cell, each once.
    fn list(&mut self, cell: &Cell<'_>, column: usize) -> Vec<Id> {
        let words = cell.text.split(|c: char| c == ';' || c.is_whitespace());
        let mut all: Vec<Id> = Vec::new();
        for word in words.filter(|word| !word.is_empty()) {
            match id(word) {
                Ok(id) if all.contains(&id) => self.faults.add(cell.place, || {
                    let message = format!("`{id}` stands twice in `{}`", COLUMNS[column]);
                    Diagnostic::error("repeated-name", message, cell.place)
                }),
                Ok(id) => all.push(id),
                Err(fault) => self.faults.add(cell.place, || {
                    let help = "several stand with blanks or `;` between them";
                    Diagnostic::error("bad-value", fault.message, cell.place).help(help)
                }),
            }
        }
        all
    }

    fn dangling(&mut self, cell: &Cell<'_>, word: &str, column: usize, sort: Sort) {
        // What has a mistake in it is not missing.
        if self.names.of_sorts(&[sort]).any(|known| known == word) {
            self.left_out = true;
            return;
        }
        let names = self.names;
        self.faults.add(cell.place, || {
            let known: Vec<&str> = names.of_sorts(&[sort]).collect();
            let noun = Sort::list(&[sort]);
            let message =
                format!("{} in `{}` is not {noun} of this plan", quoted(word), COLUMNS[column]);
            let near = hint(word, known.iter().copied());
            let help = near.unwrap_or_else(|| format!("the plan has: {}", few(&known)));
            Diagnostic::error("dangling-name", message, cell.place).help(help)
        });
    }
}

fn unknown_column(cell: &Cell<'_>) -> Diagnostic {
    let message = match &*cell.text {
        "" => "a column of the roster has no name".to_owned(),
        text => format!("the roster has no column {}", quoted(text)),
    };
    let near = hint(&cell.text, COLUMNS.iter().copied());
    let help = near.unwrap_or_else(|| format!("columns: {}", COLUMNS.join(", ")));
    Diagnostic::error("unknown-column", message, cell.place).help(help)
}

fn twice(code: &'static str, message: String, place: Place, first: Place) -> Diagnostic {
    Diagnostic::error(code, message, place).label("second time").related(first, "first time")
}

/// What is wrong with the id of an agent. None begins with what a spreadsheet takes
/// for a formula, and none has a character that does not show.
fn bad_agent_id(text: &str) -> Option<String> {
    let shown = quoted(text);
    let allowed =
        |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '@' | '+' | '/' | '\\');
    if text.chars().count() > ID_MAX {
        return Some(format!("agent id {shown} is longer than {ID_MAX} characters"));
    }
    if let Some(bad) = text.chars().find(|&c| !allowed(c)) {
        let bad = match bad {
            ' ' => "a blank".to_owned(),
            bad if is_unseen(bad) => {
                format!("a character that does not show (U+{:04X})", u32::from(bad))
            }
            bad => format!("the character {}", quoted(&bad.to_string())),
        };
        return Some(format!("agent id {shown} has {bad}"));
    }
    let begins = text.starts_with(char::is_alphanumeric);
    (!begins).then(|| format!("agent id {shown} does not begin with a letter or digit"))
}

/// A phone number without what makes it readable.
fn number(text: &str) -> Option<String> {
    const LONGEST: usize = 20;
    let kept: String =
        text.chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '/' | '(' | ')')).collect();
    let digits = kept.strip_prefix('+').unwrap_or(&kept);
    let is_number =
        !digits.is_empty() && digits.len() <= LONGEST && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then_some(kept)
}

fn ids(list: &[Named]) -> Vec<Id> {
    list.iter().map(|named| named.id.clone()).collect()
}
