//! How matrices lie in memory for the tiles.

/// `source` is a matrix of `depth` × `columns` as `at(k, j)`; the panels hold `width` columns each, `panel[k][j]`, the last one filled up
/// with zeros.
pub fn floats(depth: usize, columns: usize, width: usize, at: impl Fn(usize, usize) -> f32) -> Vec<f32> {
    let mut panels = Vec::new();
    pack_floats(&mut panels, depth, columns, width, at);
    panels
}

/// As [`floats`], into a buffer that is used again and again.
#[inline(always)]
pub fn pack_floats(panels: &mut Vec<f32>, depth: usize, columns: usize, width: usize, at: impl Fn(usize, usize) -> f32) {
    panels.clear();
    panels.resize(columns.div_ceil(width) * depth * width, 0.0);
    for (p, panel) in panels.chunks_exact_mut((depth * width).max(1)).enumerate() {
        let first = p * width;
        let filled = width.min(columns - first);
        for (k, row) in panel.chunks_exact_mut(width).enumerate() {
            row[..filled].iter_mut().enumerate().for_each(|(j, value)| *value = at(k, first + j));
        }
    }
}

/// As [`floats`], with the values in pairs along the depth: `panel[k / 2][j][k % 2]`. An odd depth is filled up with zeros.
pub fn bytes(depth: usize, columns: usize, width: usize, at: impl Fn(usize, usize) -> i8) -> Vec<i8> {
    let pairs = depth.div_ceil(2);
    let mut panels = vec![0; columns.div_ceil(width) * pairs * width * 2];
    for (p, panel) in panels.chunks_exact_mut((pairs * width * 2).max(1)).enumerate() {
        for (pair, row) in panel.chunks_exact_mut(width * 2).enumerate() {
            for (i, value) in row.iter_mut().enumerate() {
                let (k, j) = (2 * pair + i % 2, p * width + i / 2);
                *value = if k < depth && j < columns { at(k, j) } else { 0 };
            }
        }
    }
    panels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_of_columns() {
        let at = |k: usize, j: usize| (10 * k + j) as f32;
        assert_eq!(floats(2, 3, 2, at), [0.0, 1.0, 10.0, 11.0, 2.0, 0.0, 12.0, 0.0]);
        let at = |k: usize, j: usize| (10 * k + j) as i8;
        assert_eq!(bytes(3, 3, 2, at), [0, 10, 1, 11, 20, 0, 21, 0, 2, 12, 0, 0, 22, 0, 0, 0]);
        assert!(floats(0, 0, 8, |_, _| 0.0).is_empty());
    }
}
