use crate::text::Span;
use regex::Regex;
use std::sync::LazyLock;

/// The words of `text`, in order: a run of letters and digits with the combining marks, joiners and variation selectors in it is one,
/// and so is each other character that is not white space.
///
/// This is the pre-token that word counts, token-level measures and CoNLL files are made of. It is fixed, so that a score does not
/// depend on the model's own tokenizer.
pub fn words(text: &str) -> Vec<Span> {
    static WORD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"[\p{L}\p{N}][\p{L}\p{N}\p{M}\x{200c}\x{200d}]*|\S[\p{M}\x{200c}\x{200d}]*").expect("a constant, valid pattern")
    });
    WORD.find_iter(text).map(|found| Span::new(found.start(), found.end())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cover_all_but_white_space() {
        let text = "Zoe\u{301} (MRN 12-345)\r\nשָׁלוֹם 👨\u{200d}👩 x_y\u{feff}z\u{a0}.";
        let found: Vec<_> = words(text).into_iter().map(|w| w.slice(text).unwrap()).collect();
        let expected = ["Zoe\u{301}", "(", "MRN", "12", "-", "345", ")", "שָׁלוֹם", "👨\u{200d}", "👩", "x", "_", "y", "\u{feff}", "z", "."];
        assert_eq!(found, expected);
        let covered: usize = found.iter().map(|w| w.len()).sum();
        assert_eq!(covered, text.chars().filter(|c| !c.is_whitespace()).map(char::len_utf8).sum::<usize>());
        assert!(words("").is_empty() && words(" \n").is_empty());
    }
}
