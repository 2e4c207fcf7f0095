//! Formats and encodings by their names, as callers write them.

use super::{Format, TextEncoding};
use crate::error::{Error, Result};
use std::str::FromStr;

impl Format {
    const ALL: [Self; 7] = [Self::Text, Self::Csv, Self::Tsv, Self::JsonLines, Self::Hl7, Self::Fhir, Self::Docx];
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let names = Self::ALL.map(Self::name).join(", ");
        let unknown = || Error::OptionInvalid { option: "format", reason: format!("it is one of {names}") };
        Self::ALL.into_iter().find(|format| format.name() == name).ok_or_else(unknown)
    }
}

impl FromStr for TextEncoding {
    type Err = Error;

    /// Names of the WHATWG Encoding Standard.
    fn from_str(name: &str) -> Result<Self> {
        match name.to_ascii_lowercase().as_str() {
            "utf-8" => Ok(Self::Utf8),
            "utf-16le" => Ok(Self::Utf16Le),
            "utf-16be" => Ok(Self::Utf16Be),
            "windows-1252" | "latin1" | "iso-8859-1" => Ok(Self::Windows1252),
            _ => Err(Error::OptionInvalid { option: "encoding", reason: "it is utf-8, utf-16le, utf-16be or windows-1252".into() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for format in Format::ALL {
            assert_eq!(format.name().parse::<Format>().unwrap(), format);
        }
        assert_eq!("pdf".parse::<Format>().unwrap_err().code(), "OPTION_INVALID");
        assert_eq!("Latin1".parse::<TextEncoding>().unwrap(), TextEncoding::Windows1252);
        assert_eq!("ebcdic".parse::<TextEncoding>().unwrap_err().code(), "OPTION_INVALID");
    }
}
