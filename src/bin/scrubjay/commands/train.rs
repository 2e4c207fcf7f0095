use crate::args::TrainArgs;
use crate::output::{bar, peak_memory, write};
use scrubjay::corpus::read_path;
use scrubjay::model::{ComputeDevice, EncoderConfig, ModelFiles};
use scrubjay::study::{TrainingSummary, shared};
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
    let base = read_base(args)?;
    let (corpus, validation) = (read_path(&args.corpus)?, read_path(&args.validation)?);
    let both = shared(&validation, &corpus);
    if !both.is_empty() {
        eprintln!("warning: {} of {} notes to validate by stand in the training corpus too", both.len(), validation.len());
    }
    fs::create_dir_all(&args.output).map_err(|e| Error::io(&args.output, e))?;
    let log_path = args.output.join("log.txt");
    let mut log = fs::OpenOptions::new().create(true).append(true).open(&log_path).map_err(|e| Error::io(&log_path, e))?;

    let progress = bar(0, "steps");
    let begun = Instant::now();
    let (mut tokens, mut seconds, mut tokens_per_epoch) = (0, 0.0, 0);
    let mut on_event = |event: Event| {
        let line = match event {
            Event::Start { windows, tokens, steps, resumed_at } => {
                tokens_per_epoch = tokens;
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
    if tokens == 0 {
        return Ok(());
    }
    let family = EncoderConfig::from_json(&base.config)?.model_type.name().into();
    let (from_scratch, epochs, peak_memory) = (args.from_scratch, config.epochs, peak_memory());
    let summary = TrainingSummary { family, from_scratch, epochs, tokens_per_epoch, seconds, tokens, peak_memory };
    write(Some(&args.output.join("training.json")), summary.to_json())
}

fn read_base(args: &TrainArgs) -> Result<Base> {
    if !args.from_scratch {
        let files = ModelFiles::read(&args.base)?;
        return Ok(Base { config: files.config, tokenizer: files.tokenizer, weights: Some(files.weights) });
    }
    let read = |name: &str| {
        let path = args.base.join(name);
        fs::read(&path).map_err(|e| Error::io(&path, e))
    };
    Ok(Base { config: read(ModelFiles::NAMES[0])?, tokenizer: read(ModelFiles::NAMES[1])?, weights: None })
}
