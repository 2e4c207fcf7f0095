//! The forms that a name takes.

use super::Person;
use crate::random::Rand;

fn initial(name: &str) -> String {
    name.chars().find(|c| c.is_alphabetic()).map_or(String::new(), |c| c.to_uppercase().collect())
}

impl Person {
    /// The name in a form; `rand` chooses among the styles that a form leaves open.
    pub(crate) fn name(&self, form: &str, rand: &mut Rand) -> String {
        let Self { first, middle, last, nick, .. } = self;
        if self.mononym {
            return match form {
                "upper" => first.to_uppercase(),
                "init" | "initupper" | "initlast" => initial(first),
                "initlower" => initial(first).to_lowercase(),
                "maiden" => self.maiden.clone(),
                "nick" => nick.clone(),
                _ => first.clone(),
            };
        }
        match form {
            "first" if rand.chance(0.25) => nick.clone(),
            "first" => first.clone(),
            "nick" => nick.clone(),
            "last" => last.clone(),
            "maiden" => self.maiden.clone(),
            "quoted" => self.quoted(rand),
            "flast" => self.initialled(rand),
            "full" => self.full(rand),
            "lastfirst" => self.last_first(rand),
            "upper" => match rand.below(4) {
                0 => self.in_order(first, last).to_uppercase(),
                1 => format!("{last}, {first} {}", initial(middle)).trim_end().to_uppercase(),
                2 => format!("{}, {first}{}", last.to_uppercase(), spaced(middle)),
                _ => format!("{last}, {first}").to_uppercase(),
            },
            "header" => {
                let form = rand.of(["full", "full", "lastfirst", "lastfirst", "upper", "flast", "surnamefirst"]);
                self.name(form, rand)
            }
            // "OKAFOR Chidi", "Okafor Chidi": registers of many countries.
            "surnamefirst" if rand.chance(0.5) => format!("{} {first}{}", last.to_uppercase(), spaced(middle)),
            "surnamefirst" => format!("{last} {first}{}", spaced(middle)),
            "hl7" => match (middle.is_empty(), rand.below(4)) {
                (false, 0) => format!("{last}^{first}^{}", initial(middle)),
                (false, 1) => format!("{last}^{first}^{middle}").to_uppercase(),
                (_, 2) => format!("{last}^{first}"),
                _ => format!("{last}^{first}").to_uppercase(),
            },
            "init" => match (middle.is_empty(), rand.below(4)) {
                (false, 0 | 1) => format!("{}{}{}", initial(first), initial(middle), initial(last)),
                (_, 2) => format!("{}.{}.", initial(first), initial(last)),
                _ => format!("{}{}", initial(first), initial(last)),
            },
            "initupper" => format!("{}{}{}", initial(first), initial(middle), initial(last)),
            "initlower" => format!("{}{}", initial(first), initial(last)).to_lowercase(),
            "initlast" => initial(last),
            _ => {
                let form = rand.of(["full", "full", "first", "last", "lastfirst"]);
                self.name(form, rand)
            }
        }
    }

    fn in_order(&self, first: &str, last: &str) -> String {
        if self.family_first { format!("{last} {first}") } else { format!("{first} {last}") }
    }

    fn full(&self, rand: &mut Rand) -> String {
        let Self { first, middle, last, .. } = self;
        let name = match (middle.is_empty(), rand.below(8)) {
            (_, 0) if rand.chance(0.2) => return self.quoted(rand),
            (false, 0 | 1) => self.in_order(&format!("{first} {middle}"), last),
            (false, 2 | 3) if !self.family_first => format!("{first} {}{} {last}", initial(middle), rand.of([".", ".", ""])),
            (false, 4) if !self.family_first && rand.chance(0.15) => format!("{}. {middle} {last}", initial(first)),
            // A Western first name before an East-Asian one: "Vincent Wong Ka-Ming".
            (false, 5) if self.family_first && !first.contains('-') => format!("{first} {last} {middle}"),
            _ => self.in_order(first, last),
        };
        if self.suffix.is_empty() { name } else { format!("{name}{} {}", rand.of(["", "", ","]), self.suffix) }
    }

    fn quoted(&self, rand: &mut Rand) -> String {
        let Self { first, last, nick, .. } = self;
        if nick == first {
            return self.in_order(first, last);
        }
        let (open, close) = rand.of([("\"", "\""), ("\"", "\""), ("'", "'"), ("(", ")"), ("“", "”")]);
        format!("{first} {open}{nick}{close} {last}")
    }

    fn initialled(&self, rand: &mut Rand) -> String {
        let Self { first, middle, last, .. } = self;
        match (middle.is_empty(), rand.below(6)) {
            (false, 0) => format!("{}. {}. {last}", initial(first), initial(middle)),
            (false, 1) => format!("{}.{}. {last}", initial(first), initial(middle)),
            (false, 2) => format!("{}{} {last}", initial(first), initial(middle)),
            (_, 3) => format!("{} {last}", initial(first)),
            (_, 4) if rand.chance(0.3) => format!("{last} {}", initial(first)),
            (_, 4) if rand.chance(0.3) => format!("{}.{last}", initial(first)),
            _ => format!("{}. {last}", initial(first)),
        }
    }

    fn last_first(&self, rand: &mut Rand) -> String {
        let Self { first, middle, last, suffix, .. } = self;
        let last = if suffix.is_empty() { last.clone() } else { format!("{last} {suffix}") };
        match (middle.is_empty(), rand.below(7)) {
            (false, 0 | 1) => format!("{last}, {first} {}", initial(middle)),
            (false, 2) => format!("{last}, {first} {middle}"),
            (false, 3) if rand.chance(0.4) => format!("{last}, {}{}", initial(first), initial(middle)),
            (_, 4) if rand.chance(0.4) => format!("{last},{first}"),
            (_, 5) if rand.chance(0.4) => format!("{}, {first}", last.to_uppercase()),
            (_, 6) if rand.chance(0.2) => format!("{last}, {}", initial(first)),
            _ => format!("{last}, {first}"),
        }
    }
}

fn spaced(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!(" {name}") }
}
