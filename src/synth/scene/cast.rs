//! Who is in a document, decided when first asked for.

use super::kin::Kin;
use super::{Scene, numbered};
use crate::random::Rand;
use crate::synth::builder::Builder;
use crate::synth::person::Person;
use crate::synth::template::Node;

/// The most people of a kind that a document may number; a carrier's doctors are the largest case.
const MOST: usize = 30;

/// A relative or friend.
#[derive(Debug, Clone)]
pub(super) struct Relative {
    pub(super) person: Person,
    pub(super) kin: Kin,
}

/// What the text beside a name says about the person.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hint {
    pub(super) kin: Option<Kin>,
    pub(super) female: Option<bool>,
}

/// Everybody in a document.
pub(super) struct Cast {
    pub(super) patient: Person,
    doctors: Vec<Person>,
    /// How many doctors unnumbered slots choose among.
    circle: usize,
    /// The doctor who counts as the first.
    first: usize,
    numbered: Vec<Option<Relative>>,
    others: Vec<Relative>,
    /// Whose kin word has just been written and who must be named next.
    pub(super) announced: Option<Relative>,
    /// Who was named last, and where in the text.
    pub(super) named: Option<(Relative, usize)>,
    spouse: Option<&'static str>,
}

impl Cast {
    pub(super) fn new(patient: Person, rand: &mut Rand) -> Self {
        Self {
            patient,
            doctors: Vec::new(),
            circle: 1 + rand.below(4),
            first: 0,
            numbered: Vec::new(),
            others: Vec::new(),
            announced: None,
            named: None,
            spouse: None,
        }
    }

    /// Nobody has been spoken of yet: another text begins.
    pub(super) fn begin(&mut self) {
        self.announced = None;
        self.named = None;
    }

    pub(super) fn next_author(&mut self) {
        self.first = self.doctors.len().min(MOST / 2);
    }
}

impl Scene<'_> {
    /// The doctor with a number, decided when first asked for; `female` is what a title before the name says.
    pub(super) fn doctor_at(&mut self, at: usize, female: Option<bool>) -> Person {
        let at = (at + self.cast.first).min(MOST);
        while self.cast.doctors.len() <= at {
            let last = self.cast.doctors.len() == at;
            let female = female.filter(|_| last).unwrap_or_else(|| self.rand.chance(0.5));
            let person = self.source.person(female, &mut self.rand);
            self.cast.doctors.push(person);
        }
        self.cast.doctors.get(at).cloned().unwrap_or_default()
    }

    /// Some doctor of the document; the first is spoken of most.
    pub(super) fn doctor(&mut self) -> Person {
        let at = if self.rand.chance(0.5) { 0 } else { self.rand.below(self.cast.circle) };
        self.doctor_at(at, None)
    }

    pub(super) fn doctor_or_some(&mut self, at: Option<usize>, out: &Builder) -> Person {
        match at {
            Some(at) => self.doctor_at(at, sex_of_title(out.as_str())),
            None => self.doctor(),
        }
    }

    fn new_relative(&mut self, hint: Hint) -> Relative {
        let known = self.cast.numbered.iter().flatten().chain(&self.cast.others);
        let unique: Vec<Kin> = known.map(|r| r.kin).filter(Kin::unique).collect();
        let unfit = |k: &Kin| unique.contains(k) || k.female.zip(hint.female).is_some_and(|(a, b)| a != b);
        let kin = hint.kin.unwrap_or_else(|| Kin::draw(self.age, self.cast.patient.female, unfit, &mut self.rand));
        let female = kin.female.or(hint.female).unwrap_or_else(|| self.rand.chance(0.5));
        let person = if kin.family {
            self.source.relative(&self.cast.patient, female, &mut self.rand)
        } else {
            self.source.person(female, &mut self.rand)
        };
        Relative { person, kin }
    }

    /// The relative with a number. `hint` is used when the person is spoken of for the first time.
    pub(super) fn relative_at(&mut self, at: usize, hint: Hint) -> Relative {
        if self.cast.numbered.len() <= at {
            self.cast.numbered.resize(at + 1, None);
        }
        if let Some(Some(relative)) = self.cast.numbered.get(at) {
            return relative.clone();
        }
        let relative = self.new_relative(hint);
        self.cast.numbered[at] = Some(relative.clone());
        relative
    }

    /// A relative without a number: one of those met so far who fits, or a new one.
    pub(super) fn some_relative(&mut self, hint: Hint) -> Relative {
        if self.rand.chance(0.35) {
            let fits = |r: &&Relative| hint.kin.is_none_or(|k| k == r.kin) && hint.female.is_none_or(|f| f == r.person.female);
            let met: Vec<&Relative> = self.cast.others.iter().filter(fits).collect();
            if let Some(relative) = met.get(self.rand.below(met.len())) {
                return (*relative).clone();
            }
        }
        let relative = self.new_relative(hint);
        self.cast.others.push(relative.clone());
        relative
    }

    pub(super) fn spouse(&mut self) -> &'static str {
        let other = if self.cast.patient.female { "husband" } else { "wife" };
        let word = self.rand.of([other, other, other, "partner"]);
        self.cast.spouse.get_or_insert(word)
    }

    /// The word for a relative of whom `rest` may tell the name.
    pub(super) fn kin_word(&mut self, rest: &[&Node], out: &Builder) -> &'static str {
        if names_a_relative(rest) {
            let relative = self.some_relative(Hint::default());
            let word = relative.kin.word;
            self.cast.announced = Some(relative);
            return word;
        }
        if let Some((relative, at)) = &self.cast.named
            && let Some(since) = out.as_str().get(*at..)
            && since.len() < 40
            && !since.contains(['\n', ';'])
            && !since.contains(". ")
        {
            return relative.kin.word;
        }
        Kin::draw(self.age, self.cast.patient.female, |_| false, &mut self.rand).word
    }

    /// An age that somebody may have: of the relative who has just been spoken of, or of anybody.
    pub(super) fn age_of_another(&mut self, out: &Builder) -> i64 {
        let just_named = match (&self.cast.announced, &self.cast.named) {
            (Some(relative), _) => Some(relative.kin),
            (None, Some((relative, at))) if out.as_str().len().checked_sub(*at).is_some_and(|since| since < 24) => Some(relative.kin),
            _ => Kin::at_end(out.as_str()),
        };
        match just_named.and_then(|kin| kin.years_older()) {
            Some(years) => (self.age + years + self.rand.range(-8, 8)).clamp(1, 104),
            None => self.rand.range(1, 99),
        }
    }
}

/// What a title at the end of the text says about who is named next.
pub(super) fn sex_of_title(text: &str) -> Option<bool> {
    let word = text.trim_end_matches([' ', '.']).rsplit(|c: char| !c.is_alphanumeric()).next()?;
    match word.to_lowercase().as_str() {
        "mr" | "mister" | "master" | "brother" => Some(false),
        "mrs" | "ms" | "miss" | "mdm" | "madam" | "madame" | "sister" | "auntie" | "smt" => Some(true),
        _ => None,
    }
}

/// Whether a relative without a number is named before the sentence or line ends or another relative is spoken of.
fn names_a_relative(rest: &[&Node]) -> bool {
    let mut passed = 0;
    for node in rest {
        match node {
            Node::Text(text) => {
                passed += text.len();
                if text.contains(['\n', ';']) || text.contains(". ") || passed > 30 {
                    return false;
                }
            }
            Node::Slot(name, _) if name == "REL" => return true,
            Node::Slot(name, _) if matches!(numbered(name).0, "kin" | "Kin" | "REL" | "spouse") => return false,
            _ => {}
        }
    }
    false
}
