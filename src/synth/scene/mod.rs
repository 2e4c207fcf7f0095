//! The people, places and days of one document: what its slots are filled with.
//!
//! A slot is written by the first of the folder's files that knows it: people, places, time, numbers, clinical filler.

mod cast;
mod clinical;
mod kin;
mod numbers;
mod people;
mod places;
mod source;
#[cfg(test)]
mod tests;
mod time;

use super::builder::Builder;
use super::country;
use super::dates::Dates;
use super::stock::Stock;
use super::template::{Node, Template};
use crate::random::Rand;
use cast::Cast;
use places::Map;
use source::Source;
use std::collections::BTreeMap;

/// What is fixed about a document before its first word.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Setting {
    /// Where it comes from.
    pub(crate) country: Option<&'static str>,
    /// Whether the patient is a woman.
    pub(crate) female: Option<bool>,
    /// The patient's age.
    pub(crate) age: Option<i64>,
    /// The patient's age in the carrier that the document is made from, if it is.
    pub(crate) carrier_age: Option<i64>,
}

/// One document's world. The same slot means the same person, place or day throughout; what is not asked for is never decided.
pub(crate) struct Scene<'a> {
    pub(crate) rand: Rand,
    stock: &'a Stock,
    source: Source<'a>,
    age: i64,
    carrier_age: Option<i64>,
    cast: Cast,
    map: Map,
    dates: Dates,
    /// Numbers that a patient has one of, by slot and variant.
    numbers: BTreeMap<String, String>,
    /// Whether titles have a full stop here ("Dr." or "Dr").
    dotted: bool,
    /// How this document writes times of the day.
    clock: usize,
}

impl<'a> Scene<'a> {
    pub(crate) fn new(stock: &'a Stock, mut rand: Rand, setting: Setting) -> Self {
        let female = setting.female.unwrap_or_else(|| rand.chance(0.5));
        let age = setting.age.unwrap_or_else(|| if rand.chance(0.08) { rand.range(90, 104) } else { rand.range(1, 92) });
        let country = setting.country.unwrap_or_else(|| country::draw(&mut rand));
        let source = Source { lex: &stock.lexicons, country };
        let cast = Cast::new(source.person(female, &mut rand), &mut rand);
        let dates = source.dates(age, &mut rand);
        let dotted = rand.chance(if country::dots_titles(country) { 0.85 } else { 0.2 });
        let clock = rand.below(time::CLOCKS);
        Self {
            rand,
            stock,
            source,
            age,
            carrier_age: setting.carrier_age,
            cast,
            map: Map::default(),
            dates,
            numbers: BTreeMap::new(),
            dotted,
            clock,
        }
    }

    /// The country that the document comes from.
    pub(crate) fn country(&self) -> &'static str {
        self.source.country
    }

    /// Whether the patient is a woman.
    pub(crate) fn female(&self) -> bool {
        self.cast.patient.female
    }

    /// The patient's age.
    pub(crate) fn age(&self) -> i64 {
        self.age
    }

    /// The same patient some days later, with other staff first.
    pub(crate) fn next_author(&mut self) {
        self.cast.next_author();
        self.move_on();
    }

    /// Appends a template with its slots filled.
    pub(crate) fn fill(&mut self, template: &Template, out: &mut Builder) {
        if out.as_str().is_empty() {
            self.cast.begin();
        }
        let mut nodes = Vec::new();
        template.chosen(&mut self.rand, &mut nodes);
        for (at, node) in nodes.iter().enumerate() {
            match node {
                Node::Text(text) => {
                    let rest = match at.checked_sub(1).and_then(|before| nodes.get(before)) {
                        Some(Node::Slot(_, variant)) if variant == "weekday" => plural(text, out),
                        _ => text,
                    };
                    out.text(rest);
                }
                Node::Entity(entity_type, text) => {
                    out.entity(*entity_type, text);
                }
                Node::Literal(entity_type, inner) => {
                    let mut text = Builder::default();
                    self.fill(inner, &mut text);
                    out.entity(*entity_type, text.as_str());
                }
                Node::Slot(name, variant) => {
                    let rest = nodes.get(at + 1..).unwrap_or_default();
                    let known = self.slot(name, variant, rest, out);
                    debug_assert!(known, "no slot {name}:{variant}");
                    if let Some([before, gap]) = at.checked_sub(2).and_then(|from| nodes.get(from..at))
                        && one_name(before, gap, node)
                    {
                        out.join_last();
                    }
                }
                Node::Choice(_) => {}
            }
        }
    }

    /// Writes a slot; `rest` is what follows it. False if there is no such slot.
    fn slot(&mut self, name: &str, variant: &str, rest: &[&Node], out: &mut Builder) -> bool {
        match (name, variant) {
            ("PROSE", _) => {
                let most = if variant == "long" { self.rand.range(4, 8) } else { self.rand.range(1, 3) } as usize;
                let sentences = self.stock.prose(most, self.cast.patient.female, self.age, &mut self.rand);
                self.prose(sentences, out);
                true
            }
            ("ASIDE", _) => {
                if let Some(template) = self.stock.aside(0.1, &mut self.rand) {
                    self.fill(template, out);
                }
                true
            }
            _ => {
                self.person_slot(name, variant, rest, out)
                    || self.place_slot(name, variant, out)
                    || self.time_slot(name, variant, out)
                    || self.number_slot(name, variant, out)
                    || self.clinical_slot(name, out)
            }
        }
    }

    fn prose(&mut self, sentences: &[Template], out: &mut Builder) {
        for (at, sentence) in sentences.iter().enumerate() {
            out.text(if at > 0 { " " } else { "" });
            self.fill(sentence, out);
        }
    }
}

/// The rest of the text after a weekday: the ending of "Mondays" belongs to the date.
fn plural<'t>(text: &'t str, out: &mut Builder) -> &'t str {
    match text.strip_prefix('s') {
        Some(rest) if !rest.starts_with(char::is_alphanumeric) && !out.as_str().ends_with('s') => {
            out.extend_last("s");
            rest
        }
        _ => text,
    }
}

/// Whether two slots and what is between them are one person's name: "{PT:last}, {PT:first}".
fn one_name(before: &Node, gap: &Node, after: &Node) -> bool {
    let (Node::Slot(name, form), Node::Text(gap), Node::Slot(same, other)) = (before, gap, after) else { return false };
    let gap_fits = match (form.as_str(), other.as_str()) {
        ("first" | "nick", "last") => matches!(gap.as_str(), " " | "\" " | "” "),
        ("last", "first" | "nick") => matches!(gap.as_str(), " " | ", " | "," | "^"),
        ("first", "nick") => matches!(gap.as_str(), " \"" | " “"),
        _ => false,
    };
    gap_fits && name == same && matches!(numbered(name).0, "PT" | "DOC" | "REL" | "STAFF")
}

/// A slot's name and number: `DOC2` is the second doctor, `kin` is nobody's in particular.
fn numbered(name: &str) -> (&str, Option<usize>) {
    match name.char_indices().last() {
        Some((at, c)) if c.is_ascii_digit() && c != '0' => (&name[..at], Some(c as usize - '1' as usize)),
        _ => (name, None),
    }
}
