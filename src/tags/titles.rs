//! Titles and degrees, which the i2b2 guideline leaves outside of names.

use crate::text::Span;

/// What is said before a name, in lower case and without a full stop. No given names (Lola, Tito, Nana): taken
/// away they would be left standing.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "drs",
    "prof",
    "professor",
    "sir",
    "dame",
    "mme",
    "mlle",
    "fr",
    "rev",
    "revd",
    "aunt",
    "aunty",
    "auntie",
    "uncle",
    "gogo",
    "gran",
    "granny",
    "grandma",
    "grandpa",
    "grandmother",
    "grandfather",
    "granddaughter",
    "grandson",
    "whaea",
    "matua",
    "kuia",
    "doula",
    "chief",
    "deputy",
    "officer",
    "trooper",
    "tpr",
    "sgt",
    "sergeant",
    "constable",
    "nurse",
    "pastor",
    "rabbi",
    "induna",
    "chaplain",
    "midwife",
    "señor",
    "señora",
    "sra",
    "herr",
    "frau",
    "monsieur",
    "madame",
    "puan",
    "encik",
    "ibu",
    "smt",
    "shri",
    "mother",
    "father",
    "sister",
    "brother",
    "daughter",
    "wife",
    "husband",
    "dtr",
    "hubby",
    "cousin",
    "nephew",
    "niece",
    "mum",
    "mom",
    "dad",
];

/// What is written behind a name.
const DEGREES: &[&str] = &[
    "MD", "DO", "MBBS", "MBChB", "MBBCh", "MB", "BCh", "BAO", "RN", "NP", "PA", "PA-C", "FNP", "FNP-C", "CRNA", "CNM", "LPN", "EMT",
    "EMT-P", "AEMT", "PhD", "PharmD", "MSW", "LCSW", "LICSW", "PT", "DPT", "OT", "OTR", "SLP", "FRCP", "FRCS", "MRCP", "MRCGP", "FRCPC",
    "FRACP", "FACS", "FACP", "FACC", "BSc", "MSc", "RD", "DDS", "DMD", "DPM", "PGY1", "PGY2", "PGY3", "SHO", "SpR",
];

/// The name alone. Titles go from the front, degrees from the back; a single word is never taken away.
pub fn bare_name(text: &str, span: Span) -> Span {
    let Some(mut name) = span.slice(text) else { return span };
    let mut start = span.start;
    while let Some((first, rest)) = name.split_once(char::is_whitespace) {
        let rest = rest.trim_start();
        let title = first.trim_end_matches('.').to_lowercase();
        if rest.is_empty() || !rest.starts_with(char::is_alphanumeric) || !TITLES.contains(&title.as_str()) {
            break;
        }
        start += name.len() - rest.len();
        name = rest;
    }
    while let Some((rest, last)) = name.rsplit_once([' ', ',', '\t', '\n']) {
        let rest = rest.trim_end_matches([' ', ',', '\t', '\n', '\r']);
        let degree = last.replace('.', "");
        // Do and Pa are surnames: a degree stands behind two words, or behind a comma.
        let several = rest.contains([' ', ',']) || degree.len() > 2;
        if rest.is_empty() || !several || !DEGREES.contains(&degree.as_str()) {
            break;
        }
        name = rest;
    }
    Span::new(start, start + name.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_degrees_stand_outside() {
        for (text, expected) in [
            ("Gogo Thokozile Mthethwa", "Thokozile Mthethwa"),
            ("M. Hervé", "M. Hervé"),
            ("Dr. Ann Lee, M.D., PhD", "Ann Lee"),
            ("Veronique Baptiste-Hall MBBS", "Veronique Baptiste-Hall"),
            ("OSTROWSKI,LENA K DO", "OSTROWSKI,LENA K"),
            ("Kim DO", "Kim DO"),
            ("Minh Do", "Minh Do"),
            ("Nurse", "Nurse"),
            ("Rev. Fr. Paul Otieno", "Paul Otieno"),
            ("Lee, Ann RN", "Lee, Ann"),
        ] {
            assert_eq!(bare_name(text, Span::new(0, text.len())).slice(text), Some(expected));
        }
    }
}
