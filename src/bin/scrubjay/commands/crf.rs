use crate::args::CrfArgs;
use crate::output::{bar, peak_memory, write};
use scrubjay::Result;
use scrubjay::corpus::read_path;
use scrubjay::crf::{CrfOptions, Event, train};
use scrubjay::study::TrainingSummary;
use std::time::Instant;

pub fn run(args: &CrfArgs) -> Result<()> {
    let defaults = CrfOptions::default();
    let iterations = args.iterations.unwrap_or(defaults.iterations);
    let options = CrfOptions { iterations, min_count: args.min_count.unwrap_or(defaults.min_count), ..defaults };
    // Before the corpus is read, which may take long.
    options.validate()?;
    let corpus = read_path(&args.corpus)?;

    let progress = bar(0, "iterations");
    let begun = Instant::now();
    let (mut size, mut words, mut seconds) = (0, 0, 0.0);
    let mut on_event = |event: Event| match event {
        Event::Start { words, sequences, features, weights, iterations } => {
            size = words;
            progress.set_length(iterations as u64);
            progress.suspend(|| eprintln!("{words} words in {sequences} sequences, {features} features, {weights} weights"));
        }
        Event::Iteration { iteration, loss, seconds: s } => {
            (words, seconds) = (words + size, seconds + s);
            progress.set_position(iteration as u64);
            progress.set_message(format!("loss {loss:.5}"));
            if iteration <= 4 || iteration % 20 == 0 {
                progress.suspend(|| eprintln!("iteration {iteration} loss {loss:.5} {s:.1} s"));
            }
        }
    };
    let model = train(&corpus, &options, &mut on_event)?;
    progress.finish_and_clear();
    write(Some(&args.output), &model)?;

    let memory = peak_memory().map_or(String::new(), |bytes| format!(", {:.0} MB of memory at most", bytes as f64 / 1e6));
    let all = begun.elapsed().as_secs_f64();
    let speed = words as f64 / f64::max(seconds, 1e-9);
    let summary = TrainingSummary {
        family: "CRF".into(),
        from_scratch: false,
        epochs: (words / size.max(1)).max(1),
        tokens_per_epoch: size,
        seconds,
        tokens: words,
        peak_memory: peak_memory(),
    };
    write(Some(&args.output.with_extension("training.json")), summary.to_json())?;
    eprintln!("{} notes, {} bytes of model in {all:.1} s: {speed:.0} words/s{memory}", corpus.len(), model.len());
    Ok(())
}
