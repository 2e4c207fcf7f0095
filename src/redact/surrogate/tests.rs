use super::*;
use crate::tags::Source;
use crate::text::Span;
use proptest::prelude::*;

const SEED: [u8; 32] = [7; 32];

/// The surrogates of the slices of `text` in the order in which they stand there.
fn made(text: &str, marked: &[(&str, EntityType)]) -> Vec<String> {
    surrogates(text, &entities(text, marked), &SEED)
}

fn entities(text: &str, marked: &[(&str, EntityType)]) -> Vec<Entity> {
    let mut from = 0;
    let find = |&(slice, entity_type): &(&str, EntityType)| {
        let start = from + text[from..].find(slice).unwrap();
        from = start + slice.len();
        Entity { span: Span::new(start, from), entity_type, score: 1.0, source: Source::Model }
    };
    marked.iter().map(find).collect()
}

/// The surrogate of `slice` alone in a note.
fn one(slice: &str, entity_type: EntityType) -> String {
    made(slice, &[(slice, entity_type)]).remove(0)
}

/// The surrogates of mentions of one type, a line each.
fn all(entity_type: EntityType, mentions: &[&str]) -> Vec<String> {
    made(&mentions.join("\n"), &mentions.iter().map(|m| (*m, entity_type)).collect::<Vec<_>>())
}

fn initials(name: &str) -> String {
    name.split(' ').filter_map(|word| word.chars().next()).collect()
}

#[test]
fn forms_of_a_name_agree() {
    let forms = [
        "Chidi Okafor",
        "OKAFOR, Chidi A.",
        "Okafor",
        "chidi",
        "C. Okafor",
        "C.O.",
        "CO",
        "OKAFOR^CHIDI",
        "Chidi\nOkafor",
        "Okafor's",
        "Chidi Okafor Jr.",
        "Mr. Okafor",
    ];
    let out = all(Patient, &forms);
    let (first, last) = out[0].split_once(' ').unwrap();
    let letters = initials(&out[0]);
    let (f, l) = letters.split_at(1);
    assert!(out[1].starts_with(&format!("{}, {first} ", last.to_uppercase())) && out[1].ends_with('.') && !out[1].ends_with("A."));
    let expected = [
        last.to_string(),
        first.to_lowercase(),
        format!("{f}. {last}"),
        format!("{f}.{l}."),
        letters.clone(),
        format!("{last}^{first}").to_uppercase(),
        format!("{first}\n{last}"),
        format!("{last}'s"),
        format!("{first} {last} Jr."),
        format!("Mr. {last}"),
    ];
    assert_eq!(out[2..], expected);
    // And in other notes, of other types.
    assert_eq!(one("Okafor", Doctor), last);
    assert_eq!(one("chidi", Patient), first.to_lowercase());
    assert_eq!(made("Dr. Okafor", &[("Okafor", Doctor)]), [last]);
}

#[test]
fn particles_hyphens_and_foreign_letters() {
    let words = |name: &str| name.split([' ', '-']).count();
    assert_eq!(words(&one("Jan van der Berg", Patient)), 2);
    assert_eq!(words(&one("al-Sayed", Patient)), 1);
    let double = one("Ada Okafor-Reyes", Patient);
    assert_eq!(double.rsplit_once('-').unwrap().1, one("Reyes", Patient));
    assert!(one("שרה\u{200f} לוי", Patient).is_ascii());
    assert_eq!(one("O'Brien", Doctor).to_uppercase(), one("OBRIEN", Doctor));
    assert_eq!(one("Zoe\u{301}", Patient), one("Zoé", Patient));
}

#[test]
fn gender_is_kept_where_it_shows() {
    let lex = &lexicon::LEXICON;
    for (text, name, female) in [
        ("Mrs. Xanthia Quux was seen", "Xanthia", true),
        ("Mr Xanthia Quux was seen", "Xanthia", false),
        ("Xanthia Quux says she", "Xanthia", true),
        ("daughter Xanthia", "Xanthia", true),
        ("Mary Quux, he said", "Mary", true),
        ("Robert Quux", "Robert", false),
    ] {
        let slice = if text.contains("Quux") { format!("{name} Quux") } else { name.to_string() };
        let out = made(text, &[(&slice, Patient)]).remove(0);
        let first = out.split(' ').next().unwrap();
        assert_eq!(lex.female.contains(&first), female, "{text}: {out}");
        assert_eq!(lex.male.contains(&first), !female, "{text}: {out}");
    }
}

#[test]
fn nobody_gets_another_ones_name() {
    let lex = &lexicon::LEXICON;
    let names: Vec<String> = lex.male.iter().chain(&lex.female).zip(lex.surnames.iter().cycle()).map(|(f, l)| format!("{f} {l}")).collect();
    let mentions: Vec<&str> = names.iter().map(String::as_str).take(80).collect();
    let out = all(Patient, &mentions);
    let real: HashSet<String> = mentions.iter().flat_map(|m| m.split(' ')).map(fold).collect();
    assert!(out.iter().all(|name| !name.starts_with('[') && name.split([' ', '-']).all(|part| !real.contains(&fold(part)))));
    assert_eq!(out.iter().collect::<HashSet<_>>().len(), mentions.len());
}

#[test]
fn unlinked_initials_stay_initials() {
    let out = one("C.O.", Doctor);
    assert!(out.len() == 4 && !out.starts_with('C') && out.as_bytes()[1] == b'.' && &out[2..3] != "O");
    assert_eq!(all(Doctor, &["C.O.", "CO"])[1], out.replace('.', ""));
    let pairs: Vec<String> = ('A'..='Z').flat_map(|a| ('A'..='C').map(move |b| format!("{a}.{b}."))).collect();
    let out = all(Doctor, &pairs.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(out.iter().collect::<HashSet<_>>().len(), pairs.len());
    assert_eq!(one("NG", Doctor), one("Ng", Doctor).to_uppercase());
}

#[test]
fn accounts_and_addresses_follow_the_name() {
    let text = "Chidi Okafor; cokafor; c.okafor@mercy.org; okafor12; jx2k; Chidi.Okafor@mercy.org";
    let marked = [
        ("Chidi Okafor", Patient),
        ("cokafor", Username),
        ("c.okafor@mercy.org", Email),
        ("okafor12", Username),
        ("jx2k", Username),
        ("Chidi.Okafor@mercy.org", Email),
    ];
    let out = made(text, &marked);
    let (first, last) = out[0].split_once(' ').unwrap();
    let (f, low) = (first[..1].to_lowercase(), last.to_lowercase());
    assert_eq!(out[1], format!("{f}{low}"));
    assert!(out[2].starts_with(&format!("{f}.{low}@example.")));
    assert!(out[3].starts_with(&low) && out[3].len() == low.len() + 2);
    assert!(out[4].len() == 4 && out[4].as_bytes()[2].is_ascii_digit());
    assert!(out[5].starts_with(&format!("{first}.{last}@example.")));
    assert_eq!(out[2].split_once('@').unwrap().1, out[5].split_once('@').unwrap().1);
    // Alone, an address has the surrogates that its names have elsewhere.
    assert_eq!(one("Chidi.Okafor@mercy.org", Email), out[5]);
}

#[test]
fn places_keep_their_kind() {
    let out = all(Hospital, &["Mercy Lakes Hospital", "MLH", "Mercy Lakes", "MERCY LAKES HOSPITAL", "mercy lakes"]);
    let own = out[0].strip_suffix(" Hospital").unwrap();
    assert_eq!(out[1], format!("{}H", initials(own)).to_uppercase());
    assert_eq!(out[2..], [own.to_string(), out[0].to_uppercase(), own.to_lowercase()]);
    assert!(
        one("St. Brendan's Medical Center", Hospital).starts_with("St. ")
            && one("St. Brendan's Medical Center", Hospital).ends_with("'s Medical Center")
    );
    assert!(one("General Hospital", Hospital).ends_with(" Hospital"));
    assert!(one("4 West", Hospital).ends_with(" West"));
    assert!(one("University of Ardenton", Organization).starts_with("University of "));
    let street = one("123 Fake St., Apt 4B", Street);
    assert!(street.contains(" St., Apt ") && !street.contains("123") && !street.contains("Fake"), "{street}");
    assert!(one("5th Ave", Street).ends_with(" Ave"));
    assert!(one("Golden Gate Bridge", LocationOther).ends_with(" Gate Bridge"));
    assert!(one("PO Box 12", LocationOther).starts_with("PO Box "));
    assert_eq!(one("SPRINGFIELD", City), one("Springfield", City).to_uppercase());
    assert_eq!(one("NYC", City).len(), 3);
    assert_eq!(one("Springfield, MA", City).split(", ").nth(1).unwrap(), one("MA", State));
}

#[test]
fn states_and_countries_by_their_forms() {
    let lex = &lexicon::LEXICON;
    for (list, whole, short) in [("us", "Ohio", "OH"), ("ca", "Ontario", "ON"), ("au", "Queensland", "QLD")] {
        let row = format!("{}={}", one(whole, State), one(short, State));
        assert!(lex.list(list).iter().any(|r| r.starts_with(&row)), "{row}");
    }
    assert!(one("Mass.", State).ends_with('.'));
    assert_eq!(one("N.Y.", State).len(), 4);
    assert_eq!(one("Loudon County", State).split_once(' ').unwrap().1, "County");
    let row = format!(
        "{}={}",
        one("Nigeria", Country),
        one("nigerian", Country).chars().enumerate().map(|(i, c)| if i == 0 { c.to_ascii_uppercase() } else { c }).collect::<String>()
    );
    assert!(lex.list("country").iter().any(|r| r.to_lowercase().starts_with(&row.to_lowercase())), "{row}");
    assert!(one("Nigerians", Country).ends_with('s') && one("USA", Country).chars().all(char::is_uppercase));
    assert!(one("Freedonia", Country).starts_with(char::is_uppercase));
}

#[test]
fn numbers_keep_their_shape() {
    for (slice, entity_type, pattern) in [
        ("(617) 867-5309", Phone, r"^\([2-8]9\d\) 555-01\d\d$"),
        ("617-867-5309 ext 12", Fax, r"^[2-8]9\d-555-01\d\d ext \d\d$"),
        ("07911 123456", Phone, r"^07700 900\d{3}$"),
        ("x4-2210", Phone, r"^x\d-\d{4}$"),
        ("1-800-FLOWERS", Phone, r"^1-\d{3}-[A-Z]{7}$"),
        ("123-45-6789", Ssn, r"^9\d\d-[0-4]\d-\d{4}$"),
        ("123456789", Ssn, r"^9\d\d[0-4]\d{5}$"),
        ("xxx-xx-6789", Ssn, r"^xxx-xx-\d{4}$"),
        ("AB 12 34 56 C", Ssn, r"^[DFIQUV][A-Z] \d\d \d\d \d\d [A-Z]$"),
        ("MR-00123a", MedicalRecord, r"^[A-Z]{2}-\d{5}[a-z]$"),
        ("SW1A 1AA", Zip, r"^[A-Z]{2}\d[A-Z] \d[A-Z]{2}$"),
        ("02134-1000", Zip, r"^\d{5}-\d{4}$"),
        ("10.1.2.3", IpAddr, r"^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$"),
        ("fe80::1/64", IpAddr, r"^2001:db8::[0-9a-f:]+/64$"),
        ("00:1B:44:11:3A:B7", IpAddr, r"^([0-9A-F]{2}:){5}[0-9A-F]{2}$"),
        ("https://www.mercy.org/p/okafor?id=12", Url, r"^https://www\.example\.(org|com|net)/[a-z]/[a-z]{6}\?[a-z]{2}=\d\d$"),
        ("45", Age, r"^4[2-8]$"),
        ("93 year-old", Age, r"^9\d year-old$"),
        ("2 1/2", Age, r"^[1-5] 1/2$"),
        ("80s", Age, "^70s$"),
        ("Forty-Two", Age, "^(Thirty|Forty)-(One|Three|Four|Five|Nine)$|^Forty$"),
        ("teacher", Profession, "^[^aeiou][a-z ]+$|^us"),
        ("retired Teachers", Profession, "^retired [A-Z][a-z ]+s$"),
        ("May 4", Date, r"^\[DATE\]$"),
        ("***", Device, r"^\[DEVICE\]$"),
    ] {
        let out = one(slice, entity_type);
        assert!(regex::Regex::new(pattern).unwrap().is_match(&out), "{slice}: {out}");
    }
    assert_eq!(one("12-34", Account).replace('-', ""), one("1234", IdNum));
}

#[test]
fn another_seed_gives_others() {
    let text = "Chidi Okafor";
    let entities = entities(text, &[(text, Patient)]);
    assert_ne!(surrogates(text, &entities, &[1; 32]), surrogates(text, &entities, &[2; 32]));
}

/// Texts that look like entities, and any others.
fn slices() -> impl Strategy<Value = Vec<(String, EntityType)>> {
    let name = "[A-Z][a-z]{1,7}( [A-Z]\\.)? [A-Z][a-z]{1,8}(-[A-Z][a-z]{2,5})?";
    let other = "[A-Za-z0-9@./:#'’ ,^()é-]{1,20}";
    let slice = prop_oneof![name, other, "\\PC{1,12}", "(?s).{1,8}"];
    prop::collection::vec((slice, prop::sample::select(EntityType::ALL)), 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn surrogates_are_others_and_the_same_again(slices in slices(), seed: [u8; 32]) {
        let marked: Vec<(&str, EntityType)> = slices.iter().map(|(s, t)| (s.as_str(), *t)).collect();
        let text = marked.iter().map(|(s, _)| *s).collect::<Vec<_>>().join(" | ");
        let entities = entities(&text, &marked);
        let out = surrogates(&text, &entities, &seed);
        prop_assert_eq!(&out, &surrogates(&text, &entities, &seed));
        prop_assert_eq!(out.len(), entities.len());
        let twice = format!("{text} ; {text}");
        let shift = |e: &Entity| Entity { span: Span::new(e.span.start + text.len() + 3, e.span.end + text.len() + 3), ..*e };
        let both: Vec<Entity> = entities.iter().copied().chain(entities.iter().map(shift)).collect();
        let again = surrogates(&twice, &both, &seed);
        for (i, made) in out.iter().enumerate() {
            let label = format!("[{}]", marked[i].1);
            prop_assert!(!made.is_empty());
            prop_assert!(*made == label || fold(made) != fold(marked[i].0), "{} {}", marked[i].0, made);
            // Wherever it stands.
            prop_assert_eq!(&again[i], &again[i + out.len()]);
        }
    }

    /// Whatever the type, and whatever stands around it: closed lists of words stay, and nothing else.
    #[test]
    fn no_word_comes_through(word in "[bcdfghjklm]{3}[qxz]{2}[a-z]{2,4}", before in "[ -@a-z]{0,6}", behind in "[ -@A-Z]{0,6}", entity_type in prop::sample::select(EntityType::ALL)) {
        for slice in [word.clone(), format!("{before}{word}{behind}"), format!("{before} {word} {behind}")] {
            let out = one(&slice, entity_type);
            prop_assert!(!fold(&out).contains(&word), "{} {}: {}", entity_type, slice, out);
        }
    }

    #[test]
    fn any_spans_are_taken(text in "\\PC{0,30}", spans in prop::collection::vec((0usize..200, 0usize..20, 0usize..29), 0..6)) {
        let entities: Vec<Entity> = spans
            .iter()
            .map(|&(start, len, t)| Entity { span: Span::new(start, start + len), entity_type: EntityType::ALL[t % EntityType::ALL.len()], score: 1.0, source: Source::Model })
            .collect();
        prop_assert_eq!(surrogates(&text, &entities, &SEED).len(), entities.len());
    }

    #[test]
    fn parts_of_names_have_one_surrogate(first in "[B-Z][a-z]{3,7}", last in "[B-Z][a-z]{3,8}") {
        prop_assume!(first != last);
        let out = all(Patient, &[&format!("{first} {last}"), &last, &format!("{}, {first}", last.to_uppercase())]);
        let (f, l) = out[0].split_once(' ').unwrap();
        prop_assert_eq!(&out[1], l);
        prop_assert_eq!(&out[2], &format!("{}, {f}", l.to_uppercase()));
        prop_assert!(f[..1] != first[..1] && l[..1] != last[..1]);
        let class = |n: &str| n.len().clamp(3, 9);
        prop_assert!(l.contains('-') || class(l).abs_diff(class(&last)) < 7);
    }
}
