use crate::labels::EntityType;
use regex::Regex;
use std::sync::LazyLock;

/// A text with slots. Written `{SLOT}` or `{SLOT:variant}`; `[a~b~]` is one of the alternatives, which may be empty or hold slots.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Template(pub(crate) Vec<Node>);

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    /// Text as it stands.
    Text(String),
    /// A slot and its variant, which may be empty.
    Slot(String, String),
    /// An entity as it stands.
    Entity(EntityType, String),
    /// One of several.
    Choice(Vec<Template>),
}

static SLOT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\{([A-Za-z]+[0-9]?)(?::([a-z0-9]+))?\}").ok());

impl Template {
    /// Parses a template. A brace that opens no slot and a bracket without alternatives are plain text.
    pub(crate) fn parse(source: &str) -> Self {
        let mut nodes = Vec::new();
        let mut plain = String::new();
        let mut rest = source;
        while let Some(c) = rest.chars().next() {
            if c == '{'
                && let Some(found) = SLOT.as_ref().and_then(|slot| slot.captures(rest))
            {
                flush(&mut plain, &mut nodes);
                let group = |i| found.get(i).map_or(String::new(), |m: regex::Match| m.as_str().to_string());
                nodes.push(Node::Slot(group(1), group(2)));
                rest = &rest[found[0].len()..];
                continue;
            }
            if c == '['
                && let Some((alternatives, length)) = alternatives(rest)
            {
                flush(&mut plain, &mut nodes);
                nodes.push(Node::Choice(alternatives.into_iter().map(Self::parse).collect()));
                rest = &rest[length..];
                continue;
            }
            plain.push(c);
            rest = &rest[c.len_utf8()..];
        }
        flush(&mut plain, &mut nodes);
        Self(nodes)
    }

    /// Every template of a file: one a line.
    pub(crate) fn lines(source: &str) -> Vec<Self> {
        source.lines().filter(|line| !line.trim().is_empty()).map(Self::parse).collect()
    }

    /// Every template of a file: blocks of lines with `---` between them.
    pub(crate) fn blocks(source: &str) -> Vec<Self> {
        source.split("\n---\n").map(|block| Self::parse(block.trim_end())).collect()
    }
}

fn flush(plain: &mut String, nodes: &mut Vec<Node>) {
    if !plain.is_empty() {
        nodes.push(Node::Text(std::mem::take(plain)));
    }
}

/// The alternatives of the bracket that `source` starts with, and how many bytes it takes. `None` if it has only one or does not close.
fn alternatives(source: &str) -> Option<(Vec<&str>, usize)> {
    let (mut depth, mut start, mut parts) = (0, 1, Vec::new());
    for (at, c) in source.char_indices() {
        match c {
            '[' => depth += 1,
            '~' if depth == 1 => {
                parts.push(&source[start..at]);
                start = at + 1;
            }
            ']' => {
                depth -= 1;
                if depth == 0 {
                    parts.push(&source[start..at]);
                    return (parts.len() > 1).then_some((parts, at + 1));
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(s: &str) -> Node {
        Node::Text(s.into())
    }

    #[test]
    fn slots_and_alternatives() {
        let t = Template::parse("a {DATE:num} [b~{AGE} [c~d]~] [e] {\"x\": {PT}}");
        let slot = |name: &str, variant: &str| Node::Slot(name.into(), variant.into());
        let cd = Node::Choice(vec![Template(vec![text("c")]), Template(vec![text("d")])]);
        let choice = Node::Choice(vec![Template(vec![text("b")]), Template(vec![slot("AGE", ""), text(" "), cd]), Template(vec![])]);
        assert_eq!(t.0, [text("a "), slot("DATE", "num"), text(" "), choice, text(" [e] {\"x\": "), slot("PT", ""), text("}")]);
    }

    #[test]
    fn blocks_are_cut_at_rules() {
        assert_eq!(Template::blocks("a\nb\n---\nc\n").len(), 2);
    }
}
