use super::dates::{offset_days, shift_age, shift_dates};
use super::generalise::generalise;
use super::identity::identities;
use super::surrogate::surrogates;
use super::{Context, Key, Operator, OperatorKind, Policy, keep, label, numbered, remove};
use crate::error::{Error, Result};
use crate::labels::EntityType;
use crate::tags::Entity;

/// What stands in place of each entity of one note. What takes the whole note (who is whom, which dates are day first) is worked out
/// once, and only where the policy asks for it.
pub(super) struct Replacer<'a> {
    entities: &'a [Entity],
    covered: Vec<&'a str>,
    policy: &'a Policy,
    key: Option<&'a Key>,
    /// Of the patient.
    seed: [u8; 32],
    identities: Vec<usize>,
    surrogates: Vec<String>,
    /// Of the dates alone; `None` for what cannot be read.
    dates: Vec<Option<String>>,
}

impl<'a> Replacer<'a> {
    /// For `entities` that are known to fit `text`, and cover `covered`.
    pub(super) fn new(text: &str, entities: &'a [Entity], covered: Vec<&'a str>, policy: &'a Policy, context: &'a Context) -> Result<Self> {
        let wants = |kind| entities.iter().any(|e| policy.operator(e.entity_type).kind() == kind);
        let seeded = wants(OperatorKind::Surrogate) || wants(OperatorKind::DateShift);
        let derive = |key: &Key| key.derive("patient", &context.patient);
        let seed = match &context.key {
            Some(key) => derive(key),
            None if seeded => derive(&Key::random()?),
            None => [0; 32], // of no use to anybody
        };
        let mut replacer = Self {
            entities,
            covered,
            policy,
            key: context.key.as_ref(),
            seed,
            identities: Vec::new(),
            surrogates: Vec::new(),
            dates: Vec::new(),
        };
        if wants(OperatorKind::NumberedLabel) {
            replacer.identities = identities(text, entities);
        }
        if wants(OperatorKind::Surrogate) {
            replacer.surrogates = surrogates(text, entities, &replacer.seed);
        }
        if let Operator::DateShift(shift) = policy.operator(EntityType::Date) {
            replacer.dates = replacer.shifted(offset_days(&replacer.seed, shift.max_days));
        }
        Ok(replacer)
    }

    /// The dates moved, by the number of their entity.
    fn shifted(&self, days: i32) -> Vec<Option<String>> {
        let date = |e: &Entity| e.entity_type == EntityType::Date;
        let texts: Vec<&str> = self.entities.iter().zip(&self.covered).filter(|(e, _)| date(e)).map(|(_, text)| *text).collect();
        let mut shifted = shift_dates(&texts, days).into_iter();
        self.entities.iter().map(|e| if date(e) { shifted.next().flatten() } else { None }).collect()
    }

    /// What stands in place of entity `i`, and the operator that made it: the label where the policy's own cannot be used on its words.
    pub(super) fn replacement(&self, i: usize) -> Result<(String, OperatorKind)> {
        let (entity_type, covered) = (self.entities[i].entity_type, self.covered[i]);
        let operator = self.policy.operator(entity_type);
        let made = match operator {
            Operator::Label => Some(label::replacement(entity_type)),
            Operator::NumberedLabel => self.identities.get(i).map(|&number| numbered::replacement(entity_type, number)),
            Operator::Mask(mask) => Some(mask.replacement(covered)),
            Operator::Remove => Some(remove::replacement()),
            Operator::Keep => Some(keep::replacement(covered)),
            Operator::Hash(hash) => Some(hash.replacement(covered, entity_type, self.key.ok_or_else(no_key)?)),
            Operator::Surrogate => self.surrogates.get(i).cloned(),
            Operator::DateShift(shift) => match entity_type {
                EntityType::Date => self.dates.get(i).cloned().flatten(),
                EntityType::Age => shift_age(covered, offset_days(&self.seed, shift.max_days)),
                _ => None,
            },
            Operator::Generalise => generalise(entity_type, covered),
        };
        Ok(match made {
            Some(replacement) => (replacement, operator.kind()),
            None => (label::replacement(entity_type), OperatorKind::Label),
        })
    }
}

fn no_key() -> Error {
    Error::OptionInvalid { option: "key", reason: "the policy hashes, and there is no key".into() }
}
