use super::{Mask, Operator, OperatorKind};
use crate::error::{Error, Result};
use crate::labels::EntityType;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use sha2::Digest;
use std::collections::BTreeMap;
use std::fmt;

/// Which operator each type of PHI meets.
///
/// In JSON, every field may be left out:
/// ```json
/// {
///   "name": "research",
///   "default": "label",
///   "types": { "DATE": "keep", "PHONE": { "mask": { "char": "*" } }, "USERNAME": "remove" }
/// }
/// ```
/// - `name` stands in the report; `"custom"` by default. At most 64 characters, none of them a control character.
/// - `default` is the operator of the types that `types` does not name; `"label"` by default, so that what a policy forgets is redacted.
/// - `types` has the names of [`EntityType`]: an unknown one is an error, since `"DATES": "remove"` must not silently do nothing; one that
///   stands there twice too.
///
/// `{"default": "keep", "types": {"PATIENT": "label"}}` redacts patients' names alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Fields")]
pub struct Policy {
    name: String,
    default: Operator,
    types: BTreeMap<EntityType, Operator>,
}

impl Policy {
    /// Every type of the i2b2 2014 guideline becomes its label: `[PATIENT]`, `[DATE]`, ….
    pub fn i2b2() -> Self {
        Self { name: "i2b2".into(), default: Operator::Label, types: BTreeMap::new() }
    }

    /// Every type is masked with `█`, lengths kept.
    pub fn mask() -> Self {
        Self { name: "mask".into(), default: Operator::Mask(Mask::default()), types: BTreeMap::new() }
    }

    /// Every type becomes its label with a number, the same for the same person, place or value: `[PATIENT-1]`.
    pub fn numbered() -> Self {
        Self { name: "numbered".into(), default: Operator::NumberedLabel, types: BTreeMap::new() }
    }

    /// Everything gets a surrogate, dates are moved, and ages over 89 become `90+`: the note reads as one that was written so, and what
    /// was missed does not stand out.
    pub fn surrogate() -> Self {
        let types = [(EntityType::Date, OperatorKind::DateShift), (EntityType::Age, OperatorKind::Generalise)];
        Self::of("surrogate", Operator::Surrogate, &types)
    }

    /// The eighteen identifiers of 45 CFR 164.514(b)(2), and names of providers too: ages up to 89 stay, dates keep their year, ZIP codes
    /// three digits where enough people live, states and countries stay. A year of birth of somebody over 89 stays with the other years.
    pub fn safe_harbor() -> Self {
        use OperatorKind::{Generalise, Keep};
        let (age, date, zip) = (EntityType::Age, EntityType::Date, EntityType::Zip);
        let types = [(age, Generalise), (date, Generalise), (zip, Generalise), (EntityType::State, Keep), (EntityType::Country, Keep)];
        Self::of("safe-harbor", Operator::Label, &types)
    }

    /// What 45 CFR 164.514(e)(2) takes out of a limited data set, and names of providers, hospitals and occupations too: dates, ages,
    /// towns, states, ZIP codes and countries stay. Who gets such a note must have signed a data use agreement.
    pub fn limited_dataset() -> Self {
        use EntityType::{Age, City, Country, Date, State, Zip};
        Self::of("limited-dataset", Operator::Label, &[Age, City, Country, Date, State, Zip].map(|t| (t, OperatorKind::Keep)))
    }

    fn of(name: &str, default: Operator, types: &[(EntityType, OperatorKind)]) -> Self {
        Self { name: name.into(), default, types: types.iter().map(|&(t, kind)| (t, kind.into())).collect() }
    }

    /// Names of the built-in policies.
    pub const BUILT_IN: [&str; 6] = ["i2b2", "mask", "numbered", "surrogate", "safe-harbor", "limited-dataset"];

    /// The built-in policy called `name`.
    ///
    /// # Errors
    /// [`Error::OptionInvalid`] when there is none, with the names there are.
    pub fn built_in(name: &str) -> Result<Self> {
        match name {
            "i2b2" => Ok(Self::i2b2()),
            "mask" => Ok(Self::mask()),
            "numbered" => Ok(Self::numbered()),
            "surrogate" => Ok(Self::surrogate()),
            "safe-harbor" => Ok(Self::safe_harbor()),
            "limited-dataset" => Ok(Self::limited_dataset()),
            _ => Err(invalid(format!("there is no policy {name:?}; there are: {}", Self::BUILT_IN.join(", ")))),
        }
    }

    /// A policy of the caller's.
    ///
    /// # Errors
    /// [`Error::OptionInvalid`] for a name or an operator that cannot be used.
    pub fn new(name: impl Into<String>, default: Operator, types: BTreeMap<EntityType, Operator>) -> Result<Self> {
        let name = name.into();
        if name.is_empty() || name.chars().count() > 64 || name.contains(char::is_control) {
            return Err(invalid("the name is empty, longer than 64 characters or holds a control character".into()));
        }
        default.validate()?;
        types.values().try_for_each(Operator::validate)?;
        Ok(Self { name, default, types })
    }

    /// Reads the JSON form.
    ///
    /// # Errors
    /// [`Error::OptionInvalid`] with the parser's words: unknown fields, types and operators, settings out of range.
    pub fn from_json(json: &str) -> Result<Self> {
        // The parser would take a list for the fields in order.
        if !json.trim_start().starts_with('{') {
            return Err(invalid("not a JSON object".into()));
        }
        serde_json::from_str(json).map_err(|error| invalid(error.to_string()))
    }

    /// Its name, for the report.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// SHA-256 of its JSON form as this version writes it, in hexadecimal: says in a report which policy it was, whatever its name.
    pub fn sha256(&self) -> String {
        let json = serde_json::to_vec(self).unwrap_or_default();
        sha2::Sha256::digest(&json).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The operator for entities of `entity_type`.
    pub fn operator(&self, entity_type: EntityType) -> Operator {
        self.types.get(&entity_type).copied().unwrap_or(self.default)
    }
}

impl Default for Policy {
    /// [`Policy::i2b2`].
    fn default() -> Self {
        Self::i2b2()
    }
}

fn invalid(reason: String) -> Error {
    Error::OptionInvalid { option: "policy", reason }
}

/// The JSON form before it is checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    #[serde(default = "custom")]
    name: String,
    #[serde(default)]
    default: Operator,
    #[serde(default)]
    types: Types,
}

fn custom() -> String {
    "custom".into()
}

impl TryFrom<Fields> for Policy {
    type Error = String;

    fn try_from(fields: Fields) -> Result<Self, String> {
        Self::new(fields.name, fields.default, fields.types.0).map_err(|error| match error {
            // The option is named again by whoever reports the parser's error.
            Error::OptionInvalid { reason, .. } => reason,
            other => other.to_string(),
        })
    }
}

/// A map in which no type stands twice, under none of its spellings.
#[derive(Default)]
struct Types(BTreeMap<EntityType, Operator>);

impl<'de> Deserialize<'de> for Types {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Types;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object from type to operator")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Types, A::Error> {
                use serde::de::Error as _;
                let mut types = BTreeMap::new();
                while let Some(name) = map.next_key::<String>()? {
                    let entity_type: EntityType = name.parse().map_err(|_| A::Error::custom(format!("{name:?} is no i2b2 2014 type")))?;
                    if types.insert(entity_type, map.next_value()?).is_some() {
                        return Err(A::Error::custom(format!("{entity_type} stands there twice")));
                    }
                }
                Ok(Types(types))
            }
        }

        deserializer.deserialize_map(Entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_round_trips() {
        let json = r#"{"name":"research","default":"label","types":{"DATE":"keep","PHONE":{"mask":{"char":"*"}},"USERNAME":"remove","ZIP":{"mask":{"length":5}}}}"#;
        let policy = Policy::from_json(json).unwrap();
        assert_eq!(policy.operator(EntityType::Date), Operator::Keep);
        assert_eq!(policy.operator(EntityType::Phone), Operator::Mask(Mask { char: '*', length: None }));
        assert_eq!(policy.operator(EntityType::Zip), Operator::Mask(Mask { char: '█', length: Some(5) }));
        assert_eq!(policy.operator(EntityType::Username), Operator::Remove);
        assert_eq!(policy.operator(EntityType::Patient), Operator::Label);
        assert_eq!(Policy::from_json(&serde_json::to_string(&policy).unwrap()).unwrap(), policy);
        for policy in Policy::BUILT_IN.map(|name| Policy::built_in(name).unwrap()) {
            assert_eq!(Policy::from_json(&serde_json::to_string(&policy).unwrap()).unwrap(), policy);
            assert_eq!(Policy::built_in(policy.name()).unwrap(), policy);
        }
    }

    #[test]
    fn names_stand_for_default_settings_and_hashes_for_policies() {
        let policy = Policy::from_json(r#"{"default":"mask","types":{"DATE":"date-shift","AGE":"generalize","ZIP":{"hash":{}}}}"#).unwrap();
        assert_eq!(policy.operator(EntityType::City), Operator::Mask(Mask::default()));
        assert_eq!(policy.operator(EntityType::Age), Operator::Generalise);
        assert_eq!(serde_json::to_value(policy.operator(EntityType::Zip)).unwrap(), serde_json::json!({"hash": {"length": 16}}));
        assert_eq!(policy.sha256(), Policy::from_json(&serde_json::to_string(&policy).unwrap()).unwrap().sha256());
        assert_ne!(policy.sha256(), Policy::i2b2().sha256());
    }

    #[test]
    fn what_a_policy_forgets_is_labelled() {
        let policy = Policy::from_json("{}").unwrap();
        assert_eq!(policy.name(), "custom");
        assert!(EntityType::ALL.iter().all(|&t| policy.operator(t) == Operator::Label));
    }

    #[test]
    fn unusable_policies_are_refused() {
        for (json, reason) in [
            ("{", "EOF"),
            ("[]", "not a JSON object"),
            (r#"{"type":{}}"#, "unknown field"),
            (r#"{"types":{"DATES":"remove"}}"#, "\"DATES\" is no i2b2 2014 type"),
            (r#"{"types":{"DATE":"remove","DATE":"keep"}}"#, "twice"),
            (r#"{"types":{"IPADDR":"remove","IPADDRESS":"keep"}}"#, "twice"),
            (r#"{"types":{"DATE":"shift"}}"#, "unknown variant"),
            (r#"{"types":{"DATE":{"date-shift":{"max_days":3}}}}"#, "max_days 3"),
            (r#"{"types":{"DATE":{"keep":{}}}}"#, "have settings"),
            (r#"{"types":{"DATE":{}}}"#, "operator is missing"),
            (r#"{"types":{"DATE":{"mask":{},"hash":{}}}}"#, "one operator alone"),
            (r#"{"default":{"hash":{"length":4}}}"#, "hash length 4"),
            (r#"{"default":null}"#, "expected"),
            (r#"{"default":{"mask":{"chr":"x"}}}"#, "unknown field"),
            (r#"{"default":{"mask":{"char":"xx"}}}"#, "expected"),
            (r#"{"default":{"mask":{"char":" "}}}"#, "U+0020"),
            (r#"{"default":{"mask":{"char":"\n"}}}"#, "U+000A"),
            (r#"{"default":{"mask":{"char":"\u200b"}}}"#, "U+200B"),
            (r#"{"types":{"AGE":{"mask":{"char":"\u0301"}}}}"#, "U+0301"),
            (r#"{"types":{"AGE":{"mask":{"length":0}}}}"#, "length 0"),
            (r#"{"types":{"AGE":{"mask":{"length":1001}}}}"#, "length 1001"),
            (r#"{"name":""}"#, "name"),
            (r#"{"name":"a\nb"}"#, "name"),
        ] {
            let error = Policy::from_json(json).unwrap_err();
            assert_eq!(error.code(), "OPTION_INVALID", "{json}");
            assert!(error.to_string().contains(reason), "{json}: {error}");
        }
        assert_eq!(Policy::built_in("hipaa").unwrap_err().code(), "OPTION_INVALID");
    }

    /// What cannot stand in that file, since a JSON reader drops it: `unusable_policies_are_refused` has a type that stands there twice.
    #[test]
    fn policies_are_judged_as_by_the_schema() {
        #[derive(Deserialize)]
        struct Cases {
            good: Vec<Case>,
            bad: Vec<Case>,
        }
        #[derive(Deserialize)]
        struct Case {
            why: String,
            policy: serde_json::Value,
        }
        let cases: Cases = serde_json::from_str(include_str!("../../tests/fixtures/policies.json")).unwrap();
        assert!(cases.good.len() > 10 && cases.bad.len() > 50);
        for case in cases.good {
            let policy = Policy::from_json(&case.policy.to_string()).unwrap_or_else(|error| panic!("{}: {error}", case.why));
            assert_eq!(Policy::from_json(&serde_json::to_string(&policy).unwrap()).unwrap(), policy, "{}", case.why);
        }
        for case in cases.bad {
            let error = Policy::from_json(&case.policy.to_string()).expect_err(&case.why);
            assert_eq!(error.code(), "OPTION_INVALID", "{}", case.why);
        }
    }
}
