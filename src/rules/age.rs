//! Ages, only where the wording leaves no doubt. The span is the number alone, as in the i2b2 files.

use super::context::unit_follows;
use super::recogniser::{Candidate, Found, Recogniser, regex};
use crate::labels::EntityType::Age;
use regex::Regex;
use std::sync::LazyLock;

pub(super) fn recognisers() -> Vec<Recogniser> {
    const UNITS: &str = "(?:one|two|three|four|five|six|seven|eight|nine)";
    let words = format!(
        "(?:(?:twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety)(?:(?:{{sp}}|{{dash}}){UNITS})?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|{UNITS})"
    );
    const GAP: &str = r"(?:{sp}?{dash}?{sp}?)";
    let old = format!(
        r"(?i)(?<phi>[0-9]{{1,3}}(?:\.5|{{s}}?½|{{s}}1/2)?|{words}){GAP}(?:years?|yrs?\.?|months?|mos?\.?|mths?|weeks?|wks?|days?|y\.?r?s?){GAP}(?:of{{sp}}age|old|o(?:ld)?{{b}}|aged{{b}})"
    );
    let short = r"(?i)(?<phi>[0-9]{1,3}){sp}?(?:y\.?/?{s}?o\.?|yr?s?/o|y\.{s}?o\.?)(?:[mf]|{sp}?[/]?[mf])?";
    let aged = format!(
        r"(?i)(?:aged|age(?:{{sp}}(?:of|at{{sp}}(?:onset|diagnosis|death|menarche|menopause)(?:{{sp}}(?:was|of))?))?){{sp}}?(?:[:=]|was|is)?{{sp}}?(?<phi>[0-9]{{1,3}}|{words})"
    );
    let died = r"(?i)(?:died|deceased|passed(?:{sp}away)?|dead|alive){sp}(?:at|in{sp}(?:his|her|their){sp}(?:early|mid|late)?{dash}?{sp}?){sp}?(?:the{sp})?(?:age{sp}(?:of{sp})?)?(?<phi>[0-9]{1,3})";
    let turned = r"(?i)(?:turn(?:s|ed|ing)?|when{sp}(?:he|she|they){sp}(?:was|were)){sp}(?:about{sp})?(?<phi>[0-9]{1,3})";
    let decade = r"(?i)(?:his|her|their){sp}(?:(?:early|mid|late)(?:{sp}|{dash}))?(?<phi>[1-9]0{apos}?s)";
    let sexed = r"(?<phi>[0-9]{1,3}){s}?(?:(?i:male|female|man|woman|gentleman|lady)|[MF]){sp}(?i:with|w/|who|presenting|presents|c/o|s/p|admitted|here|h/o|hx)";
    let listed = r"(?i){b}ages?{sp}[0-9]{1,3}(?:,{sp}[0-9]{1,3})*(?:,?{sp}(?:and|&|to){sp}|{sp}?{dash}{sp}?)(?<phi>[0-9]{1,3})";
    let label = r"(?i)(?:age|ages){sp}?[/]{sp}?(?:sex|gender){sp}?[:=]?{sp}?(?<phi>[0-9]{1,3})";
    vec![
        Recogniser::new("age-old", Age, 1.0, &old).priority(57).check(plausible),
        Recogniser::new("age-y/o", Age, 1.0, short).priority(57).check(plausible),
        Recogniser::new("aged", Age, 0.9, &aged).priority(40).check(plausible),
        Recogniser::new("age-died", Age, 0.9, died).priority(40).check(|c| plausible(c).filter(|_| !unit_follows(c.after(12)))),
        Recogniser::new("age-turned", Age, 0.7, turned).priority(40).check(|c| plausible(c).filter(|_| !unit_follows(c.after(12)))),
        Recogniser::new("age-decade", Age, 0.9, decade).priority(40),
        Recogniser::new("age-sex", Age, 0.7, sexed).priority(40).check(|c| {
            static COUNT: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)(?:para|gravida|grade|stage|type|class|bed|room|x|#){sp}?$"));
            plausible(c).filter(|_| !COUNT.is_match(c.before(12)))
        }),
        Recogniser::new("age-list", Age, 0.7, listed).priority(40).check(plausible),
        Recogniser::new("age-label", Age, 1.0, label).priority(57).check(plausible),
    ]
}

/// Nobody is older than 125; "age 45%" and "age 3/12" are something else.
fn plausible(c: &Candidate<'_, '_>) -> Option<Found> {
    let whole = c.phi().split(|ch: char| !ch.is_ascii_digit()).next().unwrap_or("");
    let possible = whole.is_empty() || whole.parse::<u32>().is_ok_and(|age| age <= 125);
    let mut after = c.after(2).chars();
    let fraction = match after.next() {
        Some('%') => true,
        Some('/' | '.' | ':') => after.next().is_some_and(|d| d.is_ascii_digit()),
        _ => false,
    };
    let decimal = c.before(1).ends_with(['.', '/', '$', '<', '>']);
    c.accept_if(possible && !fraction && !decimal)
}
