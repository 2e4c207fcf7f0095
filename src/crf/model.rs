//! The weights of a CRF and the file that they are kept in.
//!
//! A safetensors file: `features` (U64, ascending), `starts` (U32: where each feature's weights begin, and at last their number), `states`
//! (U8: the state that each weight is for), `weights` (F32) and `steps` (F32, see [`Steps`]). Its metadata names the
//! version of the features and the types. A file is untrusted: whatever it holds, it is refused or it can be used without a panic.

use super::chain::Steps;
use super::features::VERSION;
use crate::error::{Error, Result};
use crate::labels::{EntityType, LabelSet, Tag};
use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::ops::Range;

/// The metadata's only entry; several would come in any order.
const HEADER: &str = "scrubjay-crf";

#[derive(Serialize, Deserialize)]
struct Header {
    features: u32,
    types: Vec<EntityType>,
}

/// Which weights there are: of each feature those for the states that it was seen with.
#[derive(Debug, Clone, PartialEq)]
pub struct Features {
    /// Hashes, ascending.
    pub hashes: Vec<u64>,
    /// Where each one's weights begin; one more than hashes, the last being the number of weights.
    pub starts: Vec<u32>,
    /// The state that each weight is for.
    pub states: Vec<u8>,
}

impl Features {
    /// The index of a hash.
    pub fn find(&self, hash: u64) -> Option<usize> {
        self.hashes.binary_search(&hash).ok()
    }

    /// Indices of the weights of a feature.
    pub fn range(&self, feature: usize) -> Range<usize> {
        self.starts[feature] as usize..self.starts[feature + 1] as usize
    }

    /// Adds the weights of a feature to the scores of their states.
    pub fn score(&self, feature: usize, weights: &[f64], scores: &mut [f64]) {
        let range = self.range(feature);
        weights[range.clone()].iter().zip(&self.states[range]).for_each(|(weight, &state)| scores[usize::from(state)] += weight);
    }

    /// Adds the probabilities of the states that a feature has weights for to the counts of those.
    pub fn count(&self, feature: usize, probabilities: &[f64], counts: &mut [f64]) {
        let range = self.range(feature);
        counts[range.clone()].iter_mut().zip(&self.states[range]).for_each(|(count, &state)| *count += probabilities[usize::from(state)]);
    }
}

/// A trained CRF.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The types of its states, in the guideline's order.
    pub types: Vec<EntityType>,
    /// Its features.
    pub features: Features,
    /// The features' weights, then those of the steps.
    pub weights: Vec<f64>,
}

/// The labels of the states over `types`: `O`, each `B-`, each `I-`.
pub fn labels(types: &[EntityType]) -> Result<LabelSet> {
    let begins = types.iter().map(|&t| Tag::B(t));
    let tags = std::iter::once(Tag::O).chain(begins).chain(types.iter().map(|&t| Tag::I(t)));
    LabelSet::from_id2label(&tags.map(|tag| tag.to_string()).enumerate().collect())
}

impl Model {
    /// The weights of the steps.
    pub fn steps(&self) -> Steps<'_> {
        Steps::new(self.types.len(), &self.weights[self.features.states.len()..])
    }

    /// The bytes of the file. The same model gives the same bytes.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let header = Header { features: VERSION, types: self.types.clone() };
        let header = serde_json::to_string(&header).map_err(|e| corrupt(e.to_string()))?;
        let (weights, steps) = self.weights.split_at(self.features.states.len());
        let floats = |values: &[f64]| values.iter().flat_map(|v| (*v as f32).to_le_bytes()).collect::<Vec<u8>>();
        let parts = [
            ("features", Dtype::U64, self.features.hashes.iter().flat_map(|v| v.to_le_bytes()).collect()),
            ("starts", Dtype::U32, self.features.starts.iter().flat_map(|v| v.to_le_bytes()).collect()),
            ("states", Dtype::U8, self.features.states.clone()),
            ("weights", Dtype::F32, floats(weights)),
            ("steps", Dtype::F32, floats(steps)),
        ];
        let views = parts
            .iter()
            .map(|(name, dtype, bytes)| Ok((*name, TensorView::new(*dtype, vec![bytes.len() * 8 / dtype.bitsize()], bytes)?)))
            .collect::<Result<Vec<_>, safetensors::SafeTensorError>>()
            .map_err(|e| corrupt(e.to_string()))?;
        safetensors::serialize(views, Some(HashMap::from([(HEADER.into(), header)]))).map_err(|e| corrupt(e.to_string()))
    }

    /// Reads the bytes of a file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(|e| corrupt(e.to_string()))?;
        let header = metadata.metadata().as_ref().and_then(|entries| entries.get(HEADER)).ok_or_else(|| corrupt("it is no CRF".into()))?;
        let header: Header = serde_json::from_str(header).map_err(|e| corrupt(e.to_string()))?;
        if header.features != VERSION {
            return Err(corrupt(format!("its features are of version {}, not {VERSION}", header.features)));
        }
        let file = SafeTensors::deserialize(bytes).map_err(|e| corrupt(e.to_string()))?;
        let hashes: Vec<u64> = read(&file, "features", Dtype::U64, None)?.as_chunks().0.iter().map(|b| u64::from_le_bytes(*b)).collect();
        let starts = read(&file, "starts", Dtype::U32, Some(hashes.len() + 1))?;
        let starts: Vec<u32> = starts.as_chunks().0.iter().map(|b| u32::from_le_bytes(*b)).collect();
        let states = read(&file, "states", Dtype::U8, None)?.to_vec();
        let mut weights = floats(read(&file, "weights", Dtype::F32, Some(states.len()))?);
        // Refuses a type that stands there twice, so there are few, and states fit into a byte.
        let states_known = labels(&header.types)?.len();
        weights.extend(floats(read(&file, "steps", Dtype::F32, Some(Steps::len(header.types.len())))?));

        let ordered = hashes.is_sorted_by(|a, b| a < b) && starts.is_sorted();
        let whole = starts.first() == Some(&0) && starts.last().is_some_and(|&last| last as usize == states.len());
        if !ordered || !whole || states.iter().any(|&state| usize::from(state) >= states_known) {
            return Err(corrupt("its features do not fit their weights".into()));
        }
        if !weights.iter().all(|w| w.is_finite()) {
            return Err(corrupt("a weight is not finite".into()));
        }
        Ok(Self { types: header.types, features: Features { hashes, starts, states }, weights })
    }
}

fn corrupt(reason: String) -> Error {
    Error::WeightsCorrupt { reason }
}

/// The bytes of a vector, which must have `len` numbers if that is known.
fn read<'a>(file: &SafeTensors<'a>, name: &str, dtype: Dtype, len: Option<usize>) -> Result<&'a [u8]> {
    let view = file.tensor(name).map_err(|_| Error::WeightsMissingTensor { name: name.into() })?;
    let fits = matches!(view.shape(), [found] if len.is_none_or(|len| *found == len));
    if view.dtype() != dtype || !fits {
        return Err(Error::WeightsShape {
            name: name.into(),
            found: format!("{:?} {:?}", view.dtype(), view.shape()),
            expected: format!("{dtype:?} [{}]", len.map_or("any".into(), |len| len.to_string())),
        });
    }
    Ok(view.data())
}

fn floats(bytes: &[u8]) -> Vec<f64> {
    bytes.as_chunks().0.iter().map(|b| f64::from(f32::from_le_bytes(*b))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> Model {
        let features = Features { hashes: vec![3, 9], starts: vec![0, 1, 3], states: vec![2, 0, 1] };
        let weights = (0..3 + Steps::len(1)).map(|i| i as f64 / 4.0).collect();
        Model { types: vec![EntityType::Age], features, weights }
    }

    #[test]
    fn a_file_round_trips() {
        let bytes = model().to_bytes().unwrap();
        assert_eq!(Model::from_bytes(&bytes).unwrap(), model());
        assert_eq!(model().to_bytes().unwrap(), bytes);
        let features = model().features;
        assert_eq!((features.find(9), features.find(4)), (Some(1), None));
        let (mut scores, mut counts) = ([1.0; 3], [0.0; 3]);
        features.score(1, &[9.0, 2.0, 3.0], &mut scores);
        features.count(1, &[0.5, 0.25, 0.125], &mut counts);
        assert_eq!((scores, counts), ([3.0, 4.0, 1.0], [0.0, 0.5, 0.25]));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let change = |f: &dyn Fn(&mut Model)| {
            let mut model = model();
            f(&mut model);
            Model::from_bytes(&model.to_bytes().unwrap()).unwrap_err().code()
        };
        assert_eq!(change(&|m| m.features.hashes = vec![9, 3]), "WEIGHTS_CORRUPT");
        assert_eq!(change(&|m| m.features.hashes = vec![3]), "WEIGHTS_SHAPE");
        assert_eq!(change(&|m| m.features.starts = vec![0, 4, 3]), "WEIGHTS_CORRUPT");
        assert_eq!(change(&|m| m.features.starts = vec![0, 1, 2]), "WEIGHTS_CORRUPT");
        assert_eq!(change(&|m| m.features.starts = vec![1, 1, 3]), "WEIGHTS_CORRUPT");
        assert_eq!(change(&|m| m.features.states[0] = 3), "WEIGHTS_CORRUPT");
        assert_eq!(change(&|m| m.weights[1] = f64::NAN), "WEIGHTS_CORRUPT");
        assert_eq!(change(&|m| m.weights.push(0.0)), "WEIGHTS_SHAPE");
        assert_eq!(change(&|m| m.types.clear()), "WEIGHTS_SHAPE");
        assert_eq!(change(&|m| m.types.push(EntityType::Age)), "LABELS_INVALID");
        let other = safetensors::serialize(Vec::<(&str, TensorView)>::new(), None).unwrap();
        assert_eq!(Model::from_bytes(&other).unwrap_err().code(), "WEIGHTS_CORRUPT");
    }
}
