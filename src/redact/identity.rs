//! Who and what is the same: the numbers of numbered labels, and the links between the forms of a name that surrogates must respect.

mod fold;
mod name;
mod people;
mod places;

pub(super) use fold::{fold, is_silent, words};
pub(super) use name::{Name, Part, Role, is_upper};
pub(super) use places::acronym;

use crate::labels::EntityType::{self, *};
use crate::tags::Entity;
use std::collections::{HashMap, HashSet};

/// For each entity the number of what it names, from 1 in the order of first appearance among the entities of its type.
///
/// `entities` are in the order of `text` and do not overlap. People are the same if their names fit together (see [`people`]), hospitals
/// and organisations if one is a short form or the acronym of the other, numbers if their letters and digits agree, everything else if
/// the words do: without regard to case, marks, punctuation and white space. Types are counted apart: a patient is never a doctor.
pub(super) fn identities(text: &str, entities: &[Entity]) -> Vec<usize> {
    let names = names(text, entities);
    let mut out = vec![0; entities.len()];
    for &entity_type in EntityType::ALL {
        let mentions: Vec<usize> = (0..entities.len()).filter(|&i| entities[i].entity_type == entity_type).collect();
        let slices: Vec<&str> = mentions.iter().map(|&i| entities[i].span.slice(text).unwrap_or_default()).collect();
        let ids = match entity_type {
            Patient | Doctor => people::link(&mentions.iter().map(|&i| names[i].clone()).collect::<Vec<_>>()),
            Hospital | Organization => places::link(&slices),
            _ => numbered(slices.iter().map(|slice| key(slice, entity_type))),
        };
        for (i, number) in mentions.into_iter().zip(numbered(ids)) {
            out[i] = number + 1;
        }
    }
    out
}

/// The names of people, taken apart; nothing for other types.
pub(super) fn names(text: &str, entities: &[Entity]) -> Vec<Name> {
    let slices = || entities.iter().map(|e| e.span.slice(text).filter(|_| matches!(e.entity_type, Patient | Doctor)).unwrap_or_default());
    // What stands as a name in one place is no pair of initials in another.
    let none = HashSet::new();
    let known = slices().flat_map(|slice| Name::read(slice, &none).parts).filter(|part| !part.initials && part.key.len() > 1);
    let known: HashSet<String> = known.map(|part| part.key).collect();
    slices().map(|slice| Name::read(slice, &known)).collect()
}

/// What entities of a type are compared by.
fn key(slice: &str, entity_type: EntityType) -> String {
    let folded = match entity_type {
        // Their punctuation counts.
        Email | Url => slice.trim().to_lowercase(),
        Phone | Fax => slice.chars().filter(char::is_ascii_digit).collect(),
        _ => fold(slice),
    };
    if folded.is_empty() { slice.to_string() } else { folded }
}

/// For each item the number of its first like, from 0.
fn numbered<T: std::hash::Hash + Eq>(items: impl IntoIterator<Item = T>) -> Vec<usize> {
    let mut seen: HashMap<T, usize> = HashMap::new();
    items
        .into_iter()
        .map(|item| {
            let next = seen.len();
            *seen.entry(item).or_insert(next)
        })
        .collect()
}

#[cfg(test)]
mod tests;
