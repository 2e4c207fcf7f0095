//! What Oh, Kang & Lee 2022 published.

use crate::corpus::Document;

/// Strict F1 on the i2b2 2014 test set by `model_type`: table 1 of the paper, BERT and RoBERTa to two places as they are cited.
pub fn published_f1(family: &str) -> Option<f64> {
    match family {
        "bert" => Some(0.85),
        "roberta" => Some(0.93),
        "xlnet" => Some(0.9629),
        _ => None,
    }
}

/// Whether these are the 514 notes of the shared task's test set, by their number and the form of their ids ("110-01").
pub fn is_i2b2_2014_test(notes: &[Document]) -> bool {
    let form = |id: &str| {
        let (patient, record) = id.split_once('-').unwrap_or(("", ""));
        patient.len() == 3 && record.len() == 2 && [patient, record].concat().bytes().all(|b| b.is_ascii_digit())
    };
    notes.len() == 514 && notes.iter().all(|note| form(&note.id))
}
