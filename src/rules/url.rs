//! Web addresses (RFC 3986): with a scheme, with `www.`, and bare host names under top-level domains that do not look like the
//! start of a sentence after a missing space.

use super::recogniser::{Candidate, Found, Recogniser};
use crate::labels::EntityType::Url;
use crate::text::Span;

pub(super) fn recognisers() -> Vec<Recogniser> {
    const TAIL: &str = r#"(?::[0-9]{2,5})?(?:[/?#][^\s<>"\x{201c}\x{201d}]*)?"#;
    let scheme = r#"(?i)(?<phi>(?:https?|ftps?|sftp)://[^\s<>"\x{201c}\x{201d}]{3,})"#;
    let www = format!(r"(?i)(?<phi>www[0-9]?\.[a-z0-9-]{{1,63}}(?:\.[a-z0-9-]{{1,63}}){{1,5}}{TAIL})");
    let bare = format!(
        concat!(
            r"(?<phi>(?i:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.){{1,5}}",
            r"(?:(?i:com|org|net|edu|gov|mil|info|biz|health)(?:\.[a-z]{{2}})?|(?:nhs|co|ac|org|gov|sch)\.uk|ie|ca|co\.nz|co\.in|io|eu|de|fr|app)",
            r"{{b}}{})"
        ),
        TAIL
    );
    vec![
        Recogniser::new("url", Url, 1.0, scheme).priority(85).check(trim),
        Recogniser::new("url-www", Url, 1.0, &www).priority(84).check(trim),
        Recogniser::new("url-bare", Url, 0.9, &bare).priority(80).check(bare_host),
    ]
}

/// Leaves out the punctuation of the sentence around it. A closing bracket stays if its opening one is inside.
fn trim(c: &Candidate<'_, '_>) -> Option<Found> {
    let mut url = c.phi();
    let mut surplus =
        [('(', ')'), ('[', ']'), ('{', '}')].map(|(open, close)| (close, url.matches(close).count(), url.matches(open).count()));
    while let Some(last) = url.chars().next_back() {
        match surplus.iter_mut().find(|(close, ..)| *close == last) {
            Some((_, closed, opened)) if *closed > *opened => *closed -= 1,
            _ if matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '"' | '*' | '_' | '\u{2019}') => {}
            _ => break,
        }
        url = &url[..url.len() - last.len_utf8()];
    }
    let hit = c.accept()?;
    (url.len() > 4).then(|| hit.with_span(Span::new(c.span.start, c.span.start + url.len())))
}

/// A bare host has a letter in its name, and its domain is more than one letter ("a.com" aside, "e.ca" is an abbreviation).
fn bare_host(c: &Candidate<'_, '_>) -> Option<Found> {
    if c.before(1).ends_with(['@', '.', '-', '/', '_']) {
        return None;
    }
    let host = c.phi().split(['/', '?', '#', ':']).next()?;
    let (name, tld) = host.rsplit_once('.')?;
    let long_enough = name.len() > if matches!(tld, "ie" | "ca" | "io" | "eu" | "de" | "fr") { 3 } else { 1 };
    if long_enough && name.chars().any(|ch| ch.is_ascii_alphabetic()) { trim(c) } else { None }
}
