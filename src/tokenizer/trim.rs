//! A smaller vocabulary for a model whose embedding is most of its size.

use super::Tokenizer;
use crate::error::{Error, Result};
use serde_json::{Map, Value, json};
use std::collections::{HashMap, HashSet};

/// A `tokenizer.json` with fewer entries, and which of the old ones its ids stand for.
#[derive(Debug, Clone)]
pub struct Trimmed {
    /// The new `tokenizer.json`.
    pub json: Vec<u8>,
    /// Old id of each new id: the rows of the embedding to keep, in order.
    pub rows: Vec<u32>,
}

/// Keeps `size` entries of a WordPiece or byte-level BPE vocabulary: special tokens and single characters, so that every text can still
/// be written, then the entries that occur most in `texts`, then the rest in the vocabulary's own order, which is by frequency in what
/// the encoder was pretrained on. An entry of a BPE vocabulary brings those that it is merged from.
///
/// # Errors
/// [`Error::TokenizerInvalid`] if the file cannot be read, [`Error::ConfigUnsupported`] for another kind of vocabulary,
/// [`Error::OptionInvalid`] if `size` leaves no room for the single characters.
pub fn trim<'t>(tokenizer: &[u8], texts: impl Iterator<Item = &'t str>, size: usize) -> Result<Trimmed> {
    let invalid = |reason: &str| Error::TokenizerInvalid { reason: reason.into() };
    let mut file: Value = serde_json::from_slice(tokenizer).map_err(|e| invalid(&e.to_string()))?;
    let vocab: HashMap<String, u32> = serde_json::from_value(file["model"]["vocab"].clone()).map_err(|e| invalid(&e.to_string()))?;
    let kind = file["model"]["type"].as_str().unwrap_or("(none)").to_string();
    let merges = match kind.as_str() {
        "WordPiece" => Vec::new(),
        "BPE" => read_merges(&file["model"]["merges"]).ok_or_else(|| invalid("merges"))?,
        other => return Err(Error::ConfigUnsupported { field: "tokenizer model", value: other.into() }),
    };
    // The first merge that makes an entry is the one that is applied.
    let mut parts: HashMap<String, (&str, &str)> = HashMap::new();
    for (a, b) in &merges {
        parts.entry(format!("{a}{b}")).or_insert((a, b));
    }
    let special: HashSet<String> =
        file["added_tokens"].as_array().into_iter().flatten().filter_map(|t| Some(t["content"].as_str()?.to_string())).collect();
    let single = |token: &str| token.strip_prefix("##").unwrap_or(token).chars().count() == 1;

    let counts = count(&Tokenizer::from_json(tokenizer)?, texts)?;
    let mut order: Vec<(&String, u32)> = vocab.iter().map(|(token, &id)| (token, id)).collect();
    let rank =
        |token: &str, id: u32| (!special.contains(token) && !single(token), std::cmp::Reverse(counts.get(&id).copied().unwrap_or(0)), id);
    order.sort_by_key(|&(token, id)| rank(token, id));
    let mut kept: HashSet<&str> = HashSet::new();
    for (token, id) in order {
        let needed = closure(token, &parts, &kept);
        if rank(token, id).0 && kept.len() + needed.len() > size {
            continue;
        }
        kept.extend(needed);
    }
    if kept.len() > size {
        return Err(Error::OptionInvalid { option: "vocab-size", reason: format!("at least {} entries are needed", kept.len()) });
    }

    let mut rows: Vec<u32> = kept
        .iter()
        .map(|token| vocab.get(*token).copied().ok_or_else(|| invalid("a merge makes an unknown entry")))
        .collect::<Result<_>>()?;
    rows.sort_unstable();
    let new_id: HashMap<u32, usize> = rows.iter().enumerate().map(|(new, &old)| (old, new)).collect();
    let entries: Map<String, Value> =
        kept.iter().filter_map(|token| Some(((*token).to_string(), json!(new_id.get(vocab.get(*token)?)?)))).collect();
    if kind == "BPE" {
        let left = |(a, b): &&(String, String)| [a.as_str(), b.as_str(), &format!("{a}{b}")].iter().all(|token| kept.contains(token));
        file["model"]["merges"] = merges.iter().filter(left).map(|(a, b)| json!([a, b])).collect();
    }
    file["model"]["vocab"] = Value::Object(entries);
    renumber(&mut file, &new_id);
    let json = serde_json::to_vec(&file).map_err(|e| invalid(&e.to_string()))?;
    Tokenizer::from_json(&json)?;
    Ok(Trimmed { json, rows })
}

/// Pairs, written `["a", "b"]` or, in older files, `"a b"`.
fn read_merges(value: &Value) -> Option<Vec<(String, String)>> {
    let pair = |merge: &Value| match merge {
        Value::String(both) => both.split_once(' ').map(|(a, b)| (a.to_string(), b.to_string())),
        Value::Array(pair) => Some((pair.first()?.as_str()?.to_string(), pair.get(1)?.as_str()?.to_string())),
        _ => None,
    };
    value.as_array()?.iter().map(pair).collect()
}

/// `token` and what it is merged from, as far as that is not kept already.
fn closure<'v>(token: &'v str, parts: &HashMap<String, (&'v str, &'v str)>, kept: &HashSet<&'v str>) -> Vec<&'v str> {
    let (mut needed, mut open) = (Vec::new(), vec![token]);
    while let Some(token) = open.pop() {
        if !kept.contains(token) && !needed.contains(&token) {
            needed.push(token);
            if let Some(&(a, b)) = parts.get(token) {
                open.extend([a, b]);
            }
        }
    }
    needed
}

fn count<'t>(tokenizer: &Tokenizer, texts: impl Iterator<Item = &'t str>) -> Result<HashMap<u32, usize>> {
    let mut counts = HashMap::new();
    for text in texts {
        for id in tokenizer.encode(text)?.ids {
            *counts.entry(id).or_insert(0) += 1;
        }
    }
    Ok(counts)
}

/// Gives special tokens their new ids wherever the file names one by number.
fn renumber(file: &mut Value, new_id: &HashMap<u32, usize>) {
    let new = |value: &Value| value.as_u64().and_then(|old| new_id.get(&u32::try_from(old).ok()?)).map(|id| json!(id));
    for token in file["added_tokens"].as_array_mut().into_iter().flatten() {
        if let Some(id) = new(&token["id"]) {
            token["id"] = id;
        }
    }
    let processor = &mut file["post_processor"];
    for name in ["sep", "cls"] {
        if let Some(id) = new(&processor[name][1]) {
            processor[name][1] = id;
        }
    }
    for token in processor["special_tokens"].as_object_mut().into_iter().flat_map(|o| o.values_mut()) {
        for id in token["ids"].as_array_mut().into_iter().flatten() {
            if let Some(new) = new(id) {
                *id = new;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &[u8] = include_bytes!("../../models/tiny-bert/tokenizer.json");
    const PAIRS: &[u8] = include_bytes!("../../models/tiny-roberta/tokenizer.json");

    #[test]
    fn what_is_kept_is_tokenised_as_before_and_the_rest_in_smaller_pieces() {
        let text = "The patient was seen by Dr. Smith at the hospital on Monday;\n Zoë 😀";
        for (file, size) in [(WORDS, 120), (PAIRS, 280)] {
            let old = Tokenizer::from_json(file).unwrap();
            let trimmed = trim(file, ["the hospital"].into_iter(), size).unwrap();
            let new = Tokenizer::from_json(&trimmed.json).unwrap();
            assert!(new.vocab_size() == trimmed.rows.len() && trimmed.rows.len() <= size && new.vocab_size() < old.vocab_size());
            let as_old = |ids: Vec<u32>| ids.into_iter().map(|id| trimmed.rows[id as usize]).collect::<Vec<_>>();
            assert_eq!(as_old(new.encode("the hospital").unwrap().ids), old.encode("the hospital").unwrap().ids);
            assert_eq!(as_old(new.with_special(&[])), old.with_special(&[]));
            let (before, after) = (old.encode(text).unwrap(), new.encode(text).unwrap());
            assert!(after.len() >= before.len());
            assert_eq!(after.spans.last().map(|s| s.end), before.spans.last().map(|s| s.end));
        }
    }

    #[test]
    fn too_small_and_unknown_are_refused() {
        assert_eq!(trim(PAIRS, [].into_iter(), 100).unwrap_err().code(), "OPTION_INVALID");
        assert_eq!(trim(b"{}", [].into_iter(), 100).unwrap_err().code(), "TOKENIZER_INVALID");
        let unigram = br#"{"model":{"type":"Unigram","vocab":{}}}"#;
        assert_eq!(trim(unigram, [].into_iter(), 100).unwrap_err().code(), "CONFIG_UNSUPPORTED");
    }
}
