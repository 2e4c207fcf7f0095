use super::*;
use crate::corpus::{Annotation, ReadOptions, conll};
use crate::tags::Source;
use proptest::prelude::*;
use serde_json::Value;

fn entity(start: usize, end: usize, entity_type: EntityType) -> Entity {
    Entity { span: Span { start, end }, entity_type, score: 1.0, source: Source::Model }
}

fn entities(annotations: &[Annotation]) -> Vec<Entity> {
    annotations.iter().map(|a| entity(a.span.start, a.span.end, a.entity_type)).collect()
}

/// The note `text` with an annotation on the first occurrence of each slice.
fn note(text: &str, slices: &[(&str, EntityType)]) -> Document {
    let mut document = Document { id: "n".into(), text: text.into(), annotations: Vec::new() };
    for &(slice, entity_type) in slices {
        let start = text.find(slice).unwrap();
        document.annotations.push(Annotation { span: Span::new(start, start + slice.len()), entity_type });
    }
    document
}

fn compare(text: &str, gold: &[(&str, EntityType)], found: &[(&str, EntityType)]) -> Evaluation {
    let options = EvalOptions::default();
    evaluate(&[note(text, gold)], &[entities(&note(text, found).annotations)], &options).unwrap()
}

fn cases(json: &str) -> Vec<Value> {
    let cases: Vec<Value> = serde_json::from_str(json).unwrap();
    assert!(cases.len() > 20);
    cases
}

fn assert_ratio(ours: Option<f64>, theirs: &Value, what: &str) {
    let (ours, theirs) = (ours.unwrap_or(0.0), theirs.as_f64().unwrap());
    assert!((ours - theirs).abs() < 1e-12, "{what}: {ours}, expected {theirs}");
}

#[test]
fn strict_agrees_with_seqeval() {
    for case in cases(include_str!("../../tests/fixtures/eval/seqeval.json")) {
        let read = |side: &str| {
            let conll: Vec<String> = case[side]
                .as_array()
                .unwrap()
                .iter()
                .enumerate()
                .map(|(i, tags)| {
                    let rows = tags.as_array().unwrap().iter().enumerate().map(|(k, tag)| format!("w{k}\t{}\n", tag.as_str().unwrap()));
                    format!("-DOCSTART-\n# id = {i}\n\n{}", rows.collect::<String>())
                })
                .collect();
            conll::parse("f", "f", &conll.concat(), &ReadOptions::default()).unwrap().documents
        };
        let predicted: Vec<_> = read("predicted").iter().map(|d| entities(&d.annotations)).collect();
        let evaluation = evaluate(&read("gold"), &predicted, &EvalOptions::default()).unwrap();
        let name = case["name"].as_str().unwrap();
        let strict = &evaluation.strict;
        for (key, ours) in [
            ("precision", [strict.micro.precision, strict.macro_average.precision]),
            ("recall", [strict.micro.recall, strict.macro_average.recall]),
            ("f1", [strict.micro.f1, strict.macro_average.f1]),
        ] {
            assert_ratio(ours[0], &case["micro"][key], &format!("{name}, micro {key}"));
            assert_ratio(ours[1], &case["macro"][key], &format!("{name}, macro {key}"));
        }
        let types = case["types"].as_object().unwrap();
        assert_eq!(strict.labels.len(), types.len(), "{name}");
        for (label, expected) in types {
            let scores = strict.labels[&label.parse().unwrap()];
            assert_ratio(scores.precision, &expected["precision"], &format!("{name}, {label} precision"));
            assert_ratio(scores.recall, &expected["recall"], &format!("{name}, {label} recall"));
            assert_ratio(scores.f1, &expected["f1"], &format!("{name}, {label} f1"));
            assert_eq!(scores.gold() as u64, expected["support"].as_u64().unwrap(), "{name}, {label}");
        }
    }
}

#[test]
fn spans_agree_with_nervaluate() {
    for case in cases(include_str!("../../tests/fixtures/eval/nervaluate.json")) {
        // Two bytes a character, so that bytes taken for characters would show.
        let side = |note: &Value, side: &str| -> Vec<Annotation> {
            let spans: Vec<(usize, usize, String)> = serde_json::from_value(note[side].clone()).unwrap();
            spans.into_iter().map(|(s, e, t)| Annotation { span: Span::new(2 * s, 2 * e), entity_type: t.parse().unwrap() }).collect()
        };
        let (mut gold, mut predicted) = (Vec::new(), Vec::new());
        for note in case["notes"].as_array().unwrap() {
            let text = "é".repeat(note["length"].as_u64().unwrap() as usize);
            gold.push(Document { id: "n".into(), text, annotations: side(note, "gold") });
            predicted.push(entities(&side(note, "predicted")));
        }
        let evaluation = evaluate(&gold, &predicted, &EvalOptions::default()).unwrap();
        let name = case["name"].as_str().unwrap();
        let check = |scores: &Scores, expected: &Value, what: &str| {
            let count = |key: &str| expected[key].as_u64().unwrap() as usize;
            assert_eq!(scores.true_positives, count("correct") + count("partial"), "{name}, {what}");
            assert_eq!(scores.predicted(), count("actual"), "{name}, {what}");
            assert_eq!(scores.gold(), count("possible"), "{name}, {what}");
        };
        check(&evaluation.strict.micro, &case["overall"]["strict"], "strict");
        check(&evaluation.exact_span, &case["overall"]["exact"], "exact");
        check(&evaluation.overlapping_span, &case["overall"]["partial"], "partial");
        for (label, expected) in case["types"].as_object().unwrap() {
            check(&evaluation.strict.labels[&label.parse().unwrap()], expected, label);
        }
    }
}

const TEXT: &str = "Zoe\u{301} O’Hara’s plan, 12.\u{a0}May\r\n2024: שרה לוי 😀 saw Dr. Ng-Li in Bath (x7).";

#[test]
fn each_measure_on_one_note() {
    use EntityType::{City, Date, Doctor, Hospital, Patient};
    let gold = [("Zoe\u{301} O’Hara", Patient), ("12.\u{a0}May\r\n2024", Date), ("שרה לוי", Patient), ("Ng-Li", Doctor), ("Bath", City)];
    // Two characters (four bytes) too long; too short; exact; other type in part; needless.
    let found = [("Zoe\u{301} O’Hara’s", Patient), ("May\r\n2024", Date), ("שרה לוי", Patient), ("Li in", Hospital), ("plan", Doctor)];
    let e = compare(TEXT, &gold, &found);
    let counts = |s: &Scores| (s.true_positives, s.false_positives, s.false_negatives);
    assert_eq!((e.documents, e.gold, e.predicted), (1, 5, 5));
    assert_eq!(counts(&e.strict.micro), (1, 4, 4));
    assert_eq!(counts(&e.relaxed.micro), (2, 3, 3));
    assert_eq!(counts(&e.overlap.micro), (3, 2, 2));
    assert_eq!(counts(&e.exact_span), (1, 4, 4));
    assert_eq!(counts(&e.overlapping_span), (4, 1, 1));
    assert_eq!(e.categories.labels[&Category::Name], e.strict.labels[&Patient].plus(&e.strict.labels[&Doctor]));
    // Zoé O Hara s plan 12 May 2024 שרה לוי saw Dr Ng Li in Bath x7
    assert_eq!(e.tokens_total, 17);
    // Gold: Zoé O Hara | 12 May 2024 | שרה לוי | Ng Li | Bath. Found: Zoé O Hara s | May 2024 | שרה לוי | Li in | plan.
    assert_eq!(counts(&e.tokens_any_type), (8, 3, 3));
    assert_eq!(counts(&e.tokens.micro), (7, 4, 4));
    assert_eq!(counts(&e.tokens.labels[&Patient]), (5, 1, 0));
    // Gold characters but for white space: 10 + 10 + 6 + 5 + 4 = 35; found: 12 + 7 + 6 + 4 + 4 = 33; both: 10 + 7 + 6 + 2 = 25.
    assert_eq!(counts(&e.characters), (25, 8, 10));
    assert_eq!((e.leaks.documents_without, e.leaks.share_without), (0, Some(0.0)));
    assert_eq!(e.leaks.total, LeakCount { gold: 5, leaked: 3, missed: 1 });
    assert_eq!(e.leaks.types[&City], LeakCount { gold: 1, leaked: 1, missed: 1 });
    assert_eq!(e.leaks.types[&Date], LeakCount { gold: 1, leaked: 1, missed: 0 });
    assert_eq!(e.over_redaction.needless, 3);
    assert!((e.over_redaction.per_thousand.unwrap() - 3000.0 / 17.0).abs() < 1e-9);
    let confusions: Vec<_> = e.confusions.iter().map(|c| (c.gold, c.predicted, c.count)).collect();
    let expected = [
        (None, Some(Doctor)),
        (Some(Patient), Some(Patient)),
        (Some(Doctor), Some(Hospital)),
        (Some(City), None),
        (Some(Date), Some(Date)),
    ];
    assert_eq!(confusions.len(), expected.len());
    assert!(expected.iter().all(|&(gold, found)| confusions.contains(&(gold, found, 1))), "{confusions:?}");
}

impl Scores {
    fn plus(&self, other: &Self) -> Self {
        scores::Counts {
            tp: self.true_positives + other.true_positives,
            fp: self.false_positives + other.false_positives,
            fn_: self.false_negatives + other.false_negatives,
        }
        .into()
    }
}

#[test]
fn hipaa_is_a_part_of_both_sides() {
    use EntityType::{Age, City, Doctor, IdNum, Patient, Url};
    let text = "Roe, 91, saw Ng, 45; Bath; x7; roe.org";
    let gold = [("Roe", Patient), ("91", Age), ("Ng", Doctor), ("45", Age), ("Bath", City), ("x7", IdNum), ("roe.org", Url)];
    // The patient taken for a doctor is covered, though the HIPAA view has no prediction for it.
    let found = [("Roe", Doctor), ("91", Age), ("Ng", Patient), ("45", Age), ("Bath", City), ("roe.org", Url)];
    let e = compare(text, &gold, &found);
    let counts = |s: &Scores| (s.true_positives, s.false_positives, s.false_negatives);
    assert_eq!((e.hipaa.gold, e.hipaa.predicted, counts(&e.hipaa.strict.micro)), (5, 4, (3, 1, 2)));
    assert_eq!(e.hipaa.leaks.total, LeakCount { gold: 5, leaked: 1, missed: 1 });
    assert_eq!((e.hipaa_i2b2.gold, e.hipaa_i2b2.predicted, counts(&e.hipaa_i2b2.strict.micro)), (4, 4, (3, 1, 1)));
    assert_eq!((e.hipaa_i2b2.leaks.total.leaked, e.leaks.categories[&Category::Id].missed), (0, 1));
    assert!(e.to_text().contains("HIPAA PHI (45 CFR 164.514(b)(2))\n") && e.to_text().contains("of HIPAA PHI: 0 of 1"));
}

#[test]
fn two_systems_stand_side_by_side() {
    let gold = vec![note(TEXT, &[("Bath", EntityType::City)]); 3];
    let (right, wrong) = (vec![entities(&gold[0].annotations); 3], vec![Vec::new(); 3]);
    let options = EvalOptions { bootstrap: Some(BootstrapOptions { resamples: 50, seed: 7 }), ..Default::default() };
    let both = super::compare(&gold, &right, &wrong, &options).unwrap();
    assert_eq!(both.system, evaluate(&gold, &right, &options).unwrap());
    assert_eq!(both.system.intervals.unwrap().strict_f1, Some(Interval { value: 1.0, low: 1.0, high: 1.0 }));
    assert_eq!(both.differences.unwrap().strict_f1, Some(Interval { value: 1.0, low: 1.0, high: 1.0 }));
    assert_eq!(both.differences.unwrap().strict_precision, None);
    assert!(both.to_text().contains("strict F1               +1.0000  +1.0000  +1.0000\n"), "{}", both.to_text());
    assert!(both.to_markdown().contains("| CITY | 3 | 1.0000 | 1.0000 | 1.0000 | – | 0.0000 | 0.0000 |\n"), "{}", both.to_markdown());
    assert_eq!(serde_json::from_str::<Comparison>(&both.to_json()).unwrap(), both);
    assert!(super::compare(&gold, &right, &wrong[..1], &options).is_err());
}

#[test]
fn errors_have_their_kind() {
    use EntityType::{City, Date, Doctor, Patient};
    let found = [("Bath (x7", City), ("Ng", Doctor), ("plan", Patient)];
    let e = compare(TEXT, &[("Bath", City), ("Ng", Patient), ("2024", Date)], &found);
    let mut kinds: Vec<_> = e.confusions.iter().map(Confusion::kind).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["ends", "missed", "spurious", "type"]);
}

#[test]
fn punctuation_and_white_space_do_not_leak() {
    let e = compare("(Roe, J.) 12/5", &[("(Roe, J.)", EntityType::Patient)], &[("Roe, J", EntityType::City)]);
    assert_eq!((e.leaks.total.leaked, e.leaks.share_without, e.strict.micro.true_positives), (0, Some(1.0), 0));
    let e = compare("Roe Roé", &[("Roé", EntityType::Patient)], &[]);
    assert_eq!(e.leaks.total, LeakCount { gold: 1, leaked: 1, missed: 1 });
}

#[test]
fn examples_hold_text_on_demand_alone() {
    let gold = [note(TEXT, &[("Bath", EntityType::City)])];
    let found = [entities(&note(TEXT, &[("in Bath", EntityType::City), ("Ng", EntityType::Doctor)]).annotations)];
    let mut options = EvalOptions { offsets: OffsetUnit::Utf16, ..Default::default() };
    let e = evaluate(&gold, &found, &options).unwrap();
    let place = e.confusions.iter().find_map(|c| c.examples[0].gold.clone()).unwrap();
    let start = TEXT[..TEXT.find("Bath").unwrap()].encode_utf16().count();
    assert_eq!(place, Place { start, end: start + 4, text: None });
    for output in [e.to_text(), e.to_markdown(), e.to_json(), format!("{e:?}")] {
        assert!(!output.contains("Bath") && !output.contains("Ng"), "{output}");
    }
    options.example_text = true;
    let e = evaluate(&gold, &found, &options).unwrap();
    assert!(e.to_text().contains("\"Bath\" → ") && e.to_json().contains("\"in Bath\""));
    assert!(!format!("{e:?}").contains("Bath"));
    options.examples = 0;
    assert!(!evaluate(&gold, &found, &options).unwrap().to_json().contains("Bath"));
}

#[test]
fn nothing_at_all_is_undefined_not_perfect() {
    let e = evaluate(&[], &[], &EvalOptions::default()).unwrap();
    assert_eq!((e.strict.micro, e.strict.macro_average, e.leaks.share_without), (Scores::default(), Average::default(), None));
    assert!(e.to_text().contains('–') && e.to_json().contains("\"precision\": null"));
    let e = compare("a b", &[], &[]);
    assert_eq!((e.strict.micro.f1, e.over_redaction.per_thousand, e.leaks.share_without), (None, Some(0.0), Some(1.0)));
}

#[test]
fn what_does_not_fit_is_refused() {
    let gold = [note(TEXT, &[("Bath", EntityType::City)])];
    let options = EvalOptions::default();
    assert_eq!(evaluate(&gold, &[], &options).unwrap_err().code(), "OPTION_INVALID");
    for (start, end) in [(0, 0), (2, 1), (0, 4), (0, 999), (usize::MAX, usize::MAX)] {
        let error = evaluate(&gold, &[vec![entity(start, end, EntityType::City)]], &options).unwrap_err();
        assert_eq!(error.code(), "OPTION_INVALID", "{start}..{end}");
    }
    let mut bad = gold.clone();
    bad[0].text.truncate(3);
    assert_eq!(evaluate(&bad, &[Vec::new()], &options).unwrap_err().code(), "OPTION_INVALID");
}

#[test]
fn tables_have_a_row_for_each_type() {
    let e = compare(TEXT, &[("Bath", EntityType::City), ("Ng", EntityType::Doctor)], &[("Bath", EntityType::City)]);
    let text = e.to_text();
    assert!(text.contains("CITY       1     1  1.0000  1.0000  1.0000      1.0000    1.0000\n"), "{text}");
    assert!(text.contains("Notes without leak: 0 of 1 (0.0000)\n"));
    let markdown = e.to_markdown();
    assert!(markdown.contains("| strict | 2 | 1 | 1.0000 | 0.5000 | 0.6667 | 0.5000 |\n"), "{markdown}");
    assert_eq!(serde_json::from_str::<Evaluation>(&e.to_json()).unwrap(), e);
}

/// Disjoint spans on a text of 60 bytes.
fn side() -> impl Strategy<Value = Vec<(usize, usize, EntityType)>> {
    let types = proptest::sample::select(vec![EntityType::Patient, EntityType::Doctor, EntityType::Date]);
    proptest::collection::vec((0usize..5, 1usize..6, types), 0..8).prop_map(|steps| {
        let mut at = 0;
        let spans = steps.into_iter().map(|(gap, length, t)| {
            let start = at + gap;
            at = start + length;
            (start, at, t)
        });
        spans.filter(|&(_, end, _)| end <= 60).collect()
    })
}

proptest! {
    #[test]
    fn measures_are_ordered_and_symmetric(gold in side(), found in side()) {
        let text = "ab1 c, de ".repeat(6);
        let document = |spans: &[(usize, usize, EntityType)]| Document {
            id: "n".into(),
            text: text.clone(),
            annotations: spans.iter().map(|&(s, e, entity_type)| Annotation { span: Span::new(s, e), entity_type }).collect(),
        };
        let (g, f) = (document(&gold), document(&found));
        let options = EvalOptions::default();
        let e = evaluate(std::slice::from_ref(&g), &[entities(&f.annotations)], &options).unwrap();
        let back = evaluate(std::slice::from_ref(&f), &[entities(&g.annotations)], &options).unwrap();
        let tp = |s: &Scores| s.true_positives;
        prop_assert!(tp(&e.strict.micro) <= tp(&e.relaxed.micro) && tp(&e.relaxed.micro) <= tp(&e.overlap.micro));
        prop_assert!(tp(&e.strict.micro) <= tp(&e.categories.micro) && tp(&e.categories.micro) <= tp(&e.exact_span));
        prop_assert!(tp(&e.exact_span) <= tp(&e.overlapping_span) && tp(&e.overlap.micro) <= tp(&e.overlapping_span));
        prop_assert!(tp(&e.tokens.micro) <= tp(&e.tokens_any_type));
        for (a, b) in [(&e.strict.micro, &back.strict.micro), (&e.relaxed.micro, &back.relaxed.micro), (&e.overlap.micro, &back.overlap.micro),
            (&e.overlapping_span, &back.overlapping_span), (&e.characters, &back.characters), (&e.tokens_any_type, &back.tokens_any_type)] {
            prop_assert_eq!((a.precision, a.recall, a.f1), (b.recall, b.precision, b.f1));
        }
        // Every annotation is matched strictly or stands in a confusion.
        let confused: usize = e.confusions.iter().filter(|c| c.gold.is_some()).map(|c| c.count).sum();
        prop_assert_eq!(tp(&e.strict.micro) + confused, gold.len());
        prop_assert_eq!(e.leaks.documents_without == 1, e.leaks.total.leaked == 0);
        let perfect = evaluate(std::slice::from_ref(&g), &[entities(&g.annotations)], &options).unwrap();
        prop_assert_eq!((perfect.leaks.total.leaked, perfect.over_redaction.needless, perfect.confusions.len()), (0, 0, 0));
        prop_assert_eq!(perfect.strict.micro.f1, (!gold.is_empty()).then_some(1.0));
    }
}
