//! The weights of the classical baseline: no bytes panic, and what loads tags.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scrubjay::crf::Tagger;

fuzz_target!(|bytes: &[u8]| {
    let Ok(tagger) = Tagger::load(bytes) else { return };
    let text = "Seen by Dr. Jones on 3/4/2021 😀";
    assert!(tagger.tag(text).iter().all(|e| e.span.slice(text).is_some()));
});
