//! One date, one entity: what stands in a row is taken apart, and a date that was cut is put together, as the i2b2 guideline counts them.

use super::Entity;
use crate::labels::EntityType::Date;
use crate::text::Span;

/// Weekdays in English as they are written out and shortened, in lower case.
const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mondays",
    "tuesdays",
    "wednesdays",
    "thursdays",
    "fridays",
    "saturdays",
    "sundays",
    "mon",
    "tue",
    "tues",
    "wed",
    "weds",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
];

/// Takes apart lists of weekdays ("Mon, Wed, Fri"), ranges ("3/28/2018–5/26/2018") and stamps with a time (the date of `20231208141233`);
/// joins a year to the day before it ("Valentine's Day , 1990"). `entities` are sorted and do not overlap, before and after.
pub fn part_dates(text: &str, entities: &mut Vec<Entity>) {
    let mut out: Vec<Entity> = Vec::with_capacity(entities.len());
    for entity in entities.drain(..) {
        if entity.entity_type != Date {
            out.push(entity);
            continue;
        }
        if let Some(last) = out.last_mut().filter(|last| last.entity_type == Date && is_year_of(text, last.span, entity.span)) {
            last.span = last.span.union(entity.span);
            continue;
        }
        out.extend(parts(text, entity.span).into_iter().map(|span| Entity { span, ..entity }));
    }
    *entities = out;
}

/// Whether `second` is the year of the day or month `first`: nothing but a comma stands between.
fn is_year_of(text: &str, first: Span, second: Span) -> bool {
    let gap = text.get(first.end..second.start).unwrap_or("?");
    let between = gap.len() < 4 && gap.contains(',') && gap.chars().all(|c| c == ',' || c == ' ');
    let (first, second) = (first.slice(text).unwrap_or(""), second.slice(text).unwrap_or(""));
    between && is_year(second) && first.chars().any(char::is_alphabetic) && !first.split(|c: char| !c.is_ascii_digit()).any(is_year)
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && word.bytes().all(|b| b.is_ascii_digit())
}

fn parts(text: &str, span: Span) -> Vec<Span> {
    let slice = span.slice(text).unwrap_or("");
    let at = |range: std::ops::Range<usize>| Span::new(span.start + range.start, span.start + range.end);
    if matches!(slice.len(), 12 | 14) && slice.bytes().all(|b| b.is_ascii_digit()) && is_year(&slice[..4]) {
        return vec![at(0..8)];
    }
    let words = words(slice);
    if words.len() > 1 && words.iter().all(|word| WEEKDAYS.contains(&slice[word.clone()].to_lowercase().as_str())) {
        return words.into_iter().map(at).collect();
    }
    for (dash, _) in slice.match_indices(['-', '–', '—']) {
        let after = dash + slice[dash..].chars().next().map_or(1, char::len_utf8);
        let (left, right) = (slice[..dash].trim_end(), slice[after..].trim_start());
        if is_figures(left) && is_figures(right) {
            return vec![at(0..left.len()), at(slice.len() - right.len()..slice.len())];
        }
    }
    vec![span]
}

/// The runs of letters, if white space and list marks alone stand between them.
fn words(slice: &str) -> Vec<std::ops::Range<usize>> {
    let mut words: Vec<std::ops::Range<usize>> = Vec::new();
    for (i, c) in slice.char_indices() {
        match words.last_mut().filter(|word| word.end == i) {
            Some(word) if c.is_alphabetic() => word.end += c.len_utf8(),
            _ if c.is_alphabetic() => words.push(i..i + c.len_utf8()),
            _ if matches!(c, ' ' | ',' | '/' | '&' | '-' | '–' | '.') => {}
            _ => return Vec::new(),
        }
    }
    words
}

/// Whether this is a date in figures with a mark of its own between them: "3/28/2018", "4.5.", "4/5"; then a dash is none of its marks.
fn is_figures(part: &str) -> bool {
    // A longer one is none, and need not be cut to see it.
    if part.len() > 32 {
        return false;
    }
    let figures: Vec<&str> = part.trim_end_matches('.').split(['/', '.']).collect();
    (2..4).contains(&figures.len()) && figures.iter().all(|f| (1..5).contains(&f.len()) && f.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tags::Source;

    fn parted(text: &str, marked: &[&str]) -> Vec<String> {
        let mut from = 0;
        let entity = |part: &&str| {
            let start = from + text[from..].find(part).unwrap();
            from = start + part.len();
            Entity { span: Span::new(start, from), entity_type: Date, score: 0.9, source: Source::Model }
        };
        let mut entities: Vec<Entity> = marked.iter().map(entity).collect();
        part_dates(text, &mut entities);
        entities.iter().map(|e| e.span.slice(text).unwrap().to_string()).collect()
    }

    #[test]
    fn rows_are_taken_apart() {
        assert_eq!(parted("works Mon, Wed & Fri only", &["Mon, Wed & Fri"]), ["Mon", "Wed", "Fri"]);
        assert_eq!(parted("seen 3/28/2018–5/26/2018", &["3/28/2018–5/26/2018"]), ["3/28/2018", "5/26/2018"]);
        assert_eq!(parted("seen 4/5 - 4/7", &["4/5 - 4/7"]), ["4/5", "4/7"]);
        assert_eq!(parted("EVN|20231208141233|", &["20231208141233"]), ["20231208"]);
    }

    #[test]
    fn one_date_stays_one() {
        for date in ["Tuesday, May 4", "2018-03-28", "3-28-2018", "12/03", "spring of 2004", "Mon 12/3", "1990s", "23.4.–", "20231208"] {
            assert_eq!(parted(&format!("on {date} at"), &[date]), [date]);
        }
    }

    #[test]
    fn a_year_joins_its_day() {
        assert_eq!(parted("died on VALENTINE'S DAY , 1990 .", &["VALENTINE'S DAY", "1990"]), ["VALENTINE'S DAY , 1990"]);
        assert_eq!(parted("in May 2001, 2003 and 2004", &["May 2001", "2003", "2004"]), ["May 2001", "2003", "2004"]);
        assert_eq!(parted("5/6, 1990", &["5/6", "1990"]), ["5/6", "1990"]);
    }
}
