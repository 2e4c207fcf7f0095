use super::cast::{Hint, sex_of_title};
use super::kin::Kin;
use super::{Scene, numbered};
use crate::labels::EntityType as T;
use crate::synth::builder::Builder;
use crate::synth::lexicon::upper_first;
use crate::synth::person::Person;
use crate::synth::template::Node;

impl Scene<'_> {
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
                let person = self.doctor_or_some(at, out);
                let form = if variant.is_empty() { self.rand.of(["last", "full", "flast"]) } else { variant };
                self.put_name(T::Doctor, &person, form, out);
            }
            ("STAFF", None) => {
                let female = sex_of_title(out.as_str()).unwrap_or_else(|| self.rand.chance(0.5));
                let person = self.source.person(female, &mut self.rand);
                let form = if variant.is_empty() { self.rand.of(["last", "full", "flast"]) } else { variant };
                self.put_name(T::Doctor, &person, form, out);
            }
            ("DR", at) => {
                let person = self.doctor_or_some(at, out);
                self.titled_doctor(&person, variant, out);
            }
            ("RN", None) => self.nurse(out),
            // A person that a carrier spoke of: the same number is the same person.
            ("WHO", None) => {
                let person = self.doctor_at(variant.parse().unwrap_or(0), None);
                let form = if self.rand.chance(0.85) { "last" } else { "full" };
                self.put_name(T::Doctor, &person, form, out);
            }
            ("kin" | "Kin", at) => {
                let word = match at {
                    Some(at) => self.relative_at(at, Hint::default()).kin.word,
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
                    Some(at) if pronoun(base, true).is_some() => self.relative_at(at, Hint::default()).person.female,
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
                let kin = Kin::at_end(out.as_str()).or_else(|| Kin::at_start(&text_of(rest)));
                let hint = Hint { kin, female: sex_of_title(out.as_str()) };
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
