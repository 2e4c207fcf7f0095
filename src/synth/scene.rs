use super::builder::Builder;
use super::dates::Dates;
use super::lexicon::{Lexicons, upper_first};
use super::person::Person;
use super::places::{self, Hospital};
use super::rng::Rand;
use super::template::{Node, Template};
use super::{carriers, ids};
use crate::labels::EntityType as T;

/// The people, places and days of one document: what its slots are filled with.
pub(crate) struct Scene<'a> {
    pub(crate) rand: Rand,
    pub(crate) lex: &'a Lexicons,
    pub(crate) patient: Person,
    doctors: Vec<Person>,
    relatives: Vec<Person>,
    hospital: Hospital,
    country: &'static str,
    age: i64,
    dates: Dates,
    mrn: String,
    phone: String,
    /// Whether titles have a full stop here ("Dr." or "Dr").
    dotted: bool,
}

impl<'a> Scene<'a> {
    /// A scene. A carrier may fix the patient's sex and age.
    pub(crate) fn new(lex: &'a Lexicons, mut rand: Rand, female: Option<bool>, age: Option<i64>) -> Self {
        let female = female.unwrap_or_else(|| rand.chance(0.5));
        let age = age.unwrap_or_else(|| if rand.chance(0.08) { rand.range(90, 104) } else { rand.range(1, 92) });
        let country = places::draw_country(&mut rand);
        let patient = Person::new(lex, country, female, &mut rand);
        let count = 1 + rand.below(4);
        let doctors = (0..count).map(|i| Person::new(lex, country, i % 2 == 0, &mut rand)).collect();
        let relatives = (0..3).map(|i| patient.relative(lex, country, i % 2 == 0, &mut rand)).collect();
        let hospital = places::hospital(lex, country, &mut rand);
        let dates = Dates::new(age, country, &mut rand);
        let mrn = ids::number("MRN", "", lex, country, &mut rand);
        let phone = ids::phone(lex, country, &mut rand);
        let dotted = rand.chance(0.75);
        Self { rand, lex, patient, doctors, relatives, hospital, country, age, dates, mrn, phone, dotted }
    }

    /// Appends a template with its slots filled.
    pub(crate) fn fill(&mut self, template: &Template, out: &mut Builder) {
        for node in &template.0 {
            match node {
                Node::Text(text) => {
                    out.text(text);
                }
                Node::Entity(entity_type, text) => {
                    out.entity(*entity_type, text);
                }
                Node::Choice(alternatives) => {
                    if let Some(alternative) = alternatives.get(self.rand.below(alternatives.len())) {
                        self.fill(alternative, out);
                    }
                }
                Node::Slot(name, variant) => {
                    let known =
                        self.person_slot(name, variant, out) || self.phi_slot(name, variant, out) || self.plain_slot(name, variant, out);
                    debug_assert!(known, "no slot {name}:{variant}");
                }
            }
        }
    }

    fn doctor(&mut self) -> Person {
        // The first doctor is spoken of most.
        let at = if self.rand.chance(0.5) { 0 } else { self.rand.below(self.doctors.len()) };
        self.doctors.get(at).cloned().unwrap_or_default()
    }

    fn title(&self, title: &str) -> String {
        if self.dotted { format!("{title}. ") } else { format!("{title} ") }
    }

    fn person_slot(&mut self, name: &str, variant: &str, out: &mut Builder) -> bool {
        match name {
            "PT" => {
                let text = self.patient.name(variant, &mut self.rand);
                out.entity(T::Patient, &text);
            }
            "MR" => {
                let title = match (self.patient.female, self.rand.below(3)) {
                    (false, _) => "Mr",
                    (true, 0) => "Mrs",
                    (true, _) => "Ms",
                };
                let title = self.title(title);
                let form = if self.rand.chance(0.85) { "last" } else { "full" };
                let text = self.patient.name(form, &mut self.rand);
                out.text(&title).entity(T::Patient, &text);
            }
            "REL" => {
                let relative = if self.rand.chance(0.6) {
                    self.relatives.get(self.rand.below(self.relatives.len())).cloned().unwrap_or_default()
                } else {
                    let female = self.rand.chance(0.5);
                    self.patient.relative(self.lex, self.country, female, &mut self.rand)
                };
                let form = if variant.is_empty() { self.rand.of(["first", "first", "full"]) } else { variant };
                let text = relative.name(form, &mut self.rand);
                out.entity(T::Patient, &text);
            }
            "DOC" | "STAFF" => {
                let person = if name == "DOC" {
                    self.doctor()
                } else {
                    let female = self.rand.chance(0.5);
                    Person::new(self.lex, self.country, female, &mut self.rand)
                };
                let form = if variant.is_empty() { self.rand.of(["last", "full", "flast"]) } else { variant };
                let text = person.name(form, &mut self.rand);
                out.entity(T::Doctor, &text);
            }
            "DR" => {
                let person = self.doctor();
                let form = match self.rand.below(12) {
                    0..6 => "last",
                    6 | 7 => "full",
                    8 => "flast",
                    9 => "upper",
                    _ => "degree",
                };
                if form == "degree" {
                    let form = self.rand.of(["full", "full", "flast", "last"]);
                    let text = person.name(form, &mut self.rand);
                    let degree = self.rand.of([
                        ", MD",
                        ", M.D.",
                        " MD",
                        ", DO",
                        ", MD, PhD",
                        ", D.O.",
                        ", NP",
                        ", PA-C",
                        ", MBBS",
                        ", Ph.D.",
                        ", DPM",
                    ]);
                    out.entity(T::Doctor, &text).text(degree);
                } else {
                    let title = match self.rand.below(16) {
                        0 => "Doctor ".to_string(),
                        1 => "dr ".to_string(),
                        2 => self.title("Prof"),
                        _ => self.title("Dr"),
                    };
                    let text = if form == "upper" { person.last.to_uppercase() } else { person.name(form, &mut self.rand) };
                    out.text(&title).entity(T::Doctor, &text);
                }
            }
            "RN" => {
                let female = self.rand.chance(0.7);
                let person = Person::new(self.lex, self.country, female, &mut self.rand);
                let form = self.rand.of(["full", "flast", "last", "first"]);
                let text = person.name(form, &mut self.rand);
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
                ]);
                out.text(before).entity(T::Doctor, &text).text(after);
            }
            // A person that a carrier spoke of: the same number is the same person.
            "WHO" => {
                let at = variant.parse::<usize>().unwrap_or(0);
                while self.doctors.len() <= at.min(30) {
                    let female = self.rand.chance(0.5);
                    let person = Person::new(self.lex, self.country, female, &mut self.rand);
                    self.doctors.push(person);
                }
                let form = if self.rand.chance(0.85) { "last" } else { "full" };
                let text = self.doctors[at.min(30)].name(form, &mut self.rand);
                out.entity(T::Doctor, &text);
            }
            _ => return false,
        }
        true
    }

    fn phi_slot(&mut self, name: &str, variant: &str, out: &mut Builder) -> bool {
        let (lex, country) = (self.lex, self.country);
        let rand = &mut self.rand;
        let (entity_type, text) = match name {
            "AGE" if rand.chance(0.03) && self.age > 20 => (T::Age, in_words(self.age)),
            "AGE" => (T::Age, self.age.to_string()),
            // An age of a carrier: varied where that does not make a child an adult.
            "AGEN" => {
                let age = match variant.parse::<i64>() {
                    Ok(age) if age >= 18 => rand.range((age - 5).max(18), age + 5).to_string(),
                    _ => variant.to_string(),
                };
                (T::Age, age)
            }
            "AGE2" => (T::Age, rand.range(1, 99).to_string()),
            "DECADE" => {
                let decade = rand.range(2, 9) * 10;
                let words = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
                match rand.below(4) {
                    0 => (T::Age, words[(decade / 10 - 2) as usize].to_string()),
                    1 => (T::Age, format!("{decade}'s")),
                    _ => (T::Age, format!("{decade}s")),
                }
            }
            "DATE" => {
                let (before, text) = self.dates.format(variant, rand);
                out.text(before);
                (T::Date, text)
            }
            "HOSP" | "HOSP2" => {
                let text = match variant {
                    "nh" => places::nursing_home(lex, country, rand),
                    "clinic" => places::clinic(lex, country, rand),
                    _ => {
                        let hospital = if name == "HOSP" { self.hospital.clone() } else { places::hospital(lex, country, rand) };
                        match variant {
                            "abbr" => hospital.short,
                            "upper" => hospital.name.to_uppercase(),
                            _ if rand.chance(0.12) => hospital.short,
                            _ => hospital.name,
                        }
                    }
                };
                match text.strip_prefix("the ").or(text.strip_prefix("The ")) {
                    Some(rest) => {
                        out.text("the ");
                        (T::Hospital, rest.to_string())
                    }
                    None => (T::Hospital, text),
                }
            }
            "ORG" => (T::Organization, places::organization(lex, country, variant, rand)),
            "PROF" | "aPROF" => {
                let job = places::profession(lex, rand);
                if name == "aPROF" {
                    out.text(if job.starts_with(['a', 'e', 'i', 'o', 'u']) { "an " } else { "a " });
                }
                (T::Profession, if name == "PROF" && rand.chance(0.1) { upper_first(&job) } else { job })
            }
            "STREET" => (T::Street, places::street(lex, country, rand)),
            "CITY" => (T::City, places::city(lex, country, rand)),
            "STATE" => (T::State, places::state(lex, country, variant == "abbr", rand)),
            "ZIP" => (T::Zip, places::zip(lex, country, rand)),
            "COUNTRY" => (T::Country, places::country(lex, rand)),
            "LOC" => (T::LocationOther, places::other_place(lex, country, variant, rand)),
            "ADDR" | "ADDR2" => {
                self.address(name == "ADDR2", out);
                return true;
            }
            "PHONE" => (T::Phone, if rand.chance(0.25) { self.phone.clone() } else { ids::phone(lex, country, rand) }),
            "PAGER" => (T::Phone, ids::pager(lex, country, rand)),
            "EXT" => (T::Phone, ids::number("EXT", "", lex, country, rand)),
            "FAX" => (T::Fax, ids::phone(lex, country, rand)),
            "EMAIL" if variant == "doc" => {
                let person = self.doctor();
                (T::Email, ids::email(&person, country, true, &mut self.rand))
            }
            "EMAIL" => (T::Email, ids::email(&self.patient, country, false, rand)),
            "URL" => {
                let person = self.doctor();
                (T::Url, ids::url(&person, country, &mut self.rand))
            }
            "IP" => (T::IpAddr, ids::ip(rand)),
            "USER" => {
                let person = if rand.chance(0.4) { self.patient.clone() } else { self.doctor() };
                (T::Username, ids::username(&person, &mut self.rand))
            }
            "MRN" if variant.is_empty() && rand.chance(0.6) => (T::MedicalRecord, self.mrn.clone()),
            _ => {
                let entity_type = match name {
                    "MRN" | "NHS" => T::MedicalRecord,
                    "SSN" => T::Ssn,
                    "PLAN" => T::HealthPlan,
                    "ACCT" => T::Account,
                    "LIC" => T::License,
                    "VEH" => T::Vehicle,
                    "DEV" => T::Device,
                    "BIO" => T::BioId,
                    "ID" => T::IdNum,
                    _ => return false,
                };
                (entity_type, ids::number(name, variant, lex, country, rand))
            }
        };
        out.entity(entity_type, &text);
        true
    }

    /// An address in one line or several: street, city, state and code are four entities.
    fn address(&mut self, lines: bool, out: &mut Builder) {
        let (lex, country) = (self.lex, self.country);
        let rand = &mut self.rand;
        let street = places::street(lex, country, rand);
        let city = places::city(lex, country, rand);
        let short = rand.chance(0.8);
        let state = places::state(lex, country, short, rand);
        let zip = places::zip(lex, country, rand);
        let break_ = if lines { "\n" } else { rand.of([", ", ", ", " ", "; "]) };
        out.entity(T::Street, &street).text(break_);
        if rand.chance(0.08) {
            let place = places::other_place(lex, country, "box", rand);
            out.entity(T::LocationOther, &place).text(break_);
        }
        out.entity(T::City, &city);
        match country {
            "US" | "CA" | "AU" => {
                let comma = rand.of([", ", ", ", " "]);
                out.text(comma).entity(T::State, &state);
                let gap = rand.of([" ", " ", "  ", ", "]);
                if rand.chance(0.9) {
                    out.text(gap).entity(T::Zip, &zip);
                }
            }
            _ => {
                if rand.chance(0.5) {
                    out.text(", ").entity(T::State, &state);
                }
                out.text(if lines { "\n" } else { rand.of([", ", " "]) }).entity(T::Zip, &zip);
            }
        }
        if rand.chance(0.12) {
            let country = places::country(lex, rand);
            out.text(if lines { "\n" } else { ", " }).entity(T::Country, &country);
        }
    }

    fn plain_slot(&mut self, name: &str, variant: &str, out: &mut Builder) -> bool {
        let female = self.patient.female;
        let age = self.age;
        let rand = &mut self.rand;
        let lex = self.lex;
        let pronoun = |he: &str, she: &str| if female { she.to_string() } else { he.to_string() };
        let text = match name {
            "he" => pronoun("he", "she"),
            "He" => pronoun("He", "She"),
            "him" => pronoun("him", "her"),
            "his" => pronoun("his", "her"),
            "His" => pronoun("His", "Her"),
            "sexletter" => pronoun(rand.of(["M", "M", "m"]), rand.of(["F", "F", "f"])),
            "sex" => pronoun("male", "female"),
            "man" if age < 16 => pronoun("boy", "girl"),
            "man" => pronoun(rand.of(["man", "gentleman", "male"]), rand.of(["woman", "lady", "female"])),
            "spouse" => rand.of([if female { "husband" } else { "wife" }, "partner", if female { "husband" } else { "wife" }]).to_string(),
            "kin" => rand
                .of([
                    "daughter",
                    "son",
                    "sister",
                    "brother",
                    "mother",
                    "father",
                    "niece",
                    "nephew",
                    "aunt",
                    "granddaughter",
                    "grandson",
                    "cousin",
                    "friend",
                    "son-in-law",
                ])
                .to_string(),
            "TIME" if variant == "hms" => rand.shape("1#:2#:3#Z"),
            "TIME" => {
                let (h, m) = (rand.range(1, 12), rand.range(0, 59));
                match rand.below(5) {
                    0 => format!("{h}:{m:02} p.m."),
                    1 => format!("{h}:{m:02} AM"),
                    2 => format!("{:02}{m:02}", h + 11),
                    3 => format!("{h}:{m:02}pm"),
                    _ => format!("{h:02}:{m:02}"),
                }
            }
            "DRUG" => {
                let drug = rand.pick(&lex.drugs).to_string();
                if rand.chance(0.3) { drug.to_lowercase() } else { drug }
            }
            "DOSE" => format!(
                "{} {}",
                rand.of(["5", "10", "20", "25", "40", "81", "100", "500", "0.5", "1,000", "2.5", "12.5"]),
                rand.of(["mg", "mg", "mcg", "mg po", "units", "mL"])
            ),
            "DX" => clinical(rand.pick(&lex.diseases)),
            "SX" => clinical(rand.pick(&lex.symptoms)),
            "EPO" => rand.pick(&lex.eponyms).to_string(),
            "CODE" => lex.diagnoses.get(rand.below(lex.diagnoses.len())).map_or(String::new(), |d| d.0.clone()),
            "BP" => format!("{}/{}", rand.range(85, 190), rand.range(45, 110)),
            "VAL" => format!("{}.{}", rand.range(0, 19), rand.below(10)),
            "NUM" => rand.range(2, 240).to_string(),
            "NUM1" => rand.below(10).to_string(),
            "DUR" => {
                let n = rand.range(2, 12);
                let unit = rand.of(["weeks", "days", "months", "hours", "wks"]);
                match rand.below(4) {
                    0 => format!("{n}-{} {unit}", n + 1),
                    1 => format!("{} {unit}", rand.of(["two", "three", "four", "six", "several"])),
                    _ => format!("{n} {unit}"),
                }
            }
            _ => return false,
        };
        out.text(&text);
        true
    }
}

/// A number above 20 in words.
fn in_words(n: i64) -> String {
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    const ONES: [&str; 9] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let tens = TENS.get((n / 10 - 2).max(0) as usize);
    let ones = ONES.get((n % 10 - 1).max(0) as usize);
    match (tens, ones) {
        (Some(tens), _) if n % 10 == 0 => (*tens).to_string(),
        (Some(tens), Some(ones)) => format!("{tens}-{ones}"),
        _ => n.to_string(),
    }
}

/// A term of a list as it stands inside a sentence.
fn clinical(term: &str) -> String {
    let second_is_lower = term.chars().nth(1).is_some_and(char::is_lowercase);
    let first_word = term.split([' ', ',', '\'']).next().unwrap_or_default();
    if second_is_lower && !carriers::is_clinical_capital(first_word) { term.to_lowercase() } else { upper_first(term) }
}
