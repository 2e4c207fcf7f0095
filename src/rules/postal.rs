//! Postal codes. US: USPS Publication 28 (ZIP and ZIP+4 beside a state). UK: the areas and letter sets of Royal Mail's PAF. Canada: Canada
//! Post's letter sets. Australia: the ranges of each state. Ireland: Eircode routing keys' alphabet. India and Singapore: beside a name.

use super::context::{cued, joined_to_digits, unit_follows};
use super::recogniser::{Candidate, Found, Recogniser, regex};
use crate::labels::EntityType::Zip;
use regex::Regex;
use std::sync::LazyLock;

const UK_AREAS: &str = concat!(
    " AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP ",
    "HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL ",
    "SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE ",
);

const STATE_NAMES: &str = concat!(
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|District{sp}of{sp}Columbia|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|",
    "Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New{sp}(?:Hampshire|Jersey|Mexico|York)|North{sp}(?:Carolina|Dakota)|",
    "Ohio|Oklahoma|Oregon|Pennsylvania|Puerto{sp}Rico|Rhode{sp}Island|South{sp}(?:Carolina|Dakota)|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West{sp}Virginia|Wisconsin|Wyoming",
);

const STATES: &str =
    "A[KLRZ]|C[AOT]|D[CE]|FL|G[AU]|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY]";

pub(super) fn recognisers() -> Vec<Recogniser> {
    let us = format!(
        r"(?:(?i:{STATE_NAMES}|Mass\.|Calif\.|Conn\.|Penn\.|Fla\.)|(?<st>{STATES}|(?:N\.Y|N\.J|D\.C|N\.C|N\.H)\.?))(?:,|\.)?{{sp}}(?<phi>[0-9]{{5}}(?:{{dash}}[0-9]{{4}})?)"
    );
    let us_lower = format!(r"(?i)[a-z]{{3,}},{{sp}}?(?:{STATES})(?:,|\.)?{{sp}}(?<phi>[0-9]{{5}}(?:{{dash}}[0-9]{{4}})?)");
    let cue = concat!(
        r"(?i)(?:zip(?:{sp}?code)?|zipcode|post{sp}?code|postal{sp}code|pin{sp}?code|pin|plz|eircode|cap){sp}?(?:[:#=]|is|no\.?)?{sp}?",
        r"(?<phi>[0-9]{5}{dash}[0-9]{4}|[0-9]{3}{s}[0-9]{2,3}|[0-9]{2}{dash}[0-9]{3}|[0-9]{4}{dash}[0-9]{3}|[0-9]{4}{s}?[a-z]{2}|[0-9]{3,6}|[a-z]{1,2}[0-9][a-z0-9]?{s}?[0-9][a-z]{2}|[a-z][0-9][a-z][ -]?[0-9][a-z][0-9]|[a-z][0-9][0-9w]{s}?[a-z0-9]{4})",
    );
    let uk = r"(?i)(?<phi>(?<area>[a-z]{1,2})(?:[0-9]{1,2}|[0-9][a-z]){s}{0,2}[0-9][abd-hjlnp-uw-z]{2}|gir{s}?0aa)";
    let canada = r"(?i)(?<phi>[abceghj-nprstvxy][0-9][abceghj-nprstv-z](?:{s}|{dash})?[0-9][abceghj-nprstv-z][0-9])";
    let australia = r"(?<st>(?i:New{sp}South{sp}Wales|Victoria|Queensland|South{sp}Australia|Western{sp}Australia|Tasmania|Northern{sp}Territory)|NSW|N\.S\.W\.|VIC|Vic|QLD|Qld|SA|WA|TAS|Tas|NT|ACT),?{sp}(?<phi>[0-9]{4})";
    let eircode = r"(?<phi>(?:[AC-FHKNPRTV-Y][0-9]{2}|D6W){s}?[0-9AC-FHKNPRTV-Y]{4})";
    let india = concat!(
        r"(?i)(?:mumbai|bombay|(?:new{sp})?delhi|bengaluru|bangalore|chennai|madras|kolkata|calcutta|hyderabad|pune|ahmedabad|jaipur|lucknow|kochi|cochin|surat|nagpur|indore|bhopal|patna|",
        r"vadodara|coimbatore|mysuru|mysore|thiruvananthapuram|chandigarh|gurgaon|gurugram|noida|kerala|karnataka|maharashtra|tamil{sp}nadu|gujarat|telangana|west{sp}bengal|punjab|haryana|",
        r"uttar{sp}pradesh|rajasthan|india),?{sp}?(?:{dash}{sp}?)?(?<phi>[1-9][0-9]{2}{s}?[0-9]{3})"
    );
    vec![
        Recogniser::new("zip-state", Zip, 0.9, &us).priority(60).check(us_state),
        Recogniser::new("zip-state-lower", Zip, 0.9, &us_lower).priority(60).check(|c| c.accept_if(!unit_follows(c.after(12)))),
        Recogniser::new("zip+4", Zip, 0.7, r"(?<phi>[0-9]{5}-[0-9]{4})")
            .priority(40)
            .check(|c| c.accept_if(!joined_to_digits(c.text, c.span.start, c.span.end) && !unit_follows(c.after(12)))),
        Recogniser::new("zip-line", Zip, 0.8, r"(?:[A-Z]{letter}{2,},?{sp})(?<phi>[0-9]{5})").priority(40).check(address_line),
        Recogniser::new("postcode-cue", Zip, 0.9, cue).priority(61).check(|c| c.accept_if(c.phi().bytes().any(|b| b.is_ascii_digit()))),
        Recogniser::new("postcode-uk", Zip, 1.0, uk).priority(59).check(uk_area),
        Recogniser::new("postcode-canada", Zip, 1.0, canada).priority(59).check(canadian),
        Recogniser::new("postcode-australia", Zip, 0.9, australia).priority(58).check(australian),
        Recogniser::new("eircode", Zip, 0.9, eircode).priority(57).check(|c| {
            let unique = c.phi().get(c.phi().len() - 4..).unwrap_or("");
            c.accept_if(unique.bytes().any(|b| b.is_ascii_digit()) && unique.bytes().any(|b| b.is_ascii_uppercase()))
        }),
        Recogniser::new("pin-india", Zip, 0.9, india).priority(58),
        Recogniser::new("postcode-singapore", Zip, 0.9, r"Singapore{sp}(?:S\(?)?(?<phi>[0-9]{6})").priority(58),
    ]
}

/// An abbreviation that is also a word, a degree or a heading ("ID 12345", "MD 12345", "PA 12345") needs a town with a comma before it.
fn us_state(c: &Candidate<'_, '_>) -> Option<Found> {
    static TOWN: LazyLock<Regex> = LazyLock::new(|| regex(r"[a-zA-Z\x{c0}-\x{24f}.'’-]{2,},?{sp}[A-Z.]{2,4}[,.]?{sp}$"));
    static COMMA: LazyLock<Regex> = LazyLock::new(|| regex(r"[a-zA-Z\x{c0}-\x{24f}.'’-]{2,},{sp}?[A-Z]{2}[,.]?{sp}$"));
    static HEADING: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i){b}(?:patient|pt|visit|case|user|record|specimen|order|study|sample|member|group|staff|employee|doctor|dr|account)['’s]*,?{sp}[a-z]{2}[,.]?{sp}$",
        )
    });
    let before = c.before(40);
    let accepted = match c.group("st") {
        Some(
            "ID" | "MD" | "PA" | "OR" | "IN" | "OK" | "HI" | "ME" | "CT" | "MS" | "PR" | "CO" | "AL" | "DE" | "LA" | "MO" | "MI" | "OH"
            | "DC" | "CA" | "MA" | "NP",
        ) => (if matches!(c.group("st"), Some("CA" | "MA" | "OH" | "DC" | "CO")) { &TOWN } else { &COMMA }).is_match(before),
        _ => true,
    };
    c.accept_if(accepted && !HEADING.is_match(before) && !unit_follows(c.after(12)))
}

/// Five digits behind a capitalised word, where a street and its number stand shortly before.
fn address_line(c: &Candidate<'_, '_>) -> Option<Found> {
    static STREET: LazyLock<Regex> = LazyLock::new(|| {
        regex(concat!(
            r"(?i){b}[0-9]{1,5}[a-z]?{sp}[^\n;]{2,40}{b}(?:street|st|avenue|ave|av|road|rd|drive|dr|lane|ln|court|ct|boulevard|blvd|place|pl|way|terrace|circle|cir|highway|hwy|parkway|pkwy|square|sq)",
            r"{b}\.?,?[^\n0-9;]{0,10}(?:\r?\n)?[^\n0-9;]{0,30}$"
        ))
    });
    c.accept_if(STREET.is_match(c.before(90)))
}

fn uk_area(c: &Candidate<'_, '_>) -> Option<Found> {
    static CUE: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)(?:post{sp}?code|address|road|street|lane|avenue|close|drive|london|lives|wales|scotland|england|town|city)[^\n]{0,20}$",
        )
    });
    let phi = c.phi();
    let area = c.group("area").unwrap_or("G").to_ascii_uppercase();
    let upper = !phi.bytes().any(|b| b.is_ascii_lowercase());
    let known = UK_AREAS.contains(&format!(" {area} "));
    let inward = phi.get(phi.len() - 2..).unwrap_or("").to_ascii_uppercase();
    let spaced = phi.contains(|ch: char| ch.is_whitespace());
    // "L4 5TH", "S1 2ND" and "L4 5HR" are no addresses; nor is a code of a gene or a drug without the blank.
    let word = matches!(inward.as_str(), "TH" | "ND" | "RD" | "ST" | "HR" | "WK" | "YR" | "PT") && area.len() == 1;
    let cue = cued(c.before(40), &CUE);
    let accepted = known && !word && (upper && spaced || cue && (spaced || phi.len() > 5));
    if accepted { c.accept_graded(spaced && upper, 1.0, 0.8) } else { None }
}

fn canadian(c: &Candidate<'_, '_>) -> Option<Found> {
    static PROVINCE: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)(?:{b}(?:on|qc|bc|ab|mb|sk|ns|nb|nl|pe|nt|yt|nu|ont|que|ontario|qu[ée]bec|alberta|manitoba|saskatchewan|british{sp}columbia|nova{sp}scotia|canada)|postal{sp}code)[.,:]?{sp}?$",
        )
    });
    let upper = !c.phi().bytes().any(|b| b.is_ascii_lowercase());
    let spaced = c.phi().contains(|ch: char| ch.is_whitespace());
    let place = PROVINCE.is_match(c.before(24));
    // "T2N0M0" is a tumour's stage, "E3V4M6" a Glasgow coma score, "G4P3A1" the history of pregnancies.
    static STAGE: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)^(?:t[0-4]n[0-3]m[01]|e[1-4]v[1-5]m[1-6]|g[0-9]p[0-9][a-z][0-9])$"));
    let accepted = !STAGE.is_match(c.phi()) && (place || upper);
    if accepted { c.accept_graded(spaced && upper || place, 1.0, 0.9) } else { None }
}

/// The ranges of Australia Post.
fn australian(c: &Candidate<'_, '_>) -> Option<Found> {
    let first = c.phi().chars().next()?;
    let state = c.group("st")?.replace('.', "").to_ascii_uppercase();
    let fits = match state.as_str() {
        "NSW" | "ACT" => matches!(first, '1' | '2') || c.phi().starts_with("02"),
        "VIC" | "VICTORIA" => matches!(first, '3' | '8'),
        "QLD" | "QUEENSLAND" => matches!(first, '4' | '9'),
        "SA" => first == '5',
        "WA" => first == '6',
        "TAS" | "TASMANIA" => first == '7',
        "NT" => first == '0',
        name => match name.split_whitespace().next() {
            Some("NEW") => matches!(first, '1' | '2'),
            Some("SOUTH") => first == '5',
            Some("WESTERN") => first == '6',
            _ => first == '0',
        },
    };
    c.accept_if(fits && !unit_follows(c.after(12)))
}
