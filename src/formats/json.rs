//! JSON with the places of its values, which serde_json does not give. serde_json checks a text first, so that the tree below need
//! not doubt it.

use super::splice::{Decoded, Splice};
use serde::de::IgnoredAny;
use std::ops::Range;

/// Objects and lists may lie this deep in each other, as serde_json has it.
const MAX_DEPTH: usize = 128;

/// A value and where it stands.
pub(super) struct Node {
    pub(super) source: Range<usize>,
    pub(super) value: Value,
}

pub(super) enum Value {
    /// Keys, decoded, with the places of their opening quotes.
    Object(Vec<(Key, Node)>),
    Array(Vec<Node>),
    /// `Node::source` holds the quotes.
    String,
    /// A number, `true`, `false` or `null`.
    Other,
}

pub(super) struct Key {
    pub(super) name: String,
    start: usize,
}

impl Node {
    /// Between the quotes of a string.
    pub(super) fn inside(&self) -> Range<usize> {
        self.source.start + 1..self.source.end.saturating_sub(1).max(self.source.start + 1)
    }

    /// The text of a member that is a string.
    pub(super) fn member(&self, source: &str, name: &str) -> Option<String> {
        let Value::Object(members) = &self.value else { return None };
        let (_, node) = members.iter().find(|(key, node)| key.name == name && matches!(node.value, Value::String))?;
        Some(decode(source.get(node.inside())?).view)
    }
}

/// The values that stand one after another in `source`, from byte `at` on. Otherwise the byte where it is not JSON.
pub(super) fn parse(source: &str, at: usize) -> Result<Vec<Node>, usize> {
    let text = source.get(at..).unwrap_or_default();
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    let mut nodes = Vec::new();
    let mut start = at;
    while let Some(value) = values.next() {
        value.map_err(|error| at + byte(text, error.line(), error.column()))?;
        nodes.push(Parser { source, at: start }.value(0)?);
        start = at + values.byte_offset();
    }
    Ok(nodes)
}

/// The byte of a line and column, as serde_json counts them.
fn byte(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column.saturating_sub(1)).min(text.len())
}

struct Parser<'a> {
    source: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.source.as_bytes();
        while bytes.get(self.at).is_some_and(|b| matches!(b, b' ' | b'\n' | b'\r' | b'\t' | b',' | b':')) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    /// The next value, or the byte where it is too deep.
    fn value(&mut self, depth: usize) -> Result<Node, usize> {
        let open = self.peek();
        let start = self.at;
        if depth > MAX_DEPTH {
            return Err(start);
        }
        let value = match open {
            Some(b'{') => {
                self.at += 1;
                let mut members = Vec::new();
                while self.peek().is_some_and(|b| b == b'"') {
                    let start = self.at;
                    let name = self.string();
                    let name = decode(self.source.get(name).unwrap_or_default()).view;
                    members.push((Key { name, start }, self.value(depth + 1)?));
                }
                self.at += 1;
                Value::Object(members)
            }
            Some(b'[') => {
                self.at += 1;
                let mut values = Vec::new();
                while self.peek().is_some_and(|b| b != b']') {
                    values.push(self.value(depth + 1)?);
                }
                self.at += 1;
                Value::Array(values)
            }
            Some(b'"') => {
                self.string();
                Value::String
            }
            _ => {
                let rest = self.source.get(self.at..).unwrap_or_default();
                self.at += rest.find([',', ']', '}', ' ', '\n', '\r', '\t']).unwrap_or(rest.len()).max(1);
                Value::Other
            }
        };
        self.at = self.at.min(self.source.len());
        Ok(Node { source: start..self.at, value })
    }

    /// Steps over a string; the range between its quotes.
    fn string(&mut self) -> Range<usize> {
        let start = self.at + 1;
        self.at = start;
        let bytes = self.source.as_bytes();
        while let Some(b) = bytes.get(self.at).filter(|&&b| b != b'"') {
            self.at += if *b == b'\\' { 2 } else { 1 };
        }
        self.at += 1;
        start..self.at - 1
    }
}

/// What stands between the quotes of a string.
pub(super) fn decode(raw: &str) -> Decoded {
    let mut decoded = Decoded::default();
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        decoded.literal(before);
        let pair = escape.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("\\ud")) && escape.get(6..8) == Some("\\u");
        let (pair, single) = (escape.get(..12).filter(|_| pair), escape.get(..if escape.starts_with("\\u") { 6 } else { 2 }));
        let read = |escape: &&str| serde_json::from_str::<String>(&format!("\"{escape}\"")).ok();
        // Half of a surrogate pair stands for no character.
        let (escape, text) = match (pair.and_then(|pair| Some((pair, read(&pair)?))), single) {
            (Some(read), _) => read,
            (None, Some(single)) => (single, read(&single).unwrap_or("\u{fffd}".into())),
            (None, None) => (escape, "\u{fffd}".into()),
        };
        decoded.escape(escape.len(), &text);
        let after = rest.get(at + escape.len()..).unwrap_or_default();
        rest = after;
    }
    decoded.literal(rest);
    decoded
}

/// `text` as it stands between quotes.
pub(super) fn encode(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted.get(1..quoted.len() - 1).unwrap_or_default().to_string()
}

/// The splices that take out the members and elements whose values hold the bytes `starts`, and what is empty without them.
pub(super) fn removals(source: &str, starts: &[usize]) -> Vec<Splice> {
    let mut starts = starts.to_vec();
    starts.sort_unstable();
    let mut splices = Vec::new();
    let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    for node in parse(source, start).unwrap_or_default() {
        if remove(&node, &starts, &mut splices) {
            splices.push(Splice::new(node.source, "{}"));
        }
    }
    splices
}

/// Whether nothing is left of `node`. If something is, appends the splices that take out the rest.
fn remove(node: &Node, starts: &[usize], splices: &mut Vec<Splice>) -> bool {
    let first = starts.partition_point(|&start| start < node.source.start);
    if starts.get(first).is_none_or(|&start| start >= node.source.end) {
        return false;
    }
    let children: Vec<(usize, &Node)> = match &node.value {
        Value::Object(members) => members.iter().map(|(key, node)| (key.start, node)).collect(),
        Value::Array(values) => values.iter().map(|node| (node.source.start, node)).collect(),
        Value::String | Value::Other => return true,
    };
    let mut inner = Vec::new();
    let gone: Vec<bool> = children.iter().map(|(_, child)| remove(child, starts, &mut inner)).collect();
    if gone.iter().all(|&gone| gone) {
        return true;
    }
    splices.append(&mut inner);
    // A member goes with the comma before it; those before the first that stays, with the comma after.
    let mut stays = false;
    for (i, gone) in gone.into_iter().enumerate() {
        let range = match (gone, stays) {
            (false, _) => {
                stays = true;
                continue;
            }
            (true, true) => i.checked_sub(1).and_then(|i| children.get(i)).map(|(_, before)| before.source.end..children[i].1.source.end),
            (true, false) => children.get(i + 1).map(|(after, _)| children[i].0..*after),
        };
        splices.extend(range.map(|range| Splice::new(range, "")));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::splice::apply;

    #[test]
    fn removed_members_take_their_commas() {
        for (source, removed, expected) in [
            (r#"{"a":1, "b":"x" , "c":"y"}"#, vec!["x", "y"], r#"{"a":1}"#),
            (r#"{"a":"x", "b":2,"c":"y", "d":[]}"#, vec!["x", "y"], r#"{"b":2, "d":[]}"#),
            (r#"{"a":"x","b":"y","c":3}"#, vec!["x", "y"], r#"{"c":3}"#),
            (r#"{"k":0,"p":{"s":"x"},"q":[{"t":"y"}],"r":["z",1]}"#, vec!["x", "y", "z"], r#"{"k":0,"r":[1]}"#),
            (r#"{"p":{"s":"x"}}"#, vec!["x"], "{}"),
            (r#"{"s":"x"} {"s":1}"#, vec!["x"], r#"{} {"s":1}"#),
        ] {
            let starts: Vec<_> = removed.iter().map(|value| source.find(&format!("\"{value}\"")).unwrap() + 1).collect();
            assert_eq!(apply(source, removals(source, &starts)), expected);
        }
    }

    #[test]
    fn escapes_are_read_one_by_one() {
        let decoded = decode(r#"a\"\\\/\n\u00e9\ud83d\ude00\u0000z"#);
        assert_eq!(decoded.view, "a\"\\/\né😀\0z");
        assert_eq!(decoded.raw(3..4), 5..7);
        assert_eq!(decoded.raw(7..11), 15..27);
        assert_eq!(decoded.raw(8..9), 15..27);
        assert_eq!(encode("a\"\n\u{1}é"), r#"a\"\n\u0001é"#);
    }

    #[test]
    fn errors_name_the_byte() {
        assert_eq!(parse("{}\n{\"a\":é}", 0).err(), Some(8));
        assert_eq!(parse("{\"a\":", 0).err(), Some(4));
        assert!(parse(&"[".repeat(100_000), 0).is_err());
    }
}
