//! How fast the model reads, in numbers that other systems can be measured against: see bench/README.md.

use super::{load, options};
use crate::args::BenchArgs;
use crate::output::{bar, cpu_time, peak_memory, write};
use indicatif::ProgressBar;
use scrubjay::corpus::read_path;
use scrubjay::engine::{FindOptions, Redactor, TokenClassifier};
use scrubjay::model::limit::{Product, products, rate};
use scrubjay::model::{Encoder, Memory};
use scrubjay::{Error, Result};
use serde::Serialize;
use std::time::Instant;

/// What was measured, with every single time in milliseconds.
#[derive(Serialize)]
struct Report {
    version: &'static str,
    threads: usize,
    /// From the files' bytes to a model that can read.
    load_ms: f64,
    texts: Vec<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    throughput: Option<Text>,
    /// Operations a second of the encoder's matrix products within the encoder, for the longest text: by the shortest time, as the
    /// next two.
    encoder_flops: f64,
    /// Of burn's matmul on the very products of a window, alone.
    products_flops: f64,
    /// Of burn's matmul on two square matrices of 1024.
    large_flops: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    peak_memory: Option<u64>,
}

/// One text, or several notes in one go.
#[derive(Serialize)]
struct Text {
    notes: usize,
    /// Between white space.
    words: usize,
    /// Without special tokens and overlaps.
    tokens: usize,
    windows: usize,
    /// Tokens that the encoder reads: with special tokens and overlaps.
    read: usize,
    /// The whole way from text to entities.
    ms: Vec<f64>,
    /// The same by processor time of all threads, empty where the system does not tell.
    cpu_ms: Vec<f64>,
    /// The encoder alone.
    encoder_ms: Vec<f64>,
    /// Operations of the encoder's matrix products.
    #[serde(skip)]
    operations: f64,
}

pub fn run(args: &BenchArgs) -> Result<()> {
    if let Some(threads) = args.threads {
        let wrong = |_| Error::OptionInvalid { option: "threads", reason: "the threads cannot be started".into() };
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().map_err(wrong)?;
    }
    let notes: Vec<String> = read_path(&args.input)?.into_iter().map(|document| document.text).collect();
    if notes.iter().all(|note| note.trim().is_empty()) {
        return Err(Error::OptionInvalid { option: "input", reason: "there is no word in the notes".into() });
    }
    let start = Instant::now();
    let redactor = load(&args.model)?;
    let load_ms = milliseconds(start);
    let bench = Bench { redactor, options: options(&args.model)?, repetitions: args.repetitions.max(1) };

    let progress = bar((args.words.len() * bench.repetitions + usize::from(args.notes > 0)) as u64, "readings");
    let texts =
        args.words.iter().map(|&n| bench.measure(&[&first_words(&notes, n)], bench.repetitions, &progress)).collect::<Result<Vec<_>>>()?;
    let many: Vec<&str> = notes.iter().cycle().take(args.notes).map(String::as_str).collect();
    let throughput = (!many.is_empty()).then(|| bench.measure(&many, 1, &progress)).transpose()?;
    progress.finish_and_clear();

    // The notes are read but once: what disturbs that is not averaged out.
    let longest = texts.iter().max_by_key(|text| text.read).or(throughput.as_ref());
    let window = longest.map_or(0, |text| text.read / text.windows.max(1));
    let report = Report {
        version: env!("CARGO_PKG_VERSION"),
        threads: rayon::current_num_threads(),
        load_ms,
        encoder_flops: longest.map_or(0.0, |text| text.operations / (quantile(&text.encoder_ms, 0.0) / 1e3)),
        products_flops: rate(&products(bench.redactor.classifier().config(), window.max(1)), 10),
        large_flops: rate(&[Product::LARGE], 10),
        texts,
        throughput,
        peak_memory: peak_memory(),
    };
    write(None, if args.json { json(&report) } else { report.to_text() })
}

/// A loaded model and how it is used.
struct Bench {
    redactor: Redactor<Encoder>,
    options: FindOptions,
    repetitions: usize,
}

impl Bench {
    /// Reads `notes` one after the other, `repetitions` times, after once to warm up if there are several times.
    fn measure(&self, notes: &[&str], repetitions: usize, progress: &ProgressBar) -> Result<Text> {
        let cut = notes.iter().map(|note| self.redactor.windows(note, &self.options)).collect::<Result<Vec<_>>>()?;
        let all: Vec<&Vec<u32>> = cut.iter().flatten().collect();
        let tokens = notes.iter().map(|note| Ok(self.redactor.tokenizer().encode(note)?.len())).sum::<Result<usize>>()?;
        let config = self.redactor.classifier().config();
        let mut text = Text {
            notes: notes.len(),
            words: notes.iter().map(|note| note.split_whitespace().count()).sum(),
            tokens,
            windows: all.len(),
            read: all.iter().map(|window| window.len()).sum(),
            ms: Vec::new(),
            cpu_ms: Vec::new(),
            encoder_ms: Vec::new(),
            operations: all.iter().flat_map(|window| products(config, window.len())).map(|p| p.operations()).sum(),
        };
        for warm in (0..=repetitions).map(|i| i > 0).skip(usize::from(repetitions == 1)) {
            let (start, cpu) = (Instant::now(), cpu_time());
            for note in notes {
                pollster::block_on(self.redactor.find(note, &self.options, &mut |_, _| true))?;
            }
            let (ms, cpu_ms) = (milliseconds(start), cpu.zip(cpu_time()).map(|(from, to)| (to - from) * 1e3));
            let start = Instant::now();
            for windows in &cut {
                let mut memory = Memory::new();
                for batch in windows.chunks(self.options.batch_size.max(1)) {
                    pollster::block_on(self.redactor.classifier().classify(batch, &mut memory))?;
                }
            }
            if warm {
                text.ms.push(ms);
                text.cpu_ms.extend(cpu_ms);
                text.encoder_ms.push(milliseconds(start));
                progress.inc(1);
            }
        }
        Ok(text)
    }
}

impl Report {
    fn to_text(&self) -> String {
        let mut out = format!("{} threads, loaded in {:.0} ms\n", self.threads, self.load_ms);
        out += "  words  tokens  windows    read   median ms  (quartiles)     encoder ms  tokens/s  us/word\n";
        for text in self.texts.iter().chain(&self.throughput) {
            let (ms, [low, high]) = (median(&text.ms), [0.25, 0.75].map(|q| quantile(&text.ms, q)));
            out += &format!(
                "{:>7}{:>8}{:>9}{:>8}{ms:>12.1}  {:<16}{:>10.1}{:>10.0}{:>9.1}{}\n",
                text.words,
                text.tokens,
                text.windows,
                text.read,
                format!("({low:.1}-{high:.1})"),
                median(&text.encoder_ms),
                text.tokens as f64 / ms * 1e3,
                ms / text.words.max(1) as f64 * 1e3,
                if text.notes > 1 { format!("  {} notes", text.notes) } else { String::new() },
            );
        }
        let giga = |flops: f64| flops / 1e9;
        let of = |limit: f64| 100.0 * self.encoder_flops / limit;
        out += &format!(
            "matrix products of the encoder: {:.1} GFLOP/s, {:.0} % of the {:.1} of burn's matmul on them alone, {:.0} % of its {:.1} on 1024x1024\n",
            giga(self.encoder_flops),
            of(self.products_flops),
            giga(self.products_flops),
            of(self.large_flops),
            giga(self.large_flops),
        );
        out
    }
}

fn json(report: &Report) -> String {
    serde_json::to_string(report).expect("keys are strings and numbers are finite") + "\n"
}

/// So much of the notes, over and over, as holds `n` words.
fn first_words(notes: &[String], n: usize) -> String {
    let mut text = String::new();
    let mut words = 0;
    for note in notes.iter().cycle() {
        let here = note.split_whitespace().count();
        if words + here >= n {
            let end = note
                .split_whitespace()
                .nth(n.max(1) - words - 1)
                .map_or(0, |word| word.as_ptr() as usize - note.as_ptr() as usize + word.len());
            return text + &note[..end];
        }
        words += here;
        text += note;
        text.push('\n');
    }
    text
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// By linear interpolation; not a number if there are none.
fn quantile(values: &[f64], q: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = q * sorted.len().saturating_sub(1) as f64;
    let (low, high) = (sorted.get(at.floor() as usize), sorted.get(at.ceil() as usize));
    low.zip(high).map_or(f64::NAN, |(low, high)| low + (high - low) * at.fract())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_after_a_word() {
        let notes = ["a  b\nc.".to_string(), " d".to_string()];
        assert_eq!(first_words(&notes, 2), "a  b");
        assert_eq!(first_words(&notes, 3), "a  b\nc.");
        assert_eq!(first_words(&notes, 5), "a  b\nc.\n d\na");
    }

    #[test]
    fn quantiles() {
        assert_eq!(quantile(&[3.0, 1.0, 2.0], 0.5), 2.0);
        assert_eq!(quantile(&[4.0, 1.0, 2.0, 3.0], 0.25), 1.75);
        assert!(median(&[]).is_nan());
    }
}
