//! `redact --input`: many files.

use super::redact::{context, find, policy, reading};
use super::{identity, load};
use crate::args::RedactArgs;
use crate::output::{bytes_bar, write};
use scrubjay::bulk::{Bulk, Ledger, Summary, Threads, inputs};
use scrubjay::engine::{Audit, FindOptions};
use scrubjay::formats::{Format, FormatOptions};
use scrubjay::model::files::sha256;
use scrubjay::redact::{Context, Policy, Report};
use scrubjay::{Error, Result};
use serde_json::{Value, json};
use std::fs;
use std::time::Instant;

pub fn run(args: &RedactArgs) -> Result<()> {
    // Whatever the caller got wrong is said before the model runs.
    let (policy, context, find, reading) = (policy(&args.policy)?, context(args)?, find(args)?, reading(&args.reading)?);
    let format = args.reading.input_format.as_deref().map(str::parse::<Format>).transpose()?;
    let threads = Threads::new(args.threads);
    let streams = args.input.iter().any(|pattern| pattern == "-");
    let invalid = |option, reason: &str| Error::OptionInvalid { option, reason: reason.into() };
    if streams && (args.input.len() > 1 || args.output.is_some()) {
        return Err(invalid("input", "standard input goes to standard output, and nothing beside it"));
    }
    let prepared = match (&args.output, streams) {
        (_, true) => None,
        (None, false) => return Err(invalid("output", "many files are written into a folder: name it")),
        (Some(folder), false) => {
            let files = inputs(&args.input, folder)?;
            let settings = settings(args, &policy, &context, &find, &reading)?;
            Some((folder, files, Ledger::open(folder, &settings, args.overwrite)?))
        }
    };
    let redactor = load(&args.model)?;
    let bulk = Bulk { redactor: &redactor, policy: &policy, context: &context, find: &find, format, reading: &reading, threads };
    let start = Instant::now();
    let (summary, files) = match prepared {
        None => (bulk.stream(std::io::stdin(), std::io::stdout().lock(), format.unwrap_or(Format::JsonLines))?, 0),
        Some((folder, files, mut ledger)) => {
            let bar = bytes_bar(files.iter().map(|input| input.len).sum());
            let mut progress = |bytes| {
                bar.inc(bytes);
                true
            };
            let summary = bulk.run(&files, folder, &mut ledger, &mut progress)?;
            bar.finish_and_clear();
            (summary, files.len())
        }
    };
    let (model, hash) = identity(&args.model)?;
    if let Some(path) = &args.report {
        let audit = json!(Audit::new(&model, &hash, &find, &summary.report));
        write(Some(path), format!("{audit:#}\n"))?;
    }
    eprint!("{}", words(&summary, start.elapsed().as_secs_f64(), threads.count()));
    match summary.failed.len() {
        0 => Ok(()),
        failed => Err(Error::BulkIncomplete { failed, files }),
    }
}

/// All that decides on the results.
fn settings(args: &RedactArgs, policy: &Policy, context: &Context, find: &FindOptions, reading: &FormatOptions) -> Result<Value> {
    let (model, hash) = identity(&args.model)?;
    let mut settings = json!(Audit::new(&model, &hash, find, &Report::new(policy)));
    let lists = args.lists.as_ref().map(|path| fs::read(path).map_err(|e| Error::io(path, e))).transpose()?;
    settings["lists_sha256"] = json!(lists.map(|bytes| sha256(&bytes)));
    settings["key_and_patient"] = json!(context.fingerprint());
    settings["reading"] = json!(format!("{:?} {reading:?}", args.reading.input_format));
    let switches = [find.model, find.rules, find.consistent, find.see_through];
    settings["finding"] = json!({"switches": switches, "window": args.model.window});
    Ok(settings)
}

/// The summary for a person: counts, no text.
fn words(summary: &Summary, seconds: f64, threads: usize) -> String {
    let mut out = String::new();
    for failure in &summary.failed {
        out += &format!("{}: error[{}]: {}\n", failure.file, failure.error.code(), failure.error);
    }
    for part in &summary.unread {
        out += &format!("left as it is: {part}\n");
    }
    if summary.complete + summary.failed.len() > 0 {
        let before = if summary.before > 0 { format!(" ({} before)", summary.before) } else { String::new() };
        out += &format!("{} files complete{before}, {} failed\n", summary.complete, summary.failed.len());
    }
    let rate = summary.read as f64 / seconds.max(1e-9);
    out += &format!("{} notes, {} of them now in {seconds:.1} s: {rate:.1} notes/s on {threads} threads\n", summary.notes, summary.read);
    let types = summary.report.types.keys().map(|&entity_type| format!("{entity_type} {}", summary.report.of_type(entity_type)));
    out + &format!("{} entities: {}\n", summary.report.entities, types.collect::<Vec<_>>().join(", "))
}
