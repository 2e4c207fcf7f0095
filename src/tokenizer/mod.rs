//! Sub-words with byte offsets into the original text, and the windows that the encoder sees them in.

mod encoding;
#[cfg(feature = "train")]
mod trim;
mod windows;

pub use encoding::{Encoding, Tokenizer};
#[cfg(feature = "train")]
pub use trim::{Trimmed, trim};
pub use windows::{Window, WindowOptions, windows};
