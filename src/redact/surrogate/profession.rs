//! Occupations.

use super::Note;
use super::case::like;
use super::lexicon::LEXICON;
use crate::redact::identity::fold;

/// Words before an occupation that stay.
const KEPT: &[&str] =
    &["retired", "former", "ex", "semi-retired", "part-time", "full-time", "unemployed", "self-employed", "disabled", "a", "an", "the"];

/// Another occupation, in the plural if the first stands in it, that takes the same indefinite article.
pub(super) fn surrogate(note: &Note, slice: &str) -> Option<String> {
    let mut core = slice.trim_start();
    while let Some((first, rest)) = core.split_once(char::is_whitespace) {
        if !KEPT.contains(&first.to_lowercase().as_str()) || rest.trim().is_empty() {
            break;
        }
        core = rest.trim_start();
    }
    let kept = slice.strip_suffix(core)?;
    let key = fold(core);
    let plural = key.len() > 3 && key.ends_with('s') && !key.ends_with("ss") && !key.ends_with("us");
    let made = note.first(core, |attempt| {
        let item = note.seed.draw("profession", &key, attempt).pick(&LEXICON.professions)?;
        let item = if plural { in_plural(item) } else { item.to_string() };
        // "CEO" is no word in capitals.
        (takes_an(&item) == takes_an(core)).then(|| if key.len() < 4 { item } else { like(core, &item) })
    })?;
    Some(format!("{kept}{made}"))
}

/// Whether "an" stands before it, by how it is spoken.
fn takes_an(words: &str) -> bool {
    let word = words.trim_start().to_lowercase();
    let consonant = ["uni", "use", "usa", "eu", "one"].iter().any(|start| word.starts_with(start));
    let silent = ["hour", "honest", "heir", "honor"].iter().any(|start| word.starts_with(start));
    silent || word.starts_with(['a', 'e', 'i', 'o', 'u']) && !consonant
}

fn in_plural(item: &str) -> String {
    match item {
        item if item.ends_with(['s', 'x']) || item.ends_with("ch") || item.ends_with("sh") => format!("{item}es"),
        item if item.ends_with('y') && !item.ends_with(['a', 'e', 'o']) => format!("{}ies", item.trim_end_matches('y')),
        item => format!("{item}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_and_plurals_agree() {
        assert!(takes_an("Engineer") && takes_an("hourly worker") && !takes_an("user of tools") && !takes_an("welder") && !takes_an(""));
        assert_eq!(in_plural("welder"), "welders");
        assert_eq!(in_plural("seamstress"), "seamstresses");
    }
}
