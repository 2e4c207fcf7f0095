//! XML with the places of its text nodes and tags.

use super::splice::Decoded;
use quick_xml::Reader;
use quick_xml::escape::{escape, resolve_predefined_entity};
use quick_xml::events::{BytesRef, BytesStart, Event};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r#"(?s)\s(?<name>[^\s=<>"'/]+)\s*=\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)')"#;
    Regex::new(pattern).expect("a constant pattern compiles")
});

/// What stands in an XML text, with its place.
pub(super) enum Piece {
    /// An opening tag and its name without a prefix. An empty element's is followed by its `Close`.
    Open {
        name: String,
        tag: Range<usize>,
    },
    Close {
        name: String,
    },
    /// Character data and references.
    Text(Range<usize>),
    /// Inside the brackets of a character data section.
    Data(Range<usize>),
}

/// The pieces of `source`. Otherwise the byte where it is no XML.
pub(super) fn pieces(source: &str) -> Result<Vec<Piece>, usize> {
    let text = source.strip_prefix('\u{feff}').unwrap_or(source);
    let mark = source.len() - text.len();
    let mut reader = Reader::from_str(text);
    let (mut pieces, mut depth) = (Vec::new(), 0usize);
    loop {
        let start = mark + reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|_| start)?;
        let range = start..mark + reader.buffer_position() as usize;
        let name = |element: &BytesStart| element.local_name().as_ref().to_string();
        match event {
            Event::Start(element) => {
                depth += 1;
                pieces.push(Piece::Open { name: name(&element), tag: range });
            }
            Event::Empty(element) => {
                pieces.push(Piece::Open { name: name(&element), tag: range });
                pieces.push(Piece::Close { name: name(&element) });
            }
            Event::End(element) => {
                depth = depth.checked_sub(1).ok_or(start)?;
                pieces.push(Piece::Close { name: element.local_name().as_ref().to_string() });
            }
            Event::Text(_) | Event::GeneralRef(_) => match pieces.last_mut() {
                Some(Piece::Text(text)) if text.end == range.start => text.end = range.end,
                _ => pieces.push(Piece::Text(range)),
            },
            Event::CData(data) => {
                let start = range.start + "<![CDATA[".len();
                pieces.push(Piece::Data(start..start + data.into_inner().len()));
            }
            Event::Eof if depth > 0 => return Err(start),
            Event::Eof => return Ok(pieces),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            // Entities of its own would be text that is not read.
            Event::DocType(_) => return Err(start),
        }
    }
}

/// An attribute of a tag.
pub(super) struct Attribute<'a> {
    /// Its name with its prefix.
    pub(super) name: &'a str,
    /// Between its quotes.
    pub(super) value: Range<usize>,
    /// With its name and the white space before it.
    pub(super) whole: Range<usize>,
}

impl<'a> Attribute<'a> {
    /// Its name without its prefix.
    pub(super) fn local(&self) -> &'a str {
        self.name.rsplit(':').next().unwrap_or(self.name)
    }
}

/// The attributes of the tag at `tag`.
pub(super) fn attributes<'a>(source: &'a str, tag: &Range<usize>) -> impl Iterator<Item = Attribute<'a>> + use<'a> {
    let (start, text) = (tag.start, source.get(tag.clone()).unwrap_or_default());
    ATTRIBUTE.captures_iter(text).filter_map(move |captures| {
        let (whole, value) = (captures.get(0)?, captures.name("double").or(captures.name("single"))?);
        Some(Attribute {
            name: captures.name("name")?.as_str(),
            value: start + value.start()..start + value.end(),
            whole: start + whole.start()..start + whole.end(),
        })
    })
}

/// Character data and references as they read.
pub(super) fn decode(raw: &str) -> Decoded {
    let mut decoded = Decoded::default();
    decode_into(&mut decoded, raw);
    decoded
}

/// Appends character data and references.
pub(super) fn decode_into(decoded: &mut Decoded, raw: &str) {
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        decoded.literal(before);
        // An unknown reference reads as it stands, and is not to be cut.
        let read = reference.split_inclusive(';').next().and_then(|known| Some((known, known.strip_prefix('&')?.strip_suffix(';')?)));
        let len = match read {
            Some((known, name)) => {
                decoded.escape(known.len(), resolve(name).as_deref().unwrap_or(known));
                known.len()
            }
            None => {
                decoded.literal("&");
                1
            }
        };
        rest = reference.get(len..).unwrap_or_default();
    }
    decoded.literal(rest);
}

fn resolve(name: &str) -> Option<String> {
    match BytesRef::new(name).resolve_char_ref() {
        Ok(Some(c)) => Some(c.to_string()),
        // XHTML's own, which everybody uses.
        _ if name == "nbsp" => Some("\u{a0}".into()),
        _ => resolve_predefined_entity(name).map(str::to_string),
    }
}

/// `text` as it stands in a text node or an attribute. Characters that XML cannot hold become spaces.
pub(super) fn encode(text: &str) -> String {
    escape(held(text)).into_owned()
}

/// `text` as it stands in an attribute that holds a URI: what is no letter or digit, percent-encoded.
pub(super) fn encode_uri(text: &str) -> String {
    let encoded = |b: u8| if b.is_ascii_alphanumeric() || b"-._~@".contains(&b) { char::from(b).to_string() } else { format!("%{b:02X}") };
    text.bytes().map(encoded).collect()
}

/// `text` as it stands in a character data section.
pub(super) fn encode_data(text: &str) -> String {
    held(text).replace("]]>", "]] >")
}

fn held(text: &str) -> String {
    text.replace(|c: char| (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}'), " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_know_their_places() {
        let source = "\u{feff}<?xml version=\"1.0\"?><a:b x=\"1\" y = 'Z&#233;'>J&amp;\u{e9}<c/><![CDATA[k]]></a:b>";
        let places: Vec<_> = pieces(source)
            .unwrap()
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Open { tag: range, .. } | Piece::Text(range) | Piece::Data(range) => source.get(range),
                Piece::Close { .. } => None,
            })
            .collect();
        assert_eq!(places, ["<a:b x=\"1\" y = 'Z&#233;'>", "J&amp;é", "<c/>", "k"]);
        let tag = source.find("<a").unwrap()..source.find(">J").unwrap() + 1;
        let found: Vec<_> = attributes(source, &tag).map(|attribute| (attribute.name, &source[attribute.value])).collect();
        assert_eq!(found, [("x", "1"), ("y", "Z&#233;")]);
        for broken in ["<a>", "<a></b>", "</a>", "<a", "<!DOCTYPE a [<!ENTITY b \"c\">]><a/>"] {
            assert!(pieces(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn references_are_read() {
        let decoded = decode("a&lt;&#x1F600;&nbsp;&unknown;&b");
        assert_eq!(decoded.view, "a<😀\u{a0}&unknown;&b");
        assert_eq!(decoded.raw(1..2), 1..5);
        assert_eq!(decoded.raw(8..11), 20..29);
        assert_eq!(encode("<&\u{1}\">"), "&lt;&amp; &quot;&gt;");
    }
}
