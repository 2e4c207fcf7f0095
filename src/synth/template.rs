use crate::labels::EntityType;
use crate::random::Rand;
use regex::Regex;
use std::sync::LazyLock;

/// A text with slots. Written `{SLOT}` or `{SLOT:variant}`; `[a~b~]` is one of the alternatives, which may be empty or hold slots;
/// `⟦TYPE|text⟧` is an entity as it stands, whose text may hold alternatives and plain slots.
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
    /// An entity whose text is a template of its own.
    Literal(EntityType, Template),
    /// One of several.
    Choice(Vec<Template>),
}

static SLOT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\{([A-Za-z]+[0-9]?(?:[+-][0-9]{1,4})?)(?::([a-z0-9]+))?\}").ok());

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
            if c == '⟦'
                && let Some((entity_type, inner, length)) = literal(rest)
            {
                flush(&mut plain, &mut nodes);
                nodes.push(Node::Literal(entity_type, Self::parse(inner)));
                rest = &rest[length..];
                continue;
            }
            plain.push(c);
            rest = &rest[c.len_utf8()..];
        }
        flush(&mut plain, &mut nodes);
        Self(nodes)
    }

    /// The nodes left when one of each `[a~b]` has been chosen, in order: what follows a slot can then be looked at.
    pub(crate) fn chosen<'t>(&'t self, rand: &mut Rand, into: &mut Vec<&'t Node>) {
        for node in &self.0 {
            match node {
                Node::Choice(alternatives) => {
                    if let Some(alternative) = alternatives.get(rand.below(alternatives.len())) {
                        alternative.chosen(rand, into);
                    }
                }
                node => into.push(node),
            }
        }
    }

    /// Whether its text is written in capitals throughout, so that what fills its slots must be as well.
    pub(crate) fn is_upper(&self) -> bool {
        let (mut upper, mut lower) = (0, 0);
        self.count_case(&mut upper, &mut lower);
        upper > 60 && upper > lower * 15
    }

    fn count_case(&self, upper: &mut usize, lower: &mut usize) {
        for node in &self.0 {
            match node {
                Node::Text(text) => {
                    *upper += text.chars().filter(|c| c.is_uppercase()).count();
                    *lower += text.chars().filter(|c| c.is_lowercase()).count();
                }
                Node::Choice(alternatives) => alternatives.iter().for_each(|a| a.count_case(upper, lower)),
                _ => {}
            }
        }
    }
}

/// The templates of a file that stand one a line.
pub(crate) fn lines(source: &str) -> Vec<&str> {
    source.lines().filter(|line| !line.trim().is_empty()).collect()
}

/// The templates of a file that are blocks of lines with `---` between them.
pub(crate) fn blocks(source: &str) -> Vec<&str> {
    source.split("\n---\n").map(str::trim_end).filter(|block| !block.trim().is_empty()).collect()
}

fn flush(plain: &mut String, nodes: &mut Vec<Node>) {
    if !plain.is_empty() {
        nodes.push(Node::Text(std::mem::take(plain)));
    }
}

/// Type and text of the literal entity that `source` starts with, and how many bytes it takes.
fn literal(source: &str) -> Option<(EntityType, &str, usize)> {
    let inside = source.strip_prefix('⟦')?;
    let (inside, _) = inside.split_once('⟧')?;
    let (name, text) = inside.split_once('|')?;
    Some((name.trim().parse().ok()?, text, '⟦'.len_utf8() + inside.len() + '⟧'.len_utf8()))
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
        assert_eq!(blocks("a\nb\n---\nc\n"), ["a\nb", "c"]);
    }

    #[test]
    fn literals_hold_alternatives() {
        let t = Template::parse("x ⟦AGE|5[2~6]⟧ ⟦NOTHING|y⟧ {DAY-3:md}");
        let age = Template(vec![text("5"), Node::Choice(vec![Template(vec![text("2")]), Template(vec![text("6")])])]);
        let day = Node::Slot("DAY-3".into(), "md".into());
        assert_eq!(t.0, [text("x "), Node::Literal(EntityType::Age, age), text(" ⟦NOTHING|y⟧ "), day]);
    }

    #[test]
    fn a_bracket_without_alternatives_is_text() {
        assert_eq!(Template::parse("- [ ] a [x] b").0, [text("- [ ] a [x] b")]);
    }

    #[test]
    fn capitals_are_noticed() {
        let body = "HISTORY OF PRESENT ILLNESS: THE PATIENT WAS SEEN IN THE CLINIC WITH {SX} AND [FEVER~COUGH~CHEST PAIN].";
        assert!(Template::parse(body).is_upper());
        assert!(!Template::parse(&body.to_lowercase()).is_upper());
    }
}
