//! Sub-words with byte offsets into the original text, and the windows that the encoder sees them in.

mod encoding;
mod windows;

pub use encoding::{Encoding, Tokenizer};
pub use windows::{Window, WindowOptions, windows};
