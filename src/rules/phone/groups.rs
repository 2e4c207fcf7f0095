//! Numbers that their grouping gives away.

use super::cue;
use crate::rules::checksum;
use crate::rules::context::{joined_to_digits, unit_follows};
use crate::rules::recogniser::{Candidate, Found};

/// Lengths of the digit groups of national numbers with a trunk zero.
const TRUNK_SHAPES: &[&[usize]] = &[
    &[3, 4, 4],       // UK 020 7946 0958
    &[4, 3, 4],       // UK 0161 496 0000, 0800 123 4567
    &[5, 6],          // UK 01632 960983, 07700 900123; India 01234-567890
    &[5, 3, 3],       // UK 07700 900 123
    &[5, 5],          // UK 01204 52222
    &[5, 2, 4],       // UK 07700 90 0123
    &[4, 7],          // UK 0161 4960000; India 0123-4567890
    &[3, 8],          // UK 020 79460958; India 011-23456789
    &[4, 3, 2, 2],    // Austria 0688 872 49 99
    &[3, 3, 2, 2],    // Switzerland 044 668 18 00
    &[4, 3, 3],       // Australia 0412 345 678; UK 0800 123 456
    &[2, 4, 4],       // Australia 02 9876 5432
    &[2, 8],          // Australia 02 98765432
    &[2, 3, 4],       // Ireland 01 234 5678; New Zealand 09 123 4567
    &[3, 3, 4],       // Ireland 087 123 4567
    &[3, 7],          // Ireland 087 1234567
    &[3, 2, 5],       // Ireland 021 42 71234
    &[2, 2, 2, 2, 2], // France 01 42 68 53 00
];

fn groups(phi: &str) -> Vec<usize> {
    phi.split(|c: char| !c.is_ascii_digit()).map(str::len).filter(|&len| len > 0).collect()
}

fn clear(c: &Candidate<'_, '_>) -> bool {
    !joined_to_digits(c.text, c.span.start, c.span.end) && !unit_follows(c.after(16))
}

/// 3-3-4. Hyphens, dots or a bracketed area code are form enough; between blanks the area and exchange codes must be assignable
/// (first digit 2-9), or a cue word must precede, and it must not be an NHS number.
pub(super) fn nanp(c: &Candidate<'_, '_>) -> Option<Found> {
    let area = c.group("a").or(c.group("a2"))?;
    let exchange = c.group("x")?;
    let assignable = |code: &str| code.starts_with(|d: char| ('2'..='9').contains(&d)) && !code.ends_with("11");
    let valid = assignable(area) && assignable(exchange);
    let core = c.phi().split(|ch: char| ch.is_alphabetic() || ch == '#').next().unwrap_or("");
    let form = core.contains(['(', '.', '-', '·', '/', '+', '\u{ad}', '\u{2212}'])
        || core.chars().any(|ch| ('\u{2010}'..='\u{2015}').contains(&ch));
    let slashes = core.matches('/').count() > 1;
    let cued = cue::kind(c).is_some();
    let is_nhs = !form && !cued && checksum::nhs(&c.digits());
    let accepted = clear(c) && !slashes && (form || valid || cued) && !is_nhs;
    let hit = if accepted { c.accept_graded(form && valid, 1.0, 0.9) } else { None };
    hit.map(|hit| cue::typed(c, hit))
}

/// E.164: at most 15 digits with the country code.
pub(super) fn international(c: &Candidate<'_, '_>) -> Option<Found> {
    // "+2.5 +1.25 090" is a pair of lenses.
    let lens = groups(c.phi()).iter().filter(|&&len| len == 1).count() > 2;
    c.accept_if(clear(c) && !lens && (8..=21).contains(&c.digits().len())).map(|hit| cue::typed(c, hit))
}

/// With an international prefix in place of the `+`, either in groups or behind a cue word.
pub(super) fn prefixed(c: &Candidate<'_, '_>) -> Option<Found> {
    c.accept_if(clear(c) && (groups(c.phi()).len() > 2 || cue::kind(c).is_some())).map(|hit| cue::typed(c, hit))
}

pub(super) fn trunk(c: &Candidate<'_, '_>) -> Option<Found> {
    let core = c.phi().split(|ch: char| ch.is_alphabetic() || ch == '#' || ch == ',' || ch == ';').next().unwrap_or("");
    let shape = groups(core);
    let known = TRUNK_SHAPES.contains(&shape.as_slice()) && !core.starts_with("00") && !core.starts_with("(00");
    let is_nhs = shape == [3, 3, 4] && cue::kind(c).is_none() && checksum::nhs(&c.digits());
    c.accept_if(known && clear(c) && !is_nhs).map(|hit| cue::typed(c, hit))
}

pub(super) fn free(c: &Candidate<'_, '_>) -> Option<Found> {
    c.accept_if(clear(c)).map(|hit| cue::typed(c, hit))
}
