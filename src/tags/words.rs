//! From the windows' logits to scores per word of the whole note: this is where windows are stitched.

use super::borders::settle;
use super::viterbi::{WordScores, decode, entity_score};
use super::{Entity, Source, Thresholds};
use crate::error::{Error, Result};
use crate::labels::{LabelSet, Tag};
use crate::logits::Logits;
use crate::text::Span;
use crate::tokenizer::{Encoding, Window};

/// Log-probabilities of every token of a note, gathered from the windows that decide them.
///
/// Decoding runs over the whole note afterwards, so an entity across a seam is one entity.
pub struct TokenScores {
    log_probs: Vec<Vec<f32>>,
}

impl TokenScores {
    /// An empty table for `len` tokens.
    pub fn new(len: usize) -> Self {
        Self { log_probs: vec![Vec::new(); len] }
    }

    /// Takes what `window` decides from its logits, whose first `prefix` rows are special tokens.
    pub fn take(&mut self, window: &Window, logits: &Logits, prefix: usize) -> Result<()> {
        if logits.seq_len() < prefix + window.tokens.len() {
            let (rows, tokens) = (logits.seq_len(), window.tokens.len());
            return Err(Error::EncoderFailed { reason: format!("{rows} rows of logits for {tokens} tokens") });
        }
        for token in window.core.clone() {
            self.log_probs[token] = logits.log_probs(prefix + token - window.tokens.start);
        }
        Ok(())
    }

    /// The words of the whole note with their scores. Fails when a token was never decided: nothing passes unseen.
    pub fn words(&self, text: &str, encoding: &Encoding, labels: &LabelSet) -> Result<Vec<WordScores>> {
        if self.log_probs.iter().any(|row| row.len() != labels.len()) {
            return Err(Error::EncoderFailed { reason: "a token has no scores".into() });
        }
        let words = groups(text, encoding)
            .into_iter()
            .map(|tokens| {
                let span = Span::new(encoding.spans[tokens.start].start, encoding.spans[tokens.end - 1].end);
                let rows: Vec<&[f32]> = self.log_probs[tokens].iter().map(Vec::as_slice).collect();
                WordScores::new(span, &rows, labels)
            })
            .collect();
        Ok(words)
    }
}

/// Tokens that must agree: those of one word, cut where digits and letters meet ("45yo" is an age and two letters). Tokens of white
/// space alone, which byte-level vocabularies have, are left out: a line end inside a name does not cut it in two.
fn groups(text: &str, encoding: &Encoding) -> Vec<std::ops::Range<usize>> {
    let mut groups: Vec<std::ops::Range<usize>> = Vec::new();
    for i in (0..encoding.len()).filter(|&i| !encoding.spans[i].is_empty()) {
        let joins = i > 0 && encoding.words[i] == encoding.words[i - 1] && !meets(text, encoding.spans[i - 1], encoding.spans[i]);
        match groups.last_mut() {
            Some(last) if joins && last.end == i => last.end = i + 1,
            _ => groups.push(i..i + 1),
        }
    }
    groups
}

fn meets(text: &str, before: Span, after: Span) -> bool {
    let last = before.slice(text).and_then(|s| s.chars().next_back());
    let first = after.slice(text).and_then(|s| s.chars().next());
    match (last, first) {
        (Some(a), Some(b)) => (a.is_ascii_digit() && b.is_alphabetic()) || (a.is_alphabetic() && b.is_ascii_digit()),
        _ => false,
    }
}

/// The entities of a note's words, decoded from the thresholds on: see [`decode`].
pub fn entities(text: &str, words: &[WordScores], labels: &LabelSet, thresholds: &Thresholds) -> Vec<Entity> {
    let path = decode(words, labels, thresholds);
    let mut entities = Vec::new();
    let mut start = 0;
    while start < words.len() {
        let Some(entity_type) = path[start].entity_type() else {
            start += 1;
            continue;
        };
        let mut end = start + 1;
        while end < words.len() && path[end] == Tag::I(entity_type) {
            end += 1;
        }
        let members = &words[start..end];
        let span = Span::new(members[0].span.start, members[members.len() - 1].span.end);
        // Up to the neighbours on the path.
        let next = (end..words.len()).find(|&i| path[i] != Tag::O).map_or(text.len(), |i| words[i].span.start);
        let last = entities.last().map_or(0, |e: &Entity| e.span.end);
        let span = settle(text, span, entity_type, Span::new(last.min(span.start), next.max(span.end)));
        if !span.is_empty() {
            entities.push(Entity { span, entity_type, score: entity_score(members, entity_type, labels), source: Source::Model });
        }
        start = end;
    }
    entities
}
