//! A study as a figure.

use super::Study;
use crate::error::{Error, Result};
use plotters::prelude::*;
use std::collections::BTreeSet;

/// Pixels: of a bar, between groups, left of the bars, right of them, above and below.
const BAR: i32 = 9;
const GAP: i32 = 10;
const LEFT: i32 = 150;
const BARS: i32 = 460;
const RIGHT: i32 = 60;
const TOP: i32 = 50;
const BOTTOM: i32 = 30;

/// Colours that differ to colour-blind eyes (Okabe & Ito), in turn.
const COLOURS: [RGBColor; 7] = [
    RGBColor(0, 114, 178),
    RGBColor(230, 159, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(86, 180, 233),
    RGBColor(213, 94, 0),
    RGBColor(120, 120, 120),
];

impl Study {
    /// Strict F1 of every system, overall and by type, as bars: an SVG. The overall bars carry their intervals.
    ///
    /// # Errors
    /// [`Error::OptionInvalid`] when the figure cannot be drawn.
    pub fn to_svg(&self) -> Result<String> {
        let mut svg = String::new();
        self.draw(&mut svg).map_err(|error| Error::OptionInvalid { option: "plot", reason: error.to_string() })?;
        Ok(svg)
    }

    fn draw(&self, svg: &mut String) -> std::result::Result<(), Box<dyn std::error::Error>> {
        let types: BTreeSet<_> = self.systems.iter().flat_map(|row| row.evaluation.strict.labels.keys().copied()).collect();
        let group = BAR * self.systems.len() as i32 + GAP;
        let height = TOP + group * (types.len() as i32 + 1) + BOTTOM;
        let root = SVGBackend::with_string(svg, ((LEFT + BARS + RIGHT) as u32, height as u32)).into_drawing_area();
        root.fill(&WHITE)?;
        let font = ("sans-serif", 13).into_font();
        root.draw(&Text::new(format!("Strict F1, {} notes", self.documents), (10, 6), ("sans-serif", 15).into_font()))?;
        for (i, row) in self.systems.iter().enumerate() {
            let x = LEFT + 110 * i as i32;
            root.draw(&Rectangle::new([(x, 30), (x + 10, 40)], COLOURS[i % COLOURS.len()].filled()))?;
            root.draw(&Text::new(row.name.clone(), (x + 14, 28), font.clone()))?;
        }
        for tick in 0..=5 {
            let x = LEFT + BARS * tick / 5;
            root.draw(&PathElement::new(vec![(x, TOP), (x, height - BOTTOM)], RGBColor(210, 210, 210)))?;
            root.draw(&Text::new(format!("{:.1}", f64::from(tick) / 5.0), (x - 9, height - BOTTOM + 6), font.clone()))?;
        }
        let at = |ratio: f64| LEFT + (f64::from(BARS) * ratio).round() as i32;
        for (g, entity_type) in std::iter::once(None).chain(types.into_iter().map(Some)).enumerate() {
            let y = TOP + group * g as i32;
            let name = entity_type.map_or("all".to_string(), |t| t.to_string());
            root.draw(&Text::new(name, (10, y + (group - GAP) / 2 - 6), font.clone()))?;
            for (i, row) in self.systems.iter().enumerate() {
                let strict = &row.evaluation.strict;
                let f1 = entity_type.map_or(strict.micro.f1, |t| strict.labels.get(&t).and_then(|s| s.f1));
                let y = y + BAR * i as i32;
                if let Some(f1) = f1 {
                    root.draw(&Rectangle::new([(LEFT, y), (at(f1), y + BAR - 1)], COLOURS[i % COLOURS.len()].filled()))?;
                }
                let interval = row.evaluation.intervals.and_then(|i| i.strict_f1).filter(|_| entity_type.is_none());
                if let Some(interval) = interval {
                    let middle = y + BAR / 2;
                    root.draw(&PathElement::new(vec![(at(interval.low), middle), (at(interval.high), middle)], BLACK))?;
                }
            }
        }
        root.present()?;
        Ok(())
    }
}
