//! The reader and writer of CSV: no bytes panic, replacements on any characters are made.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scrubjay::Span;
use scrubjay::formats::{Container, Format, FormatOptions, Replacement};

fuzz_target!(|bytes: &[u8]| {
    let options = FormatOptions { keep_unread: true, ..Default::default() };
    let Ok(container) = Container::read(bytes, Format::Csv, &options) else { return };
    let none: Vec<Vec<Replacement>> = container.notes().iter().map(|_| Vec::new()).collect();
    let written = container.write(&none).expect("nothing replaced is written");
    // Metadata and byte order marks aside, nothing replaced is nothing changed.
    assert_eq!(Container::read(&written, Format::Csv, &options).expect("what was written is read").notes().len(), container.notes().len());
    // Every second character of a view.
    let every = |view: &str| -> Vec<Replacement> {
        let ends: Vec<usize> = view.char_indices().map(|(at, _)| at).chain([view.len()]).collect();
        ends.chunks(2)
            .filter(|pair| pair.len() == 2)
            .map(|pair| Replacement { span: Span::new(pair[0], pair[1]), text: "[X]".into() })
            .collect()
    };
    let all: Vec<Vec<Replacement>> = container.notes().iter().map(|note| every(&note.view)).collect();
    let _ = container.write(&all);
    let _ = Container::read(bytes, Format::Tsv, &options);
});
