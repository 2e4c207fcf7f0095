use super::{load, options};
use crate::args::RedactArgs;
use crate::output::{read_note, write};
use scrubjay::redact::Policy;
use scrubjay::text::{OffsetMap, OffsetUnit};
use scrubjay::{Error, Result};
use std::fs;

pub fn run(args: &RedactArgs) -> Result<()> {
    let policy = policy(&args.policy)?;
    let text = read_note(&args.file)?;
    let redactor = load(&args.model)?;
    let redaction = pollster::block_on(redactor.redact(&text, &policy, &options(&args.model)?, &mut |_, _| true))?;
    if !args.json {
        return write(args.output.as_deref(), &redaction.text);
    }
    let map = OffsetMap::new(&text, OffsetUnit::Char);
    let entities: Vec<_> = redaction
        .entities
        .iter()
        .map(|e| {
            let (start, end) = map.from_span(e.entity.span);
            serde_json::json!({"start": start, "end": end, "type": e.entity.entity_type, "score": e.entity.score,
                "source": e.entity.source, "replacement": e.replacement})
        })
        .collect();
    let json = serde_json::json!({"text": redaction.text, "entities": entities, "report": redaction.report});
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
