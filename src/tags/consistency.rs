//! A name recognised once is looked for in the whole document.
//!
//! An encoder sees a window: it knows "Okafor" for a surname in "Mr. Okafor", and may pass over "okafor npo from 2200" three pages on.

use super::viterbi::WordScores;
use super::{Entity, Source};
use crate::labels::{Category, EntityType, LabelSet};
use crate::text::Span;
use std::collections::{BTreeMap, HashMap};

/// From this score on an entity is believed enough to look for it elsewhere.
const BELIEVED: f32 = 0.8;
/// How likely the encoder must hold it, at the other place, that the words are PHI: names are words too ("Grace", "Long", "May").
const PLAUSIBLE: f32 = 0.02;
/// Bytes of the longest form that is looked for.
const LONGEST: usize = 200;

/// The places where what `known` names stands again and nothing was found: parts of people's names, whole user names, acronyms and names
/// of several words of places and organisations where the encoder thinks PHI at least possible there, and numbers anywhere. `words` are those of the whole text, in order.
pub fn repeated(text: &str, words: &[WordScores], labels: &LabelSet, known: &[Entity]) -> Vec<Entity> {
    let mut forms: BTreeMap<String, (EntityType, f32)> = BTreeMap::new();
    for entity in known.iter().filter(|e| e.score >= BELIEVED) {
        for form in forms_of(entity, text) {
            let best = forms.entry(form).or_insert((entity.entity_type, entity.score));
            if entity.score > best.1 {
                *best = (entity.entity_type, entity.score);
            }
        }
    }
    if forms.is_empty() {
        return Vec::new();
    }
    let mut taken: Vec<Span> = known.iter().map(|e| e.span).collect();
    taken.sort_unstable();
    let mut found = Vec::new();
    for (span, entity_type) in places(&small(text), &forms) {
        let slice = span.slice(text).unwrap_or_default();
        let next = taken.partition_point(|t| t.end <= span.start);
        let free = taken.get(next).is_none_or(|t| t.start >= span.end);
        // A place's acronym is no word in small letters.
        let acronym = entity_type.category() == Category::Location && !slice.contains(char::is_whitespace);
        if !free || acronym && !is_acronym(slice) {
            continue;
        }
        let from = words.partition_point(|w| w.span.end <= span.start);
        let here: Vec<&WordScores> = words[from..].iter().take_while(|w| w.span.start < span.end).collect();
        let phi = here.iter().map(|w| w.phi_probability(labels)).fold(0.0, f32::max);
        if is_number(entity_type) || phi >= PLAUSIBLE {
            found.push(Entity { span, entity_type, score: phi.max(0.5), source: Source::Model });
        }
    }
    found
}

/// Gives the mentions of one person one type. Whether "Okafor" is the patient or the doctor is plain in one place ("Mr. Okafor, 54,")
/// and not in another; the places vote with their scores. Types change, spans do not.
pub fn agree(text: &str, entities: &mut [Entity]) {
    let person = |e: &Entity| matches!(e.entity_type, EntityType::Patient | EntityType::Doctor) && e.source != Source::List;
    let mut votes: BTreeMap<String, [f32; 2]> = BTreeMap::new();
    for entity in entities.iter().filter(|e| person(e)) {
        for form in forms_of(entity, text) {
            // What is nearly certain weighs most.
            votes.entry(form).or_default()[usize::from(entity.entity_type == EntityType::Doctor)] += entity.score.powi(3);
        }
    }
    for entity in entities.iter_mut().filter(|e| person(e)) {
        let mut sum = [0.0; 2];
        for form in forms_of(entity, text) {
            let vote = votes.get(&form).copied().unwrap_or_default();
            sum = [sum[0] + vote[0], sum[1] + vote[1]];
        }
        let own = usize::from(entity.entity_type == EntityType::Doctor);
        if sum[1 - own] > 1.5 * sum[own] {
            entity.entity_type = if own == 0 { EntityType::Doctor } else { EntityType::Patient };
        }
    }
}

/// `text` in lower case, byte for byte: a letter whose small one has another length (İ) stays.
fn small(text: &str) -> String {
    let small = |c: char| {
        let mut lower = c.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
            _ => c,
        }
    };
    text.chars().map(small).collect()
}

/// What of an entity is looked for, in lower case.
fn forms_of(entity: &Entity, text: &str) -> Vec<String> {
    let Some(slice) = entity.span.slice(text) else { return Vec::new() };
    let lower = small(slice);
    match entity.entity_type {
        EntityType::Patient | EntityType::Doctor => {
            let name = |part: &&str| part.chars().count() > 2 && part.chars().all(|c| c.is_alphabetic() || "'’-".contains(c));
            let parts = lower.split(|c: char| c.is_whitespace() || ",.\"()^".contains(c));
            parts.filter(name).map(|part| part.trim_matches(['\'', '’', '-']).to_string()).filter(|part| part.chars().count() > 2).collect()
        }
        EntityType::Hospital | EntityType::Organization | EntityType::City | EntityType::Street | EntityType::LocationOther
            if lower.split_whitespace().count() > 1 || is_acronym(slice) =>
        {
            vec![lower]
        }
        EntityType::Username if lower.len() > 3 => vec![lower],
        t if is_number(t) && lower.chars().filter(char::is_ascii_digit).count() > 4 => vec![lower],
        _ => Vec::new(),
    }
}

fn is_acronym(text: &str) -> bool {
    text.chars().count() > 2 && text.chars().all(|c| c.is_uppercase())
}

fn is_number(entity_type: EntityType) -> bool {
    entity_type.category() == Category::Id || matches!(entity_type, EntityType::Phone | EntityType::Fax | EntityType::Email)
}

/// Where one of `forms` stands in `text` with no letter or digit touching it, of several from one place on the longest.
///
/// Hashed word by word, so that the time does not grow with the number of forms; an automaton of a hundred thousand takes too long to
/// build.
fn places(text: &str, forms: &BTreeMap<String, (EntityType, f32)>) -> Vec<(Span, EntityType)> {
    // Every form, and what it begins with up to the end of a word.
    let mut known: HashMap<&str, Option<EntityType>> = HashMap::new();
    for (form, &(entity_type, _)) in forms.iter().filter(|(form, _)| form.len() <= LONGEST) {
        ends(form, 0).for_each(|end| _ = known.entry(&form[..end]).or_default());
        known.insert(form, Some(entity_type));
    }
    let mut found: Vec<(Span, EntityType)> = Vec::new();
    let (mut inside, mut free) = (false, 0);
    for (start, c) in text.char_indices() {
        if !std::mem::replace(&mut inside, c.is_alphanumeric()) && start >= free {
            let mut best = None;
            for end in ends(text, start) {
                match known.get(&text[start..end]) {
                    None => break,
                    Some(entity_type) => best = entity_type.map(|t| (Span::new(start, end), t)).or(best),
                }
            }
            if let Some((span, entity_type)) = best {
                found.push((span, entity_type));
                free = span.end;
            }
        }
    }
    found
}

/// The places behind `start` that no letter or digit follows.
fn ends(text: &str, start: usize) -> impl Iterator<Item = usize> {
    let rest = &text[start..];
    let after = rest.char_indices().skip(1).filter(|(_, c)| !c.is_alphanumeric()).map(|(at, _)| at);
    after.chain((!rest.is_empty()).then_some(rest.len())).map(move |at| start + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words with a probability of being an AGE; the label set needs no more.
    fn words(text: &str, phi: f32) -> (Vec<WordScores>, LabelSet) {
        let labels = LabelSet::from_id2label(&["O", "B-AGE", "I-AGE"].iter().map(|l| l.to_string()).enumerate().collect()).unwrap();
        let mut at = 0;
        let words = text.split(' ').map(|word| {
            let span = Span::new(at, at + word.len());
            at += word.len() + 1;
            WordScores { span, scores: vec![(1.0 - phi).ln(), phi.ln(), f32::NEG_INFINITY] }
        });
        (words.collect(), labels)
    }

    fn found<'t>(text: &'t str, known: &str, entity_type: EntityType, phi: f32) -> Vec<&'t str> {
        let (words, labels) = words(text, phi);
        let start = text.find(known).unwrap();
        let entity = Entity { span: Span::new(start, start + known.len()), entity_type, score: 0.9, source: Source::Model };
        repeated(text, &words, &labels, &[entity]).into_iter().map(|e| e.span.slice(text).unwrap()).collect()
    }

    #[test]
    fn parts_of_names_are_found_again() {
        let text = "Chidi Okafor-Reyes came; CHIDI slept; chidis; okafor-reyes npo";
        assert_eq!(found(text, "Chidi Okafor-Reyes", EntityType::Patient, 0.1), ["CHIDI", "okafor-reyes"]);
        assert!(found(text, "Chidi Okafor-Reyes", EntityType::Patient, 0.001).is_empty());
    }

    #[test]
    fn mentions_of_one_person_agree() {
        let text = "Okafor, Chidi; Mr Okafor; okafor; Ng; Chidi";
        let mention = |part: &str, from: usize, entity_type, score| {
            let start = from + text[from..].find(part).unwrap();
            Entity { span: Span::new(start, start + part.len()), entity_type, score, source: Source::Model }
        };
        use EntityType::{Doctor, Patient};
        let mut entities = [
            mention("Okafor, Chidi", 0, Patient, 0.99),
            mention("Okafor", 15, Patient, 0.9),
            mention("okafor", 25, Doctor, 0.6),
            mention("Ng", 30, Doctor, 0.9),
            mention("Chidi", 35, Doctor, 0.5),
        ];
        agree(text, &mut entities);
        assert_eq!(entities.map(|e| e.entity_type), [Patient, Patient, Patient, Doctor, Patient]);
    }

    #[test]
    fn numbers_are_found_wherever_they_stand() {
        let text = "MRN 123-4567 then 123-4567 and 9123-4567";
        assert_eq!(found(text, "123-4567", EntityType::MedicalRecord, 0.0001), ["123-4567"]);
    }

    #[test]
    fn names_of_places_are_found_whole() {
        use EntityType::Hospital;
        assert_eq!(found("Saint Brendan's or saint Brendan's or Saint", "Saint Brendan's", Hospital, 0.1), ["saint Brendan's"]);
        assert_eq!(found("ATS and ats and ATS", "ATS", Hospital, 0.1), ["ATS"]);
        assert!(found("Rest here, then Rest", "Rest", Hospital, 0.1).is_empty());
    }

    /// Ends in no time where it is linear, and not at all where every name is tried at every place.
    #[test]
    fn thousands_of_names_are_looked_for_at_once() {
        let names: Vec<String> = (0..4_000).map(|i| format!("Xan{}", letters(i))).collect();
        let text = names.join(" ") + " " + &names.join(" ").to_lowercase();
        let mut at = 0;
        let known: Vec<Entity> = names
            .iter()
            .map(|name| {
                let span = Span::new(at, at + name.len());
                at += name.len() + 1;
                Entity { span, entity_type: EntityType::Patient, score: 0.9, source: Source::Model }
            })
            .collect();
        let (words, labels) = words(&text, 0.1);
        assert_eq!(repeated(&text, &words, &labels, &known).len(), names.len());
    }

    /// A number in letters.
    fn letters(i: usize) -> String {
        i.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
    }

    #[test]
    fn case_is_no_difference_in_any_script() {
        assert_eq!(found("Ольга Петрова, then ОЛЬГА", "Ольга Петрова", EntityType::Patient, 0.1), ["ОЛЬГА"]);
        assert_eq!(small("ΑΣ İK\u{212a}"), "ας İk\u{212a}".replace('ς', "σ"));
    }

    #[test]
    fn initials_and_other_types_are_not_looked_for() {
        assert!(found("JS saw JS", "JS", EntityType::Doctor, 0.4).is_empty());
        assert!(found("Ohio and Ohio", "Ohio", EntityType::State, 0.4).is_empty());
    }
}
