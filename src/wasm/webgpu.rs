//! The encoder on a GPU, beside the one on the CPU that it is checked against and that goes on when it fails.

use super::device::{Checkpoint, Choice, load};
use super::now;
use crate::error::Result;
use crate::model::{Canary, ComputeDevice, Encoder, canary};
use std::cell::RefCell;

/// Tokens of the window that is run for the self-check: long enough to time, short enough not to be waited for.
const CANARY_TOKENS: usize = 64;

/// On the GPU, if it agrees with the CPU.
pub(super) async fn checked(files: &Checkpoint<'_>, adapter: &str) -> Result<Choice> {
    let cpu = load(files, ComputeDevice::cpu())?;
    let (gpu, canary) = compared(files, &cpu).await?;
    let reason = format!("asked for; {adapter}; agrees with the CPU within {:.0e}", canary.difference);
    Ok(Choice { encoder: gpu, spare: Some(cpu), reason })
}

/// On the GPU, if it agrees with the CPU and is faster; else, whatever is wrong with it, on the CPU.
pub(super) async fn if_faster(files: &Checkpoint<'_>, adapter: &str) -> Result<Choice> {
    let cpu = load(files, ComputeDevice::cpu())?;
    Ok(match compared(files, &cpu).await {
        Err(error) => Choice::cpu_alone(cpu, format!("WebGPU was tried and failed: {error}")),
        Ok((gpu, Canary { cpu_ms, device_ms, .. })) if device_ms < cpu_ms => {
            let reason = format!("{adapter} is faster than the CPU ({device_ms:.0} ms against {cpu_ms:.0} ms) and agrees with it");
            Choice { encoder: gpu, spare: Some(cpu), reason }
        }
        Ok((_, Canary { cpu_ms, device_ms, .. })) => {
            Choice::cpu_alone(cpu, format!("the CPU is faster than {adapter} ({cpu_ms:.0} ms against {device_ms:.0} ms)"))
        }
    })
}

async fn compared(files: &Checkpoint<'_>, cpu: &Encoder) -> Result<(Encoder, Canary)> {
    let gpu = load(files, opened().await?)?;
    let canary = canary::compare(&gpu, cpu, CANARY_TOKENS, now).await?;
    Ok((gpu, canary))
}

thread_local! {
    /// burn keeps one WebGPU device a thread and refuses to open it twice.
    static WEBGPU: RefCell<Option<ComputeDevice>> = const { RefCell::new(None) };
}

async fn opened() -> Result<ComputeDevice> {
    if let Some(device) = WEBGPU.with_borrow(Clone::clone) {
        device.check()?;
        return Ok(device);
    }
    let device = ComputeDevice::webgpu().await?;
    WEBGPU.with_borrow_mut(|slot| *slot = Some(device.clone()));
    Ok(device)
}
