use super::Encoding;
use std::ops::Range;

/// How a long note is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowOptions {
    /// Most words (pre-tokens) a window; 250 in Oh, Kang & Lee 2022.
    pub max_words: usize,
    /// Most tokens a window, special tokens not counted: the model's positions less those.
    pub max_tokens: usize,
    /// Words that a window shares with the one before it.
    pub overlap: usize,
}

impl WindowOptions {
    /// 130 words with an overlap of 30, for a model that takes `max_tokens`. The shipped model learnt on such windows and does better on
    /// them than on the paper's 250: attention spreads less, and so does its cost.
    pub fn new(max_tokens: usize) -> Self {
        Self { max_words: 130, max_tokens, overlap: 30 }
    }
}

/// A stretch of tokens that the encoder sees at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// What it sees.
    pub tokens: Range<usize>,
    /// Of which it decides these. The `core`s of all windows cover every token exactly once.
    pub core: Range<usize>,
}

/// Cuts an encoding into windows: each ends at a line's or a sentence's end where there is one in its last quarter, else between
/// words, and inside a word only when the word alone is too long. No token is dropped. In an overlap each window decides the half
/// that lies farther from its own edge.
pub fn windows(text: &str, encoding: &Encoding, options: WindowOptions) -> Vec<Window> {
    let n = encoding.len();
    let max_tokens = options.max_tokens.max(1);
    let max_words = options.max_words.max(1);
    let mut windows: Vec<Window> = Vec::new();
    let mut start = 0;
    while start < n {
        let end = window_end(text, encoding, start, max_tokens, max_words);
        windows.push(Window { tokens: start..end, core: start..end });
        if end == n {
            break;
        }
        // At most half a window is shared, so that every step goes on.
        start = back_by_words(encoding, start + (end - start).div_ceil(2), end, options.overlap);
    }
    for i in 1..windows.len() {
        let (from, to) = (windows[i].tokens.start, windows[i - 1].tokens.end);
        let middle = word_start(encoding, from + (to - from).div_ceil(2), from);
        windows[i - 1].core.end = middle;
        windows[i].core.start = middle;
    }
    windows
}

/// Where the window that starts at `start` ends.
fn window_end(text: &str, encoding: &Encoding, start: usize, max_tokens: usize, max_words: usize) -> usize {
    let limit = (start + max_tokens).min(encoding.len());
    let mut words = 1;
    let mut end = limit;
    for i in start + 1..limit {
        words += usize::from(encoding.words[i] != encoding.words[i - 1]);
        if words > max_words {
            end = i;
            break;
        }
    }
    if end == encoding.len() {
        return end;
    }
    let earliest = start + (end - start) * 3 / 4;
    let candidates = || (earliest.max(start + 1)..=end).rev();
    let gap = |i: usize| text.get(encoding.spans[i - 1].end..encoding.spans[i].start).unwrap_or("");
    let ends_sentence =
        |i: usize| !gap(i).is_empty() && encoding.spans[i - 1].slice(text).is_some_and(|t| t.ends_with(['.', '!', '?', ';', ':']));
    let between_words = |i: usize| encoding.words[i] != encoding.words[i - 1];
    candidates()
        .find(|&i| gap(i).contains('\n'))
        .or_else(|| candidates().find(|&i| ends_sentence(i)))
        .or_else(|| candidates().find(|&i| !gap(i).is_empty()))
        .or_else(|| candidates().find(|&i| between_words(i)))
        .unwrap_or(end)
}

/// The first token of the `overlap`th word before `end`, but not before `floor`.
fn back_by_words(encoding: &Encoding, floor: usize, end: usize, overlap: usize) -> usize {
    let mut words = 0;
    let mut at = end;
    while at > floor && at > 0 {
        if at < encoding.len() && encoding.words[at] != encoding.words[at - 1] {
            if words == overlap {
                break;
            }
            words += 1;
        }
        at -= 1;
    }
    at.max(floor)
}

/// The first token of the word at `at`, but not before `floor`.
fn word_start(encoding: &Encoding, at: usize, floor: usize) -> usize {
    let mut start = at;
    while start > floor && encoding.words[start] == encoding.words[start - 1] {
        start -= 1;
    }
    if start == floor { at } else { start }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;
    use proptest::prelude::*;

    /// One token a character, one word a run of non-spaces.
    fn encode(text: &str) -> Encoding {
        let mut encoding = Encoding::default();
        let mut word = 0;
        for (i, c) in text.char_indices() {
            if c.is_whitespace() {
                word += 1;
            } else {
                encoding.ids.push(1);
                encoding.spans.push(Span::new(i, i + c.len_utf8()));
                encoding.words.push(word);
            }
        }
        encoding
    }

    fn check(text: &str, options: WindowOptions) -> Vec<Window> {
        let encoding = encode(text);
        let windows = windows(text, &encoding, options);
        let mut next = 0;
        for window in &windows {
            assert_eq!(window.core.start, next, "a token is decided by none or by two");
            assert!(window.tokens.start <= window.core.start && window.core.end <= window.tokens.end);
            assert!(window.tokens.len() <= options.max_tokens.max(1) && !window.tokens.is_empty());
            let words = &encoding.words[window.tokens.clone()];
            assert!(words.chunk_by(|a, b| a == b).count() <= options.max_words);
            next = window.core.end;
        }
        assert_eq!(next, encoding.len());
        windows
    }

    #[test]
    fn cuts_at_line_ends() {
        let text = "aa bb cc dd\nee ff gg hh";
        let windows = check(text, WindowOptions { max_words: 5, max_tokens: 100, overlap: 0 });
        assert_eq!(windows[0].tokens, 0..8);
    }

    #[test]
    fn shares_words_and_splits_the_difference() {
        let windows = check("a b c d e f g h", WindowOptions { max_words: 6, max_tokens: 100, overlap: 2 });
        assert_eq!(windows[0], Window { tokens: 0..6, core: 0..5 });
        assert_eq!(windows[1], Window { tokens: 4..8, core: 5..8 });
    }

    #[test]
    fn one_endless_word_is_cut_inside() {
        assert!(check(&"x".repeat(5000), WindowOptions { max_words: 250, max_tokens: 510, overlap: 40 }).len() >= 10);
    }

    proptest! {
        #[test]
        fn no_token_is_lost(text in "[a-z .\n]{0,400}", max_words in 1usize..40, max_tokens in 1usize..60, overlap in 0usize..50) {
            check(&text, WindowOptions { max_words, max_tokens, overlap });
        }
    }
}
