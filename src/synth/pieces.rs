//! What documents that have no template of their own are made of: prose, blocks, sentences.

use super::builder::Builder;
use super::carriers::Carrier;
use super::compose::Composer;
use super::scene::Scene;
use super::stock::one;
use super::template::Node;
use crate::random::Rand;

impl Composer {
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
    pub(super) fn note(&self, carrier: &Carrier, scene: &mut Scene, rand: &mut Rand, out: &mut Builder) {
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
    pub(super) fn form(&self, scene: &mut Scene, rand: &mut Rand, out: &mut Builder) {
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
    pub(super) fn jotting(&self, scene: &mut Scene, rand: &mut Rand, out: &mut Builder) {
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
    pub(super) fn plain(&self, scene: &mut Scene, rand: &mut Rand, out: &mut Builder) {
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
