//! How far figures would move had other notes been drawn: the percentile bootstrap over notes (Efron & Tibshirani 1993).

use super::scores::{Counts, Scores};
use super::view::NoteCounts;
use serde::{Deserialize, Serialize};

/// How to resample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BootstrapOptions {
    /// How many times as many notes as there are are drawn with replacement.
    pub resamples: usize,
    /// The same seed draws the same notes, on every machine.
    pub seed: u64,
}

impl Default for BootstrapOptions {
    /// 10,000 resamples.
    fn default() -> Self {
        Self { resamples: 10_000, seed: 1 }
    }
}

/// A figure and the interval that holds it in 95 % of the resamples.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The figure on the notes as they are.
    pub value: f64,
    /// The 2.5 % quantile of the resamples.
    pub low: f64,
    /// The 97.5 % quantile.
    pub high: f64,
}

/// Intervals of the main figures, or of the differences of two systems in them. `None` where a figure is not defined.
///
/// Whole notes are drawn, because the entities of one note are not independent of each other. For differences both systems are
/// counted on the same draw (*paired*).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Intervals {
    /// How many resamples.
    pub resamples: usize,
    /// What they were drawn with.
    pub seed: u64,
    /// The share of the resamples that an interval holds: 0.95.
    pub level: f64,
    /// Precision of entities with the same type and ends.
    pub strict_precision: Option<Interval>,
    /// Their recall.
    pub strict_recall: Option<Interval>,
    /// Their F1.
    pub strict_f1: Option<Interval>,
    /// Precision of characters, any type.
    pub character_precision: Option<Interval>,
    /// Their recall.
    pub character_recall: Option<Interval>,
}

impl Intervals {
    /// The figures by name, in a fixed order.
    pub fn named(&self) -> [(&'static str, Option<Interval>); 5] {
        [
            ("strict precision", self.strict_precision),
            ("strict recall", self.strict_recall),
            ("strict F1", self.strict_f1),
            ("character precision", self.character_precision),
            ("character recall", self.character_recall),
        ]
    }
}

/// The five figures.
type Figures = [Option<f64>; 5];

/// Intervals of one system. `None` without notes or resamples.
pub(super) fn intervals(notes: &[NoteCounts], options: BootstrapOptions) -> Option<Intervals> {
    let notes: Vec<[NoteCounts; 1]> = notes.iter().map(|&note| [note]).collect();
    build(&notes, options, |[one]| figures(one))
}

/// Intervals of what the first system has more than the second. Both lists are of the same notes.
pub(super) fn differences(first: &[NoteCounts], second: &[NoteCounts], options: BootstrapOptions) -> Option<Intervals> {
    let notes: Vec<[NoteCounts; 2]> = first.iter().zip(second).map(|(&a, &b)| [a, b]).collect();
    build(&notes, options, |[a, b]| {
        let (a, b) = (figures(a), figures(b));
        std::array::from_fn(|i| Some(a[i]? - b[i]?))
    })
}

fn figures(sums: Sums) -> Figures {
    let (strict, characters) = (Scores::from(sums.strict), Scores::from(sums.characters));
    [strict.precision, strict.recall, strict.f1, characters.precision, characters.recall]
}

/// Counts over the notes of a draw.
#[derive(Clone, Copy, Default)]
struct Sums {
    strict: Counts,
    characters: Counts,
}

fn build<const K: usize>(
    notes: &[[NoteCounts; K]],
    options: BootstrapOptions,
    figures: impl Fn([Sums; K]) -> Figures,
) -> Option<Intervals> {
    if notes.is_empty() || options.resamples == 0 {
        return None;
    }
    let sum = |draw: &mut dyn Iterator<Item = usize>| {
        let mut sums = [Sums::default(); K];
        for note in draw.filter_map(|i| notes.get(i)) {
            for (sum, counts) in sums.iter_mut().zip(note) {
                sum.strict += counts.strict;
                sum.characters += counts.characters;
            }
        }
        figures(sums)
    };
    let whole = sum(&mut (0..notes.len()));
    let mut random = SplitMix(options.seed);
    let mut drawn: [Vec<f64>; 5] = Default::default();
    for _ in 0..options.resamples {
        let draw = sum(&mut (0..notes.len()).map(|_| random.below(notes.len())));
        // A resample in which a figure is not defined says nothing about it.
        for (values, value) in drawn.iter_mut().zip(draw) {
            values.extend(value);
        }
    }
    let mut found = whole.into_iter().zip(&mut drawn).map(|(value, drawn)| interval(value?, drawn));
    let mut next = || found.next().flatten();
    Some(Intervals {
        resamples: options.resamples,
        seed: options.seed,
        level: 0.95,
        strict_precision: next(),
        strict_recall: next(),
        strict_f1: next(),
        character_precision: next(),
        character_recall: next(),
    })
}

fn interval(value: f64, drawn: &mut [f64]) -> Option<Interval> {
    drawn.sort_by(f64::total_cmp);
    let quantile = |q: f64| drawn.get((q * (drawn.len().saturating_sub(1)) as f64).round() as usize).copied();
    Some(Interval { value, low: quantile(0.025)?, high: quantile(0.975)? })
}

/// SplitMix64 (Steele, Lea & Flood 2014): enough to draw notes with, and the browser's build stays without a crate for it.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number in `0..n`, each as likely but for 2⁻⁶⁴ · n.
    fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(tp: usize, fp: usize, fn_: usize) -> NoteCounts {
        let counts = Counts { tp, fp, fn_ };
        NoteCounts { strict: counts, characters: counts, over: (0, 0) }
    }

    #[test]
    fn draws_are_those_of_the_reference() {
        // The first outputs of the published generator for seed 1234567.
        let mut random = SplitMix(1_234_567);
        assert_eq!([random.next(), random.next()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
        assert!((0..1000).all(|_| random.below(7) < 7));
    }

    #[test]
    fn intervals_have_the_width_of_the_binomial() {
        // 400 notes of one entity each, found in three of four: the recall's standard error is sqrt(.75 · .25 / 400) = .02165.
        let notes: Vec<_> = (0..400).map(|i| if i % 4 == 0 { note(0, 0, 1) } else { note(1, 0, 0) }).collect();
        let found = intervals(&notes, BootstrapOptions::default()).unwrap();
        let recall = found.strict_recall.unwrap();
        assert_eq!(recall.value, 0.75);
        assert!((recall.low - (0.75 - 1.96 * 0.02165)).abs() < 0.004, "{recall:?}");
        assert!((recall.high - (0.75 + 1.96 * 0.02165)).abs() < 0.004, "{recall:?}");
        assert_eq!(found.strict_precision, Some(Interval { value: 1.0, low: 1.0, high: 1.0 }));
        assert_eq!(intervals(&notes, BootstrapOptions::default()), Some(found));
    }

    #[test]
    fn differences_are_paired() {
        // The notes differ much, the systems always by one entity: unpaired, the interval would hold 0.
        let first: Vec<_> = (0..40).map(|i| note(5 + i % 20, 0, 20 - i % 20)).collect();
        let second: Vec<_> = (0..40).map(|i| note(4 + i % 20, 0, 21 - i % 20)).collect();
        let recall = differences(&first, &second, BootstrapOptions::default()).unwrap().strict_recall.unwrap();
        assert!((recall.value - 0.04).abs() < 1e-12 && (recall.low - 0.04).abs() < 1e-9 && (recall.high - 0.04).abs() < 1e-9);
        let swapped = differences(&second, &first, BootstrapOptions::default()).unwrap().strict_f1.unwrap();
        assert!(swapped.high < 0.0);
    }

    #[test]
    fn nothing_to_draw_from_is_none() {
        assert!(intervals(&[], BootstrapOptions::default()).is_none());
        assert!(intervals(&[note(1, 0, 0)], BootstrapOptions { resamples: 0, seed: 1 }).is_none());
        let found = intervals(&[note(0, 0, 0)], BootstrapOptions { resamples: 10, seed: 1 }).unwrap();
        assert!(found.named().iter().all(|(_, interval)| interval.is_none()));
    }
}
