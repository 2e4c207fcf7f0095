use super::{Scene, numbered};
use crate::labels::EntityType as T;
use crate::synth::builder::Builder;
use jiff::ToSpan;

/// Ways of writing the time of the day.
pub(super) const CLOCKS: usize = 6;

impl Scene<'_> {
    pub(super) fn time_slot(&mut self, name: &str, variant: &str, out: &mut Builder) -> bool {
        match (name, numbered(name)) {
            ("AGE", _) => {
                let text = if self.rand.chance(0.03) && self.age > 20 { in_words(self.age) } else { self.age.max(1).to_string() };
                out.entity(T::Age, &text);
            }
            // An age of a carrier: the patient's is the scene's, others are varied where that does not make a child an adult.
            ("AGEN", _) => {
                let age = match variant.parse::<i64>() {
                    Ok(age) if Some(age) == self.carrier_age => self.age.to_string(),
                    Ok(age) if age >= 18 => self.rand.range((age - 5).max(18), age + 5).to_string(),
                    _ => variant.to_string(),
                };
                out.entity(T::Age, &age);
            }
            ("AGE2", _) => {
                let age = self.age_of_another(out).to_string();
                out.entity(T::Age, &age);
            }
            ("DECADE", _) => {
                let text = self.decade();
                out.entity(T::Age, &text);
            }
            ("DATE", _) => {
                let (before, text) = self.dates.format(variant, &mut self.rand);
                out.text(before).entity(T::Date, &text);
            }
            ("TIME", _) => {
                let text = self.clock_time(variant);
                out.text(&text);
            }
            _ => {
                let Some(days) = name.strip_prefix("DAY").and_then(|n| if n.is_empty() { Some(0) } else { n.parse::<i64>().ok() }) else {
                    return false;
                };
                let variant = if variant.is_empty() { "num" } else { variant };
                let (before, text) = self.dates.on(days, variant, &mut self.rand);
                out.text(before).entity(T::Date, &text);
            }
        }
        true
    }

    /// Some days pass: the next author's "today".
    pub(super) fn move_on(&mut self) {
        let days = self.rand.range(0, 20);
        self.dates.today = self.dates.today.saturating_add(days.days());
    }

    fn decade(&mut self) -> String {
        const WORDS: [&str; 8] = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
        let at = self.rand.below(WORDS.len());
        let decade = (at + 2) * 10;
        match self.rand.below(4) {
            0 => WORDS[at].to_string(),
            1 => format!("{decade}'s"),
            _ => format!("{decade}s"),
        }
    }

    fn clock_time(&mut self, variant: &str) -> String {
        let rand = &mut self.rand;
        if variant == "hms" {
            return format!("{:02}:{:02}:{:02}{}", rand.range(0, 23), rand.range(0, 59), rand.range(0, 59), rand.of(["", "Z"]));
        }
        let (h, m) = (rand.range(1, 12), rand.range(0, 59));
        let clock = if rand.chance(0.8) { self.clock } else { rand.below(CLOCKS) };
        match clock {
            0 => format!("{h}:{m:02} p.m."),
            1 => format!("{h}:{m:02} AM"),
            2 => format!("{:02}{m:02}", h + 11),
            3 => format!("{h}:{m:02}pm"),
            4 => format!("{h}.{m:02}{}", rand.of(["am", "pm"])),
            _ => format!("{:02}:{m:02}", h + rand.of([0, 11])),
        }
    }
}

/// A number from 21 to 99 in words; others as figures.
fn in_words(n: i64) -> String {
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    const ONES: [&str; 9] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let tens = usize::try_from(n / 10 - 2).ok().and_then(|at| TENS.get(at));
    let ones = usize::try_from(n % 10 - 1).ok().and_then(|at| ONES.get(at));
    match (tens, ones) {
        (Some(tens), Some(ones)) => format!("{tens}-{ones}"),
        (Some(tens), None) => (*tens).to_string(),
        _ => n.to_string(),
    }
}
