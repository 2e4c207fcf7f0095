use super::*;
use crate::tags::Source;
use crate::text::Span;
use proptest::prelude::*;

/// The numbers of `mentions`, which stand a line each.
fn ids(entity_type: EntityType, mentions: &[&str]) -> Vec<usize> {
    let text = mentions.join("\n");
    let mut at = 0;
    let entities: Vec<Entity> = mentions
        .iter()
        .map(|mention| {
            let span = Span::new(at, at + mention.len());
            at += mention.len() + 1;
            Entity { span, entity_type, score: 1.0, source: Source::Model }
        })
        .collect();
    identities(&text, &entities)
}

#[test]
fn one_person_in_many_forms() {
    let forms = [
        "Chidi Okafor",
        "OKAFOR, Chidi A.",
        "Okafor",
        "chidi",
        "C. Okafor",
        "C.O.",
        "CO",
        "co",
        "OKAFOR^CHIDI",
        "Okafor, C",
        "Chidi O.",
        "okafor chidi",
        "Chidi \"Chi\" Okafor",
        "Chi",
        "C.A.O.",
        "CHIDI\r\nOKAFOR",
        "Chidi Okáfor",
    ];
    assert_eq!(ids(Patient, &forms), vec![1; forms.len()]);
}

#[test]
fn order_does_not_matter_to_links() {
    assert_eq!(ids(Patient, &["C.O.", "okafor", "Ann Ng", "Chidi Okafor"]), [1, 1, 2, 1]);
}

#[test]
fn particles_suffixes_and_surnames() {
    for same in [
        &["Jan van der Berg", "van der Berg", "BERG, JAN VAN DER", "Berg"][..],
        &["María García López", "Garcia Lopez, Maria", "María García", "García López", "Garcia", "MGL"],
        &["Omar al-Sayed", "Al-Sayed", "SAYED", "Alsayed", "alsayed, omar"],
        &["Siobhan O'Brien", "OBRIEN", "O’Brien"],
        &["Ian Mc Donald", "McDonald"],
        &["Ada Okafor-Reyes", "Reyes", "Okafor-Reyes", "Ada Okafor", "AOR", "AO"],
        &["John Okafor Jr", "Okafor, John", "John Okafor, Jr."],
        &["Sukarno", "SUKARNO", "sukarno"],
        &["Ng", "NG", "Li Ng"],
        &["Kim Min-jun", "Min-jun Kim", "KIM, MIN-JUN", "Min-jun"],
        &["José Luis de la Fuente Ortega", "DE LA FUENTE, JOSE", "Jose Luis", "Ortega", "de la Fuente"],
        &["12345^OKAFOR^CHIDI", "Chidi Okafor"],
        &["Renée Müller", "Muller"],
    ] {
        assert_eq!(ids(Doctor, same), vec![1; same.len()], "{same:?}");
    }
}

#[test]
fn different_people_stay_apart() {
    assert_eq!(ids(Patient, &["John Okafor Jr", "John Okafor Sr", "John A. Okafor", "John B. Okafor"]), [1, 2, 2, 1]);
    assert_eq!(ids(Patient, &["Ann Lee", "Lee Ann", "Beth Lee", "Ann Ng"]), [1, 1, 2, 3]);
    // A surname of two goes to the one mentioned last.
    assert_eq!(ids(Patient, &["Chidi Okafor", "Ada Okafor", "Okafor", "Chidi", "Okafor"]), [1, 2, 2, 1, 1]);
    // Initials of two go to neither.
    assert_eq!(ids(Patient, &["Chidi Okafor", "Carla Ortiz", "C.O.", "CO", "C. Okafor"]), [1, 2, 3, 3, 1]);
    assert_eq!(ids(Patient, &["Chidi Okafor", "Carla Okafor", "C. Okafor", "C Okafor"]), [1, 2, 3, 3]);
}

#[test]
fn places_and_their_short_forms() {
    assert_eq!(ids(Hospital, &["MLH", "Mercy Lakes Hospital", "Mercy Lakes", "mercy lakes hosp.", "M.L.H.", "Mercy"]), [1, 1, 1, 1, 1, 1]);
    assert_eq!(ids(Hospital, &["Mercy Hospital", "Mercy Clinic", "Mercy", "St. Luke's", "Saint Lukes Hospital"]), [1, 2, 3, 4, 4]);
    assert_eq!(ids(Organization, &["University of Ardenton", "UA", "UofA", "Acme Corp", "Acme"]), [1, 1, 2, 3, 3]);
}

#[test]
fn other_types_by_their_text() {
    assert_eq!(ids(Phone, &["(617) 555-0100", "617.555.0100", "617 555 0101"]), [1, 1, 2]);
    assert_eq!(ids(MedicalRecord, &["12-34", "1234", "A1234"]), [1, 1, 2]);
    assert_eq!(ids(Date, &["May 4", "MAY 4", "5/4"]), [1, 1, 2]);
    assert_eq!(ids(Email, &["a.b@x.org", "ab@x.org", "A.B@X.ORG"]), [1, 2, 1]);
    assert_eq!(ids(City, &["São Paulo", "Sao  Paulo", "***", "---"]), [1, 1, 2, 3]);
}

#[test]
fn types_are_counted_apart() {
    let text = "Okafor Okafor Ng";
    let at = |start, end, entity_type| Entity { span: Span::new(start, end), entity_type, score: 1.0, source: Source::Model };
    assert_eq!(identities(text, &[at(0, 6, Patient), at(7, 13, Doctor), at(14, 16, Patient)]), [1, 1, 2]);
}

proptest! {
    #[test]
    fn any_text_is_numbered_without_gaps(text in "[ACOaco'.,^() \"\\-\\PC]{0,40}", cuts in prop::collection::vec((0usize..48, 0usize..12), 0..8), kind in 0usize..9) {
        let entity_type = EntityType::ALL[kind];
        let entities: Vec<Entity> = cuts
            .iter()
            .map(|&(start, len)| Entity { span: Span::new(start, start + len), entity_type, score: 1.0, source: Source::Model })
            .collect();
        let ids = identities(&text, &entities);
        prop_assert_eq!(ids.len(), entities.len());
        let mut highest = 0;
        for id in ids {
            prop_assert!(id >= 1 && id <= highest + 1);
            highest = highest.max(id);
        }
    }
}
