use super::{identity, load, options};
use crate::args::{ReadingArgs, RedactArgs};
use crate::output::{bar, read_bytes, write};
use crate::secrets;
use scrubjay::corpus::{Document, Export};
use scrubjay::engine::{Audit, FindOptions, Redactor};
use scrubjay::formats::{Container, Format, FormatOptions, Replacement};
use scrubjay::model::Encoder;
use scrubjay::redact::restore::Mapping;
use scrubjay::redact::{Context, Key, Policy, Redaction, Report};
use scrubjay::rules::Entries;
use scrubjay::text::{OffsetMap, OffsetUnit};
use scrubjay::{Error, Result};
use std::fs;

pub fn run(args: &RedactArgs) -> Result<()> {
    if !args.input.is_empty() {
        return super::bulk::run(args);
    }
    // Whatever the caller got wrong is said before the model runs.
    let (policy, context, export) = (policy(&args.policy)?, context(args)?, args.format.parse()?);
    let passphrase = args.mapping.as_ref().map(|_| secrets::passphrase(args.passphrase_file.as_deref())).transpose()?;
    let find = find(args)?;
    let bytes = read_bytes(&args.file)?;
    let file = Container::read(&bytes, format(args, &bytes)?, &reading(&args.reading)?)?;
    let plain = file.format() == Format::Text && file.notes().len() == 1;
    if !plain && (args.json || args.mapping.is_some() || export != Export::Text) {
        let reason = "--json, --format and --mapping are for a note of plain text; a file is written back in its own form";
        return Err(Error::OptionInvalid { option: "format", reason: reason.into() });
    }
    for part in file.unread() {
        eprintln!("scrubjay: left as it is: {part}");
    }

    let task = Task { args, redactor: load(&args.model)?, policy, context, find };
    match plain {
        true => task.note(&file, export, passphrase),
        false => task.file(&file),
    }
}

/// What a redaction is done with.
struct Task<'a> {
    args: &'a RedactArgs,
    redactor: Redactor<Encoder>,
    policy: Policy,
    context: Context,
    find: FindOptions,
}

impl Task<'_> {
    fn note(&self, file: &Container, export: Export, passphrase: Option<String>) -> Result<()> {
        let text = &file.notes()[0].view;
        let mut on_progress = |_, _| true;
        let redacting = self.redactor.redact(text, &self.policy, &self.context, &self.find, &mut on_progress);
        let redaction = pollster::block_on(redacting)?;
        if let (Some(path), Some(passphrase)) = (&self.args.mapping, passphrase) {
            write(Some(path), Mapping::new(text, &redaction).seal(&passphrase)?)?;
        }
        let audit = self.report(&redaction.report)?;
        let output = self.args.output.as_deref();
        if self.args.json {
            let json = serde_json::json!({"text": redaction.text, "entities": entities(text, &redaction), "report": audit});
            return write(output, format!("{json:#}\n"));
        }
        if export == Export::Text {
            // With the file's encoding and byte order mark.
            return write(output, file.write(&[redaction.entities.iter().map(Replacement::from).collect()])?);
        }
        let id = self.args.file.file_stem().map_or("note".into(), |name| name.to_string_lossy());
        write(output, export.write(&Document::redacted(&id, &redaction))?)
    }

    fn file(&self, file: &Container) -> Result<()> {
        let progress = bar(file.notes().len() as u64, "notes");
        let mut on_progress = |done, _| {
            progress.set_position(done as u64);
            true
        };
        let redacting = self.redactor.redact_file(file, &self.policy, &self.context, &self.find, &mut on_progress);
        let redacted = pollster::block_on(redacting)?;
        progress.finish_and_clear();
        self.report(&redacted.report)?;
        write(self.args.output.as_deref(), &redacted.bytes)
    }

    /// The audit, which is also written where the caller wants it.
    fn report(&self, report: &Report) -> Result<serde_json::Value> {
        let (model, sha256) = identity(&self.args.model)?;
        let audit = serde_json::json!(Audit::new(&model, &sha256, &self.find, report));
        if let Some(path) = &self.args.report {
            write(Some(path), format!("{audit:#}\n"))?;
        }
        Ok(audit)
    }
}

/// The entities as JSON, offsets in characters of `text`.
fn entities(text: &str, redaction: &Redaction) -> Vec<serde_json::Value> {
    let map = OffsetMap::new(text, OffsetUnit::Char);
    let entity = |e: &scrubjay::redact::RedactedEntity| {
        let (start, end) = map.from_span(e.entity.span);
        serde_json::json!({"start": start, "end": end, "type": e.entity.entity_type, "score": e.entity.score,
            "source": e.entity.source, "operator": e.operator, "replacement": e.replacement})
    };
    redaction.entities.iter().map(entity).collect()
}

/// How to find, with the caller's lists.
pub(super) fn find(args: &RedactArgs) -> Result<FindOptions> {
    let mut find = options(&args.model)?;
    if let Some(path) = &args.lists {
        find.lists = Entries::from_json(&fs::read_to_string(path).map_err(|e| Error::io(path, e))?)?.compile()?;
    }
    Ok(find)
}

/// A built-in policy by name, or a file.
pub(super) fn policy(name: &str) -> Result<Policy> {
    match Policy::built_in(name) {
        Ok(policy) => Ok(policy),
        Err(unknown) if !name.ends_with(".json") => Err(unknown),
        Err(_) => Policy::from_json(&fs::read_to_string(name).map_err(|e| Error::io(name, e))?),
    }
}

pub(super) fn context(args: &RedactArgs) -> Result<Context> {
    let key = args.key_file.as_ref().map(|path| Key::new(&fs::read(path).map_err(|e| Error::io(path, e))?)).transpose()?;
    Ok(Context { key, patient: args.patient.clone().unwrap_or_default() })
}

/// What standard input holds is a note; of files, name and content tell.
fn format(args: &RedactArgs, bytes: &[u8]) -> Result<Format> {
    match &args.reading.input_format {
        Some(name) => name.parse(),
        None if args.file.as_os_str() == "-" => Ok(Format::Text),
        None => Format::detect(&args.file.to_string_lossy(), bytes),
    }
}

pub(super) fn reading(args: &ReadingArgs) -> Result<FormatOptions> {
    Ok(FormatOptions {
        columns: args.columns.clone(),
        header: args.header,
        delimiter: args.delimiter,
        patient_field: args.patient_field.clone(),
        text_field: Some(args.text_field.clone()),
        encoding: args.encoding.as_ref().map(|name| name.parse()).transpose()?,
        keep_unread: args.keep_unread,
    })
}
