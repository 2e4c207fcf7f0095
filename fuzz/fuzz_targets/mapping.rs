//! Sealed mappings, and what is in them: no bytes panic, and a text is put together or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scrubjay::redact::restore::Mapping;

/// Bytes of the magic line, behind which the cost of the key stands.
const MAGIC: usize = 19;

fuzz_target!(|input: (&[u8], &str)| {
    let (bytes, text) = input;
    // A key that takes a megabyte is as good as one that takes a hundred.
    let cost = |i: usize| bytes.get(MAGIC + 4 * i..MAGIC + 4 * i + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
    let cheap = cost(0) <= 64 && cost(1) <= 1;
    let refused = cost(0) > 1 << 18 || cost(1) > 16 || cost(2) > 4;
    if cheap || refused {
        let _ = Mapping::open(bytes, "a long passphrase");
    }
    if let Ok(mapping) = serde_json::from_slice::<Mapping>(bytes) {
        let _ = mapping.restore(text);
    }
});
