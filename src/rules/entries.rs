use super::Lists;
use crate::error::{Error, Result};
use crate::labels::EntityType;
use serde::Deserialize;

/// The caller's lists as they are written down. In JSON, every field may be left out:
/// ```json
/// {
///   "allow": ["Foley"],
///   "deny": ["blue folder 7", { "text": "Old Mill", "type": "HOSPITAL" }],
///   "patterns": [{ "pattern": "\\bXR-\\d{6}\\b", "type": "IDNUM" }]
/// }
/// ```
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Entries {
    /// Texts that are left alone.
    pub allow: Vec<String>,
    /// Texts that are PHI.
    pub deny: Vec<Deny>,
    /// Regular expressions whose matches are PHI.
    pub patterns: Vec<Pattern>,
}

/// A text that is PHI.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Deny {
    /// A bare string says that it must go, not what it is: an [`EntityType::IdNum`].
    Text(String),
    /// With its type.
    Typed {
        /// The text.
        text: String,
        /// What it is.
        #[serde(rename = "type")]
        entity_type: EntityType,
    },
}

/// A regular expression whose matches are PHI.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// In the syntax of the crate `regex`.
    pub pattern: String,
    /// What its matches are.
    #[serde(rename = "type")]
    pub entity_type: EntityType,
}

impl Entries {
    /// Reads the JSON form.
    ///
    /// # Errors
    /// [`Error::OptionInvalid`] with the place; the parser's words would quote the entries.
    pub fn from_json(json: &str) -> Result<Self> {
        serde_json::from_str(json).map_err(|e| {
            let reason = format!("not understood at line {}, column {}", e.line(), e.column());
            Error::OptionInvalid { option: "lists", reason }
        })
    }

    /// The lists, ready to use.
    ///
    /// # Errors
    /// As [`Lists::new`].
    pub fn compile(self) -> Result<Lists> {
        let deny: Vec<_> = self
            .deny
            .into_iter()
            .map(|entry| match entry {
                Deny::Text(text) => (text, EntityType::IdNum),
                Deny::Typed { text, entity_type } => (text, entity_type),
            })
            .collect();
        let patterns: Vec<_> = self.patterns.into_iter().map(|p| (p.pattern, p.entity_type)).collect();
        Lists::new(&self.allow, &deny, &patterns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_json_form_compiles() {
        let json = r#"{"allow":["Foley"],"deny":["blue 7",{"text":"Old Mill","type":"HOSPITAL"}],"patterns":[{"pattern":"XR-\\d+","type":"IDNUM"}]}"#;
        let lists = Entries::from_json(json).unwrap().compile().unwrap();
        let found: Vec<_> = lists.find("Blue 7 of old mill, XR-12").iter().map(|e| e.entity_type).collect();
        assert_eq!(found, [EntityType::IdNum, EntityType::Hospital, EntityType::IdNum]);
        assert!(lists.allows("Foley"));
    }

    #[test]
    fn errors_do_not_quote_it() {
        for json in [r#"{"allow":"Okafor"}"#, r#"{"deny":[{"text":"Okafor","type":"NAME"}]}"#, r#"{"Okafor":1}"#] {
            let Err(error) = Entries::from_json(json) else { panic!("{json}") };
            assert!(!error.to_string().contains("Okafor"), "{error}");
        }
    }
}
