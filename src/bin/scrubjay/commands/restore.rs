use crate::args::RestoreArgs;
use crate::output::{read_note, write};
use crate::secrets;
use scrubjay::redact::restore::Mapping;
use scrubjay::{Error, Result};
use std::fs;

pub fn run(args: &RestoreArgs) -> Result<()> {
    let text = read_note(&args.file)?;
    let sealed = fs::read(&args.mapping).map_err(|e| Error::io(&args.mapping, e))?;
    let mapping = Mapping::open(&sealed, &secrets::passphrase(args.passphrase_file.as_deref())?)?;
    let restored = mapping.restore(&text)?;
    write(args.output.as_deref(), &restored.text)?;
    eprintln!("{} put back, {} left because they stood for several things", restored.restored, restored.ambiguous);
    Ok(())
}
