//! Policies as JSON: no input panics, what is read is a policy that redacts, and no error quotes a secret.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scrubjay::redact::{Context, Key, Policy, apply};
use scrubjay::{Entity, EntityType, Source, Span};

fuzz_target!(|json: &str| {
    let Ok(policy) = Policy::from_json(json) else { return };
    let text = "Zoë Ng, 93, seen on 3/4/2021, 617-555-0143, 02139, Boston";
    let context = Context { key: Some(Key::new(&[7; 32]).unwrap()), ..Context::default() };
    let spans = [(0, 7), (9, 11), (21, 29), (31, 43), (45, 50), (52, 58)];
    for entity_type in EntityType::ALL {
        let entity = |&(start, end): &(usize, usize)| Entity {
            span: Span::new(start, end),
            entity_type: *entity_type,
            score: 1.0,
            source: Source::User,
        };
        let entities: Vec<Entity> = spans.iter().map(entity).collect();
        apply(text, &entities, &policy, &context).unwrap();
    }
});
