//! Account names, e-mail, web and network addresses.

use super::Note;
use super::person::People;
use crate::labels::EntityType::Email;
use crate::redact::identity::fold;

/// From this length on a word of an e-mail address is taken for a name.
const NAME_LENGTH: usize = 4;

/// The words of e-mail addresses that may be names, folded.
pub(super) fn words_like_names(note: &Note) -> impl Iterator<Item = String> {
    let emails = note.entities.iter().zip(&note.slices).filter(|(entity, _)| entity.entity_type == Email);
    let local = emails.map(|(_, slice)| slice.rsplit_once('@').map_or(*slice, |(local, _)| local));
    local
        .flat_map(|local| runs(local).filter(|run| run.starts_with(char::is_alphabetic)).map(fold))
        .filter(|key| key.chars().count() >= NAME_LENGTH)
}

/// Another account name: names in it by their surrogates, letters and digits by others.
pub(super) fn username(note: &Note, people: &People, slice: &str) -> Option<String> {
    Some(handle(note, people, slice))
        .filter(|made| note.is_other(slice, made) && !note.real.contains(&fold(made)))
        .or_else(|| note.shape("username", slice, slice))
}

/// Another e-mail address, at one of the domains that are kept for examples (RFC 2606).
pub(super) fn email(note: &Note, people: &People, slice: &str) -> Option<String> {
    let Some((local, domain)) = slice.trim().rsplit_once('@') else { return username(note, people, slice) };
    let domain = example(note, domain, 0)?;
    Some(format!("{}@{domain}", username(note, people, local)?))
}

fn example(note: &Note, host: &str, attempt: u32) -> Option<&'static str> {
    note.seed.draw("domain", &fold(host), attempt).pick(&["example.org", "example.com", "example.net"])
}

/// Runs of letters, of digits, and of what parts them.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let class = |c: char| {
        if c.is_alphabetic() {
            1
        } else if c.is_numeric() {
            2
        } else {
            0
        }
    };
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = class(rest.chars().next()?);
        let end = rest.find(|c| class(c) != first).unwrap_or(rest.len());
        let (run, behind) = rest.split_at(end);
        rest = behind;
        Some(run)
    })
}

/// An account name by runs; a letter by itself is the initial of whom the others name: "c.okafor".
fn handle(note: &Note, people: &People, text: &str) -> String {
    let named: Option<String> = runs(text).find_map(|run| people.within(&fold(run)).map(|(name, _, _)| name.to_string()));
    runs(text)
        .map(|run| match (&named, run.chars().next()) {
            (Some(name), Some(letter)) if letter.is_alphabetic() && letter.len_utf8() == run.len() => {
                super::case::like(run, &people.initial_beside(note, name, letter.to_ascii_lowercase()).to_string())
            }
            (_, Some(first)) if first.is_alphabetic() => word(note, people, run),
            _ => shaped(note, run),
        })
        .collect()
}

fn shaped(note: &Note, run: &str) -> String {
    note.seed.draw("handle", &fold(run), 0).shape(run)
}

/// A word of an account name: "cokafor" by the initial and the surname of the surrogate.
fn word(note: &Note, people: &People, run: &str) -> String {
    let key = fold(run);
    let Some((name, before, behind)) = people.within(&key) else { return shaped(note, run) };
    let plain = |surrogate: &str| surrogate.to_lowercase().replace('-', "");
    let beside = |rest: &str| match rest.chars().collect::<Vec<_>>().as_slice() {
        [] => String::new(),
        [letter] => people.initial_beside(note, name, *letter).to_string(),
        _ => people.part(rest).map_or_else(|| shaped(note, rest), plain),
    };
    let made = format!("{}{}{}", beside(before), people.part(name).map_or_else(String::new, plain), beside(behind));
    super::case::like(run, &made)
}

/// Another web address: an example's host, the path with its shape.
pub(super) fn url(note: &Note, slice: &str) -> Option<String> {
    let schemes = ["https://", "http://", "ftp://"];
    let scheme = schemes.iter().find(|scheme| slice.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    let (scheme, rest) = slice.split_at(scheme.map_or(0, |scheme| scheme.len()));
    let host_end = rest.find(['/', '?', '#', ':']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(host_end);
    let www = if host.to_lowercase().starts_with("www.") { host.get(..4)? } else { "" };
    note.first(slice, |attempt| {
        let path = note.seed.draw("url", &fold(path), attempt).shape(path);
        Some(format!("{scheme}{www}{}{path}", example(note, host, attempt)?))
    })
}

/// Another network address, of the blocks that are kept for documentation (RFC 5737, RFC 3849). A port or a prefix length goes with it.
pub(super) fn ip_address(note: &Note, slice: &str) -> Option<String> {
    let key = fold(slice);
    let (address, prefix) = slice.split_once('/').map_or((slice, None), |(address, prefix)| (address, Some(prefix)));
    let pairs: Vec<&str> = slice.split([':', '-']).collect();
    note.first(slice, |attempt| {
        let mut draw = note.seed.draw("ip", &key, attempt);
        let hex = |n: usize| char::from_digit(n as u32, 16).unwrap_or('0');
        // Six pairs are an address of the hardware.
        if pairs.len() == 6 && pairs.iter().all(|pair| pair.len() == 2) {
            let made: String = slice.chars().map(|c| if c.is_ascii_alphanumeric() { hex(draw.below(16)) } else { c }).collect();
            return Some(if slice.contains(char::is_uppercase) { made.to_uppercase() } else { made });
        }
        let (made, port) = if address.matches('.').count() == 3 && !address.contains("::") {
            let block = draw.pick(&["192.0.2", "198.51.100", "203.0.113"])?;
            (format!("{block}.{}", 1 + draw.below(254)), address.split_once(':').map(|(_, port)| port))
        } else if address.contains(':') {
            (format!("2001:db8::{:x}:{:x}:{:x}", draw.below(0xffff), draw.below(0xffff), 1 + draw.below(0xfffe)), None)
        } else {
            return Some(draw.shape(slice));
        };
        let port = port.map_or(String::new(), |port| format!(":{}", draw.shape(port)));
        let number = |text: &&str| text.chars().all(|c| c.is_ascii_digit());
        Some(made + &port + &prefix.filter(number).map_or(String::new(), |prefix| format!("/{prefix}")))
    })
}
