//! Makes one answer of what the encoder, the rules, the lists and people found.
//!
//! The rule of the house: resolving may relabel or widen, and never uncovers. Every byte that any entity covered is covered by the result,
//! but for white space at the ends of an entity.
//!
//! 1. Overlapping entities that name the same kind of thing (two dates, a patient and a doctor, a phone and a fax, two numbers) become one,
//!    with the label of the strongest.
//! 2. A date or an age that a rule sees inside a place or a name of the encoder's ("4 July Street") vanishes in it.
//! 3. For the rest, each word goes to the strongest entity that touches it: a user's, then a list's, then a rule's that form or check digit
//!    decides (score 1), then the encoder's, then any other rule's. What remains of a weaker entity stays as an entity of its own;
//!    a remainder of punctuation joins its neighbour.

use crate::labels::EntityType::{self, *};
use crate::tags::{Entity, Source};
use crate::text::Span;
use std::cmp::{Ordering, Reverse};

/// Merges `entities` over `text` into sorted ones that do not overlap and cover all that was covered.
///
/// The order of `entities` does not matter, and resolving the result again changes nothing. Spans that reach past the end or cut a
/// character are widened to whole characters; empty and blank ones are dropped.
pub fn resolve(text: &str, entities: Vec<Entity>) -> Vec<Entity> {
    let entities: Vec<Entity> = entities.into_iter().filter_map(|entity| cleaned(text, entity)).collect();
    let mut entities = without_swallowed(unite(entities));
    entities.sort_by(stronger);
    let pieces = pieces(text, &covered(&entities));
    let owners = owners(&pieces, &entities);
    let segments = absorb(text, segments(&pieces, &owners), &entities);
    segments
        .into_iter()
        .filter_map(|(span, owner)| {
            let span = span.trim(text);
            (!span.is_empty()).then(|| Entity { span, ..entities[owner] })
        })
        .collect()
}

/// The entity on whole characters, without white space at its ends, with a score that is a number.
fn cleaned(text: &str, entity: Entity) -> Option<Entity> {
    let mut span = Span { start: entity.span.start.min(text.len()), end: entity.span.end.min(text.len()) };
    if span.start >= span.end {
        return None;
    }
    while !text.is_char_boundary(span.start) {
        span.start -= 1;
    }
    while !text.is_char_boundary(span.end) {
        span.end += 1;
    }
    let span = span.trim(text);
    let score = if entity.score.is_finite() { entity.score } else { 0.0 };
    (!span.is_empty()).then_some(Entity { span, score, ..entity })
}

fn tier(entity: &Entity) -> u8 {
    match entity.source {
        Source::User => 4,
        Source::List => 3,
        Source::Rule if entity.score >= 1.0 => 2,
        Source::Model => 1,
        Source::Rule => 0,
    }
}

/// The stronger first: a total order, so that the order of the input cannot matter.
fn stronger(a: &Entity, b: &Entity) -> Ordering {
    let key = |e: &Entity| (Reverse(tier(e)), Reverse(e.span.len()), e.span.start, e.entity_type);
    Reverse(tier(a)).cmp(&Reverse(tier(b))).then(b.score.total_cmp(&a.score)).then_with(|| key(a).cmp(&key(b)))
}

/// Types whose overlap is one thing under two names.
fn kind(entity_type: EntityType) -> EntityType {
    match entity_type {
        Patient | Doctor => Patient,
        Hospital | Organization => Hospital,
        Phone | Fax => Phone,
        Ssn | MedicalRecord | HealthPlan | Account | License | Vehicle | Device | BioId | IdNum => IdNum,
        other => other,
    }
}

/// Step 1. Within a kind, overlapping spans become their union under the strongest of them.
fn unite(mut entities: Vec<Entity>) -> Vec<Entity> {
    entities.sort_by(|a, b| (kind(a.entity_type), a.span).cmp(&(kind(b.entity_type), b.span)).then_with(|| stronger(a, b)));
    let mut united: Vec<Entity> = Vec::new();
    let mut best: Option<Entity> = None;
    for entity in entities {
        match (united.last_mut(), best) {
            (Some(last), Some(champion)) if kind(last.entity_type) == kind(entity.entity_type) && last.span.overlaps(entity.span) => {
                let champion = if stronger(&entity, &champion) == Ordering::Less { entity } else { champion };
                *last = Entity { span: last.span.union(entity.span), ..champion };
                best = Some(champion);
            }
            _ => {
                united.push(entity);
                best = Some(entity);
            }
        }
    }
    united
}

/// Step 2. Numbers are part of the names of places; a rule cannot know.
fn without_swallowed(entities: Vec<Entity>) -> Vec<Entity> {
    let wordy = |e: &&Entity| {
        e.source == Source::Model && matches!(e.entity_type, Patient | Doctor | Hospital | Organization | Street | City | LocationOther)
    };
    let mut names: Vec<Span> = entities.iter().filter(wordy).map(|e| e.span).collect();
    names.sort();
    // The furthest end of the names up to each one: a span is inside one of them if the last that starts no later reaches far enough.
    let mut reach = 0;
    let ends: Vec<usize> = names.iter().map(|span| (reach = reach.max(span.end), reach).1).collect();
    let swallowed = |e: &Entity| {
        let n = names.partition_point(|name| name.start <= e.span.start);
        e.source == Source::Rule && matches!(e.entity_type, Date | Age) && n > 0 && ends[n - 1] >= e.span.end
    };
    entities.iter().copied().filter(|e| !swallowed(e)).collect()
}

/// The covered bytes as maximal runs.
fn covered(entities: &[Entity]) -> Vec<Span> {
    let mut spans: Vec<Span> = entities.iter().map(|e| e.span).collect();
    spans.sort();
    let mut runs: Vec<Span> = Vec::new();
    for span in spans {
        match runs.last_mut() {
            Some(run) if span.start <= run.end => *run = run.union(span),
            _ => runs.push(span),
        }
    }
    runs
}

#[derive(PartialEq, Clone, Copy)]
enum Class {
    Letter,
    Digit,
    Other,
}

fn class(c: char, before: Class) -> Class {
    match c {
        c if c.is_numeric() => Class::Digit,
        c if c.is_alphabetic() => Class::Letter,
        // A combining mark or joiner belongs to what it stands on.
        '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' => before,
        _ => Class::Other,
    }
}

/// The runs cut into words (letters, or digits) and single other characters: what is given to one owner as a whole.
fn pieces(text: &str, runs: &[Span]) -> Vec<Span> {
    let mut pieces: Vec<Span> = Vec::new();
    for run in runs {
        let mut before = Class::Other;
        for (i, c) in run.slice(text).unwrap_or("").char_indices() {
            let (start, end) = (run.start + i, run.start + i + c.len_utf8());
            let now = class(c, before);
            let mark = now == Class::Other
                && !c.is_whitespace()
                && matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
            match pieces.last_mut() {
                Some(piece) if piece.end == start && i > 0 && (now == before && now != Class::Other || mark) => piece.end = end,
                _ => pieces.push(Span::new(start, end)),
            }
            before = now;
        }
    }
    pieces
}

/// For each piece the index of the strongest entity that touches it. `entities` are sorted, the strongest first.
fn owners(pieces: &[Span], entities: &[Entity]) -> Vec<Option<usize>> {
    let mut owners = vec![None; pieces.len()];
    // next[i]: the first piece from i on without an owner, found by jumping over those that have one.
    let mut next: Vec<usize> = (0..=pieces.len()).collect();
    fn free(next: &mut [usize], mut i: usize) -> usize {
        while next[i] != i {
            next[i] = next[next[i]];
            i = next[i];
        }
        i
    }
    for (index, entity) in entities.iter().enumerate() {
        let mut i = free(&mut next, pieces.partition_point(|piece| piece.end <= entity.span.start));
        while i < pieces.len() && pieces[i].start < entity.span.end {
            owners[i] = Some(index);
            next[i] = i + 1;
            i = free(&mut next, i);
        }
    }
    owners
}

/// Neighbouring pieces of one owner, joined.
fn segments(pieces: &[Span], owners: &[Option<usize>]) -> Vec<(Span, usize)> {
    let mut segments: Vec<(Span, usize)> = Vec::new();
    for (piece, owner) in pieces.iter().zip(owners) {
        let Some(owner) = *owner else { continue };
        match segments.last_mut() {
            Some((span, last)) if *last == owner && span.end == piece.start => span.end = piece.end,
            _ => segments.push((*piece, owner)),
        }
    }
    segments
}

/// Gives remainders without a letter or digit to the stronger neighbour that they touch.
fn absorb(text: &str, segments: Vec<(Span, usize)>, entities: &[Entity]) -> Vec<(Span, usize)> {
    let wordless = |span: Span| !span.slice(text).is_some_and(|s| s.contains(char::is_alphanumeric));
    let is_crumb = |&(span, owner): &(Span, usize)| wordless(span) && entities[owner].span != span;
    let mut result: Vec<(Span, usize)> = Vec::new();
    for (i, segment) in segments.iter().enumerate() {
        let owner = if is_crumb(segment) {
            let left = segments[..i].iter().next_back().filter(|(span, _)| span.end == segment.0.start);
            let right = segments.get(i + 1).filter(|(span, _)| span.start == segment.0.end);
            let neighbour = [left, right].into_iter().flatten().filter(|n| !is_crumb(n)).map(|n| n.1).min();
            neighbour.unwrap_or(segment.1)
        } else {
            segment.1
        };
        match result.last_mut() {
            Some((span, last)) if *last == owner && span.end == segment.0.start => span.end = segment.0.end,
            _ => result.push((segment.0, owner)),
        }
    }
    result
}

#[cfg(test)]
#[path = "resolve_tests.rs"]
mod tests;
