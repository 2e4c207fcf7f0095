//! Where an entity begins and ends, to the character.
//!
//! Sub-words carry punctuation along: byte-level vocabularies have tokens such as `")` and `("`. By the i2b2 guideline punctuation at
//! the ends of an entity stands outside, and a date is not cut between its figures.

use super::titles::bare_name;
use crate::labels::EntityType;
use crate::text::Span;

/// Never the first or last character of an entity.
const OUTSIDE: &[char] = &[',', ';', ':', '|', '^', '~', '*', '=', '<', '>', '&', '\\', '_', '/', '!', '?', '•'];
const OPENING: &[char] = &['(', '[', '{'];
const CLOSING: &[char] = &[')', ']', '}'];

/// The span without punctuation at its ends. A date that ends between figures takes the rest of them, a name that is cut at a hyphen
/// the rest of its word: half a name left standing is a leak. Neither leaves `room`, which ends where the neighbouring entities begin.
pub fn settle(text: &str, span: Span, entity_type: EntityType, room: Span) -> Span {
    let mut span = span;
    match entity_type {
        EntityType::Date => span.end = whole_figures(text, span, room.end),
        EntityType::Patient | EntityType::Doctor => {
            let after = text.get(span.end..room.end).unwrap_or("");
            let before = text.get(room.start..span.start).unwrap_or("");
            span.end += hyphened(after.chars());
            span.start -= hyphened(before.chars().rev());
        }
        _ => {}
    }
    let span = trim(text, unescaped(text, span), entity_type);
    match entity_type {
        EntityType::Patient | EntityType::Doctor => trim(text, bare_name(text, span), entity_type),
        EntityType::Date => span.slice(text).map_or(span, |date| Span::new(span.start, span.end - full_stop(date, &text[span.end..]))),
        _ => span,
    }
}

/// In text that was put into JSON, the letter of an escape ("\\nVoula") is not the name's.
fn unescaped(text: &str, span: Span) -> Span {
    let escape = text.get(..span.start).is_some_and(|before| before.ends_with('\\') && !before.ends_with("\\\\"));
    let letter = span.slice(text).is_some_and(|s| s.starts_with(['n', 'r', 't']) && s[1..].starts_with(|c: char| !c.is_lowercase()));
    if escape && letter { Span::new(span.start + 1, span.end) } else { span }
}

/// 1 if a date's full stop ends the sentence: an abbreviated month keeps it only before figures.
fn full_stop(date: &str, rest: &str) -> usize {
    let month = date.strip_suffix('.').is_some_and(|d| d.ends_with(char::is_alphabetic));
    usize::from(month && !rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

/// Bytes of the hyphens and letters that follow a name without a gap: "Müller" of "Müller-Ng" is followed by three.
fn hyphened(chars: impl Iterator<Item = char>) -> usize {
    let (mut taken, mut pending, mut begun) = (0, 0, false);
    for c in chars {
        match c {
            '-' | '\u{2010}' | '\u{2011}' if pending == 0 => pending = c.len_utf8(),
            c if c.is_alphabetic() && (begun || pending > 0) => {
                (taken, pending, begun) = (taken + pending + c.len_utf8(), 0, true);
            }
            _ => break,
        }
    }
    taken
}

fn trim(text: &str, span: Span, entity_type: EntityType) -> Span {
    let Some(mut slice) = span.slice(text) else { return span };
    let mut start = span.start;
    loop {
        let before = slice.len();
        let mut chars = slice.chars();
        if let Some(first) = chars.next() {
            let unopened = CLOSING.contains(&first) || first == '.' || (OPENING.contains(&first) && !closes(chars.as_str(), first));
            let quote = matches!(first, '\'' | '’' | '‘') && entity_type != EntityType::Date || unpaired(first, chars.as_str());
            let mark = matches!(first, '-' | '–' | '—' | '#' | '@');
            if OUTSIDE.contains(&first) && first != '/' || unopened || quote || mark || first.is_whitespace() {
                slice = chars.as_str();
                start += first.len_utf8();
            }
        }
        let mut chars = slice.chars();
        if let Some(last) = chars.next_back() {
            let rest = chars.as_str();
            let unclosed = OPENING.contains(&last) || (CLOSING.contains(&last) && !opens(rest, last));
            let quote = matches!(last, '\'' | '’' | '‘' | '-' | '–' | '—') || unpaired(last, rest);
            if OUTSIDE.contains(&last) && !(last == '/' && entity_type == EntityType::Url)
                || unclosed
                || quote
                || (last == '.' && !abbreviates(rest))
                || last.is_whitespace()
            {
                slice = rest;
            }
        }
        if slice.len() == before || slice.is_empty() {
            break;
        }
    }
    // Nothing but punctuation: as it was, somebody else will judge it.
    if slice.is_empty() { span } else { Span::new(start, start + slice.len()) }
}

/// Whether a quotation mark at one end has no partner in the rest: a nickname's quotes inside a name stay.
fn unpaired(mark: char, rest: &str) -> bool {
    let quotes = |c: char| matches!(c, '"' | '“' | '”');
    quotes(mark) && rest.chars().filter(|&c| quotes(c)).count() % 2 == 0
}

fn closes(rest: &str, opening: char) -> bool {
    OPENING.iter().zip(CLOSING).any(|(o, c)| *o == opening && rest.contains(*c))
}

fn opens(rest: &str, closing: char) -> bool {
    OPENING.iter().zip(CLOSING).any(|(o, c)| *c == closing && rest.matches(*o).count() > rest.matches(*c).count())
}

/// Whether a full stop behind `rest` belongs to an abbreviation: "R.I.", "St.", "Jr.".
fn abbreviates(rest: &str) -> bool {
    let word = rest.rsplit(char::is_whitespace).next().unwrap_or(rest);
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    word.contains('.') || (2..4).contains(&letters) && letters == word.chars().count()
}

/// The end of the run of figures and single marks that the span ends in, if the span ends inside one.
fn whole_figures(text: &str, span: Span, limit: usize) -> usize {
    let figures = span.slice(text).is_some_and(|s| s.trim_end_matches(['/', '-']).ends_with(|c: char| c.is_ascii_digit()));
    let bytes = text.as_bytes();
    let digit = |at: usize| at < limit && bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = span.end;
    while figures && end - span.end < 8 {
        if digit(end) {
            end += 1;
        } else if end < limit
            && matches!(bytes.get(end), Some(b'/' | b'-'))
            && digit(end + 1)
            && bytes.get(end - 1).is_some_and(u8::is_ascii_digit)
        {
            end += 2;
        } else {
            break;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled<'t>(text: &'t str, part: &str, entity_type: EntityType) -> &'t str {
        let start = text.find(part).unwrap();
        settle(text, Span::new(start, start + part.len()), entity_type, Span::new(0, text.len())).slice(text).unwrap()
    }

    #[test]
    fn punctuation_stands_outside() {
        use EntityType::*;
        for (part, entity_type, expected) in [
            ("CRUZ, WILMA J (\"", Patient, "CRUZ, WILMA J"),
            ("Billie\")", Patient, "Billie"),
            ("Lee, Bo \"Ace\"", Patient, "Lee, Bo \"Ace\""),
            ("8/22,", Date, "8/22"),
            ("'98", Date, "'98"),
            ("(617) 555-0143", Phone, "(617) 555-0143"),
            ("O'Brien's", Patient, "O'Brien's"),
            ("Jones'", Patient, "Jones'".trim_end_matches('\'')),
            ("Ohio.", State, "Ohio"),
            ("R.I.", State, "R.I."),
            ("Smith Jr.", Patient, "Smith Jr."),
            ("@walker_9", Username, "walker_9"),
            ("\"\"", Patient, "\"\""),
            ("1st Nov.", Date, "1st Nov"),
            ("Aunty Rose Jarrah", Patient, "Rose Jarrah"),
            ("LENA K DO", Doctor, "LENA K"),
        ] {
            assert_eq!(settled(&format!("x {part} x"), part, entity_type), expected);
        }
    }

    #[test]
    fn a_name_is_not_cut_at_its_hyphen() {
        for (text, part, expected) in [
            ("Zoë Müller\u{2011}Ng came", "Zoë Müller", "Zoë Müller\u{2011}Ng"),
            ("mrs okonedo-falk, 52", "falk", "okonedo-falk"),
            ("Jones - seen", "Jones", "Jones"),
            ("Okafor's wife", "Okafor", "Okafor"),
            ("Jones--seen", "Jones", "Jones"),
        ] {
            assert_eq!(settled(text, part, EntityType::Patient), expected);
        }
        // The neighbour's words are the neighbour's.
        let text = "Lee-Ng";
        assert_eq!(settle(text, Span::new(0, 3), EntityType::Patient, Span::new(0, 4)), Span::new(0, 3));
    }

    #[test]
    fn an_escape_is_not_the_name() {
        assert_eq!(settled("Hamish,\\n\\nVoula was", "nVoula", EntityType::Patient), "Voula");
        assert_eq!(settled("seen by nVidia", "nVidia", EntityType::Patient), "nVidia");
    }

    #[test]
    fn a_date_keeps_its_figures() {
        assert_eq!(settled("on 10/5 at", "10/", EntityType::Date), "10/5");
        assert_eq!(settled("on 10/5 at", "10", EntityType::Date), "10/5");
        assert_eq!(settled("at 14h20", "14", EntityType::Date), "14");
        let text = "4/5-4/7";
        assert_eq!(settle(text, Span::new(0, 3), EntityType::Date, Span::new(0, 4)), Span::new(0, 3));
    }
}
