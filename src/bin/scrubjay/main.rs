//! The native `scrubjay` command: redact, tag, evaluate, generate and train with the library's own code.

mod args;
mod commands;
mod output;
mod secrets;

use args::{Args, Command};
use clap::Parser;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = Args::parse();
    let result = match &args.command {
        Command::Redact(a) => commands::redact::run(a),
        Command::Restore(a) => commands::restore::run(a),
        Command::Tag(a) => commands::tag::run(a),
        Command::Eval(a) => commands::eval::run(a),
        Command::Compare(a) => commands::compare::run(a),
        Command::Synth(a) => commands::synth::run(a),
        Command::Train(a) => commands::train::run(a),
        Command::Crf(a) => commands::crf::run(a),
        Command::Average(a) => commands::average::run(a),
        Command::Trim(a) => commands::trim::run(a),
        Command::Calibrate(a) => commands::calibrate::run(a),
        Command::Quantize(a) => commands::quantize::run(a),
        Command::Bench(a) => commands::bench::run(a),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("scrubjay: error[{}]: {error}", error.code());
            // 2 is clap's for a wrong command line; wrong input is the caller's too.
            ExitCode::from(if error.code() == "OPTION_INVALID" { 2 } else { 1 })
        }
    }
}
