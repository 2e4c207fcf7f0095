//! Replacing spans of a text, and the way from a decoded text back to the text that it was decoded from.

use std::ops::Range;

/// A text in place of a range of a source.
#[derive(Clone)]
pub(super) struct Splice {
    pub(super) source: Range<usize>,
    pub(super) text: String,
}

impl Splice {
    pub(super) fn new(source: Range<usize>, text: impl Into<String>) -> Self {
        Self { source, text: text.into() }
    }

    /// The same, `by` bytes further on.
    pub(super) fn shifted(mut self, by: usize) -> Self {
        self.source = self.source.start + by..self.source.end + by;
        self
    }
}

/// `source` with the splices, which may come in any order. Where two overlap, the second covers what the first left of its range.
pub(super) fn apply(source: &str, mut splices: Vec<Splice>) -> String {
    splices.sort_by_key(|splice| (splice.source.start, splice.source.end));
    let mut out = String::with_capacity(source.len());
    let mut end = 0;
    for splice in splices {
        out += source.get(end..splice.source.start.max(end)).unwrap_or_default();
        out += &splice.text;
        end = end.max(splice.source.end);
    }
    out += source.get(end..).unwrap_or_default();
    out
}

/// A text in place of a range of a segment's view.
pub(super) struct Cut {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: String,
}

/// `view` with the cuts, which are in order and disjoint.
pub(super) fn cut(view: &str, cuts: &[Cut]) -> String {
    apply(view, cuts.iter().map(|cut| Splice::new(cut.start..cut.end, cut.text.as_str())).collect())
}

/// A piece of a file, decoded: byte for byte but for escapes.
#[derive(Default)]
pub(super) struct Decoded {
    pub(super) view: String,
    raw: usize,
    escapes: Vec<Escape>,
}

/// What stands differently in the file. It is indivisible.
struct Escape {
    raw: Range<usize>,
    view: Range<usize>,
}

impl Decoded {
    /// A text without escapes.
    pub(super) fn plain(text: &str) -> Self {
        Self { view: text.into(), raw: text.len(), escapes: Vec::new() }
    }

    /// Appends what stands in the file as it reads.
    pub(super) fn literal(&mut self, text: &str) {
        self.view += text;
        self.raw += text.len();
    }

    /// Appends an escape of `raw` bytes, which reads as `view`.
    pub(super) fn escape(&mut self, raw: usize, view: &str) {
        let start = self.view.len();
        self.view += view;
        self.escapes.push(Escape { raw: self.raw..self.raw + raw, view: start..self.view.len() });
        self.raw += raw;
    }

    /// Where `view`, a range of at least one character, stands in the file. An escape that it covers in part is covered whole; one
    /// that reads as nothing is covered only between two covered characters.
    pub(super) fn raw(&self, view: Range<usize>) -> Range<usize> {
        let from = |offset: usize, escapes: usize| match escapes.checked_sub(1).and_then(|last| self.escapes.get(last)) {
            Some(last) => last.raw.end + (offset - last.view.end),
            None => offset,
        };
        let before = self.escapes.partition_point(|escape| escape.view.end <= view.start);
        let start = match self.escapes.get(before) {
            Some(inside) if inside.view.start < view.start => inside.raw.start,
            _ => from(view.start, before),
        };
        let before = self.escapes.partition_point(|escape| escape.view.start < view.end);
        let end = match before.checked_sub(1).and_then(|last| self.escapes.get(last)) {
            Some(inside) if inside.view.end > view.end => inside.raw.end,
            _ => from(view.end, before),
        };
        start..end.max(start)
    }

    /// A part of `self`'s view that was decoded once more, `inner`, as seen from the file that `self` stands in.
    pub(super) fn compose(&self, inner: &Self) -> Self {
        let mut composed = Self { view: inner.view.clone(), raw: self.raw, escapes: Vec::new() };
        let mut outer = self.escapes.iter().peekable();
        let mut place = |upto: Option<&Escape>, at: &mut (usize, usize), escapes: &mut Vec<Escape>| {
            // Escapes of the outer text that stand in a literal piece of the inner one.
            while let Some(escape) = outer.next_if(|escape| upto.is_none_or(|upto| escape.view.start < upto.raw.end)) {
                if upto.is_none_or(|upto| escape.view.end <= upto.raw.start) {
                    let view = at.1 + (escape.view.start - at.0)..at.1 + (escape.view.end - at.0);
                    escapes.push(Escape { raw: escape.raw.clone(), view });
                }
            }
            if let Some(upto) = upto {
                escapes.push(Escape { raw: self.raw(upto.raw.clone()), view: upto.view.clone() });
                *at = (upto.raw.end, upto.view.end);
            }
        };
        let mut at = (0, 0);
        for escape in &inner.escapes {
            place(Some(escape), &mut at, &mut composed.escapes);
        }
        place(None, &mut at, &mut composed.escapes);
        composed
    }

    /// The splices that put `cuts` into the file, each text escaped by `encode`.
    pub(super) fn splices(&self, cuts: &[Cut], encode: impl Fn(&str) -> String) -> Vec<Splice> {
        cuts.iter().map(|cut| Splice::new(self.raw(cut.start..cut.end), encode(&cut.text))).collect()
    }
}
