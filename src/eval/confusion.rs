use super::EvalOptions;
use super::matching::Labelled;
use crate::corpus::Document;
use crate::labels::EntityType;
use crate::text::{OffsetMap, Span};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What the gold standard says and what was predicted instead. Never an exact match: with the same type on both sides, the ends differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confusion {
    /// The annotation's type. `None`: nothing is annotated there.
    pub gold: Option<EntityType>,
    /// The prediction's type. `None`: nothing was found there.
    pub predicted: Option<EntityType>,
    /// How often.
    pub count: usize,
    /// Some of them.
    pub examples: Vec<Example>,
}

impl Confusion {
    /// In a word: `missed`, `spurious`, `ends` (the type is right) or `type`.
    pub fn kind(&self) -> &'static str {
        match (self.gold, self.predicted) {
            (_, None) => "missed",
            (None, _) => "spurious",
            (gold, predicted) if gold == predicted => "ends",
            _ => "type",
        }
    }
}

/// Where a confusion happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// The note's id.
    pub document: String,
    /// The annotation.
    pub gold: Option<Place>,
    /// The prediction.
    pub predicted: Option<Place>,
}

impl std::fmt::Display for Example {
    /// The note and the places, with their text where the evaluation was asked for it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let place = |place: &Place| match &place.text {
            Some(text) => format!(" {place:?} {text:?}"),
            None => format!(" {place:?}"),
        };
        let [gold, predicted] = [&self.gold, &self.predicted].map(|side| side.as_ref().map_or(String::new(), place));
        let arrow = if gold.is_empty() || predicted.is_empty() { "" } else { " →" };
        write!(f, "{}{gold}{arrow}{predicted}", self.document)
    }
}

/// A place in a note, in [`EvalOptions::offsets`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// First unit.
    pub start: usize,
    /// One past the last unit.
    pub end: usize,
    /// The text there, if [`EvalOptions::example_text`] asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl std::fmt::Debug for Place {
    /// Leaves the text out: it may be a patient's.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Types on both sides.
type Pair = (Option<EntityType>, Option<EntityType>);

/// Confusions while going through the notes.
pub(super) struct Tally<'a> {
    options: &'a EvalOptions,
    found: BTreeMap<Pair, (usize, Vec<Example>)>,
}

impl<'a> Tally<'a> {
    pub(super) fn new(options: &'a EvalOptions) -> Self {
        Self { options, found: BTreeMap::new() }
    }

    /// Adds a note. Both sides are sorted.
    pub(super) fn add(&mut self, document: &Document, gold: &[Labelled<EntityType>], predicted: &[Labelled<EntityType>]) {
        let map = OffsetMap::new(&document.text, self.options.offsets);
        let (gold_index, predicted_index) = (Index::new(gold), Index::new(predicted));
        for &annotation in gold {
            match predicted_index.best(annotation) {
                Some(best) if best == annotation => {}
                best => self.count(document, &map, Some(annotation), best),
            }
        }
        for &prediction in predicted {
            if gold_index.best(prediction).is_none() {
                self.count(document, &map, None, Some(prediction));
            }
        }
    }

    fn count(&mut self, document: &Document, map: &OffsetMap, gold: Option<Labelled<EntityType>>, predicted: Option<Labelled<EntityType>>) {
        let (count, examples) = self.found.entry((gold.map(|e| e.label), predicted.map(|e| e.label))).or_default();
        *count += 1;
        if examples.len() < self.options.examples {
            let place = |span: Span| {
                let (start, end) = map.from_span(span);
                let text = self.options.example_text.then(|| span.slice(&document.text).unwrap_or_default().to_string());
                Place { start, end, text }
            };
            examples.push(Example {
                document: document.id.clone(),
                gold: gold.map(|e| place(e.span)),
                predicted: predicted.map(|e| place(e.span)),
            });
        }
    }

    /// The most frequent first.
    pub(super) fn finish(self) -> Vec<Confusion> {
        let confusion = |((gold, predicted), (count, examples))| Confusion { gold, predicted, count, examples };
        let mut out: Vec<Confusion> = self.found.into_iter().map(confusion).collect();
        out.sort_by_key(|confusion| Reverse(confusion.count));
        out
    }
}

/// Finds the entities that overlap a span.
struct Index<'e> {
    entities: &'e [Labelled<EntityType>],
    /// The largest end of the entities up to and with this one: where a search to the left may stop.
    ends: Vec<usize>,
}

impl<'e> Index<'e> {
    fn new(entities: &'e [Labelled<EntityType>]) -> Self {
        let mut largest = 0;
        let ends = entities.iter().map(|entity| {
            largest = largest.max(entity.span.end);
            largest
        });
        Self { entities, ends: ends.collect() }
    }

    /// The entity equal to `of`; otherwise the one that shares most bytes with it, of equals the first.
    fn best(&self, of: Labelled<EntityType>) -> Option<Labelled<EntityType>> {
        let before = self.entities.partition_point(|entity| entity.span.start < of.span.end);
        let near = self.entities.iter().zip(&self.ends).take(before).rev().take_while(|&(_, &end)| end > of.span.start);
        let shared = |entity: &Labelled<EntityType>| entity.span.end.min(of.span.end) - entity.span.start.max(of.span.start);
        near.map(|(entity, _)| *entity)
            .filter(|entity| entity.span.overlaps(of.span))
            .max_by_key(|entity| (*entity == of, shared(entity), Reverse(*entity)))
    }
}
