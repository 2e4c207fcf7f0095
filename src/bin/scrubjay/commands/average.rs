use crate::args::AverageArgs;
use scrubjay::model::ModelFiles;
use scrubjay::model::rework::average;
use scrubjay::{Error, Result};

pub fn run(args: &AverageArgs) -> Result<()> {
    let models = args.models.iter().map(|folder| ModelFiles::read(folder)).collect::<Result<Vec<_>>>()?;
    let shares = args.shares.clone().unwrap_or_else(|| vec![1.0; models.len()]);
    if shares.len() != models.len() {
        return Err(Error::OptionInvalid { option: "shares", reason: "there must be one for each model".into() });
    }
    let parts: Vec<(&[u8], f32)> = models.iter().zip(shares).map(|(model, share)| (model.weights.as_slice(), share)).collect();
    let weights = average(&parts)?;
    // The last one's configuration: it was trained last.
    let Some(last) = models.last() else { return Err(Error::OptionInvalid { option: "models", reason: "there is none".into() }) };
    let id = args.output.file_name().map_or("model".into(), |name| name.to_string_lossy().into_owned());
    ModelFiles { weights, ..last.clone() }.write(&args.output, &id)
}
