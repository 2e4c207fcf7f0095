//! Years by themselves, decades, seasons and quarters.

use crate::labels::EntityType::Date;
use crate::rules::context::unit_follows;
use crate::rules::recogniser::{Candidate, Found, Recogniser, regex};
use regex::Regex;
use std::sync::LazyLock;

pub(super) fn recognisers() -> Vec<Recogniser> {
    const CUE: &str = concat!(
        r"(?:in|since|until|till|circa|ca\.|c\.|around|about|year|years|of|by|during|early|late|mid|from|before|after|between|through|dx(?:'?d)?|diagnosed|born|d\.?o\.?b\.?|",
        r"and|or|to|summer|spring|winter|autumn|fall|class|retired|quit|died|divorced|married|widowed|immigrated|s/p{sp}[a-z]+(?:{sp}[a-z]+)?|cabg|avr|mvr|tah|bso|tka|tha|thr|tkr|turp|",
        r"appendectomy|cholecystectomy|hysterectomy|mastectomy|surgery|transplant|mi|cva|stroke|pci|stents?|ablation|colonoscopy|egd|biopsy|fracture|thyroidectomy|repair|replacement|",
        r"sober|clean|last|echo|cath|mri|ct)"
    );
    let year = format!(
        r"(?i){{b}}{CUE}(?:{{sp}}(?:in|the{{sp}}year|of|year))?(?:{{sp}}|{{sp}}?{{dash}}{{sp}}?|,{{sp}}|:{{sp}}?|{{sp}}?\(|{{sp}}?~{{sp}}?)(?<phi>{{year}})"
    );
    let bracketed = r"\((?:{b}(?:in|ca\.?|circa){sp})?(?<phi>(?:19|20|21)[0-9]{2})\)";
    let range_start = r"(?i)(?<phi>(?:19|20|21)[0-9]{2}){sp}?(?:{dash}|to|and|/){sp}?(?:(?:19|20|21)[0-9]{2}|present|now|current)";
    let range_end = r"{b}(?:19|20|21)[0-9]{2}{sp}?(?:{dash}|to|and|/){sp}?(?<phi>(?:19|20|21)[0-9]{2})";
    let listed = r"(?i){b}(?:in|since|from){sp}(?:{year},{sp}){1,4}(?:and{sp})?(?<phi>{year})";
    let line = r"(?m)(?:^|\n)[\t >*•-]{0,6}(?<phi>(?:19|20)[0-9]{2}){s}?(?::|{s}{dash}{s})";
    let apostrophe = r"(?i)(?:^|[\s(,/])(?<phi>['\x{2019}\x{2018}][0-9]{2})";
    let decade = r"(?<phi>(?:18|19|20)[0-9]0{apos}?s)";
    let short_decade =
        r"(?i)(?:{b}(?:back{sp}in|since|during){sp}the{sp}(?:(?:early|mid|late){sp}|(?:early|mid|late)-)?(?<phi>[2-9]0{apos}?s))";
    let apostrophe_decade = r"(?:^|[\s(])(?<phi>['\x{2019}\x{2018}][0-9]0s)";
    let season = r"(?i)(?<phi>(?:spring|summer|autumn|fall|winter)(?:{sp}of)?,?{sp}(?:{year}(?:/[0-9]{2}|{dash}[0-9]{2})?|{apos}[0-9]{2}))";
    let season_alone = r"(?i){b}(?:last|this|next|past|previous|early|late|mid|(?:in|over|during|since|until){sp}the){sp}(?<phi>spring|summer|autumn|winter)";
    let quarter = r"(?i)(?<phi>q[1-4](?:{sp}|/|{dash})(?:19|20|21)[0-9]{2}|[1-4]q(?:{sp}|/)?(?:19|20|21)[0-9]{2})";
    vec![
        Recogniser::new("date-year", Date, 0.8, &year).priority(25).check(not_counted),
        Recogniser::new("date-year-bracketed", Date, 0.8, bracketed).priority(25),
        Recogniser::new("date-year-range", Date, 0.8, range_start).priority(26).check(not_counted),
        Recogniser::new("date-year-range-end", Date, 0.8, range_end).priority(26).check(not_counted),
        Recogniser::new("date-year-list", Date, 0.8, listed).priority(25).check(not_counted),
        Recogniser::new("date-year-line", Date, 0.7, line).priority(25).check(not_counted),
        Recogniser::new("date-apostrophe", Date, 0.9, apostrophe).priority(27).check(|c| {
            c.accept_if(!c.after(4).starts_with(['"', '\'', '\u{2019}', '\u{201d}', '%', '/', '.']) || c.after(4).trim_start_matches('.').trim().is_empty() || c.after(2).starts_with(". "))
        }),
        Recogniser::new("date-decade", Date, 0.9, decade).priority(31),
        Recogniser::new("date-decade-short", Date, 0.7, short_decade).priority(27).check(|c| {
            static VITAL: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i){b}(?:hr|bp|sbp|dbp|map|sats?|spo2|o2|saturation|pulse|heart{sp}rate|systolic|pressures?|temp|fs|glucose|sugars?|bg|rate|weight)(?-u:\b)"));
            c.accept_if(!VITAL.is_match(c.before(60)))
        }),
        Recogniser::new("date-decade-apostrophe", Date, 0.9, apostrophe_decade).priority(31),
        Recogniser::new("date-season", Date, 1.0, season).priority(53),
        Recogniser::new("date-season-alone", Date, 0.7, season_alone).priority(27),
        Recogniser::new("date-quarter", Date, 0.9, quarter).priority(40),
    ]
}

/// A year is no quantity and no time of day: "in 2000 mL", "from 2000 hrs", "to 2100/min", "about 1900 calories".
fn not_counted(c: &Candidate<'_, '_>) -> Option<Found> {
    static TIMED: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)^(?:{sp}?{dash}{sp}?[0-9]{3,4}{sp}?(?:ml|mg|kcal|cal|hrs?|h|units?|cc|iu)(?-u:\b)|[:.,/][0-9]|{sp}(?:last|this|to){sp}(?:night|evening|[0-9]{3,4}{sp}?h)|{sp}(?:and|to|or){sp}[0-9]{3,4}{sp}?(?:ml|mg|kcal|cal|hrs?|h|cc|iu|units?)(?-u:\b)|{sp}?(?:square|sq|per{b}|rpm|foot|lb|k{b}|grams))",
        )
    });
    static MINUTES: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)(?:at|by|until|till|from|since|to|and|before|after)(?:{sp}|{dash})$"));
    let year = c.phi().parse::<u32>().unwrap_or(0);
    // Before 1900 a century is rarely meant; "by 1830" is half past six.
    let clock = year < 1900 && (MINUTES.is_match(c.before(10)) || year % 50 == 0);
    let decimal = c.before(1).ends_with(['.', '$', '£', '€', '#']);
    let after = c.after(24);
    let continued = TIMED.is_match(after) && !range_of_dates(after);
    c.accept_if(!clock && !decimal && !unit_follows(after) && !continued)
}

/// "2001/02" goes on with a slash, and is a date all the same.
fn range_of_dates(after: &str) -> bool {
    after.starts_with('/') && after.get(1..3).is_some_and(|year| year.bytes().all(|b| b.is_ascii_digit()))
}
