//! Text addresses: spans in bytes, and their conversion to the units that other languages count in.

mod offsets;
mod span;

pub use offsets::{OffsetMap, OffsetUnit};
pub use span::Span;
