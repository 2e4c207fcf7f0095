//! The recognisers of forms: what they find is whole characters, in order and disjoint.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scrubjay::rules::Rules;

fuzz_target!(|text: &str| {
    let found = Rules::default().find(text);
    assert!(found.iter().all(|e| e.span.slice(text).is_some_and(|slice| !slice.is_empty())));
    assert!(found.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
});
