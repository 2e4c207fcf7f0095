use super::kin::Kin;
use super::{Scene, numbered};
use crate::labels::EntityType as T;
use crate::synth::builder::Builder;
use crate::synth::lexicon::upper_first;
use crate::synth::person::Person;
use crate::synth::rng::Rand;
use crate::synth::template::Node;

/// The most people of a kind that a document may number; a carrier's doctors are the largest case.
const MOST: usize = 30;

/// A relative or friend.
#[derive(Debug, Clone)]
pub(super) struct Relative {
    person: Person,
    kin: Kin,
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
    announced: Option<Relative>,
    /// Who was named last, and where in the text.
    named: Option<(Relative, usize)>,
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
    /// The doctor with a number, decided when first asked for.
    fn doctor_at(&mut self, at: usize) -> Person {
        let at = (at + self.cast.first).min(MOST);
        while self.cast.doctors.len() <= at {
            let female = self.rand.chance(0.5);
            let person = self.source.person(female, &mut self.rand);
            self.cast.doctors.push(person);
        }
        self.cast.doctors.get(at).cloned().unwrap_or_default()
    }

    /// Some doctor of the document; the first is spoken of most.
    pub(super) fn doctor(&mut self) -> Person {
        let at = if self.rand.chance(0.5) { 0 } else { self.rand.below(self.cast.circle) };
        self.doctor_at(at)
    }

    fn doctor_or_some(&mut self, at: Option<usize>) -> Person {
        match at {
            Some(at) => self.doctor_at(at),
            None => self.doctor(),
        }
    }

    fn new_relative(&mut self, kin: Option<Kin>) -> Relative {
        let taken: Vec<Kin> = self.cast.numbered.iter().flatten().chain(&self.cast.others).map(|r| r.kin).filter(Kin::unique).collect();
        let kin = kin.unwrap_or_else(|| Kin::draw(self.age, self.cast.patient.female, |k| taken.contains(k), &mut self.rand));
        let female = kin.female.unwrap_or_else(|| self.rand.chance(0.5));
        let person = if kin.family {
            self.source.relative(&self.cast.patient, female, &mut self.rand)
        } else {
            self.source.person(female, &mut self.rand)
        };
        Relative { person, kin }
    }

    /// The relative with a number. `hint` is what the text beside the name calls the person when it is named for the first time.
    fn relative_at(&mut self, at: usize, hint: Option<Kin>) -> Relative {
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
    fn some_relative(&mut self, hint: Option<Kin>) -> Relative {
        if self.rand.chance(0.35) {
            let met: Vec<&Relative> = self.cast.others.iter().filter(|r| hint.is_none_or(|k| k == r.kin)).collect();
            if let Some(relative) = met.get(self.rand.below(met.len())) {
                return (*relative).clone();
            }
        }
        let relative = self.new_relative(hint);
        self.cast.others.push(relative.clone());
        relative
    }

    fn spouse(&mut self) -> &'static str {
        let other = if self.cast.patient.female { "husband" } else { "wife" };
        let word = self.rand.of([other, other, other, "partner"]);
        self.cast.spouse.get_or_insert(word)
    }

    /// The word for a relative of whom `rest` may tell the name.
    fn kin_word(&mut self, rest: &[&Node], out: &Builder) -> &'static str {
        if names_a_relative(rest) {
            let relative = self.some_relative(None);
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

    pub(super) fn title(&self, title: &str) -> String {
        if self.dotted { format!("{title}. ") } else { format!("{title} ") }
    }

    fn put_name(&mut self, entity_type: T, person: &Person, form: &str, out: &mut Builder) {
        let text = self.source.name(person, form, &mut self.rand);
        out.entity(entity_type, &text);
    }

    pub(super) fn person_slot(&mut self, name: &str, variant: &str, rest: &[&Node], out: &mut Builder) -> bool {
        match numbered(name) {
            ("PT", None) => {
                let patient = self.cast.patient.clone();
                self.put_name(T::Patient, &patient, variant, out);
            }
            ("MR", None) => {
                let title = match (self.cast.patient.female, self.rand.below(4)) {
                    (false, 0) if self.age < 14 => "Master",
                    (false, _) => "Mr",
                    (true, 0) => "Mrs",
                    (true, 1) => "Miss",
                    (true, _) => "Ms",
                };
                let title = if title.len() > 3 { format!("{title} ") } else { self.title(title) };
                let form = if self.rand.chance(0.85) { "last" } else { "full" };
                out.text(&title);
                let patient = self.cast.patient.clone();
                self.put_name(T::Patient, &patient, form, out);
            }
            ("REL", at) => self.relative_slot(at, variant, rest, out),
            ("DOC", at) => {
                let person = self.doctor_or_some(at);
                let form = if variant.is_empty() { self.rand.of(["last", "full", "flast"]) } else { variant };
                self.put_name(T::Doctor, &person, form, out);
            }
            ("STAFF", None) => {
                let female = self.rand.chance(0.5);
                let person = self.source.person(female, &mut self.rand);
                let form = if variant.is_empty() { self.rand.of(["last", "full", "flast"]) } else { variant };
                self.put_name(T::Doctor, &person, form, out);
            }
            ("DR", at) => {
                let person = self.doctor_or_some(at);
                self.titled_doctor(&person, variant, out);
            }
            ("RN", None) => self.nurse(out),
            // A person that a carrier spoke of: the same number is the same person.
            ("WHO", None) => {
                let person = self.doctor_at(variant.parse().unwrap_or(0));
                let form = if self.rand.chance(0.85) { "last" } else { "full" };
                self.put_name(T::Doctor, &person, form, out);
            }
            ("kin" | "Kin", at) => {
                let word = match at {
                    Some(at) => self.relative_at(at, None).kin.word,
                    None => self.kin_word(rest, out),
                };
                let word = if name.starts_with('K') { upper_first(word) } else { word.to_string() };
                out.text(&word);
            }
            ("spouse", None) => {
                let word = self.spouse();
                out.text(word);
            }
            (base, at) => {
                let female = match at {
                    Some(at) if pronoun(base, true).is_some() => self.relative_at(at, None).person.female,
                    Some(_) => return false,
                    None => self.cast.patient.female,
                };
                let Some(word) = pronoun(base, female).map(String::from).or_else(|| self.sex_word(base)) else { return false };
                out.text(&word);
            }
        }
        true
    }

    fn relative_slot(&mut self, at: Option<usize>, variant: &str, rest: &[&Node], out: &mut Builder) {
        let announced = self.cast.announced.take();
        let relative = match (at, announced) {
            (None, Some(relative)) => relative,
            _ => {
                let hint = Kin::at_end(out.as_str()).or_else(|| Kin::at_start(&text_of(rest)));
                match at {
                    Some(at) => self.relative_at(at, hint),
                    None => self.some_relative(hint),
                }
            }
        };
        let form = if variant.is_empty() { self.rand.of(["first", "first", "full"]) } else { variant };
        self.put_name(T::Patient, &relative.person, form, out);
        self.cast.named = Some((relative, out.as_str().len()));
    }

    fn titled_doctor(&mut self, person: &Person, variant: &str, out: &mut Builder) {
        let form = match self.rand.below(12) {
            _ if !variant.is_empty() => variant,
            0..6 => "last",
            6 | 7 => "full",
            8 => "flast",
            9 => "upper",
            _ => "degree",
        };
        if form == "degree" {
            let form = self.rand.of(["full", "full", "flast", "last"]);
            let degree = match self.source.country {
                "US" | "CA" | "PH" => {
                    self.rand.of([", MD", ", M.D.", " MD", ", DO", ", MD, PhD", ", D.O.", ", NP", ", PA-C", ", Ph.D.", ", DPM", ", FACS"])
                }
                _ => self.rand.of([
                    ", FRCP",
                    " MRCP",
                    ", MBBS",
                    " MBChB",
                    ", MB BCh BAO",
                    ", FRCS",
                    ", MRCGP",
                    " MD",
                    ", MD (Med)",
                    ", PhD",
                    ", DNB",
                ]),
            };
            self.put_name(T::Doctor, person, form, out);
            out.text(degree);
            return;
        }
        let surgeon = !matches!(self.source.country, "US" | "CA" | "PH") && self.rand.chance(0.08);
        let title = match self.rand.below(16) {
            _ if surgeon => self.title(if person.female { "Miss" } else { "Mr" }),
            0 => "Doctor ".to_string(),
            1 => "dr ".to_string(),
            2 => self.title("Prof"),
            _ => self.title("Dr"),
        };
        out.text(&title);
        if form == "upper" && variant.is_empty() {
            out.entity(T::Doctor, &person.last.to_uppercase());
        } else {
            self.put_name(T::Doctor, person, form, out);
        }
    }

    fn nurse(&mut self, out: &mut Builder) {
        let female = self.rand.chance(0.7);
        let person = self.source.person(female, &mut self.rand);
        let form = self.rand.of(["full", "flast", "last", "first"]);
        let (before, after) = self.rand.of([
            ("", ", RN"),
            ("", " RN"),
            ("Nurse ", ""),
            ("", ", R.N."),
            ("RN ", ""),
            ("", ", LPN"),
            ("", ", CNA"),
            ("Sister ", ""),
            ("", " (nurse)"),
            ("S/N ", ""),
            ("SN ", ""),
            ("", ", RMN"),
        ]);
        out.text(before);
        self.put_name(T::Doctor, &person, form, out);
        out.text(after);
    }

    fn sex_word(&mut self, name: &str) -> Option<String> {
        let female = self.cast.patient.female;
        let (male_words, female_words) = match name {
            "sexletter" => (["M", "M", "m"], ["F", "F", "f"]),
            "sex" => (["male"; 3], ["female"; 3]),
            "man" if self.age < 16 => (["boy"; 3], ["girl"; 3]),
            "man" => (["man", "gentleman", "male"], ["woman", "lady", "female"]),
            _ => return None,
        };
        Some(self.rand.of(if female { female_words } else { male_words }).to_string())
    }
}

fn pronoun(name: &str, female: bool) -> Option<&'static str> {
    let (he, she) = match name {
        "he" => ("he", "she"),
        "He" => ("He", "She"),
        "him" => ("him", "her"),
        "Him" => ("Him", "Her"),
        "his" => ("his", "her"),
        "His" => ("His", "Her"),
        _ => return None,
    };
    Some(if female { she } else { he })
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

/// The start of what follows, with a mark for what is not plain text.
fn text_of(rest: &[&Node]) -> String {
    let mut text = String::new();
    for node in rest {
        match node {
            Node::Text(plain) => text.push_str(plain),
            Node::Slot(name, _) if matches!(name.as_str(), "his" | "His") => text.push_str("his"),
            Node::Slot(name, _) if name == "spouse" => text.push_str("spouse"),
            _ => text.push('\u{1}'),
        }
        if text.len() > 48 {
            break;
        }
    }
    text
}
