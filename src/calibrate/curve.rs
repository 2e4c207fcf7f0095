use crate::corpus::Document;
use crate::engine::OperatingPoints;
use crate::error::{Error, Result};
use crate::eval::{EvalOptions, Evaluation, evaluate};
use crate::tags::Entity;
use serde::{Deserialize, Serialize};

/// The thresholds that are tried, rising. Denser where probabilities are small: there lies what high recall takes in.
pub const THRESHOLDS: [f32; 25] = [
    0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.75, 0.8,
    0.9, 0.95,
];

/// F1 that differs by less is as good.
const NEAR: f64 = 0.01;
/// Character recall with which [`OperatingPoints::high_recall`] is content.
const ENOUGH_RECALL: f64 = 0.995;
/// The character precision that must stay: a note of black bars helps nobody.
const LEAST_PRECISION: f64 = 0.80;

/// The figures at one threshold. A ratio with denominator 0 is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// The probability from which a word is taken for PHI.
    pub threshold: f32,
    /// Precision of entities with the same type and ends.
    pub precision: Option<f64>,
    /// Their recall.
    pub recall: Option<f64>,
    /// Their F1.
    pub f1: Option<f64>,
    /// Precision of characters, any type.
    pub character_precision: Option<f64>,
    /// Their recall.
    pub character_recall: Option<f64>,
    /// Tokens covered without need, for each 1,000 tokens.
    pub over_redaction: Option<f64>,
}

impl Point {
    /// What of an evaluation belongs on the curve.
    pub fn new(threshold: f32, evaluation: &Evaluation) -> Self {
        let (strict, characters) = (evaluation.strict.micro, evaluation.characters);
        Self {
            threshold,
            precision: strict.precision,
            recall: strict.recall,
            f1: strict.f1,
            character_precision: characters.precision,
            character_recall: characters.recall,
            over_redaction: evaluation.over_redaction.per_thousand,
        }
    }
}

/// The figures of `documents` at each of `thresholds`. `decide(i, threshold)` gives the entities of the note with index `i`.
///
/// # Errors
/// Those of `decide`; [`Error::OptionInvalid`] when an entity does not fit its note.
pub fn curve(documents: &[Document], thresholds: &[f32], mut decide: impl FnMut(usize, f32) -> Result<Vec<Entity>>) -> Result<Vec<Point>> {
    let options = EvalOptions { examples: 0, ..Default::default() };
    let point = |&threshold: &f32| {
        let found = (0..documents.len()).map(|i| decide(i, threshold)).collect::<Result<Vec<_>>>()?;
        Ok(Point::new(threshold, &evaluate(documents, &found, &options)?))
    };
    thresholds.iter().map(point).collect()
}

/// The thresholds that get names.
///
/// `balanced` has the best strict F1; among those within 0.01 of it, the highest character recall, then the higher threshold.
/// `high_recall` is, among the thresholds whose character precision is at least 0.80, the largest with a character recall of at least
/// 0.995, or if none has as much the one with the best; never above `balanced`, and `balanced` where no threshold is so precise.
///
/// # Errors
/// [`Error::OptionInvalid`] when no point has an F1: there are no annotations.
pub fn choose(curve: &[Point]) -> Result<OperatingPoints> {
    let none = || Error::OptionInvalid { option: "gold", reason: "there is no annotation to calibrate by".into() };
    // Without annotations F1 is 0 or not defined at every threshold, and character recall is never defined.
    let annotated = curve.iter().filter(|p| p.character_recall.is_some());
    let best = annotated.filter_map(|p| p.f1).max_by(f64::total_cmp).ok_or_else(none)?;
    let recall = |p: &Point| p.character_recall.unwrap_or(0.0);
    let by_recall = |a: &&Point, b: &&Point| recall(a).total_cmp(&recall(b)).then(a.threshold.total_cmp(&b.threshold));
    let near = curve.iter().filter(|p| p.f1.is_some_and(|f1| f1 >= best - NEAR));
    let balanced = near.max_by(by_recall).ok_or_else(none)?.threshold;
    let precise = || curve.iter().filter(|p| p.character_precision.is_some_and(|precision| precision >= LEAST_PRECISION));
    let enough = precise().filter(|p| recall(p) >= ENOUGH_RECALL).map(|p| p.threshold).max_by(f32::total_cmp);
    let high_recall = enough.or_else(|| precise().max_by(by_recall).map(|p| p.threshold)).unwrap_or(balanced).min(balanced);
    Ok(OperatingPoints { balanced, high_recall })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Annotation;
    use crate::labels::EntityType;
    use crate::tags::Source;
    use crate::text::Span;

    fn points(rows: &[(f32, f64, f64, f64)]) -> Vec<Point> {
        let point = |&(threshold, f1, recall, precision): &(f32, f64, f64, f64)| Point {
            threshold,
            precision: None,
            recall: None,
            f1: Some(f1),
            character_precision: Some(precision),
            character_recall: Some(recall),
            over_redaction: None,
        };
        rows.iter().map(point).collect()
    }

    fn chosen(rows: &[(f32, f64, f64, f64)]) -> (f32, f32) {
        let points = choose(&points(rows)).unwrap();
        (points.balanced, points.high_recall)
    }

    #[test]
    fn near_equal_f1_gives_way_to_recall() {
        assert_eq!(
            chosen(&[(0.05, 0.80, 0.997, 0.82), (0.1, 0.85, 0.995, 0.85), (0.4, 0.9, 0.98, 0.9), (0.5, 0.9015, 0.97, 0.9)]),
            (0.4, 0.1)
        );
        assert_eq!(chosen(&[(0.4, 0.89, 0.98, 0.9), (0.5, 0.91, 0.97, 0.9), (0.6, 0.909, 0.97, 0.9)]), (0.6, 0.4));
    }

    #[test]
    fn high_recall_is_never_above_balanced_and_stays_precise() {
        assert_eq!(chosen(&[(0.3, 0.9, 1.0, 0.9), (0.9, 0.8, 0.999, 0.9)]), (0.3, 0.3));
        assert_eq!(chosen(&[(0.1, 0.5, 0.99, 0.7), (0.2, 0.6, 0.98, 0.8), (0.5, 0.9, 0.9, 0.95)]), (0.5, 0.2));
        assert_eq!(chosen(&[(0.1, 0.5, 0.9, 0.2), (0.5, 0.6, 0.5, 0.3)]), (0.5, 0.5));
        assert_eq!(choose(&[]).unwrap_err().code(), "OPTION_INVALID");
    }

    #[test]
    fn a_curve_has_a_point_for_each_threshold() {
        let annotations = vec![Annotation { span: Span::new(0, 3), entity_type: EntityType::Patient }];
        let note = Document { id: "n".into(), text: "Roe was ill".into(), annotations };
        let entity =
            |start, end| Entity { span: Span::new(start, end), entity_type: EntityType::Patient, score: 1.0, source: Source::Model };
        let decide = |_: usize, threshold: f32| {
            let all = [(0.3, entity(0, 3)), (0.02, entity(8, 11))];
            Ok(all.into_iter().filter(|(p, _)| *p >= threshold).map(|(_, e)| e).collect())
        };
        let curve = curve(&[note], &THRESHOLDS, decide).unwrap();
        assert!(THRESHOLDS.is_sorted() && curve.len() == THRESHOLDS.len());
        assert_eq!((curve[0].precision, curve[0].recall, curve[0].character_precision), (Some(0.5), Some(1.0), Some(0.5)));
        assert!((curve[0].over_redaction.unwrap() - 1000.0 / 3.0).abs() < 1e-9);
        let last = curve.last().unwrap();
        assert_eq!((last.precision, last.recall, last.f1), (None, Some(0.0), Some(0.0)));
        assert_eq!(choose(&curve).unwrap(), OperatingPoints { balanced: 0.3, high_recall: 0.3 });
    }
}
