//! An evaluation for people: plain text and Markdown. For machines it is serialised as it is.

use super::table::{Report, Style, Table, number};
use super::{Average, Evaluation, Intervals, Leaks, Measure, Scores};

/// The overall table of an [`Evaluation`] or of a [`View`](super::View), which name these measures alike.
macro_rules! overall {
    ($view:expr) => {
        overall_table([
            ("strict", &$view.strict.micro, Some(&$view.strict.macro_average)),
            ("relaxed", &$view.relaxed.micro, Some(&$view.relaxed.macro_average)),
            ("overlap", &$view.overlap.micro, Some(&$view.overlap.macro_average)),
            ("category", &$view.categories.micro, Some(&$view.categories.macro_average)),
            ("exact span", &$view.exact_span, None),
            ("overlapping span", &$view.overlapping_span, None),
            ("tokens", &$view.tokens.micro, Some(&$view.tokens.macro_average)),
            ("tokens, any type", &$view.tokens_any_type, None),
            ("characters, any type", &$view.characters, None),
        ])
    };
}

impl Report for Evaluation {
    fn render(&self, style: Style) -> String {
        let mut out = format!(
            "{} notes, {} tokens, {} annotations, {} predictions\n\n",
            self.documents, self.tokens_total, self.gold, self.predicted
        );
        let sections = [
            ("Overall", overall!(self)),
            ("Intervals (bootstrap over notes, 95 %)", self.intervals.as_ref().map_or(Table::new(&[]), intervals)),
            ("By type", self.by_type()),
            ("By category (strict, overlap, leaks)", self.by_category()),
            ("HIPAA PHI (45 CFR 164.514(b)(2))", overall!(self.hipaa)),
            ("HIPAA PHI (as the i2b2 2014 script has it)", overall!(self.hipaa_i2b2)),
            ("Leaks", leaks(&self.leaks)),
            ("Errors", self.error_table()),
        ];
        for (title, table) in sections.iter().filter(|(_, table)| !table.rows.is_empty()) {
            out += &style.title(title);
            out += &table.render(style);
            out.push('\n');
        }
        let without = |leaks: &Leaks| {
            let share = number(leaks.share_without, 4);
            format!("{} of {} ({share})", leaks.documents_without, leaks.documents)
        };
        out += &format!(
            "Notes without leak: {}\nNotes without leak of HIPAA PHI: {}\nOver-redaction: {} of {} tokens, {} for each 1,000\n",
            without(&self.leaks),
            without(&self.hipaa.leaks),
            self.over_redaction.needless,
            self.over_redaction.tokens,
            number(self.over_redaction.per_thousand, 2),
        );
        out
    }
}

impl Evaluation {
    fn by_type(&self) -> Table {
        let mut table = Table::new(&["Type", "Gold", "Pred", "P", "R", "F1", "Relaxed F1", "Token F1"]);
        for (entity_type, strict) in &self.strict.labels {
            let f1 = |measure: &Measure<_>| number(measure.labels.get(entity_type).and_then(|scores| scores.f1), 4);
            table.rows.push([vec![entity_type.to_string()], scores_row(strict), vec![f1(&self.relaxed), f1(&self.tokens)]].concat());
        }
        table
    }

    fn by_category(&self) -> Table {
        let mut table = Table::new(&["Category", "Gold", "Pred", "P", "R", "F1", "Overlap F1", "Leaked", "Missed"]);
        for (category, scores) in &self.categories.labels {
            let overlap = number(self.categories_overlap.labels.get(category).and_then(|scores| scores.f1), 4);
            let leaks = self.leaks.categories.get(category).copied().unwrap_or_default();
            let more = vec![overlap, leaks.leaked.to_string(), leaks.missed.to_string()];
            table.rows.push([vec![category.name().to_string()], scores_row(scores), more].concat());
        }
        table
    }

    fn error_table(&self) -> Table {
        let examples = self.confusions.iter().any(|confusion| !confusion.examples.is_empty());
        let columns = ["Gold", "Predicted", "Kind", "Count", "Examples"];
        let mut table = Table::new(if examples { &columns } else { &columns[..4] });
        for confusion in &self.confusions {
            let name = |side: &Option<_>| side.map_or("–".to_string(), |t: crate::EntityType| t.to_string());
            let shown: Vec<String> = confusion.examples.iter().map(|example| example.to_string()).collect();
            let mut row =
                vec![name(&confusion.gold), name(&confusion.predicted), confusion.kind().to_string(), confusion.count.to_string()];
            row.extend(examples.then(|| shown.join("; ")));
            table.rows.push(row);
        }
        table
    }
}

fn overall_table(measures: [(&str, &Scores, Option<&Average>); 9]) -> Table {
    let mut table = Table::new(&["Measure", "Gold", "Pred", "P", "R", "F1", "Macro F1"]);
    for (name, scores, average) in measures {
        let macro_f1 = average.map_or(String::new(), |average| number(average.f1, 4));
        table.rows.push([vec![name.to_string()], scores_row(scores), vec![macro_f1]].concat());
    }
    table
}

fn intervals(intervals: &Intervals) -> Table {
    let mut table = Table::new(&["Measure", "Value", "Low", "High"]);
    for (name, interval) in intervals.named() {
        let cells = [interval.map(|i| i.value), interval.map(|i| i.low), interval.map(|i| i.high)].map(|v| number(v, 4));
        table.rows.push([vec![name.to_string()], cells.to_vec()].concat());
    }
    table
}

fn leaks(leaks: &Leaks) -> Table {
    let mut table = Table::new(&["Type", "Gold", "Leaked", "Missed"]);
    let leaking = leaks.types.iter().filter(|(_, count)| count.leaked > 0).map(|(t, count)| (t.to_string(), *count));
    for (name, count) in leaking.chain([("all".to_string(), leaks.total)]) {
        table.rows.push(vec![name, count.gold.to_string(), count.leaked.to_string(), count.missed.to_string()]);
    }
    table
}

fn scores_row(scores: &Scores) -> Vec<String> {
    let ratios = [scores.precision, scores.recall, scores.f1].map(|ratio| number(ratio, 4));
    [vec![scores.gold().to_string(), scores.predicted().to_string()], ratios.to_vec()].concat()
}
