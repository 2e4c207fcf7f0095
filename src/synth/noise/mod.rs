//! Spoils texts as notes are spoilt. Every character carries its entity along, so that no transform can move an annotation.

mod case;
mod layout;
mod markup;
mod script;
#[cfg(test)]
mod tests;
mod typing;

use super::builder::Marked;
use crate::random::Rand;

/// Shares of documents or characters that a transform strikes.
#[derive(Debug, Clone, PartialEq)]
pub struct NoiseRates {
    /// Documents that nothing happens to.
    pub clean: f64,
    /// Documents wholly in lower case.
    pub lower: f64,
    /// Documents wholly in capitals.
    pub upper: f64,
    /// Documents whose names lose or gain capitals while the rest stays.
    pub names: f64,
    /// Documents whose headings have another case.
    pub headings: f64,
    /// Documents that lose the capital at the start of sentences.
    pub starts: f64,
    /// Documents like a recogniser's transcript of speech: small letters, no punctuation, hardly a line end.
    pub transcript: f64,
    /// Documents wrapped at a fixed width.
    pub wrap: f64,
    /// Documents whose words are cut with a hyphen at a fixed width.
    pub hyphens: f64,
    /// Documents with CRLF line ends.
    pub crlf: f64,
    /// Documents with typing errors, and how many of their letters have one.
    pub typos: (f64, f64),
    /// Documents that look like poor character recognition, and how many of their characters are wrong.
    pub ocr: (f64, f64),
    /// Documents that lose the spaces after colons, commas and full stops.
    pub glue: f64,
    /// Documents that lose some punctuation.
    pub punctuation: f64,
    /// Documents that gain or lose spaces and blank lines.
    pub spacing: f64,
    /// Documents with tabs or columns of spaces.
    pub columns: f64,
    /// Documents whose lines are bullets or numbered.
    pub bullets: f64,
    /// Documents quoted in a message (`> `).
    pub quoted: f64,
    /// Documents with typographic quotes, dashes and no-break spaces.
    pub unicode: f64,
    /// Documents with zero-width characters, a byte order mark, decomposed accents or full-width figures.
    pub rare_unicode: f64,
    /// Documents that lose their accents.
    pub accents: f64,
    /// Documents in Markdown.
    pub markdown: f64,
    /// Documents in HTML.
    pub html: f64,
    /// Documents inside a JSON string.
    pub json: f64,
}

impl NoiseRates {
    /// Nothing is spoilt.
    pub const NONE: Self = Self {
        clean: 1.0,
        lower: 0.0,
        upper: 0.0,
        names: 0.0,
        headings: 0.0,
        starts: 0.0,
        transcript: 0.0,
        wrap: 0.0,
        hyphens: 0.0,
        crlf: 0.0,
        typos: (0.0, 0.0),
        ocr: (0.0, 0.0),
        glue: 0.0,
        punctuation: 0.0,
        spacing: 0.0,
        columns: 0.0,
        bullets: 0.0,
        quoted: 0.0,
        unicode: 0.0,
        rare_unicode: 0.0,
        accents: 0.0,
        markdown: 0.0,
        html: 0.0,
        json: 0.0,
    };
}

impl Default for NoiseRates {
    fn default() -> Self {
        Self {
            clean: 0.25,
            lower: 0.1,
            upper: 0.06,
            names: 0.1,
            headings: 0.06,
            starts: 0.04,
            transcript: 0.025,
            wrap: 0.25,
            hyphens: 0.015,
            crlf: 0.06,
            typos: (0.14, 0.01),
            ocr: (0.04, 0.015),
            glue: 0.08,
            punctuation: 0.05,
            spacing: 0.1,
            columns: 0.05,
            bullets: 0.04,
            quoted: 0.02,
            unicode: 0.08,
            rare_unicode: 0.02,
            accents: 0.06,
            markdown: 0.03,
            html: 0.015,
            json: 0.015,
        }
    }
}

/// A character and the number of its entity.
type Char = (char, Option<usize>);

/// The entity of what is put between two characters: that of both, if it is the same.
fn between(before: Option<&Char>, after: Option<&Char>) -> Option<usize> {
    match (before, after) {
        (Some((_, a)), Some((_, b))) if a == b => *a,
        _ => None,
    }
}

/// Spoils a text, annotations following. What changes words comes first, then layout, then the encoding of the whole.
pub(crate) fn spoil(marked: &mut Marked, rates: &NoiseRates, rand: &mut Rand) {
    if rand.chance(rates.clean) {
        return;
    }
    let chars = &mut marked.chars;
    if rand.chance(rates.accents) {
        script::strip_accents(chars);
    }
    if rand.chance(rates.typos.0) {
        typing::typos(chars, rates.typos.1, rand);
    }
    let transcript = rand.chance(rates.transcript);
    let case = rand.unit();
    if transcript {
        case::transcribe(chars);
    } else if case < rates.lower {
        case::lower(chars);
    } else if case < rates.lower + rates.upper {
        case::upper(chars);
    } else if rand.chance(rates.names) {
        case::names(chars, &marked.types, rand);
    } else if rand.chance(rates.starts) {
        case::lose_starts(chars);
    }
    if rand.chance(rates.headings) {
        case::headings(chars, rand);
    }
    if rand.chance(rates.punctuation) {
        typing::lose_punctuation(chars, rand);
    }
    if rand.chance(rates.glue) {
        typing::glue(chars, rand);
    }
    if rand.chance(rates.spacing) {
        layout::respace(chars, rand);
    }
    if rand.chance(rates.columns) {
        layout::columns(chars, rand);
    }
    if rand.chance(rates.bullets) {
        layout::bullets(chars, rand);
    }
    if rand.chance(rates.ocr.0) {
        typing::misread(chars, rates.ocr.1, rand);
    }
    if rand.chance(rates.unicode) {
        script::typeset(chars, rand);
    }
    if rand.chance(rates.rare_unicode) {
        script::rare(chars, rand);
    }
    let encoding = rand.unit();
    let (markdown, html, json) = (rates.markdown, rates.markdown + rates.html, rates.markdown + rates.html + rates.json);
    if encoding < markdown {
        markup::markdown(chars, rand);
    }
    if rand.chance(rates.hyphens) {
        let width = rand.range(40, 90) as usize;
        layout::hyphenate(chars, width);
    }
    if rand.chance(rates.wrap) {
        let width = rand.range(34, 110) as usize;
        layout::wrap(chars, width);
    }
    if rand.chance(rates.quoted) {
        layout::quote(chars, rand);
    }
    if (markdown..html).contains(&encoding) {
        markup::html(chars, rand);
    } else if (html..json).contains(&encoding) {
        markup::json(chars, rand);
    } else if rand.chance(rates.crlf) {
        replace(chars, |c, at| if c == '\n' { at.extend(['\r', '\n']) } else { at.push(c) });
    }
}

/// Writes each character as what `f` puts in its place; all of it belongs to the character's entity.
fn replace(chars: &mut Vec<Char>, mut f: impl FnMut(char, &mut Vec<char>)) {
    let mut written = Vec::new();
    let mut out = Vec::with_capacity(chars.len());
    for &(c, entity) in chars.iter() {
        f(c, &mut written);
        out.extend(written.drain(..).map(|c| (c, entity)));
    }
    *chars = out;
}
