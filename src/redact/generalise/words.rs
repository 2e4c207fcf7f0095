//! The words of ages. Whatever is not among them makes an age unreadable.

/// What a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// A unit: how many go into a year.
    Unit(u32),
    /// The number is the lower bound: "over 85".
    Over,
    /// Between the ends of a range.
    To,
    /// 0 to 19.
    Number(u32),
    /// 20 to 90: a number may follow.
    Tens(u32),
    /// Times a hundred.
    Hundred,
    /// All of an age by itself, in years: "seventies", "nonagenarian".
    Whole(u32),
    /// "s" of a decade.
    Decade,
    /// "o" of "y/o".
    Old,
    /// It changes nothing. So do the letters that could be a unit or something else ("96 m": months, or a man), so that years are assumed.
    Nothing,
}

/// The meaning of `word`, in small letters.
pub(super) fn meaning(word: &str) -> Option<Word> {
    const NUMBERS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    const DECADES: [&str; 9] = ["teens", "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
    const PEOPLE: [&str; 9] = [
        "vicenarian",
        "tricenarian",
        "quadragenarian",
        "quinquagenarian",
        "sexagenarian",
        "septuagenarian",
        "octogenarian",
        "nonagenarian",
        "centenarian",
    ];
    let place = |list: &[&str], first: u32, step: u32| {
        let at = list.iter().position(|w| *w == word || word.strip_suffix('s') == Some(*w))?;
        Some(first + step * u32::try_from(at).ok()?)
    };
    Some(match word {
        "y" | "yo" | "yr" | "yrs" | "year" | "years" | "yearold" => Word::Unit(1),
        "mo" | "mos" | "mth" | "mths" | "month" | "months" => Word::Unit(12),
        "wk" | "wks" | "week" | "weeks" => Word::Unit(52),
        "day" | "days" => Word::Unit(365),
        "hr" | "hrs" | "hour" | "hours" => Word::Unit(8766),
        "over" | "above" | "plus" => Word::Over,
        "to" | "or" => Word::To,
        "hundred" => Word::Hundred,
        "fourty" => Word::Tens(40),
        "s" => Word::Decade,
        "o" => Word::Old,
        "newborn" | "neonate" | "infant" => Word::Whole(0),
        "toddler" => Word::Whole(1),
        "teen" | "teenage" | "teenaged" | "teenager" => Word::Whole(13),
        "supercentenarian" => Word::Whole(110),
        "old" | "age" | "aged" | "ages" | "of" | "about" | "approximately" | "approx" | "around" | "circa" | "early" | "mid" | "late"
        | "in" | "the" | "his" | "her" | "their" | "a" | "and" | "half" | "birthday" | "st" | "nd" | "rd" | "th" | "m" | "f" | "male"
        | "female" | "man" | "woman" | "lady" | "gentleman" | "boy" | "girl" | "d" | "w" | "h" => Word::Nothing,
        _ => {
            let number = NUMBERS.iter().position(|w| *w == word).and_then(|at| u32::try_from(at).ok()).map(Word::Number);
            let tens = || TENS.iter().position(|w| *w == word).and_then(|at| u32::try_from(at).ok()).map(|at| Word::Tens(20 + 10 * at));
            number.or_else(tens).or_else(|| place(&DECADES, 10, 10).or_else(|| place(&PEOPLE, 20, 10)).map(Word::Whole))?
        }
    })
}
