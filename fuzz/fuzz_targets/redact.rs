//! Resolving and redacting any entities by every policy: nothing covered is uncovered, nothing else is touched.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use scrubjay::redact::restore::Mapping;
use scrubjay::redact::{Context, Key, Policy, apply};
use scrubjay::resolve::resolve;
use scrubjay::tags::{agree, part_dates};
use scrubjay::{Entity, EntityType, Source, Span};

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    text: &'a str,
    entities: Vec<(u16, u8, u8, u8, u8)>,
    policy: u8,
}

const POLICIES: [&str; 6] = ["i2b2", "mask", "numbered", "surrogate", "safe-harbor", "limited-dataset"];
const SOURCES: [Source; 4] = [Source::Model, Source::Rule, Source::List, Source::User];

fuzz_target!(|input: Input<'_>| {
    let text = input.text;
    let entity = |&(start, len, entity_type, score, source): &(u16, u8, u8, u8, u8)| Entity {
        span: Span::new(start.into(), usize::from(start) + usize::from(len)),
        entity_type: EntityType::ALL[usize::from(entity_type) % EntityType::ALL.len()],
        score: f32::from(score) / 255.0,
        source: SOURCES[usize::from(source) % 4],
    };
    let found: Vec<Entity> = input.entities.iter().map(entity).filter(|e| !e.span.is_empty()).collect();
    let mut resolved = resolve(text, found.clone());
    for (at, c) in text.char_indices() {
        let covered = |entities: &[Entity]| entities.iter().any(|e| e.span.overlaps(Span::new(at, at + c.len_utf8())));
        assert!(c.is_whitespace() || !covered(&found) || covered(&resolved), "uncovered at {at}");
    }
    assert_eq!(resolve(text, resolved.clone()), resolved);
    agree(text, &mut resolved);
    part_dates(text, &mut resolved);
    let policy = Policy::built_in(POLICIES[usize::from(input.policy) % POLICIES.len()]).unwrap();
    let context = Context { key: Some(Key::new(&[7; 32]).unwrap()), ..Context::default() };
    let redaction = apply(text, &resolved, &policy, &context).unwrap();
    let mut at = 0;
    for (entity, done) in resolved.iter().zip(&redaction.entities) {
        assert_eq!(done.output.slice(&redaction.text), Some(done.replacement.as_str()));
        assert!(redaction.text[..done.output.start].ends_with(&text[at..entity.span.start]));
        at = entity.span.end;
    }
    assert_eq!(Mapping::new(text, &redaction).restore(&redaction.text).unwrap().text, text);
});
