//! Text as it is compared: without case, marks, punctuation and white space.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The letters and digits of `text`, decomposed, in lower case and without marks; those that Unicode does not decompose as people type them.
pub(in crate::redact) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).nfkd() {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'þ' => out.push_str("th"),
            'ı' => out.push('i'),
            c if c.is_alphanumeric() && !is_combining_mark(c) => out.push(c),
            _ => {}
        }
    }
    out
}

/// Whether `c` stands inside of words without parting them: a mark, a joiner, a direction mark or a soft hyphen.
pub(in crate::redact) fn is_silent(c: char) -> bool {
    is_combining_mark(c)
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether `c` is an apostrophe, which parts no word: O'Brien, D’Souza.
pub(in crate::redact) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | 'ʻ' | '‘' | '`')
}

/// The byte ranges of the words of `text`: runs of letters, digits and silent characters, with apostrophes inside. A possessive
/// `'s` is left outside.
pub(in crate::redact) fn words(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut words: Vec<std::ops::Range<usize>> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let end = i + c.len_utf8();
        let goes_on = words.last().is_some_and(|word| word.end == i);
        if c.is_alphanumeric() && !goes_on {
            words.push(i..end);
        } else if let Some(word) = words.last_mut().filter(|word| word.end == i) {
            let joins = is_apostrophe(c) && chars.peek().is_some_and(|&(_, next)| next.is_alphanumeric());
            if c.is_alphanumeric() || is_silent(c) || joins {
                word.end = end;
            }
        }
    }
    for word in &mut words {
        let stem = text[word.clone()].trim_end_matches(['s', 'S']);
        if stem.len() + 1 == word.len() && stem.ends_with(is_apostrophe) {
            word.end = word.start + stem.trim_end_matches(is_apostrophe).len();
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_same_folds_to_the_same() {
        for (a, b) in [
            ("O’Brien", "OBRIEN"),
            ("Zoe\u{301}", "zoé"),
            ("Straße", "STRASSE"),
            ("Łukasz", "lukasz"),
            ("Chi\u{ad}di\u{200f}", "chidi"),
            ("617-555 (0100)", "6175550100"),
            ("İpek", "ipek"),
            ("ﬁona", "Fiona"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
        assert_eq!(fold("—👩\u{200d}⚕️"), "");
    }

    #[test]
    fn words_keep_apostrophes_and_drop_possessives() {
        let parts = |text: &'static str| words(text).into_iter().map(|r| &text[r]).collect::<Vec<_>>();
        assert_eq!(parts("O'Brien's, D’Souza-Lee"), ["O'Brien", "D’Souza", "Lee"]);
        assert_eq!(parts("C.O. Zoe\u{301}\r\nNg 'x'"), ["C", "O", "Zoe\u{301}", "Ng", "x"]);
        assert_eq!(parts("👩 שרה\u{200f} לוי"), ["שרה\u{200f}", "לוי"]);
    }
}
