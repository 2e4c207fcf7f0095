use super::{Char, between, replace};
use crate::random::Rand;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters without their accents, as systems with a small character set keep them.
pub(super) fn strip_accents(chars: &mut Vec<Char>) {
    let all = std::mem::take(chars);
    for (c, entity) in all {
        let plain: &str = match c {
            'ł' => "l",
            'Ł' => "L",
            'ø' => "o",
            'Ø' => "O",
            'đ' => "d",
            'Đ' => "D",
            'ß' => "ss",
            'æ' => "ae",
            'Æ' => "AE",
            'ı' => "i",
            '’' | '‘' => "'",
            _ => "",
        };
        if plain.is_empty() {
            // A mark that stands alone goes as well, unless it is all that an entity has left.
            let base = std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c));
            chars.extend(base.map(|c| (c, entity)));
        } else {
            chars.extend(plain.chars().map(|c| (c, entity)));
        }
    }
}

/// What word processors make of plain quotes, hyphens, stops and spaces.
pub(super) fn typeset(chars: &mut Vec<Char>, rand: &mut Rand) {
    let (quotes, dashes, spaces, bullets) = (rand.chance(0.7), rand.chance(0.5), rand.chance(0.5), rand.chance(0.3));
    let mut before = ' ';
    for (c, _) in chars {
        let original = *c;
        match original {
            '\'' if quotes => *c = '’',
            '"' if quotes => *c = if before.is_whitespace() || before == '(' { '“' } else { '”' },
            '-' if dashes && rand.chance(0.5) => *c = if rand.chance(0.8) { '–' } else { '\u{2011}' },
            ' ' if spaces && rand.chance(0.1) => *c = '\u{a0}',
            '*' if bullets => *c = '•',
            _ => {}
        }
        before = original;
    }
}

/// What copying between programs leaves: zero-width characters, a byte order mark, decomposed accents, full-width figures, ligatures.
pub(super) fn rare(chars: &mut Vec<Char>, rand: &mut Rand) {
    match rand.below(6) {
        0 => chars.insert(0, ('\u{feff}', None)),
        1 => {
            let mark = rand.of(['\u{200b}', '\u{200b}', '\u{ad}', '\u{200e}', '\u{2060}']);
            let all = std::mem::take(chars);
            for (at, &(c, entity)) in all.iter().enumerate() {
                chars.push((c, entity));
                if rand.chance(0.01) {
                    chars.push((mark, between(Some(&(c, entity)), all.get(at + 1))));
                }
            }
        }
        2 | 3 => replace(chars, |c, out| out.extend(std::iter::once(c).nfd())),
        4 => replace(chars, |c, out| {
            let wide = c.to_digit(10).filter(|_| c.is_ascii_digit()).and_then(|d| char::from_u32(0xFF10 + d));
            out.push(wide.unwrap_or(c));
        }),
        _ => {
            let all = std::mem::take(chars);
            for (c, entity) in all {
                match (chars.last().copied(), c) {
                    (Some(('f', e)), 'i') if e == entity => ligature(chars, 'ﬁ'),
                    (Some(('f', e)), 'l') if e == entity => ligature(chars, 'ﬂ'),
                    _ => chars.push((c, entity)),
                }
            }
        }
    }
}

fn ligature(chars: &mut [Char], c: char) {
    if let Some(last) = chars.last_mut() {
        last.0 = c;
    }
}
