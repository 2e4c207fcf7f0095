use super::{Gold, find_all, find_with, load, options, read_gold};
use crate::args::{EvalArgs, ModelArgs};
use crate::output::write;
use scrubjay::corpus::Document;
use scrubjay::corpus::predictions;
use scrubjay::engine::FindOptions;
use scrubjay::eval::evasion::{Escapes, Evasion, EvasionReport};
use scrubjay::eval::{compare, evaluate};
use scrubjay::{Entity, Error, Result};
use std::fs;
use std::path::Path;

pub fn run(args: &EvalArgs) -> Result<()> {
    let gold = read_gold(&args.notes.gold, args.notes.only.as_deref())?;
    if args.evasions {
        return evasions(args, &gold.documents);
    }
    let system = match &args.predictions {
        Some(path) => read_predictions(path, &gold, args)?,
        None => find_all(&args.model, &gold.documents)?,
    };
    let other = match (&args.compare, &args.compare_model) {
        (Some(path), _) => Some(read_predictions(path, &gold, args)?),
        (None, Some(folder)) => Some(find_all(&ModelArgs { model: Some(folder.clone()), ..args.model.clone() }, &gold.documents)?),
        (None, None) => None,
    };
    let mut options = args.depth.options();
    if args.errors.is_some() && !args.depth.show_text {
        options.examples = 0;
    }
    let most = args.errors.unwrap_or(usize::MAX);
    let (report, figure) = match other {
        None => {
            let mut evaluation = evaluate(&gold.documents, &system, &options)?;
            evaluation.confusions.truncate(most);
            (args.form.write(&evaluation), evaluation)
        }
        Some(other) => {
            let mut both = compare(&gold.documents, &system, &other, &options)?;
            both.system.confusions.truncate(most);
            both.other.confusions.truncate(most);
            (args.form.write(&both), both.system)
        }
    };
    if let Some(path) = &args.plot {
        write(Some(path), &figure.to_svg()?)?;
    }
    write(None, &report)
}

fn read_predictions(path: &Path, gold: &Gold, args: &EvalArgs) -> Result<Vec<Vec<Entity>>> {
    let source = fs::read_to_string(path).map_err(|e| Error::io(path, e))?;
    predictions::parse_part(&path.display().to_string(), &source, &gold.documents, &gold.left_out, args.offsets.into())
}

/// The same notes in every disguise.
fn evasions(args: &EvalArgs, documents: &[Document]) -> Result<()> {
    let (redactor, options) = (load(&args.model)?, options(&args.model)?);
    let escapes = |documents: &[Document], see_through: bool| -> Result<Escapes> {
        let found = find_with(&redactor, documents, &FindOptions { see_through, ..options.clone() })?;
        let mut escapes = Escapes::default();
        documents.iter().zip(&found).for_each(|(document, found)| escapes.add(document, found));
        Ok(escapes)
    };
    let mut report = EvasionReport::default();
    for evasion in Evasion::all() {
        let disguised: Vec<Document> = documents.iter().map(|document| evasion.disguise(document)).collect();
        report.push(evasion, escapes(&disguised, false)?, escapes(&disguised, true)?);
    }
    write(None, args.form.write(&report))
}
