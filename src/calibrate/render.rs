use super::Calibration;
use crate::eval::table::{Report, Style, Table, number};

impl Report for Calibration {
    fn render(&self, style: Style) -> String {
        let (fit, points) = (&self.fit, self.operating_points);
        let mut table = Table::new(&["Threshold", "P", "R", "F1", "Char R", "Char P", "Over / 1,000", "Named"]);
        for point in &self.curve {
            let named = [(points.balanced, "balanced"), (points.high_recall, "high-recall")];
            let names: Vec<&str> = named.iter().filter(|(threshold, _)| *threshold == point.threshold).map(|(_, name)| *name).collect();
            let ratios = [point.precision, point.recall, point.f1, point.character_recall, point.character_precision];
            let mut row = vec![point.threshold.to_string()];
            row.extend(ratios.map(|ratio| number(ratio, 4)));
            row.extend([number(point.over_redaction, 2), names.join(", ")]);
            table.rows.push(row);
        }
        format!(
            "{} notes, {} words\nTemperature: {:.4} (was {:.4}); negative log-likelihood a word {:.5} (was {:.5})\n\n{}{}\nbalanced: {}\nhigh-recall: {}\n",
            self.documents,
            fit.words,
            fit.temperature,
            fit.before,
            fit.nll,
            fit.nll_before,
            style.title("Thresholds (strict entities; characters of any type)"),
            table.render(style),
            points.balanced,
            points.high_recall,
        )
    }
}
