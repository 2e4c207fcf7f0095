//! Word documents: not read yet.
use super::{Container, FormatOptions};
use crate::error::{Error, Result};
pub(super) struct Archive;
impl Archive {
    pub(super) fn write(&self, _w: Vec<Option<Vec<u8>>>) -> Result<Vec<u8>> {
        Ok(vec![])
    }
}
pub(super) fn read(_b: &[u8], _o: &FormatOptions) -> Result<Container> {
    Err(Error::FormatInvalid { format: "docx", at: "the file".into(), reason: "not read yet".into() })
}
