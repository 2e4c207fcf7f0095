//! Telephone and fax numbers.
//!
//! Where the form tells the country, the number comes from those that its regulator keeps for fiction: no one's phone rings.

use super::Note;
use crate::redact::identity::fold;

/// (country code, national number without trunk 0: first digits, length, what stands for it). `#` is a digit.
///
/// NANP: 555-0100 to -0199 (ATIS-0300115), in area codes N9X, which are kept for a longer plan. 44: Ofcom, Telephone numbers for use in
/// TV and radio drama. 61: ACMA, Numbers for use in creative works. 33: ARCEP, décision 2018-0881.
const FICTION: &[(&str, &str, usize, &str)] = &[
    ("44", "7", 10, "7700900###"),
    ("44", "20", 10, "2079460###"),
    ("44", "28", 10, "2896496###"),
    ("44", "29", 10, "2920180###"),
    ("44", "11", 10, "1134960###"),
    ("44", "121", 10, "1314960###"),
    ("44", "131", 10, "1214960###"),
    ("44", "141", 10, "1514960###"),
    ("44", "151", 10, "1414960###"),
    ("44", "161", 10, "1214960###"),
    ("44", "191", 10, "1414960###"),
    ("44", "1", 10, "1632960###"),
    ("44", "80", 10, "8081570###"),
    ("44", "3", 10, "3069990###"),
    ("61", "2", 9, "25550####"),
    ("61", "3", 9, "35550####"),
    ("61", "7", 9, "75550####"),
    ("61", "8", 9, "85550####"),
    ("33", "1", 9, "19900####"),
    ("33", "2", 9, "26191####"),
    ("33", "3", 9, "35301####"),
    ("33", "4", 9, "46571####"),
    ("33", "5", 9, "53649####"),
    ("33", "6", 9, "63998####"),
    ("33", "7", 9, "63998####"),
];

/// Words in a number that are no part of it.
const WORDS: &[&str] = &[
    "ext",
    "extn",
    "extension",
    "x",
    "ex",
    "pager",
    "pgr",
    "pg",
    "beeper",
    "bleep",
    "tel",
    "telephone",
    "phone",
    "ph",
    "fax",
    "cell",
    "mobile",
    "mob",
    "home",
    "work",
    "office",
    "h",
    "w",
    "m",
    "c",
    "o",
    "t",
    "f",
    "p",
    "voicemail",
    "vm",
    "option",
    "opt",
    "or",
    "and",
    "ask",
    "for",
];

/// Another number in the same writing. Letters, as in "1-800-FLOWERS", become others; "ext." and its like stay.
pub(super) fn surrogate(note: &Note, slice: &str) -> Option<String> {
    let digits: String = slice.chars().filter(char::is_ascii_digit).collect();
    let key = if digits.is_empty() { fold(slice) } else { digits.clone() };
    note.first(slice, |attempt| {
        let mut draw = note.seed.draw("phone", &key, attempt);
        let mut made = match fiction(slice, &digits, draw.below(7), draw.below(10)) {
            Some(pattern) => draw.fill(&pattern),
            // The first digit tells the kind of number.
            None => digits.chars().enumerate().map(|(i, c)| if i == 0 && digits.len() > 3 { c } else { draw.like(c) }).collect(),
        };
        made.extend(digits.chars().skip(made.len()).map(|c| draw.like(c)).collect::<Vec<_>>());
        let mut made = made.chars();
        let mut out = String::new();
        let mut chars = slice.char_indices().peekable();
        while let Some((start, c)) = chars.next() {
            if c.is_ascii_digit() {
                out.push(made.next()?);
            } else if c.is_alphabetic() {
                let mut end = start + c.len_utf8();
                while let Some((i, next)) = chars.next_if(|(_, next)| next.is_alphabetic()) {
                    end = i + next.len_utf8();
                }
                let word = slice.get(start..end)?;
                if WORDS.contains(&word.to_lowercase().as_str()) { out += word } else { out.extend(word.chars().map(|c| draw.like(c))) }
            } else {
                out.push(if c.is_numeric() { draw.like(c) } else { c });
            }
        }
        Some(out)
    })
}

/// The pattern of the fictional numbers in place of `digits`, as they stand in `slice`; an extension behind is left out.
fn fiction(slice: &str, digits: &str, area: usize, middle: usize) -> Option<String> {
    let slice = slice.trim();
    let main = slice.split(|c: char| c.is_alphabetic()).map(str::trim).find(|part| part.contains(|c: char| c.is_ascii_digit()))?;
    let main_digits: String = main.chars().filter(char::is_ascii_digit).collect();
    let groups: Vec<usize> = main.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty()).map(str::len).collect();
    let abroad = main.starts_with('+') || main.starts_with("(+") || main_digits.starts_with("00");
    if !digits.starts_with(&main_digits) {
        return None;
    }
    let (prefix, country, national) = if abroad {
        let zeros = main_digits.len() - main_digits.trim_start_matches('0').len();
        let rest = &main_digits[zeros..];
        let country = ["1", "44", "61", "33"].into_iter().find(|code| rest.starts_with(code))?;
        let rest = &rest[country.len()..];
        let trunk = usize::from(country != "1" && rest.starts_with('0'));
        (main_digits.len() - rest.len() + trunk, country, &rest[trunk..])
    } else {
        let country = match (main_digits.len(), groups.as_slice()) {
            _ if !main_digits.starts_with('0') => "1",
            (11, _) => "44",
            (10, [2, 4, 4]) => "61",
            (10, [2, 2, 2, 2, 2]) => "33",
            _ => return None,
        };
        let trunk = usize::from(main_digits.starts_with('0') || main_digits.len() == 11 && main_digits.starts_with('1'));
        (trunk, country, &main_digits[trunk..])
    };
    let number = if country == "1" {
        match national.len() {
            10 if national.starts_with(|c: char| c > '1') => format!("{}9{middle}55501##", area + 2),
            7 if !abroad && prefix == 0 && groups == [3, 4] => "55501##".to_string(),
            _ => return None,
        }
    } else {
        let fits = |row: &&(&str, &str, usize, &str)| row.0 == country && national.starts_with(row.1) && national.len() == row.2;
        FICTION.iter().find(fits)?.3.to_string()
    };
    Some(format!("{}{number}", &main_digits[..prefix]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_tell_the_country() {
        for (text, expected) in [
            ("(617) 555-1234", Some("294 55501##")),
            ("617-867-5309 x12", Some("294 55501##")),
            ("+1 617 867 5309", Some("1 294 55501##")),
            ("1-800-867-5309", Some("1 294 55501##")),
            ("867-5309", Some("55501##")),
            ("07911 123456", Some("07700900###")),
            ("+44 (0)7911 123456", Some("4407700900###")),
            ("0044 7911 123456", Some("00447700900###")),
            ("020 7123 4567", Some("02079460###")),
            ("0161 123 4567", Some("01214960###")),
            ("01223 123456", Some("01632960###")),
            ("(02) 9123 4567", Some("025550####")),
            ("+61 2 9123 4567", Some("6125550####")),
            ("06 12 34 56 78", Some("063998####")),
            ("+234 803 123 4567", None),
            ("12345", None),
            ("ext. 12", None),
            ("", None),
        ] {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            assert_eq!(fiction(text, &digits, 0, 4).as_deref(), expected.map(|e| e.replace(' ', "")).as_deref(), "{text}");
        }
    }
}
