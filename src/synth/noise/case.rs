use super::{Char, replace};
use crate::labels::EntityType;
use crate::random::Rand;

pub(super) fn lower(chars: &mut Vec<Char>) {
    replace(chars, |c, out| out.extend(c.to_lowercase()));
}

pub(super) fn upper(chars: &mut Vec<Char>) {
    replace(chars, |c, out| out.extend(c.to_uppercase()));
}

fn upper_char(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

fn lower_char(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// What a recogniser of speech writes: small letters, no stops or commas, line ends only between paragraphs.
pub(super) fn transcribe(chars: &mut Vec<Char>) {
    lower(chars);
    let all = std::mem::take(chars);
    for (at, &(c, entity)) in all.iter().enumerate() {
        let next = all.get(at + 1);
        let ends_word = next.is_none_or(|(n, _)| n.is_whitespace());
        match c {
            // A stop inside a number, an address or a name that ends with it is no pause.
            '.' | ',' | ';' | ':' | '?' | '!' if entity.is_none() && ends_word => {}
            '\n' if entity.is_none() && next.is_some_and(|(n, _)| *n != '\n') => chars.push((' ', entity)),
            _ => chars.push((c, entity)),
        }
    }
}

/// Names in another case than their surroundings: "john smith", "john Smith", "SMITH".
pub(super) fn names(chars: &mut [Char], types: &[EntityType], rand: &mut Rand) {
    let style = rand.below(4);
    let share = rand.of([0.3, 0.6, 1.0]);
    let mut at = 0;
    while at < chars.len() {
        let entity = chars[at].1;
        let end = at + chars[at..].iter().take_while(|(_, e)| *e == entity).count();
        let is_name = entity.and_then(|e| types.get(e)).is_some_and(|t| {
            use EntityType::{City, Country, Doctor, Hospital, Organization, Patient, State, Street};
            matches!(t, Patient | Doctor | Hospital | City | Organization | Street | State | Country)
        });
        if is_name && rand.chance(share) {
            let first_word = rand.chance(0.5);
            let mut word = 0;
            for (c, _) in &mut chars[at..end] {
                word += usize::from(*c == ' ');
                *c = match style {
                    0 => lower_char(*c),
                    1 if (word == 0) == first_word => lower_char(*c),
                    2 => upper_char(*c),
                    3 if (word == 0) != first_word => upper_char(*c),
                    _ => *c,
                };
            }
        }
        at = end.max(at + 1);
    }
}

/// Sentences that begin small.
pub(super) fn lose_starts(chars: &mut [Char]) {
    let mut starts = true;
    for (c, entity) in chars {
        if starts && c.is_alphabetic() {
            if entity.is_none() {
                *c = lower_char(*c);
            }
            starts = false;
        }
        starts |= matches!(c, '.' | '\n' | '?');
        starts &= !c.is_alphanumeric();
    }
}

/// Labels before a colon, in capitals, in title case or small; what is an entity stays.
pub(super) fn headings(chars: &mut [Char], rand: &mut Rand) {
    let style = rand.below(3);
    let mut at = 0;
    while at < chars.len() {
        let end = at + chars[at..].iter().take_while(|(c, _)| *c != '\n').count();
        let label = chars[at..end].iter().take(40).position(|(c, entity)| *c == ':' && entity.is_none());
        let mut inside_word = false;
        for (c, entity) in chars[at..at + label.unwrap_or(0)].iter_mut() {
            if entity.is_none() {
                *c = match (style, inside_word) {
                    (0, _) | (1, false) => upper_char(*c),
                    (1, true) => lower_char(*c),
                    _ => lower_char(*c),
                };
            }
            inside_word = c.is_alphabetic();
        }
        at = end + 1;
    }
}
