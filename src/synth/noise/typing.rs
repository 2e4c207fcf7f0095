use super::{Char, between};
use crate::random::Rand;

/// Swapped, dropped, doubled and neighbouring letters; two capitals at the start of a word.
pub(super) fn typos(chars: &mut Vec<Char>, rate: f64, rand: &mut Rand) {
    let mut out: Vec<Char> = Vec::with_capacity(chars.len());
    for &(c, entity) in chars.iter() {
        // A digit is left alone: a number with another digit count may be another type.
        if !c.is_ascii_alphabetic() || !rand.chance(rate) {
            out.push((c, entity));
            continue;
        }
        let follows = out.last().is_some_and(|last| last.1 == entity && last.0.is_alphabetic());
        match rand.below(5) {
            // The first letter of an entity stays, for with it might go the entity.
            0 if entity.is_none() || follows => {}
            1 => out.extend([(c, entity), (c, entity)]),
            2 => out.push((neighbour(c, rand), entity)),
            3 if follows => {
                if let Some(last) = out.pop() {
                    out.extend([(c, entity), last]);
                }
            }
            4 if follows && out.last().is_some_and(|last| last.0.is_uppercase()) => out.push((c.to_ascii_uppercase(), entity)),
            _ => out.push((c, entity)),
        }
    }
    *chars = out;
}

fn neighbour(c: char, rand: &mut Rand) -> char {
    const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
    let lower = c.to_ascii_lowercase();
    let found = ROWS.iter().find_map(|row| {
        let at = row.find(lower)?;
        let to = if at == 0 || (at + 1 < row.len() && rand.chance(0.5)) { at + 1 } else { at - 1 };
        row.as_bytes().get(to).map(|&b| char::from(b))
    });
    let found = found.unwrap_or(lower);
    if c.is_ascii_uppercase() { found.to_ascii_uppercase() } else { found }
}

/// Characters that scanners take for one another, lost and gained spaces, specks.
pub(super) fn misread(chars: &mut Vec<Char>, rate: f64, rand: &mut Rand) {
    const PAIRS: [(char, char); 16] = [
        ('l', '1'),
        ('I', 'l'),
        ('O', '0'),
        ('0', 'O'),
        ('S', '5'),
        ('5', 'S'),
        ('1', 'l'),
        ('B', '8'),
        ('e', 'c'),
        ('i', 'j'),
        ('h', 'b'),
        ('Z', '2'),
        ('g', 'q'),
        ('G', '6'),
        (',', '.'),
        ('t', 'f'),
    ];
    let mut out: Vec<Char> = Vec::with_capacity(chars.len());
    for (at, &(c, entity)) in chars.iter().enumerate() {
        let next = chars.get(at + 1);
        let in_word = c.is_alphabetic() && next.is_some_and(|(n, e)| n.is_alphabetic() && *e == entity);
        match c {
            'm' if rand.chance(rate) => out.extend([('r', entity), ('n', entity)]),
            'w' if rand.chance(rate) => out.extend([('v', entity), ('v', entity)]),
            ' ' if rand.chance(rate / 3.0) => {}
            // A stop or a comma ends up one space off.
            '.' | ',' if entity.is_none() && rand.chance(rate) => out.extend([(' ', None), (c, None)]),
            '\n' if entity.is_none() && rand.chance(rate) => {
                out.extend([(' ', None), (rand.of(['|', '~', '.', '_', '\'']), None), ('\n', None)])
            }
            _ => match PAIRS.iter().find(|(right, _)| *right == c) {
                Some(&(_, wrong)) if rand.chance(rate * 3.0) => out.push((wrong, entity)),
                _ => out.push((c, entity)),
            },
        }
        if in_word && rand.chance(rate / 4.0) {
            out.push((' ', between(Some(&(c, entity)), next)));
        }
    }
    *chars = out;
}

/// Stops, commas, colons and hyphens that were never typed.
pub(super) fn lose_punctuation(chars: &mut Vec<Char>, rand: &mut Rand) {
    let lose = rand.of([0.2, 0.5, 1.0]);
    let all = std::mem::take(chars);
    for (at, &(c, entity)) in all.iter().enumerate() {
        let next = all.get(at + 1);
        let ends_word = next.is_none_or(|(n, _)| n.is_whitespace());
        // "J. Smith" may lose its stop, but no entity its last sign.
        let within = entity.is_none() || next.is_some_and(|(_, e)| *e == entity);
        let lost = match c {
            '.' | ',' | ':' | ';' => ends_word && within,
            '\'' | '’' => within && next.is_some_and(|(n, _)| n.is_alphabetic()),
            _ => false,
        };
        if !lost || !rand.chance(lose) {
            chars.push((c, entity));
        }
    }
}

/// Signs without the space that follows them: "Dr.Smith", "DOB:3/4/1990", "Name:Lee", "Boston,MA".
pub(super) fn glue(chars: &mut Vec<Char>, rand: &mut Rand) {
    let share = rand.of([0.1, 0.4, 1.0]);
    let signs: &[char] = rand.of([&['.', ':', ',', '#'] as &[char], &[':'], &['.', ','], &[',']]);
    let mut out: Vec<Char> = Vec::with_capacity(chars.len());
    for &(c, entity) in chars.iter() {
        let after_sign = out.last().is_some_and(|(last, _)| signs.contains(last));
        if c == ' ' && after_sign && rand.chance(share) {
            continue;
        }
        out.push((c, entity));
    }
    *chars = out;
}
