//! A picture: plotters' SVG, drawn four times as large as it is shown, since its
//! coordinates are whole, and given a title and a description.

use std::sync::OnceLock;

use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{PathElement, Polygon, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{
    Color, FontDesc, FontFamily, FontStyle, IntoTextStyle, RGBColor, ShapeStyle, register_font,
};

use super::palette::{Rgb, Role, css, hex};
use crate::text::{harmless, shortened};

/// Units of the canvas in a pixel of the picture.
pub(super) const FINE: i32 = 4;
/// Letters of 12.5 pixels, as plotters counts them.
const LETTERS: f64 = 62.0;
/// What a picture cannot fail by: it is drawn into a string, with a font of our own.
const NEVER: &str = "an SVG is drawn into a string";

/// A place on the canvas.
pub(super) type Point = (i32, i32);

/// Where a text stands from its point.
#[derive(Debug, Clone, Copy)]
pub(super) enum Side {
    /// It begins there.
    Right,
    /// It ends there.
    Left,
    /// It stands across it.
    Across,
}

/// What is drawn, and what is said of it.
#[derive(Debug)]
pub(super) struct About {
    /// Where its ids begin; each picture of a page has its own.
    pub(super) id: String,
    /// A short title.
    pub(super) title: String,
    /// What can be seen in it.
    pub(super) says: String,
}

/// A picture in the making.
pub(super) struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
}

/// Draws a picture of so many units.
pub(super) fn picture(about: &About, size: Point, draw: impl FnOnce(&Canvas<'_>)) -> String {
    with_font();
    let mut text = String::new();
    {
        let (wide, high) = (size.0.unsigned_abs(), size.1.unsigned_abs());
        let canvas =
            Canvas { area: SVGBackend::with_string(&mut text, (wide, high)).into_drawing_area() };
        canvas.block((0, 0), size, Role::Ground);
        draw(&canvas);
        canvas.area.present().expect(NEVER);
    }
    let inner = text.split_once('>').map_or("", |(_, rest)| rest);
    let inner = dashed(inner.trim_start());
    let (title, says, id) = (escaped(&about.title), escaped(&about.says), &about.id);
    format!(
        "<svg class=\"chart\" role=\"img\" aria-labelledby=\"{id}-title {id}-says\" \
         width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\" xmlns=\"http://www.w3.org/2000/svg\">\n\
         <title id=\"{id}-title\">{title}</title>\n<desc id=\"{id}-says\">{says}</desc>\n{inner}",
        size.0 / FINE,
        size.1 / FINE,
        size.0,
        size.1
    )
}

/// A picture outside a page: with the style that it shares with other pictures there.
pub fn standing_alone(picture: &str) -> String {
    let style = format!("<style>\n{}text{{font-family:sans-serif}}\n</style>\n<title", css());
    picture.replacen("<title", &style, 1)
}

/// Registers the font by which plotters lays out text; it is not part of the picture.
fn with_font() {
    static DONE: OnceLock<()> = OnceLock::new();
    DONE.get_or_init(|| {
        let known = register_font("sans-serif", FontStyle::Normal, dejavu::sans::regular());
        assert!(known.is_ok(), "the font of the program can be read");
    });
}

/// Lines that differ by their dashes as well.
fn dashed(inner: &str) -> String {
    let mut out = inner.to_owned();
    for role in Role::ALL {
        if let Some(dashes) = role.dashes() {
            let stroke = format!("stroke=\"{}\"", hex(role.light()));
            out = out.replace(&stroke, &format!("{stroke} stroke-dasharray=\"{dashes}\""));
        }
    }
    out
}

fn escaped(text: &str) -> String {
    harmless(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn rgb((red, green, blue): Rgb) -> RGBColor {
    RGBColor(red, green, blue)
}

fn filled(role: Role) -> ShapeStyle {
    rgb(role.light()).filled()
}

fn letters() -> FontDesc<'static> {
    FontDesc::new(FontFamily::SansSerif, LETTERS, FontStyle::Normal)
}

/// How wide a text is, in units of the canvas; the reader's font may be narrower.
pub(super) fn wide(text: &str) -> i32 {
    with_font();
    letters().box_size(text).map_or(0, |(wide, _)| i32::try_from(wide).unwrap_or(i32::MAX))
}

impl Canvas<'_> {
    fn draw<E>(&self, element: &E)
    where
        for<'b> &'b E: plotters::element::PointCollection<'b, Point>,
        E: for<'b> plotters::element::Drawable<SVGBackend<'b>>,
    {
        self.area.draw(element).expect(NEVER);
    }

    /// A block of one colour.
    pub(super) fn block(&self, from: Point, to: Point, role: Role) {
        self.draw(&Rectangle::new([from, to], filled(role)));
    }

    /// An area of one colour.
    pub(super) fn area(&self, points: Vec<Point>, role: Role) {
        self.draw(&Polygon::new(points, filled(role)));
    }

    /// A line so many units thick.
    pub(super) fn line(&self, points: Vec<Point>, role: Role, thick: u32) {
        let style = ShapeStyle { stroke_width: thick, ..filled(role) };
        self.draw(&PathElement::new(points, style));
    }

    /// A text of the plan or of ours, no longer than so many columns.
    pub(super) fn text(&self, text: &str, at: Point, side: Side, role: Role) {
        let across = match side {
            Side::Right => HPos::Left,
            Side::Left => HPos::Right,
            Side::Across => HPos::Center,
        };
        let colour = rgb(role.light());
        let style = letters().into_text_style(&self.area).color(&colour);
        let style = style.pos(Pos::new(across, VPos::Center));
        self.draw(&Text::new(text.to_owned(), at, style));
    }
}

/// A name for a picture: harmless, and cut where it would be too long.
pub(super) fn label(name: &str, columns: usize) -> String {
    shortened(&harmless(name), columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about() -> About {
        About { id: "a".into(), title: "x < y\u{202e}".into(), says: "a & b".into() }
    }

    #[test]
    fn a_picture_is_well_formed_whatever_the_names() {
        let svg = picture(&about(), (400, 400), |canvas| {
            let name = label("<b>\"'&\u{1b}[31m\u{202e}", 40);
            canvas.text(&name, (10, 10), Side::Right, Role::Ink);
        });
        assert!(svg.contains("<title id=\"a-title\">x &lt; y\\u{202e}</title>"), "{svg}");
        assert!(svg.contains("&lt;b&gt;&quot;&apos;&amp;\u{241b}[31m\\u{202e}"), "{svg}");
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"), "{svg}");
    }

    #[test]
    fn text_is_measured() {
        assert!(wide("wide words") > wide("slim"));
    }
}
