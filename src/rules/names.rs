//! Names behind titles ("Dr. Smith"), before degrees ("Jane Doe, MD") and behind the labels of a form ("Patient name: DOE, JOHN").
//! Titles and degrees stay outside the span. These are for what the encoder misses, so their score is low and precision comes first.

use super::recogniser::{Candidate, Found, Recogniser};
use crate::labels::EntityType::{Doctor, Patient};
use crate::text::Span;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that a capital letter does not make a name, as they stand behind titles and labels.
const NO_NAMES: &str = concat!(
    "a about account am pm contin two three four  address admission admitted advised after again age agreed all also although an and appointment ",
    "are as asked assessment at attending aware before but by called came can care cell clinic complains consulted ",
    "date denies discharge discussed do dob ed electronically emergency family father fax feels fellow felt for ",
    "friday from gender had has have he her his history home hospital however i icu if in informed is it last lives ",
    "md mild moderate monday mother mr mrn mrs ms name no none not note notes notified now np nurse of office on or ",
    "orders our paged past patient phd phone physician plan please practitioner presented presents primary prn ",
    "provider pt recommended recommends regarding reportedly reports resident returned reviewed rn room saturday ",
    "saw seen service severe sex she should signed since stated states sunday surgery team tel that the then there ",
    "thereafter they this thursday time to today told tomorrow tr trace tuesday unfortunately unit unknown visit ",
    "was we wednesday were when who will with would yes yesterday your ",
);

fn is_no_name(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| NO_NAMES.split_whitespace().collect());
    WORDS.contains(word)
}

pub(super) fn recognisers() -> Vec<Recogniser> {
    const WORD: &str =
        r"(?:(?:O|D|Mc|Mac|Le|De|Di|La|St\.{sp}?){apos}?)?{upper}{letter}+(?:{apos}{letter}{letter}+)?(?:{dash}{upper}{letter}+)?";
    const PARTICLE: &str = r"(?:(?:van|von|der|den|de|del|della|da|dos|la|le|al|el|bin|ben|ibn|St\.){hs})";
    let name =
        format!(r"(?:(?:{{upper}}\.{{s}}?){{1,2}})?{PARTICLE}{{0,2}}{WORD}(?:{{hs}}(?:{{upper}}\.{{hs}})?{PARTICLE}{{0,2}}{WORD}){{0,2}}");
    let doctor = format!(r"(?:{{b}}(?:[Dd]rs?|DRS?|Doctors?|Prof(?:essor)?|PROF)\.?(?:{{sp}}(?:Dr|Prof)\.?)?{{sp}})(?<phi>{name})");
    let doctors = format!(r"Drs\.?{{sp}}{WORD}{{sp}}(?:and|&){{sp}}(?<phi>{name})");
    let person = format!(r"(?:{{b}}(?<title>M[rsx]|MRS?|MS|Mrs|Miss|MISS|Mme|Sr|Sra|Herr|Frau)\.?{{sp}})(?<phi>{name})");
    let lower = r"{b}(?:dr|mrs)\.?{sp}(?<phi>[a-z]{3,}(?:{apos}[a-z]+)?)";
    let degree = format!(
        r"(?<phi>{name})(?:,{{sp}}?|{{sp}})(?:M\.?D|D\.?O|R\.?N|N\.?P|A?PRN|ARNP|CRNP|CRNA|F?NP-C|PA(?:-C)?|Ph\.?D|M\.?B\.?B\.?S|MBChB|MB{{sp}}?BCh|FRCSI?|FRCPC?|FACS|FACC|FRACP|MRCPI?|MRCGP|DDS|DMD|DPM|PharmD|LCSW|LICSW|MSW|PsyD|BSN|MSN|DNP|CNM|DPT|OTR)\b"
    );
    let labels = r"(?:[Pp]atient(?:{sp}[Nn]ame)?|PATIENT(?:{sp}NAME)?|[Nn]ame|NAME|[Pp]t\.?{sp}[Nn]ame|[Nn]ext{sp}of{sp}[Kk]in|NOK)";
    let staff = r"(?:(?:[Ee]lectronically{sp})?[Ss]igned(?:{sp}by)?|[Dd]ictated(?:{sp}by)?|[Aa]ttending(?:{sp}(?:[Pp]hysician|MD))?|ATTENDING(?:{sp}PHYSICIAN)?|PCP|GP|[Ss]urgeon|SURGEON|[Pp]rovider|[Cc]onsultant|[Aa]uthor|[Rr]eferring(?:{sp}[Pp](?:hysician|rovider))?|[Aa]nesthesiologist|[Rr]adiologist|[Pp]athologist|[Cc]osigned(?:{sp}by)?)";
    let full = format!(r"{WORD},{{hs}}{WORD}(?:{{hs}}{{upper}}\.?\b)?|{WORD}{{hs}}(?:{{upper}}\.?{{hs}})?{PARTICLE}?{WORD}");
    let patient_label = format!(r"{labels}{{s}}?:[ \t]{{0,8}}(?<phi>{full})");
    let staff_label = format!(r"{staff}{{s}}?:[ \t]{{0,8}}(?:Dr\.?{{sp}})?(?<phi>{full})");
    vec![
        Recogniser::new("name-doctor", Doctor, 0.7, &doctor).priority(22).check(clean),
        Recogniser::new("name-doctors", Doctor, 0.7, &doctors).priority(21).check(clean),
        Recogniser::new("name-title", Patient, 0.7, &person).priority(20).check(titled),
        Recogniser::new("name-lower", Doctor, 0.6, lower).priority(15).check(|c| {
            let whom = if c.before(5).contains("mrs") { Patient } else { Doctor };
            c.accept_if(!is_no_name(c.phi())).map(|hit| hit.with_type(whom))
        }),
        Recogniser::new("name-degree", Doctor, 0.7, &degree).priority(19).check(clean),
        Recogniser::new("name-patient-label", Patient, 0.7, &patient_label).priority(18).check(clean),
        Recogniser::new("name-staff-label", Doctor, 0.7, &staff_label).priority(18).check(clean),
    ]
}

/// "MS Contin" and "MR Angiography" are no people: a title in capitals goes with a name in capitals.
fn titled(c: &Candidate<'_, '_>) -> Option<Found> {
    let shouted = c.group("title").is_some_and(|title| title.chars().all(|ch| ch.is_ascii_uppercase()));
    let small = c.phi().split_whitespace().next().is_some_and(|word| word.chars().any(char::is_lowercase));
    if shouted && small { None } else { clean(c) }
}

/// Cuts the name before the first word that is none; without a first word there is no name.
fn clean(c: &Candidate<'_, '_>) -> Option<Found> {
    let phi = c.phi();
    let mut start = 0;
    let mut end = 0;
    let mut letters = 0;
    let mut at = 0;
    for word in phi.split_inclusive(char::is_whitespace) {
        let bare = word.trim().trim_end_matches([',', '.']);
        let lower = bare.to_lowercase();
        let possessive = lower.strip_suffix("'s").or_else(|| lower.strip_suffix("\u{2019}s")).unwrap_or(&lower);
        if !bare.is_empty() && (is_no_name(possessive) || is_title(possessive)) {
            if letters > 0 {
                break;
            }
            start = at + word.len();
            if !is_title(possessive) {
                return None;
            }
        } else if !bare.is_empty() {
            letters = letters.max(bare.chars().count());
            let dot = usize::from(bare.chars().count() == 1 && word.trim().ends_with('.'));
            end = at + bare.len() + dot;
            // In a text of capitals nothing tells a name from the word behind it: one word is all that is safe.
            let capitals = bare.chars().count() > 2 && bare.chars().all(|ch| !ch.is_lowercase()) && !phi.contains(',');
            if capitals {
                break;
            }
            if possessive.len() < lower.len() {
                end = at + possessive.len().min(bare.len());
                break;
            }
        }
        at += word.len();
    }
    let span = Span::new(c.span.start + start.min(end), c.span.start + end);
    let fits = span.slice(c.text).is_some_and(|name| !name.is_empty());
    c.accept_if(letters > 1 && fits).map(|hit| hit.with_span(span))
}

fn is_title(word: &str) -> bool {
    matches!(word, "dr" | "prof" | "professor" | "doctor" | "mr" | "mrs" | "ms" | "miss")
}
