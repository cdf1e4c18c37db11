//! The one palette: told apart by the colour-blind, ordered by luminance so that it
//! reads in grey, each colour once for a light and once for a dark ground.

/// What a colour stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Behind everything.
    Ground,
    /// Text.
    Ink,
    /// Text beside the point.
    Faint,
    /// Lines of the grid.
    Grid,
    /// Agents who work; the line of those left alone.
    Working,
    /// Agents impaired.
    Impaired,
    /// Agents on the way.
    InTransit,
    /// Agents stranded.
    Stranded,
    /// The line of those directed.
    Directed,
    /// What is needed.
    Needed,
    /// What is normal.
    Normal,
    /// Between certain and possible.
    Band,
    /// Text on a bar.
    OnBar,
    /// A limit.
    Limit,
}

/// Red, green, blue.
pub type Rgb = (u8, u8, u8);

impl Role {
    /// Every role.
    pub const ALL: [Self; 14] = [
        Self::Ground,
        Self::Ink,
        Self::Faint,
        Self::Grid,
        Self::Working,
        Self::Impaired,
        Self::InTransit,
        Self::Stranded,
        Self::Directed,
        Self::Needed,
        Self::Normal,
        Self::Band,
        Self::OnBar,
        Self::Limit,
    ];

    /// Its colour on a light ground. No two roles share one: by it a page finds what to
    /// colour otherwise on a dark ground.
    pub const fn light(self) -> Rgb {
        match self {
            Self::Ground => (0xff, 0xff, 0xff),
            Self::Ink => (0x1b, 0x1f, 0x24),
            Self::Faint => (0x59, 0x61, 0x6b),
            Self::Grid => (0xd9, 0xdd, 0xe2),
            Self::Working => (0x0a, 0x4a, 0x73),
            Self::Impaired => (0x8a, 0x52, 0x00),
            Self::InTransit => (0x66, 0x6e, 0x78),
            Self::Stranded => (0xc4, 0x4f, 0x00),
            Self::Directed => (0x00, 0x79, 0x5c),
            Self::Needed => (0xb0, 0x30, 0x7a),
            Self::Normal => (0x5c, 0x64, 0x6e),
            Self::Band => (0xcf, 0xe3, 0xf2),
            Self::OnBar => (0xff, 0xff, 0xfe),
            Self::Limit => (0x1c, 0x20, 0x26),
        }
    }

    /// Its colour on a dark ground.
    pub const fn dark(self) -> Rgb {
        match self {
            Self::Ground => (0x16, 0x19, 0x1d),
            Self::Ink => (0xe8, 0xea, 0xed),
            Self::Faint => (0xa7, 0xaf, 0xb9),
            Self::Grid => (0x34, 0x3a, 0x41),
            Self::Working => (0x8c, 0xcb, 0xf5),
            Self::Impaired => (0xe8, 0xb0, 0x4f),
            Self::InTransit => (0xaa, 0xb3, 0xbe),
            Self::Stranded => (0xf0, 0x8a, 0x55),
            Self::Directed => (0x3c, 0xcf, 0xa4),
            Self::Needed => (0xf2, 0x9a, 0xc6),
            Self::Normal => (0xb4, 0xbc, 0xc6),
            Self::Band => (0x20, 0x40, 0x5a),
            Self::OnBar => (0x10, 0x14, 0x1a),
            Self::Limit => (0xe6, 0xe8, 0xec),
        }
    }

    /// How lines of it are dashed, in quarters of a pixel, so that they differ in grey.
    pub(crate) const fn dashes(self) -> Option<&'static str> {
        match self {
            Self::Directed => Some("36 16"),
            Self::Needed => Some("8 14"),
            Self::Normal => Some("20 20"),
            _ => None,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Ground => "ground",
            Self::Ink => "ink",
            Self::Faint => "faint",
            Self::Grid => "grid",
            Self::Working => "working",
            Self::Impaired => "impaired",
            Self::InTransit => "in-transit",
            Self::Stranded => "stranded",
            Self::Directed => "directed",
            Self::Needed => "needed",
            Self::Normal => "normal",
            Self::Band => "band",
            Self::OnBar => "on-bar",
            Self::Limit => "limit",
        }
    }
}

/// `#0A4A73`.
pub(crate) fn hex((r, g, b): Rgb) -> String {
    format!("#{r:02X}{g:02X}{b:02X}")
}

/// The colours as variables of a page, light and dark (printed: light), and the rules
/// by which its charts follow.
pub fn css() -> String {
    let variables = |colour: fn(Role) -> Rgb| {
        let each = Role::ALL.map(|role| format!("--{}:{};", role.name(), hex(colour(role))));
        each.concat()
    };
    let follow = Role::ALL.map(|role| {
        let (light, name) = (hex(role.light()), role.name());
        format!(
            ".chart [fill=\"{light}\"]{{fill:var(--{name})}}\
             .chart [stroke=\"{light}\"]{{stroke:var(--{name})}}\n"
        )
    });
    let follow = follow.concat();
    format!(
        ":root{{color-scheme:light dark;{}}}\n\
         @media screen and (prefers-color-scheme:dark){{:root{{{}}}}}\n{follow}",
        variables(Role::light),
        variables(Role::dark)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance and contrast as WCAG 2 defines them, in double precision: a
    /// test may be inexact.
    #[allow(clippy::disallowed_methods, reason = "no result hangs on it")]
    fn luminance((r, g, b): Rgb) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    fn contrast(one: Rgb, other: Rgb) -> f64 {
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        one.max(other) / one.min(other)
    }

    const SCHEMES: [fn(Role) -> Rgb; 2] = [Role::light, Role::dark];
    const STATES: [Role; 4] = [Role::Working, Role::Impaired, Role::InTransit, Role::Stranded];

    #[test]
    fn text_stands_out() {
        for colour in SCHEMES {
            let text = [Role::Ink, Role::Faint, Role::Working, Role::Directed, Role::Needed];
            for role in text.into_iter().chain([Role::Normal, Role::Stranded, Role::Impaired]) {
                let contrast = contrast(colour(role), colour(Role::Ground));
                assert!(contrast >= 4.5, "{role:?}: {contrast}");
            }
            for bar in STATES.into_iter().chain([Role::Normal]) {
                let contrast = contrast(colour(Role::OnBar), colour(bar));
                assert!(contrast >= 4.5, "on {bar:?}: {contrast}");
            }
        }
    }

    #[test]
    fn marks_stand_out() {
        for colour in SCHEMES {
            for role in STATES.into_iter().chain([Role::Limit, Role::Normal, Role::Directed]) {
                let contrast = contrast(colour(role), colour(Role::Ground));
                assert!(contrast >= 3.0, "{role:?}: {contrast}");
            }
        }
    }

    #[test]
    fn states_are_in_order_in_grey() {
        for colour in SCHEMES {
            let ground = colour(Role::Ground);
            let contrasts = STATES.map(|role| contrast(colour(role), ground));
            assert!(contrasts.is_sorted_by(|a, b| a > b), "{contrasts:?}");
        }
    }

    #[test]
    fn no_two_roles_share_a_colour() {
        for colour in SCHEMES {
            let mut all = Role::ALL.map(colour).to_vec();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), Role::ALL.len());
        }
    }
}
