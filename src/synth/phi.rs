//! Finds the PHI and the placeholders that carriers came with. What cannot be resolved makes the sentence unusable: a name left
//! unlabelled would teach a model to overlook names.

use super::template::{Node, Template};
use regex::Regex;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// What to put where a rule has matched.
#[derive(Clone, Copy)]
enum Put {
    /// A slot with a variant.
    Slot(&'static str, &'static str),
    /// A doctor, the same wherever the carrier has the same name.
    Doctor,
    /// The age that stands there, or one near to it.
    Age,
    /// An age in words, as it stands.
    AgeWords,
    /// Nothing: the sentence cannot be used.
    Drop,
}

const MONTH: &str = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)";
const NAME: &str = r"((?:[A-Z][A-Za-z'’-]*)(?: [A-Z]\.)?(?: [A-Z][a-z]+)?)";
const YEAR: &str = r"(?:19|20)\d\d";
const NUMBER_WORDS: &str = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)";

/// Rules, tried in this order. Every group that took part is replaced.
static RULES: LazyLock<Vec<(Regex, Put)>> = LazyLock::new(|| {
    let n = NUMBER_WORDS;
    let rules = [
        (r"(?i)sample doctor|general practitioner".to_string(), Put::Drop),
        (r"\bDr\.? (?:No|and|or|at|in|to|is|has)\b".into(), Put::Drop),
        (format!(r"\b(?:Drs|DRS)\.? {NAME} and {NAME}"), Put::Doctor),
        (format!(r"\b(?:Dr|DR|Doctor)\.? {NAME}"), Put::Doctor),
        (r"\b([A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+),? (?:M\.?D\b|Ph\.?D\b|D\.O\.|D\.C\.|R\.N\.|DPM|PA-C)".into(), Put::Doctor),
        (r"\b(?:Mr|Mrs|Ms|Miss)\.? (X+|XYZ|ABCD?|A|B|Smith|Doe|Jones)\b".into(), Put::Slot("PT", "last")),
        (
            r"\b((?:ABCD?|XYZ|X{2,4})(?: General| Memorial| Regional)*(?: Hospital| Medical Center| Clinic| Healthcare| Rehabilitation Center| Surgery Center))\b".into(),
            Put::Slot("HOSP", ""),
        ),
        (format!(r"\b({MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? {YEAR})\b"), Put::Slot("DATE", "long")),
        (format!(r"\b(\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH},? {YEAR})\b"), Put::Slot("DATE", "long")),
        (format!(r"\b({MONTH}\.?(?: of|,)? {YEAR})\b"), Put::Slot("DATE", "my")),
        (format!(r"\b({MONTH} \d{{1,2}}(?:st|nd|rd|th)?)\b"), Put::Slot("DATE", "md")),
        (r"\b((?:spring|summer|fall|autumn|winter) (?:of )?(?:19|20)\d\d)\b".into(), Put::Slot("DATE", "season")),
        (r"\b(\d{1,2}[/-]\d{1,2}[/-](?:19|20)?\d\d)\b".into(), Put::Slot("DATE", "num")),
        (r"\b(\d{1,2}/(?:19|20)\d\d)\b".into(), Put::Slot("DATE", "my")),
        (r"\b(?:on|On|dated|since|until|by|through|from) (\d{1,2}/\d{1,2})\b".into(), Put::Slot("DATE", "md")),
        (r"\b(?:in|In|since|until|of|late|early) ((?:0?[1-9]|1[0-2])/[089]\d)\b".into(), Put::Slot("DATE", "my")),
        (
            format!(r"(?i)\b(?:in|since|of|from|to|and|until|by|early|late|mid|around|approximately|circa|year|year of|about|between|or|before|after)[ -]({YEAR})\b"),
            Put::Slot("DATE", "year"),
        ),
        (format!(r"[(,] ?({YEAR})(?:[).,;]|$)"), Put::Slot("DATE", "year")),
        (r"\b((?:19|20)\d0s)\b".into(), Put::Slot("DATE", "year")),
        (r"\b((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?)\b".into(), Put::Slot("DATE", "weekday")),
        (r"\b(Christmas|Thanksgiving|Easter|Halloween|Labor Day|Memorial Day)\b".into(), Put::Slot("DATE", "holiday")),
        (r"\b(January|February|April|June|July|August|September|October|November|December)\b".into(), Put::Slot("DATE", "month")),
        (r"\b(\d{3}-\d{3}-\d{4}|\d{3}-\d{4})\b".into(), Put::Slot("PHONE", "")),
        (r"(?i)\b(?:serial|lot|model)(?: number| no\.?| ?#)?[:# ]+([A-Z]*[0-9][A-Z0-9-]{3,})\b".into(), Put::Slot("DEV", "")),
        (
            r"(?i)\b(\d{1,3}(?:[- ]?and-a-half|[- ]1/2)?)[- ]*(?:years?|yrs?\.?|y)[-/ ]*(?:s?[-/ ]*old|olds|o\b|\.o\.|of age)".into(),
            Put::Age,
        ),
        (r"(?i)\b(\d{1,2}(?:[- ]1/2)?)[- ](?:months?|weeks?|days?)[- ]*(?:olds?|of age)".into(), Put::Age),
        (r"(?i)\bage[sd]?(?: of|:| is| was| at|, | approximately| about)? ?(\d{1,3})(?:(?:,|,? and|/| or| to|-) ?(\d{1,3}))?\b".into(), Put::Age),
        (r"(?i)\b(?:died|deceased|passed away|alive) (?:at|in) (\d{2,3})\b".into(), Put::Age),
        (r"\b(\d{1,2}) ?(?:y[./]?o\.?|yr|y/o)? ?(?:RHF|RHM|LHM|LHF|R/H|WF|WM|BF|BM|right[- ]handed)\b".into(), Put::Age),
        (r"(?i)\bin (?:his|her|their) (?:early |mid |late |mid-)?(\d0'?s)\b".into(), Put::Slot("DECADE", "")),
        (r"(?i)\bin (?:his|her|their) (?:early |mid |late |mid-)?(teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b".into(), Put::AgeWords),
        (format!(r"(?i)\b({n}(?:[- ]{n})?)[- ](?:years?|months?|weeks?)[- ]*(?:olds?|of age)\b"), Put::AgeWords),
        (
            r"\b(?:works|worked|working|employed) as an? ((?:[a-z-]+ ){0,2}[a-z-]+?)(?:[.,;]| and | in | at | for | with | until | who | but |$)".into(),
            Put::Slot("PROF", ""),
        ),
        (r"(?i)\b(?:retired|former) ((?:[a-z-]+ ){0,2}(?:driver|teacher|engineer|mechanic|nurse|worker|officer|manager|farmer|secretary|operator|salesman|contractor|accountant))\b".into(), Put::Slot("PROF", "")),
        (r"\bis an? ((?:[a-z-]+ ){0,1}(?:driver|teacher|engineer|mechanic|secretary|farmer|salesman|student|accountant|homemaker|housewife))\b".into(), Put::Slot("PROF", "")),
    ];
    rules.into_iter().filter_map(|(pattern, put)| Some((Regex::new(&pattern).ok()?, put))).collect()
});

/// What must not be left when all rules have been applied.
static SUSPECT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        \b(?:19|20)\d\d\b | \d/\d{1,2}/\d | \d\d?-\d\d?-\d\d | \b(?:0?[1-9]|1[0-2])/(?:0\d|8\d|9\d|1[1-579]|2[1-9])\b |
        XX | YY | XYZ | ABC | \bAbc\b | \bDef\b | \bXY\b | \bAB\b | \*\*\* | __ | \bX\ Y\b | \bMonth\b | \#\ ?\d{4,} | \d{7,} | @ | www |
        \b(?:Drs?|DR|Doctor|Mr|Mrs|Ms|Miss|MRS|M\.D|Ph\.D|MD|PhD|RN)\b |
        \b(?:Hospital|Medical\ Center|Center|Centre|Clinic|University|Institute|School|College|Church|Street|Avenue|Road|Drive|Lane|County|City|Valley|
           Police|Army|Navy|Prison|Store|Company|Corporation|Memorial|General|Saint|St|Unit|Building|Suite|House|Home|Court|Lake|Park|Beach|Island|
           River|Rehab|Radiology|Associates|Group|Lay|Mark|Brown|Young|Keller|Austin|Friend|Special|Hill|Apple|Bay|Village|Air|Force|Agent|Orange)\b |
        \b(?:UIHC|IBM|USA|U\.S\.|UCLA|NASA|USAF|UPS|CVS|NJ|NY|TX|FL|IA)\b |
        \b(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b | \ May\b | \ March\b |
        \b(?i:truck\ driver|teacher|engineer|mechanic|secretary|farmer|salesman|saleswoman|accountant|attorney|lawyer|waitress|waiter|bartender|carpenter|
           electrician|plumber|janitor|custodian|clerk|cashier|housewife|homemaker|welder|painter|machinist|firefighter|policeman|police\ officer|
           construction|factory|realtor|contractor|businessman|self-employed|occupation|employed\ (?:at|by|as|with)|works?\ (?:at|for|as|in\ a)|
           worked\ (?:at|for|as|in\ a)|working\ (?:at|for|as)|job\ as|janitorial|missionary|landscap\w+|hairdresser|chef|pastor|priest|soldier|veteran|
           retired\ [a-z]{4,}|boxer|dancer|musician|singer|artist|pilot|cook|baker|roofer|miner|fisherman|coach|maid|nanny|programmer|analyst|supervisor|
           foreman|laborer|labourer|student|scientist|professor|editor|writer|author|warehouse|military|by\ trade|by\ profession|manager|installer|
           operator|drives\ a\ truck|trucker|barber|rancher|logger|athlete|football|banker|broker|architect|designer|stylist|model\ agency)\b |
        (?i:medical\ record\ (?:number|\#)|account\ number|social\ security\ (?:number|\#)|license|case\ number|room\ \#?\d)",
    )
    .ok()
});

/// Titles before and degrees after a name that has been found.
static TITLES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?:Drs?|DRS?|Doctor|Mr|Mrs|Ms|Miss)\.? \x01|\b(?:works|worked|working|employed) as an? \x01|\x01,? (?:M\.?D\b|Ph\.?D\b|D\.O\b|D\.C\b|R\.N\b|DPM|PA-C)").ok()
});

static CAPITAL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b[A-Z][a-z][A-Za-z]*|\b[XYZ]\b(?:[^-]|$)|\b[A-Z]\.? [A-Z][a-z]+").ok());
static CAPITAL_WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[A-Z][a-z][A-Za-z]*|^[XYZ]$").ok());

static CLINICAL_CAPITALS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("lexicon/clinical_capitals.txt").lines().collect());

/// Whether a capitalised word is a medical term (an eponym, a drug, a device) and not a name of a person or place.
pub(crate) fn is_clinical_capital(word: &str) -> bool {
    CLINICAL_CAPITALS.contains(word)
}

/// A sentence with its PHI and placeholders made slots. `people` are the doctors met so far in its document; `vocabulary` the words that
/// occur in small letters. `None` if the sentence holds something that may be PHI and was not resolved.
pub(crate) fn resolve(sentence: &str, people: &mut Vec<String>, vocabulary: &HashSet<String>) -> Option<Template> {
    let mut claims: Vec<(Range<usize>, Node)> = Vec::new();
    for (rule, put) in RULES.iter() {
        for found in rule.captures_iter(sentence) {
            if matches!(put, Put::Drop) {
                return None;
            }
            for group in found.iter().skip(1).flatten() {
                let range = group.range();
                if claims.iter().any(|(r, _)| r.start < range.end && range.start < r.end) {
                    continue;
                }
                claims.push(claim(*put, group.as_str(), range.start, people));
            }
        }
    }
    claims.sort_by_key(|(range, _)| range.start);
    let mut nodes = Vec::new();
    let mut rest = String::new();
    let mut at = 0;
    for (range, node) in claims {
        nodes.push(Node::Text(sentence.get(at..range.start)?.to_string()));
        rest.push_str(sentence.get(at..range.start)?);
        rest.push('\u{1}');
        nodes.push(node);
        at = range.end;
    }
    nodes.push(Node::Text(sentence.get(at..)?.to_string()));
    rest.push_str(sentence.get(at..)?);
    let rest = TITLES.as_ref()?.replace_all(&rest, "\u{1}");
    let clean = !SUSPECT.as_ref()?.is_match(&rest) && capitals_are_known(&rest, vocabulary)?;
    nodes.retain(|node| !matches!(node, Node::Text(text) if text.is_empty()));
    clean.then_some(Template(nodes))
}

fn claim(put: Put, text: &str, start: usize, people: &mut Vec<String>) -> (Range<usize>, Node) {
    let slot = |name: &str, variant: String| Node::Slot(name.into(), variant);
    match put {
        Put::Doctor => {
            let name = text.trim_end_matches("'s").trim_end_matches("’s").trim_end_matches(['\'', '-']);
            let at = people.iter().position(|p| p == name).unwrap_or_else(|| {
                people.push(name.to_string());
                people.len() - 1
            });
            (start..start + name.len(), slot("WHO", at.to_string()))
        }
        Put::Age => (start..start + text.len(), slot("AGEN", text.to_string())),
        Put::AgeWords => (start..start + text.len(), Node::Entity(crate::labels::EntityType::Age, text.to_string())),
        Put::Slot(name, variant) => (start..start + text.len(), slot(name, variant.into())),
        Put::Drop => (start..start, Node::Text(String::new())),
    }
}

/// Whether every capitalised word is a word that is also written small, or a known medical term.
fn capitals_are_known(rest: &str, vocabulary: &HashSet<String>) -> Option<bool> {
    for found in CAPITAL.as_ref()?.find_iter(rest) {
        for word in CAPITAL_WORD.as_ref()?.find_iter(found.as_str().trim_end_matches(|c: char| !c.is_alphabetic())) {
            let word = word.as_str();
            if matches!(word, "X" | "Y" | "Z") || !(is_clinical_capital(word) || vocabulary.contains(&word.to_lowercase())) {
                return Some(false);
            }
        }
    }
    Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(sentence: &str) -> Option<String> {
        let vocabulary = ["the", "patient", "she", "was", "this", "is", "in", "her", "mother", "seen", "he", "no", "strength", "foley"]
            .map(String::from)
            .into();
        let template = resolve(sentence, &mut Vec::new(), &vocabulary)?;
        let parts = template.0.iter().map(|node| match node {
            Node::Text(text) | Node::Entity(_, text) => text.clone(),
            Node::Slot(name, variant) => format!("{{{name}:{variant}}}"),
            Node::Choice(_) | Node::Literal(..) => String::new(),
        });
        Some(parts.collect())
    }

    #[test]
    fn phi_becomes_slots() {
        for (sentence, expected) in [
            ("The patient is a 74-year-old seen by Dr. X.", "The patient is a {AGEN:74}-year-old seen by Dr. {WHO:0}."),
            ("She was seen by Dr. Goel's nurse and Dr. Y.", "She was seen by Dr. {WHO:0}'s nurse and Dr. {WHO:1}."),
            ("Seen at ABCD General Hospital on 05/05/03.", "Seen at {HOSP:} on {DATE:num}."),
            ("In October of 2008 she fell on Sunday.", "In {DATE:my} she fell on {DATE:weekday}."),
            ("Her mother died at age 85 in 1997.", "Her mother died at age {AGEN:85} in {DATE:year}."),
            ("He worked as a truck driver.", "He worked as a {PROF:}."),
            ("No strength 4/5, 20/40, 120/80.", "No strength 4/5, 20/40, 120/80."),
            ("She had Crohn disease and a Foley.", "She had Crohn disease and a Foley."),
        ] {
            assert_eq!(resolved(sentence).as_deref(), Some(expected));
        }
    }

    #[test]
    fn what_is_not_understood_is_dropped() {
        for sentence in [
            "She was seen by XYZ.",
            "She moved to Houston.",
            "Rhonda was seen.",
            "He worked at a factory.",
            "This was seen in the ____ area.",
            "Seen at Bellaire Hospital.",
            "The patient was seen MM/DD/YYYY.",
        ] {
            assert_eq!(resolved(sentence), None, "{sentence}");
        }
    }
}
