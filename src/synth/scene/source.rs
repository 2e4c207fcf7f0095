//! Every call into the lists with the document's country, in one place.

use crate::synth::dates::Dates;
use crate::synth::ids;
use crate::synth::lexicon::Lexicons;
use crate::synth::person::Person;
use crate::synth::places::{self, Hospital};
use crate::synth::rng::Rand;

/// The lists as one country sees them.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) lex: &'a Lexicons,
    pub(crate) country: &'static str,
}

impl Source<'_> {
    pub(crate) fn person(&self, female: bool, rand: &mut Rand) -> Person {
        Person::new(self.lex, female, rand)
    }

    pub(crate) fn relative(&self, of: &Person, female: bool, rand: &mut Rand) -> Person {
        of.relative(self.lex, female, rand)
    }

    /// A person's name in a form.
    pub(crate) fn name(&self, person: &Person, form: &str, rand: &mut Rand) -> String {
        match form {
            "initlast" => person.last.chars().next().map_or(String::new(), |c| c.to_uppercase().collect()),
            "nick" => person.name("first", rand),
            _ => person.name(form, rand),
        }
    }

    pub(crate) fn hospital(&self, rand: &mut Rand) -> Hospital {
        places::hospital(self.lex, rand)
    }

    pub(crate) fn nursing_home(&self, rand: &mut Rand) -> String {
        places::nursing_home(self.lex, rand)
    }

    pub(crate) fn organization(&self, variant: &str, rand: &mut Rand) -> String {
        places::organization(self.lex, variant, rand)
    }

    pub(crate) fn city(&self, rand: &mut Rand) -> String {
        places::city(self.lex, self.country, rand)
    }

    pub(crate) fn state(&self, short: bool, rand: &mut Rand) -> String {
        places::state(self.lex, self.country, short, rand)
    }

    pub(crate) fn zip(&self, rand: &mut Rand) -> String {
        places::zip(self.lex, self.country, rand)
    }

    pub(crate) fn street(&self, rand: &mut Rand) -> String {
        places::street(self.lex, self.country, rand)
    }

    pub(crate) fn country_name(&self, rand: &mut Rand) -> String {
        places::country(self.lex, rand)
    }

    pub(crate) fn other_place(&self, variant: &str, rand: &mut Rand) -> String {
        places::other_place(self.lex, variant, rand)
    }

    pub(crate) fn profession(&self, rand: &mut Rand) -> String {
        places::profession(self.lex, rand)
    }

    /// A surname of the country, as places and firms have one.
    pub(crate) fn surname(&self, rand: &mut Rand) -> String {
        let female = rand.chance(0.5);
        self.person(female, rand).last
    }

    pub(crate) fn phone(&self, rand: &mut Rand) -> String {
        ids::phone(self.lex, self.country, rand)
    }

    pub(crate) fn pager(&self, rand: &mut Rand) -> String {
        ids::pager(self.lex, rand)
    }

    pub(crate) fn number(&self, slot: &str, variant: &str, rand: &mut Rand) -> String {
        match (slot, variant, self.country) {
            ("NHS", _, country) => rand.shape(health_number(country)),
            ("LIC", "npi", _) => ids::number("ID", "npi", self.lex, rand),
            ("SSN", "", country) if country != "US" => ids::number("SSN", "intl", self.lex, rand),
            _ => ids::number(slot, variant, self.lex, rand),
        }
    }

    pub(crate) fn dates(&self, age: i64, rand: &mut Rand) -> Dates {
        Dates::new(age, rand)
    }
}

/// The shape of the number that a patient has in the whole country.
fn health_number(country: &str) -> &'static str {
    match country {
        "UK" => "### ### ####",
        "IE" => "##################",
        "CA" => "####-###-###-@@",
        "AU" => "800360##########",
        "NZ" => "@@@####",
        "IN" => "##-####-####-####",
        "ZA" => "#############",
        "SG" | "MY" => "S#######@",
        "AE" => "784-####-#######-#",
        _ => "##########",
    }
}
