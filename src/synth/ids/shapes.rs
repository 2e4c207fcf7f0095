//! Shapes of numbers by slot, variant and country.

use crate::random::Rand;
use crate::synth::lexicon::Lexicons;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Shapes by `slot:variant|country`; variant and country may be empty, and without a variant there is no colon.
static SHAPES: LazyLock<HashMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let lines = include_str!("shapes.txt").lines().filter(|l| !l.starts_with("# "));
    lines
        .filter_map(|line| {
            let mut parts = line.splitn(3, '|');
            let (slot, country, shapes) = (parts.next()?, parts.next()?, parts.next()?);
            Some((format!("{slot}|{country}"), shapes.split(';').map(str::trim).filter(|s| !s.is_empty()).collect()))
        })
        .collect()
});

/// A text of one of the slot's shapes: mostly the country's own, where it has any.
pub(super) fn draw(slot: &str, variant: &str, country: &str, lex: &Lexicons, rand: &mut Rand) -> String {
    let key = if variant.is_empty() { slot.to_string() } else { format!("{slot}:{variant}") };
    let find = |country: &str| SHAPES.get(&format!("{key}|{country}"));
    let (own, any) = (find(country), find(""));
    let list = match (own, any) {
        // Record numbers look alike the world over.
        (Some(own), Some(any)) => {
            if rand.chance(0.6) {
                own
            } else {
                any
            }
        }
        (Some(list), None) | (None, Some(list)) => list,
        // A variant that this country lacks: another's.
        (None, None) => match find("US").or(find("UK")).or_else(|| SHAPES.get(&format!("{slot}|"))) {
            Some(list) => list,
            None => return rand.shape("######"),
        },
    };
    let shape = list.get(rand.below(list.len())).copied().unwrap_or("######");
    render(shape, lex, rand)
}

fn render(shape: &str, lex: &Lexicons, rand: &mut Rand) -> String {
    let area = rand.pick(&lex.area_codes).to_string();
    let mut out = String::new();
    for c in shape.chars() {
        match c {
            '$' => out.push(char::from(b'0' + rand.range(2, 9) as u8)),
            '~' if area.is_empty() => out.push_str(&rand.range(201, 989).to_string()),
            '~' => out.push_str(&area),
            c => out.push_str(&rand.shape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    out
}
