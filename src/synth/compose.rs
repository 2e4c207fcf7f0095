use super::builder::{Builder, Marked};
use super::carriers::{Carrier, Carriers};
use super::document::DocumentTemplate;
use super::lexicon::Lexicons;
use super::noise;
use super::rng::Rand;
use super::scene::{Scene, Setting};
use super::stock::{Stock, one};
use super::template::Node;
use super::{Split, SynthOptions};
use crate::corpus::Document;
use serde::Serialize;

/// How a document was put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DocumentKind {
    /// From the template of a whole document.
    Document,
    /// A carrier with sentences put in.
    Note,
    /// Blocks: face sheets, lists, logs, messages.
    Form,
    /// Sentences, terse or running on.
    Jotting,
    /// Several documents of one patient by several authors.
    Chart,
    /// A few lines of a document.
    Snippet,
    /// Prose and figures with little or no PHI.
    Plain,
}

impl DocumentKind {
    const ALL: [Self; 7] = [Self::Document, Self::Note, Self::Form, Self::Jotting, Self::Chart, Self::Snippet, Self::Plain];

    /// Its name, with which the document's id ends.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Note => "note",
            Self::Form => "form",
            Self::Jotting => "jotting",
            Self::Chart => "chart",
            Self::Snippet => "snippet",
            Self::Plain => "plain",
        }
    }

    /// The kind that a generated document's id tells.
    pub fn of_id(id: &str) -> Option<Self> {
        let name = id.rsplit('-').next()?;
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What a document, or one part of a chart, is made from.
#[derive(Clone, Copy)]
enum Piece<'a> {
    Document(&'a DocumentTemplate),
    Note(&'a Carrier),
    Form,
    Jotting,
    Plain,
}

impl Piece<'_> {
    fn kind(self) -> DocumentKind {
        match self {
            Self::Document(_) => DocumentKind::Document,
            Self::Note(_) => DocumentKind::Note,
            Self::Form => DocumentKind::Form,
            Self::Jotting => DocumentKind::Jotting,
            Self::Plain => DocumentKind::Plain,
        }
    }

    fn setting(self, rand: &mut Rand) -> Setting {
        match self {
            Self::Document(d) => Setting {
                country: (!d.countries.is_empty()).then(|| d.countries.get(rand.below(d.countries.len())).copied()).flatten(),
                female: d.female,
                age: d.age.map(|(low, high)| rand.range(low, high)),
            },
            Self::Note(carrier) => Setting { country: None, female: carrier.female, age: carrier.age },
            _ => Setting::default(),
        }
    }

    /// Whether it may speak of the scene's patient.
    fn suits(self, scene: &Scene) -> bool {
        match self {
            Self::Document(d) => d.suits(scene.country(), scene.female(), scene.age()),
            Self::Note(carrier) => carrier.female.is_none_or(|f| f == scene.female()),
            _ => true,
        }
    }
}

/// Puts documents together out of carriers and templates.
#[derive(Debug)]
pub(crate) struct Composer {
    stock: Stock,
}

impl Composer {
    pub(crate) fn new(lexicons: Lexicons, carriers: Carriers, split: Split) -> Self {
        Self { stock: Stock::new(lexicons, carriers, split) }
    }

    /// What it puts together, for tests.
    #[cfg(test)]
    pub(crate) fn stock(&self) -> &Stock {
        &self.stock
    }

    pub(crate) fn compose(&self, options: &SynthOptions, index: usize) -> Document {
        let split = options.split.name();
        let mut rand = Rand::keyed(options.seed, split, index as u64);
        let noise_rand = &mut Rand::keyed(options.seed, &format!("{split}/noise"), index as u64);
        let scene_rand = Rand::keyed(options.seed, &format!("{split}/scene"), index as u64);
        let piece = self.piece(&mut rand);
        let setting = piece.setting(&mut rand);
        let mut scene = Scene::new(&self.stock, scene_rand, setting);
        let mut marked = self.write(piece, &mut scene, &mut rand);
        let mut kind = piece.kind();
        let whole = matches!(piece, Piece::Document(_) | Piece::Note(_) | Piece::Form);
        if whole && rand.chance(0.17) {
            self.chain(&mut marked, &mut scene, &mut rand);
            kind = DocumentKind::Chart;
        } else if whole {
            match (rand.below(100), piece) {
                (0..12, Piece::Document(_)) | (0..6, _) => {
                    marked.keep_snippet(&mut rand);
                    kind = DocumentKind::Snippet;
                }
                (12..22, Piece::Document(_)) => marked.lose_head(&mut rand),
                (22..30, Piece::Document(_)) => marked.lose_tail(&mut rand),
                _ => {}
            }
        }
        noise::spoil(&mut marked, &options.noise, noise_rand);
        marked.into_document(format!("{split}-{index:06}-{}", kind.name()))
    }

    /// A kind of piece by its share of documents.
    fn piece(&self, rand: &mut Rand) -> Piece<'_> {
        let document = self.stock.documents.get(rand.below(self.stock.documents.len()));
        match (rand.below(100), document) {
            (0..5, _) => Piece::Plain,
            (5..48, Some(document)) => Piece::Document(document),
            (48..76, _) => self.stock.carrier(rand).map_or(Piece::Form, Piece::Note),
            (76..90, _) => Piece::Form,
            (90.., _) => Piece::Jotting,
            // Without a document template the other kinds share its part.
            _ if rand.chance(0.5) => self.stock.carrier(rand).map_or(Piece::Form, Piece::Note),
            _ if rand.chance(0.6) => Piece::Form,
            _ => Piece::Jotting,
        }
    }

    fn write(&self, piece: Piece, scene: &mut Scene, rand: &mut Rand) -> Marked {
        let mut out = Builder::default();
        let mut upper = false;
        match piece {
            Piece::Document(document) => {
                scene.fill(&document.template, &mut out);
                upper = document.upper;
            }
            Piece::Note(carrier) => self.note(carrier, scene, rand, &mut out),
            Piece::Form => self.form(scene, rand, &mut out),
            Piece::Jotting => self.jotting(scene, rand, &mut out),
            Piece::Plain => self.plain(scene, rand, &mut out),
        }
        let mut marked = out.into_marked();
        if upper {
            marked.make_upper();
        }
        marked
    }

    /// Puts one or two more documents on the same patient after a first, with what stands between the pages of a printed chart.
    fn chain(&self, marked: &mut Marked, scene: &mut Scene, rand: &mut Rand) {
        for _ in 0..if rand.chance(0.25) { 2 } else { 1 } {
            let mut next = Piece::Form;
            for _ in 0..25 {
                let piece = self.piece(rand);
                if !matches!(piece, Piece::Plain) && piece.suits(scene) {
                    next = piece;
                    break;
                }
            }
            scene.next_author();
            marked.push_text(rand.of(["\n\n", "\n", "\n\n\n", "\n\u{c}\n", "\n\u{c}"]));
            if rand.chance(0.8) {
                let mut out = Builder::default();
                if let Some(template) = one(&self.stock.furniture, rand) {
                    scene.fill(template, &mut out);
                }
                out.newline().text(rand.of(["", "\n"]));
                marked.append(out.into_marked());
            }
            let mut part = self.write(next, scene, rand);
            if rand.chance(0.2) {
                part.lose_head(rand);
            }
            marked.append(part);
        }
    }

    /// A sentence with PHI or, in one case of five, one that looks like it.
    fn aside(&self, scene: &mut Scene, rand: &mut Rand, out: &mut Builder) {
        if let Some(template) = self.stock.aside(0.2, rand) {
            scene.fill(template, out);
        }
    }

    fn head(&self, scene: &mut Scene, rand: &mut Rand, out: &mut Builder) {
        one(&self.stock.heads, rand).into_iter().for_each(|template| scene.fill(template, out));
    }

    fn middle(&self, scene: &mut Scene, rand: &mut Rand, out: &mut Builder) {
        one(&self.stock.middles, rand).into_iter().for_each(|template| scene.fill(template, out));
    }

    fn tail(&self, scene: &mut Scene, rand: &mut Rand, out: &mut Builder) {
        one(&self.stock.tails, rand).into_iter().for_each(|template| scene.fill(template, out));
    }

    /// A carrier with sentences put in, between a header and a signature.
    fn note(&self, carrier: &Carrier, scene: &mut Scene, rand: &mut Rand, out: &mut Builder) {
        let target = match rand.below(10) {
            0 => rand.range(30, 80),
            1..8 => rand.range(80, 280),
            8 => rand.range(280, 420),
            _ => rand.range(420, 600),
        } as usize;
        if rand.chance(0.55) {
            self.head(scene, rand, out);
            out.newline().text(rand.of(["", "\n"]));
        }
        if rand.chance(0.3) {
            for _ in 0..1 + rand.below(3) {
                self.aside(scene, rand, out);
                out.text(rand.of([" ", " ", "\n"]));
            }
            out.newline();
        }
        let density = rand.of([0.06, 0.12, 0.2, 0.3]);
        let layout = rand.below(4);
        // A long carrier is entered somewhere, so that its later parts are seen too.
        let from = if carrier.lines.len() > 12 && rand.chance(0.6) { rand.below(carrier.lines.len() - 6) } else { 0 };
        let budget = target.saturating_sub(out.words() / 2);
        let begun = out.words();
        'lines: for line in carrier.lines.iter().skip(from) {
            if !line.heading.is_empty() {
                out.newline().text(if layout == 1 { "\n" } else { "" });
                out.text(&line.heading).text(if layout == 2 { ":\n" } else { ": " });
            } else if layout != 3 {
                out.newline();
            }
            if rand.chance(density * 0.7) {
                self.aside(scene, rand, out);
                out.text(" ");
            }
            for sentence in &line.sentences {
                scene.fill(sentence, out);
                out.text(rand.of([" ", " ", " ", "  "]));
                if rand.chance(density) {
                    self.aside(scene, rand, out);
                    out.text(" ");
                }
                if out.words() - begun > budget {
                    break 'lines;
                }
            }
        }
        self.lengthen(begun, budget.min(200), scene, rand, out);
        if rand.chance(0.25) {
            out.newline();
            self.middle(scene, rand, out);
        }
        if rand.chance(0.5) {
            out.newline().text(rand.of(["", "\n"]));
            self.tail(scene, rand, out);
        }
    }

    /// Fills a short carrier up with blocks and asides.
    fn lengthen(&self, begun: usize, budget: usize, scene: &mut Scene, rand: &mut Rand, out: &mut Builder) {
        let mut rounds = 0;
        while out.words() - begun < budget && rounds < 10 {
            rounds += 1;
            out.newline();
            if rand.chance(0.35) {
                self.middle(scene, rand, out);
            } else {
                for _ in 0..2 + rand.below(3) {
                    self.aside(scene, rand, out);
                    out.text(" ");
                }
            }
        }
    }

    /// Blocks alone: face sheets, lists, logs, messages.
    fn form(&self, scene: &mut Scene, rand: &mut Rand, out: &mut Builder) {
        self.head(scene, rand, out);
        for _ in 0..1 + rand.below(4) {
            out.newline().text(rand.of(["", "\n"]));
            self.middle(scene, rand, out);
            if rand.chance(0.4) {
                out.newline();
                self.aside(scene, rand, out);
            }
        }
        if rand.chance(0.7) {
            out.newline().text("\n");
            self.tail(scene, rand, out);
        }
    }

    /// A short note of sentences from the templates alone, terse or running on.
    fn jotting(&self, scene: &mut Scene, rand: &mut Rand, out: &mut Builder) {
        if rand.chance(0.3) {
            self.head(scene, rand, out);
            out.newline();
        }
        let gap = rand.of([" ", " ", "\n", "\n- ", "; "]);
        for i in 0..4 + rand.below(12) {
            if i > 0 {
                out.text(gap);
            }
            if let Some(template) = self.stock.aside(0.45, rand) {
                scene.fill(template, out);
            }
        }
        if rand.chance(0.4) {
            out.newline();
            self.tail(scene, rand, out);
        }
    }

    /// Prose without slots and sentences that look like PHI: nothing or next to nothing is to be found.
    fn plain(&self, scene: &mut Scene, rand: &mut Rand, out: &mut Builder) {
        let most = rand.range(3, 40) as usize;
        let lines = self.stock.carrier(rand).map(|c| c.lines.as_slice()).unwrap_or_default();
        let from = rand.below(lines.len().saturating_sub(3));
        let mut written = 0;
        for line in lines.iter().skip(from) {
            let clean: Vec<_> = line.sentences.iter().filter(|s| s.0.iter().all(|node| matches!(node, Node::Text(_)))).collect();
            if clean.is_empty() || written >= most {
                continue;
            }
            out.newline();
            if !line.heading.is_empty() {
                out.text(&line.heading).text(": ");
            }
            for sentence in clean {
                scene.fill(sentence, out);
                out.text(" ");
                written += 1;
            }
        }
        for _ in 0..rand.below(5) + if written < 3 { 4 } else { 0 } {
            out.text(rand.of([" ", "\n", "\n- "]));
            if let Some(template) = one(&self.stock.negatives, rand) {
                scene.fill(template, out);
            }
        }
        if rand.chance(0.15) {
            out.newline();
            self.aside(scene, rand, out);
        }
    }
}
