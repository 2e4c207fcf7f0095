//! What the CRF sees of a word.
//!
//! A feature is a 64-bit hash of its kind and content. Hashes rather than strings keep the model small and its words out of sight; among
//! a million features the chance that any two collide is one in thirty million. The kinds and the hash are part of the model's
//! format: who changes them counts [`VERSION`] up.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Of the features below. A model made with others is refused.
pub const VERSION: u32 = 1;

/// What is looked at in a word, each text as its hash.
#[derive(Debug, Clone)]
pub struct Token {
    /// The word as written.
    pub word: u64,
    /// In lower case.
    pub lower: u64,
    /// Its shape, a letter for each character.
    pub shape: u64,
    /// Its shape, runs of a letter as one.
    pub brief: u64,
    /// Its first 1, 2, 3, 4 characters in lower case, if it has more.
    pub prefixes: Vec<u64>,
    /// Its last 1, 2, 3, 4 characters in lower case, if it has more.
    pub suffixes: Vec<u64>,
    /// What kind of characters it consists of.
    pub kind: Kind,
    /// Brief shape of the run of characters between white space that it stands in.
    pub run: u64,
    /// Whether it is the first word of its line.
    pub line_start: bool,
    /// Whether it is the last word of its line.
    pub line_end: bool,
    /// The words before the colon that its line begins with ("Attending:").
    pub label: Option<u64>,
}

/// Kinds of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Neither letter nor digit.
    Punctuation,
    /// Digits alone: how many, and which of the ranges of a month, a day, an age and a year the number lies in.
    Number(usize, usize),
    /// Letters and digits.
    Mixed,
    /// A single capital.
    Initial,
    /// Capitals.
    Upper,
    /// One capital, then small letters.
    Title,
    /// Any other letters.
    Letters,
}

impl Token {
    /// A word by itself; its place is filled in by the note.
    pub fn new(word: &str) -> Self {
        // One word, however its accents are written.
        let word: &str = &word.nfc().collect::<String>();
        let lower = word.to_lowercase();
        let starts: Vec<usize> = lower.char_indices().map(|(at, _)| at).take(5).skip(1).collect();
        let ends: Vec<usize> = lower.char_indices().rev().map(|(at, _)| at).take(4).filter(|&at| at > 0).collect();
        Self {
            word: hash(word),
            lower: hash(&lower),
            shape: hash(&shape(word, false)),
            brief: hash(&shape(word, true)),
            prefixes: starts.iter().map(|&at| hash(&lower[..at])).collect(),
            suffixes: ends.iter().map(|&at| hash(&lower[at..])).collect(),
            kind: Kind::of(word),
            run: 0,
            line_start: false,
            line_end: false,
            label: None,
        }
    }
}

impl Kind {
    fn of(word: &str) -> Self {
        let (mut letters, mut digits, mut capitals) = (0, 0, 0);
        for c in word.chars() {
            letters += usize::from(c.is_alphabetic());
            digits += usize::from(c.is_numeric());
            capitals += usize::from(c.is_uppercase());
        }
        match (letters, digits) {
            (0, 0) => Self::Punctuation,
            (0, _) => {
                let range = [12, 31, 120, 1899, 2100].iter().position(|&most| word.parse().is_ok_and(|n: u16| n <= most));
                Self::Number(digits.min(12), range.unwrap_or(5))
            }
            (_, 1..) => Self::Mixed,
            (1, _) if capitals == 1 => Self::Initial,
            _ if capitals == letters => Self::Upper,
            _ if capitals == 1 && word.starts_with(char::is_uppercase) => Self::Title,
            _ => Self::Letters,
        }
    }

    fn code(self) -> [u64; 3] {
        match self {
            Self::Punctuation => [0, 0, 0],
            Self::Number(digits, range) => [1, digits as u64, range as u64],
            Self::Mixed => [2, 0, 0],
            Self::Initial => [3, 0, 0],
            Self::Upper => [4, 0, 0],
            Self::Title => [5, 0, 0],
            Self::Letters => [6, 0, 0],
        }
    }
}

/// Puts the features of word `at` of a note into `features`.
pub fn extract(tokens: &[Token], at: usize, features: &mut Vec<u64>) {
    features.clear();
    let token = &tokens[at];
    let near = |offset: isize| at.checked_add_signed(offset).and_then(|i| tokens.get(i));
    // Beyond the note's ends there is one word that is no other.
    let lower = |offset: isize| near(offset).map_or(1, |t| t.lower);
    let brief = |offset: isize| near(offset).map_or(1, |t| t.brief);
    let mut add = |kind: &str, parts: &[u64]| features.push(join(kind, parts.iter().copied()));

    add("always", &[]);
    add("word", &[token.word]);
    add("lower", &[token.lower]);
    add("shape", &[token.shape]);
    add("brief", &[token.brief]);
    add("kind", &token.kind.code());
    add("run", &[token.run]);
    add("run and kind", &[token.run, token.kind.code()[0], token.kind.code()[1]]);
    for (length, &prefix) in token.prefixes.iter().enumerate() {
        add("prefix", &[length as u64, prefix]);
    }
    for (length, &suffix) in token.suffixes.iter().enumerate() {
        add("suffix", &[length as u64, suffix]);
    }
    for offset in [-2, -1, 1, 2] {
        add("near", &[offset as u64, lower(offset)]);
        add("near brief", &[offset as u64, brief(offset)]);
    }
    for offset in [-1, 1] {
        add("pair", &[offset as u64, token.lower, lower(offset)]);
        add("near and brief", &[offset as u64, token.brief, lower(offset)]);
        add("near kind", &[&[offset as u64], &near(offset).map_or([7, 0, 0], |t| t.kind.code())[..]].concat());
    }
    add("two before", &[lower(-2), lower(-1), token.brief]);
    add("briefs", &[brief(-1), token.brief, brief(1)]);
    add("wide briefs", &[brief(-2), brief(-1), token.brief, brief(1), brief(2)]);
    if token.line_start {
        add("line start", &[]);
        add("line start and brief", &[token.brief]);
    }
    if token.line_end {
        add("line end", &[]);
    }
    if let Some(label) = token.label {
        add("label", &[label]);
        add("label and brief", &[label, token.brief]);
    }
}

/// FNV-1a: the same on every machine and in every version of Rust.
pub fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, byte| (h ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// The hash of a kind and what belongs to it, in order (the finaliser of SplitMix64 after each part).
pub fn join(kind: &str, parts: impl IntoIterator<Item = u64>) -> u64 {
    let mix = |h: u64| {
        let h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        h ^ (h >> 31)
    };
    parts.into_iter().fold(mix(hash(kind)), |h, part| mix(h.wrapping_add(0x9e37_79b9_7f4a_7c15) ^ part))
}

/// `X` for a capital, `x` for another letter, `d` for a digit, any other character as it is; combining marks left out;
/// `brief` joins repeated ones.
pub fn shape(text: &str, brief: bool) -> String {
    let mut shape = String::with_capacity(text.len().min(64));
    for c in text.chars().filter(|&c| !is_combining_mark(c)) {
        let class = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if c.is_numeric() => 'd',
            c => c,
        };
        if !(brief && shape.ends_with(class)) {
            shape.push(class);
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_and_kinds() {
        assert_eq!((shape("McCoy-Ng12", false), shape("McCoy-Ng12", true)), ("XxXxx-Xxdd".into(), "XxXx-Xxd".into()));
        let kinds = ["-", "7", "31", "1999", "123456", "4th", "J", "MRN", "Éva", "and", "McCoy"].map(Kind::of);
        use Kind::*;
        let numbers = [Number(1, 0), Number(2, 1), Number(4, 4), Number(6, 5)];
        assert_eq!(kinds[1..5], numbers);
        assert_eq!((kinds[0], &kinds[5..]), (Punctuation, &[Mixed, Initial, Upper, Title, Letters, Letters][..]));
    }

    #[test]
    fn beginnings_and_ends_are_characters() {
        let token = Token::new("Zoë");
        assert_eq!(token.prefixes, [hash("z"), hash("zo")]);
        assert_eq!(token.suffixes, [hash("ë"), hash("oë")]);
        let apart = Token::new("Zoe\u{308}");
        assert_eq!((apart.word, apart.shape, apart.prefixes), (token.word, token.shape, token.prefixes));
        assert!(Token::new("a").prefixes.is_empty() && Token::new("a").suffixes.is_empty());
    }

    #[test]
    fn features_differ_by_kind_place_and_order() {
        let tokens = ["Dr", "Dr", "Dr"].map(Token::new);
        let mut features = Vec::new();
        extract(&tokens, 1, &mut features);
        let count = features.len();
        features.sort_unstable();
        features.dedup();
        assert_eq!(features.len(), count);
        assert_ne!(join("a", [1, 2]), join("a", [2, 1]));
        assert_ne!(join("a", [0]), join("a", []));
        // Part of the format: models would no longer fit.
        assert_eq!(hash("Dr"), 0x08fe_3e07_b598_5893);
    }
}
