//! Parts of dates that only their context makes dates: "3/12", "03/21", "the 3rd", months and weekdays by themselves.

use super::calendar::valid_pair;
use crate::labels::EntityType::Date;
use crate::rules::context::{joined_to_digits, unit_follows};
use crate::rules::recogniser::{Candidate, Found, Recogniser, regex};
use regex::Regex;
use std::sync::LazyLock;

pub(super) fn recognisers() -> Vec<Recogniser> {
    const WHEN: &str = r"(?:in|since|until|till|by|from|of|through|thru|during|around|before|after|late|early|mid|last|this|next|previous|past|every|each|to|and|or|for)";
    let sure_month = r"(?i)(?<phi>january|february|july|september|october|november|december)(?:{b}|{apos})";
    let months = format!(r"(?i){{b}}{WHEN}(?:{{sp}}|{{dash}})(?<phi>(?:{{month}}\.?){{b}}\.?)");
    let weekday = r"(?i)(?<phi>(?:mon|tues|wednes|thurs|fri|satur|sun)days?)";
    let short_weekday = r"(?:(?i:on|until|till|by|next|last|this|every|from|since|through|thru|each|for)){sp}(?<phi>(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun))";
    let weekday_list = r"(?<phi>Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)";
    let slashed = r"(?<phi>(?<a>[0-9]{1,2})/(?<b>[0-9]{1,2}))";
    let ordinal = r"(?i){b}(?:on|until|by|from|since){sp}the{sp}(?<phi>[0-9]{1,2}{ord})";
    vec![
        Recogniser::new("date-month-sure", Date, 0.9, sure_month).priority(30),
        Recogniser::new("date-month-cue", Date, 0.8, &months).priority(29).check(month_name),
        Recogniser::new("date-weekday", Date, 1.0, weekday).priority(30),
        Recogniser::new("date-weekday-short", Date, 0.8, short_weekday).priority(29).check(|c| {
            c.accept_if(!c.after(8).trim_start().starts_with(|d: char| d.is_ascii_digit() || matches!(d, '%' | '>' | '<')))
        }),
        Recogniser::new("date-weekday-list", Date, 0.9, weekday_list).priority(29).check(listed_weekday),
        Recogniser::new("date-slashed", Date, 0.7, slashed).priority(28).check(slashed_pair),
        Recogniser::new("date-ordinal", Date, 0.7, ordinal).priority(28).check(|c| {
            static GOES_ON: LazyLock<Regex> =
                LazyLock::new(|| regex(r"(?i)^(?:[.,;:)!?]|{sp}?$|{sp}(?:at|and|when|she|he|they|we|with|for|for|after|before|but|which|because|due|to|in{sp}the){b})"));
            let day = c.phi().trim_end_matches(|ch: char| !ch.is_ascii_digit()).parse::<u32>().is_ok_and(|d| (1..=31).contains(&d));
            c.accept_if(day && GOES_ON.is_match(c.after(16)))
        }),
    ]
}

/// "Mon/Wed/Fri", "Tue & Thu": abbreviations in a row.
fn listed_weekday(c: &Candidate<'_, '_>) -> Option<Found> {
    const NAME: &str = r"(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)";
    const MARK: &str = r"\.?{sp}?(?:/|{dash}|,|&|and){sp}?";
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| regex(&format!("{{b}}{NAME}{MARK}$")));
    static AFTER: LazyLock<Regex> = LazyLock::new(|| regex(&format!("^{MARK}{NAME}{{b}}")));
    c.accept_if(BEFORE.is_match(c.before(16)) || AFTER.is_match(c.after(16)))
}

/// A month by itself behind a preposition. The names that are also verbs, first names or short words need their capital, or "in".
fn month_name(c: &Candidate<'_, '_>) -> Option<Found> {
    static IN: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)(?:in|since|last|early|late|mid|until|next){b}(?:{sp}|{dash})$"));
    let name = c.phi().trim_end_matches('.');
    let capital = name.starts_with(|ch: char| ch.is_uppercase());
    let full = name.len() > 3 || name.eq_ignore_ascii_case("may");
    let strong = IN.is_match(c.before(12));
    let word =
        matches!(name.to_ascii_lowercase().as_str(), "may" | "march" | "mar" | "jan" | "dec" | "sep" | "jun" | "june" | "april" | "august");
    // "for April Jones": a capitalised word follows a first name.
    let named = c.after(24).trim_start_matches('.').strip_prefix(' ').is_some_and(|rest| rest.starts_with(|ch: char| ch.is_uppercase()));
    let accepted = if word { strong && (capital || full && name != "may" || name == "may" && verbless(c)) } else { strong || capital };
    let span = crate::text::Span::new(c.span.start, c.span.start + if full { name.len() } else { c.phi().trim_end_matches('.').len() });
    c.accept_if(accepted && !(named && word && !strong)).map(|hit| hit.with_span(span))
}

/// "in may" at the end of a clause.
fn verbless(c: &Candidate<'_, '_>) -> bool {
    static CLAUSE: LazyLock<Regex> =
        LazyLock::new(|| regex(r"(?i)^(?:[.,;:)!?]|{sp}?$|{sp}(?:and|for|with|of|she|he|they|after|this|last|when|at){b})"));
    CLAUSE.is_match(c.after(10))
}

/// "3/12" and "3/98": a fraction, score, murmur, strength or duration as often as a date, so the words around decide.
fn slashed_pair(c: &Candidate<'_, '_>) -> Option<Found> {
    static CUE: LazyLock<Regex> = LazyLock::new(|| {
        regex(concat!(
            r"(?i)(?:{b}(?:on|since|until|till|through|thru|dated|date|admitted|admit|adm|discharged|d/c(?:'?d|ed)?|seen|labs?|cxr|ct|cta|mri|echo|tte|tee|ekg|ecg|eeg|emg|cath|egd|",
            r"colonoscopy|pet|us|x-?rays?|ua|ucx|bcx|cultures?|biops(?:y|ies)|surgery|path(?:ology)?|visit|clinic|appt|appointment|scheduled|last|updated|note|",
            r"started|stopped|begun|began|extubated|intubated|transferred|placed|removed|drawn|performed|done|of|from|by|in|as{sp}of|dos|lmp|edd|edc|due|",
            r"mon|tues?|wed|thu(?:rs)?|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\.?,?(?:{sp}(?:on|for|from|the))?[:(]?{sp}?\(?|s/p{sp}[a-z]+{sp}(?:[a-z]+{sp})?\(?)$"
        ))
    });
    static STRONG: LazyLock<Regex> = LazyLock::new(|| {
        regex(concat!(
            r"(?i){b}(?:on|since|until|till|dated|date|admitted|admit|discharged|seen|labs?|cxr|ct|mri|echo|ekg|ecg|cath|egd|colonoscopy|cultures?|visit|appt|appointment|scheduled|",
            r"lmp|edd|due|as{sp}of|mon|tues?|wed|thu(?:rs)?|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\.?,?(?:{sp}(?:on|for|from))?[:(]?{sp}?\(?$"
        ))
    });
    static CLINICAL_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        regex(concat!(
            r"(?i)(?:strength|power|motor|pain|murmur|grade|score|scale|apgars?|gcs|vision|visual|acuity|va|muscles?|reflex(?:es)?|pulses?|bp|blood{sp}pressure|",
            r"rated|orient(?:ed|ation)|rating|mrc|recall|words|dtrs?|flexors?|extensors?|flexion|extension|grip|deltoids?|biceps|triceps|quads?|moca|mmse|phq|sats?|fio2|ratio)[^\n]{0,24}$"
        ))
    });
    static CLINICAL_AFTER: LazyLock<Regex> = LazyLock::new(|| {
        regex(concat!(
            r"(?i)^{sp}?(?:[-+]|{dash})?{sp}?(?:strength|power|murmur|pain|tabs?|tablets?|sem{b}|hsm|systolic|diastolic|holosystolic|in{sp}(?:the{sp})?(?:right|left|severity|intensity|all|both|upper|lower|bilateral)|",
            r"bilat|b/l|throughout|on{sp}(?:the{sp})?(?:right|left)|cup|pack|ppd|dose|of{sp}(?:the|a|her|his)|way|full|right|left|weakness|criteria|recall|words|objects|severity|at{sp}rest|with{sp}movement|ns{b}|strength|rle|lle|rue|lue|hip|knee|positive|negative|bottles|nodes|cores|samples|tender|time{b}|{apos}s{sp}time)"
        ))
    });
    let (a, b) = (c.number("a")?, c.number("b")?);
    let pair = valid_pair(a, b);
    // A year of two digits cannot be a day.
    let month_year = (1..=12).contains(&a) && (b > 31 || b == 0 || c.group("b").is_some_and(|b| b.starts_with('0')));
    let padded = c.phi().len() == 5 && c.group("a").is_some_and(|a| a.starts_with('0'));
    let fraction = matches!(b, 2..=7 | 10) && !padded;
    let before = c.before(40);
    let after = c.after(24);
    let range = {
        static RANGE: LazyLock<Regex> = LazyLock::new(|| regex(r"^{sp}?{dash}{sp}?[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?(?-u:\b)"));
        static RANGE_END: LazyLock<Regex> =
            LazyLock::new(|| regex(r"(?-u:\b)(?:0?[1-9]|1[0-2])/[0-9]{1,2}(?:/[0-9]{2,4})?{sp}?{dash}{sp}?$"));
        !fraction && (RANGE.is_match(after) || RANGE_END.is_match(before))
    };
    let line_start = before.trim_end_matches([' ', '\t', '-', '*', '•']).ends_with('\n') || before.trim().is_empty() && c.span.start < 3;
    let heads_line = line_start && after.trim_start().starts_with([':', '-']) && !fraction;
    let cue = if fraction { STRONG.is_match(before) } else { CUE.is_match(before) };
    let chained = joined_to_digits(c.text, c.span.start, c.span.end) && !range;
    // "in 3/12", "for 2/7", "every 1/52": months, days and weeks as they are written in Britain.
    static SPELL: LazyLock<Regex> =
        LazyLock::new(|| regex(r"(?i){b}(?:in|for|x|over|within|every|next|last|past|approx|about|another|a){sp}?[~(]?$"));
    let duration = matches!(c.group("b"), Some("7" | "52" | "12")) && a < 13 && SPELL.is_match(before);
    let clinical = duration || CLINICAL_BEFORE.is_match(before) || CLINICAL_AFTER.is_match(after) || unit_follows(after);
    c.accept_if((pair || month_year) && (cue || range || heads_line) && !chained && !clinical)
}
