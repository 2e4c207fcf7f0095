//! From bytes to text and back, byte for byte.

/// How a file's text is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextEncoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, low byte first. Known by its byte order mark.
    Utf16Le,
    /// UTF-16, high byte first. Known by its byte order mark.
    Utf16Be,
    /// Windows code page 1252, which holds Latin-1, as the WHATWG Encoding Standard has it. Characters of a replacement that it does
    /// not have are written as `?`.
    Windows1252,
}

use TextEncoding::{Utf8, Utf16Be, Utf16Le, Windows1252};

/// What Windows-1252 has at 0x80 to 0x9F; the rest is Latin-1. Source: <https://encoding.spec.whatwg.org/index-windows-1252.txt>.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–',
    '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text with its byte order mark, if it has one, and its encoding. Otherwise where it fails and why.
pub(super) fn decode(bytes: &[u8], encoding: Option<TextEncoding>) -> Result<(String, TextEncoding), (String, String)> {
    let encoding = match bytes {
        [0xef, 0xbb, 0xbf, ..] => Utf8,
        [0xff, 0xfe, ..] => Utf16Le,
        [0xfe, 0xff, ..] => Utf16Be,
        _ => encoding.unwrap_or(Utf8),
    };
    let fail = |at: usize, reason: &str| (format!("byte {at}"), reason.to_string());
    let text = match encoding {
        Utf8 => std::str::from_utf8(bytes).map(str::to_string).map_err(|error| {
            let words = "not UTF-8, and no byte order mark of UTF-16; if the file is in Windows-1252 (Latin-1), say so as its encoding";
            fail(error.valid_up_to(), words)
        })?,
        Utf16Le | Utf16Be => {
            let unit = |pair: [u8; 2]| if encoding == Utf16Le { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) };
            let (pairs, rest) = bytes.as_chunks::<2>();
            let mut text = String::with_capacity(bytes.len());
            let mut at = 0;
            for c in char::decode_utf16(pairs.iter().copied().map(unit)) {
                let c = c.map_err(|_| fail(at, "not UTF-16: half of a surrogate pair"))?;
                at += 2 * c.len_utf16();
                text.push(c);
            }
            if !rest.is_empty() {
                return Err(fail(at, "not UTF-16: an odd number of bytes"));
            }
            text
        }
        Windows1252 => {
            bytes.iter().map(|&b| if (0x80..0xa0).contains(&b) { WINDOWS_1252[usize::from(b - 0x80)] } else { char::from(b) }).collect()
        }
    };
    match text.find('\0') {
        // UTF-16 without its mark is full of them.
        Some(at) => Err(fail(
            encoding.encode(text.get(..at).unwrap_or_default()).len(),
            "a NUL character: a binary file, or UTF-16 without a byte order mark",
        )),
        None => Ok((text, encoding)),
    }
}

impl TextEncoding {
    /// The bytes of `text`.
    pub(super) fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Utf8 => text.as_bytes().to_vec(),
            Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Windows1252 => text.chars().map(windows_1252).collect(),
        }
    }
}

fn windows_1252(c: char) -> u8 {
    match u8::try_from(u32::from(c)) {
        Ok(b) if !(0x80..0xa0).contains(&b) => b,
        _ => WINDOWS_1252.iter().position(|&known| known == c).map_or(b'?', |i| 0x80 + i as u8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn errors_name_the_byte() {
        let long = b"caf\xe9".as_slice();
        for (bytes, encoding, at) in [
            (long, None, "byte 3"),
            (b"\xff\xfea\0\0\xd8", None, "byte 4"),
            (b"\xfe\xff\0a\0", None, "byte 4"),
            (b"a\0b\0", None, "byte 1"),
            (b"a\0", Some(Windows1252), "byte 1"),
        ] {
            assert_eq!(decode(bytes, encoding).unwrap_err().0, at);
        }
        assert_eq!(decode(long, Some(Windows1252)).unwrap().0, "café");
        assert_eq!(decode(b"\xff\xfeZ\0\xeb\0=\xd8\x00\xde", None).unwrap(), ("\u{feff}Zë😀".to_string(), Utf16Le));
        assert_eq!(Windows1252.encode("é€█"), b"\xe9\x80?");
    }

    proptest! {
        #[test]
        fn bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..40), mark in 0..4usize) {
            let mut marked = [b"".as_slice(), b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"][mark].to_vec();
            marked.extend(bytes);
            for option in [None, Some(Windows1252)] {
                if let Ok((text, encoding)) = decode(&marked, option) {
                    prop_assert_eq!(encoding.encode(&text), marked.as_slice());
                }
            }
        }
    }
}
