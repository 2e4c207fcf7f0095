//! Weights as older checkpoints have them: `pytorch_model.bin`, an archive of torch with a pickle in it.
//!
//! A pickle is a program. Nothing of it is run here: `pytorch-reader` knows the few calls that make tensors and takes all others for
//! names. Still, a file that calls anything else is refused by that name, because who wrote it meant it to be run.

use crate::error::{Error, Result};
use pytorch_reader::{DType, PytorchReader};
use regex::bytes::Regex;
use safetensors::tensor::{Dtype, TensorView, serialize};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// What may be called, beside the storages of `torch`.
const KNOWN: [(&str, &str); 4] = [
    ("collections", "OrderedDict"),
    ("torch._utils", "_rebuild_tensor"),
    ("torch._utils", "_rebuild_tensor_v2"),
    ("torch._utils", "_rebuild_parameter"),
];

/// The largest pickle that is read, in bytes: it holds names and shapes, the numbers lie beside it.
const MAX_PICKLE: u64 = 16 << 20;

/// The tensors of the archive at `path`, as a safetensors file.
///
/// # Errors
/// [`Error::WeightsCorrupt`] for what is no archive of tensors alone.
pub(super) fn to_safetensors(path: &Path) -> Result<Vec<u8>> {
    check(&program(path)?)?;
    let invalid = |reason: String| Error::WeightsCorrupt { reason };
    let tensors = PytorchReader::new(path).map_err(|e| invalid(e.to_string()))?.into_tensors();
    let mut parts = Vec::with_capacity(tensors.len());
    for (name, tensor) in tensors {
        let bytes = tensor.read().map_err(|e| Error::io(path, e))?;
        parts.push((name, dtype(tensor.dtype()), tensor.shape().to_vec(), bytes));
    }
    let view = |(name, dtype, shape, bytes)| Ok((name, TensorView::new(dtype, shape, bytes)?));
    let views = parts.iter().map(|(name, dtype, shape, bytes)| view((name, *dtype, shape.clone(), bytes.as_slice())));
    let views: std::result::Result<Vec<_>, safetensors::SafeTensorError> = views.collect();
    views.and_then(|views| serialize(views, None)).map_err(|e| invalid(e.to_string()))
}

/// The pickle in the archive.
fn program(path: &Path) -> Result<Vec<u8>> {
    let invalid =
        |reason: &str| Error::WeightsCorrupt { reason: format!("pytorch_model.bin {reason}; save the model as model.safetensors") };
    let file = File::open(path).map_err(|e| Error::io(path, e))?;
    let mut archive =
        zip::ZipArchive::new(file).map_err(|_| invalid("is no archive as torch writes it since 1.6, but a pickle that can hold code"))?;
    // More than one would leave open which of them is meant.
    let names = archive.file_names().map(|name| name.map(|name| name.into_owned())).collect::<std::result::Result<Vec<_>, _>>();
    let mut names = names.map_err(|_| invalid("is damaged"))?.into_iter().filter(|name| name == "data.pkl" || name.ends_with("/data.pkl"));
    let (Some(name), None) = (names.next(), names.next()) else { return Err(invalid("does not hold one data.pkl")) };
    let entry = archive.by_name(&name).map_err(|_| invalid("is damaged"))?;
    let mut program = Vec::new();
    entry.take(MAX_PICKLE + 1).read_to_end(&mut program).map_err(|_| invalid("is damaged"))?;
    match program.len() as u64 > MAX_PICKLE {
        true => Err(Error::TooLarge { what: "the pickle of pytorch_model.bin", limit: MAX_PICKLE as usize }),
        false => Ok(program),
    }
}

/// Refuses a pickle that names anything but tensors.
fn check(program: &[u8]) -> Result<()> {
    let invalid = |reason: String| Error::WeightsCorrupt { reason };
    // From protocol 4 on names may come from anywhere. torch writes 2.
    if !matches!(program, [0x80, 2 | 3, ..]) {
        return Err(invalid(
            "pytorch_model.bin is not a pickle of protocol 2, as torch writes it; save the model as model.safetensors".into(),
        ));
    }
    // GLOBAL and INST: a module's name and a thing's, each with a line end. The letter may belong to what stands before.
    let names = Regex::new(r"(?-u)[ci]([A-Za-z0-9_.]+)\n([A-Za-z0-9_.]+)\n").map_err(|e| invalid(e.to_string()))?;
    for found in names.captures_iter(program) {
        let [module, name] = [1, 2].map(|i| String::from_utf8_lossy(&found[i]).into_owned());
        let is = |known: &str| module == known || module.strip_suffix(known).is_some_and(|before| before.ends_with(['c', 'i']));
        let storage = is("torch") && name.ends_with("Storage");
        if !storage && !KNOWN.iter().any(|&(m, n)| is(m) && name == n) {
            return Err(invalid(format!("pytorch_model.bin calls {module}.{name}, which makes no tensor; it was not run")));
        }
    }
    Ok(())
}

fn dtype(dtype: DType) -> Dtype {
    match dtype {
        DType::F64 => Dtype::F64,
        DType::F32 => Dtype::F32,
        DType::F16 => Dtype::F16,
        DType::BF16 => Dtype::BF16,
        DType::I64 => Dtype::I64,
        DType::I32 => Dtype::I32,
        DType::I16 => Dtype::I16,
        DType::I8 => Dtype::I8,
        DType::U64 => Dtype::U64,
        DType::U32 => Dtype::U32,
        DType::U16 => Dtype::U16,
        DType::U8 => Dtype::U8,
        DType::Bool => Dtype::BOOL,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use safetensors::SafeTensors;

    /// Made by tests/fixtures/pickle/make.py.
    fn fixture(name: &str) -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pickle").join(name)
    }

    #[test]
    fn a_checkpoint_of_torch_is_the_same_tensors() {
        let bytes = to_safetensors(&fixture("weights.bin")).unwrap();
        let (found, expected) = (SafeTensors::deserialize(&bytes).unwrap(), std::fs::read(fixture("weights.safetensors")).unwrap());
        let expected = SafeTensors::deserialize(&expected).unwrap();
        assert_eq!((found.len(), expected.len()), (5, 5));
        for (name, tensor) in expected.tensors() {
            assert_eq!(found.tensor(&name).unwrap(), tensor, "{name}");
        }
    }

    #[test]
    fn what_is_to_be_run_is_refused_and_not_run() {
        // What make.py has the pickles write.
        let ran = Path::new("/tmp/scrubjay-pickle-ran");
        assert!(!ran.exists());
        for (name, reason) in
            [("call.bin", "posix.system"), ("popped.bin", "posix.system"), ("protocol4.bin", "protocol"), ("legacy.bin", "no archive")]
        {
            let error = to_safetensors(&fixture(name)).err().unwrap();
            assert!(error.code() == "WEIGHTS_CORRUPT" && error.to_string().contains(reason), "{name}: {error}");
        }
        assert!(!ran.exists());
    }
}
