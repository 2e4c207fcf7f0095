//! Styles of dates. `%o` is the day with its ordinal ending; a leading `^` puts the whole in capitals; `the ` stays outside the entity.

/// A document's numeric style: whole dates, and the month and day that go with them.
pub(super) struct Numeric {
    pub(super) whole: &'static str,
    pub(super) month_day: &'static str,
}

const fn n(whole: &'static str, month_day: &'static str) -> Numeric {
    Numeric { whole, month_day }
}

/// Where the month comes first.
pub(super) const MONTH_FIRST: [Numeric; 24] = [
    n("%m/%d/%Y", "%m/%d"),
    n("%m/%d/%Y", "%-m/%-d"),
    n("%m/%d/%y", "%m/%d"),
    n("%m/%d/%y", "%-m/%-d"),
    n("%-m/%-d/%y", "%-m/%-d"),
    n("%-m/%-d/%y", "%-m/%-d"),
    n("%-m/%-d/%Y", "%-m/%-d"),
    n("%-m/%-d/%Y", "%-m/%-d"),
    n("%Y-%m-%d", "%m-%d"),
    n("%Y-%m-%d", "%m/%d"),
    n("%m-%d-%Y", "%m-%d"),
    n("%m-%d-%y", "%m-%d"),
    n("%-m-%-d-%y", "%-m-%-d"),
    n("%-m-%-d-%Y", "%-m-%-d"),
    n("%m.%d.%Y", "%m.%d"),
    n("%-m.%-d.%y", "%-m.%-d"),
    n("%d-%b-%Y", "%d-%b"),
    n("%d %b %Y", "%d %b"),
    n("%b %-d %Y", "%b %-d"),
    n("%Y/%m/%d", "%m/%d"),
    n("%Y %b %d", "%b %d"),
    n("^%d%b%y", "^%d%b"),
    n("^%d-%b-%Y", "^%d-%b"),
    n("%b-%d-%Y", "%b-%d"),
];

/// Where the day comes first.
pub(super) const DAY_FIRST: [Numeric; 24] = [
    n("%d/%m/%Y", "%d/%m"),
    n("%d/%m/%Y", "%-d/%-m"),
    n("%d/%m/%Y", "%d/%m"),
    n("%d/%m/%y", "%d/%m"),
    n("%d/%m/%y", "%-d/%-m"),
    n("%-d/%-m/%y", "%-d/%-m"),
    n("%-d/%-m/%y", "%-d/%-m"),
    n("%-d/%-m/%Y", "%-d/%-m"),
    n("%d.%m.%Y", "%d.%m"),
    n("%d.%m.%y", "%d.%m"),
    n("%-d.%-m.%y", "%-d.%-m"),
    n("%-d.%-m.%Y", "%-d.%-m"),
    n("%d-%m-%Y", "%d-%m"),
    n("%d-%m-%y", "%d-%m"),
    n("%d-%b-%Y", "%d-%b"),
    n("%d-%b-%y", "%d-%b"),
    n("^%d-%b-%Y", "^%d-%b"),
    n("%d %b %Y", "%d %b"),
    n("%-d %b %y", "%-d %b"),
    n("%d/%b/%Y", "%d/%b"),
    n("%d%b%Y", "%d%b"),
    n("^%d%b%y", "^%d%b"),
    n("%Y-%m-%d", "%d/%m"),
    n("%Y/%m/%d", "%m/%d"),
];

/// Whole dates in words, month first.
pub(super) const WORDS_MONTH_FIRST: [&str; 14] = [
    "%B %-d, %Y",
    "%B %-d, %Y",
    "%B %-d, %Y",
    "%b %-d, %Y",
    "%B %-d %Y",
    "%b. %-d, %Y",
    "%B %o, %Y",
    "%b %o, %Y",
    "%A, %B %-d, %Y",
    "%a, %b %-d, %Y",
    "%a %b %-d %Y",
    "%b %-d, '%y",
    "%A %B %o, %Y",
    "the %o of %B, %Y",
];

/// Whole dates in words, day first.
pub(super) const WORDS_DAY_FIRST: [&str; 14] = [
    "%-d %B %Y",
    "%-d %B %Y",
    "%-d %B %Y",
    "%o %B %Y",
    "%o %B %Y",
    "%d %B %Y",
    "%-d %b %Y",
    "%o %b %Y",
    "%A %-d %B %Y",
    "%A, %o %B %Y",
    "%a %-d %b %Y",
    "%o of %B %Y",
    "the %o of %B %Y",
    "%-d %B, %Y",
];

/// Month and day, month first.
pub(super) const MONTH_DAY_WORDS: [&str; 10] =
    ["%B %-d", "%B %-d", "%b %-d", "%b. %-d", "%b %o", "%B %o", "%A, %B %-d", "%a %b %-d", "%A %B %o", "the %o of %B"];

/// Month and day, day first.
pub(super) const DAY_MONTH_WORDS: [&str; 10] =
    ["%-d %B", "%-d %B", "%-d %b", "%o %B", "%o of %B", "%o %b", "%A %-d %B", "%a %-d %b", "%A %o %B", "the %o of %B"];

/// Month and year.
pub(super) const MONTH_YEAR: [&str; 16] = [
    "%B %Y", "%B %Y", "%B %Y", "%B of %Y", "%b %Y", "%b %Y", "%m/%Y", "%-m/%Y", "%-m/%y", "%m/%y", "%B, %Y", "%b-%y", "%b-%Y", "%B '%y",
    "%b '%y", "%b. %Y",
];

/// Whether dates of the country start with the month.
pub(super) fn month_first(country: &str) -> bool {
    matches!(country, "US" | "PH" | "CA")
}
