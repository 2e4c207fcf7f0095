//! Limited-memory BFGS (Nocedal 1980) for a smooth convex function, with a line search that halves its step.

use crate::error::{Error, Result};
use std::collections::VecDeque;

/// Steps that are remembered.
const MEMORY: usize = 6;
/// The search ends when the value has fallen by less than this part over [`PERIOD`] iterations.
const TOLERANCE: f64 = 1e-5;
const PERIOD: usize = 10;
/// The search ends when the gradient is this small against the point.
const FLAT: f64 = 1e-5;

/// Gives the value at a point and writes the gradient there.
pub type Evaluate<'a> = dyn FnMut(&[f64], &mut [f64]) -> Result<f64> + 'a;

/// A step that was taken and what it did to the gradient.
struct Pair {
    step: Vec<f64>,
    change: Vec<f64>,
    product: f64,
}

/// Moves `point` towards the minimum of a function in at most `iterations` steps. `on_iteration` is told each step's number, from 1,
/// and the value after it.
pub fn minimize(point: &mut Vec<f64>, iterations: usize, evaluate: &mut Evaluate, on_iteration: &mut dyn FnMut(usize, f64)) -> Result<()> {
    let mut gradient = vec![0.0; point.len()];
    let mut value = evaluate(point, &mut gradient)?;
    if !value.is_finite() {
        return Err(Error::TrainingFailed { reason: "the loss is not finite at the start".into() });
    }
    let (mut next, mut next_gradient) = (point.clone(), gradient.clone());
    let mut pairs: VecDeque<Pair> = VecDeque::with_capacity(MEMORY);
    let mut values = vec![value];
    for iteration in 1..=iterations {
        let norm = dot(&gradient, &gradient).sqrt();
        if norm <= FLAT * dot(point, point).sqrt().max(1.0) {
            break;
        }
        let direction = direction(&gradient, &pairs);
        let slope = dot(&direction, &gradient);
        // Of the first step only the direction is known.
        let mut length = if pairs.is_empty() { 1.0 / norm.max(1.0) } else { 1.0 };
        let mut next_value = f64::INFINITY;
        for _ in 0..30 {
            next.iter_mut().zip(point.iter().zip(&direction)).for_each(|(next, (x, d))| *next = x + length * d);
            next_value = evaluate(&next, &mut next_gradient)?;
            // Not true of NaN either: too long a step is a failed one.
            if next_value <= value + 1e-4 * length * slope {
                break;
            }
            next_value = f64::INFINITY;
            length /= 2.0;
        }
        if next_value.is_infinite() {
            // No way down that numbers of this width could show.
            break;
        }
        // The oldest pair's memory serves the newest.
        let oldest = if pairs.len() == MEMORY { pairs.pop_front() } else { None };
        let mut pair = oldest.unwrap_or_else(|| Pair { step: vec![0.0; point.len()], change: vec![0.0; point.len()], product: 0.0 });
        difference(&mut pair.step, &next, point);
        difference(&mut pair.change, &next_gradient, &gradient);
        pair.product = dot(&pair.step, &pair.change);
        if pair.product > 0.0 {
            pairs.push_back(pair);
        }
        std::mem::swap(point, &mut next);
        std::mem::swap(&mut gradient, &mut next_gradient);
        value = next_value;
        on_iteration(iteration, value);
        values.push(value);
        if iteration >= PERIOD && values[iteration - PERIOD] - value < TOLERANCE * value.abs() {
            break;
        }
    }
    Ok(())
}

/// The gradient, turned downhill and bent by the inverse of the curvature that `pairs` have seen.
fn direction(gradient: &[f64], pairs: &VecDeque<Pair>) -> Vec<f64> {
    let mut direction: Vec<f64> = gradient.iter().map(|g| -g).collect();
    let mut shares = Vec::with_capacity(pairs.len());
    for pair in pairs.iter().rev() {
        let share = dot(&pair.step, &direction) / pair.product;
        add(&mut direction, -share, &pair.change);
        shares.push(share);
    }
    if let Some(last) = pairs.back() {
        let scale = last.product / dot(&last.change, &last.change);
        direction.iter_mut().for_each(|d| *d *= scale);
    }
    for (pair, share) in pairs.iter().zip(shares.into_iter().rev()) {
        let back = dot(&pair.change, &direction) / pair.product;
        add(&mut direction, share - back, &pair.step);
    }
    direction
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add(to: &mut [f64], factor: f64, what: &[f64]) {
    to.iter_mut().zip(what).for_each(|(to, what)| *to += factor * what);
}

fn difference(to: &mut [f64], a: &[f64], b: &[f64]) {
    to.iter_mut().zip(a.iter().zip(b)).for_each(|(to, (a, b))| *to = a - b);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_minimum_of_a_narrow_valley() {
        // Sum of c (x - 1)^4 + c (x - 1)^2 with curvatures 1 to 10,000.
        let mut evaluate = |point: &[f64], gradient: &mut [f64]| {
            let mut value = 0.0;
            for (i, (x, g)) in point.iter().zip(gradient).enumerate() {
                let (c, d) = (10f64.powi(i as i32), x - 1.0);
                value += c * (d.powi(4) + d * d);
                *g = c * (4.0 * d.powi(3) + 2.0 * d);
            }
            Ok(value)
        };
        let (mut point, mut values) = (vec![5.0, -3.0, 0.0, 2.0, 7.0], Vec::new());
        minimize(&mut point, 200, &mut evaluate, &mut |_, value| values.push(value)).unwrap();
        assert!(point.iter().all(|x| (x - 1.0).abs() < 1e-3), "{point:?}");
        assert!(values.is_sorted_by(|a, b| a >= b) && values.len() < 200);
    }

    #[test]
    fn a_loss_without_value_is_refused() {
        let error = minimize(&mut vec![0.0], 5, &mut |_, _| Ok(f64::NAN), &mut |_, _| {}).unwrap_err();
        assert_eq!(error.code(), "TRAINING_FAILED");
    }
}
