//! The cue words, family by family.

use crate::labels::EntityType::{self, *};
use crate::rules::context::unit_follows;
use crate::rules::dates::looks_like_date;
use crate::rules::recogniser::{Candidate, Found, Recogniser, regex};
use regex::Regex;
use std::sync::LazyLock;

/// A number or code as it stands on labels: letters and digits, joined by single marks.
const VALUE: &str = r"(?<phi>[a-z0-9](?:{dash}?[a-z0-9]|[/._][a-z0-9]){1,29})";
/// The same, or digits in groups: "123 45 67", "2123 45670 1".
const GROUPED: &str = r"(?<phi>[0-9]{2,4}{s}[0-9]{2,5}{s}[0-9]{1,4}(?:{s}[0-9]{2,4})?{b}|[a-z0-9](?:{dash}?[a-z0-9]|[/._][a-z0-9]){1,29})";

/// Whether a word by itself is cue enough, or needs "no.", "#", "id" or a colon behind it.
#[derive(Clone, Copy)]
enum Cue {
    Enough,
    NeedsMark,
    /// Like `NeedsMark`, and any other cue goes first.
    Last,
}

/// Name, type, least number of digits, strength of the cue, value, cue words.
type Row = (&'static str, EntityType, Check, Cue, &'static str, &'static str);
type Check = fn(&Candidate<'_, '_>) -> Option<Found>;

const TABLE: &[Row] = &[
    (
        "id-mrn",
        MedicalRecord,
        three_digits,
        Cue::Enough,
        GROUPED,
        r"(?:mrns?|m\.r\.n\.?|emrn|umrn|med(?:ical)?\.?{sp}rec(?:ord)?s?\.?|hosp(?:ital)?\.?{sp}(?:record{sp})?(?:number|no\.?|num\.?|#|id)|unit{sp}?(?:number|no\.?|num\.?|#)|chart{sp}?(?:number|no\.?|#)|patient{sp}?(?:id(?:entifier)?|number|no\.?|#)|pt\.?{sp}?(?:id|#|no\.)|uhid|urn?{sp}?(?:no\.?|number|#|:)|record{sp}(?:number|no\.?|#)|file{sp}(?:number|no\.?|#)|empi|mpi|chi{sp}?(?:no\.?|number|:)|nhi|ihi|(?:ip|op|cr){sp}?no\.?|h/n|hn)",
    ),
    // National numbers of other countries: Poland, Netherlands, Brazil, Spain, Italy, Sweden, Singapore, Australia, and tax numbers.
    (
        "id-national",
        Ssn,
        seven_digits,
        Cue::Enough,
        VALUE,
        r"(?:pesel|nip|bsn|cpf|dni|nie|curp|codice{sp}fiscale|personnummer|nric|tfn|tax{sp}(?:file|id(?:entification)?)|national{sp}id(?:entity)?)",
    ),
    ("id-id", IdNum, five_digits, Cue::Last, VALUE, r"(?:id|identification)"),
    ("id-mr", MedicalRecord, five_digits, Cue::Enough, VALUE, r"(?:mr|pid|med{sp}?rec)"),
    (
        "id-nhs",
        MedicalRecord,
        nine_digits,
        Cue::Enough,
        r"(?<phi>[0-9]{3}(?:{s}|{dash})?[0-9]{3}(?:{s}|{dash})?[0-9]{4})",
        r"(?:nhs|chi|h&c|hcn)(?:{sp}?(?:number|no\.?|num))?",
    ),
    (
        "id-account",
        Account,
        four_digits,
        Cue::Enough,
        GROUPED,
        r"(?:acc(?:oun)?ts?|a/c|billing|invoice|iban|sort{sp}code|routing|guarantor|har)",
    ),
    (
        "id-policy",
        HealthPlan,
        four_digits,
        Cue::NeedsMark,
        GROUPED,
        r"(?:policy|member(?:ship)?|subscriber|group|grp|insurance|insured|plan|health{sp}(?:plan|card|insurance)|certificate|payer|beneficiary|coverage|bcbs|aetna|cigna|humana|uhc|united{sp}?healthcare|kaiser|tricare|ohip|msp|ramq|ahcip|phn|bupa|medi-?cal|medical{sp}card|gms)(?:{sp}(?:policy|member(?:ship)?|subscriber|plan|group|card))?",
    ),
    (
        "id-medicare",
        HealthPlan,
        six_digits,
        Cue::Enough,
        GROUPED,
        r"(?:medicare|medicaid|hicn?|mbi|hcn|health{sp}card|ohip|phn|bcbs|policy|subscriber{sp}id|member{sp}?(?:id|#))(?:{sp}(?:policy|card|plan|member))?",
    ),
    (
        "id-licence",
        License,
        four_digits,
        Cue::NeedsMark,
        VALUE,
        r"(?:licen[cs]e|licensure|lic|registration|reg|certification|board{sp}cert|provider|prescriber|upin|ahpra|nmc|imc|mci|hcpc|pin)",
    ),
    (
        "id-driver",
        License,
        four_digits,
        Cue::Enough,
        VALUE,
        r"(?:(?:driver|drv)(?:{apos}?s|s{apos})?{sp}(?:licen[cs]e|lic)|driving{sp}licen[cs]e|(?:medical|state|nursing|pharmacy|md|rn){sp}licen[cs]e|gmc|nmc|ahpra|imc|upin|dln?)",
    ),
    (
        "id-device",
        Device,
        two_digits,
        Cue::NeedsMark,
        VALUE,
        r"(?:serial|ser|s/n|sn|lot|model|mdl|catalog(?:ue)?|cat|device|implant|pacemaker|icd|aicd|pump|udi|imei|part|stimulator|valve|stent|prosthesis|generator|lead|monitor|cgm)(?:{sp}(?:serial|model|lot|s/n))?",
    ),
    ("id-serial", Device, three_digits, Cue::Enough, VALUE, r"(?:serial|s/n|imei|udi)"),
    (
        "id-lot",
        Device,
        three_digits,
        Cue::Enough,
        r"(?<phi>[a-z]{1,4}[0-9][a-z0-9-]{2,12}|[0-9]{2,6}[a-z][a-z0-9-]{0,8})",
        r"(?:lot|batch|model)",
    ),
    (
        "id-bio",
        BioId,
        two_digits,
        Cue::NeedsMark,
        VALUE,
        r"(?:finger{sp}?print|biometric|retinal?{sp}scan|iris(?:{sp}scan)?|voice{sp}?print|palm{sp}?print|face{sp}?(?:id|print)|facial{sp}(?:scan|recognition)|dna{sp}(?:profile|sample|barcode))(?:{sp}(?:template|scan|record|identifier|profile|file|hash))?",
    ),
    ("id-accession", IdNum, four_digits, Cue::Enough, VALUE, r"(?:accession|acc{sp}?#|csn|fin|har{sp}#|specimen|aadhaar|aadhar|passport)"),
    (
        "id-number",
        IdNum,
        four_digits,
        Cue::NeedsMark,
        VALUE,
        r"(?:accession|acc|specimen|surgical|pathology|path|cytology|case|order|job|dictation|document|doc|visit|encounter|enc|contact|csn|fin|episode|referral|report|requisition|req|claim|confirmation|conf|transaction|study|protocol|subject|sample|slide|block|lab|sequence|transcription|transcript|note|booking|incident|ticket|badge|employee|staff|file|reference|ref|voucher|prescription|rx|authorization|auth|pre-?auth|control|workorder|script|tracking|crime|inmate|prisoner|booking|student|donor|unos|optn|trial|passport|aadhaar|pan|did|jid|tid)",
    ),
];

pub(super) fn recognisers() -> Vec<Recogniser> {
    let mut all: Vec<Recogniser> = TABLE
        .iter()
        .map(|&(name, entity_type, check, cue, value, words)| {
            let (joint, priority, score) = match cue {
                Cue::Enough => ("{joint?}", 74, 0.9),
                Cue::NeedsMark => ("{joint}", 73, 0.9),
                Cue::Last => ("{joint}", 67, 0.8),
            };
            Recogniser::new(name, entity_type, score, &format!("(?i){words}s?\\.?{joint}{value}")).priority(priority).check(check)
        })
        .collect();
    all.push(
        Recogniser::new(
            "username",
            Username,
            0.9,
            r"(?i)(?:user{sp}?(?:name|id)|login(?:{sp}(?:name|id))?|log-?in{sp}id|screen{sp}name|user|handle){sp}?(?::|=|is|#){sp}?@?(?<phi>[a-z][a-z0-9._\\-]{2,30}[a-z0-9])",
        )
        .priority(74)
        .check(username),
    );
    all.push(
        Recogniser::new(
            "username-by",
            Username,
            0.7,
            r"(?i)(?:by|user|login|username|logged{sp}in{sp}as|signed|entered|\[)(?:{sp}|:{sp}?|)(?:\(|\[)?(?<phi>[a-z]{2,4}[0-9]{2,5})(?:\)|\]|{b})",
        )
        .check(|c| c.accept_if(!unit_follows(c.after(12)))),
    );
    all.push(Recogniser::new("username-at", Username, 0.7, r"(?i)(?:^|[\s(])@(?<phi>[a-z][a-z0-9.]{0,28}[_0-9.][a-z0-9_]{1,20})"));
    all.push(Recogniser::new(
        "username-social",
        Username,
        0.9,
        r"(?i)(?:twitter|instagram|insta|tiktok|snapchat|facebook|telegram|mastodon|ig|x{sp}handle){sp}?(?:handle|account|name)?{sp}?(?:[:=]|is|as)?{sp}?\(?(?:@(?<phi>[a-z0-9_.]{2,29}[a-z0-9_]))",
    ));
    all
}

/// Enough digits, and neither a date nor a quantity nor an age nor a time.
fn numbered(c: &Candidate<'_, '_>, least: usize) -> Option<Found> {
    static QUANTITY: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)^(?:[0-9.]+(?:mg|mcg|ml|g|kg|cc|units?|iu|meq|mm|cm|hrs?|h|x|%|am|pm|yo|y/o|french|fr|st|nd|rd|th)|[0-9]{1,3}{dash}?(?:year|yr|month|week|day|hour)s?(?:{dash}?old)?|[0-9]{1,3}/[0-9]{1,3}|[0-9]+\.[0-9]+|[0-9]{1,2}{dash}[0-9]{1,2}|[0-9]{1,2}{dash}?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*{dash}?[0-9]{2,4})$",
        )
    });
    let phi = c.phi();
    let digits = c.digits().len();
    let time = c.after(3).starts_with(':') && c.after(3).get(1..).is_some_and(|d| d.starts_with(|d: char| d.is_ascii_digit()));
    let decimal = c.after(2).strip_prefix('.').is_some_and(|d| d.starts_with(|d: char| d.is_ascii_digit()));
    c.accept_if(digits >= least && !looks_like_date(phi) && !QUANTITY.is_match(phi) && !time && !decimal && !unit_follows(c.after(16)))
}

fn two_digits(c: &Candidate<'_, '_>) -> Option<Found> {
    if c.phi().len() < 4 { None } else { numbered(c, 2) }
}

fn three_digits(c: &Candidate<'_, '_>) -> Option<Found> {
    numbered(c, 3)
}

/// A year behind a weak cue is a year.
fn four_digits(c: &Candidate<'_, '_>) -> Option<Found> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| regex(r"^(?:19|20)[0-9]{2}$"));
    if YEAR.is_match(c.phi()) { None } else { numbered(c, 4).or_else(|| mixed(c)) }
}

fn five_digits(c: &Candidate<'_, '_>) -> Option<Found> {
    numbered(c, 5)
}

fn seven_digits(c: &Candidate<'_, '_>) -> Option<Found> {
    numbered(c, 7)
}

fn six_digits(c: &Candidate<'_, '_>) -> Option<Found> {
    numbered(c, 6).or_else(|| mixed(c).filter(|_| c.phi().len() > 7))
}

fn nine_digits(c: &Candidate<'_, '_>) -> Option<Found> {
    c.accept_graded(crate::rules::checksum::nhs(&c.digits()), 1.0, 0.9)
}

/// Capitals and digits in one long code: fewer digits will do.
fn mixed(c: &Candidate<'_, '_>) -> Option<Found> {
    let phi = c.phi();
    let code = phi.len() >= 6 && !phi.bytes().any(|b| b.is_ascii_lowercase()) && phi.bytes().filter(u8::is_ascii_digit).count() >= 2;
    if code && phi.bytes().any(|b| b.is_ascii_uppercase()) { numbered(c, 2) } else { None }
}

fn username(c: &Candidate<'_, '_>) -> Option<Found> {
    const WORDS: &str = "required failed name unknown none not the and error page password access denied disabled \
        enabled available pending interface system still able unable never former current active";
    let word = c.phi().to_ascii_lowercase();
    let mark = word.contains(|ch: char| ch.is_ascii_digit() || matches!(ch, '.' | '_' | '-'));
    let colon = c.before(3).contains([':', '=', '@']);
    c.accept_if(!WORDS.split_whitespace().any(|w| w == word) && (mark || colon))
}
