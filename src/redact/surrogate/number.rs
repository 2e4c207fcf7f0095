//! Numbers that stand for somebody, and ages.

use super::Note;
use crate::redact::identity::fold;
use std::ops::Range;

/// A record, account or serial number: every digit and letter by another, all else as it is. `XXX-XX` of a masked one stays.
pub(super) fn id(note: &Note, slice: &str) -> Option<String> {
    let key = fold(slice);
    note.first(slice, |attempt| Some(unmasked(slice, &note.seed.draw("id", &key, attempt).shape(slice))))
}

/// `made`, with the runs of `x` that mask digits in `slice`.
fn unmasked(slice: &str, made: &str) -> String {
    let original: Vec<char> = slice.chars().collect();
    let masks = |i: usize| original.get(i).is_some_and(|c| matches!(c, 'x' | 'X'));
    let kept = |i: usize| masks(i) && (masks(i + 1) || i > 0 && masks(i - 1));
    made.chars().enumerate().map(|(i, c)| if kept(i) { original[i] } else { c }).collect()
}

/// A social security number that was never issued: an area from 900 on, and no group of those that taxpayers' numbers use
/// (SSA, RM 10201.035; IRS, ITIN: groups 50 and up). British ones begin with a letter that none begins with (HMRC, NIM39110).
pub(super) fn ssn(note: &Note, slice: &str) -> Option<String> {
    let key = fold(slice);
    let digits = slice.chars().filter(char::is_ascii_digit).count();
    let groups: Vec<usize> = runs(slice).iter().map(Range::len).collect();
    let american = digits == 9 && !key.contains(char::is_alphabetic) && groups != [3, 3, 3];
    let british = key.len() == 9 && digits == 6 && key.starts_with(char::is_alphabetic);
    note.first(slice, |attempt| {
        let mut draw = note.seed.draw("ssn", &key, attempt);
        let mut made = unmasked(slice, &draw.shape(slice));
        if american {
            let mut at = 0;
            let (tens, ones) = (draw.below(5), draw.below(10));
            made = made
                .chars()
                .map(|c| {
                    at += usize::from(c.is_ascii_digit());
                    match (c.is_ascii_digit(), at) {
                        (true, 1) => '9',
                        (true, 4) => char::from(b'0' + tens as u8),
                        // No group is 00.
                        (true, 5) => char::from(b'0' + if tens == 0 { ones.max(1) } else { ones } as u8),
                        _ => c,
                    }
                })
                .collect();
        } else if british {
            let first = draw.pick(&['D', 'F', 'I', 'Q', 'U', 'V'])?;
            let mut chars = made.chars();
            let capital = chars.next()?.is_uppercase();
            made = std::iter::once(if capital { first } else { first.to_ascii_lowercase() }).chain(chars).collect();
        }
        Some(made)
    })
}

/// The byte ranges of the runs of digits.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (i, _) in text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        match runs.last_mut().filter(|run| run.end == i) {
            Some(run) => run.end += 1,
            None => runs.push(i..i + 1),
        }
    }
    runs
}

const UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Words of an age that stay. Others are none of it, and there is no surrogate.
const AGE_WORDS: &[&str] = &[
    "year", "years", "yr", "yrs", "y", "yo", "o", "old", "olds", "of", "age", "aged", "month", "months", "mo", "mos", "m", "f", "week",
    "weeks", "wk", "wks", "w", "day", "days", "d", "s", "and", "a", "half", "to", "or", "in", "early", "mid", "late", "th", "st", "nd",
    "rd", "about",
];

/// Another age at most three off, in the form of the first: 1 to 89 stays so, and 90 or more stays so. A decade ("80s") goes one up or
/// down. Fractions keep their second number.
pub(super) fn age(note: &Note, slice: &str) -> Option<String> {
    let key = fold(slice);
    let digits = runs(slice);
    let alien = |word: &str| !word.is_empty() && !AGE_WORDS.contains(&word.to_lowercase().as_str());
    if !digits.is_empty() && slice.split(|c: char| !c.is_alphabetic()).any(alien) {
        return None;
    }
    let made = |attempt| {
        let mut draw = note.seed.draw("age", &key, attempt);
        let step = (1 + draw.below(3) as i64) * if draw.below(2) == 0 { 1 } else { -1 };
        if digits.is_empty() {
            return spelt(slice, step);
        }
        let mut out = String::new();
        let mut at = 0;
        for run in &digits {
            let mark = |c: Option<char>| matches!(c, Some('/' | '.' | ',' | '⁄'));
            let fraction = at > 0 && (mark(slice[..run.start].chars().next_back()) || mark(slice[run.end..].chars().next()));
            out += &slice[at..run.start];
            at = run.end;
            let number = &slice[run.clone()];
            let value: i64 = number.parse().ok().filter(|v| *v < 1000)?;
            let decade = value % 10 == 0 && value > 0 && slice[run.end..].trim_start_matches(['\'', '’']).starts_with('s');
            if decade && value >= 90 {
                return None;
            }
            let new = if fraction { value } else { moved(value, if decade { 10 * step.signum() } else { step }) };
            out += &format!("{new:0width$}", width = if number.starts_with('0') { number.len() } else { 1 });
        }
        out += &slice[at..];
        Some(out)
    };
    // It may be the age of somebody else.
    (0..super::ATTEMPTS).filter_map(made).find(|made| note.is_other(slice, made))
}

/// `value` and `step` away, on its side of 90. Where there is no room, the step goes the other way.
fn moved(value: i64, step: i64) -> i64 {
    let range = if value < 90 { 1..=89 } else { 90..=999 };
    [value + step, value - step, value + step.signum(), value - step.signum()].into_iter().find(|v| range.contains(v)).unwrap_or(value)
}

/// The same for an age in words.
fn spelt(slice: &str, step: i64) -> Option<String> {
    let lower = slice.to_lowercase();
    let word = |value: i64| -> Option<String> {
        let value = usize::try_from(value).ok().filter(|v| *v < 100)?;
        Some(match (value / 10, value % 10) {
            (0 | 1, _) => UNITS[value].to_string(),
            (tens, 0) => TENS[tens].to_string(),
            (tens, unit) => format!("{}-{}", TENS[tens], UNITS[unit]),
        })
    };
    // The longest first: "sixty-four" holds "sixty". "Forty four" is written so too.
    let mut names: Vec<(i64, String)> = Vec::new();
    for value in 1..100 {
        let name = word(value)?;
        names.extend([(value, name.replace('-', " ")), (value, name)]);
    }
    names.sort_by_key(|(_, name)| std::cmp::Reverse(name.len()));
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let (value, range) = names.into_iter().find_map(|(value, name)| {
        let start = lower.find(&name)?;
        let end = start + name.len();
        let whole = !letter(lower[..start].chars().next_back()) && !letter(lower[end..].chars().next());
        whole.then_some((value, start..end))
    })?;
    let around = [&lower[..range.start], &lower[range.end..]];
    if around.iter().flat_map(|part| part.split(|c: char| !c.is_alphabetic())).any(|word| !word.is_empty() && !AGE_WORDS.contains(&word)) {
        return None;
    }
    let made = format!("{}{}{}", &lower[..range.start], word(moved(value, step))?, &lower[range.end..]);
    Some(super::case::like(slice, &made))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_stay_on_their_side_of_ninety() {
        for value in 0..200 {
            for step in [-3, -2, -1, 1, 2, 3] {
                let new = moved(value, step);
                assert!(new != value && (new - value).abs() < 4 && (value < 90) == (new < 90) && new > 0, "{value} {step} {new}");
            }
        }
    }
}
