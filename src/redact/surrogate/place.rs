//! Hospitals, organisations, streets, towns and other places.
//!
//! Words that tell the kind of place stay ("General Hospital", "Street", "Bridge"), each other word has a surrogate of its own, so that
//! "Mercy Lakes Hospital" and "Mercy Lakes" agree, and an acronym takes the letters of the words that it stands for.

use super::Note;
use super::case::like;
use super::lexicon::LEXICON;
use crate::labels::EntityType::{self, *};
use crate::redact::identity::{acronym, fold, words};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

/// Words that stay whatever else stays.
const FILLERS: &[&str] = &["the", "of", "and", "for", "at", "in", "on", "de", "la", "st", "saint", "our"];
/// Kinds in names of counties and regions.
const COUNTY: &[&str] =
    &["county", "co", "parish", "province", "region", "state", "district", "the", "of", "north", "south", "east", "west"];

/// The list that words of a type are drawn from, and that of its kinds.
fn list(entity_type: EntityType) -> &'static str {
    match entity_type {
        Hospital => "hospital",
        Organization => "organization",
        Street => "street",
        City | State => "town",
        _ => "other",
    }
}

/// The surrogates of all words in the names of places of a note.
pub(super) struct Places {
    surrogates: HashMap<(&'static str, String), String>,
}

/// A word of a place's name and what becomes of it.
struct Word {
    range: Range<usize>,
    key: String,
    /// What its surrogate is drawn from.
    list: &'static str,
    fate: Fate,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    Number,
    Replaced,
    /// Kept, with a name before it.
    Preceded,
}

/// What becomes of the words of `slice`, a place of the kind `list`.
fn fates(slice: &str, list: &'static str) -> Vec<Word> {
    let kept = |key: &str| LEXICON.is_kind(list, key) || list == "town" && COUNTY.contains(&key);
    let mut all: Vec<Word> = words(slice)
        .into_iter()
        .map(|range| {
            let key = fold(&slice[range.clone()]);
            let fate = match () {
                () if key.contains(char::is_numeric) => Fate::Number,
                () if kept(&key) => Fate::Kept,
                () => Fate::Replaced,
            };
            Word { range, key, list, fate }
        })
        .collect();
    for i in 1..all.len() {
        if matches!(all[i - 1].key.as_str(), "st" | "saint") && list != "street" {
            all[i].list = "saint";
            // "St Brendans": the ending stays, as it does behind an apostrophe.
            let word = &mut all[i];
            if word.key.len() > 4 && word.key.ends_with('s') && slice[word.range.clone()].ends_with(['s', 'S']) {
                word.key.pop();
                word.range.end -= 1;
            }
        }
    }
    if all.iter().all(|word| word.fate == Fate::Kept)
        && let Some((last, before)) = all.split_last_mut()
    {
        // Nothing but kinds: what stands before the last is its name, and the last alone gets one.
        let mut named = before.iter_mut().filter(|word| !FILLERS.contains(&word.key.as_str())).peekable();
        if named.peek().is_none() {
            last.fate = Fate::Preceded;
        }
        named.for_each(|word| word.fate = Fate::Replaced);
    }
    all
}

impl Places {
    pub(super) fn new(note: &Note) -> Self {
        let mut keys: BTreeSet<(&'static str, String)> = BTreeSet::new();
        for (entity, slice) in note.entities.iter().zip(&note.slices) {
            match entity.entity_type {
                Hospital | Organization | Street | LocationOther => {
                    let list = list(entity.entity_type);
                    let named = fates(slice, list).into_iter().filter(|word| matches!(word.fate, Fate::Replaced | Fate::Preceded));
                    keys.extend(named.map(|word| (word.list, word.key)));
                }
                City => keys.extend(slice.split(',').map(|part| ("town", fold(part)))),
                State => keys.extend(fates(slice, "town").into_iter().map(|word| (word.list, word.key))),
                _ => {}
            }
        }
        let mut surrogates = HashMap::new();
        let mut taken = HashSet::new();
        for (list, key) in keys {
            if let Some(name) = draw(note, list, &key, &taken) {
                taken.insert(fold(&name));
                surrogates.insert((list, key), name);
            }
        }
        Self { surrogates }
    }

    /// The name in place of entity `i`, a hospital, an organisation, a street or another place.
    pub(super) fn name(&self, note: &Note, i: usize) -> Option<String> {
        let (slice, entity_type) = (*note.slices.get(i)?, note.entities.get(i)?.entity_type);
        if matches!(entity_type, Hospital | Organization)
            && let Some(letters) = acronym(slice)
        {
            let full = (0..note.slices.len()).filter(|&n| note.person(n) == note.person(i) && acronym(note.slices[n]).is_none());
            let full = full.max_by_key(|&n| words(note.slices[n]).len());
            if let Some(made) = full.and_then(|n| self.letters_of(note, n, &letters)).filter(|made| note.is_other(&letters, made)) {
                let mut made = made.chars();
                return Some(
                    slice.chars().map(|c| if c.is_alphabetic() { made.next().map_or(c, |m| m.to_ascii_uppercase()) } else { c }).collect(),
                );
            }
            if letters.len() < 4 || !letters.contains(['a', 'e', 'i', 'o', 'u']) || slice.contains('.') {
                return note.shape("acronym", slice, slice);
            }
        }
        self.composed(note, slice, list(entity_type))
    }

    /// The letters that `letters`, an acronym of entity `full`, have in its surrogate.
    fn letters_of(&self, note: &Note, full: usize, letters: &str) -> Option<String> {
        let (slice, entity_type) = (note.slices[full], note.entities[full].entity_type);
        let original = fates(slice, list(entity_type));
        let mut rest = original.iter();
        letters
            .chars()
            .map(|letter| {
                let word = rest.find(|word| word.key.starts_with(letter))?;
                self.word(note, slice, word)?.chars().next()
            })
            .collect()
    }

    fn composed(&self, note: &Note, slice: &str, list: &'static str) -> Option<String> {
        let mut out = String::new();
        let mut at = 0;
        for word in fates(slice, list) {
            out += slice.get(at..word.range.start)?;
            out += &self.word(note, slice, &word)?;
            at = word.range.end;
        }
        out += slice.get(at..)?;
        Some(out)
    }

    fn word(&self, note: &Note, slice: &str, word: &Word) -> Option<String> {
        let written = slice.get(word.range.clone())?;
        let surrogate = || self.surrogates.get(&(word.list, word.key.clone())).map(|name| like(written, name));
        match word.fate {
            Fate::Kept => Some(written.to_string()),
            Fate::Number => number(note, written),
            Fate::Preceded => Some(format!("{} {written}", surrogate()?)),
            Fate::Replaced if word.key.chars().count() == 1 => Some(written.chars().map(|c| note.other_letter(c)).collect()),
            Fate::Replaced => surrogate(),
        }
    }

    /// Another town. What follows a comma is a state, if it is in a list of them.
    pub(super) fn city(&self, note: &Note, slice: &str) -> Option<String> {
        let mut parts = Vec::new();
        for (n, part) in slice.split(',').enumerate() {
            let bare = part.trim();
            let state = (n > 0).then(|| super::region::state(note, bare)).flatten();
            let short = bare.chars().count() < 4 && acronym(bare).is_some() || bare.contains('.') && acronym(bare).is_some();
            let made = match state {
                _ if fold(bare).is_empty() => bare.to_string(),
                Some(state) => state,
                None if short => note.shape("acronym", bare, bare)?,
                None => like(bare, self.surrogates.get(&("town", fold(bare)))?),
            };
            parts.push(part.replacen(bare, &made, 1));
        }
        Some(parts.join(","))
    }

    /// Another county or region, which no list knows.
    pub(super) fn county(&self, note: &Note, slice: &str) -> Option<String> {
        if acronym(slice).is_some_and(|letters| letters.len() < 4) {
            return note.shape("acronym", slice, slice);
        }
        self.composed(note, slice, "town")
    }
}

/// Another number, as an ordinal if it is one: "42nd".
fn number(note: &Note, written: &str) -> Option<String> {
    let key = fold(written);
    let ordinal = ["st", "nd", "rd", "th"].iter().any(|end| key.strip_suffix(end).is_some_and(|n| n.chars().all(|c| c.is_ascii_digit())));
    if !ordinal {
        // Single digits may come round to one that stands elsewhere in the note.
        return (0..super::ATTEMPTS).map(|n| note.seed.draw("house", &key, n).shape(written)).find(|made| note.is_other(written, made));
    }
    note.first(written, |attempt| {
        let number = 2 + note.seed.draw("ordinal", &key, attempt).below(97);
        let end = match (number / 10 % 10, number % 10) {
            (1, _) => "th",
            (_, 1) => "st",
            (_, 2) => "nd",
            (_, 3) => "rd",
            _ => "th",
        };
        Some(format!("{number}{}", like(written, end)))
    })
}

/// A word for a place, none of `taken` and none of the note, with another first letter.
fn draw(note: &Note, list: &str, key: &str, taken: &HashSet<String>) -> Option<String> {
    (0..super::ATTEMPTS).find_map(|attempt| {
        let mut draw = note.seed.draw(list, key, attempt);
        // A list that is used up is helped out by put-together names.
        let name = match draw.pick(LEXICON.list(list)).filter(|_| attempt < 16) {
            Some(word) => word.to_string(),
            None => {
                let second = draw.pick(LEXICON.list("stems")).filter(|_| attempt >= 32).map_or(String::new(), str::to_lowercase);
                format!("{}{second}{}", draw.pick(LEXICON.list("stems"))?, draw.pick(LEXICON.list("endings"))?)
            }
        };
        let other = key.chars().next() != name.to_ascii_lowercase().chars().next();
        (other && !taken.contains(&fold(&name)) && note.is_free(&name)).then_some(name)
    })
}
