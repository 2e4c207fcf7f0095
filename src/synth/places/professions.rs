//! Trades as they are written in a note.

use crate::random::Rand;
use crate::synth::lexicon::Lexicons;

/// A trade, in small letters unless it is a name.
pub(crate) fn profession(lex: &Lexicons, rand: &mut Rand) -> String {
    let listed = if rand.chance(0.8) || lex.professions.is_empty() { rand.pick(&lex.trades) } else { rand.pick(&lex.professions) };
    // A test split of a small list may be empty.
    if listed.is_empty() { "farmer".into() } else { listed.to_string() }
}
