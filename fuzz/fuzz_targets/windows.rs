//! Windows and their stitching: every token is decided once, and what the scores say comes out as entities within the text.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use scrubjay::logits::Logits;
use scrubjay::tags::{Thresholds, TokenScores, entities, repeated};
use scrubjay::tokenizer::{Encoding, WindowOptions, windows};
use scrubjay::{LabelSet, Span};

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    text: &'a str,
    cuts: Vec<u8>,
    max_words: u8,
    max_tokens: u8,
    overlap: u8,
    scores: &'a [u8],
    threshold: u8,
}

fuzz_target!(|input: Input<'_>| {
    let text = input.text;
    let mut encoding = Encoding::default();
    let (mut word, mut start) = (0, 0);
    for (i, (at, c)) in text.char_indices().enumerate() {
        let cut = input.cuts.get(i % input.cuts.len().max(1)).copied().unwrap_or(0);
        if cut % 3 > 0 || c.is_whitespace() {
            if at > start {
                encoding.ids.push(1);
                encoding.spans.push(Span::new(start, at).trim(text));
                encoding.words.push(word);
            }
            word += u32::from(cut % 3 == 2 || c.is_whitespace());
            start = at;
        }
    }
    let options = WindowOptions { max_words: input.max_words.into(), max_tokens: input.max_tokens.into(), overlap: input.overlap.into() };
    let labels = LabelSet::i2b2();
    let mut scores = TokenScores::new(encoding.len());
    let mut next = 0;
    for window in windows(text, &encoding, options) {
        assert_eq!(window.core.start, next);
        assert!(window.tokens.start <= window.core.start && window.core.end <= window.tokens.end);
        assert!(window.tokens.len() <= options.max_tokens.max(1));
        next = window.core.end;
        let len = (window.tokens.len() + 1) * labels.len();
        let values = (0..len).map(|i| f32::from(input.scores.get(i % input.scores.len().max(1)).copied().unwrap_or(0)) / 9.0);
        scores.take(&window, &Logits::new(values.collect(), labels.len()).unwrap(), 1).unwrap();
    }
    assert_eq!(next, encoding.len());
    let words = scores.words(text, &encoding, &labels).unwrap();
    let found = entities(text, &words, &labels, &Thresholds::from(f32::from(input.threshold) / 255.0));
    assert!(found.iter().all(|e| e.span.slice(text).is_some_and(|slice| !slice.is_empty())));
    assert!(repeated(text, &words, &labels, &found).iter().all(|e| e.span.slice(text).is_some()));
});
