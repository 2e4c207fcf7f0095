//! An evaluation as a figure.

use super::{Evaluation, Scores};
use crate::error::{Error, Result};
use plotters::prelude::*;

/// Pixels: of a row, left of the bars, right of them, above and below.
const ROW: i32 = 26;
const LEFT: i32 = 150;
const BARS: i32 = 420;
const RIGHT: i32 = 150;
const TOP: i32 = 46;
const BOTTOM: i32 = 30;

/// Colours of recall and precision, distinct to colour-blind eyes (Okabe & Ito).
const RECALL: RGBColor = RGBColor(0, 114, 178);
const PRECISION: RGBColor = RGBColor(230, 159, 0);

impl Evaluation {
    /// Strict recall and precision of each type as bars, with the numbers of annotations and predictions: an SVG.
    ///
    /// # Errors
    /// [`Error::OptionInvalid`] when the figure cannot be drawn.
    pub fn to_svg(&self) -> Result<String> {
        let mut svg = String::new();
        self.draw(&mut svg).map_err(|error| Error::OptionInvalid { option: "plot", reason: error.to_string() })?;
        Ok(svg)
    }

    fn draw(&self, svg: &mut String) -> std::result::Result<(), Box<dyn std::error::Error>> {
        let types = self.strict.labels.iter().map(|(t, scores)| (t.name(), scores));
        let rows: Vec<(&str, &Scores)> = std::iter::once(("all", &self.strict.micro)).chain(types).collect();
        let height = TOP + ROW * rows.len() as i32 + BOTTOM;
        let root = SVGBackend::with_string(svg, ((LEFT + BARS + RIGHT) as u32, height as u32)).into_drawing_area();
        root.fill(&WHITE)?;
        let font = ("sans-serif", 13).into_font();
        let title = format!("Strict recall and precision by type, {} notes", self.documents);
        root.draw(&Text::new(title, (10, 8), ("sans-serif", 15).into_font()))?;
        for (i, (name, colour)) in [("recall", RECALL), ("precision", PRECISION)].into_iter().enumerate() {
            let x = LEFT + BARS + 10 + 75 * i as i32;
            root.draw(&Rectangle::new([(x, 12), (x + 10, 22)], colour.filled()))?;
            root.draw(&Text::new(name, (x + 14, 10), font.clone()))?;
        }
        for tick in 0..=5 {
            let x = LEFT + BARS * tick / 5;
            root.draw(&PathElement::new(vec![(x, TOP), (x, height - BOTTOM)], RGBColor(210, 210, 210)))?;
            root.draw(&Text::new(format!("{:.1}", f64::from(tick) / 5.0), (x - 9, height - BOTTOM + 6), font.clone()))?;
        }
        for (i, (name, scores)) in rows.into_iter().enumerate() {
            let y = TOP + ROW * i as i32;
            root.draw(&Text::new(name, (10, y + 6), font.clone()))?;
            for (ratio, colour, y) in [(scores.recall, RECALL, y + 3), (scores.precision, PRECISION, y + 13)] {
                // An undefined ratio has no bar.
                let Some(ratio) = ratio else { continue };
                let end = LEFT + (f64::from(BARS) * ratio).round() as i32;
                root.draw(&Rectangle::new([(LEFT, y), (end, y + 9)], colour.filled()))?;
            }
            let counts = format!("{} gold, {} found", scores.gold(), scores.predicted());
            root.draw(&Text::new(counts, (LEFT + BARS + 10, y + 6), font.clone()))?;
        }
        root.present()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::corpus::{Annotation, Document};
    use crate::eval::{EvalOptions, evaluate};
    use crate::labels::EntityType;
    use crate::text::Span;

    #[test]
    fn each_type_has_its_bars_and_counts() {
        let annotations = vec![Annotation { span: Span::new(0, 3), entity_type: EntityType::Patient }];
        let note = Document { id: "n".into(), text: "Roe".into(), annotations };
        let svg = evaluate(&[note], &[vec![]], &EvalOptions::default()).unwrap().to_svg().unwrap();
        assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"), "{svg}");
        assert!(svg.contains("PATIENT") && svg.contains("1 gold, 0 found") && !svg.contains("Roe"));
    }
}
