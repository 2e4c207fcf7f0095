use super::{Annotation, Document, brat, conll, html, i2b2, jsonl};
use crate::error::{Error, Result};
use crate::redact::Redaction;
use crate::text::OffsetUnit;
use std::str::FromStr;

/// A form that one note with its annotations is handed on in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// The text alone.
    Text,
    /// A JSON line, offsets in characters.
    Json,
    /// The XML of the i2b2 2014 task.
    I2b2,
    /// brat's `.ann`, to stand beside the text.
    Brat,
    /// A token and its IOB2 label a line.
    Conll,
    /// A page with marks.
    Html,
}

impl Export {
    /// Names, in the order of the variants.
    pub const NAMES: [&'static str; 6] = ["text", "json", "i2b2", "brat", "conll", "html"];

    /// The note in this form.
    ///
    /// # Errors
    /// [`Error::CorpusInvalid`] when the form cannot hold the note: see the writers of each.
    pub fn write(self, document: &Document) -> Result<String> {
        match self {
            Self::Text => Ok(document.text.clone()),
            Self::Json => Ok(jsonl::write(std::slice::from_ref(document), OffsetUnit::Char)),
            Self::I2b2 => i2b2::write(document),
            Self::Brat => brat::write(document),
            Self::Conll => conll::write(std::slice::from_ref(document)),
            Self::Html => html::write(document),
        }
    }
}

impl FromStr for Export {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        match name {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            "i2b2" => Ok(Self::I2b2),
            "brat" => Ok(Self::Brat),
            "conll" => Ok(Self::Conll),
            "html" => Ok(Self::Html),
            _ => Err(Error::OptionInvalid { option: "format", reason: format!("it is one of {}", Self::NAMES.join(", ")) }),
        }
    }
}

impl Document {
    /// The redacted text of a note, annotated where something was replaced. What was removed leaves no annotation.
    pub fn redacted(id: &str, redaction: &Redaction) -> Self {
        let replaced = redaction.entities.iter().filter(|e| !e.output.is_empty());
        let annotations = replaced.map(|e| Annotation { span: e.output, entity_type: e.entity.entity_type }).collect();
        Self { id: id.into(), text: redaction.text.clone(), annotations }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labels::EntityType;
    use crate::redact::{Context, Policy, apply};
    use crate::tags::{Entity, Source};
    use crate::text::Span;

    #[test]
    fn every_form_holds_the_redacted_text_and_not_the_note() {
        let entity = Entity { span: Span::new(4, 12), entity_type: EntityType::Patient, score: 1.0, source: Source::Model };
        let redaction = apply("Ms. Jane Roe, 61", &[entity], &Policy::i2b2(), &Context::default()).unwrap();
        let document = Document::redacted("note", &redaction);
        for name in Export::NAMES {
            let written = name.parse::<Export>().unwrap().write(&document).unwrap();
            assert!(written.contains("PATIENT") && !written.contains("Jane"), "{name}: {written}");
        }
        assert_eq!("pdf".parse::<Export>().unwrap_err().code(), "OPTION_INVALID");
    }
}
