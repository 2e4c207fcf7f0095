//! The caller's lists as JSON, and a note read with them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scrubjay::rules::Entries;

fuzz_target!(|input: (&str, &str)| {
    let (json, text) = input;
    let Ok(entries) = Entries::from_json(json) else { return };
    let Ok(lists) = entries.compile() else { return };
    for entity in lists.find(text) {
        assert!(entity.span.slice(text).is_some_and(|slice| !slice.is_empty()));
    }
    lists.allows(text);
});
