use super::find_all;
use crate::args::TagArgs;
use crate::output::write;
use scrubjay::Result;
use scrubjay::corpus::{predictions, read_path};

pub fn run(args: &TagArgs) -> Result<()> {
    let documents = read_path(&args.input)?;
    let found = find_all(&args.model, &documents)?;
    let lines: String =
        documents.iter().zip(&found).map(|(d, e)| predictions::write_line(&d.id, &d.text, e, args.offsets.into())).collect();
    write(Some(&args.output), &lines)
}
