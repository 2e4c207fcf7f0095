//! Everything that documents are put together from, cut down to one split.

use super::Split;
use super::carriers::{Carrier, Carriers};
use super::document::{self, DocumentTemplate};
use super::lexicon::Lexicons;
use super::template::{Template, blocks, lines};
use crate::random::{Rand, stable_hash};

/// Families of sentences with how often they are drawn: rare types are drawn far oftener than they are in notes, to be learnt at all.
const SENTENCES: [(&str, usize); 23] = [
    (include_str!("templates/people.txt"), 22),
    (include_str!("templates/doctors.txt"), 22),
    (include_str!("templates/dates.txt"), 24),
    (include_str!("templates/ages.txt"), 11),
    (include_str!("templates/places.txt"), 17),
    (include_str!("templates/landmarks.txt"), 5),
    (include_str!("templates/hospitals.txt"), 14),
    (include_str!("templates/work.txt"), 24),
    (include_str!("templates/contact.txt"), 5),
    (include_str!("templates/fax.txt"), 3),
    (include_str!("templates/online.txt"), 3),
    (include_str!("templates/url.txt"), 9),
    (include_str!("templates/ip.txt"), 4),
    (include_str!("templates/username.txt"), 4),
    (include_str!("templates/mrn.txt"), 4),
    (include_str!("templates/ssn.txt"), 4),
    (include_str!("templates/plan.txt"), 4),
    (include_str!("templates/account.txt"), 5),
    (include_str!("templates/license.txt"), 4),
    (include_str!("templates/vehicle.txt"), 5),
    (include_str!("templates/device.txt"), 5),
    (include_str!("templates/bioid.txt"), 9),
    (include_str!("templates/idnum.txt"), 5),
];

/// Lists, carriers and templates of one split.
#[derive(Debug)]
pub(crate) struct Stock {
    pub(crate) lexicons: Lexicons,
    pub(crate) carriers: Carriers,
    pub(crate) documents: Vec<DocumentTemplate>,
    pub(crate) negatives: Vec<Template>,
    pub(crate) heads: Vec<Template>,
    pub(crate) middles: Vec<Template>,
    pub(crate) tails: Vec<Template>,
    pub(crate) furniture: Vec<Template>,
    families: Vec<(Vec<Template>, usize)>,
}

impl Stock {
    pub(crate) fn new(lexicons: Lexicons, carriers: Carriers, split: Split) -> Self {
        let of = |sources: Vec<&str>| of_split(&sources, split);
        Self {
            lexicons,
            carriers,
            documents: document::load(split),
            negatives: of(lines(include_str!("templates/negatives.txt"))),
            heads: of(blocks(include_str!("templates/blocks_head.txt"))),
            middles: of(blocks(include_str!("templates/blocks_mid.txt"))),
            tails: of(blocks(include_str!("templates/blocks_tail.txt"))),
            furniture: of(blocks(include_str!("templates/furniture.txt"))),
            families: SENTENCES.iter().map(|&(source, weight)| (of(lines(source)), weight)).collect(),
        }
    }

    /// Every template that is no document, for tests.
    #[cfg(test)]
    pub(crate) fn templates(&self) -> impl Iterator<Item = &Template> {
        let families = self.families.iter().flat_map(|(templates, _)| templates);
        families.chain(&self.negatives).chain(&self.heads).chain(&self.middles).chain(&self.tails).chain(&self.furniture)
    }

    /// A sentence with PHI.
    pub(crate) fn sentence(&self, rand: &mut Rand) -> Option<&Template> {
        let mut at = rand.below(self.families.iter().map(|f| f.1).sum());
        for (templates, weight) in &self.families {
            if at < *weight {
                return one(templates, rand);
            }
            at -= weight;
        }
        None
    }

    /// A sentence with PHI or, with probability `negative`, one that looks like it.
    pub(crate) fn aside(&self, negative: f64, rand: &mut Rand) -> Option<&Template> {
        if rand.chance(negative) { one(&self.negatives, rand) } else { self.sentence(rand) }
    }

    /// A carrier; of two, mostly the longer, for most carriers are short.
    pub(crate) fn carrier(&self, rand: &mut Rand) -> Option<&Carrier> {
        let [first, second] = [(); 2].map(|()| self.carriers.get(rand.below(self.carriers.len())));
        let length = |c: Option<&Carrier>| c.map_or(0, |c| c.lines.iter().map(|l| l.sentences.len()).sum::<usize>());
        if length(second) > length(first) && rand.chance(0.7) { second } else { first }
    }

    /// Up to `most` sentences of dictated prose that follow one another and may speak of a patient of this sex and age.
    pub(crate) fn prose(&self, most: usize, female: bool, age: i64, rand: &mut Rand) -> &[Template] {
        for _ in 0..12 {
            let Some(carrier) = self.carriers.get(rand.below(self.carriers.len())) else { continue };
            let Some(line) = carrier.lines.get(rand.below(carrier.lines.len())) else { continue };
            if !carrier.suits(female, age) || line.sentences.len() < most.min(2) {
                continue;
            }
            let from = rand.below(line.sentences.len().saturating_sub(most) + 1);
            let to = (from + most).min(line.sentences.len());
            return line.sentences.get(from..to).unwrap_or_default();
        }
        &[]
    }
}

/// One of `templates`.
pub(crate) fn one<'t>(templates: &'t [Template], rand: &mut Rand) -> Option<&'t Template> {
    templates.get(rand.below(templates.len()))
}

/// Those of `sources` that belong to the split; all of them when none does, for a family must not be empty.
fn of_split(sources: &[&str], split: Split) -> Vec<Template> {
    let mine: Vec<Template> =
        sources.iter().filter(|text| Split::of(stable_hash(text.trim())) == split).map(|text| Template::parse(text)).collect();
    if mine.is_empty() { sources.iter().map(|text| Template::parse(text)).collect() } else { mine }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_stands_on_one_side_only() {
        let many: Vec<String> = (0..200).map(|i| format!("line {i} {{PT}}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let [train, validation, test] = [Split::Train, Split::Validation, Split::Test].map(|s| of_split(&many, s));
        assert_eq!(train.len() + validation.len() + test.len(), many.len());
        assert!(train.len() > 130 && !validation.is_empty() && !test.is_empty());
        assert!(validation.iter().all(|t| !train.contains(t) && !test.contains(t)));
        assert_eq!(of_split(&many[..1], Split::Test).len(), 1);
    }
}
