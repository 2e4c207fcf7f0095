use super::{read_gold, redactor};
use crate::args::CalibrateArgs;
use crate::output::{bar, write};
use scrubjay::calibrate::{Calibration, THRESHOLDS, choose, curve, fit_temperature, rescale};
use scrubjay::engine::{FindOptions, Threshold, TokenClassifier};
use scrubjay::model::{EncoderConfig, ModelFiles};
use scrubjay::tags::word_classes;
use scrubjay::{Result, Span};

pub fn run(args: &CalibrateArgs) -> Result<()> {
    let documents = read_gold(&args.gold, args.only.as_deref())?.documents;
    let mut files = ModelFiles::read(&args.model)?;
    let redactor = redactor(&files, 0)?;
    let labels = redactor.classifier().labels();
    let options = FindOptions::default();

    let progress = bar(documents.len() as u64, "notes");
    let (mut words, mut classes) = (Vec::with_capacity(documents.len()), Vec::with_capacity(documents.len()));
    for document in &documents {
        let read = pollster::block_on(redactor.read(&document.text, &options, &mut |_, _| true))?;
        let view = options.view(&document.text);
        let spans: Vec<Span> = read.iter().map(|word| view.original(word.span)).collect();
        classes.push(word_classes(document.annotations.iter().map(|a| (a.span, a.entity_type)), &spans, labels));
        words.push(read);
        progress.inc(1);
    }
    progress.finish_and_clear();

    let mut config = EncoderConfig::from_json(&files.config)?;
    let fit = fit_temperature(&words, &classes, config.temperature)?;
    words.iter_mut().for_each(|words| rescale(words, fit.before, fit.temperature));

    let progress = bar((THRESHOLDS.len() * documents.len()) as u64, "decisions");
    let curve = curve(&documents, &THRESHOLDS, |i, threshold| {
        progress.inc(1);
        let options = FindOptions { threshold: Threshold::Probability(threshold), ..options.clone() };
        redactor.decide(&documents[i].text, &words[i], &options)
    })?;
    progress.finish_and_clear();
    let operating_points = choose(&curve)?;

    config.temperature = fit.temperature;
    config.operating_points = operating_points;
    files.config = config.to_json()?.into_bytes();
    let name = args.output.file_name().map(|name| name.to_string_lossy().into_owned());
    files.write(&args.output, args.id.as_deref().or(name.as_deref()).unwrap_or("calibrated"))?;

    let calibration = Calibration { documents: documents.len(), fit, curve, operating_points };
    if let Some(path) = &args.plot {
        write(Some(path), &calibration.to_svg()?)?;
    }
    write(None, args.form.write(&calibration))
}
