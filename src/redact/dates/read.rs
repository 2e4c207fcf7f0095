//! From text to fields. A format is a regex whose groups are the fields; the first that fits the whole text with values that can be is taken.

use super::fields::{Field, Form, Kind, Order, Piece, Reading};
use super::words;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// No date, range or list that can be read is longer, in bytes.
const MAX_LEN: usize = 80;
/// Dates in one entity.
const MAX_PIECES: usize = 4;
/// The years that are taken for years.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2299;

/// Formats in the order they are tried. Groups: `y` year, `m` month's name, `n` month's number, `d` day, `o` its suffix, `a` and `b` month
/// and day in either order, `s` and `t` the marks between them, which must be the same.
const FORMATS: [(Form, &str); 22] = [
    (Form::YearFirst, r"{Y}(?<s>{sep}){a}(?<t>{sep}){b}"),
    (Form::Numeric, r"{a}(?<s>{sep}){b}(?<t>{sep}){yy}"),
    (Form::Numeric, r"{a}{sep}{b}"),
    (Form::Numeric, r"{n}{sep}{yy}"),
    (Form::YearFirst, r"{Y}{sep}{n}"),
    (Form::Compact, r"{Y}(?<a>[0-9]{2})(?<b>[0-9]{2})(?:[0-9]{4}(?:[0-9]{2})?)?"),
    (Form::Compact, r"(?<a>[0-9]{2})(?<b>[0-9]{2}){Y}"),
    (Form::Compact, r"{Y}(?<n>[0-9]{2})"),
    (Form::Compact, r"(?<a>[0-9]{2})(?<b>[0-9]{2})(?<y>[0-9]{2})"),
    (Form::Named, r"{m}(?<s>{gap})(?:the\s+)?{d}(?:(?<t>[\s,]+(?:of\s+)?|{sep}){yy})?"),
    (Form::Named, r"{m}{gap}{d}[\s,]*{'}(?<y>[0-9]{2})"),
    (Form::Named, r"{d}(?:\s+day)?{gap}(?:(?:of|de)\s+)?{m}(?:{gap}(?:(?:of|del?)\s+)?{yy})?"),
    (Form::Named, r"{m}{gap}(?:(?:of|del?)\s+)?{yy}"),
    (Form::Named, r"{Y}{gap}{m}(?:{gap}{d})?"),
    (Form::Named, r"{m}"),
    (Form::Named, r"{d}"),
    (Form::Named, r"{d}(?:\s*,\s*|\s+){Y}"),
    (Form::Named, r"{Y}"),
    (Form::Named, r"{'}(?<y>[0-9]{2})"),
    // Years before days and months, where those cannot be: "96-02-28" after the formats that would have it otherwise.
    (Form::YearFirst, r"(?<y>[0-9]{2})(?<s>{sep}){a}(?<t>{sep}){b}"),
    (Form::Compact, r"(?<y>[0-9]{2})(?<a>[0-9]{2})(?<b>[0-9]{2})"),
    (Form::Compact, r"(?<a>[0-9]{2})(?<b>[0-9]{2})"),
];

static COMPILED: LazyLock<Vec<(Form, Regex)>> = LazyLock::new(|| {
    const WEEKDAY: &str = r"(?:(?<w>{weekdays})(?:[.,]+\s*|\s+))?(?:the\s+)?";
    const TIME: &str = concat!(
        r"(?:(?:T|,?\s+(?:at\s+)?|\s*@\s*)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:\s?[ap]\.?m\.?)?(?:Z|\s?[+-][0-9]{2}:?[0-9]{2})?",
        r"|T[0-9]{4}(?:[0-9]{2})?Z?)?"
    );
    let full = |format: &str| {
        let pattern = format!(r"(?i)^\s*{WEEKDAY}(?:{format}){TIME}[\s.,]*$")
            .replace("{yy}", "{'}?(?<y>[0-9]{4}|[0-9]{2})")
            .replace("{Y}", "(?<y>[0-9]{4})")
            .replace("{a}", "(?<a>[0-9]{1,2})")
            .replace("{b}", "(?<b>[0-9]{1,2})")
            .replace("{n}", "(?<n>[0-9]{1,2})")
            .replace("{d}", r"(?<d>[0-9]{1,2})(?:\s?(?<o>st|nd|rd|th))?")
            .replace("{m}", r"(?<m>{months})\.?")
            .replace("{gap}", r"(?:[\s,]*|{sep})")
            .replace("{sep}", r"\s?[-‐‑‒–—−/.]\s?")
            .replace("{'}", "['’‘ʼ`]")
            .replace("{months}", &words::months())
            .replace("{weekdays}", &words::weekdays());
        regex(&pattern)
    };
    let weekday = r"(?i)^\s*(?<w>{weekdays})(?:['’]?s)?[\s.,]*$".replace("{weekdays}", &words::weekdays());
    FORMATS.iter().map(|&(form, format)| (form, full(format))).chain([(Form::Named, regex(&weekday))]).collect()
});

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant, valid pattern")
}

/// Reads a date, a range or a list of dates. `None` where any part of it cannot be read.
pub(in crate::redact) fn read(text: &str) -> Option<Reading<'_>> {
    if text.len() > MAX_LEN {
        return None;
    }
    pieces(text, 0, MAX_PIECES).map(|pieces| Reading { text, pieces })
}

/// A two-digit year in full: 00 to 29 are of the 2000s, 30 to 99 of the 1900s. Shifted dates do not depend on the century, but for the
/// leap years at its turn.
pub(in crate::redact) fn full_year(two_digits: i16) -> i16 {
    two_digits + if two_digits < 30 { 2000 } else { 1900 }
}

/// The dates in `text`, which begins `base` bytes into the entity.
fn pieces(text: &str, base: usize, most: usize) -> Option<Vec<Piece>> {
    static JOINT: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)\s*[-‐‑‒–—−/,&;]\s*|\s+(?:to|through|thru|until|till|and|or)\s+"));
    if let Some(piece) = COMPILED.iter().find_map(|(form, regex)| piece(*form, &regex.captures(text)?, base)) {
        return Some(vec![piece]);
    }
    if most < 2 {
        return None;
    }
    let mut best: Option<Vec<Piece>> = None;
    for joint in JOINT.find_iter(text) {
        let Some(left) = text.get(..joint.start()).and_then(|left| pieces(left, base, 1)).and_then(|mut left| left.pop()) else { continue };
        // A slash between numbers is within a date.
        if joint.as_str().contains('/')
            && !matches!(left.fields.as_slice(), [Field { kind: Kind::Weekday(_) | Kind::MonthName(_) | Kind::Year, .. }])
        {
            continue;
        }
        let Some(right) = text.get(joint.end()..) else { continue };
        let start = base + joint.end();
        let Some(right) = second_year(&left, right, start).or_else(|| pieces(right, start, most - 1)) else { continue };
        // "3/14-3/17" can be split in more than one place: into the fewest dates, and those of one form.
        let rank = |right: &[Piece], left: &Piece| (right.len(), right.first().is_none_or(|next| next.fields.len() != left.fields.len()));
        let better = best.as_ref().and_then(|best| best.split_first()).is_none_or(|(l, r)| rank(&right, &left) < rank(r, l));
        if better && right.first().is_some_and(|next| as_fine(&left, next)) {
            best = Some(std::iter::once(left).chain(right).collect());
        }
    }
    best
}

/// Whether both are days, both months or both years, as the ends of a range are. "02-30" and "2024" are not one. Weekdays go with all.
fn as_fine(left: &Piece, right: &Piece) -> bool {
    let fineness = |piece: &Piece| match (piece.day(), piece.month(), piece.year()) {
        (Some(_), ..) => Some(Kind::Day),
        (_, Some(_), _) => Some(Kind::Month),
        (.., Some(_)) => Some(Kind::Year),
        _ => None,
    };
    fineness(left).is_none() || fineness(right).is_none() || fineness(left) == fineness(right)
}

/// The "20" of "2019-20".
fn second_year(left: &Piece, right: &str, start: usize) -> Option<Vec<Piece>> {
    let [Field { kind: Kind::Year, at, value }] = left.fields.as_slice() else { return None };
    let digits = right.len() == 2 && right.bytes().all(|b| b.is_ascii_digit());
    let year = value - value % 100 + right.parse::<i16>().ok()?;
    let fields = vec![Field { kind: Kind::Year, at: start..start + 2, value: year }];
    (digits && at.len() == 4 && year > *value).then(|| vec![Piece { fields, ..left.clone() }])
}

/// The fields that a format has found, if they can be those of a date.
fn piece(mut form: Form, found: &Captures<'_>, base: usize) -> Option<Piece> {
    let mut fields = Vec::with_capacity(4);
    let mut add = |group: &str, kind: Kind, value: i16| {
        fields.extend(found.name(group).map(|m| Field { kind, at: base + m.start()..base + m.end(), value }));
    };
    let number = |group: &str| found.name(group).map(|m| m.as_str().parse::<i16>().ok()).map_or(Some(None), |n| n.map(Some));
    let mut month = None;
    let mut order = Order::Fixed;
    if let Some(m) = found.name("w") {
        let (row, day) = words::weekday(m.as_str())?;
        add("w", Kind::Weekday(row), day);
    }
    if let Some(m) = found.name("y") {
        let year = m.as_str().parse().ok()?;
        let year = if m.len() == 2 { full_year(year) } else { year };
        if !YEARS.contains(&year) {
            return None;
        }
        add("y", Kind::Year, year);
    }
    if let Some(m) = found.name("m") {
        let (row, value) = words::month(m.as_str())?;
        month = Some(value);
        let (before, after) = found.get(0)?.as_str().split_at_checked(m.start()).and_then(|(b, a)| Some((b, a.get(m.len()..)?)))?;
        let joins = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && !matches!(c, ',' | '.'));
        if joins(before.chars().next_back()) || joins(after.chars().next()) {
            form = Form::Joined;
        }
        // "May" is in full and an abbreviation: the latter with a full stop, or in 14-May-24.
        let short = value == 5 && row == words::LONG && (form == Form::Joined || after.starts_with('.'));
        add("m", Kind::MonthName(if short { words::SHORT } else { row }), value);
    }
    if let Some(value) = number("n")? {
        if !(1..=12).contains(&value) {
            return None;
        }
        add("n", Kind::Month, value);
    }
    if let Some(value) = number("d")? {
        if !fits(month.unwrap_or(1), value) {
            return None;
        }
        add("d", Kind::Day, value);
        add("o", Kind::Suffix, 0);
    }
    // "3/14-17" and "March 14-17" are two days; "March 14-2017" is one.
    if let (Some(s), Some(t)) = (found.name("s"), found.name("t"))
        && mark(s.as_str()) != mark(t.as_str())
        && (month.is_none() || found.name("y").is_some_and(|year| year.len() == 2))
    {
        return None;
    }
    if let (Some(a), Some(b)) = (number("a")?, number("b")?) {
        order = match (fits(a, b), fits(b, a)) {
            (true, true) => Order::Either,
            (true, false) => Order::MonthFirst,
            (false, true) => Order::DayFirst,
            (false, false) => return None,
        };
        let (first, second) = if order == Order::DayFirst { (Kind::Day, Kind::Month) } else { (Kind::Month, Kind::Day) };
        add("a", first, a);
        add("b", second, b);
        // 2024-03-04 has the month first everywhere.
        if found.name("y").is_some_and(|year| year.start() < found.name("a").map_or(0, |a| a.start())) {
            order = Order::Fixed;
        }
    }
    fields.sort_unstable_by_key(|field| field.at.start);
    Some(Piece { form, order, fields })
}

/// Whether `month` has a `day` in some year.
fn fits(month: i16, day: i16) -> bool {
    let days = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// The mark in a separator: all dashes are one, and so are blanks, commas and words.
fn mark(separator: &str) -> char {
    match separator.trim().chars().next() {
        Some(mark @ ('/' | '.')) => mark,
        None | Some(',') => ' ',
        Some(letter) if letter.is_alphabetic() => ' ',
        Some(_) => '-',
    }
}
