//! Parquet files, read and written some rows at a time.

use crate::error::{Error, Result};
use crate::formats::FormatOptions;
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use arrow_cast::cast;
use arrow_schema::{DataType, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use serde_json::{Map, Value};
use std::fs::File;
use std::sync::Arc;

/// What every Parquet file begins with.
pub(super) const MAGIC: &[u8] = b"PAR1";

/// Rows that are redacted in one go.
const ROWS: usize = 16;

/// A row group is written once it is this large, in bytes.
const ROW_GROUP: usize = 64 << 20;

pub(super) fn invalid(error: impl std::fmt::Display) -> Error {
    Error::FormatInvalid { format: "parquet", at: "the file".into(), reason: error.to_string() }
}

/// A file's columns, and which of them hold the notes.
#[derive(Clone)]
pub(super) struct Table {
    pub schema: SchemaRef,
    compression: Compression,
    columns: Vec<usize>,
    patient: Option<usize>,
}

impl Table {
    /// Opens a file whose notes stand in the columns of text that `options` name: `columns`, or `text_field`, of which `*` means all.
    pub fn open(file: File, options: &FormatOptions) -> Result<(Self, ParquetRecordBatchReader)> {
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(invalid)?.with_batch_size(ROWS);
        let schema = builder.schema().clone();
        let first = builder.metadata().row_groups().first().and_then(|group| group.columns().first());
        let compression = first.map_or(Compression::SNAPPY, |column| column.compression());
        let wrong = |option, reason| Error::OptionInvalid { option, reason };
        let column = |option, name: &str| match schema.index_of(name) {
            Ok(i) => Ok(i),
            Err(_) => Err(wrong(option, format!("no column is called {name:?}"))),
        };
        let patient = options.patient_field.as_deref().map(|name| column("patient_field", name)).transpose()?;
        let named = options.columns.clone().unwrap_or_else(|| vec![options.text_field.clone().unwrap_or_else(|| "text".into())]);
        let columns = match named.as_slice() {
            [every] if every == "*" => {
                let texts = schema.fields().iter().enumerate().filter(|(i, field)| Some(*i) != patient && is_text(field.data_type()));
                texts.map(|(i, _)| i).collect()
            }
            names => names.iter().map(|name| column("columns", name)).collect::<Result<Vec<_>>>()?,
        };
        for &i in &columns {
            let field = schema.field(i);
            if !is_text(field.data_type()) {
                return Err(wrong("columns", format!("{:?} is a column of {}, not of text", field.name(), field.data_type())));
            }
        }
        Ok((Self { schema, compression, columns, patient }, builder.build().map_err(invalid)?))
    }

    /// A file for the results: the same columns, compressed as the input is.
    pub fn create(&self, file: File) -> Result<ArrowWriter<File>> {
        let properties = WriterProperties::builder().set_compression(self.compression).build();
        ArrowWriter::try_new(file, self.schema.clone(), Some(properties)).map_err(invalid)
    }

    /// The rows as JSON lines with the columns that matter, and how those are read.
    pub fn lines(&self, rows: &RecordBatch) -> Result<(Vec<u8>, FormatOptions)> {
        let name = |i: usize| self.schema.field(i).name().clone();
        let texts = self.columns.iter().map(|&i| Ok((name(i), text(rows.column(i))?))).collect::<Result<Vec<_>>>()?;
        let patient = self.patient.map(|i| text(rows.column(i))).transpose()?;
        let mut lines = Vec::new();
        for row in 0..rows.num_rows() {
            let value = |column: &StringArray| column.is_valid(row).then(|| column.value(row).to_string());
            let mut line: Map<String, Value> = texts.iter().map(|(name, column)| (name.clone(), value(column).into())).collect();
            if let Some(column) = &patient {
                line.insert(PATIENT.into(), value(column).into());
            }
            lines.extend(serde_json::json!(line).to_string().bytes());
            lines.push(b'\n');
        }
        let options = FormatOptions {
            columns: Some(self.columns.iter().map(|&i| name(i)).collect()),
            patient_field: patient.map(|_| PATIENT.into()),
            ..Default::default()
        };
        Ok((lines, options))
    }

    /// The rows with what became of their [`Self::lines`].
    pub fn replaced(&self, rows: &RecordBatch, lines: &[u8]) -> Result<RecordBatch> {
        let lines = std::str::from_utf8(lines).map_err(invalid)?;
        let objects = lines.lines().map(serde_json::from_str::<Map<String, Value>>).collect::<std::result::Result<Vec<_>, _>>();
        let objects = objects.map_err(|_| invalid("a row could not be put back"))?;
        let mut columns = rows.columns().to_vec();
        for &i in &self.columns {
            let field = self.schema.field(i);
            let values = objects.iter().map(|line| line.get(field.name()).and_then(Value::as_str));
            let values: ArrayRef = Arc::new(values.collect::<StringArray>());
            // The library's words might quote a cell.
            columns[i] = cast(&values, field.data_type()).map_err(|_| invalid(format!("{:?} cannot be put back", field.name())))?;
        }
        RecordBatch::try_new(self.schema.clone(), columns).map_err(|_| invalid("the rows cannot be put back"))
    }
}

/// The patient's field among the lines; no column of a caller's is called so.
const PATIENT: &str = "\u{0}patient";

/// Writes rows, and what has gathered of them once it is much.
pub(super) fn write(writer: &mut ArrowWriter<File>, rows: &RecordBatch) -> Result<()> {
    writer.write(rows).map_err(invalid)?;
    if writer.in_progress_size() > ROW_GROUP {
        writer.flush().map_err(invalid)?;
    }
    Ok(())
}

fn is_text(data_type: &DataType) -> bool {
    match data_type {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Dictionary(_, values) => is_text(values),
        _ => false,
    }
}

/// A column as text; numbers by their digits.
fn text(column: &ArrayRef) -> Result<StringArray> {
    let column =
        cast(column, &DataType::Utf8).map_err(|_| invalid(format!("a column of {} cannot be read as text", column.data_type())))?;
    column.as_any().downcast_ref::<StringArray>().cloned().ok_or_else(|| invalid("a column cannot be read as text"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Format;
    use arrow_array::{DictionaryArray, LargeStringArray};
    use arrow_array::{Int64Array, types::Int32Type};
    use arrow_schema::{Field, Schema};

    #[test]
    fn rows_become_lines_and_rows_again() {
        let dictionary: DictionaryArray<Int32Type> = vec![Some("x"), Some("y \"z\""), Some("x")].into_iter().collect();
        let fields = vec![
            Field::new("id", DataType::Int64, false),
            Field::new("note", DataType::LargeUtf8, true),
            Field::new("kind", dictionary.data_type().clone(), true),
        ];
        let schema = Arc::new(Schema::new(fields));
        let columns: Vec<ArrayRef> = vec![
            Arc::new(Int64Array::from(vec![7, 8, 9])),
            Arc::new(LargeStringArray::from(vec![Some("Jane\nRoe é"), None, Some("")])),
            Arc::new(dictionary),
        ];
        let rows = RecordBatch::try_new(schema.clone(), columns).unwrap();
        let table = Table { schema, compression: Compression::SNAPPY, columns: vec![1, 2], patient: Some(0) };
        let (lines, options) = table.lines(&rows).unwrap();
        let text = String::from_utf8(lines.clone()).unwrap();
        assert_eq!(text.lines().next().unwrap(), "{\"note\":\"Jane\\nRoe é\",\"kind\":\"x\",\"\\u0000patient\":\"7\"}");
        let file = crate::formats::Container::read(&lines, Format::JsonLines, &options).unwrap();
        assert_eq!(file.notes()[1].patient.as_deref(), Some("8"));
        assert_eq!(table.replaced(&rows, &lines).unwrap(), rows);
        let changed = table.replaced(&rows, text.replace("Roe", "[X]").as_bytes()).unwrap();
        assert_eq!(table.lines(&changed).unwrap().0, text.replace("Roe", "[X]").as_bytes());
    }
}
