use super::builder::Builder;
use super::scene::{Scene, Setting};
use super::*;
use crate::labels::EntityType;
use crate::random::Rand;
use regex::Regex;
use std::collections::HashSet;

fn options(split: Split, documents: usize) -> SynthOptions {
    SynthOptions::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/synth"), split, documents, 11)
}

fn documents(split: Split, n: usize) -> Vec<Document> {
    Generator::open(&options(split, n)).unwrap().collect()
}

#[test]
fn the_same_seed_makes_the_same_documents() {
    let few = documents(Split::Train, 5);
    let many = documents(Split::Train, 12);
    assert_eq!(few, many[..5]);
    let mut other = options(Split::Train, 5);
    other.seed = 12;
    let other: Vec<_> = Generator::open(&other).unwrap().collect();
    assert!(few.iter().zip(&other).all(|(a, b)| a.text != b.text));
}

#[test]
fn offsets_are_exact() {
    let docs = documents(Split::Train, 200);
    assert_eq!(docs.len(), 200);
    for d in &docs {
        let mut end = 0;
        for a in &d.annotations {
            let slice = a.span.slice(&d.text).unwrap();
            assert!(!slice.is_empty() && slice.trim() == slice, "{}", d.id);
            assert!(a.span.start >= end, "{}", d.id);
            end = a.span.end;
            assert!(slice.chars().any(char::is_alphanumeric), "{}: {slice:?}", d.id);
        }
    }
}

#[test]
fn every_type_occurs_often_enough() {
    let mut stats = SynthStats::default();
    documents(Split::Train, 300).iter().for_each(|d| stats.add(d));
    let total: usize = stats.entities.values().sum();
    for t in EntityType::ALL {
        let n = stats.entities.get(t).copied().unwrap_or(0);
        assert!(n * 8 >= stats.documents, "{t}: {n}");
        assert!(n * 3 < total, "{t}: {n}");
    }
    assert!(stats.to_string().starts_with("300 documents"));
}

#[test]
fn no_placeholder_is_left() {
    let placeholder = Regex::new(r"(?i)mm/dd/yyyy|\bxyz\b|\babc\b|\bDrs?\.? [xy]\b|springfield").unwrap();
    let mut options = options(Split::Train, 150);
    options.noise = NoiseRates::NONE;
    let dated = Regex::new(r"\b(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])/\d\d\b|October|Tuesday").unwrap();
    for d in Generator::open(&options).unwrap() {
        let mut plain = d.text.clone();
        for a in d.annotations.iter().rev() {
            plain.replace_range(a.span.range(), "");
        }
        assert!(!placeholder.is_match(&plain), "{}", d.id);
        assert!(!dated.is_match(&plain), "{}", d.id);
    }
}

#[test]
fn splits_share_no_name_no_document_and_no_carrier() {
    let splits = [Split::Train, Split::Validation, Split::Test];
    let [train, validation, test] = splits.map(|s| Generator::open(&options(s, 1)).unwrap());
    for (a, b) in [(&train, &validation), (&train, &test), (&validation, &test)] {
        let (documents, others) = (&a.composer.stock().documents, &b.composer.stock().documents);
        assert!(documents.iter().all(|d| others.iter().all(|o| o.template != d.template)));
        let (a, b) = (&a.composer.stock().lexicons, &b.composer.stock().lexicons);
        let disjoint = |a: &[String], b: &[String]| {
            let a: HashSet<_> = a.iter().collect();
            assert!(!a.is_empty() && b.iter().all(|entry| !a.contains(entry)));
        };
        disjoint(&a.us_last.items, &b.us_last.items);
        disjoint(&a.hospitals, &b.hospitals);
        disjoint(&a.us_cities, &b.us_cities);
        disjoint(&a.streets, &b.streets);
        for culture in &a.cultures {
            for other in b.cultures.iter().filter(|c| c.name == culture.name) {
                disjoint(&culture.last, &other.last);
            }
        }
    }
    let counts = [&train, &validation, &test].map(|g| g.composer.stock().carriers.len());
    assert_eq!(counts.iter().sum::<usize>(), 23);
    assert!(counts[0] > counts[1] && counts[0] > counts[2] && counts.iter().all(|&n| n > 0), "{counts:?}");
}

#[test]
fn every_slot_of_every_template_is_known() {
    // Templates of every split, for documents are few on the small sides.
    for split in [Split::Train, Split::Validation, Split::Test] {
        let generator = Generator::open(&options(split, 1)).unwrap();
        let stock = generator.composer.stock();
        let documents = stock.documents.iter().map(|d| &d.template);
        for (i, template) in stock.templates().chain(documents).enumerate() {
            // Often enough that every alternative is drawn: an unknown slot fails a debug assertion.
            for n in 0..10 {
                let mut scene = Scene::new(stock, Rand::keyed(3, "slots", (i * 100 + n) as u64), Setting::default());
                let mut out = Builder::default();
                scene.fill(template, &mut out);
                let document = out.into_marked().into_document("t".into());
                assert!(!document.text.contains(['{', '}', '⟦', '⟧']) || document.text.contains('"'), "{}", document.text);
            }
        }
    }
}

#[test]
fn every_kind_of_document_occurs() {
    let mut stats = SynthStats::default();
    documents(Split::Train, 600).iter().for_each(|d| stats.add(d));
    assert_eq!(stats.kinds.len(), 7, "{stats}");
    assert_eq!(stats.kinds.values().sum::<usize>(), 600);
    let share = |kind| stats.kinds[&kind] as f64 / 600.0;
    assert!((0.2..0.45).contains(&share(DocumentKind::Document)), "{stats}");
    assert!((0.02..0.09).contains(&share(DocumentKind::Plain)), "{stats}");
    assert!((0.08..0.22).contains(&share(DocumentKind::Chart)), "{stats}");
    assert!(stats.without_entities > 5, "{stats}");
}

#[test]
fn titles_degrees_and_possessives_stay_outside() {
    let outside = Regex::new(r"(?i)^(dr|mr|mrs|ms|prof)\b\.? |,? (m\.?d\.?|r\.?n\.?|ph\.?d\.?)$|['’]s$").unwrap();
    for d in documents(Split::Train, 200) {
        for a in d.annotations.iter().filter(|a| matches!(a.entity_type, EntityType::Patient | EntityType::Doctor)) {
            let slice = a.span.slice(&d.text).unwrap();
            assert!(!outside.is_match(slice), "{}: {slice}", d.id);
        }
    }
}

#[test]
fn a_missing_folder_is_an_error() {
    let options = SynthOptions::new("/nonexistent", Split::Train, 1, 0);
    assert_eq!(Generator::open(&options).unwrap_err().code(), "IO");
    assert_eq!("dev".parse::<Split>().unwrap_err().code(), "OPTION_INVALID");
}

#[test]
fn shown_documents_mark_entities() {
    let mut b = Builder::default();
    b.text("Seen by Dr. ").entity(EntityType::Doctor, "Zoë O'Hara").text("'s nurse.");
    assert_eq!(show(&b.into_marked().into_document("t".into())), "Seen by Dr. [[DOCTOR:Zoë O'Hara]]'s nurse.");
}
