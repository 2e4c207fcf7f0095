//! The words that surrogates are made of.

use crate::redact::identity::fold;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The lists, read once.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

pub(super) struct Lexicon {
    pub(super) female: Vec<&'static str>,
    pub(super) male: Vec<&'static str>,
    pub(super) surnames: Vec<&'static str>,
    pub(super) professions: Vec<&'static str>,
    /// Folded names, by the lists that they stand in.
    known: HashMap<String, Lists>,
    /// Lists of words by name.
    words: HashMap<&'static str, Vec<&'static str>>,
    /// Folded forms of states and countries: the list, the row, and which of its forms it is.
    regions: HashMap<String, Vec<Region>>,
    /// Words that tell the kind of a place, by list.
    kinds: HashMap<&'static str, HashSet<&'static str>>,
}

/// The lists of names that a name stands in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Lists {
    pub(super) female: bool,
    pub(super) male: bool,
    pub(super) surname: bool,
}

/// A form of a row of a list: "OH" of `Ohio=OH`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Region {
    pub(super) list: &'static str,
    pub(super) row: &'static str,
    pub(super) form: usize,
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#'))
}

fn names(text: &'static str) -> Vec<&'static str> {
    lines(text).flat_map(str::split_whitespace).collect()
}

impl Lexicon {
    fn read() -> Self {
        let [female, male, surnames] =
            [include_str!("lexicon/female.txt"), include_str!("lexicon/male.txt"), include_str!("lexicon/surnames.txt")].map(names);
        let mut known: HashMap<String, Lists> = HashMap::new();
        female.iter().for_each(|name| known.entry(fold(name)).or_default().female = true);
        male.iter().for_each(|name| known.entry(fold(name)).or_default().male = true);
        surnames.iter().for_each(|name| known.entry(fold(name)).or_default().surname = true);
        let parted = |text| lines(text).filter_map(|line: &'static str| line.split_once('|'));
        let words: HashMap<&'static str, Vec<&'static str>> =
            parted(include_str!("lexicon/places.txt")).map(|(name, list)| (name, list.split(';').collect())).collect();
        let mut regions: HashMap<String, Vec<Region>> = HashMap::new();
        for (&list, rows) in &words {
            for &row in rows.iter().filter(|row| row.contains('=')) {
                row.split('=').enumerate().for_each(|(form, text)| regions.entry(fold(text)).or_default().push(Region { list, row, form }));
            }
        }
        Self {
            female,
            male,
            surnames,
            professions: lines(include_str!("lexicon/professions.txt")).flat_map(|line| line.split(';')).collect(),
            known,
            words,
            regions,
            kinds: parted(include_str!("lexicon/kinds.txt")).map(|(name, list)| (name, list.split_whitespace().collect())).collect(),
        }
    }

    /// Where a folded name is known from.
    pub(super) fn lists_of(&self, name: &str) -> Lists {
        self.known.get(name).copied().unwrap_or_default()
    }

    /// The list `name` of words; empty if there is none.
    pub(super) fn list(&self, name: &str) -> &[&'static str] {
        self.words.get(name).map_or(&[], Vec::as_slice)
    }

    /// The row of `list` that has the folded `form`, by its first such form.
    pub(super) fn region(&self, list: &str, form: &str) -> Option<Region> {
        self.regions.get(form)?.iter().copied().filter(|region| region.list == list).min_by_key(|region| region.form)
    }

    /// Whether a folded word tells the kind of a place of `list`.
    pub(super) fn is_kind(&self, list: &str, word: &str) -> bool {
        self.kinds.get(list).is_some_and(|kinds| kinds.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_clean_and_small() {
        let lex = &LEXICON;
        assert!(lex.female.len() > 240 && lex.male.len() > 240 && lex.surnames.len() > 590 && lex.professions.len() > 75);
        for (list, least) in
            [("stems", 40), ("endings", 35), ("hospital", 55), ("organization", 75), ("street", 95), ("other", 35), ("saint", 20)]
        {
            let words = lex.list(list);
            assert!(words.len() >= least, "{list}");
            assert_eq!(words.iter().collect::<HashSet<_>>().len(), words.len(), "{list}");
            assert!(words.iter().all(|w| w.chars().all(|c| c.is_ascii_alphabetic())), "{list}");
        }
        for (list, least) in [("us", 50), ("ca", 10), ("au", 8), ("uk", 20), ("country", 70)] {
            assert!(lex.list(list).iter().filter(|row| row.contains('=')).count() >= least, "{list}");
        }
        for names in [&lex.female, &lex.male, &lex.surnames] {
            assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
            assert!(
                names.iter().all(|n| n.chars().all(|c| c.is_ascii_alphabetic()) && n.chars().filter(char::is_ascii_uppercase).count() == 1)
            );
        }
        assert!(!lex.female.iter().any(|name| lex.male.contains(name)));
        // It is shipped in the module for browsers.
        let files = [
            include_str!("lexicon/female.txt"),
            include_str!("lexicon/male.txt"),
            include_str!("lexicon/surnames.txt"),
            include_str!("lexicon/places.txt"),
            include_str!("lexicon/kinds.txt"),
            include_str!("lexicon/professions.txt"),
        ];
        assert!(files.iter().map(|f| f.len()).sum::<usize>() <= 20 << 10);
    }
}
