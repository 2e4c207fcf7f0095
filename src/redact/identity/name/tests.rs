use super::*;
use proptest::prelude::*;

/// `g`iven, `n`ick, `s`urname, `o`pen, `p`article, `a`ffix; a capital for initials.
fn shape(text: &str) -> String {
    let letter = |part: &Part| {
        let c = match part.role {
            Role::Given => 'g',
            Role::Nick => 'n',
            Role::Surname => 's',
            Role::Open => 'o',
            Role::Particle => 'p',
            Role::Affix => 'a',
        };
        if part.initials { c.to_ascii_uppercase() } else { c }
    };
    Name::read(text, &HashSet::new()).parts.iter().map(letter).collect()
}

#[test]
fn names_are_taken_apart_by_form() {
    for (text, expected) in [
        ("Chidi Okafor", "gs"),
        ("OKAFOR, Chidi A.", "sgG"),
        ("OKAFOR,CHIDI", "sg"),
        ("Okafor", "o"),
        ("chidi", "o"),
        ("C. Okafor", "Gs"),
        ("C.O.", "GS"),
        ("CO", "G"),
        ("co", "G"),
        ("Co", "o"),
        ("CA Okafor", "Gs"),
        ("CJ OKAFOR", "Gs"),
        ("JO OKAFOR", "gs"),
        ("Okafor C", "oG"),
        ("OKAFOR CHIDI A", "sgG"),
        ("OKAFOR^CHIDI^A^III^DR", "sgGaa"),
        ("12345^OKAFOR^CHIDI", "ssg"),
        ("NG^WEI", "sg"),
        ("Kim Min-jun", "sgg"),
        ("Min-jun Kim", "ggs"),
        ("NG, Wei", "sg"),
        ("Jan van der Berg", "gpps"),
        ("van der Berg", "pps"),
        ("van der Berg, Jan", "ppsg"),
        ("Maria de la Cruz Reyes", "gppss"),
        ("Ana García y Vega", "gsps"),
        ("al-Sayed", "ps"),
        ("Omar Al-Sayed", "gps"),
        ("Al Reyes", "gs"),
        ("De Luca", "ps"),
        ("Minh Le", "gs"),
        ("Kim DO", "gs"),
        ("Siobhan O'Brien-Mc Donald", "gss"),
        ("Okafor-Reyes", "oo"),
        ("Mary-Jane Okafor", "ggs"),
        ("María GARCÍA LÓPEZ", "gss"),
        ("OKAFOR Chidi", "sg"),
        ("John Okafor, Jr.", "gsa"),
        ("Okafor Jr, John", "sag"),
        ("John Okafor III", "gsa"),
        ("William \"Bill\" Okafor", "gns"),
        ("William (Bill) Okafor", "gns"),
        ("Ann Okafor née Reyes", "ggas"),
        ("Dr. Ann Lee, MD, PhD", "agsaa"),
        ("Okafor,", "s"),
        ("Chidi\nOkafor's", "gs"),
        ("Dr", "o"),
        ("王小明", "o"),
        ("שרה\u{200f} לוי", "gs"),
        ("…", ""),
        ("", ""),
    ] {
        assert_eq!(shape(text), expected, "{text}");
    }
}

#[test]
fn a_known_name_is_no_initials() {
    let known = HashSet::from(["ng".to_string()]);
    assert!(!Name::read("NG", &known).is_initials());
    assert!(Name::read("NG", &HashSet::new()).is_initials());
}

proptest! {
    #[test]
    fn any_text_is_read(text in "(?s).{0,24}", names in "[A-Za-z'.,^() \"-]{0,24}") {
        for text in [text, names] {
            let name = Name::read(&text, &HashSet::new());
            let mut end = 0;
            for part in &name.parts {
                prop_assert!(part.range.start >= end && text.get(part.range.clone()).is_some_and(|w| !w.is_empty()));
                end = part.range.end;
            }
            prop_assert_eq!(name.names().next().is_none(), name.parts.is_empty());
        }
    }
}
