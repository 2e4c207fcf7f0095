//! Every call into the lists with the document's country, in one place.

use crate::random::Rand;
use crate::synth::dates::Dates;
use crate::synth::ids;
use crate::synth::lexicon::Lexicons;
use crate::synth::person::Person;
use crate::synth::places::{self, Hospital};

/// The lists as one country sees them.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) lex: &'a Lexicons,
    pub(crate) country: &'static str,
}

impl Source<'_> {
    pub(crate) fn person(&self, female: bool, rand: &mut Rand) -> Person {
        Person::new(self.lex, self.country, female, rand)
    }

    pub(crate) fn relative(&self, of: &Person, female: bool, rand: &mut Rand) -> Person {
        of.relative(self.lex, self.country, female, rand)
    }

    /// A person's name in a form.
    pub(crate) fn name(&self, person: &Person, form: &str, rand: &mut Rand) -> String {
        person.name(form, rand)
    }

    pub(crate) fn hospital(&self, rand: &mut Rand) -> Hospital {
        places::hospital(self.lex, self.country, rand)
    }

    pub(crate) fn nursing_home(&self, rand: &mut Rand) -> String {
        places::nursing_home(self.lex, self.country, rand)
    }

    /// A practice, surgery or clinic.
    pub(crate) fn clinic(&self, rand: &mut Rand) -> String {
        places::clinic(self.lex, self.country, rand)
    }

    pub(crate) fn organization(&self, variant: &str, rand: &mut Rand) -> String {
        places::organization(self.lex, self.country, variant, rand)
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
        places::other_place(self.lex, self.country, variant, rand)
    }

    pub(crate) fn profession(&self, rand: &mut Rand) -> String {
        places::profession(self.lex, rand)
    }

    pub(crate) fn phone(&self, rand: &mut Rand) -> String {
        ids::phone(self.lex, self.country, rand)
    }

    pub(crate) fn pager(&self, rand: &mut Rand) -> String {
        ids::pager(self.lex, self.country, rand)
    }

    pub(crate) fn number(&self, slot: &str, variant: &str, rand: &mut Rand) -> String {
        ids::number(slot, variant, self.lex, self.country, rand)
    }

    pub(crate) fn dates(&self, age: i64, rand: &mut Rand) -> Dates {
        Dates::new(age, self.country, rand)
    }
}
