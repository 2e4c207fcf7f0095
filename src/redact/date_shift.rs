use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};

/// All dates of a patient moved by the same number of days, written as they were.
///
/// The offset comes from the key and the patient; it is a whole number of weeks, so that weekdays stay right, and never 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateShift {
    /// The farthest that dates are moved, in days, to either side: 7..=3660; 364 by default.
    #[serde(default = "a_year")]
    pub max_days: u32,
}

impl DateShift {
    /// Whether it can be used.
    ///
    /// # Errors
    /// [`Error::OptionInvalid`] for a distance out of range.
    pub fn validate(&self) -> Result<()> {
        match self.max_days {
            7..=3660 => Ok(()),
            days => Err(Error::OptionInvalid { option: "policy", reason: format!("date-shift max_days {days} is not in 7..=3660") }),
        }
    }
}

impl Default for DateShift {
    fn default() -> Self {
        Self { max_days: a_year() }
    }
}

fn a_year() -> u32 {
    364
}
