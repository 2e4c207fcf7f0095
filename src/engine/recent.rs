//! What the encoder said of windows that it has just seen: while a person types, or tries another threshold, most windows stay as they are.

use crate::logits::Logits;
use std::cell::RefCell;
use std::collections::VecDeque;

/// Logits by the ids of their window, up to a number of bytes; the window that was not asked for the longest time goes first. Only for
/// a classifier that sees nothing but the window.
#[derive(Debug)]
pub struct Recent {
    windows: RefCell<VecDeque<(Vec<u32>, Logits)>>,
    room: usize,
}

impl Recent {
    /// Keeps up to `room` bytes.
    pub fn new(room: usize) -> Self {
        Self { windows: RefCell::default(), room }
    }

    /// The logits of `window`, if they are still there.
    pub fn get(&self, window: &[u32]) -> Option<Logits> {
        let mut windows = self.windows.borrow_mut();
        let at = windows.iter().position(|(ids, _)| ids == window)?;
        let found = windows.remove(at)?;
        let logits = found.1.clone();
        windows.push_back(found);
        Some(logits)
    }

    /// Remembers the logits of `window`.
    pub fn put(&self, window: Vec<u32>, logits: Logits) {
        let mut windows = self.windows.borrow_mut();
        windows.push_back((window, logits));
        let mut size: usize = windows.iter().map(bytes).sum();
        while size > self.room {
            let Some(oldest) = windows.pop_front() else { break };
            size -= bytes(&oldest);
        }
    }
}

fn bytes((window, logits): &(Vec<u32>, Logits)) -> usize {
    size_of_val(window.as_slice()) + logits.seq_len() * logits.num_labels() * size_of::<f32>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_longest_not_asked_for_goes_first() {
        let logits = |value: f32| Logits::new(vec![value; 6], 3).unwrap();
        // Room for two windows of two ids and six logits.
        let recent = Recent::new(2 * (2 * 4 + 6 * 4));
        recent.put(vec![1, 2], logits(1.0));
        recent.put(vec![3, 4], logits(2.0));
        assert_eq!(recent.get(&[1, 2]), Some(logits(1.0)));
        recent.put(vec![5, 6], logits(3.0));
        assert_eq!(recent.get(&[3, 4]), None);
        assert_eq!([recent.get(&[1, 2]), recent.get(&[5, 6])], [Some(logits(1.0)), Some(logits(3.0))]);
        recent.put(vec![0; 1000], logits(4.0));
        assert_eq!(recent.get(&[5, 6]), None, "what is too large for all leaves nothing behind");
    }
}
