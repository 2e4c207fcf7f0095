use super::lexicon::{Culture, Lexicons};
use super::rng::Rand;

/// Somebody who is spoken of in a document, always by the same name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Person {
    pub(crate) first: String,
    pub(crate) middle: String,
    pub(crate) last: String,
    pub(crate) female: bool,
    /// What the person writes under: the part of an e-mail address before the `@`.
    pub(crate) handle: String,
}

const NICKNAMES: [(&str, &str); 24] = [
    ("William", "Bill"),
    ("Robert", "Bob"),
    ("Elizabeth", "Liz"),
    ("Margaret", "Peggy"),
    ("James", "Jim"),
    ("Michael", "Mike"),
    ("Katherine", "Kathy"),
    ("Catherine", "Cathy"),
    ("Thomas", "Tom"),
    ("Richard", "Dick"),
    ("Patricia", "Pat"),
    ("Jennifer", "Jen"),
    ("Joseph", "Joe"),
    ("Charles", "Chuck"),
    ("Daniel", "Danny"),
    ("Susan", "Sue"),
    ("Deborah", "Debbie"),
    ("Edward", "Ed"),
    ("Anthony", "Tony"),
    ("Barbara", "Barb"),
    ("Christopher", "Chris"),
    ("Stephen", "Steve"),
    ("José", "Pepe"),
    ("Francisco", "Paco"),
];

impl Person {
    /// Somebody of any culture.
    pub(crate) fn new(lex: &Lexicons, female: bool, rand: &mut Rand) -> Self {
        let culture = if rand.chance(0.45) { lex.cultures.get(rand.below(lex.cultures.len())) } else { None };
        let words = lex.cultures.iter().find(|c| c.name == "words");
        let other = |rand: &mut Rand| if rand.chance(0.12) { words } else { culture };
        let (for_first, for_last) = (other(rand), other(rand));
        let first = first_name(lex, for_first, female, rand);
        let middle = if rand.chance(0.6) { first_name(lex, for_first, female, rand) } else { String::new() };
        let mut last = last_name(lex, for_last, rand);
        if rand.chance(0.05) {
            let second = last_name(lex, None, rand);
            last = format!("{last}-{second}");
        }
        let mut person = Self { first, middle, last, female, handle: String::new() };
        person.handle = person.make_handle(rand);
        person
    }

    /// Somebody of the same family.
    pub(crate) fn relative(&self, lex: &Lexicons, female: bool, rand: &mut Rand) -> Self {
        let mut relative = Self::new(lex, female, rand);
        if rand.chance(0.7) {
            relative.last = self.last.clone();
        }
        relative
    }

    /// The name in a form, with `style` choosing among those that a general form leaves open.
    pub(crate) fn name(&self, form: &str, rand: &mut Rand) -> String {
        let Self { first, middle, last, .. } = self;
        let initial = |s: &str| s.chars().next().map_or(String::new(), |c| c.to_uppercase().collect());
        match form {
            "first" => match NICKNAMES.iter().find(|(name, _)| name == first) {
                Some((_, nick)) if rand.chance(0.4) => (*nick).to_string(),
                _ => first.clone(),
            },
            "last" => last.clone(),
            "flast" => match (middle.is_empty(), rand.below(3)) {
                (false, 0) => format!("{}. {}. {last}", initial(first), initial(middle)),
                (_, 1) => format!("{} {last}", initial(first)),
                _ => format!("{}. {last}", initial(first)),
            },
            "full" => match (middle.is_empty(), rand.below(6)) {
                (false, 0) => format!("{first} {middle} {last}"),
                (false, 1 | 2) => format!("{first} {}. {last}", initial(middle)),
                (true, 0) if rand.chance(0.2) => {
                    format!("{first} {last}{}", rand.of([" Jr.", " Jr", " III", " Sr.", " II"]).trim_end_matches('.'))
                }
                _ => format!("{first} {last}"),
            },
            "lastfirst" => match (middle.is_empty(), rand.below(4)) {
                (false, 0) => format!("{last}, {first} {}.", initial(middle)).trim_end_matches('.').to_string(),
                (false, 1) => format!("{last}, {first} {middle}"),
                (_, 2) if rand.chance(0.3) => format!("{last},{first}"),
                _ => format!("{last}, {first}"),
            },
            "upper" => match rand.below(3) {
                0 => format!("{first} {last}").to_uppercase(),
                1 => format!("{last}, {first} {}", initial(middle)).trim_end().to_uppercase(),
                _ => format!("{last}, {first}").to_uppercase(),
            },
            "header" => {
                let form = rand.of(["full", "full", "lastfirst", "lastfirst", "upper", "flast"]);
                self.name(form, rand)
            }
            "hl7" => match (middle.is_empty(), rand.below(3)) {
                (false, 0) => format!("{last}^{first}^{}", initial(middle)),
                (_, 1) => format!("{last}^{first}").to_uppercase(),
                _ => format!("{last}^{first}"),
            },
            "init" => match (middle.is_empty(), rand.below(4)) {
                (false, 0 | 1) => format!("{}{}{}", initial(first), initial(middle), initial(last)),
                (_, 2) => format!("{}.{}.", initial(first), initial(last)),
                _ => format!("{}{}", initial(first), initial(last)),
            },
            "initupper" => format!("{}{}{}", initial(first), initial(middle), initial(last)),
            "initlower" => format!("{}{}", initial(first), initial(last)).to_lowercase(),
            _ => {
                let form = rand.of(["full", "full", "first", "last", "lastfirst"]);
                self.name(form, rand)
            }
        }
    }

    fn make_handle(&self, rand: &mut Rand) -> String {
        let plain = |s: &str| -> String { s.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect() };
        let (first, last) = (plain(&self.first), plain(&self.last));
        let initial: String = first.chars().take(1).collect();
        let digits = rand.digits(2);
        match rand.below(7) {
            0 => format!("{first}.{last}"),
            1 => format!("{initial}{last}"),
            2 => format!("{first}{digits}"),
            3 => format!("{last}{initial}{digits}"),
            4 => format!("{first}_{last}"),
            5 => format!("{initial}.{last}{digits}"),
            _ => format!("{first}{last}"),
        }
    }
}

fn first_name(lex: &Lexicons, culture: Option<&Culture>, female: bool, rand: &mut Rand) -> String {
    let name = match culture {
        Some(c) => rand.pick(if female { &c.female } else { &c.male }),
        None => if female { &lex.us_female } else { &lex.us_male }.pick(rand),
    };
    name.to_string()
}

fn last_name(lex: &Lexicons, culture: Option<&Culture>, rand: &mut Rand) -> String {
    match culture {
        Some(c) => rand.pick(&c.last).to_string(),
        None => lex.us_last.pick(rand).to_string(),
    }
}
