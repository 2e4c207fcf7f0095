use crate::corpus::{Annotation, Document};
use crate::labels::EntityType;
use crate::text::Span;

/// A text that is put together from plain and annotated pieces, so that offsets are right by construction.
#[derive(Debug, Default, Clone)]
pub(crate) struct Builder {
    text: String,
    annotations: Vec<Annotation>,
}

impl Builder {
    /// Appends text outside any entity.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Appends an entity. White space at its ends stays outside the span.
    pub(crate) fn entity(&mut self, entity_type: EntityType, text: &str) -> &mut Self {
        let start = self.text.len();
        self.text.push_str(text);
        let span = Span::new(start, self.text.len()).trim(&self.text);
        if span.slice(&self.text).is_some_and(|s| s.contains(char::is_alphanumeric)) {
            match self.annotations.last_mut() {
                Some(day) if entity_type == EntityType::Date && weekday_of(day, span, &self.text) => day.span.end = span.end,
                _ => self.annotations.push(Annotation { span, entity_type }),
            }
        }
        self
    }

    /// Makes the last two entities one, if they are of one type and stand side by side: a name that was written in two parts.
    pub(crate) fn join_last(&mut self) {
        if let [.., before, last] = self.annotations.as_mut_slice()
            && before.entity_type == last.entity_type
            && last.span.start - before.span.end <= 2
        {
            before.span.end = last.span.end;
            self.annotations.pop();
        }
    }

    /// Takes what comes next into the entity that ends here.
    pub(crate) fn extend_last(&mut self, text: &str) {
        let end = self.text.len();
        self.text.push_str(text);
        if let Some(last) = self.annotations.last_mut().filter(|a| a.span.end == end) {
            last.span.end = self.text.len();
        }
    }

    /// The text so far.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Starts a new line unless one has just been started.
    pub(crate) fn newline(&mut self) -> &mut Self {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self
    }

    /// Number of words so far.
    pub(crate) fn words(&self) -> usize {
        self.text.split_whitespace().count()
    }

    /// Type and text of every entity, as they were put in.
    #[cfg(test)]
    pub(crate) fn entities(&self) -> Vec<(EntityType, String)> {
        let slice = |a: &Annotation| a.span.slice(&self.text).unwrap_or_default().to_string();
        self.annotations.iter().map(|a| (a.entity_type, slice(a))).collect()
    }

    /// The same text as characters, each with the entity that it belongs to.
    pub(crate) fn into_marked(self) -> Marked {
        let mut chars = Vec::with_capacity(self.text.len());
        let mut next = 0;
        for (at, c) in self.text.char_indices() {
            while self.annotations.get(next).is_some_and(|a| a.span.end <= at) {
                next += 1;
            }
            let inside = self.annotations.get(next).is_some_and(|a| a.span.start <= at);
            chars.push((c, inside.then_some(next)));
        }
        Marked { chars, types: self.annotations.iter().map(|a| a.entity_type).collect() }
    }
}

/// Whether `day` is a weekday by itself and `date` the date that goes with it: by the guideline the two are one.
fn weekday_of(day: &Annotation, date: Span, text: &str) -> bool {
    let word = day.span.slice(text).unwrap_or_default().to_lowercase();
    let weekday = word.len() < 10 && ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|start| word.starts_with(start));
    let gap = text.get(day.span.end..date.start).unwrap_or("-");
    let other = date.slice(text).unwrap_or_default();
    let goes_on = other.starts_with(|c: char| c.is_ascii_digit()) || other.contains(|c: char| c.is_ascii_digit());
    day.entity_type == EntityType::Date && weekday && goes_on && matches!(gap, " " | ", " | ". " | "  ")
}

/// A text as characters that know their entity: it can be edited anywhere and the annotations follow.
#[derive(Debug, Clone, Default)]
pub(crate) struct Marked {
    /// Characters with the index of their entity in `types`.
    pub(crate) chars: Vec<(char, Option<usize>)>,
    /// Types of the entities.
    pub(crate) types: Vec<EntityType>,
}

impl Marked {
    /// Puts another text after this one.
    pub(crate) fn append(&mut self, other: Self) {
        let known = self.types.len();
        self.chars.extend(other.chars.into_iter().map(|(c, entity)| (c, entity.map(|e| e + known))));
        self.types.extend(other.types);
    }

    /// Puts a text outside any entity at the end.
    pub(crate) fn push_text(&mut self, text: &str) {
        self.chars.extend(text.chars().map(|c| (c, None)));
    }

    /// Writes everything in capitals.
    pub(crate) fn make_upper(&mut self) {
        self.chars = self.chars.iter().flat_map(|&(c, entity)| c.to_uppercase().map(move |c| (c, entity))).collect();
    }

    /// The document. An entity of which no visible character is left is gone.
    pub(crate) fn into_document(self, id: String) -> Document {
        let mut text = String::with_capacity(self.chars.len());
        let mut runs: Vec<(usize, Span)> = Vec::new();
        for (c, entity) in self.chars {
            let start = text.len();
            text.push(c);
            if let Some(entity) = entity {
                match runs.last_mut() {
                    Some((last, span)) if *last == entity => span.end = text.len(),
                    _ => runs.push((entity, Span::new(start, text.len()))),
                }
            }
        }
        let annotations: Vec<Annotation> = runs
            .into_iter()
            .map(|(entity, span)| Annotation { span: span.trim(&text), entity_type: self.types[entity] })
            .filter(|a| !a.span.is_empty())
            .collect();
        debug_assert!(annotations.windows(2).all(|w| w[0].span.end <= w[1].span.start));
        Document { id, text, annotations }
    }
}

/// The text of a document with its entities marked inline, `[[TYPE:text]]`, for reading.
pub fn show(document: &Document) -> String {
    let mut shown = String::with_capacity(document.text.len() * 2);
    let mut at = 0;
    for annotation in &document.annotations {
        let plain = document.text.get(at..annotation.span.start).unwrap_or_default();
        let inside = annotation.span.slice(&document.text).unwrap_or_default();
        shown.push_str(plain);
        shown.push_str(&format!("[[{}:{}]]", annotation.entity_type, inside));
        at = annotation.span.end;
    }
    shown.push_str(document.text.get(at..).unwrap_or_default());
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weekday_and_its_date_are_one() {
        let mut out = Builder::default();
        out.text("seen ").entity(EntityType::Date, "Tuesday").text(", ").entity(EntityType::Date, "3/4");
        out.text(" and ").entity(EntityType::Date, "Fri").text(" ").entity(EntityType::Date, "Monday");
        let texts: Vec<String> = out.entities().into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts, ["Tuesday, 3/4", "Fri", "Monday"]);
    }
}
