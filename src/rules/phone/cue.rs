//! Numbers that a cue word gives away, and whether it is a fax.

use crate::labels::EntityType;
use crate::rules::context::{cued, joined_to_digits, unit_follows};
use crate::rules::dates::looks_like_date;
use crate::rules::recogniser::{Candidate, Found, regex};
use regex::Regex;
use std::sync::LazyLock;

/// "pager 12345", "bleep 1234", "beeper #3-4567".
pub(super) const PAGER: &str = concat!(
    r"(?i)(?:pagers?|beepers?|bleeps?|beep|pgr|bpr|page(?:{sp}(?:me|him|her|us|them|team|on-?call))?{sp}?(?:at|on|#|via)){joint?}(?:(?:at|on){sp})?",
    r"(?<phi>[0-9]{3,7}|[0-9]{1,3}{dash}[0-9]{4}|[0-9]{2}{dash}[0-9]{3})",
);

/// Not the area code of a longer number.
pub(super) fn pager(c: &Candidate<'_, '_>) -> Option<Found> {
    static GOES_ON: LazyLock<Regex> = LazyLock::new(|| regex(r"^(?:{dash}|[./ ])[0-9]{3}"));
    c.accept_if(!GOES_ON.is_match(c.after(8)))
}

/// "ext. 4321", "extension 4321".
pub(super) const EXTENSION: &str = r"(?i)(?<cue>ext(?:ension|n)?s?\.?){joint?}(?<phi>[0-9]{3,6})";

/// Cue word and then any string of digits that could be dialled, for the forms that no grouping gives away.
pub(super) fn labelled(extension: &str) -> String {
    let cue = concat!(
        r"(?:tel(?:ephones?|efon|[eé]fono|s)?|t[ée]l|telephoned|phones?|phoned|ph|cell(?:ular|phone)?|mobile|mob|handphone|landline|whatsapp|fax(?:ed)?|telefax|facsimile|fx|",
        r"home|work|office|contact(?:able)?|call(?:ed|ing|back)?|text|ring|dial|hotline|helpline|voicemail|emergency{sp}contact|switchboard|desk|direct{sp}line|answering{sp}at|messages?{sp}to|number{sp}(?:is|at))",
    );
    format!(
        concat!(
            r"(?i){}\.?(?:{{sp}}?(?:phone|line))?(?:{{sp}}?\(?(?:home|work|cell|mobile|office|day|evening|direct|main|h|w|c|m|o)\))?(?:{{sp}}?/{{sp}}?fax)?",
            r"(?:{{sp}}(?:us|him|her|me|them))?{{joint?}}(?:(?:at|on|to){{sp}})?{{dash}}?{{sp}}?",
            r"(?<phi>\(?[0-9](?:(?:{{s}}|{{dash}}|[.()]){{0,2}}[0-9]){{5,14}}{})"
        ),
        cue, extension
    )
}

/// PHONE or FAX by the last cue word before the number, or by a "(fax)" right behind it. `None` without a cue.
pub(super) fn kind(c: &Candidate<'_, '_>) -> Option<EntityType> {
    static CUES: LazyLock<Regex> = LazyLock::new(|| {
        regex(concat!(
            r"(?i)(?<f>[|•·/][\t ]*f[\t .]*$)|{b}(?:(?<fax>(?:(?:tele)?fax(?:ed)?|facsimile|fx){b}|f{s}?:)|(?:tel(?:ephone|efon)?s?|phones?|ph|cell(?:ular|phone)?|mobile|mob|",
            r"pagers?|beepers?|call(?:ed|ing|back)?|reached|contact|text|ring|rang|dial|hotline|helpline|voicemail|landline|line|toll{dash}?{s}?free|home|work|office|switchboard){b}|[thcwmp]{s}?:)",
        ))
    });
    let before = c.before(44);
    let line = before.rsplit("\n\n").next().unwrap_or(before);
    let last = CUES.captures_iter(line).last();
    let trailing_fax = {
        let after = c.after(12).trim_start_matches([' ', '\u{a0}', ',']);
        let word = after.trim_start_matches('(').get(..3).unwrap_or("");
        let rest = after.trim_start_matches('(').get(3..).unwrap_or("");
        word.eq_ignore_ascii_case("fax")
            && !rest.trim_start().starts_with([':', '#', '.'])
            && !rest.starts_with(|ch: char| ch.is_alphanumeric() || ch == ' ')
    };
    match last {
        Some(cue) if cue.name("fax").or(cue.name("f")).is_some() => Some(EntityType::Fax),
        None if trailing_fax => Some(EntityType::Fax),
        Some(_) => Some(EntityType::Phone),
        None => None,
    }
}

/// `hit` as FAX where the context says so.
pub(super) fn typed(c: &Candidate<'_, '_>, hit: Found) -> Found {
    hit.with_type(kind(c).unwrap_or(EntityType::Phone))
}

/// Seven digits in two groups, only with a telephone word in the same sentence.
pub(super) fn local(c: &Candidate<'_, '_>) -> Option<Found> {
    let accepted = kind(c).is_some() && !joined_to_digits(c.text, c.span.start, c.span.end) && !unit_follows(c.after(16));
    c.accept_if(accepted).map(|hit| typed(c, hit))
}

pub(super) fn digits(c: &Candidate<'_, '_>) -> Option<Found> {
    let core = c.phi().split(|ch: char| ch.is_alphabetic() || matches!(ch, '#' | ',' | ';')).next().unwrap_or("");
    let count = core.bytes().filter(u8::is_ascii_digit).count();
    // "home 1 2 3 4 5 6 7" is no number; a dialled one has groups.
    let single = core.split(|ch: char| !ch.is_ascii_digit()).filter(|group| group.len() == 1).count();
    let accepted = count >= 6
        && single <= 1
        && !looks_like_date(core)
        && !unit_follows(c.after(16))
        && !joined_to_digits(c.text, c.span.start, c.span.end);
    c.accept_if(accepted).map(|hit| typed(c, hit))
}

/// "extension 120 degrees" is a joint's.
pub(super) fn extension(c: &Candidate<'_, '_>) -> Option<Found> {
    static DIALLED: LazyLock<Regex> =
        LazyLock::new(|| regex(r"(?i){b}(?:call|contact|phone|tel|page|reach|number|dial|at|on|desk|x|ring)"));
    let short = c.phi().len() == 3;
    let accepted =
        !unit_follows(c.after(16)) && !c.after(4).starts_with(['-', '/', '.', '°']) || c.after(4).trim_start_matches('.').is_empty();
    let sentence_end = c.after(2).starts_with('.') && !c.after(2).ends_with(|d: char| d.is_ascii_digit());
    c.accept_if((accepted || sentence_end) && (!short || cued(c.before(44), &DIALLED)))
}

/// "x54321": glued, four or five digits, and not a multiple such as "x1000 mL".
pub(super) fn extension_x(c: &Candidate<'_, '_>) -> Option<Found> {
    let round = c.phi().ends_with("00");
    c.accept_if(!round && !unit_follows(c.after(16)) && !joined_to_digits(c.text, c.span.start, c.span.end))
}
