use super::find_all;
use crate::args::EvalArgs;
use crate::output::write;
use scrubjay::corpus::{predictions, read_path};
use scrubjay::eval::{EvalOptions, evaluate};
use scrubjay::{Error, Result};
use std::fs;

pub fn run(args: &EvalArgs) -> Result<()> {
    let gold = read_path(&args.gold)?;
    let predicted = match &args.predictions {
        Some(path) => {
            let source = fs::read_to_string(path).map_err(|e| Error::io(path, e))?;
            predictions::parse(&path.display().to_string(), &source, &gold, args.offsets.into())?
        }
        None => find_all(&args.model, &gold)?,
    };
    let evaluation = evaluate(&gold, &predicted, &EvalOptions { example_text: args.show_text, ..Default::default() })?;
    let text = match (args.json, args.markdown) {
        (true, _) => evaluation.to_json(),
        (_, true) => evaluation.to_markdown(),
        _ => evaluation.to_text(),
    };
    write(None, &text)
}
