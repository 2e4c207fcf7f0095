//! What stands around a name and tells whose it is.

use crate::redact::identity::{fold, words};
use crate::text::Span;

/// What was seen around one mention, or around all mentions of a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Hints {
    /// Weights for a woman and for a man.
    pub(super) female: u32,
    pub(super) male: u32,
    /// Whether a title stands before: a surname follows it.
    pub(super) titled: bool,
    /// Whether a relation stands before: "his son", "daughter": a given name follows it.
    pub(super) related: bool,
}

/// How far behind a name its pronoun is looked for, in bytes.
const REACH: usize = 100;

impl Hints {
    /// What stands around `span`, and in it if it begins with a title.
    pub(super) fn around(text: &str, span: Span) -> Self {
        let mut hints = Self::default();
        let clip = |at: usize| {
            let mut at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let before = text.get(clip(span.start.saturating_sub(24))..span.start).unwrap_or_default();
        // A title stands directly before, but for white space and full stops; a line does not go on behind its end.
        let before = before.rsplit('\n').next().unwrap_or_default();
        if let Some(last) = words(before).pop()
            && before[last.end..].chars().all(|c| c.is_whitespace() || matches!(c, '.' | ',' | ':'))
        {
            hints.introduced_by(&fold(&before[last]));
        }
        let inside = span.slice(text).unwrap_or_default();
        if let Some(first) = words(inside).first() {
            hints.introduced_by(&fold(&inside[first.clone()]));
        }
        let after = text.get(span.end..clip(span.end.saturating_add(REACH))).unwrap_or_default();
        let pronoun = words(after).into_iter().find_map(|word| match fold(&after[word]).as_str() {
            "she" | "her" | "hers" | "herself" | "female" | "woman" | "lady" | "girl" => Some((1, 0)),
            "he" | "him" | "his" | "himself" | "male" | "man" | "gentleman" | "boy" => Some((0, 1)),
            _ => None,
        });
        if let Some((female, male)) = pronoun {
            hints.female += female;
            hints.male += male;
        }
        hints
    }

    fn introduced_by(&mut self, word: &str) {
        match word {
            "mr" | "sir" | "senor" | "herr" | "monsieur" => (self.male, self.titled) = (self.male + 8, true),
            "mrs" | "ms" | "miss" | "mme" | "madame" | "dame" | "sra" | "senora" | "frau" => {
                (self.female, self.titled) = (self.female + 8, true)
            }
            "dr" | "drs" | "doctor" | "prof" | "professor" | "mx" => self.titled = true,
            "son" | "brother" | "father" | "husband" | "uncle" | "nephew" | "grandson" | "grandfather" | "boyfriend" | "dad" => {
                (self.male, self.related) = (self.male + 4, true);
            }
            "daughter" | "sister" | "mother" | "wife" | "aunt" | "niece" | "granddaughter" | "grandmother" | "girlfriend" | "mom"
            | "mum" => {
                (self.female, self.related) = (self.female + 4, true);
            }
            "partner" | "friend" | "cousin" | "child" | "named" | "twin" | "sibling" => self.related = true,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_kin_and_pronouns_tell() {
        let hints = |text: &str| {
            let start = text.find("Ola").unwrap();
            let Hints { female, male, titled, related } = Hints::around(text, Span::new(start, start + 3));
            (female, male, titled, related)
        };
        assert_eq!(hints("Mrs. Ola"), (8, 0, true, false));
        assert_eq!(hints("MR Ola says she"), (1, 8, true, false));
        assert_eq!(hints("Dr.\u{a0}Ola. He saw her"), (0, 1, true, false));
        assert_eq!(hints("his son Ola,"), (0, 4, false, true));
        assert_eq!(hints("daughter, Ola"), (4, 0, false, true));
        assert_eq!(hints("mr\nOla"), (0, 0, false, false));
        assert_eq!(hints("the Ola then"), (0, 0, false, false));
        assert_eq!(hints("é🙂é🙂é🙂é🙂é🙂é Ola é🙂é🙂é🙂é🙂é🙂é🙂é🙂é🙂é🙂é🙂é🙂é🙂é🙂é🙂é🙂é🙂é🙂é🙂"), (0, 0, false, false));
    }
}
