//! The moments of a scenario on one line.

use ratatui::text::Line;

use super::paint::Painter;
use crate::live::state::State;
use crate::run::time;
use crate::{Tone, harmless, shortened};

/// Columns of the line that stands for the horizon.
const TRACK: usize = 32;

/// `0h ●──┼─────┼── 3d  1 of 3: fail dc-york`; `●` is the chosen moment.
pub(super) fn line(state: &State, paint: Painter, columns: usize) -> Line<'static> {
    let Some(run) = &state.run.last else { return Line::raw("") };
    let mut track = vec!['─'; TRACK];
    let place = |at: u64| {
        let last = TRACK as u64 - 1;
        usize::try_from(at.saturating_mul(last) / run.horizon_ms.max(1))
            .map_or(0, |n| n.min(TRACK - 1))
    };
    for moment in &run.moments {
        track[place(moment.at_ms)] = '┼';
    }
    track[place(state.at_ms())] = '●';
    let track: String = track.into_iter().collect();
    let happens = state.moment().map_or_else(String::new, |moment| moment.happens.join("; "));
    let happens = if happens.is_empty() { "nothing fails".to_owned() } else { happens };
    let (n, of) = (state.moment_place() + 1, run.moments.len());
    let text = format!("0h {track} {}  [ {n} of {of} ] {happens}", time(run.horizon_ms));
    paint.line(Tone::Strong, &shortened(&harmless(&text), columns))
}
