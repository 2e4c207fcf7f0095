//! Numbers that stand for somebody, beside the words that say so, and the few whose form or check digit says so by itself.

mod form;
mod table;

use super::recogniser::Recogniser;

pub(super) fn recognisers() -> Vec<Recogniser> {
    let mut all = table::recognisers();
    all.extend(form::recognisers());
    all
}
