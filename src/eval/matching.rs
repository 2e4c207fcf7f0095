//! How many entities of two sorted lists are the same, one to one.

use crate::text::Span;
use std::collections::BTreeMap;

/// A span and what it is: a type, a category, or nothing where types do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Labelled<L> {
    pub(super) span: Span,
    pub(super) label: L,
}

/// Same ends.
pub(super) fn strict<L>(gold: &[Labelled<L>], predicted: &[Labelled<L>]) -> usize {
    let mut open: BTreeMap<Span, usize> = BTreeMap::new();
    for entity in gold {
        *open.entry(entity.span).or_default() += 1;
    }
    let mut matched = 0;
    for entity in predicted {
        if let Some(count) = open.get_mut(&entity.span).filter(|count| **count > 0) {
            *count -= 1;
            matched += 1;
        }
    }
    matched
}

/// Same start, ends at most `characters` apart.
pub(super) fn relaxed<L>(text: &str, gold: &[Labelled<L>], predicted: &[Labelled<L>], characters: usize) -> usize {
    let mut open: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for entity in gold {
        open.entry(entity.span.start).or_default().push(entity.span.end);
    }
    let mut matched = 0;
    for entity in predicted {
        let Some(ends) = open.get_mut(&entity.span.start) else { continue };
        let nearest = ends
            .iter()
            .enumerate()
            .map(|(i, &end)| (distance(text, end, entity.span.end, characters), i))
            .min()
            .filter(|&(distance, _)| distance <= characters);
        if let Some((_, i)) = nearest {
            ends.swap_remove(i);
            matched += 1;
        }
    }
    matched
}

/// Characters between two byte offsets, counted no further than one above `most`.
fn distance(text: &str, a: usize, b: usize, most: usize) -> usize {
    text.get(a.min(b)..a.max(b)).map_or(usize::MAX, |between| between.chars().take(most.saturating_add(1)).count())
}

/// At least one byte in common. From left to right, which finds the largest number of pairs when neither list overlaps itself.
pub(super) fn overlapping<L>(gold: &[Labelled<L>], predicted: &[Labelled<L>]) -> usize {
    let (mut g, mut p, mut matched) = (0, 0, 0);
    while let (Some(a), Some(b)) = (gold.get(g), predicted.get(p)) {
        if a.span.overlaps(b.span) {
            matched += 1;
            g += 1;
            p += 1;
        } else if a.span.end <= b.span.start {
            g += 1;
        } else {
            p += 1;
        }
    }
    matched
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(spans: &[(usize, usize)]) -> Vec<Labelled<()>> {
        spans.iter().map(|&(start, end)| Labelled { span: Span::new(start, end), label: () }).collect()
    }

    #[test]
    fn duplicates_match_once() {
        assert_eq!(strict(&list(&[(0, 4)]), &list(&[(0, 4), (0, 4)])), 1);
        assert_eq!(relaxed("0123456", &list(&[(0, 4)]), &list(&[(0, 4), (0, 5)]), 2), 1);
        assert_eq!(overlapping(&list(&[(0, 4)]), &list(&[(0, 2), (2, 4)])), 1);
    }

    #[test]
    fn relaxed_counts_characters_at_the_end_alone() {
        let text = "Roe’s é😀x";
        assert_eq!(relaxed(text, &list(&[(0, 3)]), &list(&[(0, "Roe’s".len())]), 2), 1);
        assert_eq!(relaxed(text, &list(&[(0, 3)]), &list(&[(0, "Roe’s ".len())]), 2), 0);
        assert_eq!(relaxed(text, &list(&[(0, "Roe’s é😀".len())]), &list(&[(0, "Roe’s ".len())]), 2), 1);
        assert_eq!(relaxed(text, &list(&[(0, 3)]), &list(&[(1, 3)]), 2), 0);
        assert_eq!(relaxed(text, &list(&[(0, 3)]), &list(&[(0, 3), (0, 2)]), 0), 1);
    }

    #[test]
    fn overlap_pairs_from_left_to_right() {
        assert_eq!(overlapping(&list(&[(0, 4), (5, 9)]), &list(&[(3, 6), (8, 12)])), 2);
        assert_eq!(overlapping(&list(&[(0, 4), (4, 9)]), &list(&[(0, 9)])), 1);
        assert_eq!(overlapping(&list(&[(0, 4)]), &list(&[(4, 9)])), 0);
    }
}
