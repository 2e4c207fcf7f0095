//! HL7 v2 messages (v2.5.1, chapter 2). The view is the messages themselves with the usual delimiters, whichever they have, and with
//! escapes decoded, a segment a line: the shape that the rules know. A component of a field, or a sub-component, is a segment of the note, unless the
//! field is structure ([`fields`]).

mod fields;

use super::Format;
use super::note::Note;
use super::place::Place;
use super::splice::Decoded;
use crate::error::Result;
use crate::rules::hl7::holds_time;

/// The delimiters of a message, from its header.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Delimiters {
    field: char,
    component: char,
    repetition: Option<char>,
    escape: Option<char>,
    sub: Option<char>,
}

/// A vertical tab begins a message of the transport MLLP, a file separator ends it.
const FRAMING: [char; 2] = ['\u{b}', '\u{1c}'];

/// The note. `unread` gets what cannot be read.
pub(super) fn read(source: &str, unread: &mut Vec<String>) -> Result<Vec<Note>> {
    let mut note = Note::default();
    let mut delimiters = None;
    let mut encapsulated = 0;
    let mut at = 0;
    for (i, line) in source.split_inclusive(['\r', '\n']).enumerate() {
        let fail = |reason: &str| Format::Hl7.invalid(format!("line {}", i + 1), reason);
        let text = line.trim_matches(|c| FRAMING.contains(&c) || matches!(c, '\r' | '\n' | '\u{feff}'));
        let start = at + line.find(text).unwrap_or(0);
        let end = start + text.len();
        at += line.len();
        let name = text.get(..3).filter(|name| name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())).unwrap_or_default();
        if matches!(name, "MSH" | "FHS" | "BHS") {
            delimiters = Some(Delimiters::of(text).ok_or_else(|| fail("a header without two delimiters that differ"))?);
        }
        match delimiters {
            None if text.trim().is_empty() => {}
            None => return Err(fail("the file does not begin with a message header (MSH)")),
            Some(delimiters)
                if !name.is_empty() && text.get(3..).is_some_and(|rest| rest.is_empty() || rest.starts_with(delimiters.field)) =>
            {
                encapsulated += segment(source, start, text, name, delimiters, &mut note);
            }
            // Not a segment: the line goes on with the text before it, as some senders write long ones.
            Some(delimiters) => note.push(0, source, start..end, Place::Hl7(delimiters)),
        }
        if line.ends_with(['\r', '\n']) && !note.view.is_empty() && !note.view.ends_with('\n') {
            note.view.push('\n');
        }
    }
    if delimiters.is_none() {
        return Err(Format::Hl7.invalid("the file", "no message header (MSH)"));
    }
    if encapsulated > 0 {
        unread.push(format!("encapsulated files (OBX of type ED): {encapsulated}"));
    }
    Ok(vec![note])
}

/// Reads a segment; how many encapsulated files it holds.
fn segment(source: &str, start: usize, text: &str, name: &str, delimiters: Delimiters, note: &mut Note) -> usize {
    let header = matches!(name, "MSH" | "FHS" | "BHS");
    let fields: Vec<&str> = text.split(delimiters.field).collect();
    // The type of an observation's value.
    let kind = if name == "OBX" { fields.get(2).copied().unwrap_or_default() } else { "" };
    let mut encapsulated = 0;
    let mut at = start;
    for (i, &field) in fields.iter().enumerate() {
        // A header's first field is the delimiter itself.
        let number = if header && i > 0 { i + 1 } else { i };
        if i > 0 {
            note.view.push('|');
            at += delimiters.field.len_utf8();
        }
        let value = name == "OBX" && number == 5 && !field.is_empty();
        if header && i == 1 {
            note.view += "^~\\&";
        } else if i == 0 {
            note.view += name;
        } else if value && kind == "ED" {
            encapsulated += 1;
            note.view += "…";
        } else {
            let time = holds_time(name, number) || (value && matches!(kind, "DT" | "TS" | "DTM"));
            let place = match (fields::is_fixed(name, number), time) {
                (true, _) => None,
                (false, true) => Some(Place::Hl7Time(delimiters)),
                (false, false) => Some(Place::Hl7(delimiters)),
            };
            components(source, at, field, delimiters, place, note);
        }
        at += field.len();
    }
    encapsulated
}

/// Reads a field, its components segments if they have a `place`.
fn components(source: &str, start: usize, field: &str, delimiters: Delimiters, place: Option<Place>, note: &mut Note) {
    let mut at = start;
    for piece in field.split_inclusive(|c| delimiters.inner(c).is_some()) {
        let delimiter = piece.chars().next_back().and_then(|c| Some((c, delimiters.inner(c)?)));
        let end = at + piece.len() - delimiter.map_or(0, |(c, _)| c.len_utf8());
        match place {
            Some(place) if end > at => note.push(0, source, at..end, place),
            _ => note.view += &decode(source.get(at..end).unwrap_or_default(), delimiters).view,
        }
        note.view.extend(delimiter.map(|(_, usual)| usual));
        at += piece.len();
    }
}

impl Delimiters {
    /// Those that a header segment states.
    pub(super) fn of(header: &str) -> Option<Self> {
        let mut chars = header.get(3..)?.chars();
        let field = chars.next()?;
        let mut next = || chars.next().filter(|&c| c != field);
        let component = next()?;
        let (repetition, escape, sub) = (next(), next(), next());
        let all = [Some(field), Some(component), repetition, escape, sub];
        let known = all.iter().flatten();
        let usable = known.clone().all(|c| c.is_ascii_graphic() && !c.is_ascii_alphanumeric());
        let distinct = known.clone().enumerate().all(|(i, c)| known.clone().skip(i + 1).all(|other| other != c));
        (usable && distinct).then_some(Self { field, component, repetition, escape, sub })
    }

    /// What stands in the view for a delimiter inside a field.
    fn inner(self, c: char) -> Option<char> {
        match Some(c) {
            c if c == Some(self.component) => Some('^'),
            c if c == self.repetition => Some('~'),
            c if c == self.sub => Some('&'),
            _ => None,
        }
    }
}

/// A character of a component as the view has it: what the rules would take for a delimiter is shown as its like.
fn shown(c: char) -> char {
    match c {
        '|' => '¦',
        '^' => 'ˆ',
        '~' => '˜',
        c => c,
    }
}

/// A component as it reads (HL7 v2.5.1, 2.7).
pub(super) fn decode(raw: &str, delimiters: Delimiters) -> Decoded {
    let mut decoded = Decoded::default();
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        let sequence = (Some(c) == delimiters.escape).then(|| rest[c.len_utf8()..].split_once(c)).flatten();
        let read = sequence.and_then(|(sequence, _)| Some((sequence, unescape(sequence, delimiters)?)));
        let len = match read {
            Some((sequence, text)) => {
                decoded.escape(sequence.len() + 2 * c.len_utf8(), &text);
                sequence.len() + 2 * c.len_utf8()
            }
            None if shown(c) != c => {
                decoded.escape(c.len_utf8(), shown(c).encode_utf8(&mut [0; 4]));
                c.len_utf8()
            }
            None => {
                let end = rest.char_indices().skip(1).find(|(_, next)| shown(*next) != *next || Some(*next) == delimiters.escape);
                let len = end.map_or(rest.len(), |(end, _)| end);
                decoded.literal(&rest[..len]);
                len
            }
        };
        rest = &rest[len..];
    }
    decoded
}

/// What an escape sequence stands for. `None` if it is none.
fn unescape(sequence: &str, delimiters: Delimiters) -> Option<String> {
    let text = |c: Option<char>| c.map(|c| shown(c).to_string());
    match sequence {
        "F" => text(Some(delimiters.field)),
        "S" => text(Some(delimiters.component)),
        "R" => text(delimiters.repetition),
        "T" => text(delimiters.sub),
        "E" => text(delimiters.escape),
        // Highlighting.
        "H" | "N" => Some(String::new()),
        _ => {
            let (kind, rest) = (sequence.chars().next()?, sequence.get(1..)?);
            let plain = rest.len() <= 64 && rest.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b' '));
            match kind {
                // Formatting: a new line and the like. A line feed would end the segment.
                '.' if plain => Some(" ".into()),
                'X' if !rest.is_empty() => hexadecimal(rest),
                'C' | 'M' | 'Z' if plain && rest.bytes().all(|b| b.is_ascii_alphanumeric()) => Some(String::new()),
                _ => None,
            }
        }
    }
}

/// The characters of bytes in hexadecimal; white space for line ends and what is no UTF-8.
fn hexadecimal(digits: &str) -> Option<String> {
    let pairs = digits.as_bytes().chunks(2);
    let bytes: Option<Vec<u8>> = pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect();
    let text = String::from_utf8_lossy(&bytes?).into_owned();
    Some(text.chars().map(|c| if c.is_control() || c == char::REPLACEMENT_CHARACTER { ' ' } else { shown(c) }).collect())
}

/// `text` as it stands in a component. Line ends and framing become spaces.
pub(super) fn encode(text: &str, delimiters: Delimiters) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let sequence = match Some(c) {
            c if c == Some(delimiters.field) => Some("F"),
            c if c == Some(delimiters.component) => Some("S"),
            c if c == delimiters.repetition => Some("R"),
            c if c == delimiters.sub => Some("T"),
            c if c == delimiters.escape => Some("E"),
            _ => None,
        };
        match (sequence, delimiters.escape) {
            (Some(sequence), Some(escape)) => out.extend([escape].into_iter().chain(sequence.chars()).chain([escape])),
            (Some(_), None) => out.push(' '),
            (None, _) if c.is_control() => out.push(' '),
            (None, _) => out.push(c),
        }
    }
    out
}
