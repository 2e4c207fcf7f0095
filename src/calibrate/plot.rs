use super::{Calibration, Point};
use crate::error::{Error, Result};
use plotters::prelude::*;

type Series = (&'static str, RGBColor, fn(&Point) -> Option<f64>);

/// What is drawn, in colours distinct to colour-blind eyes (Okabe & Ito).
const SERIES: [Series; 5] = [
    ("strict precision", RGBColor(230, 159, 0), |p| p.precision),
    ("strict recall", RGBColor(86, 180, 233), |p| p.recall),
    ("strict F1", RGBColor(0, 0, 0), |p| p.f1),
    ("character precision", RGBColor(213, 94, 0), |p| p.character_precision),
    ("character recall", RGBColor(0, 114, 178), |p| p.character_recall),
];

impl Calibration {
    /// The curve over the thresholds, on a logarithmic axis, with the chosen ones marked: an SVG.
    ///
    /// # Errors
    /// [`Error::OptionInvalid`] when the figure cannot be drawn.
    pub fn to_svg(&self) -> Result<String> {
        let mut svg = String::new();
        self.draw(&mut svg).map_err(|error| Error::OptionInvalid { option: "plot", reason: error.to_string() })?;
        Ok(svg)
    }

    fn draw(&self, svg: &mut String) -> std::result::Result<(), Box<dyn std::error::Error>> {
        let root = SVGBackend::with_string(svg, (760, 480)).into_drawing_area();
        root.fill(&WHITE)?;
        let values = self.curve.iter().flat_map(|point| SERIES.iter().filter_map(move |(_, _, value)| value(point)));
        let low = (values.fold(1.0, f64::min) * 10.0).floor().min(9.0) / 10.0;
        let mut chart = ChartBuilder::on(&root)
            .caption(format!("Figures by threshold, {} notes", self.documents), ("sans-serif", 16))
            .margin(12)
            .x_label_area_size(36)
            .y_label_area_size(46)
            .build_cartesian_2d((0.004f64..1.0).log_scale(), low..1.0)?;
        chart.configure_mesh().x_desc("threshold").y_desc("ratio").light_line_style(WHITE).draw()?;
        for (name, colour, value) in SERIES {
            let line: Vec<(f64, f64)> = self.curve.iter().filter_map(|p| Some((f64::from(p.threshold), value(p)?))).collect();
            let path = PathElement::new(line, colour.stroke_width(2));
            let legend = move |(x, y)| PathElement::new(vec![(x, y), (x + 16, y)], colour.stroke_width(2));
            chart.draw_series(std::iter::once(path))?.label(name).legend(legend);
        }
        let points = self.operating_points;
        for (threshold, name, high) in [(points.balanced, "balanced", 0.06), (points.high_recall, "high recall", 0.12)] {
            let x = f64::from(threshold);
            let grey = RGBColor(120, 120, 120);
            let text = Text::new(name, (x, low + high * (1.0 - low)), ("sans-serif", 12));
            chart.draw_series(std::iter::once(PathElement::new(vec![(x, low), (x, 1.0)], grey)))?;
            chart.draw_series(std::iter::once(text))?;
        }
        chart.configure_series_labels().background_style(WHITE).border_style(BLACK).position(SeriesLabelPosition::LowerRight).draw()?;
        root.present()?;
        drop(chart);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Fit, THRESHOLDS};
    use super::*;
    use crate::engine::OperatingPoints;
    use crate::eval::Report;

    #[test]
    fn a_calibration_is_shown_in_every_form() {
        let fit = Fit { words: 9, before: 1.0, temperature: 1.5, nll_before: 0.5, nll: 0.25 };
        let point = |&threshold: &f32| {
            let share = f64::from(threshold);
            let (up, down) = (Some(0.5 + share / 2.0), Some(1.0 - share / 2.0));
            Point {
                threshold,
                precision: up,
                recall: down,
                f1: down,
                character_precision: None,
                character_recall: down,
                over_redaction: up,
            }
        };
        let operating_points = OperatingPoints { balanced: 0.5, high_recall: 0.05 };
        let calibration = Calibration { documents: 2, fit, curve: THRESHOLDS.iter().map(point).collect(), operating_points };
        let svg = calibration.to_svg().unwrap();
        assert!(svg.starts_with("<svg") && svg.contains("character recall") && svg.contains("high recall"), "{svg}");
        let text = calibration.to_text();
        assert!(text.contains("Temperature: 1.5000 (was 1.0000)") && text.contains("balanced: 0.5\nhigh-recall: 0.05\n"), "{text}");
        assert!(text.lines().any(|line| line.starts_with("0.5 ") && line.ends_with("balanced")), "{text}");
        assert!(calibration.to_markdown().contains("## Thresholds"));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&calibration.to_json()).unwrap()["operating_points"]["balanced"], 0.5);
    }
}
