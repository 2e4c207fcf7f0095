//! Ages up to 89 as they are, all others as one, §164.514(b)(2)(i)(C).

use super::words::{Word, meaning};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Nobody is older, in years: what is read as more is something else.
const OLDEST: f64 = 130.0;

/// An age that could be read.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::redact) struct Age {
    /// The highest age it can mean, in years.
    pub(in crate::redact) years: f64,
    /// Where its number stands, if it is one whole number of years and nothing else.
    pub(in crate::redact) number: Option<Range<usize>>,
}

/// The text itself for an age of at most 89 years, `90+` for all above, `None` where no age can be read: "9O", "elderly", "almost 90".
pub(super) fn generalise(text: &str) -> Option<String> {
    let age = read_age(text)?;
    Some(if age.years < 90.0 { text.into() } else { "90+".into() })
}

/// A number that waits for its unit.
struct Number {
    value: u32,
    /// It is a ten in words, or ends with "hundred".
    open: bool,
    /// A mark of a range before it.
    after_range: bool,
}

/// Reads an age of numbers and known words. Fractions fall away: 89½ is 89. Of several numbers the highest counts.
pub(in crate::redact) fn read_age(text: &str) -> Option<Age> {
    static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(concat!(
            r"^(?:(?<number>[0-9]+)(?:\.[0-9]{1,2}|;(?:[0-9]|1[01])(?-u:\b)|\s?[½¼¾⅓⅔]|(?:\s|-)(?<a>[0-9]{1,2})/(?<b>[0-9]{1,2}))?",
            r"|(?<word>[a-z]+)|(?<over>[+>≥])|(?<to>[-‐‑–—])|(?<rest>[\s.,:/~'’()]))"
        ))
        .expect("a constant, valid pattern")
    });
    // Letters beyond ASCII are none of an age; the others keep their places.
    let lower = text.to_ascii_lowercase();
    let (mut at, mut open, mut years) = (0, Vec::<Number>::new(), Vec::<f64>::new());
    let (mut over, mut range, mut numbers, mut plain) = (false, false, 0, None);
    let mut last = Word::Nothing;
    while at < lower.len() {
        let token = TOKEN.captures(lower.get(at..)?)?;
        let whole = token.get(0)?;
        if let Some(number) = token.name("number") {
            if let (Some(a), Some(b)) = (token.name("a"), token.name("b")) {
                let (a, b): (u32, u32) = (a.as_str().parse().ok()?, b.as_str().parse().ok()?);
                if a >= b || ![2, 3, 4, 7, 12, 31, 52].contains(&b) {
                    return None;
                }
            }
            numbers += 1;
            plain = (whole.len() == number.len()).then(|| at..at + number.len());
            open.push(Number { value: number.as_str().parse().ok()?, open: false, after_range: std::mem::take(&mut range) });
            last = Word::Number(0);
        } else if let Some(word) = token.name("word") {
            let word = meaning(word.as_str())?;
            match word {
                Word::Unit(per_year) => {
                    if open.is_empty() {
                        return None;
                    }
                    if per_year != 1 {
                        plain = None;
                    }
                    years.push(close(&mut open)? / f64::from(per_year));
                }
                Word::Number(value) | Word::Tens(value) => {
                    numbers += 1;
                    match open.last_mut() {
                        // "ninety-two", "one hundred and two".
                        Some(before) if before.open && value < 10 => {
                            (before.value, before.open) = (before.value.checked_add(value)?, false)
                        }
                        Some(before) if before.open && before.value % 100 == 0 => before.value = before.value.checked_add(value)?,
                        _ => {
                            let tens = matches!(word, Word::Tens(_));
                            open.push(Number { value, open: tens, after_range: std::mem::take(&mut range) });
                        }
                    }
                    range = false;
                }
                Word::Hundred => match open.last_mut() {
                    Some(before) => (before.value, before.open) = (before.value.checked_mul(100)?, true),
                    None => open.push(Number { value: 100, open: true, after_range: false }),
                },
                Word::Whole(value) => years.push(f64::from(value)),
                // "90s" and "90's" alone: "9s" may be a misread 95.
                Word::Decade => match open.last() {
                    Some(before) if before.value >= 10 && before.value % 10 == 0 && matches!(last, Word::Number(_)) => plain = None,
                    _ => return None,
                },
                Word::Old if !matches!(last, Word::Unit(1)) => return None,
                Word::Over => over = true,
                Word::To => range = true,
                Word::Old | Word::Nothing => {}
            }
            last = word;
        } else if token.name("over").is_some() {
            over = true;
        } else if token.name("to").is_some() {
            range = true;
        }
        at += whole.end();
    }
    if !open.is_empty() {
        years.push(close(&mut open)?);
    }
    let highest = years.into_iter().reduce(f64::max)? + if over { 1.0 } else { 0.0 };
    (highest <= OLDEST).then(|| Age { years: highest, number: plain.filter(|_| numbers == 1 && !over) })
}

/// The highest of the numbers before a unit. Two are read only as the ends of a range.
fn close(open: &mut Vec<Number>) -> Option<f64> {
    let readable = open.windows(2).all(|pair| pair[1].after_range && pair[0].value < pair[1].value);
    let highest = open.iter().map(|number| number.value).max().filter(|_| readable)?;
    open.clear();
    Some(f64::from(highest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ninety_and_over_are_one() {
        for text in concat!(
            "90|92|101| 95 |92 y|92yo|92 y/o|92 y.o.|92-year-old|92 years old|92 yrs|ninety|Ninety-Two|ninety two|",
            "one hundred|one hundred and two|a hundred|90s|90's|90’s|early 90s|nineties|mid-nineties|nonagenarian|",
            "Centenarian|supercentenarian|90+|>89|> 90|over 89|over 90|89+|85-92|88 to 95|96M|96 m|92F|92/M|95 d|102d|",
            "1100 months|age 93|aged 97|90th|92½|92.5|90 1/2|92 y 6 mo|ninety-year-old|103 years of age|his 90s"
        )
        .split('|')
        {
            assert_eq!(generalise(text).as_deref(), Some("90+"), "{text:?}");
        }
    }

    #[test]
    fn up_to_eighty_nine_stays() {
        for text in concat!(
            "0|1|61|89|61-year-old|61 y/o|61yo|61M|61 F|89 years 11 months|6 mo|18 mo|96 months|102 days|100 weeks|",
            "36 hours|1 1/2|3 1/2|3-1/2|9 9/12|1½ yrs|9;9|61.5|eighty-nine|eighty nine|seventy|Nineteen|60s|80's|mid-80s|",
            "late 80s|early 60's|sixties|eighties|teens|octogenarian|60-65|60–65|60 to 65|6-8 months|92-96 months|65+|",
            "over 65|newborn|two-year-old|two and a half years|50th|2 years, 3 months|about 60|~60|forty-nine y.o.|one"
        )
        .split('|')
        {
            assert_eq!(generalise(text).as_deref(), Some(text), "{text:?}");
        }
    }

    #[test]
    fn every_age_is_on_its_side() {
        for n in 0..=130 {
            for text in [n.to_string(), format!("{n}-year-old"), format!("{n} y.o."), format!("{n}F"), format!("{n}½"), format!("{n}th")] {
                let expected = if n < 90 { text.as_str() } else { "90+" };
                assert_eq!(generalise(&text).as_deref(), Some(expected), "{text:?}");
            }
            let (months, days) = (format!("{} months", 12 * n), format!("{} days", 365 * n));
            let expected = |text: &str| Some(if n < 90 { text.to_string() } else { "90+".into() });
            assert_eq!((generalise(&months), generalise(&days)), (expected(&months), expected(&days)));
        }
    }

    #[test]
    fn what_cannot_be_read_does_not_stay() {
        for text in concat!(
            "| |9O|O9|l9|9S|95s|9 2|9,2|92, 6 months|9-2|92-6 months|almost 90|<90|under 90|elderly|Jane|61 Jane|1962|131|",
            "99999999999999999999|92/95|9/2/1|pachpan|６１|sixfy-five|yo|months|61\u{200b}|quatre-vingt-dix|1 hundred 90 1|",
            "hundred hundred hundred hundred hundred hundred"
        )
        .split('|')
        {
            assert_eq!(generalise(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_plain_number_is_found() {
        let number = |text| read_age(text).and_then(|age| age.number);
        assert_eq!(number("61"), Some(0..2));
        assert_eq!(number("61-year-old"), Some(0..2));
        assert_eq!(number("aged 61"), Some(5..7));
        for text in ["6 mo", "3 1/2", "61.5", "60s", "60-65", "eighty-nine", ">65", "2 years 3 months"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
