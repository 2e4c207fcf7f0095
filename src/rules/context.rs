//! What stands around a candidate.

use super::recogniser::regex;
use regex::Regex;
use std::sync::LazyLock;

/// At most `len` bytes of `text` before `at`, on character boundaries.
pub(super) fn before(text: &str, at: usize, len: usize) -> &str {
    let mut start = at.saturating_sub(len);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..at).unwrap_or("")
}

/// At most `len` bytes of `text` from `at` on, on character boundaries.
pub(super) fn after(text: &str, at: usize, len: usize) -> &str {
    let mut end = text.len().min(at.saturating_add(len));
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(at..end).unwrap_or("")
}

/// Whether letters or digits stand on both sides of `at`.
pub(super) fn cuts_word(text: &str, at: usize) -> bool {
    let last = text.get(..at).and_then(|t| t.chars().next_back());
    let next = text.get(at..).and_then(|t| t.chars().next());
    last.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)
}

/// The end of the run of letters and digits that starts at `at`; one character on when there is none.
pub(super) fn end_of_word(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    let word = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    at + word.max(rest.chars().next().map_or(1, char::len_utf8))
}

/// Whether a number that ends here is a quantity: a unit, a percent sign or a dosage form follows.
pub(super) fn unit_follows(after: &str) -> bool {
    static UNIT: LazyLock<Regex> = LazyLock::new(|| {
        regex(concat!(
            r"(?i)^(?:{sp}?(?:%|°|º|µ|μ)|{sp}?{dash}?{sp}?(?:mgs?|mcg|ug|ng|pg|kg|kgs|gm?s?|grams?|mls?|dl|cc|l|liters?|litres?|oz|lbs?|pounds?|",
            r"units?|iu|u|meq|mmol|umol|nmol|mosm|kcals?|cals?|calories|bpm|mmhg|cmh2o|mm|cm|m|km|feet|ft|inches|steps|cells|copies|ohms?|",
            r"hrs?|hours?|h|mins?|minutes?|secs?|seconds?|msec|ms|days?|weeks?|wks?|months?|mos|years?|yrs?|times|tabs?|tablets?|caps?|capsules?|",
            r"puffs?|drops?|doses?|degrees?|deg|psi|gy|cgy|hz|j|joules|watts?|beats?|breaths?|points?|patients|people|dollars)(?-u:\b))",
        ))
    });
    UNIT.is_match(after)
}

/// Whether a digit follows or precedes behind a single joining mark, as in a longer number than the one matched.
pub(super) fn joined_to_digits(text: &str, start: usize, end: usize) -> bool {
    let joins = |c: char| matches!(c, '-' | '.' | '/' | ',' | ':' | '\u{2010}'..='\u{2015}');
    let mut left = before(text, start, 8).chars().rev();
    let mut right = after(text, end, 8).chars();
    let joined = |a: Option<char>, b: Option<char>| a.is_some_and(joins) && b.is_some_and(|c| c.is_ascii_digit());
    joined(left.next(), left.next()) || joined(right.next(), right.next())
}

/// Whether one of the words of `cue` ends right before the candidate or stands further left with no sentence end in between.
pub(super) fn cued(before: &str, cue: &Regex) -> bool {
    let sentence = before.rfind(['?', '!', ';']).map_or(before, |at| before.get(at + 1..).unwrap_or(""));
    cue.is_match(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_keep_character_boundaries() {
        let text = "é😀x😀é";
        for at in (0..=text.len()).filter(|&i| text.is_char_boundary(i)) {
            for len in 0..8 {
                assert!(text[..at].ends_with(before(text, at, len)));
                assert!(text[at..].starts_with(after(text, at, len)));
            }
        }
    }

    #[test]
    fn words_end_where_they_end() {
        assert_eq!(end_of_word("abc d", 0), 3);
        assert_eq!(end_of_word("😀d", 0), 4);
        assert_eq!(end_of_word("-d", 0), 1);
        assert!(cuts_word("ab", 1) && !cuts_word("a-", 1) && !cuts_word("ab", 2));
    }
}
