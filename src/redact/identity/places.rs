//! Which mentions of hospitals and organisations name the same one.

use super::fold::{fold, words};
use std::collections::HashMap;

/// Words that say what kind of place it is and are left out in short forms.
const KINDS: &str = concat!(
    "hospital hospitals clinic center medical general health healthcare system services infirmary hospice institute ",
    "university college school company corporation inc llc ltd limited plc group trust foundation association society ",
    "associates pharmacy practice surgery department campus ed er icu emergency ward unit",
);
/// Most places that a short form is compared with, the last ones: keeps the time linear in a note with thousands of them.
const MOST: usize = 256;
const FILLERS: &[&str] = &["the", "of", "and", "for", "at", "in", "de", "la"];

/// A mention as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Form {
    /// Every word but fillers, abbreviations written out.
    words: Vec<String>,
    /// How many of `words` are its own name: what stands before the kind.
    own: usize,
}

impl Form {
    fn new(text: &str) -> Self {
        let mut all: Vec<String> = words(text).into_iter().map(|range| spelt_out(&fold(&text[range]))).collect();
        if all.iter().any(|word| !FILLERS.contains(&word.as_str())) {
            all.retain(|word| !FILLERS.contains(&word.as_str()));
        }
        let kinds = all.iter().rev().take_while(|word| is_kind(word)).count();
        let own = all.len() - kinds;
        Self { words: all, own }
    }

    /// Whether this is a short form of `full`: the own name whole or, without a kind, its beginning, and no kind that `full` has not.
    fn shortens(&self, full: &Self) -> bool {
        let (own, kind) = self.words.split_at(self.own);
        let (full_own, full_kind) = full.words.split_at(full.own);
        let begins = if kind.is_empty() { full_own.starts_with(own) } else { full_own == own };
        let saint = own.len() == 1 && matches!(own.first().map(String::as_str), Some("saint" | "mount"));
        !own.is_empty() && !saint && begins && kind.iter().all(|word| full_kind.contains(word))
    }

    /// The first letters of its words: of all of them and of its own name.
    fn acronyms(&self) -> [String; 2] {
        let letters = |words: &[String]| words.iter().filter_map(|word| word.chars().next()).collect();
        [letters(&self.words), letters(&self.words[..self.own])]
    }
}

fn spelt_out(word: &str) -> String {
    match word {
        "hosp" | "hsp" => "hospital",
        "ctr" | "centre" | "cntr" => "center",
        "med" => "medical",
        "gen" => "general",
        "univ" => "university",
        "st" => "saint",
        "mt" => "mount",
        "dept" => "department",
        "corp" => "corporation",
        "co" => "company",
        "assoc" => "associates",
        // "St Brendans" is St. Brendan's.
        other if other.len() > 4 && !is_kind(other) => other.strip_suffix('s').unwrap_or(other),
        other => other,
    }
    .into()
}

fn is_kind(word: &str) -> bool {
    KINDS.split(' ').any(|kind| kind == word)
}

/// The letters of an acronym: "MLH", "M.L.H.". None for other text.
pub(in crate::redact) fn acronym(text: &str) -> Option<String> {
    let dotted = text.contains('.') && words(text).iter().all(|range| fold(&text[range.clone()]).chars().count() == 1);
    let plain = text.chars().all(char::is_uppercase);
    let letters = fold(text);
    ((dotted || plain) && (2..8).contains(&letters.chars().count()) && letters.chars().all(char::is_alphabetic)).then_some(letters)
}

/// For each of `mentions`, which stand in the order of the text, the index of the place that it names.
pub(super) fn link(mentions: &[&str]) -> Vec<usize> {
    let forms: Vec<Form> = mentions.iter().map(|text| Form::new(text)).collect();
    let acronyms: Vec<Option<String>> = mentions.iter().map(|text| acronym(text)).collect();
    // The places by their fullest forms; each form once.
    let mut ids: HashMap<&Form, usize> = HashMap::new();
    let mut places: Vec<&Form> = Vec::new();
    // What is shortened begins with the same word.
    let mut by_word: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut by_length: Vec<usize> = (0..forms.len()).filter(|&i| acronyms[i].is_none()).collect();
    by_length.sort_by_key(|&i| std::cmp::Reverse((forms[i].words.len(), forms[i].own)));
    for i in by_length {
        if !ids.contains_key(&forms[i]) {
            let first = forms[i].words.first().map_or("", String::as_str);
            let alike = by_word.entry(first).or_default();
            let only = only(alike.iter().rev().take(MOST).copied().filter(|&p| forms[i].shortens(places[p])));
            let id = only.unwrap_or(places.len());
            if only.is_none() {
                alike.push(places.len());
                places.push(&forms[i]);
            }
            ids.insert(&forms[i], id);
        }
    }
    // By their letters, with how many have them.
    let mut letters_of: HashMap<String, (usize, usize)> = HashMap::new();
    for (p, place) in places.iter().enumerate().filter(|(_, place)| place.words.len() > 1) {
        let [all, own] = place.acronyms();
        let same = all == own;
        for letters in [Some(all), Some(own).filter(|_| !same)].into_iter().flatten() {
            letters_of.entry(letters).or_insert((p, 0)).1 += 1;
        }
    }
    let mut by_acronym: HashMap<&str, usize> = HashMap::new();
    let mut count = places.len();
    let mut out = Vec::with_capacity(forms.len());
    for (form, acronym) in forms.iter().zip(&acronyms) {
        out.push(match acronym {
            None => ids.get(form).copied().unwrap_or(count),
            Some(letters) => *by_acronym.entry(letters).or_insert_with(|| match letters_of.get(letters) {
                Some(&(only, 1)) => only,
                _ => {
                    count += 1;
                    count - 1
                }
            }),
        });
    }
    out
}

fn only(mut items: impl Iterator<Item = usize>) -> Option<usize> {
    let first = items.next();
    first.filter(|_| items.next().is_none())
}
