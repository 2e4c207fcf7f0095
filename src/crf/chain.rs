//! Sums and maxima over all paths through a sequence.
//!
//! States are numbered `O`, then each type's `B-`, then each type's `I-` in the same order. With *t* types the first 1 + *t* may follow
//! any state, and `I-X` only `B-X` or `I-X`; steps are stored so, which halves the work and leaves no illegal path to weigh.

/// Weights of the steps between states, or their exponentials: for each of the 1 + 2*t* states a row of the 1 + *t* that may follow any,
/// then for each type two, into its `I-` from its `B-` and from itself.
#[derive(Debug, Clone, Copy)]
pub struct Steps<'a> {
    types: usize,
    values: &'a [f64],
}

impl<'a> Steps<'a> {
    /// Number of values for `types`.
    pub fn len(types: usize) -> usize {
        (1 + 2 * types) * (1 + types) + 2 * types
    }

    /// The steps over `values`, of which there are [`Steps::len`].
    pub fn new(types: usize, values: &'a [f64]) -> Self {
        debug_assert_eq!(values.len(), Self::len(types));
        Self { types, values }
    }

    fn states(self) -> usize {
        1 + 2 * self.types
    }

    /// From `state` to the states that may follow any.
    fn row(self, state: usize) -> &'a [f64] {
        let width = 1 + self.types;
        &self.values[state * width..(state + 1) * width]
    }

    /// Into the `I-` of `kind` from its `B-` and from itself.
    fn inside(self, kind: usize) -> [f64; 2] {
        let at = self.states() * (1 + self.types) + 2 * kind;
        [self.values[at], self.values[at + 1]]
    }
}

/// Working memory for one sequence after the other.
pub struct Lattice {
    types: usize,
    /// Scores of each word's states; [`Lattice::forward`] turns them into their exponentials, the greatest being 1.
    scores: Vec<f64>,
    /// Probabilities of the states given the words up to here.
    forward: Vec<f64>,
    /// What the words after here multiply those with.
    backward: Vec<f64>,
    /// Sums that `forward` was divided by.
    scales: Vec<f64>,
}

impl Lattice {
    /// For `types` types.
    pub fn new(types: usize) -> Self {
        Self { types, scores: Vec::new(), forward: Vec::new(), backward: Vec::new(), scales: Vec::new() }
    }

    /// Begins a sequence of `words` words; gives their scores, all 0, a row of states for each.
    pub fn begin(&mut self, words: usize) -> std::slice::ChunksExactMut<'_, f64> {
        let states = 1 + 2 * self.types;
        for table in [&mut self.scores, &mut self.forward, &mut self.backward] {
            table.clear();
            table.resize(words * states, 0.0);
        }
        self.scales.clear();
        self.scales.resize(words, 0.0);
        self.scores.chunks_exact_mut(states)
    }

    /// The path of the greatest score. Asked before [`Lattice::forward`], with the weights themselves.
    pub fn best_path(&self, weights: Steps) -> Vec<usize> {
        let (states, begins) = (1 + 2 * self.types, 1 + self.types);
        let mut best = vec![0.0; states];
        let mut from: Vec<usize> = Vec::with_capacity(self.scores.len());
        for (word, scores) in self.scores.chunks_exact(states).enumerate() {
            let mut next = vec![f64::NEG_INFINITY; states];
            let mut back = vec![0; states];
            for (state, &score) in best.iter().enumerate().filter(|_| word > 0) {
                for (to, step) in weights.row(state).iter().enumerate() {
                    if score + step > next[to] {
                        (next[to], back[to]) = (score + step, state);
                    }
                }
            }
            for kind in 0..self.types {
                let [begin, inside] = [1 + kind, begins + kind];
                let [after_begin, after_inside] = weights.inside(kind);
                let (a, b) = (best[begin] + after_begin, best[inside] + after_inside);
                (next[inside], back[inside]) = if a >= b { (a, begin) } else { (b, inside) };
            }
            if word == 0 {
                next[..begins].fill(0.0);
                next[begins..].fill(f64::NEG_INFINITY);
            }
            next.iter_mut().zip(scores).for_each(|(sum, score)| *sum += score);
            best = next;
            from.extend(back);
        }
        let words = self.scales.len();
        let mut state = (0..states).max_by(|&a, &b| best[a].total_cmp(&best[b])).unwrap_or(0);
        let mut path = vec![0; words];
        for word in (0..words).rev() {
            path[word] = state;
            state = from[word * states + state];
        }
        path
    }

    /// The logarithm of the sum over all paths, by `factors`, the exponentials of the weights. It is not finite if the sum is beyond
    /// what a number can hold.
    pub fn forward(&mut self, factors: Steps) -> f64 {
        let (states, begins) = (1 + 2 * self.types, 1 + self.types);
        let mut log_sum = 0.0;
        for word in 0..self.scales.len() {
            let scores = &mut self.scores[word * states..(word + 1) * states];
            let max = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            scores.iter_mut().for_each(|score| *score = (*score - max).exp());
            let (before, here) = self.forward.split_at_mut(word * states);
            let here = &mut here[..states];
            if word == 0 {
                here[..begins].fill(1.0);
            } else {
                let before = &before[(word - 1) * states..];
                for (state, &p) in before.iter().enumerate() {
                    here.iter_mut().zip(factors.row(state)).for_each(|(sum, factor)| *sum += p * factor);
                }
                for kind in 0..self.types {
                    let [begin, inside] = factors.inside(kind);
                    here[begins + kind] = before[1 + kind] * begin + before[begins + kind] * inside;
                }
            }
            here.iter_mut().zip(scores.iter()).for_each(|(p, score)| *p *= score);
            let sum: f64 = here.iter().sum();
            here.iter_mut().for_each(|p| *p /= sum);
            self.scales[word] = sum;
            log_sum += sum.ln() + max;
        }
        log_sum
    }

    /// After [`Lattice::forward`]: what [`Lattice::marginal`] needs. Adds to `counts`, which is laid out as steps are, the expected number
    /// of each step *without its factor*: that is the same for all words, so the caller multiplies once.
    pub fn backward(&mut self, factors: Steps, counts: &mut [f64]) {
        let (states, begins, words) = (1 + 2 * self.types, 1 + self.types, self.scales.len());
        let (rows, insides) = counts.split_at_mut(states * begins);
        let mut after = vec![0.0; states];
        for word in (0..words).rev() {
            let (here, next) = self.backward[word * states..].split_at_mut(states);
            if word + 1 == words {
                here.fill(1.0);
                continue;
            }
            let scores = &self.scores[(word + 1) * states..];
            let scale = self.scales[word + 1];
            for ((after, score), beta) in after.iter_mut().zip(scores).zip(next.iter()) {
                *after = score * beta / scale;
            }
            let forward = &self.forward[word * states..(word + 1) * states];
            for (state, row) in rows.chunks_exact_mut(begins).enumerate() {
                here[state] = dot(factors.row(state), &after[..begins]);
                let p = forward[state];
                row.iter_mut().zip(&after).for_each(|(count, after)| *count += p * after);
            }
            for kind in 0..self.types {
                let [begin, inside] = factors.inside(kind);
                let after = after[begins + kind];
                here[1 + kind] += begin * after;
                here[begins + kind] += inside * after;
                insides[2 * kind] += forward[1 + kind] * after;
                insides[2 * kind + 1] += forward[begins + kind] * after;
            }
        }
    }

    /// After [`Lattice::backward`]: puts the probability of each state of `word`, given all words, into `marginal`.
    pub fn marginal(&self, word: usize, marginal: &mut [f64]) {
        let states = 1 + 2 * self.types;
        let (forward, backward) = (&self.forward[word * states..], &self.backward[word * states..]);
        marginal.iter_mut().zip(forward).zip(backward).for_each(|((p, a), b)| *p = a * b);
    }
}

/// In four sums, which a processor adds side by side.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<4>(), b.as_chunks::<4>());
    let mut sums = [0.0; 4];
    for (a, b) in a.iter().zip(b) {
        (0..4).for_each(|i| sums[i] += a[i] * b[i]);
    }
    sums.iter().sum::<f64>() + a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TYPES: usize = 2;
    const STATES: usize = 1 + 2 * TYPES;

    /// Weight of a step, if there is one.
    fn step(weights: Steps, from: usize, to: usize) -> Option<f64> {
        match to.checked_sub(1 + TYPES) {
            None => Some(weights.row(from)[to]),
            Some(kind) if from == 1 + kind => Some(weights.inside(kind)[0]),
            Some(kind) if from == to => Some(weights.inside(kind)[1]),
            Some(_) => None,
        }
    }

    /// Score of a path, if it is legal.
    fn score(path: &[usize], rows: &[Vec<f64>], weights: Steps) -> Option<f64> {
        let steps = path.windows(2).map(|pair| step(weights, pair[0], pair[1])).sum::<Option<f64>>()?;
        (path[0] <= TYPES).then(|| steps + path.iter().zip(rows).map(|(&state, row)| row[state]).sum::<f64>())
    }

    proptest! {
        /// Against going through every path.
        #[test]
        fn sums_and_maxima_are_right(
            rows in prop::collection::vec(prop::collection::vec(-4f64..4.0, STATES), 1..5),
            values in prop::collection::vec(-3f64..3.0, Steps::len(TYPES)),
        ) {
            let weights = Steps::new(TYPES, &values);
            let code = |code: usize| (0..rows.len()).map(|i| code / STATES.pow(i as u32) % STATES).collect::<Vec<_>>();
            let paths: Vec<(Vec<usize>, f64)> = (0..STATES.pow(rows.len() as u32))
                .map(code)
                .filter_map(|path| score(&path, &rows, weights).map(|score| (path, score)))
                .collect();
            let sum: f64 = paths.iter().map(|(_, score)| score.exp()).sum();
            let share = |of: &dyn Fn(&[usize]) -> usize| paths.iter().map(|(path, score)| of(path) as f64 * score.exp()).sum::<f64>() / sum;

            let mut lattice = Lattice::new(TYPES);
            lattice.begin(rows.len()).zip(&rows).for_each(|(to, row)| to.copy_from_slice(row));
            let best = lattice.best_path(weights);
            let top = paths.iter().map(|(_, score)| *score).fold(f64::NEG_INFINITY, f64::max);
            prop_assert!((score(&best, &rows, weights).unwrap() - top).abs() < 1e-9);

            let factors: Vec<f64> = values.iter().map(|w| w.exp()).collect();
            let factors = Steps::new(TYPES, &factors);
            prop_assert!((lattice.forward(factors) - sum.ln()).abs() < 1e-9);
            let mut counts = vec![0.0; values.len()];
            lattice.backward(factors, &mut counts);
            let counts: Vec<f64> = counts.iter().zip(factors.values).map(|(count, factor)| count * factor).collect();
            let expected = Steps::new(TYPES, &counts);
            for from in 0..STATES {
                for to in 0..STATES {
                    let times = share(&|path| path.windows(2).filter(|pair| *pair == [from, to]).count());
                    prop_assert!((step(expected, from, to).unwrap_or(0.0) - times).abs() < 1e-9);
                }
            }
            let mut marginal = [0.0; STATES];
            for word in 0..rows.len() {
                lattice.marginal(word, &mut marginal);
                for (state, p) in marginal.iter().enumerate() {
                    prop_assert!((p - share(&|path| usize::from(path[word] == state))).abs() < 1e-9);
                }
            }
        }
    }
}
