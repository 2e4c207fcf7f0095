use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// One character over and over, in place of the covered text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mask {
    /// The character; `█` by default.
    #[serde(default = "full_block")]
    pub char: char,
    /// How often. `None` keeps the length: once for each character (Unicode scalar value) of the covered text, line ends included, so
    /// that offsets counted in characters stay as they were. A kept length tells something about what was there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<usize>,
}

impl Mask {
    /// Longest fixed length: a replacement is not a way to make a text of any size.
    pub const MAX_LENGTH: usize = 1000;

    /// Whether it can be used.
    ///
    /// # Errors
    /// [`Error::OptionInvalid`] when the character would not be seen where it stands (white space, a control or format character, a
    /// combining mark), and when a fixed length is 0 or above [`Mask::MAX_LENGTH`].
    pub fn validate(&self) -> Result<()> {
        static UNSEEN: LazyLock<regex::Regex> =
            LazyLock::new(|| regex::Regex::new(r"^[\p{M}\p{C}\p{Z}\s]$").expect("a constant, valid pattern"));
        let invalid = |reason: String| Err(Error::OptionInvalid { option: "policy", reason });
        if UNSEEN.is_match(self.char.encode_utf8(&mut [0; 4])) {
            return invalid(format!("mask character U+{:04X} cannot be seen", u32::from(self.char)));
        }
        match self.length {
            Some(length) if length == 0 || length > Self::MAX_LENGTH => {
                invalid(format!("mask length {length} is not in 1..={}", Self::MAX_LENGTH))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn replacement(&self, covered: &str) -> String {
        let length = self.length.unwrap_or_else(|| covered.chars().count());
        std::iter::repeat_n(self.char, length).collect()
    }
}

impl Default for Mask {
    fn default() -> Self {
        Self { char: full_block(), length: None }
    }
}

fn full_block() -> char {
    '█'
}
