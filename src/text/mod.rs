//! Text addresses: spans in bytes, their conversion to the units that other languages count in, and the view of a note that the stages
//! to the right of it read.

mod offsets;
mod span;
mod view;

pub use offsets::{OffsetMap, OffsetUnit};
pub use span::Span;
pub use view::View;
