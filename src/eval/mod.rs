//! Measures of found PHI against a gold standard.
