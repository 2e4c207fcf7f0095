//! The self-check of a device: the same window on it and on the CPU.
//!
//! A shader that fails validation in a browser can leave stale memory behind and report success, so no new device is believed before
//! its logits agree with the CPU's.

use super::encoder::Encoder;
use super::xlnet::Memory;
use crate::engine::TokenClassifier;
use crate::error::{Error, Result};
use crate::logits::Logits;

/// Largest difference between two logits that is put down to rounding, relative to the largest logit.
const TOLERANCE: f32 = 5e-3;

/// What a comparison found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Canary {
    /// Largest absolute difference between two logits.
    pub difference: f32,
    /// Milliseconds of one run on the CPU.
    pub cpu_ms: f64,
    /// Milliseconds of one run on the device, its kernels compiled.
    pub device_ms: f64,
}

/// Runs a window of `len` ids on both and compares. `now` tells milliseconds. Fails with `DEVICE_FAILED` when they disagree.
pub async fn compare(device: &Encoder, cpu: &Encoder, len: usize, now: impl Fn() -> f64) -> Result<Canary> {
    let config = device.config();
    let len = len.clamp(1, config.max_positions());
    // Spread over the vocabulary by a step that is coprime to most sizes.
    let ids: Vec<u32> = (0..len).map(|i| ((i * 7919 + 13) % config.vocab_size) as u32).collect();
    let windows = [ids];
    let start = now();
    let expected = cpu.classify(&windows, &mut Memory::new()).await?;
    let cpu_ms = now() - start;
    device.classify(&windows, &mut Memory::new()).await?;
    let start = now();
    let found = device.classify(&windows, &mut Memory::new()).await?;
    let device_ms = now() - start;
    let difference = difference(&expected, &found);
    let scale = expected.iter().flat_map(|l| (0..l.seq_len()).flat_map(|i| l.row(i))).fold(1.0f32, |m, v| m.max(v.abs()));
    if difference > TOLERANCE * scale {
        let reason = format!("self-check: logits differ from the CPU's by {difference:.2e}");
        return Err(Error::DeviceFailed { device: device.device().kind().name(), reason });
    }
    Ok(Canary { difference, cpu_ms, device_ms })
}

fn difference(a: &[Logits], b: &[Logits]) -> f32 {
    let rows =
        |l: &[Logits]| l.iter().flat_map(|l| (0..l.seq_len()).flat_map(|i| l.row(i).to_vec()).collect::<Vec<_>>()).collect::<Vec<f32>>();
    let (a, b) = (rows(a), rows(b));
    if a.len() != b.len() {
        return f32::INFINITY;
    }
    a.iter().zip(&b).map(|(x, y)| (x - y).abs()).fold(0.0, f32::max)
}
