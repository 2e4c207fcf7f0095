//! JSON lines: a note a line that is not blank.

use super::json::{self, Key, Node, Value};
use super::note::Note;
use super::outline::Field;
use super::place::Place;
use super::{Format, FormatOptions};
use crate::error::Result;

/// The notes. The view of a chosen field is its text; of several, or of `*`, a line `"key": "value"` for each string.
pub(super) fn read(source: &str, options: &FormatOptions) -> Result<Vec<Note>> {
    let fields: Vec<&str> = match &options.columns {
        Some(fields) => fields.iter().map(String::as_str).collect(),
        None => vec![options.text_field.as_deref().unwrap_or("text")],
    };
    let mut notes = Vec::new();
    for (line, members) in objects(source)? {
        let fail = |reason: String| Format::JsonLines.invalid(format!("line {line}"), reason);
        let mut note = Note::default();
        if fields == ["*"] {
            members.iter().for_each(|(key, node)| push(source, &key.name, node, &mut note));
        } else {
            for &field in &fields {
                let mut values = members.iter().filter(|(key, _)| key.name == field).map(|(_, node)| node);
                let node = values.next().ok_or_else(|| fail(format!("{field:?} is missing")))?;
                if values.next().is_some() {
                    return Err(fail(format!("{field:?} twice")));
                }
                match node.value {
                    Value::String if fields.len() > 1 => push(source, field, node, &mut note),
                    Value::String => note.push(0, source, node.inside(), Place::Json),
                    Value::Other if source.get(node.source.clone()) == Some("null") => {}
                    _ => return Err(fail(format!("{field:?} is not a string"))),
                }
            }
        }
        if let Some(name) = &options.patient_field {
            let told = members.iter().find(|(key, _)| &key.name == name).and_then(|(_, node)| match node.value {
                Value::String => super::note::patient(&json::decode(source.get(node.inside())?).view),
                // A number, by its digits.
                Value::Other => source.get(node.source.clone()).filter(|digits| digits.parse::<u64>().is_ok()).map(str::to_string),
                _ => None,
            });
            note.patient =
                Some(told.ok_or_else(|| fail(format!("{name:?}, which tells whose note it is, is neither text nor a whole number")))?);
        }
        notes.push(note);
    }
    Ok(notes)
}

/// The fields at the top that hold a string somewhere, in the order they come up, and in how many lines they hold one.
pub(super) fn fields(source: &str) -> Result<Vec<Field>> {
    let mut fields: Vec<Field> = Vec::new();
    for (key, node) in objects(source)?.into_iter().flat_map(|(_, members)| members) {
        if !matches!(node.value, Value::String) {
            continue;
        }
        match fields.iter_mut().find(|field| field.name == key.name) {
            Some(field) => field.filled += 1,
            None => fields.push(Field { name: key.name, filled: 1 }),
        }
    }
    Ok(fields)
}

/// A line's number and the members of its object.
type Line = (usize, Vec<(Key, Node)>);

fn objects(source: &str) -> Result<Vec<Line>> {
    let mut objects = Vec::new();
    let mut at = 0;
    for (i, line) in source.split_inclusive('\n').enumerate() {
        let fail = |reason: String| Format::JsonLines.invalid(format!("line {}", i + 1), reason);
        let text = line.trim_start_matches('\u{feff}');
        let start = at + (line.len() - text.len());
        at += line.len();
        if text.trim().is_empty() {
            continue;
        }
        let upto = source.get(..at).unwrap_or_default();
        let mut nodes = json::parse(upto, start).map_err(|byte| fail(format!("not JSON at byte {}", byte - start)))?;
        let (Some(Node { value: Value::Object(members), .. }), true) = (nodes.pop(), nodes.is_empty()) else {
            return Err(fail("not one JSON object".into()));
        };
        objects.push((i + 1, members));
    }
    Ok(objects)
}

fn push(source: &str, key: &str, node: &Node, note: &mut Note) {
    match &node.value {
        Value::Object(members) => members.iter().for_each(|(key, node)| push(source, &key.name, node, note)),
        Value::Array(values) => values.iter().for_each(|node| push(source, key, node, note)),
        Value::String => {
            note.view += &format!("\"{key}\": \"");
            note.push(0, source, node.inside(), Place::Json);
            note.view += "\"\n";
        }
        Value::Other => {}
    }
}
