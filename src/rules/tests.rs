//! The fixtures: each line is a source, a tab, and a text in which `[[TYPE:text]]` marks what must be found, exactly. `\n`, `\t` and
//! `\u{…}` are escapes.

use super::*;
use proptest::prelude::*;

const POSITIVE: &str = include_str!("../../tests/fixtures/rules/positive.tsv");
const NEGATIVE: &str = include_str!("../../tests/fixtures/rules/negative.tsv");

fn unescape(text: &str) -> String {
    static ESCAPE: LazyLock<regex::Regex> = LazyLock::new(|| regex::Regex::new(r"\\(?:([nrt])|u\{([0-9a-fA-F]+)\})").unwrap());
    let replaced = ESCAPE.replace_all(text, |c: &regex::Captures<'_>| match c.get(1).map(|m| m.as_str()) {
        Some("n") => "\n".to_string(),
        Some("r") => "\r".to_string(),
        Some(_) => "\t".to_string(),
        None => char::from_u32(u32::from_str_radix(&c[2], 16).unwrap()).unwrap().to_string(),
    });
    replaced.into_owned()
}

/// Text without marks, and the marked (type, slice, start).
fn parse(marked: &str) -> (String, Vec<(String, String, usize)>) {
    static MARK: LazyLock<regex::Regex> = LazyLock::new(|| regex::Regex::new(r"(?s)\[\[([A-Z-]+):(.+?)\]\]").unwrap());
    let (mut text, mut spans, mut at) = (String::new(), Vec::new(), 0);
    for mark in MARK.captures_iter(marked) {
        let whole = mark.get(0).unwrap();
        text.push_str(&marked[at..whole.start()]);
        spans.push((mark[1].to_string(), mark[2].to_string(), text.len()));
        text.push_str(&mark[2]);
        at = whole.end();
    }
    text.push_str(&marked[at..]);
    (text, spans)
}

fn lines(fixture: &'static str) -> impl Iterator<Item = (usize, String)> {
    let line = |(i, line): (usize, &str)| (i + 1, unescape(line.split_once('\t').expect("source, tab, text").1));
    fixture.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).map(line)
}

fn check(fixture: &'static str, least: usize) {
    let (mut count, mut wrong) = (0, Vec::new());
    for (number, marked) in lines(fixture) {
        count += 1;
        let (text, expected) = parse(&marked);
        let found: Vec<_> = Rules::default()
            .find(&text)
            .iter()
            .map(|e| (e.entity_type.to_string(), e.span.slice(&text).unwrap().to_string(), e.span.start))
            .collect();
        if found != expected {
            wrong.push(format!("line {number}: {text:?}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(count >= least, "only {count} lines");
    assert!(wrong.is_empty(), "{} of {count} lines:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_marked_entity_and_nothing_else_is_found() {
    check(POSITIVE, 250);
}

#[test]
fn hard_negatives_stay() {
    check(NEGATIVE, 200);
}

#[test]
fn names_are_unique() {
    let mut names: Vec<_> = RECOGNISERS.iter().map(|r| r.name).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn long_hostile_texts_finish() {
    let start = std::time::Instant::now();
    for unit in ["7", "1-", "12/", "a@", "1.", "(555) ", "0 0", "Mar ", "mrn ", "www.", "é1"] {
        let text = unit.repeat((1 << 20) / 16 / unit.len());
        let found = Rules::default().find(&text);
        assert!(found.iter().all(|e| e.span.slice(&text).is_some()));
    }
    let text = "0123456789".repeat(100_000);
    Rules::default().find(&text);
    assert!(start.elapsed().as_secs() < 300, "{:?}", start.elapsed());
}

/// Fragments of the fixtures, cut anywhere, with characters of several bytes between them.
fn hostile_text() -> impl Strategy<Value = String> {
    let fragments: Vec<String> = lines(POSITIVE)
        .chain(lines(NEGATIVE))
        .flat_map(|(_, marked)| parse(&marked).0.split_inclusive([' ', '-', '/', ':']).map(str::to_string).collect::<Vec<_>>())
        .collect();
    let glue = prop::sample::select(vec!["", " ", "\r\n", "\u{a0}", "\u{200b}", "😀", "e\u{301}", "שלום", "\u{2013}", "\0", "'", "[["]);
    let piece = prop_oneof![4 => prop::sample::select(fragments), 1 => "\\PC{0,6}"];
    prop::collection::vec((piece, glue), 0..24).prop_map(|parts| parts.into_iter().map(|(piece, glue)| piece + glue).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn spans_are_sorted_disjoint_and_whole_characters(text in hostile_text()) {
        let found = Rules::default().find(&text);
        for entity in &found {
            let slice = entity.span.slice(&text);
            prop_assert!(slice.is_some_and(|s| !s.is_empty() && s.trim() == s), "{slice:?}");
            prop_assert!((0.0..=1.0).contains(&entity.score));
        }
        for pair in found.windows(2) {
            prop_assert!(pair[0].span.end <= pair[1].span.start);
        }
    }
}
