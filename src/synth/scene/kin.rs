//! What people are to the patient.

use crate::random::Rand;

/// A word for a relative or friend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kin {
    pub(crate) word: &'static str,
    /// Whether the word says that she is a woman; `None` when it says nothing.
    pub(crate) female: Option<bool>,
    /// Whether the person belongs to the patient's family, and so may have the same surname.
    pub(crate) family: bool,
}

const fn kin(word: &'static str, female: Option<bool>, family: bool) -> Kin {
    Kin { word, female, family }
}

const F: Option<bool> = Some(true);
const M: Option<bool> = Some(false);

/// Words that are drawn: with their weight and the youngest and oldest patient who has one.
const DRAWN: [(Kin, usize, i64, i64); 34] = [
    (kin("daughter", F, true), 16, 30, 120),
    (kin("son", M, true), 14, 30, 120),
    (kin("mother", F, true), 9, 0, 62),
    (kin("father", M, true), 8, 0, 60),
    (kin("sister", F, true), 8, 0, 95),
    (kin("brother", M, true), 8, 0, 95),
    (kin("wife", F, true), 12, 22, 100),
    (kin("husband", M, true), 12, 22, 100),
    (kin("partner", None, false), 5, 18, 85),
    (kin("niece", F, true), 3, 25, 120),
    (kin("nephew", M, true), 3, 25, 120),
    (kin("aunt", F, true), 2, 0, 50),
    (kin("uncle", M, true), 2, 0, 50),
    (kin("grandmother", F, true), 3, 0, 30),
    (kin("grandfather", M, true), 2, 0, 30),
    (kin("granddaughter", F, true), 3, 55, 120),
    (kin("grandson", M, true), 3, 55, 120),
    (kin("cousin", None, true), 2, 0, 90),
    (kin("friend", None, false), 4, 12, 100),
    (kin("neighbour", None, false), 1, 18, 100),
    (kin("neighbor", None, false), 1, 18, 100),
    (kin("son-in-law", M, false), 2, 45, 110),
    (kin("daughter-in-law", F, false), 2, 45, 110),
    (kin("sister-in-law", F, false), 1, 22, 90),
    (kin("brother-in-law", M, false), 1, 22, 90),
    (kin("stepmother", F, true), 1, 0, 40),
    (kin("stepfather", M, true), 1, 0, 40),
    (kin("stepson", M, true), 1, 35, 100),
    (kin("girlfriend", F, false), 2, 16, 60),
    (kin("boyfriend", M, false), 2, 16, 60),
    (kin("ex-wife", F, false), 1, 28, 80),
    (kin("ex-husband", M, false), 1, 28, 80),
    (kin("roommate", None, false), 1, 18, 60),
    (kin("guardian", None, false), 1, 0, 20),
];

/// Further words that templates have of their own.
const KNOWN: [Kin; 43] = [
    kin("mom", F, true),
    kin("mum", F, true),
    kin("mam", F, true),
    kin("mummy", F, true),
    kin("dad", M, true),
    kin("daddy", M, true),
    kin("spouse", None, true),
    kin("fiancee", F, false),
    kin("fiancée", F, false),
    kin("fiance", M, false),
    kin("fiancé", M, false),
    kin("grandma", F, true),
    kin("grandmom", F, true),
    kin("gran", F, true),
    kin("granny", F, true),
    kin("nana", F, true),
    kin("nan", F, true),
    kin("grandpa", M, true),
    kin("grandad", M, true),
    kin("granddad", M, true),
    kin("hubby", M, true),
    kin("dtr", F, true),
    kin("dau", F, true),
    kin("bro", M, true),
    kin("sis", F, true),
    kin("auntie", F, true),
    kin("aunty", F, true),
    kin("stepdaughter", F, true),
    kin("stepbrother", M, true),
    kin("stepsister", F, true),
    kin("half-sister", F, true),
    kin("half-brother", M, true),
    kin("mother-in-law", F, false),
    kin("father-in-law", M, false),
    kin("step-mother", F, true),
    kin("step-father", M, true),
    kin("great-niece", F, true),
    kin("grand-daughter", F, true),
    kin("godmother", F, false),
    kin("godson", M, false),
    kin("landlady", F, false),
    kin("girl", F, true),
    kin("boy", M, true),
];

/// Words between a kin word and a name that leave them one person ("his wife, Mrs", "sister's name is").
const BETWEEN: [&str; 24] = [
    "s", "mr", "mrs", "ms", "miss", "name", "named", "is", "called", "the", "his", "her", "older", "younger", "elder", "eldest", "twin",
    "only", "poa", "nok", "also", "whose", "late", "phone",
];

/// Words between a name and a kin word that follows it ("who is his", "the patient's").
const BEFORE: [&str; 24] = [
    "his",
    "her",
    "the",
    "patient",
    "patients",
    "pt",
    "pts",
    "s",
    "is",
    "a",
    "who",
    "their",
    "your",
    "adult",
    "older",
    "younger",
    "elder",
    "eldest",
    "elderly",
    "estranged",
    "only",
    "late",
    "my",
    "live-in",
];

impl Kin {
    /// A relative or friend that a patient of this age and sex may have.
    pub(crate) fn draw(age: i64, patient_female: bool, taken: impl Fn(&Kin) -> bool, rand: &mut Rand) -> Self {
        let same_sex = rand.chance(0.04);
        let spouse = |k: &Kin| matches!(k.word, "wife" | "husband" | "girlfriend" | "boyfriend" | "ex-wife" | "ex-husband");
        let fits = |&&(k, _, low, high): &&(Kin, usize, i64, i64)| {
            (low..=high).contains(&age) && (!spouse(&k) || (k.female == Some(patient_female)) == same_sex) && !taken(&k)
        };
        let total: usize = DRAWN.iter().filter(fits).map(|entry| entry.1).sum();
        let mut at = rand.below(total);
        for (k, weight, ..) in DRAWN.iter().filter(fits) {
            if at < *weight {
                return *k;
            }
            at -= weight;
        }
        kin("friend", None, false)
    }

    /// The entry for a word, in whatever case.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        let lower = word.to_lowercase();
        DRAWN.iter().map(|entry| &entry.0).chain(&KNOWN).find(|k| k.word == lower).copied()
    }

    /// Whether a patient has at most one such relative.
    pub(crate) fn unique(&self) -> bool {
        matches!(self.word, "mother" | "father" | "wife" | "husband" | "partner" | "girlfriend" | "boyfriend" | "stepmother" | "stepfather")
    }

    /// How many years older than the patient such a relative is, give or take some; `None` when the word does not tell.
    pub(crate) fn years_older(&self) -> Option<i64> {
        let has = |parts: &[&str]| parts.iter().any(|part| self.word.contains(part));
        if has(&["friend", "neighb", "roommate", "cousin", "guardian", "landlady", "girl", "boy", "godson"]) {
            return None;
        }
        let child = has(&["daughter", "son", "dtr", "dau", "niece", "nephew"]);
        let parent = has(&["mother", "father", "mom", "mum", "dad", "aunt", "uncle", "mam"]);
        Some(match (has(&["gran", "nan"]), child, parent) {
            (true, true, _) => -52,
            (true, false, _) => 52,
            (false, true, _) => -28,
            (false, false, true) => 28,
            _ => 0,
        })
    }

    /// The kin word that the end of `text` puts beside the name that comes next.
    pub(crate) fn at_end(text: &str) -> Option<Self> {
        let from = text.char_indices().rev().nth(44).map_or(0, |(at, _)| at);
        let tail = text.get(from..)?;
        let tail = tail.rsplit(['\n', ';']).next()?;
        let tail = tail.rsplit(". ").next()?;
        for (passed, word) in words(tail).into_iter().rev().enumerate() {
            if let Some(kin) = Self::of_word(word) {
                return Some(kin);
            }
            if passed > 3 || !BETWEEN.contains(&word.to_lowercase().as_str()) {
                return None;
            }
        }
        None
    }

    /// The kin word that the start of `text` puts beside the name before it.
    pub(crate) fn at_start(text: &str) -> Option<Self> {
        let head = text.split(['\n', ';']).next()?.split(". ").next()?;
        for word in words(head).into_iter().take(7) {
            if let Some(kin) = Self::of_word(word) {
                return Some(kin);
            }
            if !BEFORE.contains(&word.to_lowercase().as_str()) {
                return None;
            }
        }
        None
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphabetic() && c != '-' && c != '\u{1}').filter(|w| !w.is_empty() && *w != "-").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kin_beside_names_is_found() {
        for (text, word) in [
            ("Spoke with his wife, ", Some("wife")),
            ("FATHER: ", Some("father")),
            ("His DAUGHTER-IN-LAW ", Some("daughter-in-law")),
            ("her mother's name is ", Some("mother")),
            ("the daughter of ", None),
            ("His father died. Spoke to ", None),
            ("widow of ", None),
        ] {
            assert_eq!(Kin::at_end(text).map(|k| k.word), word, "{text}");
        }
        for (text, word) in [
            (" (sister)", Some("sister")),
            (", who is the patient's mother, called", Some("mother")),
            (" and his wife", None),
            (". Sister", None),
            (" said that his wife", None),
        ] {
            assert_eq!(Kin::at_start(text).map(|k| k.word), word, "{text}");
        }
    }

    #[test]
    fn ages_follow_generations() {
        for (word, years) in [("mother", Some(28)), ("Granddaughter", Some(-52)), ("nana", Some(52)), ("wife", Some(0)), ("friend", None)] {
            assert_eq!(Kin::of_word(word).unwrap().years_older(), years, "{word}");
        }
    }

    #[test]
    fn kin_fits_age_and_sex() {
        let mut rand = Rand::keyed(1, "kin", 0);
        for _ in 0..300 {
            assert!(!["daughter", "wife", "husband", "grandson"].contains(&Kin::draw(6, true, |_| false, &mut rand).word));
            assert!(!["mother", "grandmother", "aunt"].contains(&Kin::draw(80, false, |_| false, &mut rand).word));
        }
        assert_eq!(Kin::draw(40, true, |_| true, &mut rand).word, "friend");
    }
}
