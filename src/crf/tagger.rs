use super::chain::{Lattice, Steps};
use super::features::extract;
use super::model::{Model, labels};
use super::note::Note;
use crate::error::Result;
use crate::labels::{LabelSet, Tag};
use crate::tags::{Entity, Source, WordScores, entity_score};
use crate::text::Span;

/// A trained CRF at work.
pub struct Tagger {
    model: Model,
    labels: LabelSet,
    factors: Vec<f64>,
}

impl Tagger {
    /// Reads what [`train`](super::train()) gave. Bytes that are no such model, a damaged one, and one of other features are refused.
    pub fn load(bytes: &[u8]) -> Result<Self> {
        let model = Model::from_bytes(bytes)?;
        let labels = labels(&model.types)?;
        let factors = model.weights[model.features.states.len()..].iter().map(|w| w.exp()).collect();
        Ok(Self { model, labels, factors })
    }

    /// The PHI of `text`, in order. An entity goes from its first word's first byte to its last word's last. Its score is the
    /// probability of its type given all words, the geometric mean over its words.
    pub fn tag(&self, text: &str) -> Vec<Entity> {
        let note = Note::new(text);
        let types = self.model.types.len();
        let factors = Steps::new(types, &self.factors);
        let mut lattice = Lattice::new(types);
        let mut unused = vec![0.0; self.factors.len()];
        let mut found = Vec::new();
        let mut entities = Vec::new();
        for sequence in &note.sequences {
            for (word, scores) in sequence.clone().zip(lattice.begin(sequence.len())) {
                extract(&note.tokens, word, &mut found);
                for feature in found.iter().filter_map(|&hash| self.model.features.find(hash)) {
                    self.model.features.score(feature, &self.model.weights, scores);
                }
            }
            let path = lattice.best_path(self.model.steps());
            if path.iter().all(|&state| state == 0) {
                continue;
            }
            // Weights that no training gives may be beyond all numbers; the path stands, but its words have no probability.
            let known = lattice.forward(factors).is_finite();
            lattice.backward(factors, &mut unused);
            let words: Vec<WordScores> = (0..sequence.len())
                .map(|word| {
                    let mut marginal = vec![0.0; self.labels.len()];
                    lattice.marginal(word, &mut marginal);
                    let scores = marginal.into_iter().map(|p| p.ln() as f32).collect();
                    WordScores { span: note.spans[sequence.start + word], scores }
                })
                .collect();
            self.collect(&path, &words, known, &mut entities);
        }
        entities
    }

    /// The entities along a path, which is legal.
    fn collect(&self, path: &[usize], words: &[WordScores], known: bool, entities: &mut Vec<Entity>) {
        let tags = self.labels.tags();
        let mut start = 0;
        while start < path.len() {
            let inside = tags[path[start]].entity_type().map(Tag::I);
            let more = path[start + 1..].iter().take_while(|&&state| Some(tags[state]) == inside).count();
            let members = &words[start..=start + more];
            if let Some(entity_type) = tags[path[start]].entity_type() {
                let span = Span::new(members[0].span.start, members[more].span.end);
                let score = if known { entity_score(members, entity_type, &self.labels) } else { 1.0 };
                entities.push(Entity { span, entity_type, score, source: Source::Model });
            }
            start += 1 + more;
        }
    }
}
