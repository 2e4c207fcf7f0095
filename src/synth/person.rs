//! People and the ways in which their names are written.

mod cultures;
mod forms;

use super::lexicon::{Culture, Lexicons};
use crate::random::Rand;

/// Somebody who is spoken of in a document, always by the same name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Person {
    pub(crate) first: String,
    pub(crate) middle: String,
    pub(crate) last: String,
    pub(crate) female: bool,
    /// What the person writes under: the part of an e-mail address before the `@`.
    pub(crate) handle: String,
    /// What friends say; the first name if nothing else.
    pub(crate) nick: String,
    /// `Jr`, `III`; mostly empty.
    suffix: &'static str,
    /// The surname at birth.
    maiden: String,
    /// The culture that the name is of; empty for US Census names.
    culture: String,
    /// Whether this person writes the family name first.
    family_first: bool,
    /// Whether there is one name only, which then is both first and last.
    mononym: bool,
}

impl Person {
    /// Somebody in a country, of any culture that lives there.
    pub(crate) fn new(lex: &Lexicons, country: &str, female: bool, rand: &mut Rand) -> Self {
        Self::of(lex, cultures::draw(lex, country, rand), country, female, rand)
    }

    fn of(lex: &Lexicons, culture: Option<&Culture>, country: &str, female: bool, rand: &mut Rand) -> Self {
        let name = culture.map_or("", |c| c.name.as_str());
        let western = name.is_empty() || matches!(country, "US" | "CA" | "UK" | "AU" | "NZ" | "IE");
        // Names that are also words, and the first names that migrants' children are given.
        let words = lex.cultures.iter().find(|c| c.name == "words");
        let for_first = match rand.below(100) {
            0..7 => words.or(culture),
            7..20 if western || matches!(name, "cantonese" | "hokkien" | "kenyan" | "ghanaian" | "igbo" | "caribbean") => None,
            _ => culture,
        };
        let for_last =
            if rand.chance(if name.is_empty() || name == "british" { 0.12 } else { 0.03 }) { words.or(culture) } else { culture };
        let mut first = first_name(lex, for_first, female, rand);
        let mut middle = middle_name(lex, culture, for_first, female, rand);
        // "Mary-Jane", "Jean-Luc": two short names joined.
        if rand.chance(0.03) && !first.contains([' ', '-']) && middle.len() > 2 && middle.len() < 8 && !middle.contains([' ', '-']) {
            first = format!("{first}-{middle}");
            middle = String::new();
        }
        let mut last = last_name(lex, for_last, female, rand);
        let maiden = last_name(lex, culture, false, rand);
        if cultures::two_surnames(name) && rand.chance(0.4) {
            let second = last_name(lex, culture, female, rand);
            last = if rand.chance(0.15) {
                format!("{last}-{second}")
            } else if rand.chance(0.1) {
                format!("{last} y {second}")
            } else {
                format!("{last} {second}")
            };
        } else if !last.contains(['-', ' ']) && rand.chance(0.05) {
            let second = if rand.chance(0.5) { last_name(lex, culture, female, rand) } else { last_name(lex, None, female, rand) };
            last = format!("{last}-{second}");
        }
        let mut person = Self { first, middle, last, female, maiden, culture: name.into(), ..Self::default() };
        person.family_first = cultures::family_first(name) && rand.chance(0.35);
        if rand.chance(if cultures::mononyms(name) { 0.12 } else { 0.01 }) {
            person.mononym = true;
            person.middle.clear();
            person.last = person.first.clone();
        }
        if !female && !person.mononym && !cultures::family_first(name) && rand.chance(0.05) {
            person.suffix = rand.of(["Jr", "Jr", "Jr", "Sr", "III", "II", "IV"]);
        }
        person.nick = lex.nicknames.iter().find(|(name, _)| *name == person.first).map_or_else(
            || person.first.split(['-', ' ']).next().unwrap_or_default().to_string(),
            |(_, nicks)| rand.pick(nicks).to_string(),
        );
        person.handle = person.make_handle(rand);
        person
    }

    /// Somebody of the same family: the surname is mostly shared, the culture nearly always.
    pub(crate) fn relative(&self, lex: &Lexicons, country: &str, female: bool, rand: &mut Rand) -> Self {
        let mut relative = if rand.chance(0.88) {
            let culture = lex.cultures.iter().find(|c| c.name == self.culture);
            Self::of(lex, culture, country, female, rand)
        } else {
            Self::new(lex, country, female, rand)
        };
        if rand.chance(0.7) && !self.mononym && !relative.mononym {
            relative.last = self.family_name(lex, female);
            relative.handle = relative.make_handle(rand);
        }
        relative
    }

    /// The surname as a relative of that sex bears it, where the ending tells the sex.
    fn family_name(&self, lex: &Lexicons, female: bool) -> String {
        let known = lex.cultures.iter().find(|c| c.name == self.culture).filter(|c| !c.last_female.is_empty() && self.female != female);
        let Some(culture) = known else { return self.last.clone() };
        let other = match (female, self.last.as_str()) {
            (true, last) if last.ends_with("ski") || last.ends_with("cki") => format!("{}a", last.trim_end_matches('i')),
            (true, last) => format!("{last}a"),
            (false, last) => last.strip_suffix('a').unwrap_or(last).to_string(),
        };
        // Only a pair that the list knows: most cultures' daughters are not called so.
        if culture.surnames(female).contains(&other) { other } else { self.last.clone() }
    }

    fn make_handle(&self, rand: &mut Rand) -> String {
        let plain = |s: &str| -> String { ascii(s).to_lowercase().chars().filter(char::is_ascii_alphabetic).collect() };
        let (first, last) = (plain(&self.first), plain(&self.last));
        let initial: String = first.chars().take(1).collect();
        let digits = rand.digits(2);
        let handle = match rand.below(12) {
            0 | 1 => format!("{first}.{last}"),
            2 => format!("{initial}{last}"),
            3 => format!("{first}{digits}"),
            4 => format!("{last}{initial}{digits}"),
            5 => format!("{first}_{last}"),
            6 => format!("{initial}.{last}{digits}"),
            7 => format!("{last}.{first}"),
            8 => format!("{last}{initial}"),
            9 => format!("{}{}", plain(&self.nick), rand.range(1940, 2009)),
            10 => format!("{first}-{last}{digits}"),
            _ => format!("{first}{last}"),
        };
        // Names in no Latin letter at all leave nothing to write under.
        if handle.chars().any(|c| c.is_ascii_alphabetic()) { handle } else { format!("user{digits}") }
    }
}

/// Letters with marks as people type them where marks are not allowed.
pub(crate) fn ascii(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(|c| match c {
            'ß' => vec!['s', 's'],
            'æ' | 'Æ' => vec!['a', 'e'],
            'ø' | 'Ø' => vec!['o'],
            'ł' | 'Ł' => vec!['l'],
            'đ' | 'Đ' | 'ð' => vec!['d'],
            'ı' => vec!['i'],
            c => vec![c],
        })
        .collect()
}

fn first_name(lex: &Lexicons, culture: Option<&Culture>, female: bool, rand: &mut Rand) -> String {
    let name = match culture {
        Some(c) => rand.pick(if female { &c.female } else { &c.male }),
        None => if female { &lex.us_female } else { &lex.us_male }.pick(rand),
    };
    name.to_string()
}

/// A middle name or a patronymic, or none.
fn middle_name(lex: &Lexicons, culture: Option<&Culture>, for_first: Option<&Culture>, female: bool, rand: &mut Rand) -> String {
    if let Some(c) = culture {
        let patronymics = &c.patronymic[usize::from(female)];
        if !patronymics.is_empty() && rand.chance(0.5) {
            return rand.pick(patronymics).to_string();
        }
        if cultures::family_first(&c.name) && rand.chance(0.8) {
            return String::new();
        }
        if matches!(c.name.as_str(), "punjabi") && rand.chance(0.4) {
            return if female { "Kaur" } else { "Singh" }.into();
        }
        if c.name == "filipino" && rand.chance(0.6) {
            // The mother's surname.
            return rand.pick(&c.last).to_string();
        }
    }
    if rand.chance(0.5) { first_name(lex, for_first, female, rand) } else { String::new() }
}

/// A surname of the country's people, for a place or a firm.
pub(crate) fn surname(lex: &Lexicons, country: &str, rand: &mut Rand) -> String {
    last_name(lex, cultures::draw(lex, country, rand), false, rand)
}

fn last_name(lex: &Lexicons, culture: Option<&Culture>, female: bool, rand: &mut Rand) -> String {
    match culture {
        Some(c) => rand.pick(c.surnames(female)).to_string(),
        None => lex.us_last.pick(rand).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synth::Split;

    pub(super) fn lexicons() -> Lexicons {
        let data = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/synth");
        Lexicons::load(std::path::Path::new(data), Split::Train).unwrap()
    }

    #[test]
    fn every_country_has_people_and_every_form_is_clean() {
        let lex = lexicons();
        let mut rand = Rand::keyed(5, "people", 0);
        let forms = [
            "full",
            "first",
            "last",
            "flast",
            "lastfirst",
            "upper",
            "header",
            "hl7",
            "init",
            "initupper",
            "initlower",
            "initlast",
            "nick",
            "maiden",
            "quoted",
            "",
        ];
        for i in 0..3000 {
            let country = crate::synth::places::COUNTRIES[i % crate::synth::places::COUNTRIES.len()];
            let person = Person::new(&lex, country, i % 2 == 0, &mut rand);
            for form in forms {
                let name = person.name(form, &mut rand);
                assert!(!name.is_empty() && name.trim() == name && !name.contains("  "), "{country} {form}: {name:?} {person:?}");
            }
            assert!(!person.handle.is_empty());
        }
    }

    #[test]
    fn relatives_mostly_share_the_name() {
        let lex = lexicons();
        let mut rand = Rand::keyed(6, "kin", 0);
        let shared = (0..400).filter(|_| {
            let person = Person::new(&lex, "UK", false, &mut rand);
            person.relative(&lex, "UK", true, &mut rand).last == person.last
        });
        assert!((220..360).contains(&shared.count()));
    }
}
