//! IP addresses: dotted quads and RFC 4291 text forms, both decided by the standard library's parser.

use super::context::joined_to_digits;
use super::recogniser::{Candidate, Found, Recogniser, regex};
use crate::labels::EntityType::{Device, IpAddr};
use regex::Regex;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

pub(super) fn recognisers() -> Vec<Recogniser> {
    vec![
        Recogniser::new("ipv4", IpAddr, 1.0, r"(?<phi>[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3})").priority(70).check(v4),
        Recogniser::new("ipv6", IpAddr, 1.0, r"(?i)(?<phi>(?:[0-9a-f]{1,4}|::)[0-9a-f:.]{2,44})").priority(75).check(v6),
        // MAC-48 (IEEE 802): six pairs. The guideline's DEVICE is "device identifiers and serial numbers".
        Recogniser::new("mac", Device, 1.0, r"(?i)(?<phi>[0-9a-f]{2}(?:(?::[0-9a-f]{2}){5}|(?:-[0-9a-f]{2}){5}))").priority(76).check(
            |c| c.accept_if(c.phi().bytes().any(|b| b.is_ascii_alphabetic()) && !joined_to_digits(c.text, c.span.start, c.span.end)),
        ),
    ]
}

fn cued(c: &Candidate<'_, '_>) -> bool {
    static CUE: LazyLock<Regex> =
        LazyLock::new(|| regex(r"(?i){b}(?:ip|ipv[46]|addr(?:ess)?|host|server|from|client|login)(?-u:\b)[^\n]{0,12}$"));
    CUE.is_match(c.before(32))
}

fn v4(c: &Candidate<'_, '_>) -> Option<Found> {
    static VERSION: LazyLock<Regex> =
        LazyLock::new(|| regex(r"(?i)(?:{b}(?:version|ver\.?|v\.?|section|sec\.?|release|rev\.?|build|firmware|software)|§){sp}?$"));
    let valid = c.phi().parse::<Ipv4Addr>().is_ok();
    // "1.2.3.4" alone is a heading or a version.
    let heading = c.phi().split('.').all(|octet| octet.len() == 1) && !cued(c);
    let longer =
        c.before(1).ends_with('.') || c.after(2).strip_prefix('.').is_some_and(|rest| rest.starts_with(|d: char| d.is_ascii_digit()));
    c.accept_if(valid && !heading && !longer && !VERSION.is_match(c.before(16)))
}

fn v6(c: &Candidate<'_, '_>) -> Option<Found> {
    if c.before(1).ends_with([':', '.']) {
        return None;
    }
    let text = c.phi().trim_end_matches('.');
    let text = if text.ends_with("::") { text } else { text.trim_end_matches(':') };
    let groups = text.split(':').filter(|group| !group.is_empty()).count();
    let digits = text.bytes().any(|b| b.is_ascii_digit());
    let valid = text.parse::<Ipv6Addr>().is_ok() && digits && (groups > 2 || text.to_ascii_lowercase().starts_with("fe80") || cued(c));
    let end = c.span.start + text.len();
    valid.then(|| c.accept())?.map(|hit| hit.with_span(crate::text::Span::new(c.span.start, end)))
}
