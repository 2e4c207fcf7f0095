//! The days of a document and the ways in which they are written.

mod holidays;
mod styles;

use crate::random::Rand;
use holidays::HOLIDAYS;
use jiff::ToSpan;
use jiff::civil::Date;
use styles::{DAY_FIRST, DAY_MONTH_WORDS, MONTH_DAY_WORDS, MONTH_FIRST, MONTH_YEAR, Numeric, WORDS_DAY_FIRST, WORDS_MONTH_FIRST};

/// The dates of one document: around one day, mostly in one style.
#[derive(Debug, Clone)]
pub(crate) struct Dates {
    pub(crate) today: Date,
    pub(crate) birth: Date,
    country: String,
    month_first: bool,
    style: usize,
}

impl Dates {
    /// The days of a document about somebody of `age`, written in `country`.
    pub(crate) fn new(age: i64, country: &str, rand: &mut Rand) -> Self {
        // Recent years mostly: older notes have older names for things.
        let span = if rand.chance(0.6) { 365 * 12 } else { 365 * 45 };
        let today = Date::constant(2026, 10, 1).saturating_sub(rand.range(0, span).days());
        let birth = today.saturating_sub(age.years()).saturating_sub(rand.range(1, 363).days());
        // Here and there somebody writes as another country does.
        let month_first = if rand.chance(0.04) { !styles::month_first(country) } else { styles::month_first(country) };
        Self { today, birth, country: country.into(), month_first, style: rand.below(MONTH_FIRST.len()) }
    }

    /// A date in words or figures. A leading "the" or "early" is no part of the name and comes back apart.
    pub(crate) fn format(&self, variant: &str, rand: &mut Rand) -> (&'static str, String) {
        let past = self.today.saturating_sub(rand.range(200, 365 * 25).days()).max(self.birth);
        let date = match variant {
            "dob" => self.birth,
            "year" | "season" | "vague" => past,
            "my" if rand.chance(0.5) => past,
            _ => self.near(rand),
        };
        self.write(date, variant, rand)
    }

    /// The day `offset_days` after (before, if negative) the document's own, in a variant.
    pub(crate) fn on(&self, offset_days: i64, variant: &str, rand: &mut Rand) -> (&'static str, String) {
        self.write(self.today.saturating_add(offset_days.days()), variant, rand)
    }

    fn write(&self, date: Date, variant: &str, rand: &mut Rand) -> (&'static str, String) {
        let whole_words = if self.month_first { &WORDS_MONTH_FIRST } else { &WORDS_DAY_FIRST };
        let day_words = if self.month_first { &MONTH_DAY_WORDS } else { &DAY_MONTH_WORDS };
        let one = |list: &[&'static str], rand: &mut Rand| list.get(rand.below(list.len())).copied().unwrap_or("%Y-%m-%d");
        let style = match variant {
            "num" => self.numeric(rand).whole,
            "dob" => match rand.below(20) {
                0 => "%Y",
                1 | 2 => one(whole_words, rand),
                _ => self.numeric(rand).whole,
            },
            "long" => one(whole_words, rand),
            "year" => rand.of(["%Y", "%Y", "%Y", "%Y", "%Y", "%Y", "%Y", "%Y", "%Y", "%Y", "%Y", "'%y"]),
            "my" => one(&MONTH_YEAR, rand),
            "md" => match rand.below(10) {
                0..5 => self.numeric(rand).month_day,
                5 => {
                    let (before, text) = self.write(date, "mdnum", rand);
                    return (before, format!("{} {text}", date.strftime(rand.of(["%a", "%a", "%A", "%a,"]))));
                }
                _ => one(day_words, rand),
            },
            "mdnum" => self.numeric(rand).month_day,
            "day" => "%o",
            "month" => rand.of(["%B", "%B", "%B", "%B", "%B", "%b"]),
            "weekday" => match rand.below(16) {
                0 => "%As",
                1 | 2 => "%a",
                _ => "%A",
            },
            "hl7" => "%Y%m%d",
            "iso" => "%Y-%m-%d",
            "holiday" => return self.holiday(date, rand),
            "season" => return self.season(date, rand),
            "vague" => return self.vague(date, rand),
            _ => match rand.below(24) {
                0..9 => self.numeric(rand).whole,
                9..13 => one(whole_words, rand),
                13..16 => self.numeric(rand).month_day,
                16..18 => one(day_words, rand),
                18..20 => one(&MONTH_YEAR, rand),
                20 => "%Y",
                21 => "%A",
                22 => return self.vague(date, rand),
                _ => rand.of(["%A, %B %-d", "%a %-m/%-d", "%A %-d %B", "%a %d/%m"]),
            },
        };
        spelled(date, style, rand)
    }

    fn numeric(&self, rand: &mut Rand) -> &'static Numeric {
        let styles = if self.month_first { &MONTH_FIRST } else { &DAY_FIRST };
        let at = if rand.chance(0.87) { self.style } else { rand.below(styles.len()) };
        &styles[at % styles.len()]
    }

    fn holiday(&self, date: Date, rand: &mut Rand) -> (&'static str, String) {
        let local = holidays::local_holidays(&self.country);
        let name = if rand.chance(0.55) { local.get(rand.below(local.len())).copied().unwrap_or("Christmas") } else { rand.of(HOLIDAYS) };
        let (before, name) = match name.strip_prefix("the ") {
            Some(rest) => ("the ", rest),
            None => ("", name),
        };
        if rand.chance(0.1) { (before, format!("{name} {}", date.year())) } else { (before, name.to_string()) }
    }

    fn season(&self, date: Date, rand: &mut Rand) -> (&'static str, String) {
        let season = if self.month_first {
            rand.of(["spring", "summer", "fall", "fall", "winter", "autumn"])
        } else {
            rand.of(["spring", "summer", "autumn", "winter"])
        };
        let season = if rand.chance(0.2) { super::lexicon::upper_first(season) } else { season.to_string() };
        let year = date.year();
        let text = match rand.below(6) {
            0 => season,
            1 | 2 => format!("{season} {year}"),
            3 => format!("{season} '{:02}", year % 100),
            _ => format!("{season} of {year}"),
        };
        ("", text)
    }

    /// "early 2004", "the 1990s", "late March": what is vague about it stays outside.
    fn vague(&self, date: Date, rand: &mut Rand) -> (&'static str, String) {
        let year = date.year();
        match rand.below(8) {
            0 | 1 => (rand.of(["early ", "late ", "mid ", "mid-", "around ", "circa ", "the end of "]), year.to_string()),
            2 => (rand.of(["the ", "the early ", "the late ", "the mid-"]), format!("{}0s", year / 10)),
            3 => ("the ", rand.of(["'#0s", "'#0s", "#0s", "#0's"]).replace('#', &((year % 100) / 10).to_string())),
            4 => (rand.of(["early ", "late ", "mid-", "the end of "]), date.strftime("%B").to_string()),
            5 => ("", date.strftime("%B").to_string()),
            _ => spelled(date, MONTH_YEAR[rand.below(MONTH_YEAR.len())], rand),
        }
    }

    fn near(&self, rand: &mut Rand) -> Date {
        let back = if rand.chance(0.5) { rand.range(0, 14) } else { rand.range(0, 900) };
        if rand.chance(0.15) { self.today.saturating_add(rand.range(1, 90).days()) } else { self.today.saturating_sub(back.days()) }
    }
}

/// The date in a style; `Sep` is often written `Sept`.
fn spelled(date: Date, style: &'static str, rand: &mut Rand) -> (&'static str, String) {
    let (before, style) = match style.strip_prefix("the ") {
        Some(rest) => ("the ", rest),
        None => ("", style),
    };
    let (upper, style) = match style.strip_prefix('^') {
        Some(rest) => (true, rest),
        None => (false, style),
    };
    let day = date.day();
    let mut text = date.strftime(&style.replace("%o", &format!("{day}{}", ordinal(day)))).to_string();
    if style.contains("%b") && !upper && date.month() == 9 && rand.chance(0.4) {
        text = text.replace("Sep", "Sept");
    }
    // May has no shorter form.
    text = text.replace("May.", "May");
    (before, if upper { text.to_uppercase() } else { text })
}

fn ordinal(day: i8) -> &'static str {
    match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_clean_and_births_fit_the_age() {
        let mut rand = Rand::keyed(3, "dates", 0);
        let variants =
            ["", "num", "long", "md", "mdnum", "my", "year", "month", "weekday", "day", "holiday", "season", "vague", "iso", "hl7", "dob"];
        for i in 0..1800 {
            let country = crate::synth::places::COUNTRIES[i % 18];
            let age = rand.range(0, 104);
            let dates = Dates::new(age, country, &mut rand);
            let whole = dates.birth.saturating_add(age.years());
            assert!(whole <= dates.today && dates.birth.saturating_add((age + 1).years()) > dates.today, "{age}");
            for variant in variants {
                for (before, text) in [dates.format(variant, &mut rand), dates.on(-3, variant, &mut rand)] {
                    let clean = text.trim() == text && !text.is_empty() && !text.contains(['%', '^', '#']) && !text.starts_with("the ");
                    assert!(clean, "{variant}: {text:?}");
                    assert!(before.is_empty() || before.ends_with([' ', '-']));
                }
            }
        }
    }

    #[test]
    fn days_count_from_the_documents_own() {
        let mut rand = Rand::keyed(3, "on", 0);
        let dates = Dates { today: Date::constant(2024, 3, 1), ..Dates::new(50, "UK", &mut rand) };
        assert_eq!(dates.on(-1, "iso", &mut rand).1, "2024-02-29");
        assert_eq!(dates.on(14, "iso", &mut rand).1, "2024-03-15");
        assert_eq!(dates.on(0, "day", &mut rand).1, "1st");
    }
}
