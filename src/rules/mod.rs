//! Recognisers of PHI that has a form: addresses of the net, telephone numbers, dates, postal codes, and numbers beside their cue words.
//!
//! A recogniser is a name, a pattern, a check, a type and a score; the files hold one family each. A score of 1 means that form or check
//! digit decide alone; below that, words around it had a say. Patterns run in linear time (crate `regex`), and every one is bounded.

mod age;
mod checksum;
mod context;
mod dates;
mod email;
mod entries;
pub(crate) mod hl7;
mod ids;
mod ip;
mod json;
mod lists;
mod names;
mod phone;
mod postal;
mod recogniser;
mod ssn;
#[cfg(test)]
mod tests;
mod url;
mod vehicle;

pub use entries::{Deny, Entries, Pattern};
pub use lists::Lists;

use crate::tags::Entity;
use recogniser::{Found, Recogniser};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static RECOGNISERS: LazyLock<Vec<Recogniser>> = LazyLock::new(|| {
    [
        email::recognisers(),
        url::recognisers(),
        ip::recognisers(),
        phone::recognisers(),
        ssn::recognisers(),
        dates::recognisers(),
        postal::recognisers(),
        vehicle::recognisers(),
        ids::recognisers(),
        age::recognisers(),
        names::recognisers(),
        json::recognisers(),
    ]
    .into_iter()
    .flatten()
    .collect()
});

/// The recognisers. All values share one compiled set; the first use compiles it.
#[derive(Clone, Copy)]
pub struct Rules {
    recognisers: &'static [Recogniser],
}

impl Default for Rules {
    fn default() -> Self {
        Self { recognisers: &RECOGNISERS }
    }
}

impl std::fmt::Debug for Rules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rules").field("recognisers", &self.recognisers.len()).finish()
    }
}

impl Rules {
    /// The PHI in `text`, sorted by start, not overlapping, never empty. Of overlapping finds the one of the recogniser with the higher
    /// priority stays, then the longer, then the earlier.
    pub fn find(&self, text: &str) -> Vec<Entity> {
        let mut found = Vec::new();
        for recogniser in self.recognisers {
            recogniser.find(text, &mut found);
        }
        hl7::find(text, &mut found);
        dates::join_weekdays(text, &mut found);
        select(found).into_iter().map(Found::entity).collect()
    }
}

fn select(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|f| (std::cmp::Reverse(f.priority), std::cmp::Reverse(f.span.len()), f.span.start));
    let mut kept: BTreeMap<usize, Found> = BTreeMap::new();
    for candidate in found {
        let left = kept.range(..candidate.span.end).next_back();
        if left.is_none_or(|(_, taken)| !taken.span.overlaps(candidate.span)) {
            kept.insert(candidate.span.start, candidate);
        }
    }
    kept.into_values().collect()
}
