//! Places and organisations of a country, as they lie in the source.

use crate::synth::Split;
use std::collections::BTreeMap;

/// A country's lists by kind: `city`, `area` (suburbs and villages), `town` (any settlement, from GeoNames), `state`, `street`, `stem` and `way` (of street names), `hosp`, `loc`
/// and `org_…`.
#[derive(Debug, Default, Clone)]
pub(crate) struct Gazetteer {
    pub(crate) code: &'static str,
    lists: BTreeMap<&'static str, Vec<String>>,
}

impl Gazetteer {
    /// The entries of a kind; none if the country has no such list.
    pub(crate) fn list(&self, kind: &str) -> &[String] {
        self.lists.get(kind).map_or(&[], Vec::as_slice)
    }

    /// Adds an entry to a kind.
    pub(crate) fn add(&mut self, kind: &'static str, entry: String) {
        let list = self.lists.entry(kind).or_default();
        if !list.contains(&entry) {
            list.push(entry);
        }
    }
}

const FILES: [(&str, &str); 19] = [
    ("US", include_str!("places/us.txt")),
    ("UK", include_str!("places/uk.txt")),
    ("IE", include_str!("places/ie.txt")),
    ("CA", include_str!("places/ca.txt")),
    ("AU", include_str!("places/au.txt")),
    ("NZ", include_str!("places/nz.txt")),
    ("IN", include_str!("places/in.txt")),
    ("PK", include_str!("places/pk.txt")),
    ("NG", include_str!("places/ng.txt")),
    ("KE", include_str!("places/ke.txt")),
    ("GH", include_str!("places/gh.txt")),
    ("ZA", include_str!("places/za.txt")),
    ("SG", include_str!("places/sg.txt")),
    ("MY", include_str!("places/my.txt")),
    ("PH", include_str!("places/ph.txt")),
    ("HK", include_str!("places/hk.txt")),
    ("AE", include_str!("places/ae.txt")),
    ("JM", include_str!("places/jm.txt")),
    // What belongs to no country: organisations and landmarks of the world.
    ("", include_str!("places/world.txt")),
];

/// Settlements by country: GeoNames, by `make_towns.py`.
const TOWNS: &str = include_str!("places/towns.txt");

/// Every country with the entries of one split. States and kinds of streets are closed classes and stand in every split.
pub(crate) fn all(split: Split) -> Vec<Gazetteer> {
    FILES
        .into_iter()
        .map(|(code, text)| {
            let mut gazetteer = Gazetteer { code, ..Gazetteer::default() };
            for (kind, entries) in text.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('|')) {
                let closed = matches!(kind, "state" | "way" | "country" | "org_military" | "org_closed");
                for entry in entries.split(';').map(str::trim).filter(|e| !e.is_empty() && (closed || split.holds(e))) {
                    gazetteer.add(kind, entry.to_string());
                }
            }
            let own = if code.is_empty() { "world" } else { code };
            for (_, towns) in TOWNS.lines().filter_map(|l| l.split_once('|')).filter(|(of, _)| *of == own) {
                let towns = towns.split(';').filter(|town| split.holds(town)).map(str::to_string).collect();
                gazetteer.lists.insert("town", towns);
            }
            gazetteer
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_has_every_list() {
        for gazetteer in all(Split::Train).iter().filter(|g| !g.code.is_empty()) {
            for kind in ["city", "town", "state", "stem", "way", "hosp", "loc", "area"] {
                assert!(!gazetteer.list(kind).is_empty(), "{} {kind}", gazetteer.code);
            }
            assert!(gazetteer.list("city").len() >= 15, "{}", gazetteer.code);
        }
    }

    #[test]
    fn splits_share_no_place() {
        let (train, test) = (all(Split::Train), all(Split::Test));
        for (a, b) in train.iter().zip(&test) {
            for kind in ["city", "area", "town", "hosp", "street", "stem", "loc"] {
                assert!(b.list(kind).iter().all(|e| !a.list(kind).contains(e)), "{} {kind}", a.code);
            }
        }
    }
}
