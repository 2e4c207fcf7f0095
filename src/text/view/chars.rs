//! Characters one by one: those that are not seen, and those that are another's dress.

use super::html;
use crate::text::Span;
use unicode_normalization::UnicodeNormalization;

/// A character of the view and the bytes of the note that it stands for; characters made of the same bytes share their span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    pub c: char,
    pub span: Span,
}

/// Zeros of the decimal digits that are not ASCII; nine more follow each (Unicode 14, `DerivedGeneralCategory.txt`, Nd).
const ZEROS: &[u32] = &[
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0,
    0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
    0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50,
    0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0,
];

/// Letters of phonetic alphabets that pass for Latin ones. Those that orthographies use for their own (ı, ə, ɓ, ɛ, ɔ) are not here.
const PHONETIC: &[(char, char)] = &[
    ('ſ', 's'),
    ('ɑ', 'a'),
    ('ɡ', 'g'),
    ('ɢ', 'g'),
    ('ɪ', 'i'),
    ('ɴ', 'n'),
    ('ʀ', 'r'),
    ('ʏ', 'y'),
    ('ʙ', 'b'),
    ('ʜ', 'h'),
    ('ʟ', 'l'),
    ('ᴀ', 'a'),
    ('ᴄ', 'c'),
    ('ᴅ', 'd'),
    ('ᴇ', 'e'),
    ('ᴊ', 'j'),
    ('ᴋ', 'k'),
    ('ᴍ', 'm'),
    ('ᴏ', 'o'),
    ('ᴘ', 'p'),
    ('ᴛ', 't'),
    ('ᴜ', 'u'),
    ('ᴠ', 'v'),
    ('ᴡ', 'w'),
    ('ᴢ', 'z'),
    ('ꜰ', 'f'),
    ('ꜱ', 's'),
];

/// From so many dressed-up letters in a word on they are a word: "Ⓛ knee" is none.
const DRESSED_LETTERS: usize = 3;
/// From so many dressed-up digits in a word on they are a number, and from two on if there is nothing else: "10⁻¹²", "¹³¹I" and "①" are none.
const DRESSED_DIGITS: usize = 5;

/// Whether words end at `c`. The exotic spaces are parts of words here, because they are replaced.
pub(super) fn splits(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{1c}'..='\u{1f}')
}

/// Whether a byte of a note is nothing to look at.
pub(super) fn plain_byte(b: u8) -> bool {
    matches!(b, b' '..=b'~' | b'\t'..=b'\r' | 0x1c..=0x1f) && b != b'&'
}

/// Whether a character can stand in any company.
pub(super) fn plain(c: char) -> bool {
    match c {
        '\0'..='\x7f' => plain_byte(c as u8),
        '\u{ad}' | 'ſ' | 'ɑ' | 'ɡ' | 'ɢ' | 'ɪ' | 'ɴ' | 'ʀ' | 'ʏ' | 'ʙ' | 'ʜ' | 'ʟ' => false,
        // Of Latin-1 the superscripts may be a number's digits.
        '\u{a1}'..='\u{2af}' => !matches!(c, 'ª' | '²' | '³' | '¹' | 'º'),
        '\u{2013}'..='\u{2023}' | '\u{2025}' | '\u{2026}' | '\u{2030}'..='\u{203e}' => true,
        '\u{3041}'..='\u{3163}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{1f300}'..='\u{1faff}' => true,
        _ => false,
    }
}

/// Whether a character is not seen at all: default ignorable in Unicode, an annotation's anchor, or a control character.
fn unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
        | '\0'..='\u{8}' | '\u{e}'..='\u{1b}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}')
}

/// Whether an unseen character behind `before` has a meaning there: joiners and variation selectors in scripts that write with them, and
/// in emoji.
fn joins(c: char, before: Option<char>) -> bool {
    let western = |c: char| matches!(c, '\0'..='\u{52f}' | '\u{1e00}'..='\u{206f}');
    matches!(c, '\u{180b}'..='\u{180f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0020}'..='\u{e01ef}')
        && before.is_some_and(|b| !western(b))
}

/// The characters of `word`, references resolved, without the unseen ones, dresses taken off.
pub(super) fn read(text: &str, word: Span) -> Vec<Unit> {
    let mut raw = Vec::with_capacity(word.len());
    let mut at = word.start;
    while let Some(c) = text[at..word.end].chars().next() {
        let (c, len) = html::reference(&text[at..word.end]).unwrap_or((c, c.len_utf8()));
        raw.push(Unit { c, span: Span::new(at, at + len) });
        at += len;
    }
    let letters = raw.iter().filter(|unit| dressed(unit.c).is_some_and(|c| c.is_ascii_alphabetic())).count() >= DRESSED_LETTERS;
    let digits = raw.iter().filter(|unit| dressed(unit.c).is_some_and(|c| c.is_ascii_digit())).count();
    let alone = digits > 1 && digits == raw.iter().filter(|unit| unit.c.is_alphanumeric()).count();
    let digits = alone || digits >= DRESSED_DIGITS;
    let mut units: Vec<Unit> = Vec::with_capacity(raw.len());
    for (i, &unit) in raw.iter().enumerate() {
        let before = units.last().map(|unit| unit.c);
        let next = raw.get(i + 1).map(|unit| unit.c);
        match unit.c {
            // A soft hyphen shows where the number is broken.
            '\u{ad}' if before.is_some_and(is_digit) && next.is_some_and(is_digit) => units.push(Unit { c: '-', ..unit }),
            c if unseen(c) && !joins(c, before) => {}
            c => match dressed(c).filter(|plain| if plain.is_ascii_digit() { digits } else { letters }) {
                Some(plain) => units.push(Unit { c: plain, ..unit }),
                None => undress(c, |plain| units.push(Unit { c: plain, ..unit })),
            },
        }
    }
    units
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || digit(c).is_some()
}

/// The ASCII digit of a decimal digit of another script.
fn digit(c: char) -> Option<char> {
    let zero = *ZEROS.get(ZEROS.partition_point(|&zero| zero <= u32::from(c)).checked_sub(1)?)?;
    char::from_digit(u32::from(c) - zero, 10)
}

/// The letter or digit in a circle, a square, brackets, a flag or above the line.
fn dressed(c: char) -> Option<char> {
    let from = |first: u32, a: u8| char::from_u32(u32::from(c) - first + u32::from(a));
    match c {
        '\u{1f1e6}'..='\u{1f1ff}' => from(0x1f1e6, b'A'),
        '\u{1f150}'..='\u{1f169}' => from(0x1f150, b'A'),
        '\u{1f170}'..='\u{1f189}' => from(0x1f170, b'A'),
        '\u{2474}'..='\u{247c}' => from(0x2474, b'1'),
        '\u{249c}'..='\u{24b5}' => from(0x249c, b'a'),
        '\u{1f110}'..='\u{1f129}' => from(0x1f110, b'A'),
        '²'
        | '³'
        | '¹'
        | 'ª'
        | 'º'
        | '\u{2b0}'..='\u{2e4}'
        | '\u{1d2c}'..='\u{1dbf}'
        | '\u{2070}'..='\u{209c}'
        | '\u{2460}'..='\u{24ff}'
        | '\u{2c7c}'
        | '\u{2c7d}'
        | '\u{1f100}'..='\u{1f14f}' => only(c),
        _ => None,
    }
}

/// The compatibility form of `c` if that is one ASCII letter or digit.
fn only(c: char) -> Option<char> {
    let mut form = std::iter::once(c).nfkc();
    form.next().filter(|plain| plain.is_ascii_alphanumeric() && form.next().is_none())
}

/// Hands on what `c` is read as.
fn undress(c: char, mut put: impl FnMut(char)) {
    match c {
        '\0'..='\x7f' => put(c),
        '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}'
        | '\u{2800}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{3164}'
        | '\u{ffa0}' => put(' '),
        '\u{85}' | '\u{2028}' | '\u{2029}' => put('\n'),
        '\u{fb00}'..='\u{fb06}' => std::iter::once(c).nfkc().for_each(put),
        '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' | '\u{1d400}'..='\u{1d7cb}' => std::iter::once(c).nfkc().for_each(put),
        '\u{2100}'..='\u{214f}' => put(only(c).unwrap_or(c)),
        _ => match PHONETIC.binary_search_by_key(&c, |&(dress, _)| dress) {
            Ok(i) => put(PHONETIC[i].1),
            Err(_) => put(digit(c).unwrap_or(c)),
        },
    }
}

/// Marks that pass for ASCII ones read so between letters and digits, full-width ones beside one and in a row.
pub(super) fn straighten(units: &mut [Unit]) {
    for i in 0..units.len() {
        let c = units[i].c;
        if c.is_ascii() {
            continue;
        }
        let left = i.checked_sub(1).map_or(' ', |left| units[left].c);
        let right = units.get(i + 1).map_or(' ', |unit| unit.c);
        let wide = left.is_ascii_graphic() || right.is_ascii_alphanumeric();
        let (left, right) = (left.is_ascii_alphanumeric(), right.is_ascii_alphanumeric());
        let read = match c {
            '\u{ff01}'..='\u{ff5e}' if wide => only_mark(c),
            _ if !(left && right) => None,
            '\u{2010}' | '\u{2011}' | '\u{2043}' | '\u{2212}' | '\u{2d7}' | '\u{2796}' | '\u{fe58}' | '\u{fe63}' => Some('-'),
            '\u{2024}' | '\u{2027}' | '\u{fe52}' | '\u{ff61}' | '\u{3002}' => Some('.'),
            '\u{2044}' | '\u{2215}' | '\u{29f8}' | '\u{2571}' => Some('/'),
            '\u{2236}' | '\u{a789}' | '\u{fe55}' => Some(':'),
            '\u{fe6b}' => Some('@'),
            '\u{203f}' | '\u{fe33}' | '\u{fe4d}'..='\u{fe4f}' => Some('_'),
            _ => None,
        };
        if let Some(read) = read {
            units[i].c = read;
        }
    }
}

/// The ASCII mark of a full-width one.
fn only_mark(c: char) -> Option<char> {
    char::from_u32(u32::from(c) - 0xfee0)
}
