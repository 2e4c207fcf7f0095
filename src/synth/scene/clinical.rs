use super::Scene;
use crate::synth::builder::Builder;
use crate::synth::carriers;
use crate::synth::lexicon::upper_first;

impl Scene<'_> {
    /// Clinical words and figures, which are no PHI.
    pub(super) fn clinical_slot(&mut self, name: &str, out: &mut Builder) -> bool {
        let (rand, lex) = (&mut self.rand, self.source.lex);
        let text = match name {
            "DRUG" => {
                let drug = rand.pick(&lex.drugs).to_string();
                if rand.chance(0.3) { drug.to_lowercase() } else { drug }
            }
            "DOSE" => format!(
                "{} {}",
                rand.of(["5", "10", "20", "25", "40", "81", "100", "500", "0.5", "1,000", "2.5", "12.5"]),
                rand.of(["mg", "mg", "mcg", "mg po", "units", "mL"])
            ),
            "DX" => clinical(rand.pick(&lex.diseases)),
            "SX" => clinical(rand.pick(&lex.symptoms)),
            "EPO" => rand.pick(&lex.eponyms).to_string(),
            "CODE" => lex.diagnoses.get(rand.below(lex.diagnoses.len())).map_or(String::new(), |d| d.0.clone()),
            "BP" => format!("{}/{}", rand.range(85, 190), rand.range(45, 110)),
            "VAL" => format!("{}.{}", rand.range(0, 19), rand.below(10)),
            "NUM" => rand.range(2, 240).to_string(),
            "NUM1" => rand.below(10).to_string(),
            "DUR" => {
                let n = rand.range(2, 12);
                let unit = rand.of(["weeks", "days", "months", "hours", "wks"]);
                match rand.below(4) {
                    0 => format!("{n}-{} {unit}", n + 1),
                    1 => format!("{} {unit}", rand.of(["two", "three", "four", "six", "several"])),
                    _ => format!("{n} {unit}"),
                }
            }
            _ => return false,
        };
        out.text(&text);
        true
    }
}

/// A term of a list as it stands inside a sentence.
fn clinical(term: &str) -> String {
    let second_is_lower = term.chars().nth(1).is_some_and(char::is_lowercase);
    let first_word = term.split([' ', ',', '\'']).next().unwrap_or_default();
    if second_is_lower && !carriers::is_clinical_capital(first_word) { term.to_lowercase() } else { upper_first(term) }
}
