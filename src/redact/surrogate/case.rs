//! Capitals: a surrogate is written as what it stands for.

use crate::redact::identity::is_upper;

/// `surrogate` in the case of `original`: all capitals, all small, or as the lexicon has it, with a capital where the original begins
/// with one, in every word if it has one in every word.
pub(super) fn like(original: &str, surrogate: &str) -> String {
    let letters = original.chars().filter(|c| c.is_alphabetic()).count();
    if is_upper(original) && letters > 1 {
        return surrogate.to_uppercase();
    }
    if !original.chars().any(char::is_uppercase) {
        let cased = original.chars().any(char::is_lowercase);
        return if cased { surrogate.to_lowercase() } else { surrogate.to_string() };
    }
    let mut words = original.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
    let first = words.next().is_some_and(|w| w.starts_with(char::is_uppercase));
    let every = first && words.all(|w| w.starts_with(char::is_uppercase));
    let mut at_start = true;
    surrogate
        .chars()
        .enumerate()
        .flat_map(|(i, c)| {
            let raise = at_start && c.is_alphabetic() && (every || first && i == 0);
            at_start = c.is_whitespace() || c == '-';
            if raise { c.to_uppercase().collect::<Vec<_>>() } else { vec![c] }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_follows() {
        for (original, surrogate, expected) in [
            ("OKAFOR", "Harlan", "HARLAN"),
            ("okafor", "Harlan", "harlan"),
            ("Okafor", "Harlan", "Harlan"),
            ("McDonald", "Harlan", "Harlan"),
            ("ÉMILE", "Harlan", "HARLAN"),
            ("שרה", "Harlan", "Harlan"),
            ("Truck Driver", "tax adviser", "Tax Adviser"),
            ("Truck driver", "tax adviser", "Tax adviser"),
            ("O", "Harlan", "Harlan"),
        ] {
            assert_eq!(like(original, surrogate), expected, "{original}");
        }
    }
}
