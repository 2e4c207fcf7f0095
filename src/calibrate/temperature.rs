use crate::error::{Error, Result};
use crate::tags::WordScores;
use serde::{Deserialize, Serialize};

/// The temperatures that are tried.
const RANGE: (f64, f64) = (0.05, 20.0);
/// How near `ln T` comes to the best one.
const PRECISION: f64 = 1e-5;

/// A fitted temperature. Negative log-likelihoods are means over the words, in nats.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Fit {
    /// Number of words.
    pub words: usize,
    /// What logits were divided by before.
    pub before: f32,
    /// What they should be divided by. Within 0.05..=20, and small where the words are all right.
    pub temperature: f32,
    /// Negative log-likelihood of the gold tags before.
    pub nll_before: f64,
    /// And with the new temperature.
    pub nll: f64,
}

/// The temperature under which the gold tags of the words are most likely (Guo et al. 2017), by golden-section search on its logarithm:
/// the negative log-likelihood is convex in 1 / T, so there is one minimum.
///
/// `notes` are the words of each note, `classes` the gold label index of each word ([`word_classes`](crate::tags::word_classes)), and
/// `present` the temperature that the scores were made with. A word's scores are means of its tokens' log-probabilities; what those lost
/// against logits is one number for all labels of a word, so that scores × `present` / T is what the model would give at T.
///
/// # Errors
/// [`Error::OptionInvalid`] when there is no word, a class is missing or has no score, or `present` is not above 0.
pub fn fit_temperature(notes: &[Vec<WordScores>], classes: &[Vec<usize>], present: f32) -> Result<Fit> {
    let invalid = |reason: &str| Error::OptionInvalid { option: "gold", reason: reason.into() };
    if present.is_nan() || present <= 0.0 {
        return Err(Error::OptionInvalid { option: "temperature", reason: "it must be above 0".into() });
    }
    if notes.len() != classes.len() || notes.iter().zip(classes).any(|(words, classes)| words.len() != classes.len()) {
        return Err(invalid("words and gold tags are not as many"));
    }
    let mut words = Vec::new();
    for (word, &class) in notes.iter().flatten().zip(classes.iter().flatten()) {
        let gold = word.scores.get(class).filter(|score| score.is_finite());
        words.push((word.scores.as_slice(), f64::from(*gold.ok_or_else(|| invalid("a gold tag has no score"))?)));
    }
    if words.is_empty() {
        return Err(invalid("there is no word in the notes"));
    }
    let nll = |temperature: f64| nll(&words, f64::from(present) / temperature);
    let best = golden_section(|log| nll(log.exp()), RANGE.0.ln(), RANGE.1.ln()).exp();
    let (nll_before, found) = (nll(f64::from(present)), nll(best));
    // The search ends near the minimum, never quite on it: a temperature that is right already stays.
    let (temperature, nll) = if found < nll_before { (best as f32, found) } else { (present, nll_before) };
    Ok(Fit { words: words.len(), before: present, temperature, nll_before, nll })
}

/// The scores of `words` as they would be at another temperature: times `present` / `temperature`.
pub fn rescale(words: &mut [WordScores], present: f32, temperature: f32) {
    for score in words.iter_mut().flat_map(|word| &mut word.scores) {
        *score *= present / temperature;
    }
}

/// Mean negative log-likelihood of the gold scores when all scores are multiplied by `factor`, in nats.
fn nll(words: &[(&[f32], f64)], factor: f64) -> f64 {
    let of_word = |&(scores, gold): &(&[f32], f64)| {
        let max = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let sum: f64 = scores.iter().map(|&s| ((f64::from(s) - f64::from(max)) * factor).exp()).sum();
        sum.ln() - (gold - f64::from(max)) * factor
    };
    words.iter().map(of_word).sum::<f64>() / words.len().max(1) as f64
}

/// Where `f` is least between `low` and `high`, if it falls and then rises.
fn golden_section(f: impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    let ratio = (5f64.sqrt() - 1.0) / 2.0;
    let (mut a, mut b) = (high - ratio * (high - low), low + ratio * (high - low));
    let (mut at_a, mut at_b) = (f(a), f(b));
    while high - low > PRECISION {
        if at_a < at_b {
            (high, b, at_b) = (b, a, at_a);
            a = high - ratio * (high - low);
            at_a = f(a);
        } else {
            (low, a, at_a) = (a, b, at_b);
            b = low + ratio * (high - low);
            at_b = f(b);
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labels::LabelSet;
    use crate::text::Span;

    /// Words of three labels whose gold tags are spread as the probabilities say, with the scores of a model that divides its logits by
    /// `temperature` when it should divide them by 1.
    fn words(temperature: f32) -> (Vec<Vec<WordScores>>, Vec<Vec<usize>>) {
        let (mut notes, mut classes) = (Vec::new(), Vec::new());
        for shares in [[90, 7, 3], [60, 30, 10], [20, 70, 10], [1, 1, 98]] {
            let logits: Vec<f32> = shares.iter().map(|&n| (n as f32 / 100.0).ln() / temperature).collect();
            let log_sum = logits.iter().map(|l| l.exp()).sum::<f32>().ln();
            // What a word of many tokens has: the same scores less a number.
            let scores: Vec<f32> = logits.iter().map(|l| l - log_sum - 0.3).collect();
            for (class, &n) in shares.iter().enumerate() {
                notes.push(vec![WordScores { span: Span::new(0, 1), scores: scores.clone() }; n]);
                classes.push(vec![class; n]);
            }
        }
        (notes, classes)
    }

    #[test]
    fn a_miscalibrated_set_gets_its_temperature_back() {
        for (present, right) in [(1.0, 1.0), (1.0, 2.5), (1.0, 0.4), (1.7, 1.0), (0.8, 3.0)] {
            // A model whose right temperature is `right`, run at `present`: logits are `right` times too large.
            let (notes, classes) = words(present / right);
            let fit = fit_temperature(&notes, &classes, present).unwrap();
            assert!((fit.temperature - right).abs() < 0.002 * right, "{present} {right}: {fit:?}");
            assert!(fit.words == 400 && fit.nll <= fit.nll_before && fit.before == present);
        }
    }

    #[test]
    fn rescaled_scores_have_the_right_probabilities() {
        let labels = LabelSet::from_id2label(&["O", "B-AGE", "I-AGE"].iter().map(|l| l.to_string()).enumerate().collect()).unwrap();
        let (mut notes, classes) = words(1.0 / 3.0);
        let fit = fit_temperature(&notes, &classes, 1.0).unwrap();
        rescale(&mut notes[0], 1.0, fit.temperature);
        assert!((notes[0][0].phi_probability(&labels) - 0.1).abs() < 0.001);
        let again = fit_temperature(&[notes[0].clone()], &[vec![0; 90]], fit.temperature).unwrap();
        assert!(again.temperature < 0.5 && again.nll < 1e-9, "all right: nothing speaks against being sure, {again:?}");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let (notes, classes) = words(1.0);
        assert_eq!(fit_temperature(&notes, &classes[1..], 1.0).unwrap_err().code(), "OPTION_INVALID");
        assert_eq!(fit_temperature(&notes, &vec![vec![7; 90]; 12], 1.0).unwrap_err().code(), "OPTION_INVALID");
        assert_eq!(fit_temperature(&[], &[], 1.0).unwrap_err().code(), "OPTION_INVALID");
        assert_eq!(fit_temperature(&notes, &classes, 0.0).unwrap_err().code(), "OPTION_INVALID");
        assert_eq!(fit_temperature(&notes, &classes, f32::NAN).unwrap_err().code(), "OPTION_INVALID");
    }
}
