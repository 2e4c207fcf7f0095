//! The tokenizer's wrapper, on every family of vocabulary: spans are whole characters in order and cover all that is not white space.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scrubjay::tokenizer::Tokenizer;
use std::sync::LazyLock;

static TOKENIZERS: LazyLock<Vec<Tokenizer>> = LazyLock::new(|| {
    let files = [
        &include_bytes!("../../models/tiny-bert/tokenizer.json")[..],
        include_bytes!("../../models/tiny-roberta/tokenizer.json"),
        include_bytes!("../../models/tiny-xlnet/tokenizer.json"),
    ];
    files.iter().map(|json| Tokenizer::from_json(json).unwrap()).collect()
});

fuzz_target!(|text: &str| {
    for tokenizer in TOKENIZERS.iter() {
        let encoding = tokenizer.encode(text).unwrap();
        assert!(encoding.spans.iter().all(|span| span.slice(text).is_some()));
        assert!(encoding.spans.windows(2).all(|pair| pair[0].start <= pair[1].start));
        assert!(encoding.words.windows(2).all(|pair| pair[0] <= pair[1]));
        let mut covered = vec![false; text.len()];
        encoding.spans.iter().for_each(|span| covered[span.range()].fill(true));
        if !encoding.is_empty() {
            assert!(text.char_indices().all(|(at, c)| covered[at] || c.is_whitespace()));
        }
    }
});
