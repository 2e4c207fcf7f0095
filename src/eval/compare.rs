//! Two systems on the same notes.

use super::table::{Report, Style, Table, number};
use super::{EvalOptions, Evaluation, Intervals, Scores, bootstrap, run};
use crate::corpus::Document;
use crate::error::Result;
use crate::tags::Entity;
use serde::{Deserialize, Serialize};

/// The result of [`compare`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The first system.
    pub system: Evaluation,
    /// The second.
    pub other: Evaluation,
    /// What the first has more than the second, with paired intervals. `None` without notes, and where
    /// [`EvalOptions::bootstrap`] is `None`.
    pub differences: Option<Intervals>,
}

/// Evaluates two systems, each with a list of entities for each of the notes `gold`, and how sure their difference is.
///
/// # Errors
/// As [`evaluate`](super::evaluate), for either.
pub fn compare(gold: &[Document], system: &[Vec<Entity>], other: &[Vec<Entity>], options: &EvalOptions) -> Result<Comparison> {
    let ((system, system_notes), (other, other_notes)) = (run(gold, system, options)?, run(gold, other, options)?);
    let differences = options.bootstrap.and_then(|options| bootstrap::differences(&system_notes, &other_notes, options));
    Ok(Comparison { system, other, differences })
}

impl Report for Comparison {
    fn render(&self, style: Style) -> String {
        let (a, b) = (&self.system, &self.other);
        let mut out = format!("{} notes, {} annotations, {} and {} predictions\n\n", a.documents, a.gold, a.predicted, b.predicted);
        let sections = [
            ("Side by side", self.overall()),
            ("Differences (system less other; paired bootstrap over notes, 95 %)", self.difference_table()),
            ("By type (strict)", self.by_type()),
            ("By category (strict)", self.by_category()),
        ];
        for (title, table) in sections.iter().filter(|(_, table)| !table.rows.is_empty()) {
            out += &style.title(title);
            out += &table.render(style);
            out.push('\n');
        }
        for (name, one) in [("system", a), ("other", b)] {
            out += &format!(
                "{name}: {} of {} notes without leak, over-redaction {} for each 1,000 tokens\n",
                one.leaks.documents_without,
                one.leaks.documents,
                number(one.over_redaction.per_thousand, 2)
            );
        }
        out
    }
}

impl Comparison {
    fn overall(&self) -> Table {
        let mut table = Table::new(&["Measure", "P", "R", "F1", "Other P", "Other R", "Other F1"]);
        let mut add = |name: &str, of: fn(&Evaluation) -> &Scores| {
            let cells = [of(&self.system), of(&self.other)].into_iter().flat_map(|s| [s.precision, s.recall, s.f1]);
            table.rows.push(std::iter::once(name.to_string()).chain(cells.map(|ratio| number(ratio, 4))).collect());
        };
        add("strict", |e| &e.strict.micro);
        add("relaxed", |e| &e.relaxed.micro);
        add("category", |e| &e.categories.micro);
        add("exact span", |e| &e.exact_span);
        add("tokens, any type", |e| &e.tokens_any_type);
        add("characters, any type", |e| &e.characters);
        add("HIPAA strict", |e| &e.hipaa.strict.micro);
        add("HIPAA strict (i2b2 script)", |e| &e.hipaa_i2b2.strict.micro);
        table
    }

    fn difference_table(&self) -> Table {
        let mut table = Table::new(&["Measure", "Difference", "Low", "High"]);
        for (name, interval) in self.differences.iter().flat_map(Intervals::named) {
            let cells = [interval.map(|i| i.value), interval.map(|i| i.low), interval.map(|i| i.high)];
            let signed = cells.map(|v| v.map_or("–".into(), |v| format!("{v:+.4}")));
            table.rows.push([vec![name.to_string()], signed.to_vec()].concat());
        }
        table
    }

    fn by_type(&self) -> Table {
        let (a, b) = (&self.system.strict.labels, &self.other.strict.labels);
        let types: std::collections::BTreeSet<_> = a.keys().chain(b.keys()).collect();
        pairs("Type", types.into_iter().map(|t| (t.to_string(), a.get(t), b.get(t))))
    }

    fn by_category(&self) -> Table {
        let (a, b) = (&self.system.categories.labels, &self.other.categories.labels);
        let categories: std::collections::BTreeSet<_> = a.keys().chain(b.keys()).collect();
        pairs("Category", categories.into_iter().map(|c| (c.name().to_string(), a.get(c), b.get(c))))
    }
}

fn pairs<'a>(what: &'static str, rows: impl Iterator<Item = (String, Option<&'a Scores>, Option<&'a Scores>)>) -> Table {
    let mut table = Table::new(&[what, "Gold", "P", "R", "F1", "Other P", "Other R", "Other F1"]);
    for (name, a, b) in rows {
        let gold = a.or(b).map_or(0, Scores::gold);
        let ratios = [a, b].into_iter().flat_map(|s| s.map_or([None; 3], |s| [s.precision, s.recall, s.f1]));
        table.rows.push([name, gold.to_string()].into_iter().chain(ratios.map(|ratio| number(ratio, 4))).collect());
    }
    table
}
