//! Entity types of the i2b2/UTHealth 2014 de-identification task, the tags over them, and `id2label`.

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

macro_rules! entity_types {
    ($($(#[$doc:meta])* $variant:ident = $name:literal in $category:ident),+ $(,)?) => {
        /// A type of PHI, named as in the i2b2 2014 annotation guideline (Stubbs & Uzuner 2015).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum EntityType {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)+
        }

        impl EntityType {
            /// Every type, in the guideline's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The official spelling, as in `TYPE="LOCATION-OTHER"`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The category that the guideline puts it in.
            pub const fn category(self) -> Category {
                match self { $(Self::$variant => Category::$category),+ }
            }
        }
    };
}

/// The guideline's categories: the element names of its XML files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Category {
    /// Names of people and of accounts.
    Name,
    /// Occupations.
    Profession,
    /// Places and organisations.
    Location,
    /// Ages.
    Age,
    /// Dates.
    Date,
    /// Ways to reach somebody.
    Contact,
    /// Numbers that stand for somebody.
    Id,
}

impl Category {
    /// The element name in i2b2 XML.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "NAME",
            Self::Profession => "PROFESSION",
            Self::Location => "LOCATION",
            Self::Age => "AGE",
            Self::Date => "DATE",
            Self::Contact => "CONTACT",
            Self::Id => "ID",
        }
    }
}

entity_types! {
    /// A patient's or a relative's name, initials included.
    Patient = "PATIENT" in Name,
    /// A name of medical staff, initials included.
    Doctor = "DOCTOR" in Name,
    /// An account name of a person ("jd213").
    Username = "USERNAME" in Name,
    /// An occupation of a patient or a relative.
    Profession = "PROFESSION" in Profession,
    /// A hospital, clinic, ward or practice with a name.
    Hospital = "HOSPITAL" in Location,
    /// An employer, school or company.
    Organization = "ORGANIZATION" in Location,
    /// Street and house number.
    Street = "STREET" in Location,
    /// A city, town or village.
    City = "CITY" in Location,
    /// A state, province or county.
    State = "STATE" in Location,
    /// A country, also as an adjective of origin.
    Country = "COUNTRY" in Location,
    /// A postal code.
    Zip = "ZIP" in Location,
    /// Any other place ("Golden Gate Bridge", "PO Box 12").
    LocationOther = "LOCATION-OTHER" in Location,
    /// An age, of any height.
    Age = "AGE" in Age,
    /// A date, weekday, holiday, year or season; not a time of day.
    Date = "DATE" in Date,
    /// A telephone, pager or extension number.
    Phone = "PHONE" in Contact,
    /// A fax number.
    Fax = "FAX" in Contact,
    /// An e-mail address.
    Email = "EMAIL" in Contact,
    /// A web address.
    Url = "URL" in Contact,
    /// An IPv4 or IPv6 address.
    IpAddr = "IPADDR" in Contact,
    /// A US social security number or another country's national insurance number.
    Ssn = "SSN" in Id,
    /// A medical record number.
    MedicalRecord = "MEDICALRECORD" in Id,
    /// A health-plan member or policy number.
    HealthPlan = "HEALTHPLAN" in Id,
    /// A billing or bank account number.
    Account = "ACCOUNT" in Id,
    /// A licence or certificate number, of a person.
    License = "LICENSE" in Id,
    /// A vehicle identification or plate number.
    Vehicle = "VEHICLE" in Id,
    /// A device's serial, lot or model number.
    Device = "DEVICE" in Id,
    /// A biometric identifier.
    BioId = "BIOID" in Id,
    /// Any other identifying number or code.
    IdNum = "IDNUM" in Id,
}

impl fmt::Display for EntityType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for EntityType {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        // The guideline's prose and the files of its users spell three of them otherwise.
        let canonical = match name {
            "LOCATION_OTHER" | "LOCATIONOTHER" => "LOCATION-OTHER",
            "IPADDRESS" => "IPADDR",
            "LOCATION" => "LOCATION-OTHER",
            other => other,
        };
        Self::ALL
            .iter()
            .copied()
            .find(|t| t.name() == canonical)
            .ok_or_else(|| Error::LabelsInvalid { reason: format!("{name:?} is no i2b2 2014 type") })
    }
}

/// A parsed label of the IOB2 scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tag {
    /// Outside any entity.
    O,
    /// First token of an entity.
    B(EntityType),
    /// A later token of the entity that the token before belongs to.
    I(EntityType),
}

impl Tag {
    /// The entity type, if inside one.
    pub fn entity_type(self) -> Option<EntityType> {
        match self {
            Self::O => None,
            Self::B(t) | Self::I(t) => Some(t),
        }
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::O => f.write_str("O"),
            Self::B(t) => write!(f, "B-{t}"),
            Self::I(t) => write!(f, "I-{t}"),
        }
    }
}

impl FromStr for Tag {
    type Err = Error;

    fn from_str(label: &str) -> Result<Self> {
        match label.split_once('-') {
            None if label == "O" => Ok(Self::O),
            Some(("B", name)) => Ok(Self::B(name.parse()?)),
            Some(("I", name)) => Ok(Self::I(name.parse()?)),
            _ => Err(Error::LabelsInvalid { reason: format!("{label:?} is not an IOB2 label") }),
        }
    }
}

/// The labels of a classifier, by class index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelSet {
    tags: Vec<Tag>,
}

impl LabelSet {
    /// `O`, then `B-` and `I-` of each type in order: the set that scrubjay trains with.
    pub fn i2b2() -> Self {
        let inside = EntityType::ALL.iter().flat_map(|&t| [Tag::B(t), Tag::I(t)]);
        Self { tags: std::iter::once(Tag::O).chain(inside).collect() }
    }

    /// The set in a checkpoint's `id2label`: ids 0..n without a gap, exactly one `O`, no label twice, an `I-` only beside its `B-`.
    pub fn from_id2label(id2label: &BTreeMap<usize, String>) -> Result<Self> {
        let invalid = |reason: String| Error::LabelsInvalid { reason };
        if let Some((found, (id, _))) = id2label.iter().enumerate().find(|(i, (id, _))| i != *id) {
            return Err(invalid(format!("id {found} is missing, {id} follows")));
        }
        let tags = id2label.values().map(|label| label.parse()).collect::<Result<Vec<Tag>>>()?;
        for (id, tag) in tags.iter().enumerate() {
            if tags[..id].contains(tag) {
                return Err(invalid(format!("{tag} stands there twice")));
            }
            if let Tag::I(t) = tag
                && !tags.contains(&Tag::B(*t))
            {
                return Err(invalid(format!("{tag} has no B-{t}")));
            }
        }
        if !tags.contains(&Tag::O) {
            return Err(invalid("there is no O".into()));
        }
        Ok(Self { tags })
    }

    /// The set as `id2label`.
    pub fn id2label(&self) -> BTreeMap<usize, String> {
        self.tags.iter().map(Tag::to_string).enumerate().collect()
    }

    /// The tags by class index.
    pub fn tags(&self) -> &[Tag] {
        &self.tags
    }

    /// The class index of `tag`.
    pub fn id(&self, tag: Tag) -> Option<usize> {
        self.tags.iter().position(|&t| t == tag)
    }

    /// Number of classes.
    pub fn len(&self) -> usize {
        self.tags.len()
    }

    /// Never: a set holds at least `O`.
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip() {
        for &t in EntityType::ALL {
            assert_eq!(t.name().parse::<EntityType>().unwrap(), t);
            assert_eq!(format!("I-{t}").parse::<Tag>().unwrap(), Tag::I(t));
        }
    }

    #[test]
    fn i2b2_set_round_trips() {
        let set = LabelSet::i2b2();
        assert_eq!(set.len(), 1 + 2 * EntityType::ALL.len());
        assert_eq!(LabelSet::from_id2label(&set.id2label()).unwrap(), set);
    }

    #[test]
    fn bad_sets_are_refused() {
        for labels in [&["O", "I-AGE"][..], &["O", "O"], &["B-AGE", "I-AGE"], &["O", "B-NOSE"], &["O", "AGE"], &[]] {
            let map = labels.iter().map(|l| l.to_string()).enumerate().collect();
            assert_eq!(LabelSet::from_id2label(&map).unwrap_err().code(), "LABELS_INVALID", "{labels:?}");
        }
        let gap = BTreeMap::from([(0, "O".to_string()), (2, "B-AGE".to_string())]);
        assert!(LabelSet::from_id2label(&gap).is_err());
    }
}
