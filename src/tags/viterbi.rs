//! Constrained Viterbi decoding over words.
//!
//! The only transitions are those of IOB2: `I-X` follows `B-X` or `I-X`, everything else may follow anything. A word's sub-words must
//! agree: a word is `O` (all its tokens `O`), `B-X` (its first token `B-X`, the others `I-X`) or `I-X` (all `I-X`), and its score is the
//! mean of its tokens' log-probabilities, so that a word cut into many pieces weighs no more than another.

use super::Thresholds;
use crate::labels::{EntityType, LabelSet, Tag};
use crate::text::Span;

/// A unit of decoding: consecutive tokens that must agree.
#[derive(Debug, Clone, PartialEq)]
pub struct WordScores {
    /// Bytes of the original text.
    pub span: Span,
    /// Log-score of each label of the set for this word.
    pub scores: Vec<f32>,
}

impl WordScores {
    /// The word's scores from the log-probabilities of its tokens, each of `labels.len()`.
    pub fn new(span: Span, tokens: &[&[f32]], labels: &LabelSet) -> Self {
        let mean = |label: usize, inside: usize| {
            let first = tokens[0][label];
            let rest: f32 = tokens[1..].iter().map(|t| t[inside]).sum();
            (first + rest) / tokens.len() as f32
        };
        let inside = |tag: Tag, id: usize| match tag {
            // Where a set has no I- (an entity type of one token), the B- stands for it.
            Tag::B(t) => labels.id(Tag::I(t)).unwrap_or(id),
            _ => id,
        };
        let scores = labels.tags().iter().enumerate().map(|(id, &tag)| mean(id, inside(tag, id))).collect();
        Self { span, scores }
    }

    /// Probability that the word is not `O`.
    pub fn phi_probability(&self, labels: &LabelSet) -> f32 {
        let outside = labels.id(Tag::O).map_or(0.0, |id| f64::from(self.scores[id]).exp());
        let all: f64 = self.scores.iter().map(|s| f64::from(*s).exp()).sum();
        if all > 0.0 { (1.0 - outside / all).clamp(0.0, 1.0) as f32 } else { 0.0 }
    }

    /// Probability that the word belongs to an entity of type `t`, among all labels of the set.
    fn probability(&self, t: EntityType, labels: &LabelSet) -> f32 {
        let mut of_type = 0.0f64;
        let mut all = 0.0f64;
        for (score, tag) in self.scores.iter().zip(labels.tags()) {
            let p = f64::from(*score).exp();
            all += p;
            if tag.entity_type() == Some(t) {
                of_type += p;
            }
        }
        if all > 0.0 { (of_type / all) as f32 } else { 0.0 }
    }
}

/// The best sequence of tags, one a word. The thresholds are applied as a bias on the labels of their types.
///
/// Behind a word of the same type a beginning has to be [`APART`] times as probable: two entities of one type stand side by side seldom,
/// and a name that is cut in two is neither. Dates do, in tables and ranges.
pub fn decode(words: &[WordScores], labels: &LabelSet, thresholds: &Thresholds) -> Vec<Tag> {
    let n = labels.len();
    let tags = labels.tags();
    let bias: Vec<f32> = tags.iter().map(|t| t.entity_type().map_or(0.0, |t| thresholds.bias(t))).collect();
    let begin: Vec<Option<usize>> = tags.iter().map(|t| if let Tag::I(t) = t { labels.id(Tag::B(*t)) } else { None }).collect();

    let emission = |word: &WordScores, id: usize| word.scores[id] + bias[id];
    // Two bytes each: on a note of ten megabytes the table is most of what decoding takes.
    let mut back: Vec<u16> = Vec::with_capacity(words.len() * n);
    let mut best: Vec<f32> = vec![f32::NEG_INFINITY; n];
    for (i, word) in words.iter().enumerate() {
        // Everything but I- may follow anything, so the best label and the best of another type serve all: linear in the number of labels.
        let (first, second) = leaders(&best, tags);
        let mut next = vec![f32::NEG_INFINITY; n];
        for id in 0..n {
            let (previous, score) = match (begin[id], i) {
                (None, 0) => (id, 0.0),
                (Some(_), 0) => (id, f32::NEG_INFINITY),
                (None, _) => {
                    let close = best[first] - apart(tags[first], tags[id]);
                    if close >= best[second] { (first, close) } else { (second, best[second]) }
                }
                (Some(b), _) if best[b] > best[id] => (b, best[b]),
                (Some(_), _) => (id, best[id]),
            };
            next[id] = score + emission(word, id);
            back.push(previous as u16);
        }
        best = next;
    }
    let Some(mut id) = (0..n).filter(|_| !words.is_empty()).max_by(|&a, &b| best[a].total_cmp(&best[b])) else { return Vec::new() };
    let mut path = vec![Tag::O; words.len()];
    for i in (0..words.len()).rev() {
        path[i] = tags[id];
        id = usize::from(back[i * n + id]);
    }
    path
}

/// How many times as probable as the first's going on a second entity of the same type is to be.
const APART: f32 = 4.0;

/// What it costs that `next` follows `last`.
fn apart(last: Tag, next: Tag) -> f32 {
    match next {
        Tag::B(t) if last.entity_type() == Some(t) && t != EntityType::Date => APART.ln(),
        _ => 0.0,
    }
}

/// The label with the best score, and the best one of another type; the first of equals, so that doubt is no finding.
fn leaders(best: &[f32], tags: &[Tag]) -> (usize, usize) {
    let top = |but: Option<Tag>| {
        let others = (0..tags.len()).filter(|&id| but.is_none_or(|but| tags[id].entity_type() != but.entity_type()));
        others.reduce(|a, b| if best[b] > best[a] { b } else { a }).unwrap_or(0)
    };
    let first = top(None);
    (first, top(tags.get(first).copied()))
}

/// The probability of an entity of type `t` over `words`: the geometric mean of its words' probabilities.
pub fn entity_score(words: &[WordScores], t: EntityType, labels: &LabelSet) -> f32 {
    let sum: f32 = words.iter().map(|w| w.probability(t, labels).max(1e-12).ln()).sum();
    (sum / words.len().max(1) as f32).exp().clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn labels() -> LabelSet {
        LabelSet::from_id2label(&["O", "B-AGE", "I-AGE", "B-DATE", "I-DATE"].iter().map(|l| l.to_string()).enumerate().collect()).unwrap()
    }

    fn word(i: usize, scores: &[f32]) -> WordScores {
        WordScores { span: Span::new(i, i + 1), scores: scores.to_vec() }
    }

    fn legal(path: &[Tag]) -> bool {
        path.iter().enumerate().all(|(i, tag)| match tag {
            Tag::I(t) => i > 0 && path[i - 1].entity_type() == Some(*t),
            _ => true,
        })
    }

    #[test]
    fn an_inside_without_its_beginning_becomes_one() {
        let words = [word(0, &[-3.0, -2.0, -0.1, -9.0, -9.0]), word(1, &[-3.0, -4.0, -0.1, -9.0, -9.0])];
        assert_eq!(decode(&words, &labels(), &0.5.into()), [Tag::B(EntityType::Age), Tag::I(EntityType::Age)]);
    }

    #[test]
    fn sub_words_agree() {
        let (b, i, o) = ([-4.0, -0.1, -3.0, -9.0, -9.0], [-3.0, -3.0, -0.1, -9.0, -9.0], [-0.5, -3.0, -2.0, -9.0, -9.0]);
        let w = WordScores::new(Span::new(0, 9), &[&b, &i, &o], &labels());
        assert_eq!(decode(&[w], &labels(), &0.5.into()), [Tag::B(EntityType::Age)]);
    }

    #[test]
    fn a_second_beginning_has_to_be_sure_of_itself() {
        let twice = |first: usize, b: f32, i: f32| {
            let scores = |b, i| if first == 1 { [-9.0, b, i, -9.0, -9.0] } else { [-9.0, -9.0, -9.0, b, i] };
            decode(&[word(0, &scores(-0.1, -3.0)), word(1, &scores(b, i))], &labels(), &0.5.into())[1]
        };
        assert_eq!(twice(1, -0.6, -0.8), Tag::I(EntityType::Age));
        assert_eq!(twice(1, -0.1, -2.4), Tag::B(EntityType::Age));
        assert_eq!(twice(3, -0.6, -0.8), Tag::B(EntityType::Date));
    }

    #[test]
    fn a_lower_threshold_finds_more() {
        let words = [word(0, &[-0.5, -1.0, -9.0, -9.0, -9.0])];
        assert_eq!(decode(&words, &labels(), &0.5.into()), [Tag::O]);
        assert_eq!(decode(&words, &labels(), &0.2.into()), [Tag::B(EntityType::Age)]);
    }

    #[test]
    fn a_type_may_have_a_threshold_of_its_own() {
        let words = [word(0, &[-0.5, -1.0, -9.0, -9.0, -9.0]), word(1, &[-0.5, -9.0, -9.0, -1.0, -9.0])];
        let ages = Thresholds::new(0.5, [(EntityType::Age, 0.2)].into());
        assert_eq!(decode(&words, &labels(), &ages), [Tag::B(EntityType::Age), Tag::O]);
        let rest = Thresholds::new(0.2, [(EntityType::Age, 0.5)].into());
        assert_eq!(decode(&words, &labels(), &rest), [Tag::O, Tag::B(EntityType::Date)]);
    }

    proptest! {
        /// Against trying every sequence.
        #[test]
        fn is_optimal_and_legal(rows in prop::collection::vec(prop::collection::vec(-9f32..0.0, 5), 0..5)) {
            let labels = labels();
            let words: Vec<_> = rows.iter().enumerate().map(|(i, r)| word(i, r)).collect();
            let score = |path: &[Tag]| -> f32 {
                let cost = |i: usize, t: Tag| if i > 0 { apart(path[i - 1], t) } else { 0.0 };
                path.iter().enumerate().map(|(i, t)| words[i].scores[labels.id(*t).unwrap()] - cost(i, *t)).sum()
            };
            let path = decode(&words, &labels, &0.5.into());
            prop_assert!(legal(&path) && path.len() == words.len());
            let mut best = f32::NEG_INFINITY;
            for code in 0..5usize.pow(words.len() as u32) {
                let other: Vec<Tag> = (0..words.len()).map(|i| labels.tags()[code / 5usize.pow(i as u32) % 5]).collect();
                if legal(&other) {
                    best = best.max(score(&other));
                }
            }
            prop_assert!(words.is_empty() || (score(&path) - best).abs() < 1e-4);
        }
    }
}
