use super::*;
use crate::labels::EntityType;
use crate::synth::carriers::Carriers;
use crate::synth::lexicon::Lexicons;
use crate::synth::{Split, show};
use std::path::Path;

fn stock() -> Stock {
    let data = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/synth"));
    Stock::new(Lexicons::load(data, Split::Train).unwrap(), Carriers::load(data, Split::Train).unwrap(), Split::Train)
}

/// The template filled in scene number `at`, with entities shown, and the entities' texts.
fn filled(stock: &Stock, template: &str, setting: Setting, at: u64) -> (String, Vec<(EntityType, String)>) {
    let mut scene = Scene::new(stock, Rand::keyed(9, "scene", at), setting);
    let mut out = Builder::default();
    scene.fill(&Template::parse(template), &mut out);
    let entities = out.entities();
    (show(&out.into_marked().into_document("t".into())), entities)
}

#[test]
fn numbered_slots_are_the_same_throughout() {
    let stock = stock();
    let template = "{DOC1:last} {DOC2:last} {REL1:first} {REL2:first} {CITY1} {HOSP2:abbr} {DOC1:last} {DOC2:last} {REL1:lastfirst} \
                    {REL2:full} {CITY1} {HOSP2:abbr}|{kin1} {he1}|{kin1} {he1}";
    let mut different = 0;
    for at in 0..40 {
        let (shown, e) = filled(&stock, template, Setting::default(), at);
        let text = |i: usize| e[i].1.as_str();
        assert!(text(0) == text(6) && text(1) == text(7), "{shown}");
        different += usize::from(text(0) != text(1));
        assert!(text(4) == text(10) && text(5) == text(11), "{shown}");
        assert_eq!(e[2].0, EntityType::Patient);
        let plain: Vec<&str> = shown.split('|').skip(1).collect();
        assert_eq!(plain[0], plain[1], "{shown}");
    }
    // The lists of the tests are short: two doctors may share a surname.
    assert!(different > 30, "{different}");
}

#[test]
fn kin_words_and_pronouns_fit() {
    let stock = stock();
    let lex = &stock.lexicons;
    let is_female = |name: &str| {
        let women = lex.us_female.items.iter().chain(lex.cultures.iter().flat_map(|c| &c.female));
        women.into_iter().any(|n| n == name)
    };
    let is_male = |name: &str| {
        let men = lex.us_male.items.iter().chain(lex.cultures.iter().flat_map(|c| &c.male));
        men.into_iter().any(|n| n == name)
    };
    for (template, female) in [
        ("father {REL:lastfirst}", false),
        ("{His} [mother~sister], {REL:lastfirst}, died", true),
        ("Spoke to {REL1:lastfirst} (wife)", true),
        ("BROTHER-IN-LAW: {REL2:lastfirst}", false),
        ("{REL3:lastfirst}, who is {his} uncle", false),
        ("Mrs. {REL4:lastfirst}", true),
        ("Mr {DOC2:lastfirst}", false),
        ("Sister {STAFF:lastfirst}", true),
    ] {
        for at in 0..40 {
            let (shown, e) = filled(&stock, template, Setting::default(), at);
            let first = e[0].1.split_once(',').map_or("", |(_, rest)| rest.trim());
            let of_sex = |f: &dyn Fn(&str) -> bool| f(first) || first.split([' ', '-']).any(f);
            // Initials and names that are put together say nothing of the sex.
            let (fits, differs) = if female { (of_sex(&is_female), of_sex(&is_male)) } else { (of_sex(&is_male), of_sex(&is_female)) };
            assert!(fits || !differs, "{shown}");
        }
    }
    for at in 0..60 {
        let (shown, _) = filled(&stock, "{kin1}|{he1}|{his1}|{him1}", Setting { female: Some(true), ..Setting::default() }, at);
        let parts: Vec<&str> = shown.split('|').collect();
        let kin = kin::Kin::of_word(parts[0]).unwrap();
        assert!(matches!(parts[1..], ["he", "his", "him"] | ["she", "her", "her"]), "{shown}");
        assert!(kin.female.is_none_or(|f| f == (parts[1] == "she")), "{shown}");
        let (shown, _) = filled(&stock, "{REL:full} ({kin})|{kin} {REL:first}|", Setting::default(), at);
        assert_eq!(shown.matches("PATIENT").count(), 2);
    }
}

#[test]
fn days_are_counted_from_the_documents_day() {
    let stock = stock();
    for at in 0..30 {
        let (shown, e) = filled(&stock, "{DAY:iso} {DAY-3:iso} {DAY+14:iso} {DAY-3:weekday}", Setting::default(), at);
        let [day, before, after] = [0, 1, 2].map(|i| e[i].1.parse::<jiff::civil::Date>().unwrap());
        assert_eq!((day - before).get_days(), 3, "{shown}");
        assert_eq!((after - day).get_days(), 14);
        assert!(before.strftime("%A").to_string().starts_with(e[3].1.trim_end_matches('s')), "{shown}");
    }
}

#[test]
fn literals_prose_and_asides_are_written() {
    let stock = stock();
    let setting = Setting { country: Some("UK"), female: Some(true), age: Some(70), carrier_age: Some(74) };
    let (shown, e) = filled(&stock, "⟦CITY|Llan[fair]⟧ ⟦AGE|5[2~6]⟧ {NHS}", setting, 1);
    assert!(shown.starts_with("[[CITY:Llan[fair]]] [[AGE:5"), "{shown}");
    assert_eq!(e[2].0, EntityType::MedicalRecord);
    assert!((0..10).any(|at| !filled(&stock, "{PROSE}", setting, at).0.is_empty()));
    assert!(!filled(&stock, "{ASIDE}", setting, 1).0.is_empty());
    let (shown, _) = filled(&stock, "{He} {sex} {AGE}", setting, 1);
    assert!(shown.starts_with("She female [[AGE:"), "{shown}");
    assert_eq!(filled(&stock, "{AGEN:74}", setting, 1).0, "[[AGE:70]]");
}

#[test]
fn what_a_slot_puts_there_is_the_spans_text() {
    let stock = stock();
    for (at, template) in stock.documents.iter().map(|d| &d.template).chain(stock.templates()).enumerate() {
        let mut scene = Scene::new(&stock, Rand::keyed(4, "spans", at as u64), Setting::default());
        let mut out = Builder::default();
        scene.fill(template, &mut out);
        let put = out.entities();
        let d = out.into_marked().into_document("t".into());
        let found: Vec<_> = d.annotations.iter().map(|a| (a.entity_type, a.span.slice(&d.text).unwrap().to_string())).collect();
        assert_eq!(put, found);
    }
}

#[test]
fn an_unknown_slot_is_not_taken_for_a_known_one() {
    let stock = stock();
    let mut scene = Scene::new(&stock, Rand::keyed(1, "x", 0), Setting::default());
    for name in ["DOCTOR", "sex1", "man2", "DAYS", "PTX", "kin10", ""] {
        assert!(!scene.slot(name, "", &[], &mut Builder::default()), "{name}");
    }
}

#[test]
fn a_name_in_two_slots_is_one_entity() {
    let stock = stock();
    for (template, entities) in [
        ("{PT:first} {PT:last}.", 1),
        ("{PT:last}, {PT:first}", 1),
        ("{DOC1:first} \"{DOC1:nick}\" {DOC1:last}", 1),
        ("{DOC1:last}, {DOC2:first}", 2),
        ("Last: {PT:last}, First: {PT:first}", 2),
        ("{PT:last}, {PT:last}", 2),
    ] {
        let (shown, e) = filled(&stock, template, Setting::default(), 3);
        assert_eq!(e.len(), entities, "{shown}");
    }
    let (shown, _) = filled(&stock, "on {DAY:weekday}s and", Setting::default(), 3);
    assert!(shown.contains("s]] and"), "{shown}");
}
