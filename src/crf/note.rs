//! A note as the features see it: words, lines, runs, and the sequences that are decoded one at a time.

use super::features::{Token, hash, join, shape};
use crate::corpus::words;
use crate::text::Span;
use std::ops::Range;

/// A sequence of this many words ends with its line.
const LONG: usize = 200;
/// A sequence never has more words than this.
const LONGEST: usize = 400;
/// A colon after more words than this does not end a label ("Attending physician:").
const LABEL_WORDS: usize = 4;

/// The words of a note.
pub struct Note {
    /// Where they are.
    pub spans: Vec<Span>,
    /// What the features are made of.
    pub tokens: Vec<Token>,
    /// Ranges of words, in order; together they are all words.
    pub sequences: Vec<Range<usize>>,
}

impl Note {
    /// Reads `text`.
    pub fn new(text: &str) -> Self {
        let spans = words(text);
        let mut tokens: Vec<Token> = spans.iter().map(|span| Token::new(&text[span.range()])).collect();
        // Between each word and the one before.
        let gap = |i: usize| &text[spans[i - 1].end..spans[i].start];
        let breaks: Vec<usize> = (0..spans.len()).map(|i| if i == 0 { 0 } else { line_ends(gap(i)) }).collect();
        for line in ranges(spans.len(), |i| breaks[i] > 0) {
            tokens[line.start].line_start = true;
            tokens[line.end - 1].line_end = true;
            let colon = line.clone().take(LABEL_WORDS + 1).find(|&i| &text[spans[i].range()] == ":");
            if let Some(colon) = colon.filter(|&colon| colon > line.start) {
                let label = join("label", tokens[line.start..colon].iter().map(|t| t.lower));
                tokens[colon + 1..line.end].iter_mut().for_each(|t| t.label = Some(label));
            }
        }
        for run in ranges(spans.len(), |i| !gap(i).is_empty()) {
            let whole = hash(&shape(&text[spans[run.start].start..spans[run.end - 1].end], true));
            tokens[run].iter_mut().for_each(|t| t.run = whole);
        }
        let mut start = 0;
        let ends = |i: usize| {
            let here = breaks[i] > 1 || (breaks[i] > 0 && i - start >= LONG) || i - start >= LONGEST;
            if here {
                start = i;
            }
            here
        };
        let sequences = ranges(spans.len(), ends);
        Self { spans, tokens, sequences }
    }
}

/// `0..len` cut before each index at which `cut` says so. It is asked in order, from 1 on.
fn ranges(len: usize, mut cut: impl FnMut(usize) -> bool) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for i in 0..len {
        match ranges.last_mut() {
            Some(last) if !cut(i) => last.end = i + 1,
            _ => ranges.push(i..i + 1),
        }
    }
    ranges
}

/// Number of line ends in white space, CRLF being one.
fn line_ends(gap: &str) -> usize {
    let count = |end: char| gap.chars().filter(|&c| c == end).count();
    count('\n').max(count('\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_labels_and_runs() {
        let text = "Attending Dr: Ann\r\nLee 3/4/21\r\n\r\n: x";
        let note = Note::new(text);
        let word = |i: usize| &text[note.spans[i].range()];
        let with = |f: &dyn Fn(&Token) -> bool| (0..note.tokens.len()).filter(|&i| f(&note.tokens[i])).map(word).collect::<Vec<_>>();
        assert_eq!(with(&|t| t.line_start), ["Attending", "Lee", ":"]);
        assert_eq!(with(&|t| t.line_end), ["Ann", "21", "x"]);
        // A colon that begins a line has no label before it.
        assert_eq!(with(&|t| t.label.is_some()), ["Ann"]);
        assert_eq!(with(&|t| t.run == hash("d/d/d")), ["3", "/", "4", "/", "21"]);
        assert_eq!(note.sequences, [0..10, 10..12]);
        assert!(Note::new(" \n").sequences.is_empty());
    }

    #[test]
    fn sequences_are_bounded() {
        let wrapped = Note::new(&"one two three four five six seven\n".repeat(100));
        assert!(wrapped.sequences.iter().all(|s| s.start % 7 == 0 && s.len() < LONG + 7));
        let endless = Note::new(&"word ".repeat(1000));
        assert_eq!(endless.sequences, [0..400, 400..800, 800..1000]);
    }
}
