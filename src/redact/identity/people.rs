//! Which mentions of people name the same person.
//!
//! The fullest mentions found persons, lesser ones link to them: first those with a given name and a surname, then a given initial and a
//! surname, then single names, then initials. Where several persons fit, a full or single name goes to the one mentioned last before it
//! (else first after it), and initials to none of them.

use super::name::{Name, Role};
use std::collections::{BTreeSet, HashMap, HashSet};

/// A given name, or the letter that stands for it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Item {
    Word(String),
    Initial(char),
}

impl Item {
    fn fits(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Word(a), Self::Word(b)) => a == b,
            (Self::Word(word), Self::Initial(c)) | (Self::Initial(c), Self::Word(word)) => word.starts_with(*c),
            (Self::Initial(a), Self::Initial(b)) => a == b,
        }
    }
}

/// How much a mention says, the most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tier {
    Full,
    Initialled,
    Single,
    Initials,
}

/// A mention as it is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
struct Form {
    given: Vec<Item>,
    nicks: Vec<String>,
    surnames: Vec<String>,
    /// Words that may be given names or surnames.
    open: Vec<String>,
    suffix: Option<String>,
}

impl Form {
    fn new(name: &Name) -> Self {
        let mut form = Self::default();
        let mut particles = String::new();
        for part in &name.parts {
            if part.role == Role::Surname && !particles.is_empty() {
                // "al-Hassan" is written "Alhassan" as well.
                form.surnames.push(std::mem::take(&mut particles) + &part.key);
            }
            match part.role {
                _ if part.initials && part.role != Role::Affix => form.given.extend(part.key.chars().map(Item::Initial)),
                Role::Given => form.given.push(Item::Word(part.key.clone())),
                Role::Nick => form.nicks.push(part.key.clone()),
                Role::Surname => form.surnames.push(part.key.clone()),
                Role::Open => form.open.push(part.key.clone()),
                Role::Affix if matches!(part.key.as_str(), "jr" | "sr" | "ii" | "iii" | "iv" | "jnr" | "snr") => {
                    form.suffix = Some(part.key.replace('n', ""));
                }
                Role::Particle => particles += &part.key,
                Role::Affix => {}
            }
        }
        form
    }

    fn tier(&self) -> Tier {
        match self.given.first() {
            Some(_) if self.surnames.is_empty() && self.open.is_empty() && self.given.iter().all(|i| matches!(i, Item::Initial(_))) => {
                Tier::Initials
            }
            Some(Item::Word(_)) if !self.surnames.is_empty() => Tier::Full,
            Some(_) if !self.surnames.is_empty() => Tier::Initialled,
            _ => Tier::Single,
        }
    }

    fn words(&self) -> impl Iterator<Item = &String> {
        let given = self.given.iter().filter_map(|item| match item {
            Item::Word(word) => Some(word),
            Item::Initial(_) => None,
        });
        given.chain(&self.surnames).chain(&self.nicks).chain(&self.open)
    }

    /// Whether two mentions with given name and surname can name one person.
    fn agrees(&self, other: &Self) -> bool {
        let (Some(first), Some(other_first)) = (self.given.first(), other.given.first()) else { return false };
        let nick = |a: &Item, b: &Self| matches!(a, Item::Word(word) if b.nicks.contains(word));
        let subset = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
        let surnames = subset(&self.surnames, &other.surnames) || subset(&other.surnames, &self.surnames);
        let given = first.fits(other_first) && follows(&self.given, &other.given) || nick(first, other) || nick(other_first, self);
        if given && surnames {
            return true;
        }
        // "Okafor Chidi" is Chidi Okafor; "María García" is María García López.
        let within = |a: &Self, b: &Self| a.words().all(|word| a.nicks.contains(word) || b.words().any(|other| other == word));
        let (in_other, in_self) = (within(self, other), within(other, self));
        let spelt = matches!((first, other_first), (Item::Word(a), Item::Word(b)) if a == b);
        in_other && in_self && self.words().count() > 1 || spelt && (in_other || in_self)
    }

    /// Whether suffixes or middle names keep two mentions of one name apart: Jr and Sr, John A. and John B.
    fn contradicts(&self, other: &Self) -> bool {
        let suffix = self.suffix.is_some() && other.suffix.is_some() && self.suffix != other.suffix;
        let strange = |a: &Self, b: &Self| {
            let known =
                |item: &Item| b.given.iter().any(|other| other.fits(item)) || b.surnames.iter().any(|s| Item::Word(s.clone()).fits(item));
            b.given.len() > 1 && a.given.iter().skip(1).any(|item| !known(item))
        };
        suffix || strange(self, other) && strange(other, self)
    }

    /// Whether this single name can name the person that `full` names.
    fn is_part_of(&self, full: &Self) -> bool {
        let given =
            |word: &String| full.given.first() == Some(&Item::Word(word.clone())) || full.nicks.contains(word) || full.open.contains(word);
        let surname = |word: &String| full.surnames.contains(word) || full.open.contains(word);
        let items = |word: &String| full.given.contains(&Item::Word(word.clone()));
        if let ([word], [Item::Initial(c)]) = (self.open.as_slice(), self.given.as_slice()) {
            // "Chidi O.", "Okafor C."
            let initial = |words: &[String]| words.iter().any(|w| w.starts_with(*c));
            return given(word) && initial(&full.surnames)
                || surname(word) && full.given.first().is_some_and(|item| item.fits(&Item::Initial(*c)))
                || self == full;
        }
        if !self.open.is_empty() {
            let first_given = self.open.first().is_some_and(given) && self.open.iter().all(items);
            return self.open.iter().all(surname) || first_given || self.open.iter().all(given);
        }
        if !self.surnames.is_empty() {
            return self.surnames.iter().all(surname);
        }
        let mut words = self.words().peekable();
        words.peek().is_some() && words.all(|word| given(word) || items(word))
    }

    /// Whether `letters` are the first letters of this name, the middle ones perhaps left out.
    fn has_initials(&self, letters: &[char]) -> bool {
        let first = |word: &String| word.chars().next();
        let given: Vec<Option<char>> = self
            .given
            .iter()
            .map(|item| match item {
                Item::Word(word) => first(word),
                Item::Initial(c) => Some(*c),
            })
            .collect();
        let surnames: Vec<Option<char>> = self.surnames.iter().map(first).collect();
        let last = surnames.first().copied().flatten();
        match letters {
            [] => false,
            [one] => {
                given.first() == Some(&Some(*one))
                    || self.open.iter().any(|word| first(word) == Some(*one))
                    || given.is_empty() && last == Some(*one)
            }
            [one, .., end] if given.first() == Some(&Some(*one)) => {
                let all: Vec<char> = given.iter().chain(&surnames).copied().flatten().collect();
                let mut rest = all.iter();
                let ordered = letters.iter().all(|letter| rest.any(|c| c == letter));
                ordered && surnames.contains(&Some(*end))
            }
            _ => false,
        }
    }
}

/// Whether the shorter list stands in the longer one in order, the first with the first.
fn follows(a: &[Item], b: &[Item]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut rest = long.iter();
    short.iter().all(|item| rest.any(|other| other.fits(item)))
}

/// Most persons of a name that a mention is compared with, the last founded: keeps the time linear in a note with thousands of Johns.
const MOST: usize = 256;

#[derive(Default)]
struct Person {
    forms: Vec<Form>,
    seen: HashSet<Form>,
    mentions: BTreeSet<usize>,
}

#[derive(Default)]
struct People {
    persons: Vec<Person>,
    /// Persons by any of their names.
    index: HashMap<String, Vec<usize>>,
}

impl People {
    /// The one of `fitting` mentioned last before `mention`, else first after it.
    fn nearest(&self, fitting: &[usize], mention: usize) -> Option<usize> {
        let before = |p: &&usize| self.persons[**p].mentions.range(..mention).next_back().copied();
        let last = fitting.iter().filter(|p| before(p).is_some()).max_by_key(|p| before(p));
        last.or_else(|| fitting.iter().min_by_key(|p| self.persons[**p].mentions.first())).copied()
    }

    fn fitting(&self, form: &Form, tier: Tier) -> Vec<usize> {
        // Who agrees with a full name shares a given name with it.
        let first = form.given.iter().take(1).filter_map(|item| if let Item::Word(word) = item { Some(word) } else { None });
        let words: Vec<&String> = if tier == Tier::Full { first.chain(&form.nicks).collect() } else { form.words().collect() };
        let mut candidates: Vec<usize> = words
            .into_iter()
            .flat_map(|word| self.index.get(word).into_iter().flat_map(|known| known.iter().rev().take(MOST)).copied())
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates.retain(|&p| {
            let forms = &self.persons[p].forms;
            match tier {
                Tier::Full | Tier::Initialled => forms.iter().any(|f| form.agrees(f)) && !forms.iter().any(|f| form.contradicts(f)),
                Tier::Single | Tier::Initials => forms.iter().any(|f| form.is_part_of(f)),
            }
        });
        candidates
    }

    fn add(&mut self, person: Option<usize>, form: Form, tier: Tier, mention: usize) -> usize {
        let new = person.is_none();
        let id = person.unwrap_or(self.persons.len());
        if new {
            self.persons.push(Person::default());
        }
        let person = &mut self.persons[id];
        person.mentions.insert(mention);
        // What a lesser mention leaves out does not count against a fuller one.
        if (new || tier < Tier::Single) && person.seen.insert(form.clone()) {
            for word in form.words() {
                let known = self.index.entry(word.clone()).or_default();
                if known.last() != Some(&id) && !known.iter().rev().take(MOST).any(|&other| other == id) {
                    known.push(id);
                }
            }
            person.forms.push(form);
        }
        id
    }
}

/// For each of `names`, which stand in the order of the text, the index of the person that it names.
pub(super) fn link(names: &[Name]) -> Vec<usize> {
    let mut forms: Vec<Form> = names.iter().map(Form::new).collect();
    // "García López" is no given name and surname where "García López, María" stands.
    let pairs: HashSet<[String; 2]> = forms.iter().filter_map(|form| form.surnames.clone().try_into().ok()).collect();
    for form in &mut forms {
        if let ([Item::Word(first)], [second]) = (form.given.as_slice(), form.surnames.as_slice())
            && pairs.contains(&[first.clone(), second.clone()])
        {
            form.surnames.insert(0, first.clone());
            form.given.clear();
        }
    }
    let mut people = People::default();
    let mut ids = vec![0; names.len()];
    for tier in [Tier::Full, Tier::Initialled, Tier::Single] {
        for (i, form) in forms.iter().enumerate().filter(|(_, form)| form.tier() == tier) {
            let fitting = people.fitting(form, tier);
            let person = match (tier, fitting.as_slice()) {
                (Tier::Initialled, [_, _, ..]) => fitting.iter().copied().find(|&p| people.persons[p].seen.contains(form)),
                _ => people.nearest(&fitting, i),
            };
            ids[i] = people.add(person, form.clone(), tier, i);
        }
    }
    let mut by_letters: HashMap<Vec<char>, usize> = HashMap::new();
    for (i, name) in names.iter().enumerate().filter(|(i, _)| forms[*i].tier() == Tier::Initials) {
        let letters: Vec<char> = name.names().flat_map(|part| part.key.chars()).collect();
        ids[i] = *by_letters.entry(letters.clone()).or_insert_with(|| {
            let mut fitting = (0..people.persons.len()).filter(|&p| people.persons[p].forms.iter().any(|f| f.has_initials(&letters)));
            match (fitting.next(), fitting.next()) {
                (Some(only), None) => only,
                _ => {
                    people.persons.push(Person::default());
                    people.persons.len() - 1
                }
            }
        });
    }
    ids
}
