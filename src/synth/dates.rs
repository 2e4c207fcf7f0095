use super::rng::Rand;
use jiff::ToSpan;
use jiff::civil::Date;

const HOLIDAYS: [&str; 22] = [
    "Christmas",
    "Thanksgiving",
    "Easter",
    "New Year's Eve",
    "New Year's Day",
    "Labor Day",
    "Memorial Day",
    "the Fourth of July",
    "Halloween",
    "Mother's Day",
    "Father's Day",
    "Valentine's Day",
    "St. Patrick's Day",
    "Passover",
    "Ramadan",
    "Diwali",
    "Hanukkah",
    "Veterans Day",
    "Boxing Day",
    "Rosh Hashanah",
    "Columbus Day",
    "Eid",
];

/// Numeric styles of a whole date. A document keeps to one of them.
const NUMERIC: [&str; 16] = [
    "%m/%d/%Y",
    "%m/%d/%y",
    "%-m/%-d/%y",
    "%-m/%-d/%Y",
    "%Y-%m-%d",
    "%m-%d-%Y",
    "%m-%d-%y",
    "%-m-%-d-%y",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%-d.%-m.%y",
    "%d-%b-%Y",
    "%d %b %Y",
    "%d%b%Y",
    "%b %-d %Y",
    "%Y/%m/%d",
];

/// Written styles of a whole date.
const WRITTEN: [&str; 9] = [
    "%B %-d, %Y",
    "%B %-d, %Y",
    "%b %-d, %Y",
    "%-d %B %Y",
    "%B %-d %Y",
    "%b. %-d, %Y",
    "%A, %B %-d, %Y",
    "the %-d of %B %Y",
    "%B %dth, %Y",
];

const MONTH_DAY: [&str; 9] = ["%-m/%-d", "%m/%d", "%B %-d", "%b %-d", "%-d %b", "%-d %B", "%b. %-d", "%-m-%-d", "%d-%b"];
const MONTH_YEAR: [&str; 9] = ["%B %Y", "%B of %Y", "%b %Y", "%m/%Y", "%-m/%Y", "%-m/%y", "%B, %Y", "%b-%y", "%B '%y"];

/// The dates of one document: around one day, mostly in one style.
#[derive(Debug, Clone)]
pub(crate) struct Dates {
    pub(crate) today: Date,
    pub(crate) birth: Date,
    style: usize,
}

impl Dates {
    pub(crate) fn new(age: i64, rand: &mut Rand) -> Self {
        let today = Date::constant(2026, 1, 1).saturating_sub(rand.range(0, 365 * 45).days());
        let birth = today.saturating_sub((age * 365 + age / 4 + rand.range(1, 360)).days());
        Self { today, birth, style: rand.below(NUMERIC.len()) }
    }

    /// A date in words or figures. A leading "the" is no part of the name and comes back apart.
    pub(crate) fn format(&self, variant: &str, rand: &mut Rand) -> (&'static str, String) {
        let near = self.near(rand);
        let past = self.today.saturating_sub(rand.range(200, 365 * 25).days()).max(self.birth);
        self.written(near, past, variant, rand)
    }

    /// A given day in words or figures.
    pub(crate) fn on(&self, day: Date, variant: &str, rand: &mut Rand) -> (&'static str, String) {
        self.written(day, day, variant, rand)
    }

    fn written(&self, near: Date, past: Date, variant: &str, rand: &mut Rand) -> (&'static str, String) {
        let numeric = |rand: &mut Rand| NUMERIC[if rand.chance(0.85) { self.style } else { rand.below(NUMERIC.len()) }];
        let format = |date: Date, style: &str| date.strftime(style).to_string();
        let text = match variant {
            "num" => format(near, numeric(rand)),
            "dob" if rand.chance(0.1) => format(self.birth, rand.of(["%Y", "%B %-d, %Y"])),
            "dob" => format(self.birth, numeric(rand)),
            "long" => format(near, WRITTEN[rand.below(6)]),
            "year" if rand.chance(0.08) => format!("'{}", format(past, "%y")),
            "year" => format(past, "%Y"),
            "my" => format(if rand.chance(0.5) { past } else { near }, MONTH_YEAR[rand.below(MONTH_YEAR.len())]),
            "md" => format(near, MONTH_DAY[rand.below(MONTH_DAY.len())]),
            "day" => format!("{}{}", near.day(), ordinal(near.day())),
            "month" => format(near, "%B"),
            "weekday" => {
                let day = format(near, if rand.chance(0.85) { "%A" } else { "%a" });
                if rand.chance(0.05) && day.len() > 3 { format!("{day}s") } else { day }
            }
            "hl7" if rand.chance(0.4) => format!("{}{}", format(near, "%Y%m%d"), rand.shape("1###00")),
            "hl7" => format(near, "%Y%m%d"),
            "iso" => format(near, "%Y-%m-%d"),
            "holiday" => {
                let day = HOLIDAYS[rand.below(HOLIDAYS.len())];
                return day.strip_prefix("the ").map_or(("", day.into()), |d| ("the ", d.into()));
            }
            "season" => {
                let season = rand.of(["spring", "summer", "fall", "autumn", "winter"]);
                return (
                    "",
                    if rand.chance(0.7) {
                        format!("{season} of {}", format(past, "%Y"))
                    } else {
                        format!("{season} {}", format(past, "%Y"))
                    },
                );
            }
            "vague" => match rand.below(5) {
                0 => format!("{} {}", rand.of(["early", "late", "mid"]), format(past, "%Y")),
                1 => format!("{}0s", past.year() / 10),
                2 => format(past, "%B"),
                _ => format(past, MONTH_YEAR[rand.below(MONTH_YEAR.len())]),
            },
            _ => match rand.below(20) {
                0..7 => format(near, numeric(rand)),
                7..12 => {
                    let style = WRITTEN[rand.below(WRITTEN.len())];
                    return spelled(near, style);
                }
                12..14 => format(near, MONTH_DAY[rand.below(MONTH_DAY.len())]),
                14..16 => format(near, MONTH_YEAR[rand.below(4)]),
                16 => format(past, "%Y"),
                17 => format(near, "%A"),
                18 => format!("{} {}{}", format(near, "%B"), near.day(), ordinal(near.day())),
                _ => format(near, "%A, %B %-d"),
            },
        };
        // "early 2004": the adjective stays outside.
        for word in ["early", "late", "mid"] {
            if let Some(rest) = text.strip_prefix(word).and_then(|t| t.strip_prefix(' ')) {
                let lead = match word {
                    "early" => "early ",
                    "late" => "late ",
                    _ => "mid ",
                };
                return (lead, rest.to_string());
            }
        }
        ("", text)
    }

    fn near(&self, rand: &mut Rand) -> Date {
        let back = if rand.chance(0.5) { rand.range(0, 14) } else { rand.range(0, 900) };
        if rand.chance(0.15) { self.today.saturating_add(rand.range(1, 90).days()) } else { self.today.saturating_sub(back.days()) }
    }
}

fn spelled(date: Date, style: &str) -> (&'static str, String) {
    let day = date.day();
    match style.strip_prefix("the ") {
        Some(_) => ("the ", format!("{day}{} of {}", ordinal(day), date.strftime("%B %Y"))),
        None => ("", date.strftime(&style.replace("%dth", &format!("{day}{}", ordinal(day)))).to_string()),
    }
}

fn ordinal(day: i8) -> &'static str {
    match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    }
}
