use super::Input;
use super::ledger::{Entry, Ledger};
use super::ordered::Threads;
use super::sink::Sink;
use super::source::{self, Opening, PIECE, Work};
use crate::engine::{FindOptions, Redactor, TokenClassifier};
use crate::error::{Error, Result};
use crate::formats::{Container, Format, FormatOptions, Pieces};
use crate::redact::{Context, Policy, Report};
use arrow_array::RecordBatch;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How often the ledger hears of a file that takes long.
const KEEP: Duration = Duration::from_secs(5);

/// What many files are redacted with.
pub struct Bulk<'a, C> {
    /// What finds.
    pub redactor: &'a Redactor<C>,
    /// What replaces.
    pub policy: &'a Policy,
    /// The key, and whose notes they are where no field tells.
    pub context: &'a Context,
    /// How to find.
    pub find: &'a FindOptions,
    /// The files' format; by name and content if `None`.
    pub format: Option<Format>,
    /// How they are read.
    pub reading: &'a FormatOptions,
    /// How many threads.
    pub threads: Threads,
}

/// A file that is not redacted.
#[derive(Debug)]
pub struct Failure {
    /// [`Input::name`].
    pub file: String,
    /// Why.
    pub error: Error,
}

/// What a run did.
#[derive(Debug)]
pub struct Summary {
    /// Files whose results are complete, those of earlier runs included.
    pub complete: usize,
    /// How many of them an earlier run had completed.
    pub before: usize,
    /// Files without results.
    pub failed: Vec<Failure>,
    /// Notes of this run and those before it.
    pub notes: usize,
    /// Notes of this run alone.
    pub read: usize,
    /// Parts of files that were left as they are because the caller said so, in words.
    pub unread: Vec<String>,
    /// The counts over all notes.
    pub report: Report,
}

/// What became of some of a file.
struct Redacted {
    what: What,
    counts: Counts,
}

struct Counts {
    notes: usize,
    report: Report,
    unread: Vec<String>,
}

enum What {
    Bytes { bytes: Vec<u8>, end: u64, lines: usize },
    Rows(RecordBatch),
}

/// What writes the results, in the order of the inputs.
struct Writer<'a> {
    output: &'a Path,
    /// The file that is being written.
    sink: Option<Sink>,
    summary: Summary,
    /// When the ledger was last told of it.
    kept: Instant,
    /// Bytes of it that `progress` has heard of.
    told: u64,
}

impl Writer<'_> {
    /// Writes a step of `input` and counts it.
    fn take(&mut self, input: &Input, entry: &mut Entry, step: Step<Redacted>, ledger: &mut Ledger) -> Result<()> {
        match step {
            Step::Open(opening) => {
                if !ledger.knows(&input.name) {
                    ledger.put(entry)?;
                }
                self.sink = Some(Sink::open(&self.output.join(&input.name), opening)?);
                (self.kept, self.told) = (Instant::now(), 0);
            }
            Step::Some(Redacted { what, counts: Counts { notes, report, unread } }) => {
                let sink = self.sink.as_mut().ok_or(Error::Cancelled)?;
                match what {
                    What::Rows(rows) => sink.rows(&rows)?,
                    What::Bytes { bytes, end, lines } => {
                        sink.bytes(&bytes)?;
                        (entry.read, entry.lines, entry.written) = (end, lines, entry.written + bytes.len() as u64);
                    }
                }
                entry.notes += notes;
                entry.report.merge(&report);
                self.summary.read += notes;
                self.summary.unread.extend(unread.iter().map(|part| format!("{}: {part}", input.name)));
            }
            Step::End => {
                self.sink.take().map_or(Ok(()), Sink::complete)?;
                entry.done = true;
                self.summary.complete += 1;
                self.summary.notes += entry.notes;
                self.summary.report.merge(&entry.report);
            }
        }
        Ok(())
    }

    /// Writes down that a file is complete, and every while how far one is.
    fn keep(&mut self, entry: &Entry, ledger: &mut Ledger) -> Result<()> {
        if entry.done {
            return ledger.put(entry);
        }
        if self.kept.elapsed() > KEEP {
            self.kept = Instant::now();
            if let Some(sink) = self.sink.as_mut().filter(|_| entry.read > 0)
                && sink.keep()?
            {
                ledger.put(entry)?;
            }
        }
        Ok(())
    }

    /// Takes back what was written of `input`.
    fn fail(&mut self, input: &Input, error: Error) {
        self.sink.take().into_iter().for_each(Sink::discard);
        self.summary.failed.push(Failure { file: input.name.clone(), error });
    }

    /// Bytes of `input` that are done since this was last asked.
    fn news(&mut self, input: &Input, entry: &Entry) -> u64 {
        let done = if entry.done { input.len } else { entry.read };
        let news = done.saturating_sub(self.told);
        self.told = if entry.done { 0 } else { done };
        news
    }
}

/// A file's beginning, some of it, or its end.
enum Step<T> {
    Open(Opening),
    Some(T),
    End,
}

impl<C: TokenClassifier + Sync> Bulk<'_, C> {
    /// Redacts `inputs` into `output`. `progress` hears of bytes of the inputs that are done; `false` ends the run, which can go on later.
    ///
    /// # Errors
    /// [`Error::Cancelled`], and those of the ledger. What is wrong with a file is in the summary.
    pub fn run(&self, inputs: &[Input], output: &Path, ledger: &mut Ledger, progress: &mut dyn FnMut(u64) -> bool) -> Result<Summary> {
        let mut summary = self.summary();
        let mut waiting: Vec<(&Input, Entry)> = Vec::new();
        for input in inputs {
            let path = output.join(&input.name);
            match ledger.of(input) {
                Some(entry) if entry.done && path.exists() => {
                    summary.complete += 1;
                    summary.before += 1;
                    summary.notes += entry.notes;
                    summary.report.merge(&entry.report);
                    progress(input.len);
                }
                Some(entry) if !entry.done && Sink::holds(&path, entry.written) => waiting.push((input, entry.clone())),
                _ if path.exists() && !ledger.knows(&input.name) => {
                    let reason = "a file is there that no run wrote; it is not written over".into();
                    summary
                        .failed
                        .push(Failure { file: input.name.clone(), error: Error::Io { path: path.display().to_string(), reason } });
                }
                _ => waiting.push((input, Entry::new(input, Report::new(self.policy)))),
            }
        }
        let failed: Vec<AtomicBool> = waiting.iter().map(|_| AtomicBool::new(false)).collect();
        let steps = waiting.iter().enumerate().flat_map(|(i, (input, entry))| {
            let failed = &failed[i];
            self.steps(input, entry).take_while(move |_| !failed.load(Ordering::Relaxed)).map(move |step| (i, step))
        });
        let work = |(i, step): (usize, Result<Step<Work>>)| {
            let step = step.and_then(|step| match step {
                Step::Some(_) if failed[i].load(Ordering::Relaxed) => Ok(Step::End),
                Step::Some(work) => self.redact(work).map(Step::Some),
                Step::Open(opening) => Ok(Step::Open(opening)),
                Step::End => Ok(Step::End),
            });
            (i, step)
        };
        let mut writer = Writer { output, sink: None, summary, kept: Instant::now(), told: 0 };
        let mut entries: Vec<Entry> = waiting.iter().map(|(_, entry)| entry.clone()).collect();
        self.threads.ordered(steps, work, |(i, step)| {
            let (input, entry) = (waiting[i].0, &mut entries[i]);
            if failed[i].load(Ordering::Relaxed) {
                return Ok(());
            }
            match step.and_then(|step| writer.take(input, entry, step, ledger)) {
                Ok(()) => writer.keep(entry, ledger)?,
                Err(error) => {
                    failed[i].store(true, Ordering::Relaxed);
                    writer.fail(input, error);
                }
            }
            if progress(writer.news(input, entry)) { Ok(()) } else { Err(Error::Cancelled) }
        })?;
        Ok(writer.summary)
    }

    /// Redacts one stream of records into another.
    ///
    /// # Errors
    /// The first there is; what was written until then are whole records.
    pub fn stream(&self, reader: impl Read + Send, mut writer: impl Write, format: Format) -> Result<Summary> {
        let mut summary = self.summary();
        let pieces = Pieces::new(reader, format, self.reading, PIECE)?;
        let options = pieces.options().clone();
        let work = |piece: Result<_>| self.redact(Work::Text(piece?, format, options.clone()));
        self.threads.ordered(pieces, work, |redacted: Result<Redacted>| {
            let Redacted { what, counts } = redacted?;
            summary.read += counts.notes;
            summary.report.merge(&counts.report);
            summary.unread.extend(counts.unread);
            match what {
                What::Bytes { bytes, .. } => writer.write_all(&bytes).map_err(|e| Error::io("-", e)),
                What::Rows(_) => Ok(()),
            }
        })?;
        writer.flush().map_err(|e| Error::io("-", e))?;
        summary.notes = summary.read;
        Ok(summary)
    }

    fn summary(&self) -> Summary {
        let report = Report::new(self.policy);
        Summary { complete: 0, before: 0, failed: Vec::new(), notes: 0, read: 0, unread: Vec::new(), report }
    }

    /// A file from its opening to its end, or to the first error.
    fn steps(&self, input: &Input, entry: &Entry) -> Box<dyn Iterator<Item = Result<Step<Work>>> + Send> {
        let (opening, works) = match source::open(input, self.format, self.reading, entry) {
            Ok(opened) => opened,
            Err(error) => return Box::new(std::iter::once(Err(error))),
        };
        let works = works.map(|work| work.map(Step::Some));
        Box::new(std::iter::once(Ok(Step::Open(opening))).chain(works).chain(std::iter::once(Ok(Step::End))))
    }

    fn redact(&self, work: Work) -> Result<Redacted> {
        match work {
            Work::Text(piece, format, options) => {
                let (mut bytes, counts) = self.bytes(&piece.bytes, format, &options).map_err(|error| piece.locate(error))?;
                bytes.drain(..piece.repeated);
                Ok(Redacted { what: What::Bytes { bytes, end: piece.end, lines: piece.lines }, counts })
            }
            Work::Rows(table, rows) => {
                let (lines, options) = table.lines(&rows)?;
                let (lines, counts) = self.bytes(&lines, Format::JsonLines, &options)?;
                Ok(Redacted { what: What::Rows(table.replaced(&rows, &lines)?), counts })
            }
        }
    }

    fn bytes(&self, bytes: &[u8], format: Format, options: &FormatOptions) -> Result<(Vec<u8>, Counts)> {
        let file = Container::read(bytes, format, options)?;
        let mut on = |_, _| true;
        let redacting = self.redactor.redact_file(&file, self.policy, self.context, self.find, &mut on);
        let redacted = pollster::block_on(redacting)?;
        Ok((redacted.bytes, Counts { notes: file.notes().len(), report: redacted.report, unread: file.unread().to_vec() }))
    }
}
