//! Realistic replacements: hiding in plain sight.
//!
//! What was not found in a note does not stand out when what was found is replaced by its like. Every replacement is made from what it
//! replaces and a seed alone, not from its place: the same name has the same surrogate everywhere, in every document of the same seed,
//! unless it collides in a note with another (see [`person`]). Whoever has the seed and a guess can check it: the seed is a secret.
//!
//! No replacement is what it replaces, nor another name of the note. Where nothing can be made, the label stands.

mod case;
mod contact;
mod draw;
mod gender;
mod lexicon;
mod number;
mod person;
mod phone;
mod place;
mod profession;
mod region;

use super::identity::{fold, identities, words};
use super::label;
use crate::labels::EntityType::{self, *};
use crate::tags::Entity;
use draw::Seed;
use std::collections::HashSet;

/// How often something else is drawn when a replacement cannot be used.
const ATTEMPTS: u32 = 64;

/// For each entity what stands in its place, drawn by `seed`.
///
/// `entities` are in the order of `text` and do not overlap. Dates are left to the operator that shifts them: they get their label, and
/// so does whatever no surrogate can be made for, such as an entity without letters and digits.
pub(super) fn surrogates(text: &str, entities: &[Entity], seed: &[u8; 32]) -> Vec<String> {
    let note = Note::new(text, entities, seed);
    let people = person::People::new(&note, contact::words_like_names(&note));
    let places = place::Places::new(&note);
    let surrogate = |i: usize, slice: &str| match note.entities[i].entity_type {
        Patient | Doctor => people.name(&note, i),
        Username => contact::username(&note, &people, slice),
        Profession => profession::surrogate(&note, slice),
        Hospital | Organization | Street | LocationOther => places.name(&note, i),
        City => places.city(&note, slice),
        State => region::state(&note, slice).or_else(|| places.county(&note, slice)),
        Country => region::country(&note, slice),
        Age => number::age(&note, slice),
        Date => None,
        Phone | Fax => phone::surrogate(&note, slice),
        Email => contact::email(&note, &people, slice),
        Url => contact::url(&note, slice),
        IpAddr => contact::ip_address(&note, slice),
        Ssn => number::ssn(&note, slice),
        Zip => note.shape("zip", slice, slice),
        MedicalRecord | HealthPlan | Account | License | Vehicle | Device | BioId | IdNum => number::id(&note, slice),
    };
    (0..entities.len())
        .map(|i| {
            let slice = note.slices[i];
            surrogate(i, slice).filter(|made| note.is_other(slice, made)).unwrap_or_else(|| label::replacement(entities[i].entity_type))
        })
        .collect()
}

/// A note, what is replaced in it, and the seed.
struct Note<'t> {
    text: &'t str,
    entities: &'t [Entity],
    /// The text of each entity; nothing if its span does not fit.
    slices: Vec<&'t str>,
    /// Who or what each entity names, counted for each type.
    ids: Vec<usize>,
    /// What stands in entities, folded: each whole, and its words. No surrogate may be one of them.
    real: HashSet<String>,
    /// The letters in place of a to z where they stand for names that the note does not tell.
    alphabet: [char; 26],
    seed: Seed,
}

impl<'t> Note<'t> {
    fn new(text: &'t str, entities: &'t [Entity], seed: &[u8; 32]) -> Self {
        let slices: Vec<&str> = entities.iter().map(|e| e.span.slice(text).unwrap_or_default()).collect();
        let parts = slices.iter().flat_map(|slice| words(slice).into_iter().map(|word| fold(&slice[word])));
        let real = parts.filter(|word| word.chars().count() > 1).chain(slices.iter().map(|slice| fold(slice))).collect();
        let seed = Seed::new(seed);
        Self { text, entities, slices, ids: identities(text, entities), real, alphabet: seed.alphabet(), seed }
    }

    /// Who entity `i` names.
    fn person(&self, i: usize) -> (EntityType, usize) {
        (self.entities[i].entity_type, self.ids[i])
    }

    /// Whether neither `name` nor a word of it stands in an entity.
    fn is_free(&self, name: &str) -> bool {
        !self.real.contains(&fold(name)) && words(name).into_iter().all(|word| !self.real.contains(&fold(&name[word])))
    }

    /// Whether `made` says something and not what it stands for.
    fn is_other(&self, slice: &str, made: &str) -> bool {
        let folded = fold(made);
        !folded.is_empty() && folded != fold(slice)
    }

    /// The first that can be used of what `make` makes for `slice`, attempt by attempt.
    fn first(&self, slice: &str, make: impl FnMut(u32) -> Option<String>) -> Option<String> {
        (0..ATTEMPTS).filter_map(make).find(|made| self.is_other(slice, made) && !self.real.contains(&fold(made)))
    }

    /// `slice` with every letter and digit by another, drawn by what `key` folds to.
    fn shape(&self, purpose: &str, key: &str, slice: &str) -> Option<String> {
        let key = fold(key);
        self.first(slice, |attempt| Some(self.seed.draw(purpose, &key, attempt).shape(slice)))
    }

    /// Another letter of the same case, always the same for the same letter, and for another letter another one.
    fn other_letter(&self, letter: char) -> char {
        let key = fold(&letter.to_string());
        let latin = key.bytes().next().filter(u8::is_ascii_lowercase).and_then(|byte| self.alphabet.get(usize::from(byte - b'a')).copied());
        let other = latin.unwrap_or_else(|| self.seed.draw("letter", &key, 0).like('a'));
        if letter.is_uppercase() { other.to_ascii_uppercase() } else { other }
    }
}

#[cfg(test)]
mod tests;
