//! Names of people by culture, as they lie in the source.

use crate::synth::Split;

/// A culture's names.
#[derive(Debug, Default, Clone)]
pub(crate) struct Culture {
    pub(crate) name: String,
    pub(crate) male: Vec<String>,
    pub(crate) female: Vec<String>,
    pub(crate) last: Vec<String>,
    /// Surnames of women, where they differ.
    pub(crate) last_female: Vec<String>,
    /// Patronymics of men and of women, where there are any.
    pub(crate) patronymic: [Vec<String>; 2],
}

impl Culture {
    /// Surnames for a sex.
    pub(crate) fn surnames(&self, female: bool) -> &[String] {
        if female && !self.last_female.is_empty() { &self.last_female } else { &self.last }
    }
}

const FILES: [&str; 6] = [
    include_str!("names/hand_africa_asia.txt"),
    include_str!("names/hand_east_asia.txt"),
    include_str!("names/hand_europe_mideast.txt"),
    include_str!("names/hand_pacific_americas.txt"),
    include_str!("names/faker.txt"),
    include_str!("names/composed.txt"),
];

/// Every culture with the names of one split. A name that several lists give is kept once.
pub(crate) fn cultures(split: Split) -> Vec<Culture> {
    let mut cultures: Vec<Culture> = Vec::new();
    for line in FILES.iter().flat_map(|file| file.lines()).filter(|l| !l.starts_with('#')) {
        let mut parts = line.splitn(3, '|');
        let (Some(name), Some(kind), Some(names)) = (parts.next(), parts.next(), parts.next()) else { continue };
        let at = cultures.iter().position(|c| c.name == name).unwrap_or_else(|| {
            cultures.push(Culture { name: name.into(), ..Culture::default() });
            cultures.len() - 1
        });
        let culture = &mut cultures[at];
        let list = match kind {
            "m" => &mut culture.male,
            "f" => &mut culture.female,
            "lf" => &mut culture.last_female,
            "p" => &mut culture.patronymic[0],
            "pf" => &mut culture.patronymic[1],
            _ => &mut culture.last,
        };
        list.extend(names.split(',').map(str::trim).filter(|n| !n.is_empty() && split.holds(n)).map(String::from));
    }
    for culture in &mut cultures {
        for list in [&mut culture.male, &mut culture.female, &mut culture.last, &mut culture.last_female] {
            list.sort();
            list.dedup();
        }
    }
    // A small list may have no entry in a small split.
    cultures.retain(|c| !c.male.is_empty() && !c.female.is_empty() && !c.last.is_empty());
    cultures
}

/// `Robert` → `Bob`, `Bobby`: what friends say. The same in every split, like the names of days.
pub(crate) fn nicknames() -> Vec<(String, Vec<String>)> {
    include_str!("nicknames.txt")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('|'))
        .map(|(name, nicks)| (name.to_string(), nicks.split(',').map(String::from).collect()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_many_cultures_with_many_names() {
        let train = cultures(Split::Train);
        assert!(train.len() > 75, "{}", train.len());
        let words = train.iter().find(|c| c.name == "words").unwrap();
        assert!(words.male.len() + words.female.len() + words.last.len() > 300);
        for c in &train {
            for name in c.male.iter().chain(&c.female).chain(&c.last).chain(&c.last_female) {
                assert!(
                    name.trim() == name && !name.contains(['|', '\n', '_']) && name.chars().any(char::is_alphabetic),
                    "{}: {name:?}",
                    c.name
                );
            }
        }
    }

    #[test]
    fn splits_share_no_name_within_a_culture() {
        let (train, test) = (cultures(Split::Train), cultures(Split::Test));
        for c in &test {
            let twin = train.iter().find(|t| t.name == c.name).unwrap();
            assert!(c.last.iter().all(|n| !twin.last.contains(n)) && c.female.iter().all(|n| !twin.female.contains(n)), "{}", c.name);
        }
    }

    #[test]
    fn nicknames_are_many() {
        assert!(nicknames().len() > 150);
    }
}
