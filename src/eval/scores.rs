use super::matching::Labelled;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Counts and the three ratios made of them. A ratio with denominator 0 is `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// tp: on both sides.
    pub true_positives: usize,
    /// fp: predicted alone.
    pub false_positives: usize,
    /// fn: in the gold standard alone.
    pub false_negatives: usize,
    /// tp / (tp + fp).
    pub precision: Option<f64>,
    /// tp / (tp + fn).
    pub recall: Option<f64>,
    /// 2 tp / (2 tp + fp + fn), the harmonic mean of the two.
    pub f1: Option<f64>,
}

impl Scores {
    /// Number of gold items: tp + fn.
    pub fn gold(&self) -> usize {
        self.true_positives + self.false_negatives
    }

    /// Number of predicted items: tp + fp.
    pub fn predicted(&self) -> usize {
        self.true_positives + self.false_positives
    }
}

/// Unweighted means over the labels that occur, an undefined ratio counting as 0. `None` when none occurs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Average {
    /// Mean precision.
    pub precision: Option<f64>,
    /// Mean recall.
    pub recall: Option<f64>,
    /// Mean F1 (not the F1 of the means).
    pub f1: Option<f64>,
}

/// Scores for each label and over all of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(serialize = "L: Ord + Serialize", deserialize = "L: Ord + Deserialize<'de>"))]
pub struct Measure<L: Ord> {
    /// Over the sums of the counts.
    pub micro: Scores,
    /// The mean of the labels.
    pub macro_average: Average,
    /// By label, those that occur on either side.
    pub labels: BTreeMap<L, Scores>,
}

/// Counts while going through the notes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) tp: usize,
    pub(super) fp: usize,
    pub(super) fn_: usize,
}

impl Counts {
    /// Adds `gold` and `predicted` items of which `matched` are the same.
    pub(super) fn add(&mut self, gold: usize, predicted: usize, matched: usize) {
        self.tp += matched;
        self.fp += predicted.saturating_sub(matched);
        self.fn_ += gold.saturating_sub(matched);
    }

    /// Adds one item that is or is not in either side.
    pub(super) fn add_one(&mut self, gold: bool, predicted: bool) {
        self.add(usize::from(gold), usize::from(predicted), usize::from(gold && predicted));
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.tp += other.tp;
        self.fp += other.fp;
        self.fn_ += other.fn_;
    }
}

impl From<Counts> for Scores {
    fn from(Counts { tp, fp, fn_ }: Counts) -> Self {
        Self {
            true_positives: tp,
            false_positives: fp,
            false_negatives: fn_,
            precision: ratio(tp, tp + fp),
            recall: ratio(tp, tp + fn_),
            f1: ratio(2 * tp, 2 * tp + fp + fn_),
        }
    }
}

/// `part / whole`, if that is defined.
pub(super) fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Counts by label.
#[derive(Debug, Clone)]
pub(super) struct Tally<L>(BTreeMap<L, Counts>);

impl<L> Default for Tally<L> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<L: Copy + Ord> Tally<L> {
    /// The counts of `label`.
    pub(super) fn of(&mut self, label: L) -> &mut Counts {
        self.0.entry(label).or_default()
    }

    /// Adds a note, and returns its counts over all labels: `matched` tells how many entities of one label are the same, given both
    /// sides' entities of that label.
    pub(super) fn add(
        &mut self,
        gold: &[Labelled<L>],
        predicted: &[Labelled<L>],
        matched: impl Fn(&[Labelled<L>], &[Labelled<L>]) -> usize,
    ) -> Counts {
        let mut note = Counts::default();
        let labels: BTreeSet<L> = gold.iter().chain(predicted).map(|entity| entity.label).collect();
        for label in labels {
            let of_label = |side: &[Labelled<L>]| side.iter().copied().filter(|entity| entity.label == label).collect::<Vec<_>>();
            let (gold, predicted) = (of_label(gold), of_label(predicted));
            let matched = matched(&gold, &predicted);
            self.of(label).add(gold.len(), predicted.len(), matched);
            note.add(gold.len(), predicted.len(), matched);
        }
        note
    }

    pub(super) fn finish(self) -> Measure<L> {
        let mut sum = Counts::default();
        for &counts in self.0.values() {
            sum += counts;
        }
        let labels: BTreeMap<L, Scores> = self.0.into_iter().map(|(label, counts)| (label, counts.into())).collect();
        let mean = |ratio: fn(&Scores) -> Option<f64>| {
            (!labels.is_empty()).then(|| labels.values().map(|scores| ratio(scores).unwrap_or(0.0)).sum::<f64>() / labels.len() as f64)
        };
        let macro_average = Average { precision: mean(|s| s.precision), recall: mean(|s| s.recall), f1: mean(|s| s.f1) };
        Measure { micro: sum.into(), macro_average, labels }
    }
}
