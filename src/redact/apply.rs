use super::replace::Replacer;
use super::{Context, OperatorKind, Policy, Report};
use crate::error::{Error, Result};
use crate::tags::Entity;
use crate::text::Span;
use std::fmt;

/// A redacted text and what became of each entity.
#[derive(Clone, PartialEq)]
pub struct Redaction {
    /// The redacted text.
    pub text: String,
    /// The entities, in the order of the text.
    pub entities: Vec<RedactedEntity>,
    /// Counts, without any text.
    pub report: Report,
}

impl fmt::Debug for Redaction {
    /// Leaves the text out: what was not found is still in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redaction").field("len", &self.text.len()).field("report", &self.report).finish_non_exhaustive()
    }
}

/// An entity and what stands in its place.
#[derive(Clone, PartialEq)]
pub struct RedactedEntity {
    /// The entity, with its span in the original text.
    pub entity: Entity,
    /// What was done to it: the policy's operator, or the label where that could not be used on these words.
    pub operator: OperatorKind,
    /// What stands in its place: the covered text itself if the policy keeps it.
    pub replacement: String,
    /// Where `replacement` stands, in bytes of [`Redaction::text`]. Empty for a removed entity.
    pub output: Span,
}

impl fmt::Debug for RedactedEntity {
    /// Leaves the replacement out: the policy may have kept the text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedactedEntity").field("entity", &self.entity).field("output", &self.output).finish_non_exhaustive()
    }
}

/// Replaces `entities` in `text` as `policy` says, in one pass from left to right. Everything else is copied byte for byte.
///
/// # Errors
/// [`Error::OptionInvalid`] when entities are not in the order of the text, overlap, cover nothing, reach beyond the text or cut a
/// character, and when the policy hashes and `context` holds no key. No part of the text is returned then.
pub fn apply(text: &str, entities: &[Entity], policy: &Policy, context: &Context) -> Result<Redaction> {
    let replacer = Replacer::new(text, entities, covered(text, entities)?, policy, context)?;
    let mut out = String::with_capacity(text.len());
    let mut redacted = Vec::with_capacity(entities.len());
    let mut report = Report::new(policy);
    let mut end = 0;
    for (i, entity) in entities.iter().enumerate() {
        // All of it was checked to fit.
        out += text.get(end..entity.span.start).unwrap_or_default();
        let (replacement, operator) = replacer.replacement(i)?;
        let output = Span::new(out.len(), out.len() + replacement.len());
        out += &replacement;
        report.add(entity.entity_type, operator);
        redacted.push(RedactedEntity { entity: *entity, operator, replacement, output });
        end = entity.span.end;
    }
    out += text.get(end..).unwrap_or_default();
    Ok(Redaction { text: out, entities: redacted, report })
}

/// What each entity covers, if they are as [`apply`] wants them.
fn covered<'a>(text: &'a str, entities: &[Entity]) -> Result<Vec<&'a str>> {
    let mut end = 0;
    let mut covered = Vec::with_capacity(entities.len());
    for (i, entity) in entities.iter().enumerate() {
        let Span { start: first, end: last } = entity.span;
        let invalid = |reason: &str| Error::OptionInvalid { option: "entities", reason: format!("entity {i} at {first}..{last} {reason}") };
        if first >= last {
            return Err(invalid("covers nothing"));
        }
        if first < end {
            return Err(invalid("overlaps or precedes the one before it"));
        }
        covered.push(entity.span.slice(text).ok_or_else(|| invalid("reaches beyond the text or cuts a character"))?);
        end = last;
    }
    Ok(covered)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labels::EntityType;
    use crate::redact::{Mask, Operator};
    use crate::tags::Source;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    const TEXT: &str = "\u{feff}Zoe\u{301} Ng\r\n👩\u{200d}⚕️ שרה\u{200f} לוי, b. 1\u{200b}/2\r\n";

    fn entity(start: usize, end: usize, entity_type: EntityType) -> Entity {
        Entity { span: Span { start, end }, entity_type, score: 1.0, source: Source::Model }
    }

    fn found(slices: &[(&str, EntityType)]) -> Vec<Entity> {
        let find = |&(slice, t): &(&str, EntityType)| TEXT.find(slice).map(|start| entity(start, start + slice.len(), t)).unwrap();
        slices.iter().map(find).collect()
    }

    fn some() -> Vec<Entity> {
        found(&[
            ("Zoe\u{301} Ng", EntityType::Patient),
            ("👩\u{200d}⚕️ ", EntityType::Doctor),
            ("שרה\u{200f} לוי", EntityType::Patient),
            ("1\u{200b}/2\r\n", EntityType::Date),
        ])
    }

    #[test]
    fn labels_leave_the_rest_as_it_was() {
        let redaction = apply(TEXT, &some(), &Policy::i2b2(), &Context::default()).unwrap();
        assert_eq!(redaction.text, "\u{feff}[PATIENT]\r\n[DOCTOR][PATIENT], b. [DATE]");
        assert_eq!(redaction.report.entities, 4);
        assert_eq!(redaction.report.of_type(EntityType::Patient), 2);
        assert_eq!(redaction.report.policy_sha256, Policy::i2b2().sha256());
        assert_eq!(
            serde_json::to_value(&redaction.report).unwrap()["types"],
            serde_json::json!({"PATIENT": {"label": 2}, "DOCTOR": {"label": 1}, "DATE": {"label": 1}})
        );
    }

    #[test]
    fn a_mask_keeps_the_length_in_characters() {
        let redaction = apply(TEXT, &some(), &Policy::mask(), &Context::default()).unwrap();
        assert_eq!(redaction.text, "\u{feff}███████\r\n█████████████, b. ██████");
        assert_eq!(redaction.text.chars().count(), TEXT.chars().count());
    }

    #[test]
    fn each_type_meets_its_operator() {
        let types = BTreeMap::from([
            (EntityType::Patient, Operator::Keep),
            (EntityType::Doctor, Operator::Remove),
            (EntityType::Date, Operator::Mask(Mask { char: '*', length: Some(3) })),
        ]);
        let policy = Policy::new("mixed", Operator::Label, types).unwrap();
        let redaction = apply(TEXT, &some(), &policy, &Context::default()).unwrap();
        assert_eq!(redaction.text, "\u{feff}Zoe\u{301} Ng\r\nשרה\u{200f} לוי, b. ***");
        assert_eq!(redaction.report.kept, 2);
        assert_eq!(redaction.report.types[&EntityType::Doctor][&OperatorKind::Remove], 1);
        assert!(!format!("{redaction:?}{:?}", redaction.entities).contains("Zoe"));
    }

    #[test]
    fn no_entity_no_change() {
        assert_eq!(apply(TEXT, &[], &Policy::i2b2(), &Context::default()).unwrap().text, TEXT);
        assert_eq!(apply("", &[], &Policy::i2b2(), &Context::default()).unwrap().text, "");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let t = EntityType::Patient;
        for (entities, reason) in [
            (vec![entity(0, 6, t), entity(5, 7, t)], "overlaps"),
            (vec![entity(3, 6, t), entity(3, 6, t)], "overlaps"),
            (vec![entity(8, 9, t), entity(3, 4, t)], "precedes"),
            (vec![entity(3, 3, t)], "nothing"),
            (vec![entity(4, 3, t)], "nothing"),
            (vec![entity(1, 3, t)], "cuts"),
            (vec![entity(3, 7, t)], "cuts"),
            (vec![entity(3, TEXT.len() + 1, t)], "beyond"),
            (vec![entity(usize::MAX - 1, usize::MAX, t)], "beyond"),
        ] {
            let error = apply(TEXT, &entities, &Policy::i2b2(), &Context::default()).unwrap_err();
            assert_eq!(error.code(), "OPTION_INVALID");
            assert!(error.to_string().contains(reason), "{error}");
        }
    }

    /// A text in pieces; every second piece is an entity.
    fn pieces() -> impl Strategy<Value = Vec<(String, usize)>> {
        let piece = "[a-zA-Z0-9 \r\n\t.\\[\\]é\u{301}\u{200d}\u{200f}\u{200b}😀👩⚕של]{1,6}";
        proptest::collection::vec((piece, 0..EntityType::ALL.len()), 0..9)
    }

    fn policy() -> impl Strategy<Value = Policy> {
        let mask = (proptest::sample::select(vec!['*', 'X', '█', '😀']), proptest::option::of(1usize..5));
        let operator = prop_oneof![
            Just(Operator::Label),
            Just(Operator::Remove),
            Just(Operator::Keep),
            mask.prop_map(|(char, length)| Operator::Mask(Mask { char, length })),
        ];
        let types = proptest::collection::btree_map(proptest::sample::select(EntityType::ALL.to_vec()), operator.clone(), 0..9);
        (operator, types).prop_map(|(default, types)| Policy::new("p", default, types).unwrap())
    }

    proptest! {
        #[test]
        fn only_entities_change(pieces in pieces(), policy in policy()) {
            let (mut text, mut entities, mut gaps) = (String::new(), Vec::new(), vec![String::new()]);
            for (i, (piece, t)) in pieces.iter().enumerate() {
                if i % 2 == 1 {
                    entities.push(entity(text.len(), text.len() + piece.len(), EntityType::ALL[*t]));
                    gaps.push(String::new());
                } else {
                    gaps.last_mut().unwrap().push_str(piece);
                }
                text += piece;
            }
            let redaction = apply(&text, &entities, &policy, &Context::default()).unwrap();

            // Walk over the output: gap, replacement, gap, … and nothing else.
            let mut at = 0;
            for (gap, redacted) in gaps.iter().zip(&redaction.entities) {
                prop_assert_eq!(&redaction.text[at..redacted.output.start], gap);
                prop_assert_eq!(redacted.output.slice(&redaction.text), Some(redacted.replacement.as_str()));
                let covered = redacted.entity.span.slice(&text).unwrap();
                match policy.operator(redacted.entity.entity_type) {
                    Operator::Label => prop_assert_eq!(&redacted.replacement, &format!("[{}]", redacted.entity.entity_type)),
                    Operator::Remove => prop_assert_eq!(&redacted.replacement, ""),
                    Operator::Keep => prop_assert_eq!(&redacted.replacement, covered),
                    Operator::Mask(mask) => {
                        prop_assert!(redacted.replacement.chars().all(|c| c == mask.char));
                        prop_assert_eq!(redacted.replacement.chars().count(), mask.length.unwrap_or(covered.chars().count()));
                    }
                    _ => unreachable!("not drawn here"),
                }
                at = redacted.output.end;
            }
            prop_assert_eq!(&redaction.text[at..], gaps.last().unwrap());
            let (taken, given): (usize, usize) = redaction.entities.iter().map(|r| (r.entity.span.len(), r.output.len())).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
            prop_assert_eq!(redaction.text.len(), text.len() - taken + given);
            prop_assert_eq!(redaction.report.entities, entities.len());
            prop_assert_eq!(redaction.report.types.values().flat_map(|o| o.values()).sum::<usize>(), entities.len());
        }

        #[test]
        fn no_spans_panic(spans in proptest::collection::vec((0..60usize, 0..60usize), 0..5)) {
            let entities: Vec<_> = spans.into_iter().map(|(start, end)| entity(start, end, EntityType::Age)).collect();
            let _ = apply(TEXT, &entities, &Policy::mask(), &Context::default());
        }
    }
}
