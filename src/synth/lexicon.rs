//! The word lists that surrogates and hard negatives are drawn from.

pub(crate) mod gazetteer;
pub(crate) mod names;

pub(crate) use gazetteer::Gazetteer;
pub(crate) use names::Culture;

use super::Split;
use crate::error::{Error, Result};
use crate::random::{Rand, stable_hash};
use serde_json::Value;
use std::path::Path;

/// Surnames with their running totals of frequency.
#[derive(Debug, Default, Clone)]
pub(crate) struct Weighted {
    pub(crate) items: Vec<String>,
    totals: Vec<u64>,
}

impl Weighted {
    fn push(&mut self, item: String, weight: u64) {
        let total = self.totals.last().copied().unwrap_or(0) + weight.max(1);
        self.items.push(item);
        self.totals.push(total);
    }

    /// One item, by frequency or, so that rare ones occur, uniformly.
    pub(crate) fn pick(&self, rand: &mut Rand) -> &str {
        let by_frequency = rand.chance(0.5);
        let Some(&total) = self.totals.last() else { return "" };
        if !by_frequency {
            return rand.pick(&self.items);
        }
        let at = rand.range(0, total as i64 - 1) as u64;
        self.items.get(self.totals.partition_point(|&t| t <= at)).map_or("", String::as_str)
    }
}

/// All lists, already cut down to the entries of one split. States and countries are closed classes and stand in every split.
#[derive(Debug, Default, Clone)]
pub(crate) struct Lexicons {
    /// The split that the entries belong to; any, if none.
    pub(crate) split: Option<Split>,
    pub(crate) cultures: Vec<Culture>,
    pub(crate) nicknames: Vec<(String, Vec<String>)>,
    /// Places and organisations by country.
    pub(crate) gazetteers: Vec<Gazetteer>,
    pub(crate) us_last: Weighted,
    pub(crate) us_male: Weighted,
    pub(crate) us_female: Weighted,
    pub(crate) hospitals: Vec<String>,
    pub(crate) us_cities: Vec<String>,
    pub(crate) world_cities: Vec<String>,
    pub(crate) states: Vec<(String, String)>,
    pub(crate) counties: Vec<String>,
    pub(crate) countries: Vec<String>,
    pub(crate) zips: Vec<String>,
    pub(crate) streets: Vec<String>,
    pub(crate) professions: Vec<String>,
    /// Trades as notes have them.
    pub(crate) trades: Vec<String>,
    pub(crate) organizations: Vec<String>,
    pub(crate) places: Vec<String>,
    pub(crate) area_codes: Vec<String>,
    pub(crate) vin_makers: Vec<String>,
    pub(crate) drugs: Vec<String>,
    pub(crate) diseases: Vec<String>,
    pub(crate) symptoms: Vec<String>,
    pub(crate) diagnoses: Vec<(String, String)>,
    pub(crate) eponyms: Vec<String>,
    pub(crate) saints: Vec<String>,
}

impl Lexicons {
    /// Reads the lists below `data` and keeps the entries of `split`.
    pub(crate) fn load(data: &Path, split: Split) -> Result<Self> {
        let dir = data.join("lexicons");
        let mut lex = Self::embedded(split);
        let keep = |s: &str| split.holds(s);
        for row in rows(&dir.join("ibm/us_last_names.csv"))? {
            push_name(&mut lex.us_last, &row, split);
        }
        for (list, file, scale) in [(&mut lex.us_male, "male", 1000.0), (&mut lex.us_female, "female", 1000.0)] {
            let path = dir.join(format!("census-and-addresses/dist.{file}.first"));
            for line in read(&path)?.lines() {
                let mut words = line.split_whitespace();
                if let (Some(name), Some(share)) = (words.next(), words.next())
                    && keep(&capitalise(name))
                {
                    list.push(capitalise(name), (share.parse::<f64>().unwrap_or(0.0) * scale) as u64);
                }
            }
        }
        lex.hospitals = rows(&dir.join("ibm/hospital_names.csv"))?
            .into_iter()
            .filter_map(|row| row.into_iter().next())
            .chain(strings(&dir.join("corpora-cc0/medicine/hospitals.json"), "hospitals")?)
            .filter(|h| plausible_hospital(h) && keep(h))
            .collect();
        lex.us_cities = json(&dir.join("corpora-cc0/geography/us_cities.json"))?["cities"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|c| c["city"].as_str().map(String::from))
            .filter(|c| keep(c))
            .collect();
        lex.world_cities = firsts(&dir.join("ibm/city_list.csv"), split)?;
        lex.counties = firsts(&dir.join("ibm/counties.csv"), split)?;
        for row in rows(&dir.join("ibm/states_us.csv"))? {
            if let [name, code, ..] = row.as_slice() {
                lex.states.push((name.clone(), code.clone()));
            }
        }
        lex.countries = strings(&dir.join("corpora-cc0/geography/countries.json"), "countries")?;
        lex.zips = rows(&dir.join("ibm/postal_codes.csv"))?.into_iter().filter_map(|r| r.into_iter().nth(1)).filter(|z| keep(z)).collect();
        for line in read(&dir.join("census-and-addresses/addresses-us.jsonl"))?.lines() {
            let address: Value = serde_json::from_str(line).unwrap_or_default();
            if let Some((_, street)) = address["address1"].as_str().and_then(|a| a.split_once(' '))
                && keep(street)
            {
                lex.streets.push(street.to_string());
            }
        }
        lex.professions = strings(&dir.join("corpora-cc0/humans/occupations.json"), "occupations")?;
        lex.professions.extend(rows(&dir.join("ibm/occupations.csv"))?.into_iter().filter_map(|r| clean_occupation(r.first()?)));
        lex.professions.retain(|p| keep(p) && p.len() < 40);
        let corporations = dir.join("corpora-cc0/corporations");
        for (file, key) in [("fortune500", "companies"), ("charities", "charities"), ("newspapers", "newspapers")] {
            lex.organizations.extend(strings(&corporations.join(format!("{file}.json")), key)?);
        }
        lex.organizations.retain(|o| keep(o));
        lex.area_codes = rows(&dir.join("ibm/phone_area_codes.csv"))?.into_iter().filter_map(|r| r.into_iter().nth(1)).collect();
        lex.vin_makers = firsts(&dir.join("ibm/vin_wmi.csv"), split)?;
        lex.vin_makers.retain(|m| m.len() == 3 && m.is_ascii());
        let medicine = dir.join("corpora-cc0/medicine");
        lex.drugs = strings(&medicine.join("drugs.json"), "drugs")?;
        lex.symptoms = strings(&medicine.join("symptoms.json"), "symptoms")?;
        lex.diseases = json(&medicine.join("diseases.json"))?["diseases"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|d| d.as_array()?.last()?.as_str().map(String::from))
            .collect();
        lex.diagnoses = json(&medicine.join("diagnoses.json"))?["codes"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|d| Some((d["code"].as_str()?.to_string(), d["desc"].as_str()?.to_string())))
            .collect();
        let icd = read(&dir.join("hard-negatives/icd10cm_descriptions_zero_phi.txt"))?;
        lex.diseases.extend(icd.lines().filter(|l| l.len() < 60).map(String::from));
        Ok(lex)
    }

    /// Whether a name that was put together belongs to the split.
    pub(crate) fn holds(&self, name: &str) -> bool {
        self.split.is_none_or(|split| split.holds(name))
    }

    /// The lists that lie in the source.
    fn embedded(split: Split) -> Self {
        let lines = |s: &str| s.lines().map(String::from).collect::<Vec<_>>();
        let mut places = lines(include_str!("lexicon/location_other.txt"));
        places.retain(|p| split.holds(p));
        let mut trades = lines(include_str!("lexicon/professions.txt"));
        trades.retain(|t| split.holds(t));
        Self {
            split: Some(split),
            trades,
            cultures: names::cultures(split),
            nicknames: names::nicknames(),
            gazetteers: gazetteer::all(split),
            places,
            eponyms: lines(include_str!("lexicon/eponyms.txt")),
            saints: lines(include_str!("lexicon/saints.txt")),
            ..Self::default()
        }
    }
}

fn push_name(list: &mut Weighted, row: &[String], split: Split) {
    if let Some(name) = row.first().map(|n| capitalise(n))
        && split.holds(&name)
    {
        list.push(name, row.get(1).and_then(|n| n.parse().ok()).unwrap_or(1));
    }
}

/// `SMITH` as `Smith`; `MCDONALD` as `McDonald`.
pub(crate) fn capitalise(name: &str) -> String {
    let lower = name.to_lowercase();
    if let Some(rest) = lower.strip_prefix("mc").filter(|rest| rest.len() > 2) {
        return format!("Mc{}", upper_first(rest));
    }
    upper_first(&lower)
}

/// With a capital first letter.
pub(crate) fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

fn plausible_hospital(name: &str) -> bool {
    const WORDS: [&str; 12] = [
        "Hospital",
        "Medical",
        "Clinic",
        "Health",
        "Infirmary",
        "Hospice",
        "Sanatorium",
        "Institute",
        "Cancer",
        "Rehab",
        "Care",
        "Psychiatric",
    ];
    (6..55).contains(&name.len())
        && WORDS.iter().any(|w| name.contains(w))
        && name.chars().all(|c| c.is_alphanumeric() || " .,'&-".contains(c))
        && !name.contains('Â')
}

/// `Accountant, bank` as people write it: `bank accountant`.
fn clean_occupation(entry: &str) -> Option<String> {
    let entry = entry.to_lowercase();
    if entry.contains(['(', ';', '/', '.']) {
        return None;
    }
    let parts: Vec<&str> = entry.split(',').map(str::trim).collect();
    match parts.as_slice() {
        [one] => Some((*one).to_string()),
        [noun, kind] if kind.split(' ').count() < 3 => Some(format!("{kind} {noun}")),
        _ => None,
    }
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|e| Error::io(path, e))
}

fn json(path: &Path) -> Result<Value> {
    serde_json::from_str(&read(path)?).map_err(|e| Error::CorpusInvalid {
        file: path.display().to_string(),
        at: format!("line {}", e.line()),
        reason: "not JSON".into(),
    })
}

fn strings(path: &Path, key: &str) -> Result<Vec<String>> {
    Ok(json(path)?[key].as_array().into_iter().flatten().filter_map(|v| v.as_str().map(String::from)).collect())
}

fn firsts(path: &Path, split: Split) -> Result<Vec<String>> {
    Ok(rows(path)?.into_iter().filter_map(|row| row.into_iter().next()).filter(|s| !s.is_empty() && split.holds(s)).collect())
}

fn rows(path: &Path) -> Result<Vec<Vec<String>>> {
    let text = read(path)?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader
        .records()
        .map(|record| {
            let record = record.map_err(|e| Error::CorpusInvalid {
                file: path.display().to_string(),
                at: e.position().map_or(String::from("?"), |p| format!("line {}", p.line())),
                reason: "not CSV".into(),
            })?;
            Ok(record.iter().map(|field| field.trim().to_string()).collect())
        })
        .collect()
}

impl Split {
    /// Whether a lexicon entry belongs to this split, whatever its case and accents' spelling.
    pub(crate) fn holds(self, entry: &str) -> bool {
        self == Self::of(stable_hash(&entry.trim().to_lowercase()))
    }

    /// The split that a hash falls into: 80 % train, 10 % validation, 10 % test.
    pub(crate) fn of(hash: u64) -> Self {
        match hash % 10 {
            0..8 => Self::Train,
            8 => Self::Validation,
            _ => Self::Test,
        }
    }
}
