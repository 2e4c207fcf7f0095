use super::{FindOptions, Progress, Redactor, TokenClassifier};
use crate::error::{Error, Result};
use crate::formats::{Container, Replacement};
use crate::redact::{Context, Policy, Redaction, Report, apply};
use std::fmt;

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
        let mut report = Report::new(policy);
        let mut notes = Vec::with_capacity(file.notes().len());
        for (i, note) in file.notes().iter().enumerate() {
            // A note of many windows must hear of a cancellation too.
            let mut entities = self.find(&note.view, options, &mut |_, _| progress(i, file.notes().len())).await?;
            entities.retain(|e| note.holds(e.span));
            let whose = note.patient.as_ref().map(|patient| Context { key: context.key.clone(), patient: patient.clone() });
            let redaction = apply(&note.view, &entities, policy, whose.as_ref().unwrap_or(context))?;
            report.merge(&redaction.report);
            notes.push(redaction);
        }
        if !progress(notes.len(), notes.len()) {
            return Err(Error::Cancelled);
        }
        let replaced: Vec<Vec<Replacement>> = notes.iter().map(|note| note.entities.iter().map(Replacement::from).collect()).collect();
        Ok(RedactedFile { bytes: file.write(&replaced)?, notes, report })
    }
}
