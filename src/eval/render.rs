//! An evaluation for people: plain text and Markdown. For machines it is serialised as it is.

use super::{Average, Evaluation, Measure, Scores};

/// How tables look.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Text,
    Markdown,
}

impl Evaluation {
    /// Tables in plain text, columns aligned by spaces.
    pub fn to_text(&self) -> String {
        self.render(Style::Text)
    }

    /// The same tables in Markdown.
    pub fn to_markdown(&self) -> String {
        self.render(Style::Markdown)
    }

    /// Indented JSON. Ratios that are not defined are `null`.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("keys are strings and numbers are finite")
    }

    fn render(&self, style: Style) -> String {
        let mut out = format!(
            "{} notes, {} tokens, {} annotations, {} predictions\n\n",
            self.documents, self.tokens_total, self.gold, self.predicted
        );
        let sections = [
            ("Overall", self.overall()),
            ("By type", self.by_type()),
            ("By category (strict)", self.by_category()),
            ("Leaks", self.leak_table()),
            ("Confusions", self.confusion_table()),
        ];
        for (title, table) in sections {
            if table.rows.is_empty() {
                continue;
            }
            match style {
                Style::Text => out += &format!("{title}\n"),
                Style::Markdown => out += &format!("## {title}\n\n"),
            }
            out += &table.render(style);
            out.push('\n');
        }
        out += &format!(
            "Notes without leak: {} of {} ({})\nOver-redaction: {} of {} tokens, {} for each 1,000\n",
            self.leaks.documents_without,
            self.leaks.documents,
            number(self.leaks.share_without, 4),
            self.over_redaction.needless,
            self.over_redaction.tokens,
            number(self.over_redaction.per_thousand, 2),
        );
        out
    }

    fn overall(&self) -> Table {
        let mut table = Table::new(&["Measure", "Gold", "Pred", "P", "R", "F1", "Macro F1"]);
        let mut add = |name: &str, scores: &Scores, average: Option<&Average>| {
            let macro_f1 = average.map_or(String::new(), |average| number(average.f1, 4));
            table.rows.push([vec![name.to_string()], scores_row(scores), vec![macro_f1]].concat());
        };
        add("strict", &self.strict.micro, Some(&self.strict.macro_average));
        add("relaxed", &self.relaxed.micro, Some(&self.relaxed.macro_average));
        add("overlap", &self.overlap.micro, Some(&self.overlap.macro_average));
        add("category", &self.categories.micro, Some(&self.categories.macro_average));
        add("exact span", &self.exact_span, None);
        add("overlapping span", &self.overlapping_span, None);
        add("tokens", &self.tokens.micro, Some(&self.tokens.macro_average));
        add("tokens, any type", &self.tokens_any_type, None);
        add("characters, any type", &self.characters, None);
        table
    }

    fn by_type(&self) -> Table {
        let mut table = Table::new(&["Type", "Gold", "Pred", "P", "R", "F1", "Relaxed F1", "Token F1"]);
        for (entity_type, strict) in &self.strict.labels {
            let f1 = |measure: &Measure<_>| number(measure.labels.get(entity_type).and_then(|scores| scores.f1), 4);
            table.rows.push([vec![entity_type.to_string()], scores_row(strict), vec![f1(&self.relaxed), f1(&self.tokens)]].concat());
        }
        table
    }

    fn by_category(&self) -> Table {
        let mut table = Table::new(&["Category", "Gold", "Pred", "P", "R", "F1"]);
        for (category, scores) in &self.categories.labels {
            table.rows.push([vec![category.name().to_string()], scores_row(scores)].concat());
        }
        table
    }

    fn leak_table(&self) -> Table {
        let mut table = Table::new(&["Type", "Gold", "Leaked", "Missed"]);
        let leaking = self.leaks.types.iter().filter(|(_, count)| count.leaked > 0).map(|(t, count)| (t.to_string(), *count));
        for (name, count) in leaking.chain([("all".to_string(), self.leaks.total)]) {
            table.rows.push(vec![name, count.gold.to_string(), count.leaked.to_string(), count.missed.to_string()]);
        }
        table
    }

    fn confusion_table(&self) -> Table {
        let mut table = Table::new(&["Gold", "Predicted", "Count", "Examples"]);
        for confusion in &self.confusions {
            let name = |side: &Option<_>| side.map_or("–".to_string(), |t: crate::EntityType| t.to_string());
            let examples: Vec<String> = confusion
                .examples
                .iter()
                .map(|example| {
                    let place = |place: &super::Place| match &place.text {
                        Some(text) => format!("{place:?} {text:?}"),
                        None => format!("{place:?}"),
                    };
                    match (&example.gold, &example.predicted) {
                        (Some(gold), Some(predicted)) => format!("{} {} → {}", example.document, place(gold), place(predicted)),
                        (Some(one), None) | (None, Some(one)) => format!("{} {}", example.document, place(one)),
                        (None, None) => example.document.clone(),
                    }
                })
                .collect();
            table.rows.push(vec![name(&confusion.gold), name(&confusion.predicted), confusion.count.to_string(), examples.join("; ")]);
        }
        table
    }
}

fn scores_row(scores: &Scores) -> Vec<String> {
    let ratios = [scores.precision, scores.recall, scores.f1].map(|ratio| number(ratio, 4));
    [vec![scores.gold().to_string(), scores.predicted().to_string()], ratios.to_vec()].concat()
}

fn number(value: Option<f64>, digits: usize) -> String {
    value.map_or("–".into(), |value| format!("{value:.digits$}"))
}

/// Rows of cells. The first column is set to the left, columns whose name says text too, numbers to the right.
struct Table {
    header: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn new(header: &[&'static str]) -> Self {
        Self { header: header.to_vec(), rows: Vec::new() }
    }

    fn is_text(&self, column: usize) -> bool {
        column == 0 || matches!(self.header.get(column), Some(&"Predicted" | &"Examples"))
    }

    fn render(&self, style: Style) -> String {
        let mut out = String::new();
        match style {
            Style::Text => {
                let width = |column: usize, name: &str| {
                    let cells = self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
                    cells.chain([name.chars().count()]).max().unwrap_or_default()
                };
                let widths: Vec<usize> = self.header.iter().enumerate().map(|(column, name)| width(column, name)).collect();
                let header: Vec<String> = self.header.iter().map(|name| name.to_string()).collect();
                for row in std::iter::once(&header).chain(&self.rows) {
                    let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| {
                        if self.is_text(column) { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
                    });
                    let line = cells.collect::<Vec<_>>().join("  ");
                    out += line.trim_end();
                    out.push('\n');
                }
            }
            Style::Markdown => {
                let rule = (0..self.header.len()).map(|column| if self.is_text(column) { "---" } else { "--:" });
                out += &format!("| {} |\n| {} |\n", self.header.join(" | "), rule.collect::<Vec<_>>().join(" | "));
                for row in &self.rows {
                    let cells: Vec<String> = row.iter().map(|cell| cell.replace('|', "\\|")).collect();
                    out += &format!("| {} |\n", cells.join(" | "));
                }
            }
        }
        out
    }
}
