use super::builder::{Builder, Marked};
use super::carriers::{Carrier, Carriers};
use super::document::DocumentTemplate;
use super::lexicon::Lexicons;
use super::noise;
use super::scene::{Scene, Setting};
use super::stock::{Stock, one};
use super::{Split, SynthOptions};
use crate::corpus::Document;
use crate::random::Rand;
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
                carrier_age: None,
            },
            Self::Note(carrier) => {
                // Another age than the carrier's, where that makes no adult of a child.
                let age = carrier.age.map(|age| if age < 23 { age } else { rand.range(age - 5, age + 5) });
                Setting { country: None, female: carrier.female, age, carrier_age: carrier.age }
            }
            _ => Setting::default(),
        }
    }

    /// Whether it may speak of the scene's patient.
    fn suits(self, scene: &Scene) -> bool {
        match self {
            Self::Document(d) => d.suits(scene.country(), scene.female(), scene.age()),
            Self::Note(carrier) => carrier.suits(scene.female(), scene.age()),
            _ => true,
        }
    }
}

/// Puts documents together out of carriers and templates.
#[derive(Debug)]
pub(crate) struct Composer {
    pub(super) stock: Stock,
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
            (5..57, Some(document)) => Piece::Document(document),
            (57..71, _) => self.stock.carrier(rand).map_or(Piece::Form, Piece::Note),
            (71..82, _) => Piece::Form,
            (82.., _) => Piece::Jotting,
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
}
