use crate::args::TrainArgs;
use crate::output::bar;
use scrubjay::corpus::read_path;
use scrubjay::model::{ComputeDevice, ModelFiles};
use scrubjay::train::{Base, Event, TrainConfig, train};
use scrubjay::{Error, Result};
use std::fs;
use std::io::Write;
use std::time::Instant;

pub fn run(args: &TrainArgs) -> Result<()> {
    let mut config = match &args.config {
        None => TrainConfig::default(),
        Some(path) => {
            let json = fs::read(path).map_err(|e| Error::io(path, e))?;
            let reason = |e: serde_json::Error| Error::OptionInvalid { option: "config", reason: e.to_string() };
            serde_json::from_slice(&json).map_err(reason)?
        }
    };
    config.epochs = args.epochs.unwrap_or(config.epochs);
    let device = ComputeDevice::native(args.device.parse()?)?;
    let files = ModelFiles::read(&args.base)?;
    let base = Base { config: files.config, tokenizer: files.tokenizer, weights: files.weights };
    let (corpus, validation) = (read_path(&args.corpus)?, read_path(&args.validation)?);
    fs::create_dir_all(&args.output).map_err(|e| Error::io(&args.output, e))?;
    let log_path = args.output.join("log.txt");
    let mut log = fs::OpenOptions::new().create(true).append(true).open(&log_path).map_err(|e| Error::io(&log_path, e))?;

    let progress = bar(0, "steps");
    let begun = Instant::now();
    let (mut tokens, mut seconds) = (0, 0.0);
    let mut on_event = |event: Event| {
        let line = match event {
            Event::Start { windows, tokens, steps, resumed_at } => {
                progress.set_length(steps as u64);
                progress.set_position(resumed_at as u64);
                Some(format!("{windows} windows, {tokens} tokens an epoch, {steps} steps, from step {resumed_at}"))
            }
            Event::Step { step, loss, tokens: n, seconds: s } => {
                (tokens, seconds) = (tokens + n, seconds + s);
                progress.set_position(step as u64);
                progress.set_message(format!("loss {loss:.4} {:.0} tokens/s", tokens as f64 / f64::max(seconds, 1e-9)));
                (step <= 4 || step % 20 == 0)
                    .then(|| format!("step {step} loss {loss:.4} {:.0} tokens/s", tokens as f64 / f64::max(seconds, 1e-9)))
            }
            Event::Epoch { epoch, loss, f1, precision, recall, best } => Some(format!(
                "epoch {epoch} loss {loss:.4} validation strict P {precision:.4} R {recall:.4} F1 {f1:.4}{} after {:.0} s",
                if best { " best" } else { "" },
                begun.elapsed().as_secs_f64()
            )),
        };
        if let Some(line) = line {
            // The log is a convenience: a full disk must not end the training.
            let _ = writeln!(log, "{line}");
            progress.suspend(|| eprintln!("{line}"));
        }
    };
    pollster::block_on(train(&base, &corpus, &validation, &config, &args.output, &device, &mut on_event))?;
    progress.finish_and_clear();
    Ok(())
}
