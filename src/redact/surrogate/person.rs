//! People's names.
//!
//! Each part of a name has one surrogate wherever it stands, so that all forms of a name agree. A part that the lexicon knows draws from
//! the list that it stands in, and so does the same in every document; of another the note tells what it is: a given name or a surname,
//! a woman's or a man's. Where nothing tells, it counts as a surname. Within a note no two parts share a surrogate: on a collision the
//! part that comes later in the alphabet draws anew.
//! No surrogate begins with the letter that it stands for, so that initials never stay what they were.

use super::Note;
use super::case::like;
use super::gender::Hints;
use super::lexicon::LEXICON;
use crate::labels::EntityType;
use crate::redact::identity::{Name, Part, Role, fold, is_silent, names};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// From this attempt on the length no longer matters.
const ANY_LENGTH: u32 = 16;
/// From this attempt on two names are joined: the list may be used up.
const JOINED: u32 = 64;
/// The length in bytes up to which a name is found inside of an account name.
const LONGEST: usize = 64;
/// After so many attempts there is no surrogate.
const ATTEMPTS: u32 = 160;

/// What a note tells about a part of names.
#[derive(Default, Clone, Copy)]
struct Evidence {
    given: u32,
    surname: u32,
    female: u32,
    male: u32,
}

/// The surrogates of all parts of names in a note.
pub(super) struct People {
    names: Vec<Name>,
    surrogates: HashMap<String, String>,
    /// The folded names of each person, for initials.
    persons: HashMap<(EntityType, usize), Vec<(Role, String)>>,
    /// Who bears a folded name, in order.
    bearers: HashMap<String, BTreeSet<(EntityType, usize)>>,
}

impl People {
    /// `extra` are further words that are as well as names, such as those of e-mail addresses.
    pub(super) fn new(note: &Note, extra: impl Iterator<Item = String>) -> Self {
        let mut names = names(note.text, note.entities);
        let around: Vec<Hints> = note.entities.iter().map(|entity| Hints::around(note.text, entity.span)).collect();
        let mut persons: HashMap<_, Vec<_>> = HashMap::new();
        let mut known = HashSet::new();
        let mut hints: HashMap<_, Hints> = HashMap::new();
        for (i, name) in names.iter().enumerate().filter(|(_, name)| !name.parts.is_empty()) {
            let here = around[i];
            let sum = hints.entry(note.person(i)).or_default();
            (sum.female, sum.male) = (sum.female + here.female, sum.male + here.male);
            // William tells what Bill is.
            for lists in name.of(Role::Given).map(|part| LEXICON.lists_of(&part.key)) {
                (sum.female, sum.male) = (sum.female + 2 * u32::from(lists.female), sum.male + 2 * u32::from(lists.male));
            }
            let words: &mut Vec<_> = persons.entry(note.person(i)).or_default();
            // Each once: there are as many mentions as there are.
            let new = name.names().filter(|p| !p.initials).map(|p| (p.role, p.key.clone()));
            words.extend(new.filter(|word| known.insert((note.person(i), word.clone()))));
        }
        let mut evidence: BTreeMap<String, Evidence> = BTreeMap::new();
        for (i, name) in names.iter_mut().enumerate() {
            let sum = hints.get(&note.person(i)).copied().unwrap_or_default();
            let linked = persons.get(&note.person(i)).is_some_and(|words| !words.is_empty());
            for part in &mut name.parts {
                // "NG" alone may be initials; nobody else has them, and it is a name.
                let lists = LEXICON.lists_of(&part.key);
                part.initials &= linked || part.key.len() < 2 || !(lists.female || lists.male || lists.surname);
                if part.initials || matches!(part.role, Role::Particle | Role::Affix) {
                    continue;
                }
                let seen = evidence.entry(part.key.clone()).or_default();
                match part.role {
                    Role::Surname => seen.surname += 2,
                    Role::Open if around[i].titled => seen.surname += 1,
                    Role::Open if around[i].related => seen.given += 1,
                    Role::Given | Role::Nick => {
                        seen.given += 2;
                        (seen.female, seen.male) = (seen.female + sum.female, seen.male + sum.male);
                    }
                    _ => (seen.female, seen.male) = (seen.female + sum.female, seen.male + sum.male),
                }
            }
        }
        let mut bearers: HashMap<String, BTreeSet<_>> = HashMap::new();
        for (&person, words) in &persons {
            words.iter().for_each(|(_, word)| _ = bearers.entry(word.clone()).or_default().insert(person));
        }
        let mut people = Self { names, surrogates: HashMap::new(), persons, bearers };
        let mut taken = HashSet::new();
        for (key, seen) in evidence {
            people.add(note, key, seen, &mut taken);
        }
        let mut extra: Vec<String> = extra.collect();
        extra.sort_unstable();
        for key in extra {
            if key.len() <= LONGEST && people.within(&key).is_none() {
                people.add(note, key, Evidence::default(), &mut taken);
            }
        }
        people
    }

    fn add(&mut self, note: &Note, key: String, seen: Evidence, taken: &mut HashSet<String>) {
        if let Some(surrogate) = draw(note, &key, seen, taken) {
            taken.insert(fold(&surrogate));
            self.surrogates.insert(key, surrogate);
        }
    }

    /// The surrogate of a folded part of a name.
    pub(super) fn part(&self, key: &str) -> Option<&str> {
        self.surrogates.get(key).map(String::as_str)
    }

    /// The longest known name of three letters or more that `word`, folded, begins or ends with, as (name, what stands before, behind).
    pub(super) fn within<'w>(&self, word: &'w str) -> Option<(&'w str, &'w str, &'w str)> {
        let known = |part: &str| part.len() > 2 && self.surrogates.contains_key(part);
        // Nobody's name is longer.
        let near = |i: &usize| *i <= LONGEST || word.len() - i <= LONGEST;
        let cuts = || word.char_indices().map(|(i, _)| i).chain([word.len()]).filter(near).map(|i| word.split_at(i));
        let prefix = cuts().filter(|(a, _)| a.len() <= LONGEST && known(a)).max_by_key(|(a, _)| a.len());
        let suffix = cuts().filter(|(_, b)| b.len() <= LONGEST && known(b)).max_by_key(|(_, b)| b.len());
        match (prefix, suffix) {
            (Some((name, behind)), other) if other.is_none_or(|(_, b)| b.len() <= name.len()) => Some((name, "", behind)),
            (_, Some((before, name))) => Some((name, before, "")),
            _ => None,
        }
    }

    /// The letter in place of `letter` in initials of `person`, the first of a name of `role` if there is one.
    fn initial(&self, note: &Note, person: (EntityType, usize), letter: char, role: Role) -> char {
        let key = fold(&letter.to_string());
        let words = self.persons.get(&person).map_or(&[][..], Vec::as_slice);
        let fits = |only: Option<Role>| words.iter().find(|(r, word)| only.is_none_or(|role| *r == role) && word.starts_with(&key));
        let word = fits(Some(role)).or_else(|| fits(None)).and_then(|(_, word)| self.part(word));
        match word.and_then(|w| w.chars().next()) {
            Some(first) if letter.is_uppercase() => first.to_ascii_uppercase(),
            Some(first) => first.to_ascii_lowercase(),
            None => note.other_letter(letter),
        }
    }

    /// The same for a letter beside the name `key`, whoever bears it.
    pub(super) fn initial_beside(&self, note: &Note, key: &str, letter: char) -> char {
        let mut bearers = self.bearers.get(key).into_iter().flatten();
        let fits = |p: &&(EntityType, usize)| self.persons[*p].iter().any(|(_, word)| word != key && word.starts_with(letter));
        bearers.find(fits).map_or_else(|| note.other_letter(letter), |&person| self.initial(note, person, letter, Role::Given))
    }

    /// The name in place of entity `i`. None if a part has no surrogate.
    pub(super) fn name(&self, note: &Note, i: usize) -> Option<String> {
        let (name, slice) = (self.names.get(i)?, note.slices.get(i)?);
        name.names().next()?;
        let letters: usize = name.names().map(|p| p.key.chars().count()).sum();
        let mut left = letters;
        let mut out = String::new();
        let mut at = 0;
        for (n, part) in name.parts.iter().enumerate() {
            let word = slice.get(part.range.clone())?;
            out += slice.get(at..part.range.start)?;
            at = part.range.end;
            match part.role {
                Role::Affix => out += word,
                Role::Particle => at = name.parts.get(n + 1)?.range.start,
                _ if part.initials => {
                    for letter in word.chars().filter(|c| !is_silent(*c)) {
                        left -= 1.min(left);
                        let last = name.is_initials() && letters > 1 && left == 0;
                        let role = if last { Role::Surname } else { part.role };
                        out.push(self.initial(note, note.person(i), letter, role));
                    }
                }
                _ => out += &self.word(note, part, word)?,
            }
        }
        out += slice.get(at..)?;
        Some(out)
    }

    fn word(&self, note: &Note, part: &Part, word: &str) -> Option<String> {
        if !part.key.contains(char::is_alphabetic) {
            return note.shape("number", word, word);
        }
        self.part(&part.key).map(|surrogate| like(word, surrogate))
    }
}

/// A surrogate for the name `key`, none of `taken` and no name of the note.
fn draw(note: &Note, key: &str, seen: Evidence, taken: &HashSet<String>) -> Option<String> {
    let lists = LEXICON.lists_of(key);
    let known = lists.female || lists.male;
    let given = if known != lists.surname { known } else { seen.given > seen.surname || known && seen.given == seen.surname };
    let female = match (lists.female, lists.male) {
        (true, false) => true,
        (false, true) => false,
        _ if seen.female != seen.male => seen.female > seen.male,
        _ => note.seed.draw("gender", key, 0).below(2) == 0,
    };
    let (purpose, list) = match (given, female) {
        (false, _) => ("surname", &LEXICON.surnames),
        (true, true) => ("woman", &LEXICON.female),
        (true, false) => ("man", &LEXICON.male),
    };
    let length = key.chars().count().clamp(3, 9);
    (0..ATTEMPTS).find_map(|attempt| {
        let mut draw = note.seed.draw(purpose, key, attempt);
        let mut parts = vec![draw.pick(list)?];
        if attempt >= JOINED {
            parts.push(draw.pick(list)?);
        }
        let fits = attempt >= ANY_LENGTH || parts[0].len().abs_diff(length) < 3;
        let other = key.chars().next() != parts[0].to_ascii_lowercase().chars().next();
        let name = parts.join("-");
        (fits && other && !taken.contains(&fold(&name)) && note.is_free(&name)).then_some(name)
    })
}
