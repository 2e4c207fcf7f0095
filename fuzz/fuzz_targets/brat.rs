//! The reader of brat's stand-off annotations: no input panics, annotations fit their texts, and what is written reads back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scrubjay::Span;
use scrubjay::corpus::{Document, ReadOptions, brat};

fuzz_target!(|input: (&str, &str)| {
    let (text, ann) = input;
    let options = ReadOptions::default();
    let Ok(corpus) = brat::parse("f", "n", text, ann, &options) else { return };
    for document in &corpus.documents {
        assert!(document.annotations.iter().all(|a| a.span.slice(&document.text).is_some_and(|slice| !slice.is_empty())));
        if let Ok(ann) = brat::write(document) {
            let again = brat::parse("f", "n", &document.text, &ann, &options).expect("what was written is read");
            // White space at the ends of lines is not written.
            let trimmed = |document: &Document| document.annotations.iter().map(|a| a.span.trim(text)).collect::<Vec<Span>>();
            assert_eq!(trimmed(&again.documents[0]), trimmed(document));
        }
    }
});
