//! Matrices before they are packed.

/// A matrix, row by row, as a checkpoint stores it.
#[derive(Debug, Clone, PartialEq)]
pub enum Weights {
    /// Float32.
    Floats(Vec<f32>),
    /// One signed byte a weight and one scale a row; weight = byte × scale.
    Bytes {
        /// As many in each row.
        values: Vec<i8>,
        /// One a row.
        scales: Vec<f32>,
    },
}

impl Weights {
    /// All values as float32.
    pub fn into_floats(self) -> Vec<f32> {
        match self {
            Self::Floats(values) => values,
            Self::Bytes { values, scales } => {
                let columns = values.len() / scales.len().max(1);
                let rows = values.chunks_exact(columns.max(1)).zip(scales);
                rows.flat_map(|(row, scale)| row.iter().map(move |byte| f32::from(*byte) * scale)).collect()
            }
        }
    }

    /// Row `index` of a matrix with `columns` of them, written to `row`.
    pub fn copy_row(&self, index: usize, columns: usize, row: &mut [f32]) {
        match self {
            Self::Floats(values) => row.copy_from_slice(&values[index * columns..][..columns]),
            Self::Bytes { values, scales } => {
                let bytes = &values[index * columns..][..columns];
                row.iter_mut().zip(bytes).for_each(|(value, byte)| *value = f32::from(*byte) * scales[index]);
            }
        }
    }

    /// The rows of all `parts`, one below the other. Eight bits only where all of them have eight.
    pub fn stack(parts: Vec<Self>) -> Self {
        let all_bytes = parts.iter().all(|part| matches!(part, Self::Bytes { .. }));
        if !all_bytes {
            return Self::Floats(parts.into_iter().map(Self::into_floats).collect::<Vec<_>>().concat());
        }
        let (mut bytes, mut all_scales) = (Vec::new(), Vec::new());
        for part in parts {
            if let Self::Bytes { values, scales } = part {
                bytes.extend(values);
                all_scales.extend(scales);
            }
        }
        Self::Bytes { values: bytes, scales: all_scales }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stack_and_come_back() {
        let bytes = Weights::Bytes { values: vec![1, -2, 3, 4], scales: vec![0.5, 2.0] };
        let floats = Weights::Floats(vec![9.0, 8.0]);
        let twice = Weights::stack(vec![bytes.clone(), bytes.clone()]);
        assert_eq!(twice, Weights::Bytes { values: vec![1, -2, 3, 4, 1, -2, 3, 4], scales: vec![0.5, 2.0, 0.5, 2.0] });
        let mixed = Weights::stack(vec![bytes.clone(), floats]);
        assert_eq!(mixed, Weights::Floats(vec![0.5, -1.0, 6.0, 8.0, 9.0, 8.0]));
        for weights in [bytes, mixed] {
            let mut row = [0.0; 2];
            weights.copy_row(1, 2, &mut row);
            assert_eq!(row, [6.0, 8.0]);
        }
    }
}
