use crate::error::{Error, Result};
use crate::text::Span;
use serde::Deserialize;
use serde_json::Value;
use tokenizers::normalizers::Precompiled;

/// A `tokenizer.json` of Hugging Face's `tokenizers` library (WordPiece, byte-level BPE or Unigram), whose truncation and padding
/// settings are ignored: scrubjay never drops a token, it makes windows.
pub struct Tokenizer {
    inner: tokenizers::Tokenizer,
    prefix: Vec<u32>,
    suffix: Vec<u32>,
}

/// A tokenised text, without special tokens. Index `i` of every list belongs to token `i`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Encoding {
    /// Vocabulary ids.
    pub ids: Vec<u32>,
    /// Bytes of the original text, whatever the normaliser did to it. Never decreasing; empty for tokens of white
    /// space alone and for those that stand for no character of their own.
    pub spans: Vec<Span>,
    /// Index of the word (pre-token) that the token is part of; never decreasing.
    pub words: Vec<u32>,
}

impl Encoding {
    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }
}

impl Tokenizer {
    /// Reads the bytes of a `tokenizer.json`.
    pub fn from_json(json: &[u8]) -> Result<Self> {
        let invalid = |e: tokenizers::Error| Error::TokenizerInvalid { reason: e.to_string() };
        check(json)?;
        let mut inner = tokenizers::Tokenizer::from_bytes(json).map_err(invalid)?;
        inner.with_truncation(None).map_err(invalid)?;
        inner.with_padding(None);
        // Which special tokens go where is the post-processor's secret: look at what it does to a word.
        let probe = inner.encode("a", true).map_err(invalid)?;
        let special = probe.get_special_tokens_mask();
        let leading = special.iter().take_while(|&&s| s == 1).count();
        let trailing = special.iter().rev().take_while(|&&s| s == 1).count();
        if leading + trailing >= special.len() && !special.is_empty() {
            return Err(Error::TokenizerInvalid { reason: "a letter gives no token".into() });
        }
        let ids = probe.get_ids();
        Ok(Self { prefix: ids[..leading].to_vec(), suffix: ids[ids.len() - trailing..].to_vec(), inner })
    }

    /// Number of special tokens around every window.
    pub fn num_special(&self) -> usize {
        self.prefix.len() + self.suffix.len()
    }

    /// Number of special tokens before a window's first token.
    pub fn num_prefix(&self) -> usize {
        self.prefix.len()
    }

    /// `ids` with the special tokens around them.
    pub fn with_special(&self, ids: &[u32]) -> Vec<u32> {
        [self.prefix.as_slice(), ids, self.suffix.as_slice()].concat()
    }

    /// Number of ids, those of added tokens included.
    pub fn vocab_size(&self) -> usize {
        self.inner.get_vocab_size(true)
    }

    /// The vocabulary entry `id`.
    pub fn token(&self, id: u32) -> Option<String> {
        self.inner.id_to_token(id)
    }

    /// Tokenises a whole text of any length. Special tokens written out in it ("[SEP]") are text like any other as far as offsets
    /// go.
    pub fn encode(&self, text: &str) -> Result<Encoding> {
        // The library's words must not leak the note.
        let encoding =
            self.inner.encode(text, false).map_err(|_| Error::TokenizerInvalid { reason: "the text cannot be tokenised".into() })?;
        let mut out = Encoding::default();
        let mut word = 0;
        let mut last_end = 0;
        for ((&id, &(start, end)), &index) in encoding.get_ids().iter().zip(encoding.get_offsets()).zip(encoding.get_word_ids()) {
            // Byte-level BPE may cut one character over several tokens: every part then stands for the whole character.
            let start = floor_boundary(text, start.min(text.len()));
            let end = ceil_boundary(text, end.min(text.len())).max(start);
            // Leading white space belongs to the token in some vocabularies, never to the span.
            let span = Span::new(start, end).trim(text);
            // Added tokens have no word of their own.
            word = index.map_or(word + 1, |i| i.max(word));
            if span.start < last_end && span.end < last_end {
                return Err(Error::TokenizerInvalid { reason: "token offsets run backwards".into() });
            }
            last_end = span.start;
            out.ids.push(id);
            out.spans.push(span);
            out.words.push(word);
        }
        cover_dropped(text, &mut out.spans);
        Ok(out)
    }
}

/// Refuses what the library would panic on: it takes broken JSON inside a decoder, and a broken table inside a normaliser, for impossible.
fn check(json: &[u8]) -> Result<()> {
    let invalid = |e: serde_json::Error| Error::TokenizerInvalid { reason: e.to_string() };
    /// The rest, the vocabulary above all, is read but not kept.
    #[derive(Deserialize)]
    struct File {
        normalizer: Option<Value>,
    }
    let file: File = serde_json::from_slice(json).map_err(invalid)?;
    let mut normalizers: Vec<&Value> = file.normalizer.iter().collect();
    while let Some(value) = normalizers.pop() {
        normalizers.extend(value.get("normalizers").and_then(Value::as_array).into_iter().flatten());
        if value.get("type").is_some_and(|kind| kind == "Precompiled") {
            Precompiled::deserialize(value).map_err(invalid)?;
        }
    }
    Ok(())
}

/// Gives what a normaliser dropped (combining marks, joiners, control characters, the first of two marks that became one) to the token
/// that it touches: the accent of a name must go with the name.
fn cover_dropped(text: &str, spans: &mut [Span]) {
    for i in 0..spans.len() {
        let next = spans.get(i + 1).map_or(text.len(), |s| s.start);
        let gap = text.get(spans[i].end..next).unwrap_or("");
        if !spans[i].is_empty() {
            spans[i].end += gap.find(char::is_whitespace).unwrap_or(gap.len());
        }
    }
    // What is left touches no token before it.
    let mut end = 0;
    for span in spans {
        if !span.is_empty() {
            let gap = text.get(end..span.start).unwrap_or("");
            span.start -= gap.rsplit(char::is_whitespace).next().map_or(0, str::len);
        }
        end = end.max(span.end);
    }
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiny() -> Tokenizer {
        Tokenizer::from_json(include_bytes!("../../models/tiny-bert/tokenizer.json")).unwrap()
    }

    /// Every token's span, as text.
    fn slices<'t>(text: &'t str, encoding: &Encoding) -> Vec<&'t str> {
        encoding.spans.iter().map(|s| s.slice(text).expect("spans fit the text")).collect()
    }

    #[test]
    fn offsets_point_into_the_original_whatever_the_normaliser_does() {
        // Lower-cased, accents stripped (composed and combining), control characters dropped, CJK spaced out, CRLF, emoji, RTL.
        let text = "Zoë  Mu\u{308}ller\u{0}\r\nİzmir 東京 שלום 😀 O'Brien\u{200d}x";
        let encoding = tiny().encode(text).unwrap();
        let whole: String = slices(text, &encoding).concat();
        for piece in ["Zoë", "Mu\u{308}ller", "İzmir", "東京", "שלום", "😀", "O'Brien"] {
            assert!(whole.contains(piece), "{piece} is not covered by {:?}", slices(text, &encoding));
        }
        assert!(encoding.spans.windows(2).all(|w| w[0].end <= w[1].start));
        assert!(encoding.words.windows(2).all(|w| w[0] <= w[1]));
    }

    /// Byte-level BPE cuts characters into bytes and makes tokens of white space.
    #[test]
    fn byte_level_offsets_are_whole_characters_and_white_space_is_empty() {
        let tokenizer = Tokenizer::from_json(include_bytes!("../../models/tiny-roberta/tokenizer.json")).unwrap();
        let text = " Zoë  Mu\u{308}ller\u{0}\r\n\r\n\tİzmir 東京 שלום 😀 O'Brien\u{200d}x\u{a0}\u{3000}y \n";
        let encoding = tokenizer.encode(text).unwrap();
        let found: Vec<&str> = slices(text, &encoding);
        assert!(found.iter().all(|s| *s == s.trim()), "{found:?}");
        let mut covered = vec![false; text.len()];
        encoding.spans.iter().for_each(|s| covered[s.start..s.end].fill(true));
        for (at, c) in text.char_indices() {
            assert_eq!(covered[at], !c.is_whitespace(), "{c:?} at {at}");
        }
        assert!(encoding.spans.windows(2).all(|w| w[0].start <= w[1].start && w[0].end <= w[1].end), "{:?}", encoding.spans);
    }

    /// Unigram: accents stripped, compatibility forms taken apart, words marked at their beginning, special tokens at the end.
    #[test]
    fn unigram_offsets_are_the_originals() {
        let tokenizer = Tokenizer::from_json(include_bytes!("../../models/tiny-xlnet/tokenizer.json")).unwrap();
        let text = "Zoë  Mu\u{308}ller\r\n½ İzmir 東京 😀 ``O'Brien'' ﬁn\u{200d}x";
        let encoding = tokenizer.encode(text).unwrap();
        let mut covered = vec![false; text.len()];
        encoding.spans.iter().for_each(|s| covered[s.start..s.end].fill(true));
        for (at, c) in text.char_indices() {
            assert_eq!(covered[at], !c.is_whitespace(), "{c:?} at {at} of {:?}", slices(text, &encoding));
        }
        assert!(encoding.words.windows(2).all(|w| w[0] <= w[1]));
        let ids = tokenizer.with_special(&[9]);
        let special: Vec<_> = ids.iter().filter_map(|&id| tokenizer.token(id)).collect();
        assert_eq!((special[1].as_str(), special[2].as_str(), tokenizer.num_prefix()), ("<sep>", "<cls>", 0));
    }

    #[test]
    fn nothing_is_dropped() {
        let tokenizer = tiny();
        assert!(tokenizer.encode("").unwrap().is_empty());
        assert_eq!(tokenizer.encode("😀😀😀").unwrap().spans.iter().map(|s| s.len()).sum::<usize>(), 12);
        let word = "x".repeat(5000);
        let encoding = tokenizer.encode(&word).unwrap();
        assert_eq!((encoding.spans[0].start, encoding.spans[encoding.len() - 1].end), (0, 5000));
        let note = "Seen by Dr. Ng on 3/4/21.\n".repeat(8000);
        let encoding = tokenizer.encode(&note).unwrap();
        assert_eq!(encoding.spans[encoding.len() - 1].end, note.trim_end().len());
    }

    #[test]
    fn special_tokens_are_found() {
        let tokenizer = tiny();
        let ids = tokenizer.with_special(&[7]);
        assert_eq!(ids.len(), 3);
        assert_eq!(tokenizer.token(ids[0]).as_deref(), Some("[CLS]"));
        assert_eq!(tokenizer.token(ids[2]).as_deref(), Some("[SEP]"));
    }

    #[test]
    fn bad_files_are_refused() {
        for json in [
            &b""[..],
            b"{}",
            b"<html></html>",
            b"{\"version\":\"1.0\",\"model\":{\"type\":\"Nose\"}}",
            b"{\"decoder\":{x",
            b"{\"normalizer\":{\"type\":\"Precompiled\",\"precompiled_charsmap\":\"!\"}}",
            b"{\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Precompiled\"}]}}",
        ] {
            assert_eq!(Tokenizer::from_json(json).err().map(|e| e.code()), Some("TOKENIZER_INVALID"));
        }
    }
}
