use super::{Scene, numbered};
use crate::labels::EntityType as T;
use crate::synth::builder::Builder;
use crate::synth::lexicon::upper_first;
use crate::synth::places::Hospital;
use std::collections::BTreeMap;

/// The places of a document.
#[derive(Debug, Default)]
pub(super) struct Map {
    hospitals: Vec<Hospital>,
    cities: Vec<String>,
    /// Clinics, homes and organisations that a document speaks of again, by slot and variant.
    named: BTreeMap<String, String>,
    state: Option<(String, String)>,
}

impl Scene<'_> {
    fn hospital_at(&mut self, at: usize) -> Hospital {
        while self.map.hospitals.len() <= at {
            let hospital = self.source.hospital(&mut self.rand);
            self.map.hospitals.push(hospital);
        }
        self.map.hospitals.get(at).cloned().unwrap_or_default()
    }

    fn city_at(&mut self, at: usize) -> String {
        while self.map.cities.len() <= at {
            let city = self.source.city(&mut self.rand);
            self.map.cities.push(city);
        }
        self.map.cities.get(at).cloned().unwrap_or_default()
    }

    /// A city of which nothing is said: a new one, or the patient's.
    fn some_city(&mut self) -> String {
        if self.rand.chance(0.25) { self.city_at(0) } else { self.source.city(&mut self.rand) }
    }

    fn state(&mut self, short: bool) -> String {
        // Long and short are drawn apart, so a document's own state comes in one spelling.
        if self.rand.chance(0.5) {
            let made = self.map.state.as_ref().map(|(long, abbreviation)| if short { abbreviation.clone() } else { long.clone() });
            if let Some(state) = made.filter(|s| !s.is_empty()) {
                return state;
            }
        }
        let state = self.source.state(short, &mut self.rand);
        let (long, abbreviation) = self.map.state.get_or_insert_default();
        let kept = if short { abbreviation } else { long };
        if kept.is_empty() {
            kept.clone_from(&state);
        }
        state
    }

    /// What was named before under this key, or what `make` names now.
    fn remembered(&mut self, key: String, make: impl FnOnce(&mut Self) -> String) -> String {
        if let Some(known) = self.map.named.get(&key) {
            return known.clone();
        }
        let made = make(self);
        self.map.named.insert(key, made.clone());
        made
    }

    pub(super) fn place_slot(&mut self, name: &str, variant: &str, out: &mut Builder) -> bool {
        let (entity_type, text) = match (name, numbered(name)) {
            (_, ("HOSP", at)) => (T::Hospital, self.hospital_name(at.unwrap_or(0), variant)),
            ("ORG", _) => (T::Organization, self.organization_name(variant)),
            ("PROF" | "aPROF", _) => {
                let job = self.source.profession(&mut self.rand);
                if name == "aPROF" {
                    out.text(if job.to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u']) { "an " } else { "a " });
                }
                (T::Profession, if name == "PROF" && self.rand.chance(0.1) { upper_first(&job) } else { job })
            }
            (_, ("CITY", Some(at))) => (T::City, self.city_at(at)),
            ("CITY", _) => (T::City, self.some_city()),
            ("STREET", _) => (T::Street, self.source.street(&mut self.rand)),
            ("STATE", _) => (T::State, self.state(variant == "abbr")),
            ("ZIP", _) => (T::Zip, self.source.zip(&mut self.rand)),
            ("COUNTRY", _) => (T::Country, self.source.country_name(&mut self.rand)),
            ("LOC", _) => (T::LocationOther, self.source.other_place(variant, &mut self.rand)),
            ("ADDR" | "ADDR2", _) => {
                self.address(name == "ADDR2", out);
                return true;
            }
            _ => return false,
        };
        match text.strip_prefix("the ").or(text.strip_prefix("The ")) {
            Some(rest) => out.text("the ").entity(entity_type, rest),
            None => out.entity(entity_type, &text),
        };
        true
    }

    fn hospital_name(&mut self, at: usize, variant: &str) -> String {
        match variant {
            "nh" => self.remembered(format!("nh{at}"), |s| s.source.nursing_home(&mut s.rand)),
            "clinic" => self.remembered(format!("clinic{at}"), |s| s.source.clinic(&mut s.rand)),
            _ => {
                let hospital = self.hospital_at(at);
                match variant {
                    "abbr" => hospital.short,
                    "upper" => hospital.name.to_uppercase(),
                    _ if self.rand.chance(0.1) => hospital.short,
                    _ => hospital.name,
                }
            }
        }
    }

    fn organization_name(&mut self, variant: &str) -> String {
        if variant.is_empty() || self.rand.chance(0.2) {
            return self.source.organization(variant, &mut self.rand);
        }
        self.remembered(format!("org {variant}"), |s| s.source.organization(variant, &mut s.rand))
    }

    /// An address in one line or several: street, city, state and code are entities of their own.
    fn address(&mut self, lines: bool, out: &mut Builder) {
        let street = self.source.street(&mut self.rand);
        let city = if self.rand.chance(0.5) { self.city_at(0) } else { self.source.city(&mut self.rand) };
        let short = self.rand.chance(0.8);
        let state = self.state(short);
        let zip = self.source.zip(&mut self.rand);
        let country = self.source.country;
        let break_ = if lines { "\n" } else { self.rand.of([", ", ", ", " ", "; "]) };
        out.entity(T::Street, &street).text(break_);
        if self.rand.chance(0.08) {
            let place = self.source.other_place("box", &mut self.rand);
            out.entity(T::LocationOther, &place).text(break_);
        }
        out.entity(T::City, &city);
        match country {
            "US" | "CA" | "AU" => {
                let comma = self.rand.of([", ", ", ", " "]);
                out.text(comma).entity(T::State, &state);
                let gap = self.rand.of([" ", " ", "  ", ", "]);
                if self.rand.chance(0.9) {
                    out.text(gap).entity(T::Zip, &zip);
                }
            }
            // Cities that are states, and countries that write none.
            "NZ" | "SG" | "HK" => {
                out.text(" ").entity(T::Zip, &zip);
            }
            _ => {
                if self.rand.chance(0.5) {
                    out.text(", ").entity(T::State, &state);
                }
                out.text(if lines { "\n" } else { self.rand.of([", ", " "]) }).entity(T::Zip, &zip);
            }
        }
        if self.rand.chance(0.1) {
            let country = self.source.country_name(&mut self.rand);
            out.text(if lines { "\n" } else { ", " }).entity(T::Country, &country);
        }
    }
}
