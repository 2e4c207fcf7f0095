use super::builder::Marked;
use super::rng::Rand;

/// Shares of documents or characters that a transform strikes.
#[derive(Debug, Clone, PartialEq)]
pub struct NoiseRates {
    /// Documents wholly in lower case.
    pub lower: f64,
    /// Documents wholly in capitals.
    pub upper: f64,
    /// Documents wrapped at a fixed width.
    pub wrap: f64,
    /// Documents with CRLF line ends.
    pub crlf: f64,
    /// Documents with typing errors, and how many of their letters have one.
    pub typos: (f64, f64),
    /// Documents that look like poor character recognition, and how many of their characters are wrong.
    pub ocr: (f64, f64),
    /// Documents that lose some punctuation or gain spaces.
    pub spacing: f64,
    /// Documents with typographic quotes, dashes and no-break spaces.
    pub unicode: f64,
}

impl Default for NoiseRates {
    fn default() -> Self {
        Self { lower: 0.1, upper: 0.08, wrap: 0.25, crlf: 0.06, typos: (0.12, 0.01), ocr: (0.03, 0.015), spacing: 0.12, unicode: 0.08 }
    }
}

type Char = (char, Option<usize>);

/// Spoils a text as notes are spoilt, annotations following.
pub(crate) fn spoil(marked: &mut Marked, rates: &NoiseRates, rand: &mut Rand) {
    if rand.chance(rates.typos.0) {
        typos(&mut marked.chars, rates.typos.1, rand);
    }
    if rand.chance(rates.ocr.0) {
        confuse(&mut marked.chars, rates.ocr.1, rand);
    }
    if rand.chance(rates.spacing) {
        respace(&mut marked.chars, rand);
    }
    let case = rand.unit();
    if case < rates.lower {
        recase(&mut marked.chars, |c| c.to_lowercase().collect());
    } else if case < rates.lower + rates.upper {
        recase(&mut marked.chars, |c| c.to_uppercase().collect());
    }
    if rand.chance(rates.unicode) {
        typeset(&mut marked.chars, rand);
    }
    if rand.chance(rates.wrap) {
        let width = rand.range(50, 100) as usize;
        wrap(&mut marked.chars, width);
    }
    if rand.chance(rates.crlf) {
        expand(&mut marked.chars, |c| if c == '\n' { vec!['\r', '\n'] } else { vec![c] });
    }
}

fn expand(chars: &mut Vec<Char>, f: impl Fn(char) -> Vec<char>) {
    *chars = chars.iter().flat_map(|&(c, entity)| f(c).into_iter().map(move |c| (c, entity))).collect();
}

fn recase(chars: &mut Vec<Char>, f: impl Fn(char) -> Vec<char>) {
    expand(chars, f);
}

/// Swapped, dropped, doubled and neighbouring letters.
fn typos(chars: &mut Vec<Char>, rate: f64, rand: &mut Rand) {
    let mut out: Vec<Char> = Vec::with_capacity(chars.len());
    for &(c, entity) in chars.iter() {
        // A digit is left alone: a number with another digit count may be another type.
        if !c.is_ascii_alphabetic() || !rand.chance(rate) {
            out.push((c, entity));
            continue;
        }
        match rand.below(4) {
            0 => {}
            1 => out.extend([(c, entity), (c, entity)]),
            2 => out.push((neighbour(c, rand), entity)),
            _ => match out.pop() {
                Some(last) if last.1 == entity && last.0.is_alphabetic() => out.extend([(c, entity), last]),
                Some(last) => out.extend([last, (c, entity)]),
                None => out.push((c, entity)),
            },
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

/// Characters that scanners take for one another.
fn confuse(chars: &mut Vec<Char>, rate: f64, rand: &mut Rand) {
    let pairs = [
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
    ];
    for (c, _) in chars.iter_mut() {
        if let Some(&(_, wrong)) = pairs.iter().find(|(right, _)| right == c)
            && rand.chance(rate * 4.0)
        {
            *c = wrong;
        }
    }
    let mut out = Vec::with_capacity(chars.len());
    for &(c, entity) in chars.iter() {
        match c {
            'm' if rand.chance(rate) => out.extend([('r', entity), ('n', entity)]),
            ' ' if rand.chance(rate / 4.0) => {}
            _ => out.push((c, entity)),
        }
    }
    *chars = out;
}

/// Lost full stops and commas, doubled spaces.
fn respace(chars: &mut Vec<Char>, rand: &mut Rand) {
    let (lose, double) = (rand.unit() * 0.3, rand.unit() * 0.2);
    let mut out = Vec::with_capacity(chars.len());
    for (i, &(c, entity)) in chars.iter().enumerate() {
        let before_space = chars.get(i + 1).is_some_and(|(next, _)| next.is_whitespace());
        match c {
            '.' | ',' if entity.is_none() && before_space && rand.chance(lose) => {}
            ' ' if rand.chance(double) => out.extend([(c, entity), (c, entity)]),
            _ => out.push((c, entity)),
        }
    }
    *chars = out;
}

/// What word processors make of plain quotes, hyphens and spaces.
fn typeset(chars: &mut [Char], rand: &mut Rand) {
    let (quotes, dashes, spaces) = (rand.chance(0.7), rand.chance(0.5), rand.chance(0.5));
    for (c, _) in chars {
        match *c {
            '\'' if quotes => *c = '’',
            '"' if quotes => *c = '“',
            '-' if dashes && rand.chance(0.5) => *c = '–',
            ' ' if spaces && rand.chance(0.1) => *c = '\u{a0}',
            _ => {}
        }
    }
}

/// Breaks lines before they are longer than `width`, in entities too.
fn wrap(chars: &mut [Char], width: usize) {
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

#[cfg(test)]
mod tests {
    use super::super::builder::Builder;
    use super::*;
    use crate::labels::EntityType;

    #[test]
    fn annotations_follow_every_transform() {
        let all =
            NoiseRates { lower: 0.3, upper: 0.3, wrap: 1.0, crlf: 1.0, typos: (1.0, 0.05), ocr: (1.0, 0.05), spacing: 1.0, unicode: 1.0 };
        for i in 0..200 {
            let mut b = Builder::default();
            for _ in 0..9 {
                b.text("seen by 👩🏽‍⚕️ Dr. ").entity(EntityType::Doctor, "Zoë O'Brien-Nuñez").text(", e\u{301} ");
                b.entity(EntityType::City, "Łódź").entity(EntityType::Zip, "90-001");
            }
            let mut marked = b.into_marked();
            spoil(&mut marked, &all, &mut Rand::keyed(7, "noise", i));
            let d = marked.into_document("t".into());
            assert_eq!(d.annotations.len(), 27);
            for (n, a) in d.annotations.iter().enumerate() {
                let slice = a.span.slice(&d.text).unwrap();
                assert!(!slice.is_empty() && slice.trim() == slice);
                assert_eq!(a.entity_type, [EntityType::Doctor, EntityType::City, EntityType::Zip][n % 3]);
            }
        }
    }
}
