use super::{DateShift, KeyedHash, Mask};
use crate::error::Result;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// What is done to an entity. In JSON the name of an [`OperatorKind`], or for one with settings an object such as
/// `{"mask": {"char": "*", "length": 4}}`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Operator {
    /// The type's name in brackets: `[PATIENT]`.
    #[default]
    Label,
    /// The label with a number that the same person, place or value has throughout the note: `[PATIENT-1]`.
    NumberedLabel,
    /// A character over and over.
    Mask(Mask),
    /// Nothing in its place.
    Remove,
    /// The text stays. The entity is still reported.
    Keep,
    /// A keyed hash.
    Hash(KeyedHash),
    /// Something of the same kind that is made up, the same for the same throughout the patient's notes. Dates cannot have one: they get
    /// their label.
    Surrogate,
    /// Dates moved by the patient's offset, ages in years by as much; what cannot be read, and other types, get their label.
    DateShift(DateShift),
    /// Ages over 89 become `90+`, dates their year, US ZIP codes their first three digits (45 CFR 164.514(b)(2)(i)); what cannot be
    /// read, and other types, get their label.
    Generalise,
}

impl Operator {
    /// Which operator it is, without its settings.
    pub fn kind(&self) -> OperatorKind {
        match self {
            Self::Label => OperatorKind::Label,
            Self::NumberedLabel => OperatorKind::NumberedLabel,
            Self::Mask(_) => OperatorKind::Mask,
            Self::Remove => OperatorKind::Remove,
            Self::Keep => OperatorKind::Keep,
            Self::Hash(_) => OperatorKind::Hash,
            Self::Surrogate => OperatorKind::Surrogate,
            Self::DateShift(_) => OperatorKind::DateShift,
            Self::Generalise => OperatorKind::Generalise,
        }
    }

    /// Whether its settings can be used.
    ///
    /// # Errors
    /// [`Error::OptionInvalid`](crate::Error::OptionInvalid), as the settings' own `validate`.
    pub fn validate(&self) -> Result<()> {
        match self {
            Self::Mask(mask) => mask.validate(),
            Self::Hash(hash) => hash.validate(),
            Self::DateShift(shift) => shift.validate(),
            Self::Label | Self::NumberedLabel | Self::Remove | Self::Keep | Self::Surrogate | Self::Generalise => Ok(()),
        }
    }
}

/// The name of an operator: for counts, and in a policy for the operator with its default settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum OperatorKind {
    /// [`Operator::Label`].
    Label,
    /// [`Operator::NumberedLabel`].
    NumberedLabel,
    /// [`Operator::Mask`].
    Mask,
    /// [`Operator::Remove`].
    Remove,
    /// [`Operator::Keep`].
    Keep,
    /// [`Operator::Hash`].
    Hash,
    /// [`Operator::Surrogate`].
    Surrogate,
    /// [`Operator::DateShift`].
    DateShift,
    /// [`Operator::Generalise`].
    #[serde(alias = "generalize")]
    Generalise,
}

impl From<OperatorKind> for Operator {
    /// With default settings.
    fn from(kind: OperatorKind) -> Self {
        match kind {
            OperatorKind::Label => Self::Label,
            OperatorKind::NumberedLabel => Self::NumberedLabel,
            OperatorKind::Mask => Self::Mask(Mask::default()),
            OperatorKind::Remove => Self::Remove,
            OperatorKind::Keep => Self::Keep,
            OperatorKind::Hash => Self::Hash(KeyedHash::default()),
            OperatorKind::Surrogate => Self::Surrogate,
            OperatorKind::DateShift => Self::DateShift(DateShift::default()),
            OperatorKind::Generalise => Self::Generalise,
        }
    }
}

impl Serialize for Operator {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Mask(mask) => serializer.collect_map([("mask", mask)]),
            Self::Hash(hash) => serializer.collect_map([("hash", hash)]),
            Self::DateShift(shift) => serializer.collect_map([("date-shift", shift)]),
            other => other.kind().serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Operator {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Form;

        impl<'de> Visitor<'de> for Form {
            type Value = Operator;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an operator's name, or an object from it to its settings")
            }

            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Operator, E> {
                OperatorKind::deserialize(serde::de::value::StrDeserializer::new(name)).map(Operator::from)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Operator, A::Error> {
                use serde::de::Error as _;
                let kind = map.next_key()?.ok_or_else(|| A::Error::custom("an operator is missing"))?;
                let operator = match kind {
                    OperatorKind::Mask => Operator::Mask(map.next_value::<Settings<_>>()?.0),
                    OperatorKind::Hash => Operator::Hash(map.next_value::<Settings<_>>()?.0),
                    OperatorKind::DateShift => Operator::DateShift(map.next_value::<Settings<_>>()?.0),
                    _ => return Err(A::Error::custom("only mask, hash and date-shift have settings")),
                };
                match map.next_key::<String>()? {
                    None => Ok(operator),
                    Some(_) => Err(A::Error::custom("one operator alone")),
                }
            }
        }

        deserializer.deserialize_any(Form)
    }
}

/// Settings as an object alone: a derived `Deserialize` would also take a list for the fields in order.
struct Settings<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Settings<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
            type Value = Settings<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of the operator's settings")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Settings<T>, A::Error> {
                T::deserialize(serde::de::value::MapAccessDeserializer::new(map)).map(Settings)
            }
        }

        deserializer.deserialize_map(Fields(PhantomData))
    }
}
