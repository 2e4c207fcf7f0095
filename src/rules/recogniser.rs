use super::context;
use crate::labels::EntityType;
use crate::tags::{Entity, Source};
use crate::text::Span;
use regex::{Captures, Regex};

/// Pattern fragments that recognisers share, written `{name}` in a pattern. A fragment may use the ones above it.
const FRAGMENTS: &[(&str, &str)] = &[
    // One gap between two parts: some horizontal white space (no-break and zero-width ones included) or one line wrap.
    ("{sp}", r"(?:[\t \x{a0}\x{2000}-\x{200b}\x{202f}\x{205f}\x{3000}\x{feff}]{1,4}|[\t ]{0,4}\r?\n[\t >]{0,8})"),
    // The same without the wrap, for parts that a line's end separates more often than it splits (a name and the next line's label).
    ("{hs}", r"[\t \x{a0}\x{2000}-\x{200b}\x{202f}\x{205f}\x{3000}\x{feff}]{1,4}"),
    // One space that keeps a number together.
    ("{s}", r"[ \x{a0}\x{2007}\x{2009}\x{202f}]"),
    ("{dash}", r"[-\x{ad}\x{2010}-\x{2015}\x{2212}\x{fe58}\x{fe63}\x{ff0d}]"),
    ("{apos}", r"['`\x{b4}\x{2bc}\x{2018}\x{2019}]"),
    // Letters of the Latin, Greek and Cyrillic scripts with combining marks. The Unicode classes would make patterns megabytes large.
    ("{upper}", r"[A-Z\x{c0}-\x{d6}\x{d8}-\x{de}\x{100}-\x{17f}\x{386}-\x{3ab}\x{400}-\x{42f}\x{1e00}-\x{1eff}]"),
    ("{letter}", r"[A-Za-z\x{c0}-\x{d6}\x{d8}-\x{f6}\x{f8}-\x{24f}\x{300}-\x{36f}\x{370}-\x{52f}\x{1e00}-\x{1fff}]"),
    ("{b}", r"(?-u:\b)"),
    ("{ord}", r"(?:st|nd|rd|th)"),
    ("{year}", r"(?:1[89]|2[01])[0-9]{2}"),
    (
        "{month}",
        r"(?:january|jan|february|feb|march|mar|april|apr|may|june|jun|july|jul|august|aug|september|sept|sep|october|oct|november|nov|december|dec)",
    ),
    ("{weekday}", r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"),
    // What may stand between a cue word and its number: "no.", "#", ":", "is".
    ("{joint}", r"(?:{sp}?\(?(?:numbers?|num\.?|no\.?|nr\.?|ids?|codes?|#|№|:|=)\)?){1,4}{sp}?(?:(?:is|was|of){sp}#?)?"),
    ("{joint?}", r"(?:{sp}?\(?(?:numbers?|num\.?|no\.?|nr\.?|ids?|codes?|#|№|:|=)\)?){0,4}{sp}?(?:(?:is|was|of){sp}#?)?"),
];

/// What a recogniser has matched, before its check.
pub(super) struct Candidate<'t, 'c> {
    /// The note.
    pub text: &'t str,
    /// The bytes that would be the entity.
    pub span: Span,
    captures: &'c Captures<'t>,
    default: Found,
}

/// The verdict on a candidate that is PHI.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub span: Span,
    pub entity_type: EntityType,
    pub score: f32,
    pub priority: u8,
}

impl Found {
    pub fn entity(self) -> Entity {
        Entity { span: self.span, entity_type: self.entity_type, score: self.score, source: Source::Rule }
    }

    pub fn with_score(self, score: f32) -> Self {
        Self { score, ..self }
    }

    pub fn with_type(self, entity_type: EntityType) -> Self {
        Self { entity_type, ..self }
    }

    pub fn with_span(self, span: Span) -> Self {
        Self { span, ..self }
    }
}

impl<'t> Candidate<'t, '_> {
    /// The text that would be the entity.
    pub fn phi(&self) -> &'t str {
        self.span.slice(self.text).unwrap_or("")
    }

    /// The text of a named group, if it took part in the match.
    pub fn group(&self, name: &str) -> Option<&'t str> {
        self.captures.name(name).map(|m| m.as_str())
    }

    /// The value of a named group of digits.
    pub fn number(&self, name: &str) -> Option<u32> {
        self.group(name)?.parse().ok()
    }

    /// At most `len` bytes before the entity.
    pub fn before(&self, len: usize) -> &'t str {
        context::before(self.text, self.span.start, len)
    }

    /// At most `len` bytes after the entity.
    pub fn after(&self, len: usize) -> &'t str {
        context::after(self.text, self.span.end, len)
    }

    /// The ASCII digits of the entity.
    pub fn digits(&self) -> String {
        self.phi().chars().filter(char::is_ascii_digit).collect()
    }

    /// The recogniser's own type and score for the whole span.
    pub fn accept(&self) -> Option<Found> {
        Some(self.default)
    }

    /// [`Candidate::accept`] on a condition.
    pub fn accept_if(&self, condition: bool) -> Option<Found> {
        condition.then_some(self.default)
    }

    /// Accepts with the first score when `strong` holds and with the second when it does not.
    pub fn accept_graded(&self, strong: bool, score: f32, otherwise: f32) -> Option<Found> {
        Some(self.default.with_score(if strong { score } else { otherwise }))
    }
}

/// Looks at a candidate and its surroundings; `None` when it is not PHI.
pub(super) type Check = fn(&Candidate<'_, '_>) -> Option<Found>;

/// A form of PHI: a pattern whose group `phi` is the entity (else the whole match), and a check on what it matched.
pub(super) struct Recogniser {
    #[cfg_attr(not(test), allow(dead_code))]
    pub name: &'static str,
    regex: Regex,
    entity_type: EntityType,
    score: f32,
    priority: u8,
    check: Check,
}

impl Recogniser {
    /// `pattern` is a constant of this crate; every one is compiled by the tests.
    pub fn new(name: &'static str, entity_type: EntityType, score: f32, pattern: &str) -> Self {
        let regex = regex(pattern);
        Self { name, regex, entity_type, score, priority: 50, check: |candidate| candidate.accept() }
    }

    /// Of two overlapping finds the one with the higher priority stays. 50 unless told.
    pub fn priority(self, priority: u8) -> Self {
        Self { priority, ..self }
    }

    pub fn check(self, check: Check) -> Self {
        Self { check, ..self }
    }

    /// Appends what it finds in `text`, from left to right.
    pub fn find(&self, text: &str, found: &mut Vec<Found>) {
        let mut at = 0;
        while at < text.len()
            && let Some(captures) = self.regex.captures_at(text, at)
        {
            let Some(whole) = captures.get(0) else { break };
            let phi = captures.name("phi").unwrap_or(whole);
            let span = Span::new(phi.start(), phi.end());
            let default = Found { span, entity_type: self.entity_type, score: self.score, priority: self.priority };
            let candidate = Candidate { text, span, captures: &captures, default };
            let verdict = if phi.is_empty() || context::cuts_word(text, whole.start()) || context::cuts_word(text, whole.end()) {
                None
            } else {
                (self.check)(&candidate)
            };
            // After a find, what follows it may be read again: it can be the context of the next one. After a refusal the search
            // goes on behind the first word of the match, so that no word is the start of two matches and the time stays linear.
            at = match verdict {
                Some(hit) if !hit.span.is_empty() => {
                    found.push(hit);
                    hit.span.end.max(at + 1)
                }
                _ => context::end_of_word(text, whole.start()),
            };
            while !text.is_char_boundary(at) {
                at += 1;
            }
        }
    }
}

/// Compiles a pattern after putting the fragments in.
pub(super) fn regex(pattern: &str) -> Regex {
    let mut pattern = pattern.to_string();
    for (name, fragment) in FRAGMENTS.iter().rev() {
        pattern = pattern.replace(name, fragment);
    }
    // A pattern of more than two megabytes is one that does not belong in a web page.
    let compiled = regex::RegexBuilder::new(&pattern).size_limit(2 << 20).build();
    compiled.expect("patterns are constants, and the tests compile every one")
}
