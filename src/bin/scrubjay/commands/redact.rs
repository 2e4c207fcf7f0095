use super::{load, options};
use crate::args::RedactArgs;
use crate::output::{read_note, write};
use crate::secrets;
use scrubjay::corpus::{Document, Export};
use scrubjay::engine::Audit;
use scrubjay::redact::restore::Mapping;
use scrubjay::redact::{Context, Key, Policy};
use scrubjay::rules::Entries;
use scrubjay::text::{OffsetMap, OffsetUnit};
use scrubjay::{Error, Result};
use std::fs;

pub fn run(args: &RedactArgs) -> Result<()> {
    let policy = policy(&args.policy)?;
    let (context, format) = (context(args)?, args.format.parse::<Export>()?);
    // Asked for before the model runs.
    let passphrase = args.mapping.as_ref().map(|_| secrets::passphrase(args.passphrase_file.as_deref())).transpose()?;
    let mut find = options(&args.model)?;
    if let Some(path) = &args.lists {
        find.lists = Entries::from_json(&fs::read_to_string(path).map_err(|e| Error::io(path, e))?)?.compile()?;
    }
    let text = read_note(&args.file)?;
    let redactor = load(&args.model)?;
    let redaction = pollster::block_on(redactor.redact(&text, &policy, &context, &find, &mut |_, _| true))?;

    if let (Some(path), Some(passphrase)) = (&args.mapping, passphrase) {
        write(Some(path), Mapping::new(&text, &redaction).seal(&passphrase)?)?;
    }
    let (model, sha256) = super::identity(&args.model)?;
    let audit = Audit::new(&model, &sha256, &find, &redaction.report);
    if let Some(path) = &args.report {
        write(Some(path), format!("{:#}\n", serde_json::json!(audit)))?;
    }
    if !args.json {
        let id = args.file.file_stem().map_or("note".into(), |name| name.to_string_lossy());
        return write(args.output.as_deref(), format.write(&Document::redacted(&id, &redaction))?);
    }
    let map = OffsetMap::new(&text, OffsetUnit::Char);
    let entities: Vec<_> = redaction
        .entities
        .iter()
        .map(|e| {
            let (start, end) = map.from_span(e.entity.span);
            serde_json::json!({"start": start, "end": end, "type": e.entity.entity_type, "score": e.entity.score,
                "source": e.entity.source, "operator": e.operator, "replacement": e.replacement})
        })
        .collect();
    let json = serde_json::json!({"text": redaction.text, "entities": entities, "report": audit});
    write(args.output.as_deref(), format!("{json:#}\n"))
}

/// A built-in policy by name, or a file.
fn policy(name: &str) -> Result<Policy> {
    match Policy::built_in(name) {
        Ok(policy) => Ok(policy),
        Err(unknown) if !name.ends_with(".json") => Err(unknown),
        Err(_) => Policy::from_json(&fs::read_to_string(name).map_err(|e| Error::io(name, e))?),
    }
}

fn context(args: &RedactArgs) -> Result<Context> {
    let key = args.key_file.as_ref().map(|path| Key::new(&fs::read(path).map_err(|e| Error::io(path, e))?)).transpose()?;
    Ok(Context { key, patient: args.patient.clone().unwrap_or_default() })
}
