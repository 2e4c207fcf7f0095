//! Which entities HIPAA counts among its eighteen identifiers: two readings of one list.

use super::matching::Labelled;
use crate::labels::EntityType::{self, *};
use regex::Regex;
use std::sync::LazyLock;

/// A definition of "HIPAA PHI" over the i2b2 2014 types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hipaa {
    /// 45 CFR 164.514(b)(2): PATIENT; CITY, STREET, ZIP, ORGANIZATION; ages of 90 and more; DATE; PHONE, FAX, EMAIL, URL, IPADDR; every ID.
    ///
    /// Names of providers and of hospitals, professions, states and countries are not on it. User names are left out as i2b2 does.
    SafeHarbor,
    /// The filter of the shared task's own evaluation script (`HIPAA_regexes` of `PHITrackEvaluation`), for figures to stand beside those
    /// published: PATIENT; CITY, STREET, ZIP, ORGANIZATION; every AGE; DATE; PHONE, FAX, EMAIL; every ID but IDNUM, whose pattern there
    /// ends in a space and so never matches.
    I2b2Script,
}

impl Hipaa {
    /// Whether an entity of type `entity_type` over the words `slice` belongs to it.
    pub fn includes(self, entity_type: EntityType, slice: &str) -> bool {
        match entity_type {
            Patient | City | Street | Zip | Organization | Date | Phone | Fax | Email => true,
            Ssn | MedicalRecord | HealthPlan | Account | License | Vehicle | Device | BioId => true,
            IdNum | Url | IpAddr => self == Self::SafeHarbor,
            Age => self == Self::I2b2Script || is_ninety_or_more(slice),
            Doctor | Username | Profession | Hospital | State | Country | LocationOther => false,
        }
    }

    /// The entities of one side of the note `text` that belong to it.
    pub(super) fn part(self, text: &str, entities: &[Labelled<EntityType>]) -> Vec<Labelled<EntityType>> {
        let kept = entities.iter().filter(|e| self.includes(e.label, e.span.slice(text).unwrap_or_default()));
        kept.copied().collect()
    }
}

/// Whether an age is one of 90 years or more, in figures or in words. Ages in months, weeks and days are not.
fn is_ninety_or_more(age: &str) -> bool {
    static WORDS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)\bninet(?:y|ies)|\bhundred|\bnonagenarian|\bcentenarian").expect("a constant, valid pattern"));
    static YOUNG: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)[0-9\s-](?:months?|mos?|mths?|weeks?|wks?|days?)\b").expect("a constant, valid pattern"));
    let figures = age.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse::<u32>().ok());
    !YOUNG.is_match(age) && (WORDS.is_match(age) || figures.into_iter().any(|n| (90..=130).contains(&n)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labels::Category;

    #[test]
    fn ages_count_from_ninety_years() {
        for old in ["90", "92yo", "101 y.o.", "early 90s", "Ninety-three", "one hundred and two", "in her nineties", "94 years"] {
            assert!(Hipaa::SafeHarbor.includes(Age, old), "{old}");
        }
        for young in ["89", "9", "80s", "nineteen", "nine", "96 months", "90-day", "92 wks", "1934", ""] {
            assert!(!Hipaa::SafeHarbor.includes(Age, young), "{young}");
        }
        assert!(Hipaa::I2b2Script.includes(Age, "4"));
    }

    #[test]
    fn every_identifier_and_no_provider() {
        let of = |hipaa: Hipaa| EntityType::ALL.iter().filter(move |t| hipaa.includes(**t, "91")).map(|t| t.name()).collect::<Vec<_>>();
        let (law, script) = (of(Hipaa::SafeHarbor), of(Hipaa::I2b2Script));
        assert_eq!((law.len(), script.len()), (21, 18));
        assert!(script.iter().all(|t| law.contains(t)));
        assert!(EntityType::ALL.iter().filter(|t| t.category() == Category::Id).all(|t| law.contains(&t.name())));
        assert!(["DOCTOR", "HOSPITAL", "PROFESSION", "STATE", "COUNTRY", "USERNAME"].iter().all(|t| !law.contains(t)));
    }
}
