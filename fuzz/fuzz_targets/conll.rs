//! The reader of CoNLL: no input panics, annotations fit their texts, and what is written reads back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scrubjay::corpus::{ReadOptions, conll};

fuzz_target!(|text: &str| {
    let options = ReadOptions::default();
    let Ok(corpus) = conll::parse("f", "n", text, &options) else { return };
    for document in &corpus.documents {
        assert!(document.annotations.iter().all(|a| a.span.slice(&document.text).is_some_and(|slice| !slice.is_empty())));
        assert!(document.annotations.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        if let Some(again) = conll::write(&[document.clone()]).ok().map(|text| conll::parse("f", "n", &text, &options)) {
            let again = again.expect("what was written is read");
            assert_eq!(again.documents.len(), 1);
        }
    }
});
