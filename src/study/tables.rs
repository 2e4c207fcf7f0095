//! A study as text and Markdown.

use super::{Row, Study};
use crate::eval::Scores;
use crate::eval::table::{Report, Style, Table, number};
use std::collections::BTreeSet;

impl Report for Study {
    fn render(&self, style: Style) -> String {
        let first = self.systems.first().map_or("", |row| row.name.as_str());
        let mut out = format!("{} notes, {} systems\n\n", self.documents, self.systems.len());
        let sections = [
            ("Table 1: overall (strict, micro; F1 with its 95 % bootstrap interval over notes)".to_string(), self.overall()),
            (format!("Differences from {first} (paired bootstrap over notes, 95 %)"), self.differences()),
            ("Table 2: training".to_string(), self.training()),
            ("Table 3: by type (strict)".to_string(), self.by_type()),
            ("Table 4: confusions".to_string(), self.confusions()),
        ];
        for (title, table) in sections.iter().filter(|(_, table)| !table.rows.is_empty()) {
            out += &style.title(title);
            out += &table.render(style);
            out.push('\n');
        }
        for row in self.systems.iter().filter(|row| row.training.as_ref().is_some_and(|t| t.from_scratch)) {
            out += &format!(
                "{} began with random weights: its row says what this training alone teaches, not what the family can do.\n",
                row.name
            );
        }
        out
    }
}

impl Study {
    fn overall(&self) -> Table {
        let published = self.systems.iter().any(|row| row.published_f1.is_some());
        let columns = ["System", "P", "R", "F1", "Low", "High", "Character R", "Character P", "Published F1"];
        let mut table = Table::new(if published { &columns } else { &columns[..8] });
        for row in &self.systems {
            let (strict, characters) = (&row.evaluation.strict.micro, &row.evaluation.characters);
            let interval = row.evaluation.intervals.and_then(|i| i.strict_f1);
            let ratios = [strict.precision, strict.recall, strict.f1, interval.map(|i| i.low), interval.map(|i| i.high)];
            let cells = ratios.into_iter().chain([characters.recall, characters.precision]).map(|r| number(r, 4));
            let published = published.then(|| number(row.published_f1, 4));
            table.rows.push(std::iter::once(row.name.clone()).chain(cells).chain(published).collect());
        }
        table
    }

    fn differences(&self) -> Table {
        let mut table = Table::new(&["System", "Measure", "Difference", "Low", "High"]);
        for row in &self.systems {
            for (name, interval) in row.differences.iter().flat_map(|d| d.named()) {
                let signed = [interval.map(|i| i.value), interval.map(|i| i.low), interval.map(|i| i.high)];
                let signed = signed.map(|v| v.map_or("–".into(), |v| format!("{v:+.4}")));
                table.rows.push([vec![row.name.clone(), name.to_string()], signed.to_vec()].concat());
            }
        }
        table
    }

    fn training(&self) -> Table {
        let mut table = Table::new(&["System", "Family", "Start", "Epochs", "Seconds an epoch", "Tokens/s", "Peak MiB"]);
        for (row, training) in self.systems.iter().filter_map(|row| Some((row, row.training.as_ref()?))) {
            table.rows.push(vec![
                row.name.clone(),
                training.family.clone(),
                match (training.from_scratch, training.family.as_str()) {
                    (true, _) => "random",
                    (_, "CRF") => "–",
                    _ => "pretrained",
                }
                .into(),
                training.epochs.to_string(),
                format!("{:.0}", training.seconds_per_epoch()),
                format!("{:.0}", training.tokens_per_second()),
                training.peak_memory.map_or("–".into(), |bytes| (bytes >> 20).to_string()),
            ]);
        }
        table
    }

    fn by_type(&self) -> Table {
        let measures = self.systems.iter().flat_map(|row| ["P", "R", "F1"].map(|m| format!("{} {m}", row.name)));
        let mut table = Table::with_header(["Type", "Support"].into_iter().map(String::from).chain(measures).collect());
        let labels = |row: &Row| row.evaluation.strict.labels.keys().copied().collect::<Vec<_>>();
        let types: BTreeSet<_> = self.systems.iter().flat_map(labels).collect();
        for entity_type in types {
            let scores: Vec<Option<&Scores>> = self.systems.iter().map(|row| row.evaluation.strict.labels.get(&entity_type)).collect();
            let gold = scores.iter().flatten().map(|s| s.gold()).max().unwrap_or(0);
            let ratios = scores.iter().flat_map(|s| s.map_or([None; 3], |s| [s.precision, s.recall, s.f1]));
            let row = [entity_type.to_string(), gold.to_string()].into_iter().chain(ratios.map(|ratio| number(ratio, 4)));
            table.rows.push(row.collect());
        }
        table
    }

    fn confusions(&self) -> Table {
        let mut table = Table::new(&["System", "Gold label", "Predicted", "Kind", "Count", "Examples"]);
        for row in &self.systems {
            for confusion in &row.evaluation.confusions {
                let name = |side: Option<_>| side.map_or("–".to_string(), |t: crate::EntityType| t.to_string());
                let examples: Vec<String> = confusion.examples.iter().map(|example| example.to_string()).collect();
                table.rows.push(vec![
                    row.name.clone(),
                    name(confusion.gold),
                    name(confusion.predicted),
                    confusion.kind().into(),
                    confusion.count.to_string(),
                    examples.join("; "),
                ]);
            }
        }
        table
    }
}
