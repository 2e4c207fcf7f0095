//! What the shim sends with a call.

use crate::engine::{FindOptions, Threshold};
use crate::error::{Error, Result};
use crate::formats::{Container, Format, FormatOptions};
use crate::labels::EntityType;
use crate::redact::{Context, Key, Policy};
use crate::rules::{Deny, Entries, Pattern};
use crate::tags::{Entity, Source};
use crate::text::{OffsetMap, Span};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Options of one call, understood.
pub(super) struct Call {
    pub(super) policy: Policy,
    pub(super) context: Context,
    pub(super) find: FindOptions,
    /// Whether what stands below the threshold is wanted too.
    pub(super) doubtful: bool,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Options {
    policy: Option<serde_json::Value>,
    context: Whose,
    threshold: Option<ThresholdOption>,
    thresholds: BTreeMap<EntityType, f32>,
    types: Option<Vec<EntityType>>,
    allow: Vec<String>,
    deny: Vec<Deny>,
    patterns: Vec<Pattern>,
    doubtful: bool,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Whose {
    /// Hexadecimal.
    key: Option<String>,
    patient: String,
}

/// A preset's name or a probability.
#[derive(Deserialize)]
#[serde(untagged)]
enum ThresholdOption {
    Probability(f32),
    Name(String),
}

impl Call {
    pub(super) fn parse(json: &str) -> Result<Self> {
        let options: Options = understand("options", json)?;
        let policy = match options.policy {
            None => Policy::i2b2(),
            Some(serde_json::Value::String(name)) => Policy::built_in(&name)?,
            Some(object) => Policy::from_json(&object.to_string())?,
        };
        let lists = Entries { allow: options.allow, deny: options.deny, patterns: options.patterns }.compile()?;
        let threshold = match options.threshold {
            None => Threshold::default(),
            Some(ThresholdOption::Name(name)) => name.parse()?,
            Some(ThresholdOption::Probability(p)) => Threshold::Probability(p),
        };
        let key = options.context.key.map(|hex| Key::new(&bytes(&hex)?)).transpose()?;
        Ok(Self {
            policy,
            context: Context { key, patient: options.context.patient },
            find: FindOptions { threshold, thresholds: options.thresholds, types: options.types, lists, ..Default::default() },
            doubtful: options.doubtful,
        })
    }
}

/// How a file is read, as JavaScript gives it.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
struct Reading {
    format: Option<String>,
    columns: Option<Vec<String>>,
    header: Option<bool>,
    text_field: Option<String>,
    patient_field: Option<String>,
    encoding: Option<String>,
    keep_unread: bool,
}

/// A file of notes, parsed.
pub(super) fn open(name: &str, bytes: &[u8], reading: &str) -> Result<Container> {
    let (format, options) = read_as(name, bytes, reading)?;
    Container::read(bytes, format, &options)
}

/// A file's format and how it is read.
pub(super) fn read_as(name: &str, bytes: &[u8], reading: &str) -> Result<(Format, FormatOptions)> {
    let reading: Reading = understand("reading", reading)?;
    let format = match &reading.format {
        Some(format) => format.parse()?,
        None => Format::detect(name, bytes)?,
    };
    let options = FormatOptions {
        columns: reading.columns,
        header: reading.header,
        text_field: reading.text_field,
        patient_field: reading.patient_field,
        encoding: reading.encoding.map(|name| name.parse()).transpose()?,
        keep_unread: reading.keep_unread,
        ..Default::default()
    };
    Ok((format, options))
}

/// An entity as JavaScript gives it, its offsets in UTF-16 code units.
#[derive(Deserialize)]
struct Given {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    entity_type: EntityType,
    #[serde(default = "certain")]
    score: f32,
    #[serde(default = "person")]
    source: Source,
}

/// The entities that a person has gone through.
pub(super) fn entities(json: &str, map: &OffsetMap) -> Result<Vec<Entity>> {
    let given: Vec<Given> = understand("entities", json)?;
    given
        .into_iter()
        .enumerate()
        .map(|(i, e)| {
            let (start, end) = (map.to_byte(e.start), map.to_byte(e.end));
            // Back again, lest an offset inside a surrogate pair move unseen.
            if start > end || map.from_byte(start) != e.start || map.from_byte(end) != e.end {
                let reason = format!("entity {i} at {}..{} is reversed or cuts a character", e.start, e.end);
                return Err(Error::OptionInvalid { option: "entities", reason });
            }
            Ok(Entity { span: Span::new(start, end), entity_type: e.entity_type, score: e.score, source: e.source })
        })
        .collect()
}

/// JSON without the parser's words, which would quote the caller's lists.
pub(super) fn understand<'a, T: Deserialize<'a>>(option: &'static str, json: &'a str) -> Result<T> {
    serde_json::from_str(json).map_err(|e| Error::OptionInvalid { option, reason: format!("not understood at column {}", e.column()) })
}

/// The bytes of hexadecimal digits.
fn bytes(hex: &str) -> Result<Vec<u8>> {
    let invalid = || Error::OptionInvalid { option: "key", reason: "not hexadecimal".into() };
    let pairs = hex.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2));
    pairs.map(|pair| pair.and_then(|p| u8::from_str_radix(p, 16).ok()).ok_or_else(invalid)).collect()
}

fn certain() -> f32 {
    1.0
}

fn person() -> Source {
    Source::User
}
