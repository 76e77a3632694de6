//! A run as a picture: what came from the origin, what from one another, and who stood still.

use crate::figures::Figures;
use std::fmt::Write as _;

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 60.0;
const TOP: f64 = 50.0;

#[must_use]
pub fn svg(name: &str, about: &str, figures: &Figures) -> String {
    let points = &figures.chart;
    let most = |of: fn(&crate::figures::Point) -> f64| points.iter().map(of).fold(1.0, f64::max);
    let rate = most(|p| p.origin_mbit + p.peers_mbit);
    let viewers = most(|p| f64::from(p.viewers));
    let x = |i: usize| LEFT + WIDTH * i as f64 / points.len().max(2) as f64;
    let line = |of: &dyn Fn(&crate::figures::Point) -> f64, color: &str| {
        let mut path = String::new();
        for (i, p) in points.iter().enumerate() {
            let _ = write!(path, "{:.1},{:.1} ", x(i), TOP + HEIGHT * (1.0 - of(p)));
        }
        format!("<polyline points=\"{path}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"/>\n")
    };
    let text = |x: f64, y: f64, color: &str, what: &str| {
        let what = what.replace('&', "&amp;").replace('<', "&lt;");
        format!("<text x=\"{x}\" y=\"{y}\" fill=\"{color}\">{what}</text>\n")
    };
    let minutes = points.len() as f64 * crate::tally::SAMPLE as f64 / 60e6;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" font-family=\"sans-serif\" font-size=\"13\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n",
        LEFT + WIDTH + 20.0,
        TOP + HEIGHT + 60.0
    );
    out += &text(LEFT, 18.0, "black", &format!("{name}: {about}"));
    out += &text(LEFT, 38.0, "#b03020", &format!("from the origin, of {rate:.0} Mbit/s"));
    out += &text(LEFT + 260.0, 38.0, "#2060b0", "from one another");
    out += &text(LEFT + 420.0, 38.0, "#808080", &format!("viewers, of {viewers:.0}"));
    out += &text(LEFT + 580.0, 38.0, "black", "viewers that stand still");
    let summary = format!(
        "offload {:.1} % of at most {:.1} %; {} stalls; {minutes:.1} minutes from left to right",
        figures.offload * 100.0,
        figures.bound * 100.0,
        figures.stalls
    );
    out += &text(LEFT, TOP + HEIGHT + 40.0, "black", &summary);
    let _ = writeln!(
        out,
        "<rect x=\"{LEFT}\" y=\"{TOP}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"none\" stroke=\"#c0c0c0\"/>"
    );
    out += &line(&|p| f64::from(p.viewers) / viewers, "#a0a0a0");
    out += &line(&|p| p.peers_mbit / rate, "#2060b0");
    out += &line(&|p| p.origin_mbit / rate, "#b03020");
    out += &line(&|p| f64::from(p.dry) / viewers, "black");
    out + "</svg>\n"
}
