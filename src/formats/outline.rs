//! What there is to choose in a file, before it is read for notes.

use super::{Format, FormatOptions, MAX_BYTES, Part, csv, jsonl};
use crate::error::{Error, Result};

/// A column of a CSV file or a field of JSON lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name, as [`FormatOptions`] takes it.
    pub name: String,
    /// How many cells or lines hold text.
    pub filled: usize,
}

impl Format {
    /// The columns of a CSV or TSV file that has a header, and the fields of JSON lines that hold strings. Other formats leave nothing
    /// to choose, and have none.
    ///
    /// # Errors
    /// Those of [`Container::read`](super::Container::read), as far as the choice does not matter for them.
    pub fn fields(self, bytes: &[u8], options: &FormatOptions) -> Result<Vec<Field>> {
        if bytes.len() > MAX_BYTES {
            return Err(Error::TooLarge { what: "the file", limit: MAX_BYTES });
        }
        match self {
            Self::Csv | Self::Tsv => csv::fields(&Part::decode(bytes, self, options)?.source, self, options),
            Self::JsonLines => jsonl::fields(&Part::decode(bytes, self, options)?.source),
            Self::Text | Self::Hl7 | Self::Fhir | Self::Docx => Ok(Vec::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(format: Format, text: &str) -> Vec<(String, usize)> {
        let fields = format.fields(text.as_bytes(), &FormatOptions::default()).unwrap();
        fields.into_iter().map(|field| (field.name, field.filled)).collect()
    }

    #[test]
    fn fields_are_counted_where_they_hold_text() {
        let named = |pairs: &[(&str, usize)]| pairs.iter().map(|(name, filled)| (name.to_string(), *filled)).collect::<Vec<_>>();
        for (format, text, expected) in [
            (
                Format::Csv,
                "\u{feff}id,\" No\"\"te\",Zoë👩🏽\u{200d}⚕️\r\n1,a,\r\n2,\"\",\" \"\r\n3\r\n",
                vec![("id", 3), ("No\"te", 1), ("Zoë👩🏽\u{200d}⚕️", 0)],
            ),
            (Format::Csv, "a;b\n1;2\n", vec![("a", 1), ("b", 1)]),
            (Format::Csv, "1,Jane Roe,1961-07-04\n", vec![]),
            (Format::Csv, "", vec![]),
            (Format::Tsv, "a\tb\n\t\"x\ny\"\n", vec![("a", 0), ("b", 1)]),
            (Format::JsonLines, "{\"n\":1,\"b\":\"x\"}\n\n{\"a\":\"y\",\"b\":\"\",\"c\":{\"d\":\"z\"}}", vec![("b", 2), ("a", 1)]),
            (Format::Text, "a,b\n", vec![]),
        ] {
            assert_eq!(fields(format, text), named(&expected), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        for (format, bytes) in [(Format::Csv, b"a,b\n\"x".as_slice()), (Format::JsonLines, b"{\"a\":1}\n[1]"), (Format::Tsv, b"a\xff")] {
            assert_eq!(format.fields(bytes, &FormatOptions::default()).unwrap_err().code(), "FORMAT_INVALID");
        }
    }
}
