use super::super::builder::Builder;
use super::*;
use crate::labels::EntityType;

fn note() -> Marked {
    let mut b = Builder::default();
    for _ in 0..9 {
        b.text("Seen by: 👩🏽‍⚕️ Dr. ").entity(EntityType::Doctor, "Zoë O'Brien-Nuñez").text(", e\u{301} \"fine\". ");
        b.entity(EntityType::City, "Łódź").text(" ").entity(EntityType::Zip, "90-001").text("\nAssessment\n");
        b.text("From ").entity(EntityType::Patient, "J. Affleck").text(" & co: <2 weeks\n\n");
    }
    b.into_marked()
}

const TYPES: [EntityType; 4] = [EntityType::Doctor, EntityType::City, EntityType::Zip, EntityType::Patient];

fn texts(marked: Marked) -> Vec<String> {
    let d = marked.into_document("t".into());
    assert_eq!(d.annotations.len(), 36, "{}", d.text);
    let slices = d.annotations.iter().enumerate().map(|(n, a)| {
        assert_eq!(a.entity_type, TYPES[n % 4]);
        let slice = a.span.slice(&d.text).unwrap();
        assert!(slice.trim() == slice && slice.contains(char::is_alphanumeric), "{slice:?}");
        slice.to_string()
    });
    slices.collect()
}

#[test]
fn annotations_follow_every_transform() {
    let p = 0.3;
    let all = NoiseRates {
        clean: 0.0,
        lower: p,
        upper: p,
        names: p,
        headings: p,
        starts: p,
        transcript: p,
        wrap: p,
        hyphens: p,
        crlf: p,
        typos: (p, 0.05),
        ocr: (p, 0.05),
        glue: p,
        punctuation: p,
        spacing: p,
        columns: p,
        bullets: p,
        quoted: p,
        unicode: p,
        rare_unicode: p,
        accents: p,
        markdown: p,
        html: p,
        json: p,
    };
    for i in 0..600 {
        let mut marked = note();
        spoil(&mut marked, &all, &mut Rand::keyed(7, "noise", i));
        texts(marked);
    }
}

fn spoilt(f: impl Fn(&mut Vec<Char>)) -> (String, Vec<String>) {
    let mut marked = note();
    f(&mut marked.chars);
    (marked.chars.iter().map(|(c, _)| *c).collect(), texts(marked))
}

#[test]
fn nothing_is_spoilt_at_rate_zero() {
    let mut marked = note();
    let before = marked.chars.clone();
    spoil(&mut marked, &NoiseRates { clean: 0.0, ..NoiseRates::NONE }, &mut Rand::keyed(1, "none", 0));
    assert!(marked.chars == before);
}

#[test]
fn each_transform_does_what_it_says() {
    let rand = || Rand::keyed(3, "one", 1);
    let (text, entities) = spoilt(script::strip_accents);
    assert!(text.starts_with("Seen by: ") && entities[..2] == ["Zoe O'Brien-Nunez", "Lodz"]);
    let (text, entities) = spoilt(case::transcribe);
    assert!(text.contains("dr zoë o'brien-nuñez ") && !text.contains(", "), "{text}");
    assert_eq!(entities[2], "90-001");
    let wrapped = (34..60).map(|width| spoilt(|c| layout::wrap(c, width)));
    let wrapped: Vec<_> = wrapped.inspect(|(text, _)| assert!(text.lines().all(|l| l.chars().count() < 60), "{text}")).collect();
    assert!(wrapped.iter().any(|(_, entities)| entities.iter().any(|e| e.contains('\n'))));
    let cut: Vec<_> = (4..60).map(|width| spoilt(|c| layout::hyphenate(c, width))).collect();
    assert!(cut.iter().any(|(text, _)| text.contains("Asse-\nssment")));
    assert!(cut.iter().any(|(_, entities)| entities.iter().any(|e| e.contains("-\n"))));
    let (text, _) = spoilt(|c| layout::quote(c, &mut rand()));
    let sign = text.chars().next().unwrap();
    assert!(text.lines().all(|l| l.starts_with(sign)));
    let (text, entities) = spoilt(|c| markup::html(c, &mut rand()));
    assert!(text.contains("&amp; co: &lt;2 weeks") && !text.contains("& "));
    assert!(entities[0] == "Zoë O'Brien-Nuñez" || entities[0] == "Zoë O&#39;Brien-Nuñez");
    let (text, _) = spoilt(|c| markup::json(c, &mut rand()));
    assert!(text.contains("\\n") && !text.contains('\n') && text.contains("\\\"fine"));
    let (text, _) = spoilt(|c| markup::markdown(c, &mut rand()));
    assert!(text.contains("# Assessment") && text.matches("**").count() % 2 == 0, "{text}");
    let (text, _) = spoilt(|c| layout::columns(c, &mut rand()));
    assert!(
        text.starts_with("Seen by:\t") || text.starts_with("Seen by:  ") || text.starts_with("Seen by\t") || text.starts_with("Seen by  ")
    );
    let glued = (0..20).any(|i| spoilt(|c| typing::glue(c, &mut Rand::keyed(1, "glue", i))).0.contains("Dr.Zoë"));
    assert!(glued);
    let unspaced = (0..20).map(|i| spoilt(|c| typing::lose_punctuation(c, &mut Rand::keyed(1, "lose", i))).1);
    assert!(unspaced.flatten().any(|e| e == "J Affleck"));
}

#[test]
fn names_change_case_alone() {
    let mut seen = std::collections::HashSet::new();
    for i in 0..60 {
        let mut marked = note();
        case::names(&mut marked.chars, &marked.types, &mut Rand::keyed(2, "names", i));
        let text: String = marked.chars.iter().map(|(c, _)| *c).collect();
        assert!(text.starts_with("Seen by: ") && text.contains("\nAssessment\nFrom "));
        seen.extend(texts(marked));
    }
    for form in ["zoë o'brien-nuñez", "zoë O'Brien-Nuñez", "ZOË O'BRIEN-NUÑEZ", "Zoë O'BRIEN-NUÑEZ", "J. Affleck"] {
        assert!(seen.contains(form), "{form}");
    }
    assert!(seen.iter().all(|e| !e.contains("90-001") || e == "90-001"));
}
