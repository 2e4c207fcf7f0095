use crate::args::SynthArgs;
use crate::output::{bar, write};
use scrubjay::Result;
use scrubjay::corpus::jsonl;
use scrubjay::synth::{Generator, SynthOptions, SynthStats, show};
use scrubjay::text::OffsetUnit;

pub fn run(args: &SynthArgs) -> Result<()> {
    let options = SynthOptions::new(&args.data, args.split.parse()?, args.documents, args.seed);
    let generator = Generator::open(&options)?;
    let progress = bar(args.documents as u64, "documents");
    let mut stats = SynthStats::default();
    let mut lines = String::new();
    for document in generator {
        stats.add(&document);
        match &args.output {
            Some(_) => lines.push_str(&jsonl::write(std::slice::from_ref(&document), OffsetUnit::Char)),
            None => println!("=== {}\n{}\n", document.id, show(&document)),
        }
        progress.inc(1);
    }
    progress.finish_and_clear();
    eprintln!("{stats}");
    args.output.as_deref().map_or(Ok(()), |path| write(Some(path), &lines))
}
