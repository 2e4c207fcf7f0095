//! Holidays of the English-speaking countries and of the religions found there, with the year that may follow.

use crate::labels::EntityType::Date;
use crate::rules::recogniser::{Recogniser, regex};
use regex::Regex;
use std::sync::LazyLock;

pub(super) fn recognisers() -> Vec<Recogniser> {
    const NAMES: &str = concat!(
        r"(?:christmas(?:{sp}(?:eve|day))?|xmas(?:{sp}(?:eve|day))?|thanksgiving(?:{sp}(?:day|eve))?|easter(?:{sp}(?:sunday|monday))?|new{sp}year(?:{apos}?s)?(?:{sp}(?:eve|day))|",
        r"new{sp}years{apos}?(?:{sp}(?:eve|day))?|new{sp}year{apos}s|hallowe{apos}?en|labou?r{sp}day|memorial{sp}day|independence{sp}day|(?:the{sp})?(?:fourth|4th){sp}of{sp}july|",
        r"(?:st\.?{sp}|saint{sp})?valentine{apos}?s?{apos}?{sp}day|(?:st\.?|saint){sp}(?:patrick|paddy|george|andrew|david)s?{apos}?s?{sp}day|(?:mother|father)s?{apos}?s?{apos}?{sp}day|",
        r"veterans?{apos}?s?{sp}day|remembrance{sp}(?:day|sunday)|columbus{sp}day|indigenous{sp}peoples?{apos}?s?{sp}day|president{apos}?s?{apos}?{sp}day|(?:mlk|martin{sp}luther{sp}king(?:{sp}jr\.?)?){sp}day|",
        r"boxing{sp}day|good{sp}friday|palm{sp}sunday|ash{sp}wednesday|passover|yom{sp}kippur|rosh{sp}hashanah?|c?hanukk?ah|ramadan|eid(?:{sp}al{dash}(?:fitr|adha))?|diwali|deepavali|",
        r"anzac{sp}day|australia{sp}day|canada{sp}day|victoria{sp}day|republic{sp}day|(?:(?:may|spring|summer|august){sp})?bank{sp}holiday|juneteenth|cinco{sp}de{sp}mayo|mardi{sp}gras|shrove{sp}tuesday|super{sp}bowl{sp}sunday|",
        r"groundhog{sp}day|flag{sp}day|guy{sp}fawkes(?:{sp}night)?|bonfire{sp}night|hogmanay|burns{sp}night|(?:chinese|lunar){sp}new{sp}year|waitangi{sp}day|whitsun|pentecost)"
    );
    let holiday = format!(r"(?i)(?<phi>{NAMES}(?:,?{{sp}}(?:of{{sp}})?(?:(?:19|20|21)[0-9]{{2}}|{{apos}}[0-9]{{2}}))?)");
    vec![Recogniser::new("date-holiday", Date, 0.9, &holiday).priority(55).check(|c| {
        // Christmas disease is haemophilia B.
        static OTHER: LazyLock<Regex> =
            LazyLock::new(|| regex(r"(?i)^{sp}(?:disease|factor|trees?|lights?|seals?|island|cactus|lil(?:y|ies)|eggs?|seal)(?-u:\b)"));
        c.accept_if(!OTHER.is_match(c.after(14)) && !c.before(4).ends_with("St. "))
    })]
}
