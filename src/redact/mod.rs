//! From found entities to a redacted text.
//!
//! A [`Policy`] says which [`Operator`] each type of PHI meets, [`apply`] replaces in one pass from left to right, and a [`Report`] counts
//! what was done, without any text. Finding is not done here: [`apply`] takes the entities as they are, and refuses them if they overlap
//! or do not fit the text, rather than to guess which part to leave standing.
//!
//! What comes out is *redacted by the policy named in the report*. Whether that makes a note anonymous is not for a program to say.
//!
//! ```
//! use scrubjay::redact::{Policy, apply};
//! use scrubjay::{Entity, EntityType, Source, Span};
//!
//! let entity = Entity { span: Span::new(4, 12), entity_type: EntityType::Patient, score: 0.99, source: Source::Model };
//! let redaction = apply("Ms. Jane Roe, 61", &[entity], &Policy::i2b2())?;
//! assert_eq!(redaction.text, "Ms. [PATIENT], 61");
//! # Ok::<(), scrubjay::Error>(())
//! ```

mod apply;
#[allow(dead_code)] // Until the operators that use it.
mod identity;
mod keep;
mod label;
mod mask;
mod operator;
mod policy;
mod remove;
mod report;
#[allow(dead_code)] // Until the operator that uses it.
mod surrogate;

pub use apply::{RedactedEntity, Redaction, apply};
pub use mask::Mask;
pub use operator::{Operator, OperatorKind};
pub use policy::Policy;
pub use report::Report;
