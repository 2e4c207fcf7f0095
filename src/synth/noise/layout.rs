use super::{Char, between};
use crate::random::Rand;

/// Doubled spaces, lost and gained blank lines, spaces at line ends, an indent.
pub(super) fn respace(chars: &mut Vec<Char>, rand: &mut Rand) {
    let (double, trailing, blank) = (rand.unit() * 0.2, rand.of([0.0, 0.0, 0.3]), rand.of([0.0, 0.0, 0.3, 1.0]));
    let lose_blank = rand.chance(0.3);
    let indent = rand.of([0, 0, 0, 2, 4, 8]);
    let mut out: Vec<Char> = Vec::with_capacity(chars.len());
    for &(c, entity) in chars.iter() {
        match c {
            ' ' if rand.chance(double) => out.extend([(c, entity), (c, entity)]),
            '\n' if entity.is_none() => {
                if lose_blank && out.last().is_some_and(|(last, _)| *last == '\n') {
                    continue;
                }
                if rand.chance(trailing) {
                    out.push((' ', None));
                }
                out.push((c, None));
                if !lose_blank && rand.chance(blank) {
                    out.push(('\n', None));
                }
                out.extend((0..indent).map(|_| (' ', None)));
            }
            _ => out.push((c, entity)),
        }
    }
    *chars = out;
}

/// Labels and values apart by tabs or runs of spaces.
pub(super) fn columns(chars: &mut Vec<Char>, rand: &mut Rand) {
    let tab = rand.chance(0.5);
    let bare = rand.chance(0.3);
    let stop = rand.of([8, 16, 20, 24]);
    let mut out: Vec<Char> = Vec::with_capacity(chars.len());
    let mut line = 0;
    for &(c, entity) in chars.iter() {
        let after_label = entity.is_none() && c == ' ' && out.len() - line < 30 && out.last().is_some_and(|(last, _)| *last == ':');
        if after_label {
            if bare {
                out.pop();
            }
            let fill = if tab { 1 } else { stop - (out.len() - line) % stop };
            out.extend((0..fill).map(|_| (if tab { '\t' } else { ' ' }, None)));
        } else {
            out.push((c, entity));
        }
        if c == '\n' {
            line = out.len();
        }
    }
    *chars = out;
}

/// Lines as items of a list.
pub(super) fn bullets(chars: &mut Vec<Char>, rand: &mut Rand) {
    let sign = rand.of(["- ", "* ", "• ", "-", "o ", "» ", "+ ", "#", "1", "a"]);
    let share = rand.of([0.4, 1.0]);
    let mut number = 0;
    at_line_starts(chars, false, |rest| {
        if rest.first().is_none_or(|(c, _)| c.is_whitespace() || matches!(c, '-' | '*' | '•')) || !rand.chance(share) {
            return String::new();
        }
        number += 1;
        match sign {
            "1" => format!("{number}. "),
            "a" => format!("({}) ", char::from(b'a' + ((number - 1) % 26) as u8)),
            "#" => format!("#{number} "),
            sign => sign.to_string(),
        }
    });
}

/// Lines quoted in an answer, once or twice, sometimes below the line that says whose they are.
pub(super) fn quote(chars: &mut Vec<Char>, rand: &mut Rand) {
    let sign = rand.of(["> ", "> ", ">", ">> ", "> > ", "| "]);
    at_line_starts(chars, true, |_| sign.to_string());
}

/// Puts what `sign` says before lines; before lines that begin inside an entity too, if `within`.
fn at_line_starts(chars: &mut Vec<Char>, within: bool, mut sign: impl FnMut(&[Char]) -> String) {
    let all = std::mem::take(chars);
    for (at, &(c, entity)) in all.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|i| all.get(i));
        let joined = between(before, all.get(at));
        if before.is_none_or(|(b, _)| *b == '\n') && (within || joined.is_none()) {
            let text = sign(&all[at..]);
            chars.extend(text.chars().map(|s| (s, joined)));
        }
        chars.push((c, entity));
    }
}

/// Breaks lines before they are longer than `width`, in entities too.
pub(super) fn wrap(chars: &mut [Char], width: usize) {
    let (mut line_start, mut last_space) = (0, None);
    for i in 0..chars.len() {
        match chars[i].0 {
            '\n' => (line_start, last_space) = (i + 1, None),
            ' ' => last_space = Some(i),
            _ => {}
        }
        if i - line_start.min(i) >= width
            && let Some(space) = last_space.take()
        {
            chars[space].0 = '\n';
            line_start = space + 1;
        }
    }
}

/// Cuts long words at the end of a line with a hyphen, as typewriters and some printers do.
pub(super) fn hyphenate(chars: &mut Vec<Char>, width: usize) {
    let all = std::mem::take(chars);
    let mut column = 0;
    for (at, &(c, entity)) in all.iter().enumerate() {
        let letters =
            |range: std::ops::Range<usize>| all.get(range).is_some_and(|part| part.iter().all(|(l, e)| l.is_alphabetic() && *e == entity));
        if column >= width && at >= 3 && letters(at - 3..at) && letters(at..at + 3) {
            let joined = between(all.get(at - 1), all.get(at));
            chars.extend([('-', joined), ('\n', joined)]);
            column = 0;
        } else if column >= width && c == ' ' {
            chars.push(('\n', entity));
            column = 0;
            continue;
        }
        chars.push((c, entity));
        column = if c == '\n' { 0 } else { column + 1 };
    }
}
