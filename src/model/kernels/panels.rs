//! How matrices lie in memory for the tiles: `depth` × `columns` as panels of `width` columns each, `panel[k][j]`, the last one filled up
//! with zeros.

/// From the matrix's columns, each a slice of `depth` values: weights, which a checkpoint stores so, and keys.
#[inline(always)]
pub fn of_columns<'a>(depth: usize, columns: usize, width: usize, column: impl Fn(usize) -> &'a [f32]) -> Vec<f32> {
    let mut panels = vec![0.0; columns.div_ceil(width) * depth * width];
    for (p, panel) in panels.chunks_exact_mut((depth * width).max(1)).enumerate() {
        for j in 0..width.min(columns - p * width) {
            for (line, value) in panel.chunks_exact_mut(width).zip(column(p * width + j)) {
                line[j] = *value;
            }
        }
    }
    panels
}

/// From the matrix's lines, each a slice of `columns` values: what attention mixes.
#[inline(always)]
pub fn of_lines<'a>(depth: usize, columns: usize, width: usize, line: impl Fn(usize) -> &'a [f32]) -> Vec<f32> {
    let mut panels = vec![0.0; columns.div_ceil(width) * depth * width];
    for (p, panel) in panels.chunks_exact_mut((depth * width).max(1)).enumerate() {
        let range = p * width..columns.min((p + 1) * width);
        for (k, to) in panel.chunks_exact_mut(width).enumerate() {
            to[..range.len()].copy_from_slice(&line(k)[range.clone()]);
        }
    }
    panels
}

/// As [`of_columns`], with the values in groups of `size` along the depth: `panel[k / size][j][k % size]`. The last group is filled up with zeros.
pub fn bytes<'a>(depth: usize, columns: usize, width: usize, size: usize, column: impl Fn(usize) -> &'a [i8]) -> Vec<i8> {
    let groups = depth.div_ceil(size);
    let mut panels = vec![0; columns.div_ceil(width) * groups * width * size];
    for (p, panel) in panels.chunks_exact_mut((groups * width * size).max(1)).enumerate() {
        for j in 0..width.min(columns - p * width) {
            let column = column(p * width + j).chunks(size);
            panel
                .chunks_exact_mut(width * size)
                .zip(column)
                .for_each(|(line, group)| line[size * j..][..group.len()].copy_from_slice(group));
        }
    }
    panels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_of_columns() {
        let columns = [[0.0, 10.0], [1.0, 11.0], [2.0, 12.0]];
        let panels = [0.0, 1.0, 10.0, 11.0, 2.0, 0.0, 12.0, 0.0];
        assert_eq!(of_columns(2, 3, 2, |j| &columns[j]), panels);
        let lines = [[0.0, 1.0, 2.0], [10.0, 11.0, 12.0]];
        assert_eq!(of_lines(2, 3, 2, |k| &lines[k]), panels);
        let columns = [[0, 10, 20], [1, 11, 21], [2, 12, 22]];
        assert_eq!(bytes(3, 3, 2, 2, |j| &columns[j]), [0, 10, 1, 11, 20, 0, 21, 0, 2, 12, 0, 0, 22, 0, 0, 0]);
        assert!(of_columns(0, 0, 8, |_| &[]).is_empty() && of_lines(0, 0, 8, |_| &[]).is_empty());
    }
}
