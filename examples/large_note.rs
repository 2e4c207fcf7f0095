//! Times the stages that need no encoder on notes of growing size: a stage in linear time has the same figure in every row.
//!
//! `cargo run --release --no-default-features --example large_note [MEGABYTES]`

use scrubjay::redact::{Context, Key, Policy, apply};
use scrubjay::resolve::resolve;
use scrubjay::rules::Rules;
use scrubjay::tags::{agree, part_dates, repeated};
use scrubjay::text::View;
use scrubjay::{Entity, EntityType, LabelSet, Source, Span};
use std::time::Instant;

/// Makes the `i`th line of a note.
type Line = fn(usize) -> String;

/// A note of `len` bytes, the `i`th line made by `line`.
fn note(len: usize, line: Line) -> String {
    let mut text = String::with_capacity(len + 200);
    for i in 0.. {
        if text.len() >= len {
            break;
        }
        text += &line(i);
    }
    text
}

/// A word that is no other number's.
fn name(i: usize) -> String {
    let letters = std::iter::successors(Some(i + 26), |n| (*n >= 26).then_some(n / 26)).map(|n| char::from(b'a' + (n % 26) as u8));
    format!("X{}", letters.collect::<String>())
}

/// What stands between brackets, as an encoder might have found it.
fn marked(text: &str) -> Vec<Entity> {
    let types = [EntityType::Patient, EntityType::Doctor, EntityType::Hospital, EntityType::Email, EntityType::Date];
    let found = text.match_indices('[').enumerate().filter_map(|(i, (at, _))| {
        let end = at + text[at..].find(']')?;
        Some(Entity { span: Span::new(at + 1, end), entity_type: types[i % 5], score: 0.9, source: Source::Model })
    });
    found.collect()
}

fn main() {
    let most: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(10);
    let kinds: [(&str, Line); 5] = [
        ("plain", |i| format!("Seen on 3/{}/2021 by Dr. Jones, BP 120/80, call 617-555-0143, MRN 44719{i}.\n", i % 28 + 1)),
        ("names", |i| format!("[John {0}] saw [Ann {0}] at [Saint {0} Hospital], [{0}@x.org], on [1/2/2021].\n", name(i))),
        ("zero-width", |i| format!("J\u{200b}o\u{200b}h\u{200b}n {i}\u{200b}/4/2021 Ѕmith\u{336} &#74;o ５５５\n")),
        ("one word", |_| "a1\u{301}Ѕ\u{200b}-".into()),
        ("rows", |_| "J o h n  1 2 - 3 4 - 5 6 \u{202e}nhoJ Smi-\nth ".into()),
    ];
    println!("seconds a megabyte\n{:<12}{:>4}{:>9}{:>9}{:>9}{:>9}{:>9}", "note", "MB", "view", "rules", "resolve", "repeated", "redact");
    for (kind, line) in kinds {
        for megabytes in std::iter::successors(Some(1), |n| Some(n * 2)).take_while(|&n| n < most).chain([most]) {
            let text = note(megabytes << 20, line);
            let mut row = format!("{kind:<12}{megabytes:>4}");
            let mut clock = Instant::now();
            let mut lap = |row: &mut String| {
                *row += &format!("{:>9.3}", clock.elapsed().as_secs_f64() / megabytes as f64);
                clock = Instant::now();
            };
            let view = View::new(&text);
            lap(&mut row);
            let mut found = Rules::default().find(view.text());
            lap(&mut row);
            found.iter_mut().for_each(|e| e.span = view.original(e.span));
            found.extend(marked(&text));
            let mut entities = resolve(&text, found);
            agree(&text, &mut entities);
            part_dates(&text, &mut entities);
            lap(&mut row);
            repeated(&text, &[], &LabelSet::i2b2(), &entities);
            lap(&mut row);
            let context = Context { key: Key::new(&[7; 32]).ok(), ..Context::default() };
            for policy in [Policy::surrogate(), Policy::numbered()] {
                apply(&text, &entities, &policy, &context).expect("resolved entities fit");
            }
            lap(&mut row);
            println!("{row}");
        }
    }
}
