//! A person's name as it is written, taken apart.
//!
//! The parts are found by form: carets (HL7: `OKAFOR^CHIDI^A`), a comma ("Okafor, Chidi A."), capitals ("Chidi OKAFOR"), particles
//! ("Chidi van der Berg") and else by order. What form does not tell is left open: a single word is [`Role::Open`].

use super::fold::{fold, is_silent, words};
use std::collections::HashSet;
use std::ops::Range;

/// What a word does in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::redact) enum Role {
    /// A first or middle name.
    Given,
    /// What friends say, in quotation marks or parentheses.
    Nick,
    /// A family name, or one of two.
    Surname,
    /// The only word: given or family name.
    Open,
    /// "van der", "de la", "al-".
    Particle,
    /// What is no name: titles, "Jr", "III", degrees, "née".
    Affix,
}

/// A word of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::redact) struct Part {
    /// Where it stands in the entity's text, in bytes.
    pub(in crate::redact) range: Range<usize>,
    /// What it does.
    pub(in crate::redact) role: Role,
    /// Whether its letters stand for a name each: "C.", or "CA" before a surname.
    pub(in crate::redact) initials: bool,
    /// The word as it is compared.
    pub(in crate::redact) key: String,
}

/// The words of a name in the order in which they are written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::redact) struct Name {
    pub(in crate::redact) parts: Vec<Part>,
}

const TITLES: &str = concat!(
    "mr mrs ms miss mx dr drs prof professor doctor sir dame mme mlle rev sra srta herr frau nurse sister pt patient baby girl boy ",
    "twin sr sgt officer pastor rabbi",
);
const SUFFIXES: &str = "jr jnr sr snr ii iii iv 2nd 3rd 4th esq";
const DEGREES: &str = concat!(
    "MD DO MBBS MBChB MB BCh RN NP PA PAC FNP CRNA CNM LPN EMT PhD PharmD MSW LCSW PT DPT OT OTR SLP FRCP FRCS MRCP FACS FACP FACC ",
    "BSN MSN DNP BSc MSc DDS DMD DPM PGY1 PGY2 PGY3",
);
const LINKS: &str = "and or née nee né aka formerly alias known as";
/// Particles that are no given names.
const PARTICLES: &str = concat!(
    "de da do dos das del della di du des der den von vom zu ter ten te la le las los lo el al abu abou ibn bin bint ben bat ould ",
    "st san santa van vander y e af av",
);
/// Particles that may be a given name at the beginning: "Al Reyes", "Ben Okafor", "Van Ng", "Santa Cruz".
const PARTICLES_OR_NAMES: &str = "al ben van lo san santa do te y e abu bat";

fn among(list: &str, word: &str) -> bool {
    list.split(' ').any(|entry| entry == word)
}

impl Name {
    /// Takes `text` apart. A lone short word such as "CO" is taken for initials unless it is among `known` names.
    /// No parts when there is no letter and no digit.
    pub(in crate::redact) fn read(text: &str, known: &HashSet<String>) -> Self {
        let mut parts = tokens(text);
        let between =
            |parts: &[Part], i: usize| -> Range<usize> { i.checked_sub(1).map_or(0, |i| parts[i].range.end)..parts[i].range.start };
        let gap = |parts: &[Part], i: usize| text.get(between(parts, i)).unwrap_or_default().to_string();
        // The field that each word stands in, as carets or commas part them.
        let mark = if text.contains('^') { '^' } else { ',' };
        let mut field = 0;
        let mut fields = Vec::with_capacity(parts.len());
        for i in 0..parts.len() {
            field += gap(&parts, i).matches(mark).count();
            fields.push(field);
        }
        mark_affixes(text, &mut parts, &fields);
        mark_nicknames(text, &mut parts);
        // A comma before nothing but affixes parts no surname from a given name.
        let live = |p: &Part| p.role == Role::Open;
        let parted = (0..parts.len()).any(|i| fields[i] > 0 && live(&parts[i]));
        mark_initials(text, &mut parts, &fields, parted, known);
        if parted {
            // HL7 may have a number in front: "12345^OKAFOR^CHIDI".
            let front = parts.iter().position(|p| p.key.contains(char::is_alphabetic)).map_or(0, |i| fields[i]);
            for (part, field) in parts.iter_mut().zip(&fields).filter(|(p, _)| p.role == Role::Open) {
                part.role = if *field <= front { Role::Surname } else { Role::Given };
            }
            mark_particles(text, &mut parts, |_| true);
            return Self { parts };
        }
        plain_roles(text, &mut parts);
        if mark == ',' && text.trim_end().ends_with(',') {
            parts.iter_mut().filter(|p| p.role == Role::Open).for_each(|p| p.role = Role::Surname);
        }
        Self { parts }
    }

    /// The parts of `role`.
    pub(in crate::redact) fn of(&self, role: Role) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |p| p.role == role)
    }

    /// The parts that name somebody: no particles, no affixes.
    pub(in crate::redact) fn names(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|p| !matches!(p.role, Role::Particle | Role::Affix))
    }

    /// Whether all that there is are initials.
    pub(in crate::redact) fn is_initials(&self) -> bool {
        self.names().all(|p| p.initials) && self.names().next().is_some()
    }
}

/// Every word, with its role open. "Mc Donald" is one word.
fn tokens(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for range in words(text) {
        let key = fold(&text[range.clone()]);
        if let Some(last) =
            parts.last_mut().filter(|last| matches!(last.key.as_str(), "mc" | "mac") && text[last.range.end..range.start] == *" ")
        {
            last.range.end = range.end;
            last.key += &key;
            continue;
        }
        parts.push(Part { range, role: Role::Open, initials: false, key });
    }
    parts
}

fn word<'t>(text: &'t str, part: &Part) -> &'t str {
    &text[part.range.clone()]
}

/// Titles at the front, suffixes and degrees anywhere behind, words between names. Never all that there is.
fn mark_affixes(text: &str, parts: &mut [Part], fields: &[usize]) {
    let mut front = true;
    let mut affix = Vec::with_capacity(parts.len());
    for (i, (part, &field)) in parts.iter().zip(fields).enumerate() {
        let (key, written) = (part.key.as_str(), word(text, part));
        // HL7 has the prefix behind: "OKAFOR^CHIDI^^^DR".
        let title = (front || field > 2) && among(TITLES, key);
        let suffix = i > 0 && among(SUFFIXES, key);
        // Do and Pa are surnames: such a degree stands behind two words, or behind a comma.
        let degree = (i > 1 || i > 0 && (field > 0 || key.len() > 2)) && among(DEGREES, written);
        let link = i > 0 && i + 1 < parts.len() && among(LINKS, key) && !written.chars().any(char::is_uppercase);
        affix.push(title || suffix || degree || link);
        front &= title;
    }
    if affix.iter().all(|a| *a) {
        return;
    }
    for (part, _) in parts.iter_mut().zip(affix).filter(|(_, affix)| *affix) {
        part.role = Role::Affix;
    }
}

/// Words between quotation marks or parentheses, if others stand outside.
fn mark_nicknames(text: &str, parts: &mut [Part]) {
    let mut inside = false;
    let mut nick = Vec::with_capacity(parts.len());
    let mut from = 0;
    for part in parts.iter() {
        for c in text[from..part.range.start].chars() {
            inside = match c {
                '(' | '“' | '«' | '[' => true,
                ')' | '”' | '»' | ']' => false,
                '"' | '\'' | '‘' | '’' => !inside,
                _ => inside,
            };
        }
        from = part.range.end;
        nick.push(inside && part.role == Role::Open);
    }
    if parts.iter().zip(&nick).any(|(p, n)| p.role == Role::Open && !n) {
        parts.iter_mut().zip(nick).filter(|(_, nick)| *nick).for_each(|(p, _)| p.role = Role::Nick);
    }
}

/// Which words are initials: single letters of an alphabet with case, and short words in capitals that are no names by what stands around.
fn mark_initials(text: &str, parts: &mut [Part], fields: &[usize], parted: bool, known: &HashSet<String>) {
    let named = parts.iter().filter(|p| !matches!(p.role, Role::Affix)).count();
    let mixed = parts.iter().any(|p| p.role == Role::Open && word(text, p).chars().any(char::is_lowercase));
    let count = parts.len();
    for (i, (part, field)) in parts.iter_mut().zip(fields).enumerate().filter(|(_, (p, _))| p.role == Role::Open) {
        let written = &text[part.range.clone()];
        let letters = written.chars().filter(|c| !is_silent(*c)).count();
        let cased = written.chars().all(|c| is_silent(c) || c.is_lowercase() || c.is_uppercase());
        let upper = is_upper(written);
        let vowel = part.key.contains(['a', 'e', 'i', 'o', 'u', 'y']);
        part.initials = cased
            && match letters {
                // "García y Vega".
                1 => !(matches!(written, "y" | "e") && i > 0 && i + 1 < count),
                // Alone: "CO", "CAO", "co".
                2 | 3 if named == 1 => (upper || letters == 2 && written.chars().all(char::is_lowercase)) && !known.contains(&part.key),
                // Beside a name: "CA Okafor", "Okafor, CJ", "CJ OKAFOR".
                2 | 3 => {
                    upper
                        && !(parted && *field == 0)
                        && !known.contains(&part.key)
                        && (mixed && letters == 2 && (parted || i + 1 < count) || !vowel)
                }
                _ => false,
            };
    }
}

/// Whether there are capitals and no small letters.
pub(in crate::redact) fn is_upper(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

/// Marks particles among the words that `may` be some: not the last of their kind, for then it is the name.
fn mark_particles(text: &str, parts: &mut [Part], may: impl Fn(usize) -> bool) {
    for i in 0..parts.len() {
        let role = parts[i].role;
        let key = parts[i].key.as_str();
        let open = matches!(role, Role::Surname | Role::Open) || role == Role::Given && matches!(key, "de" | "la" | "del" | "los" | "las");
        let followed = parts.get(i + 1).is_some_and(|next| next.role == role && !next.initials);
        let glued = parts.get(i + 1).is_some_and(|next| text[parts[i].range.end..next.range.start].starts_with(['-', '‐', '‑']));
        if open
            && !parts[i].initials
            && followed
            && among(PARTICLES, key)
            && (may(i) || glued && matches!(key, "al" | "el" | "abu" | "ben"))
        {
            parts[i].role = Role::Particle;
        }
    }
}

/// The roles of a name without comma and caret.
fn plain_roles(text: &str, parts: &mut [Part]) {
    let open: Vec<usize> = (0..parts.len()).filter(|&i| parts[i].role == Role::Open).collect();
    let Some(&first) = open.first() else { return };
    let lower = |part: &Part| word(text, part).chars().all(|c| !c.is_uppercase());
    let mixed = open.iter().any(|&i| !lower(&parts[i]));
    let front: Vec<bool> =
        parts.iter().enumerate().map(|(i, p)| i != first || mixed && lower(p) || !among(PARTICLES_OR_NAMES, &p.key)).collect();
    mark_particles(text, parts, |i| front[i]);
    let open: Vec<usize> = open.into_iter().filter(|&i| parts[i].role == Role::Open).collect();
    let full: Vec<usize> = open.iter().copied().filter(|&i| !parts[i].initials).collect();
    let joined = |a: &Part, b: &Part| matches!(&text[a.range.end..b.range.start], "-" | "‐" | "‑" | "–");
    let particle = parts.iter().position(|p| p.role == Role::Particle);
    // "Okafor C", "Chidi O.": which it is, the form does not tell.
    let initial_behind = open.len() > 1 && open.last().is_some_and(|&i| parts[i].initials);
    if full.is_empty() {
        let last = open.len() - 1;
        for (n, &i) in open.iter().enumerate() {
            parts[i].role = if n == last && last > 0 { Role::Surname } else { Role::Given };
        }
        return;
    }
    let capitals: Vec<usize> =
        full.iter().copied().filter(|&i| is_upper(word(text, &parts[i])) && parts[i].key.chars().count() > 1).collect();
    if !capitals.is_empty() && capitals.len() < full.len() {
        // "OKAFOR Chidi", "María GARCÍA LÓPEZ".
        open.iter().for_each(|&i| parts[i].role = if capitals.contains(&i) { Role::Surname } else { Role::Given });
        return;
    }
    // The last word, with what hyphens join to it; everything behind a particle.
    let mut start = full.len() - 1;
    while start > 0 && joined(&parts[full[start - 1]], &parts[full[start]]) {
        start -= 1;
    }
    if start > 0 && start + 1 < full.len() && lower(&parts[full[start + 1]]) && !lower(&parts[full[start]]) {
        // "Kim Min-jun".
        open.iter().for_each(|&i| parts[i].role = if i < full[start] { Role::Surname } else { Role::Given });
        return;
    }
    let mut from = full[start];
    if let Some(particle) = particle {
        from = from.min(particle);
        // "García y Vega".
        if matches!(parts[particle].key.as_str(), "y" | "e") && particle > 0 {
            from = from.min(particle - 1);
        }
    }
    let alone = !open.iter().any(|&i| i < from);
    if initial_behind && full.len() == 2 && start == 1 {
        // "OKAFOR CHIDI A", as registers have it.
        open.iter().for_each(|&i| parts[i].role = if i == full[0] { Role::Surname } else { Role::Given });
        return;
    }
    for &i in &open {
        parts[i].role = match () {
            () if initial_behind && full.len() == 1 && parts[i].initials => Role::Given,
            () if alone && particle.is_none() => Role::Open,
            () if i >= from && !parts[i].initials => Role::Surname,
            () => Role::Given,
        };
    }
}

#[cfg(test)]
mod tests;
