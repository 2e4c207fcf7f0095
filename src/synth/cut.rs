//! Parts of documents: what a search result, a copied paragraph or a lost page leaves of a note.

use super::builder::Marked;
use crate::random::Rand;
use std::ops::Range;

impl Marked {
    /// The lines, without their ends. A line end inside an entity ends no line.
    fn lines(&self) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let mut start = 0;
        for (at, (c, entity)) in self.chars.iter().enumerate() {
            if *c == '\n' && entity.is_none() {
                lines.push(start..at);
                start = at + 1;
            }
        }
        lines.push(start..self.chars.len());
        lines
    }

    fn is_blank(&self, line: &Range<usize>) -> bool {
        self.chars.get(line.clone()).is_none_or(|chars| chars.iter().all(|(c, _)| c.is_whitespace()))
    }

    fn has_entity(&self, line: &Range<usize>) -> bool {
        self.chars.get(line.clone()).is_some_and(|chars| chars.iter().any(|(_, entity)| entity.is_some()))
    }

    fn keep(&mut self, range: Range<usize>) {
        if let Some(kept) = self.chars.get(range).filter(|kept| !kept.is_empty()) {
            self.chars = kept.to_vec();
        }
    }

    /// Leaves one to ten lines, mostly with an entity among them.
    pub(crate) fn keep_snippet(&mut self, rand: &mut Rand) {
        let lines: Vec<_> = self.lines().into_iter().filter(|line| !self.is_blank(line)).collect();
        let count = rand.of([1, 1, 2, 3, 4, 6, 10]);
        for attempt in 0..6 {
            let first = rand.below(lines.len());
            let Some(chosen) = lines.get(first..(first + count).min(lines.len())) else { return };
            if attempt == 5 || rand.chance(0.1) || chosen.iter().any(|line| self.has_entity(line)) {
                if let (Some(from), Some(to)) = (chosen.first(), chosen.last()) {
                    self.keep(from.start..to.end);
                }
                return;
            }
        }
    }

    /// Loses what stands before the first blank line, or the first lines.
    pub(crate) fn lose_head(&mut self, rand: &mut Rand) {
        let lines = self.lines();
        if lines.len() < 4 {
            return;
        }
        let blank = lines.iter().take(lines.len() * 2 / 3).position(|line| self.is_blank(line));
        let from = match blank {
            Some(at) if rand.chance(0.6) => at + 1,
            _ => 1 + rand.below(lines.len() / 2),
        };
        if let Some(line) = lines.get(from) {
            self.keep(line.start..self.chars.len());
        }
    }

    /// Loses the last lines.
    pub(crate) fn lose_tail(&mut self, rand: &mut Rand) {
        let lines = self.lines();
        if lines.len() < 4 {
            return;
        }
        let to = lines.len() / 3 + rand.below(lines.len() - lines.len() / 3 - 1);
        if let Some(line) = lines.get(to) {
            self.keep(0..line.end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::builder::Builder;
    use super::*;
    use crate::labels::EntityType;

    fn note() -> Marked {
        let mut b = Builder::default();
        for i in 0..12 {
            b.text("Dr. ").entity(EntityType::Doctor, &format!("Zoë{i}\nNuñez")).text(" – ok\n");
            if i == 2 {
                b.text("\n");
            }
        }
        b.into_marked()
    }

    #[test]
    fn what_is_left_keeps_its_entities_whole() {
        for i in 0..100 {
            let mut rand = Rand::keyed(5, "cut", i);
            let mut marked = note();
            match i % 3 {
                0 => marked.keep_snippet(&mut rand),
                1 => marked.lose_head(&mut rand),
                _ => marked.lose_tail(&mut rand),
            }
            assert!(marked.chars.len() < note().chars.len());
            let d = marked.into_document("t".into());
            assert!(i % 3 == 0 || !d.annotations.is_empty());
            for a in &d.annotations {
                let slice = a.span.slice(&d.text).unwrap();
                assert!(slice.starts_with("Zoë") && slice.ends_with("\nNuñez"), "{slice:?}");
            }
        }
    }
}
