use super::*;
use proptest::prelude::*;

fn entity(text: &str, part: &str, entity_type: EntityType, score: f32, source: Source) -> Entity {
    let start = text.find(part).unwrap();
    Entity { span: Span::new(start, start + part.len()), entity_type, score, source }
}

fn shown<'t>(text: &'t str, entities: &[Entity]) -> Vec<(&'t str, EntityType, Source)> {
    entities.iter().map(|e| (e.span.slice(text).unwrap(), e.entity_type, e.source)).collect()
}

fn run<'t>(text: &'t str, input: &[(&str, EntityType, f32, Source)]) -> Vec<(&'t str, EntityType, Source)> {
    let entities = input.iter().map(|&(part, t, score, source)| entity(text, part, t, score, source)).collect();
    shown(text, &resolve(text, entities))
}

#[test]
fn a_date_inside_a_street_vanishes_in_it() {
    let found = run("12 4 July Street", &[("12 4 July Street", Street, 0.6, Source::Model), ("4 July", Date, 1.0, Source::Rule)]);
    assert_eq!(found, [("12 4 July Street", Street, Source::Model)]);
}

#[test]
fn a_validated_rule_splits_an_entity_of_the_encoder() {
    let text = "Boston General 617-555-0123 Ward";
    let found = run(text, &[(text, Hospital, 0.9, Source::Model), ("617-555-0123", Phone, 1.0, Source::Rule)]);
    assert_eq!(
        found,
        [("Boston General", Hospital, Source::Model), ("617-555-0123", Phone, Source::Rule), ("Ward", Hospital, Source::Model)]
    );
}

#[test]
fn a_weak_rule_yields_to_the_encoder_but_its_remainder_stays() {
    let found = run("in June Carter 2015", &[("June Carter", Patient, 0.5, Source::Model), ("Carter 2015", Date, 0.8, Source::Rule)]);
    assert_eq!(found, [("June Carter", Patient, Source::Model), ("2015", Date, Source::Rule)]);
}

#[test]
fn the_same_kind_becomes_one() {
    let text = "Dr. John Smith-Lee";
    let found = run(text, &[("John Smith", Patient, 0.7, Source::Model), ("Smith-Lee", Doctor, 1.0, Source::User)]);
    assert_eq!(found, [("John Smith-Lee", Doctor, Source::User)]);
    let found = run("3/4/2021-3/8/2021", &[("3/4/2021", Date, 1.0, Source::Rule), ("3/4/2021-3/8/2021", Date, 0.8, Source::Model)]);
    assert_eq!(found, [("3/4/2021-3/8/2021", Date, Source::Rule)]);
}

#[test]
fn words_are_not_cut() {
    let found = run("Anne-Marie Jonesson", &[("Anne-Marie Jones", Patient, 0.4, Source::Model), ("sson", City, 1.0, Source::List)]);
    assert_eq!(found, [("Anne-Marie", Patient, Source::Model), ("Jonesson", City, Source::List)]);
}

#[test]
fn punctuation_of_a_loser_stays_covered() {
    let found = run("call (555) now", &[("(555)", Phone, 0.5, Source::Model), ("555", Age, 1.0, Source::List)]);
    assert_eq!(found, [("(555)", Age, Source::List)]);
}

#[test]
fn nonsense_spans_are_mended() {
    let text = "é 😀 x";
    let wild = |start, end, score| Entity { span: Span { start, end }, entity_type: Age, score, source: Source::Model };
    let found =
        resolve(text, vec![wild(1, 2, 0.5), wild(4, 5, f32::NAN), wild(8, 900, 0.1), wild(2, 3, 1.0), wild(9, 3, 1.0), wild(50, 60, 1.0)]);
    assert_eq!(shown(text, &found), [("é", Age, Source::Model), ("😀", Age, Source::Model), ("x", Age, Source::Model)]);
}

const PIECES: &[&str] =
    &["Ann", "12", " ", "-", "é", "e\u{301}", "😀", "\r\n", ".", "(", ")", "שלום", "\u{200d}", "a", "7", "\u{a0}", ", "];

fn text_and_entities() -> impl Strategy<Value = (String, Vec<Entity>)> {
    prop::collection::vec(prop::sample::select(PIECES), 1..24).prop_map(|pieces| pieces.concat()).prop_flat_map(|text| {
        let ends: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        let end = prop::sample::select(ends);
        let types = prop::sample::select(vec![Patient, Doctor, Date, Street, Phone, Fax, IdNum, Hospital, Zip, Age]);
        let scores = prop::sample::select(vec![0.1f32, 0.5, 0.9, 1.0]);
        let sources = prop::sample::select(vec![Source::Model, Source::Rule, Source::List, Source::User]);
        let one = (end.clone(), end, types, scores, sources).prop_map(|(a, b, entity_type, score, source)| Entity {
            span: Span::new(a.min(b), a.max(b)),
            entity_type,
            score,
            source,
        });
        (Just(text), prop::collection::vec(one, 0..10))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn nothing_is_uncovered_and_nothing_overlaps((text, input) in text_and_entities(), turn in 0usize..10) {
        let resolved = resolve(&text, input.clone());
        for (i, c) in text.char_indices() {
            let covers = |entities: &[Entity]| entities.iter().any(|e| e.span.start <= i && i < e.span.end);
            if !c.is_whitespace() {
                prop_assert_eq!(covers(&input), covers(&resolved), "byte {} of {:?}", i, text);
            }
        }
        for entity in &resolved {
            prop_assert!(entity.span.slice(&text).is_some_and(|s| !s.is_empty() && s.trim() == s));
        }
        for pair in resolved.windows(2) {
            let (a, b) = (pair[0].span, pair[1].span);
            prop_assert!(a.end <= b.start);
            let class = |c: Option<char>| c.map(|c| (c.is_alphabetic(), c.is_numeric()));
            if a.end == b.start {
                let (left, right) = (class(text[..a.end].chars().next_back()), class(text[b.start..].chars().next()));
                prop_assert!(left != right || left == Some((false, false)), "a word is cut at {} of {:?}", a.end, text);
            }
        }
        prop_assert_eq!(&resolve(&text, resolved.clone()), &resolved);
        let mut turned = input;
        let places = turn % turned.len().max(1);
        turned.rotate_left(places);
        turned.reverse();
        prop_assert_eq!(resolve(&text, turned), resolved);
    }
}
