//! Training and tagging together, on a toy corpus.

use super::{CrfOptions, Event, Tagger, train};
use crate::corpus::{Annotation, Document};
use crate::labels::EntityType;
use crate::tags::{Entity, Source};
use crate::text::Span;
use std::sync::LazyLock;

/// Notes whose doctors stand after "Dr", whose dates have one form and whose other words are the same outside and in.
fn notes() -> Vec<Document> {
    let names = ["Jones", "Feldman", "Okonkwo", "Ng", "Ruiz Alba", "Meyer", "de Boer", "Brandt", "Zoë", "Ortiz Leon"];
    let plans = ["Blood pressure stable", "Chest clear", "No Fever", "MRI planned", "Follow up 12 weeks"];
    let note = |i: usize| {
        let (name, plan) = (names[i % names.len()], plans[i % plans.len()]);
        let date = format!("{}/{}/20{:02}", i % 12 + 1, i * 7 % 28 + 1, i % 25);
        let text = match i % 3 {
            0 => format!("Seen by Dr {name} on {date}.\n{plan}.\n"),
            1 => format!("{plan} since {date}, says Dr {name}.\n\nTook 2/3 of the tablets."),
            _ => format!("Date: {date}\nDr {name} was called. {plan} and 40 mg."),
        };
        let place = |piece: &str, entity_type| {
            let start = text.find(piece).unwrap();
            Annotation { span: Span::new(start, start + piece.len()), entity_type }
        };
        let mut annotations = vec![place(name, EntityType::Doctor), place(&date, EntityType::Date)];
        annotations.sort();
        Document { id: i.to_string(), text, annotations }
    };
    (0..40).map(note).collect()
}

fn options() -> CrfOptions {
    CrfOptions { iterations: 40, min_count: 2, l2: 0.1 }
}

fn model() -> &'static [u8] {
    static MODEL: LazyLock<Vec<u8>> = LazyLock::new(|| train(&notes(), &options(), &mut |_| {}).unwrap());
    &MODEL
}

fn found<'a>(text: &'a str, entities: &[Entity]) -> Vec<(&'a str, EntityType)> {
    entities.iter().map(|e| (e.span.slice(text).unwrap(), e.entity_type)).collect()
}

#[test]
fn learns_names_and_dates_and_finds_others() {
    use EntityType::{Date, Doctor};
    let tagger = Tagger::load(model()).unwrap();
    for (text, expected) in [
        ("Seen by Dr Castellanos on 11/29/1997.\nChest clear.", &[("Castellanos", Doctor), ("11/29/1997", Date)][..]),
        ("MRI planned since 10/30/2031, says Dr Vance Ito.", &[("10/30/2031", Date), ("Vance Ito", Doctor)]),
        ("Took 2/3 of the tablets.", &[]),
        ("", &[]),
    ] {
        let entities = tagger.tag(text);
        assert_eq!(found(text, &entities), expected);
        assert!(entities.iter().all(|e| e.source == Source::Model && e.score > 0.5 && e.score <= 1.0), "{entities:?}");
    }
    // The words of the corpus as well.
    for note in notes() {
        let spans: Vec<_> = tagger.tag(&note.text).into_iter().map(|e| Annotation { span: e.span, entity_type: e.entity_type }).collect();
        assert_eq!(spans, note.annotations, "{}", note.text);
    }
}

#[test]
fn offsets_are_bytes_of_the_text() {
    let tagger = Tagger::load(model()).unwrap();
    let text = "😀 \u{feff}שלום: e\u{301}té\r\n\r\nSeen by Dr Zoe\u{308} on 3/4/2021.\u{a0}\r\nNo Fever 👩\u{200d}⚕\r\n";
    assert_eq!(found(text, &tagger.tag(text)), [("Zoe\u{308}", EntityType::Doctor), ("3/4/2021", EntityType::Date)]);
    for text in ["\u{301}", "\u{200d}\u{200d}", "a\u{0}b", "\u{202e}Dr Ng", &"Dr ".repeat(2000), &":\n".repeat(900), &"1/".repeat(900)] {
        let mut last = 0;
        for entity in tagger.tag(text) {
            assert!(entity.span.start >= last && entity.span.slice(text).is_some_and(|s| s.trim() == s && !s.is_empty()));
            last = entity.span.end;
        }
    }
}

#[test]
fn a_name_is_whole_across_a_wrapped_line() {
    let text = "Seen by Dr Ruiz\nAlba on 3/4/2021.";
    let entities = Tagger::load(model()).unwrap().tag(text);
    assert_eq!(found(text, &entities)[0].0, "Ruiz\nAlba");
}

#[test]
fn the_same_corpus_gives_the_same_model() {
    let mut events = Vec::new();
    let again = train(&notes(), &options(), &mut |event| events.push(event)).unwrap();
    assert!(again == model());
    assert!(matches!(events[0], Event::Start { words: 500.., sequences: 40.., features: 100.., weights: 100.., iterations: 40 }));
    let losses = events[1..].iter().enumerate().map(|(i, event)| match event {
        Event::Iteration { iteration, loss, .. } if *iteration == i + 1 => *loss,
        other => panic!("{other:?}"),
    });
    let losses: Vec<f64> = losses.collect();
    assert!(losses.is_sorted_by(|a, b| a >= b) && losses[losses.len() - 1] < losses[0] / 5.0, "{losses:?}");
}

#[test]
fn damaged_models_are_refused_or_harmless() {
    let bytes = model();
    let codes = ["WEIGHTS_CORRUPT", "WEIGHTS_SHAPE", "WEIGHTS_MISSING_TENSOR", "LABELS_INVALID"];
    let check = |bytes: &[u8]| match Tagger::load(bytes) {
        Err(error) => assert!(codes.contains(&error.code()), "{error}"),
        Ok(tagger) => {
            let text = "Seen by Dr Ng on 3/4/2021.";
            assert!(tagger.tag(text).iter().all(|e| e.span.slice(text).is_some() && (0.0..=1.0).contains(&e.score)));
        }
    };
    for cut in (0..bytes.len().min(600)).chain([bytes.len() / 2, bytes.len() - 1]) {
        assert!(codes.contains(&Tagger::load(&bytes[..cut]).err().unwrap().code()), "cut at {cut}");
    }
    for at in (0..600).chain((600..bytes.len()).step_by(97)) {
        for flip in [0x01, 0x80, 0xff] {
            let mut damaged = bytes.to_vec();
            damaged[at] ^= flip;
            check(&damaged);
        }
    }
    // The greatest weights that there are: sums of them are beyond every number.
    let mut huge = super::model::Model::from_bytes(bytes).unwrap();
    for (i, weight) in huge.weights.iter_mut().enumerate() {
        *weight = f64::from(if i % 3 == 0 { f32::MAX } else { f32::MIN });
    }
    check(&huge.to_bytes().unwrap());
}

#[test]
fn what_cannot_train_is_refused() {
    let none = &mut |_| {};
    for options in [
        CrfOptions { iterations: 0, ..Default::default() },
        CrfOptions { min_count: 0, ..Default::default() },
        CrfOptions { l2: 0.0, ..Default::default() },
        CrfOptions { l2: f64::NAN, ..Default::default() },
    ] {
        assert_eq!(train(&notes(), &options, none).unwrap_err().code(), "OPTION_INVALID");
    }
    let empty = Document { id: "a".into(), text: " \n".into(), annotations: Vec::new() };
    assert_eq!(train(&[empty], &options(), none).unwrap_err().code(), "TRAINING_FAILED");
    // Notes without PHI teach that there is none.
    let plain = Document { id: "a".into(), text: "Chest clear.".into(), annotations: Vec::new() };
    let bytes = train(&[plain], &options(), none).unwrap();
    assert!(Tagger::load(&bytes).unwrap().tag("Seen by Dr Ng").is_empty());
}
