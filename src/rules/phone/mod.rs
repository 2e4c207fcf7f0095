//! Telephone, fax and pager numbers. Sources: the North American Numbering Plan (3-3-4), Ofcom's National Telephone Numbering Plan,
//! ComReg (Ireland), ACMA (Australia), DoT (India), ARCEP (France), and ITU-T E.164 for everything that starts with a `+`.

mod cue;
mod groups;

use super::recogniser::Recogniser;
use crate::labels::EntityType::Phone;

pub(super) fn recognisers() -> Vec<Recogniser> {
    const EXT: &str = r"(?:{sp}?[,;]?{sp}?(?:ext(?:ension|n)?\.?|x|#){sp}?[:.]?{sp}?[0-9]{1,6}{b}|{b})";
    const SEP: &str = r"(?:{sp}?(?:{dash}|[./·]){sp}?|{sp})";
    let nanp = format!(
        r"(?i)(?<phi>(?:(?:\+|00)?{{sp}}?1{SEP})?(?:\({{s}}?(?<a>[0-9]{{3}}){{s}}?\)(?:{SEP})?|(?<a2>[0-9]{{3}}){SEP})(?<x>[0-9]{{3}}){SEP}[0-9]{{4}}{EXT})"
    );
    let international = format!(r"(?i)(?<phi>\(?\+{{s}}?[1-9](?:(?:{{sp}}|{{dash}}|[./()]){{0,3}}[0-9]){{6,14}}{EXT})");
    let prefixed = r"(?<phi>(?:00|011{s})[1-9](?:(?:{s}|{dash}|[.()]){0,2}[0-9]){8,13})";
    let trunk = format!(r"(?i)(?<phi>\(?0[0-9]{{1,5}}\)?(?:(?:{{sp}}|{{dash}}|\.)[0-9]{{2,8}}){{1,4}}{EXT})");
    vec![
        Recogniser::new("phone-nanp", Phone, 1.0, &nanp).priority(62).check(groups::nanp),
        Recogniser::new("phone-international", Phone, 1.0, &international).priority(63).check(groups::international),
        Recogniser::new("phone-prefixed", Phone, 0.9, prefixed).priority(60).check(groups::prefixed),
        Recogniser::new("phone-trunk", Phone, 0.9, &trunk).priority(61).check(groups::trunk),
        Recogniser::new("phone-uk-mobile", Phone, 0.7, r"(?<phi>07[0-9]{9})")
            .priority(55)
            .check(|c| c.accept().map(|hit| cue::typed(c, hit))),
        Recogniser::new("phone-india-mobile", Phone, 0.7, r"(?<phi>[6-9][0-9]{4}(?:{s}|{dash})[0-9]{5})").priority(45).check(groups::free),
        Recogniser::new("phone-1300", Phone, 0.9, r"(?<phi>1[38]00{s}[0-9]{3}{s}[0-9]{3})").priority(61).check(groups::free),
        Recogniser::new(
            "phone-vanity",
            Phone,
            0.9,
            r"(?<phi>1?(?:{dash}|{s})?\(?8(?:00|33|44|55|66|77|88)\)?(?:{dash}|{s})(?:[A-Z0-9]{2,5}{dash}[A-Z0-9]{2,7}|[A-Z]{4,10}))",
        )
        .priority(58)
        .check(|c| c.accept_if(c.phi().bytes().any(|b| b.is_ascii_uppercase()))),
        Recogniser::new("phone-local", Phone, 0.9, &format!(r"(?i)(?<phi>[2-9][0-9]{{2}}(?:{{dash}}|\.)[0-9]{{4}}{EXT})"))
            .check(cue::local),
        Recogniser::new("phone-cue", Phone, 0.9, &cue::labelled(EXT)).priority(64).check(cue::digits),
        Recogniser::new("pager", Phone, 0.9, cue::PAGER).priority(64).check(cue::pager),
        Recogniser::new("extension", Phone, 0.8, cue::EXTENSION).check(cue::extension),
        Recogniser::new("extension-x", Phone, 0.7, r"x(?<phi>[0-9]{4,5})").check(cue::extension_x),
    ]
}
