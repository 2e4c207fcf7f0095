use super::*;
use crate::corpus::{ReadOptions, jsonl};
use crate::resolve::resolve;
use crate::rules::Rules;
use crate::text::View;

const NOTES: &str = include_str!("../../../tests/fixtures/evasion/notes.jsonl");

fn notes() -> Vec<Document> {
    jsonl::parse("notes.jsonl", NOTES, &ReadOptions::default()).unwrap().documents
}

/// What the rules find on their own, as the engine asks them.
fn rules(text: &str, view: &View<'_>) -> Vec<Entity> {
    let found = Rules::default().find(view.text());
    resolve(text, found.into_iter().map(|e| Entity { span: view.original(e.span), ..e }).collect())
}

fn escapes(evasion: &Evasion, view: for<'t> fn(&'t str) -> View<'t>) -> Escapes {
    let mut escapes = Escapes::default();
    for note in notes() {
        let note = evasion.disguise(&note);
        escapes.add(&note, &rules(&note.text, &view(&note.text)));
    }
    escapes
}

#[test]
fn disguises_are_spelt_as_they_say() {
    let spelt = |name: &str| {
        let evasion = Evasion::all().iter().find(|e| e.name == name).unwrap();
        (evasion.write)("Ann Coffey 617-5")
    };
    for (name, expected) in [
        ("plain", "Ann Coffey 617-5"),
        ("soft hyphen", "A\u{ad}n\u{ad}n C\u{ad}o\u{ad}f\u{ad}f\u{ad}e\u{ad}y 617-5"),
        ("Cyrillic, one letter", "Аnn Сoffey 617-5"),
        ("full width", "Ａｎｎ Ｃｏｆｆｅｙ ６１７－５"),
        ("ligature", "Ann Coﬀey 617-5"),
        ("circled", "Ⓐⓝⓝ Ⓒⓞⓕⓕⓔⓨ 617-5"),
        ("spaced out", "A n n  C o f f e y  6 1 7 - 5"),
        ("hyphenated", "Ann Cof-\nfey 617-5"),
        ("HTML number", "&#65;&#110;&#110;&#32;&#67;&#111;&#102;&#102;&#101;&#121;&#32;&#54;&#49;&#55;&#45;&#53;"),
    ] {
        assert_eq!(spelt(name), expected, "{name}");
    }
}

/// The words that the rules read are the plain ones, so they find as much; where they do, all of the disguise goes.
#[test]
fn the_rules_find_as_much_in_a_disguise_as_without() {
    let plain = escapes(&Evasion::all()[0], |text| View::as_written(text));
    let (mut report, mut good) = (String::new(), true);
    for evasion in Evasion::all() {
        let (written, seen) = (escapes(evasion, |text| View::as_written(text)), escapes(evasion, |text| View::new(text)));
        report +=
            &format!("{:<22} {:>3} of {} as written, {:>3} seen through\n", evasion.name, written.escaped, written.entities, seen.escaped);
        // Where a disguise changes the case, the rules that go by it find less; lone digits, raised or in a row, are no
        // number; names that go on behind a line's end are the encoder's.
        let lossy =
            ["squared", "small capitals", "superscript", "spaced out", "spaced out evenly", "dotted out", "hyphenated", "over two lines"];
        let slack = if lossy.contains(&evasion.name) { 20 } else { 3 };
        good &= !evasion.seen_through || seen.escaped <= plain.escaped + slack;
        good &= seen.escaped <= written.escaped;
    }
    assert!(good, "{report}");
}

#[test]
fn what_stands_is_counted() {
    let note = &notes()[0];
    let mut escapes = Escapes::default();
    escapes.add(note, &[]);
    assert_eq!((escapes.escaped, escapes.standing), (escapes.entities, escapes.characters));
    let whole: Vec<Entity> = vec![Entity {
        span: Span::new(0, note.text.len()),
        entity_type: crate::EntityType::Patient,
        score: 1.0,
        source: crate::Source::Model,
    }];
    let mut none = Escapes::default();
    none.add(note, &whole);
    assert_eq!((none.escaped, none.standing, none.entities), (0, 0, note.annotations.len()));
}
