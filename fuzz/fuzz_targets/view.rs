//! The view of a note: every span goes back to whole characters, in order, and nothing is lost between two.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scrubjay::Span;
use scrubjay::text::View;

fuzz_target!(|text: &str| {
    let view = View::new(text);
    let seen = view.text();
    assert!(!view.is_identity() || seen == text);
    let ends: Vec<usize> = seen.char_indices().map(|(at, _)| at).chain([seen.len()]).collect();
    let back: Vec<Span> = ends.windows(2).map(|ends| view.original(Span::new(ends[0], ends[1]))).collect();
    assert!(back.iter().all(|span| span.slice(text).is_some_and(|slice| !slice.is_empty())));
    for pair in back.windows(2) {
        assert!(pair[0].start <= pair[1].start && pair[0].end <= pair[1].end && pair[0].end >= pair[1].start);
    }
    if let (Some(first), Some(last)) = (back.first(), back.last()) {
        assert_eq!(first.union(*last), Span::new(0, text.len()));
    }
});
