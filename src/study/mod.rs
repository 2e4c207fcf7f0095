//! Several systems on the same notes: the tables of Oh, Kang & Lee 2022 (Healthc Inform Res 28(1):16-24), with intervals.
//!
//! 1. Precision, recall and F1 of each system, strict and micro-averaged, with its 95 % bootstrap interval and, on the notes that the
//!    paper used, the paper's own figure.
//! 2. What training cost: time, tokens a second, memory.
//! 3. The same three measures by type, with the number of annotations.
//! 4. What was taken for what.

mod paper;
#[cfg(feature = "plot")]
mod plot;
mod tables;

pub use paper::{is_i2b2_2014_test, published_f1};

use crate::corpus::Document;
use crate::error::{Error, Result};
use crate::eval::{EvalOptions, Evaluation, Intervals, compare, evaluate};
use crate::tags::Entity;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// What a fine-tuning took, written beside the model as `training.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrainingSummary {
    /// `model_type` of the encoder, or what else was trained.
    pub family: String,
    /// Whether an encoder began with random weights. Such a row says nothing about what the family can do: without pretraining an
    /// encoder knows no word.
    pub from_scratch: bool,
    /// Passes over the corpus.
    pub epochs: usize,
    /// Tokens of one pass, special tokens and shared ones of neighbouring windows counted; words of a CRF.
    pub tokens_per_epoch: usize,
    /// Seconds of the steps, without validation. Of a run that was cut off, the seconds since it was taken up.
    pub seconds: f64,
    /// Tokens that those seconds went into.
    pub tokens: usize,
    /// Largest resident memory of the process, in bytes, where the system tells.
    pub peak_memory: Option<u64>,
}

impl TrainingSummary {
    /// As `training.json` holds it.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("keys are strings and numbers are finite")
    }

    /// Tokens a second.
    pub fn tokens_per_second(&self) -> f64 {
        self.tokens as f64 / self.seconds.max(1e-9)
    }

    /// Seconds that one pass takes at that speed.
    pub fn seconds_per_epoch(&self) -> f64 {
        self.tokens_per_epoch as f64 / self.tokens_per_second().max(1e-9)
    }
}

/// A system and what it found.
#[derive(Debug, Clone)]
pub struct System {
    /// What it is called in the tables.
    pub name: String,
    /// Its entities, a list for each note.
    pub found: Vec<Vec<Entity>>,
    /// What its training took, if it was trained and that is known.
    pub training: Option<TrainingSummary>,
}

/// One system's part of a [`Study`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What it is called.
    pub name: String,
    /// Its measures.
    pub evaluation: Evaluation,
    /// What its training took.
    pub training: Option<TrainingSummary>,
    /// Strict F1 that the paper gives for this family, where the notes are the paper's.
    pub published_f1: Option<f64>,
    /// What it has more than the first system, paired. `None` for the first itself.
    pub differences: Option<Intervals>,
}

/// Several systems on the same notes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Study {
    /// Number of notes.
    pub documents: usize,
    /// Whether they are the test set of i2b2 2014, on which the paper's figures were found.
    pub i2b2_2014: bool,
    /// The systems in the order given.
    pub systems: Vec<Row>,
}

/// Evaluates `systems` on the notes `gold`.
///
/// # Errors
/// [`Error::OptionInvalid`] without systems or for two of one name; as [`evaluate`] for each.
pub fn study(gold: &[Document], systems: Vec<System>, options: &EvalOptions) -> Result<Study> {
    let mut names = HashSet::new();
    if systems.is_empty() || !systems.iter().all(|system| names.insert(system.name.clone())) {
        return Err(Error::OptionInvalid { option: "systems", reason: "there must be at least one, each with a name of its own".into() });
    }
    let i2b2_2014 = is_i2b2_2014_test(gold);
    let mut rows = Vec::with_capacity(systems.len());
    for (i, system) in systems.iter().enumerate() {
        let (evaluation, differences) = match i {
            0 => (evaluate(gold, &system.found, options)?, None),
            _ => {
                let both = compare(gold, &system.found, &systems[0].found, options)?;
                (both.system, both.differences)
            }
        };
        let family = system.training.as_ref().filter(|t| i2b2_2014 && !t.from_scratch).map(|t| t.family.as_str());
        let published_f1 = family.and_then(published_f1);
        rows.push(Row { name: system.name.clone(), evaluation, training: system.training.clone(), published_f1, differences });
    }
    Ok(Study { documents: gold.len(), i2b2_2014, systems: rows })
}

/// Ids of the notes in `gold` whose text stands in `training` as well: what is measured on them is memory.
pub fn shared<'a>(gold: &'a [Document], training: &[Document]) -> Vec<&'a str> {
    let texts: HashSet<&str> = training.iter().map(|d| d.text.trim()).collect();
    gold.iter().filter(|d| texts.contains(d.text.trim())).map(|d| d.id.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Annotation;
    use crate::eval::Report;
    use crate::labels::EntityType::{Date, Doctor};
    use crate::tags::Source;
    use crate::text::Span;

    fn notes(n: usize) -> Vec<Document> {
        let note = |i: usize| Document {
            id: format!("{}-0{}", 110 + i, i % 5),
            text: "Dr Roe on 3/4".into(),
            annotations: vec![
                Annotation { span: Span::new(3, 6), entity_type: Doctor },
                Annotation { span: Span::new(10, 13), entity_type: Date },
            ],
        };
        (0..n).map(note).collect()
    }

    fn system(name: &str, gold: &[Document], dates: bool, family: &str) -> System {
        let entity = |a: &Annotation| Entity { span: a.span, entity_type: a.entity_type, score: 1.0, source: Source::Model };
        let found = gold.iter().map(|d| d.annotations.iter().filter(|a| dates || a.entity_type != Date).map(entity).collect()).collect();
        let training = TrainingSummary {
            family: family.into(),
            from_scratch: false,
            epochs: 5,
            tokens_per_epoch: 1000,
            seconds: 10.0,
            tokens: 4000,
            peak_memory: Some(3 << 30),
        };
        System { name: name.into(), found, training: Some(training) }
    }

    #[test]
    fn the_tables_hold_what_was_measured() {
        let gold = notes(6);
        let systems = vec![system("all", &gold, true, "bert"), system("half", &gold, false, "xlnet")];
        let options = EvalOptions { bootstrap: Some(Default::default()), ..Default::default() };
        let study = study(&gold, systems, &options).unwrap();
        let text = study.to_text();
        for expected in ["Table 1", "Table 2", "Table 3", "Table 4", "1.0000", "0.6667", "3072", "400", "DATE", "missed", "-0.3333"] {
            assert!(text.contains(expected), "{expected} is not in\n{text}");
        }
        assert!(!text.contains("Published"), "these are not the paper's notes");
        assert!(study.to_markdown().contains("| half |"));
        assert_eq!(serde_json::from_str::<Study>(&study.to_json()).unwrap(), study);
    }

    #[test]
    fn the_papers_notes_have_the_papers_figures_beside_them() {
        let gold = notes(514);
        let study = study(&gold, vec![system("mine", &gold, true, "xlnet")], &EvalOptions::default()).unwrap();
        assert!(study.i2b2_2014);
        assert_eq!(study.systems[0].published_f1, Some(0.9629));
        assert!(study.to_text().contains("Published"));
    }

    #[test]
    fn names_are_distinct_and_shared_notes_are_told() {
        let gold = notes(2);
        let twice = vec![system("a", &gold, true, "bert"), system("a", &gold, true, "bert")];
        assert_eq!(study(&gold, twice, &EvalOptions::default()).unwrap_err().code(), "OPTION_INVALID");
        assert_eq!(shared(&gold, &gold[..1]).len(), 2, "the text counts, not the id");
        assert!(shared(&gold, &[]).is_empty());
    }
}
