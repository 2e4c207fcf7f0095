use super::SynthOptions;
use super::builder::Builder;
use super::carriers::{Carrier, Carriers};
use super::lexicon::Lexicons;
use super::noise;
use super::rng::Rand;
use super::scene::Scene;
use super::template::Template;
use crate::corpus::Document;

/// Families of sentences with how often they are drawn: rare types are drawn far oftener than they are in notes, to be learnt at all.
const SENTENCES: [(&str, usize); 22] = [
    (include_str!("templates/people.txt"), 13),
    (include_str!("templates/doctors.txt"), 13),
    (include_str!("templates/dates.txt"), 11),
    (include_str!("templates/ages.txt"), 6),
    (include_str!("templates/places.txt"), 13),
    (include_str!("templates/landmarks.txt"), 5),
    (include_str!("templates/hospitals.txt"), 8),
    (include_str!("templates/work.txt"), 15),
    (include_str!("templates/contact.txt"), 5),
    (include_str!("templates/fax.txt"), 3),
    (include_str!("templates/online.txt"), 3),
    (include_str!("templates/url.txt"), 5),
    (include_str!("templates/ip.txt"), 4),
    (include_str!("templates/username.txt"), 4),
    (include_str!("templates/mrn.txt"), 4),
    (include_str!("templates/ssn.txt"), 4),
    (include_str!("templates/plan.txt"), 4),
    (include_str!("templates/account.txt"), 5),
    (include_str!("templates/license.txt"), 4),
    (include_str!("templates/vehicle.txt"), 5),
    (include_str!("templates/device.txt"), 5),
    (include_str!("templates/bioid.txt"), 7),
];

/// Puts documents together out of carriers and templates.
#[derive(Debug)]
pub(crate) struct Composer {
    lexicons: Lexicons,
    carriers: Carriers,
    families: Vec<(Vec<Template>, usize)>,
    negatives: Vec<Template>,
    heads: Vec<Template>,
    middles: Vec<Template>,
    tails: Vec<Template>,
}

impl Composer {
    pub(crate) fn new(lexicons: Lexicons, carriers: Carriers) -> Self {
        let mut families: Vec<_> = SENTENCES.iter().map(|&(source, weight)| (Template::lines(source), weight)).collect();
        families.push((Template::lines(include_str!("templates/idnum.txt")), 5));
        Self {
            lexicons,
            carriers,
            families,
            negatives: Template::lines(include_str!("templates/negatives.txt")),
            heads: Template::blocks(include_str!("templates/blocks_head.txt")),
            middles: Template::blocks(include_str!("templates/blocks_mid.txt")),
            tails: Template::blocks(include_str!("templates/blocks_tail.txt")),
        }
    }

    /// Every template, for tests.
    #[cfg(test)]
    pub(crate) fn templates(&self) -> impl Iterator<Item = &Template> {
        let families = self.families.iter().flat_map(|(templates, _)| templates);
        families.chain(&self.negatives).chain(&self.heads).chain(&self.middles).chain(&self.tails)
    }

    /// The carriers, for tests.
    #[cfg(test)]
    pub(crate) fn carriers(&self) -> &Carriers {
        &self.carriers
    }

    /// The lists, for tests.
    #[cfg(test)]
    pub(crate) fn lexicons(&self) -> &Lexicons {
        &self.lexicons
    }

    pub(crate) fn compose(&self, options: &SynthOptions, index: usize) -> Document {
        let split = options.split.name();
        let mut rand = Rand::keyed(options.seed, split, index as u64);
        let noise_rand = &mut Rand::keyed(options.seed, &format!("{split}/noise"), index as u64);
        let scene_rand = Rand::keyed(options.seed, &format!("{split}/scene"), index as u64);
        let kind = rand.below(100);
        let carrier = if kind < 68 { self.carrier(&mut rand) } else { None };
        let mut scene = Scene::new(&self.lexicons, scene_rand, carrier.and_then(|c| c.female), carrier.and_then(|c| c.age));
        let mut out = Builder::default();
        match (carrier, kind) {
            (Some(carrier), _) => self.note(carrier, &mut scene, &mut rand, &mut out),
            (None, 68..84) => self.form(&mut scene, &mut rand, &mut out),
            _ => self.jottings(&mut scene, &mut rand, &mut out),
        }
        let mut marked = out.into_marked();
        noise::spoil(&mut marked, &options.noise, noise_rand);
        marked.into_document(format!("{split}-{index:06}"))
    }

    /// A carrier; of two, mostly the longer, for most carriers are short.
    fn carrier(&self, rand: &mut Rand) -> Option<&Carrier> {
        let [one, other] = [(); 2].map(|()| self.carriers.get(rand.below(self.carriers.len())));
        let length = |c: Option<&Carrier>| c.map_or(0, |c| c.lines.iter().map(|l| l.sentences.len()).sum::<usize>());
        if length(other) > length(one) && rand.chance(0.7) { other } else { one }
    }

    fn sentence<'a>(&'a self, rand: &mut Rand) -> Option<&'a Template> {
        let total = self.families.iter().map(|f| f.1).sum();
        let mut at = rand.below(total);
        for (templates, weight) in &self.families {
            if at < *weight {
                return templates.get(rand.below(templates.len()));
            }
            at -= weight;
        }
        None
    }

    fn block<'a>(blocks: &'a [Template], rand: &mut Rand) -> Option<&'a Template> {
        blocks.get(rand.below(blocks.len()))
    }

    fn put(&self, template: Option<&Template>, scene: &mut Scene, out: &mut Builder) {
        if let Some(template) = template {
            scene.fill(template, out);
        }
    }

    /// A sentence with PHI, or, in one case of five, one that looks like it.
    fn aside(&self, scene: &mut Scene, rand: &mut Rand, out: &mut Builder) {
        let template = if rand.chance(0.2) { Self::block(&self.negatives, rand) } else { self.sentence(rand) };
        self.put(template, scene, out);
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
            self.put(Self::block(&self.heads, rand), scene, out);
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
        // A short carrier is filled up with blocks and asides.
        let mut rounds = 0;
        while out.words() - begun < budget.min(200) && rounds < 10 {
            rounds += 1;
            out.newline();
            if rand.chance(0.35) {
                self.put(Self::block(&self.middles, rand), scene, out);
            } else {
                for _ in 0..2 + rand.below(3) {
                    self.aside(scene, rand, out);
                    out.text(" ");
                }
            }
        }
        if rand.chance(0.25) {
            out.newline();
            self.put(Self::block(&self.middles, rand), scene, out);
        }
        if rand.chance(0.5) {
            out.newline().text(rand.of(["", "\n"]));
            self.put(Self::block(&self.tails, rand), scene, out);
        }
    }

    /// Blocks alone: face sheets, lists, logs, messages.
    fn form(&self, scene: &mut Scene, rand: &mut Rand, out: &mut Builder) {
        self.put(Self::block(&self.heads, rand), scene, out);
        for _ in 0..1 + rand.below(4) {
            out.newline().text(rand.of(["", "\n"]));
            self.put(Self::block(&self.middles, rand), scene, out);
            if rand.chance(0.4) {
                out.newline();
                self.aside(scene, rand, out);
            }
        }
        if rand.chance(0.7) {
            out.newline().text("\n");
            self.put(Self::block(&self.tails, rand), scene, out);
        }
    }

    /// A short note of sentences from the templates alone, terse or running on.
    fn jottings(&self, scene: &mut Scene, rand: &mut Rand, out: &mut Builder) {
        if rand.chance(0.3) {
            self.put(Self::block(&self.heads, rand), scene, out);
            out.newline();
        }
        let gap = rand.of([" ", " ", "\n", "\n- ", "; "]);
        for i in 0..4 + rand.below(12) {
            if i > 0 {
                out.text(gap);
            }
            let template = if rand.chance(0.45) { Self::block(&self.negatives, rand) } else { self.sentence(rand) };
            self.put(template, scene, out);
        }
        if rand.chance(0.4) {
            out.newline();
            self.put(Self::block(&self.tails, rand), scene, out);
        }
    }
}
