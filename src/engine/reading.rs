//! Notes on their way through the encoder.

use super::{FindOptions, Progress, Redactor, TokenClassifier};
use crate::error::{Error, Result};
use crate::tags::{TokenScores, WordScores};
use crate::text::View;
use crate::tokenizer::{Encoding, Window, WindowOptions, windows};

/// A note cut into windows, and what is known of its tokens.
struct Reading<'t> {
    view: View<'t>,
    encoding: Encoding,
    windows: Vec<Window>,
    scores: TokenScores,
}

impl<C: TokenClassifier> Redactor<C> {
    /// Has the encoder read `text`: the scores of every word for every label. The spans are those of [`FindOptions::view`], which
    /// [`View::original`] takes back to `text`.
    pub async fn read(&self, text: &str, options: &FindOptions, progress: Progress<'_>) -> Result<Vec<WordScores>> {
        let mut read = self.read_all(&[text], options, progress).await?;
        Ok(read.pop().unwrap_or_default())
    }

    /// As [`Self::read`], several notes, so that a batch may hold windows of more than one. Not for a classifier that looks back at windows
    /// before.
    pub(super) async fn read_all(&self, texts: &[&str], options: &FindOptions, progress: Progress<'_>) -> Result<Vec<Vec<WordScores>>> {
        let mut readings = texts.iter().map(|text| self.cut(text, options)).collect::<Result<Vec<_>>>()?;
        let all: Vec<(usize, Window)> =
            readings.iter().enumerate().flat_map(|(note, r)| r.windows.iter().map(move |w| (note, w.clone()))).collect();
        let mut memory = C::Memory::default();
        let mut done = 0;
        for batch in all.chunks(options.batch_size.max(1)) {
            let ids: Vec<Vec<u32>> = batch.iter().map(|(note, window)| self.ids(&readings[*note], window)).collect();
            let logits = self.classifier.classify(&ids, &mut memory).await?;
            if logits.len() != batch.len() || logits.iter().any(|l| l.num_labels() != self.classifier.labels().len()) {
                return Err(Error::EncoderFailed { reason: "the classifier returned logits of another shape".into() });
            }
            for ((note, window), logits) in batch.iter().zip(&logits) {
                readings[*note].scores.take(window, logits, self.tokenizer.num_prefix())?;
            }
            done += batch.len();
            if !progress(done, all.len()) {
                return Err(Error::Cancelled);
            }
        }
        readings.iter().map(|r| r.scores.words(r.view.text(), &r.encoding, self.classifier.labels())).collect()
    }

    /// The windows of `text` as the encoder gets them, special tokens included.
    pub fn windows(&self, text: &str, options: &FindOptions) -> Result<Vec<Vec<u32>>> {
        let reading = self.cut(text, options)?;
        Ok(reading.windows.iter().map(|window| self.ids(&reading, window)).collect())
    }

    fn ids(&self, reading: &Reading<'_>, window: &Window) -> Vec<u32> {
        self.tokenizer.with_special(&reading.encoding.ids[window.tokens.clone()])
    }

    fn cut<'t>(&self, text: &'t str, options: &FindOptions) -> Result<Reading<'t>> {
        let view = options.view(text);
        let encoding = self.tokenizer.encode(view.text())?;
        let room = self.classifier.max_positions() - self.tokenizer.num_special();
        let mut cut = options.windows.unwrap_or(WindowOptions::new(room));
        cut.max_tokens = cut.max_tokens.min(room);
        let windows = windows(view.text(), &encoding, cut);
        let scores = TokenScores::new(encoding.len());
        Ok(Reading { view, encoding, windows, scores })
    }
}
