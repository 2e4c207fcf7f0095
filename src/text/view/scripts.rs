//! Letters of other scripts that pass for Latin ones.
//!
//! A letter is read as the one it looks like only in a word that mixes it with Latin letters, or in a word made of look-alikes alone that
//! stands in Latin text. Words in their own script stay, and so do the Greek letters of science: α, γ and κ are folded between letters
//! ("Jαne") and in what looks like a name ("Mariα"), never in "TNFα", "α1" and "κ-chain".

use super::chars::Unit;
use crate::text::Span;
use unicode_normalization::UnicodeNormalization;

/// Look-alikes of ASCII letters: Unicode TR39 (`confusables.txt`, the entries of Greek, Cyrillic, Armenian and Cherokee whose prototype is an
/// ASCII letter, I for the capitals that it gives to l), and, below them, small letters that are drawn like small capitals.
const LOOK_ALIKES: &[(&str, &str)] = &[
    // Greek
    ("ͿΑΒΕΖΗΙΚΜΝΟΡΤΥΧϒϜϹϺαγινορσυϲϳ", "JABEZHIKMNOPTYXYFCMayivopoucj"),
    // Cyrillic
    ("ЅІЈАВЕЗКМНОРСТУХЬабгеорсухѕіјѡѴѵҮүҺһҽӀӏԁԌԚԛԜԝ", "SIJABE3KMHOPCTYXba6reopcyxsijwVvYyhheIldGQqWw"),
    // Armenian
    ("ՍՏՕագզհյոռսցւքօ", "USOwqqhjnnugifo"),
    // Cherokee
    ("ᎠᎡᎢᎪᎫᎬᎳᎷᎻᎽᏀᏃᏒᏔᏚᏞᏟᏢᏦᏴ", "DRTAJEWMHYGZRWSLCPKB"),
    // Not in TR39.
    ("вгкмнтβεηκτχω", "brkmhtbenktxw"),
];

/// Fewest letters of a word of look-alikes alone; of Cyrillic, one is enough: "О'Brien".
const WHOLE_WORD: usize = 3;
/// Characters on either side of a word that tell what script it stands in.
const AROUND: usize = 40;

/// Reads the look-alikes among the units of `word` as what they look like.
pub(super) fn unmix(text: &str, units: &mut [Unit]) {
    let mut start = 0;
    while start < units.len() {
        let len = units[start..].iter().take_while(|unit| unit.c.is_alphabetic()).count();
        let word = &mut units[start..start + len];
        if word.iter().any(|unit| foreign(unit.c)) {
            if word.iter().any(|unit| latin(unit.c)) {
                mixed(word);
            } else if word.iter().all(|unit| look_alike(unit.c).is_some())
                && (word.len() >= WHOLE_WORD || word.iter().all(|unit| cyrillic(unit.c)))
                && stands_in_latin(text, Span::new(word[0].span.start, word[len - 1].span.end))
            {
                word.iter_mut().for_each(|unit| unit.c = look_alike(unit.c).unwrap_or(unit.c));
            }
        }
        start += len + 1;
    }
}

/// A word with Latin letters in it.
fn mixed(word: &mut [Unit]) {
    let is_name = word.len() > 3 && word[0].c.is_uppercase() | science(word[0].c) && word[1..].iter().all(|unit| unit.c.is_lowercase());
    let letters: Vec<char> = word.iter().map(|unit| unit.c).collect();
    for (i, unit) in word.iter_mut().enumerate() {
        let inside = i > 0 && i + 1 < letters.len() && letters[i - 1].is_lowercase() && letters[i + 1].is_lowercase();
        let inside = inside || i == 1 && letters.len() > 2 && letters[2].is_lowercase();
        if !science(unit.c) || inside || is_name {
            unit.c = look_alike(unit.c).unwrap_or(unit.c);
        }
    }
}

/// Greek small letters that stand for something in medicine and look Latin.
fn science(c: char) -> bool {
    matches!(c, 'α' | 'β' | 'γ' | 'ε' | 'η' | 'κ' | 'σ' | 'τ' | 'χ' | 'ω')
}

fn cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

fn foreign(c: char) -> bool {
    cyrillic(c)
        || matches!(c, '\u{370}'..='\u{3ff}' | '\u{531}'..='\u{587}' | '\u{13a0}'..='\u{13ff}' | '\u{1f00}'..='\u{1fff}' | '\u{2160}'..='\u{217f}')
}

fn latin(c: char) -> bool {
    c.is_ascii_alphabetic() || c.is_alphabetic() && matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// The Latin letter that `c` looks like, with the accents of `c`.
fn look_alike(c: char) -> Option<char> {
    if matches!(c, '\u{2160}'..='\u{217f}') {
        let mut numeral = std::iter::once(c).nfkc();
        return numeral.next().filter(|_| numeral.next().is_none());
    }
    let mut parts = std::iter::once(c).nfd();
    let base = parts.next()?;
    let find = |(from, to): &(&str, &str)| from.chars().zip(to.chars()).find(|(foreign, _)| *foreign == base);
    let (_, plain) = LOOK_ALIKES.iter().find_map(find)?;
    std::iter::once(plain).chain(parts).nfc().next()
}

/// Whether the letters around `span`, on its line, are Latin ones, and none is of a script that the word might be of.
fn stands_in_latin(text: &str, span: Span) -> bool {
    let before = text[..span.start].chars().rev().take(AROUND).take_while(|&c| c != '\n');
    let after = text[span.end..].chars().take(AROUND).take_while(|&c| c != '\n');
    let mut found = false;
    for c in before.chain(after) {
        found |= latin(c);
        if foreign(c) && look_alike(c).is_none() {
            return false;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_security::skeleton;

    #[test]
    fn look_alikes_are_those_of_unicode() {
        let (own, unicode) = LOOK_ALIKES.split_last().unwrap();
        for (from, to) in unicode {
            assert_eq!(from.chars().count(), to.chars().count());
            for (foreign, plain) in from.chars().zip(to.chars()) {
                assert!(skeleton(&foreign.to_string()).eq(skeleton(&plain.to_string())), "{foreign} is not {plain}");
            }
        }
        assert_eq!(own.0.chars().count(), own.1.chars().count());
    }

    #[test]
    fn a_foreign_word_stays_in_its_own_company() {
        for (text, expected) in [
            ("Mr. Росс came", "Mr. Pocc came"),
            ("Росс Петров came", "Росс Петров came"),
            ("Росс", "Росс"),
            ("seen\nРосс\nby", "seen\nРосс\nby"),
        ] {
            assert_eq!(crate::text::View::new(text).text(), expected);
        }
    }
}
