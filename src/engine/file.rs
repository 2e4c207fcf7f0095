use super::{FindOptions, Progress, Redactor, TokenClassifier};
use crate::error::{Error, Result};
use crate::formats::{Container, Note, Replacement};
use crate::redact::{Context, Policy, Redaction, Report, apply};
use std::fmt;

/// About how much of a note a window adds to those before it.
const BYTES_A_WINDOW: usize = 600;

/// A file in its own form with the PHI of its notes replaced.
pub struct RedactedFile {
    /// The file.
    pub bytes: Vec<u8>,
    /// What was done to the view of each note.
    pub notes: Vec<Redaction>,
    /// The counts over all notes.
    pub report: Report,
}

impl fmt::Debug for RedactedFile {
    /// Leaves the text out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedactedFile").field("len", &self.bytes.len()).field("report", &self.report).finish_non_exhaustive()
    }
}

impl<C: TokenClassifier> Redactor<C> {
    /// Replaces the PHI of every note of a file. What is found outside the notes' segments is left alone and not counted. Numbers of
    /// labels begin anew in each note. A note that says whose it is ([`Note::patient`](crate::formats::Note::patient)) is that patient's,
    /// whatever `context` says. `progress` hears of notes.
    ///
    /// # Errors
    /// [`Error::OptionInvalid`] if notes say whose they are and there is no key to keep a patient's replacements together by.
    pub async fn redact_file(
        &self,
        file: &Container,
        policy: &Policy,
        context: &Context,
        options: &FindOptions,
        progress: Progress<'_>,
    ) -> Result<RedactedFile> {
        if context.key.is_none() && file.notes().iter().any(|note| note.patient.is_some()) {
            let reason = "a patient's dates and surrogates come from a key, and there is none";
            return Err(Error::OptionInvalid { option: "patient_field", reason: reason.into() });
        }
        self.probability(options)?;
        let mut report = Report::new(policy);
        let mut notes = Vec::with_capacity(file.notes().len());
        for group in self.groups(file.notes(), options) {
            let views: Vec<&str> = group.iter().map(|note| note.view.as_str()).collect();
            // A note of many windows must hear of a cancellation too.
            let read = self.read_all(&views, options, &mut |_, _| progress(notes.len(), file.notes().len())).await?;
            for (note, words) in group.iter().zip(&read) {
                let mut entities = self.decide(&note.view, words, options)?;
                entities.retain(|e| note.holds(e.span));
                let whose = note.patient.as_ref().map(|patient| Context { key: context.key.clone(), patient: patient.clone() });
                let redaction = apply(&note.view, &entities, policy, whose.as_ref().unwrap_or(context))?;
                report.merge(&redaction.report);
                notes.push(redaction);
            }
        }
        if !progress(notes.len(), notes.len()) {
            return Err(Error::Cancelled);
        }
        let replaced: Vec<Vec<Replacement>> = notes.iter().map(|note| note.entities.iter().map(Replacement::from).collect()).collect();
        Ok(RedactedFile { bytes: file.write(&replaced)?, notes, report })
    }

    /// The notes in groups of about as many windows as go to the encoder at once: many files hold notes of one window each.
    fn groups<'n>(&self, notes: &'n [Note], options: &FindOptions) -> impl Iterator<Item = &'n [Note]> {
        let wanted = if self.classifier().looks_back() { 1 } else { options.batch_size };
        let mut rest = notes;
        std::iter::from_fn(move || {
            let mut windows = 0;
            let last = rest.iter().position(|note| {
                windows += 1 + note.view.len() / BYTES_A_WINDOW;
                windows >= wanted
            });
            let (group, behind) = rest.split_at(last.map_or(rest.len(), |last| last + 1));
            rest = behind;
            Some(group).filter(|group| !group.is_empty())
        })
    }
}
