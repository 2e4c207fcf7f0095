//! A linear-chain conditional random field on words: the classical baseline beside the encoders.
//!
//! It sees the [`words`](crate::corpus::words()) of a note through hand-made features (`features`): the word itself, its case, shape,
//! beginnings and ends, its neighbours, its line. [`train()`] fits their weights, and those of the steps from label to label, by maximum
//! likelihood with a Gaussian prior (L-BFGS on the exact gradient, Lafferty, McCallum & Pereira 2001); [`Tagger`] finds the best path
//! and gives each entity the marginal probability of its words. No neural net and no list of names takes part.
//!
//! **What is a sequence**: lines that follow each other without an empty one between them, because a wrapped line may cut a name in
//! two. One that grows long ends at a line's end, or at last in the middle of a line, so that time and memory stay bounded.
//!
//! **IOB2 is built in**: an `I-` has weights only for coming after its own `B-` or `I-`, so no path needs repair. In the gold standard, an
//! `I-` that begins a sequence becomes a `B-`.
//!
//! **The same corpus gives the same model**, on however many cores: the corpus is always added up in the same parts.

mod chain;
mod data;
mod features;
mod lbfgs;
mod model;
mod note;
mod options;
mod tagger;
#[cfg(test)]
mod tests;
mod train;

pub use options::CrfOptions;
pub use tagger::Tagger;
pub use train::{Event, train};
