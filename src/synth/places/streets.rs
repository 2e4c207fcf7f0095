//! House numbers and streets.

use super::entry;
use crate::random::Rand;
use crate::synth::lexicon::Lexicons;
use crate::synth::person::surname;

/// House number and street, and often a flat, in the country's order.
pub(crate) fn street(lex: &Lexicons, country: &str, rand: &mut Rand) -> String {
    let name = street_name(lex, country, rand);
    let number = house_number(country, rand);
    let flat = flat_number(rand);
    match (country, rand.below(10)) {
        ("UK" | "IE", 0) => format!("{} {}, {number} {name}", rand.of(["Flat", "Apt", "Apartment", "Unit"]), rand.range(1, 40)),
        ("UK" | "IE", 1) => format!(
            "{} {}",
            rand.of(["The Old Rectory,", "Rose Cottage,", "Hillcrest,", "Ivy House,", "Tigh na Mara,", "Bwthyn Bach,", "Mill Farm,"]),
            name
        ),
        ("UK", 2) if rand.chance(0.4) => format!("{} {name}", rand.of(["1/2", "2/1", "3F2", "0/1", "14/3"]).to_string() + ", " + &number),
        ("IN", 0..3) => {
            format!("{} {}, {name}", rand.of(["Flat No.", "H.No.", "Plot", "Door No.", "Flat", "House No.", "#"]), indian_number(rand))
        }
        ("IN", 3) => format!(
            "{}, {name}, {}",
            indian_number(rand),
            rand.of(["2nd Cross", "1st Main", "Near Bus Stand", "Phase II", "3rd Stage", "Opp. Temple", "Block C"])
        ),
        ("PK", 0..3) => format!("House {}, {}", number, name),
        ("PK", 3) => format!("House No. {number}, Street {}, {name}", rand.range(1, 60)),
        ("SG", 0..7) => format!(
            "{} {}, #{:02}-{}",
            rand.of(["Blk", "Block", "Blk"]),
            rand.shape("###") + " " + &name,
            rand.range(1, 25),
            rand.range(10, 399)
        ),
        ("MY", 0..3) => format!("No. {number}, {name}"),
        ("MY", 3) => format!("Lot {number}, {name}"),
        ("PH", 0..2) => format!("{} {} Lot {}, {name}", rand.of(["Blk", "Block"]), rand.range(1, 60), rand.range(1, 40)),
        ("HK", 0..6) => {
            format!("{}, {}/F, {} {name}", rand.of(["Flat A", "Flat C", "Rm 1203", "Unit 5", "Room 807"]), rand.range(1, 40), number)
        }
        ("AE", 0..4) => format!("{} {}, {name}", rand.of(["Villa", "Flat", "Apt", "Office"]), rand.range(1, 2400)),
        ("AU" | "NZ", 0 | 1) => format!("{}/{number} {name}", rand.range(1, 40)),
        ("NG" | "GH" | "KE", 0) => format!("{} {number}, {name}", rand.of(["Plot", "House No.", "Block"])),
        ("NG" | "GH" | "KE", 1) => format!("No {number} {name}"),
        ("ZA", 0) => format!("{number} {name}, Ext {}", rand.range(1, 14)),
        ("ZA", 1) => format!("{} {name}", rand.range(1, 9999)),
        ("JM", 0) => format!("Lot {number} {name}"),
        ("US" | "CA", 0) => format!(
            "{number} {name}, {} {flat}",
            rand.of(["Apt", "Apt.", "Unit", "Suite", "Ste", "Apartment", "Bldg 4, Apt", "Rm", "Trlr"])
        ),
        ("US" | "CA", 1) => format!("{number} {name} {}{flat}", rand.of(["Apt ", "#", "apt ", "Unit ", "# ", "Lot ", "Fl ", "APT "])),
        ("US", 2) if rand.chance(0.3) => format!("{number} {} {}", rand.of(["N", "W", "SW", "E.", "South"]), name),
        ("US", 3) if rand.chance(0.2) => format!("RR {} Box {}", rand.range(1, 9), rand.digits(3)),
        _ => format!("{number} {name}"),
    }
}

fn street_name(lex: &Lexicons, country: &str, rand: &mut Rand) -> String {
    if country == "US" && rand.chance(0.35) {
        let name = rand.pick(&lex.streets).trim().to_string();
        // "12 Road" would be no street; the list has such rows.
        if name.contains(' ') {
            return name;
        }
    }
    if matches!(country, "US" | "CA") && rand.chance(0.08) {
        let n = rand.range(2, 199);
        return format!("{n}{} {}", ordinal(n), rand.of(["Street", "St", "Ave", "Avenue NW", "St. SE", "Ave. E", "Place", "Ave S"]));
    }
    let stem = if rand.chance(0.7) { entry(lex, country, "stem", rand) } else { surname(lex, country, rand) };
    const WHOLE: [&str; 17] = [
        "Jalan",
        "Lorong",
        "Persiaran",
        "Lebuh",
        "Kampung",
        "Taman",
        "Felda",
        "Purok",
        "Sitio",
        "Llys",
        "Ffordd",
        "Heol",
        "Shahrah",
        "Khayaban",
        "Bothar",
        "Concession",
        "Broadway",
    ];
    if WHOLE.iter().any(|w| stem.starts_with(w)) || stem.ends_with(|c: char| c.is_ascii_digit()) || stem.contains("Road") {
        return stem;
    }
    let way = entry(lex, country, "way", rand);
    if stem.is_empty() { format!("Main {way}") } else { format!("{stem} {way}") }
}

fn ordinal(n: i64) -> &'static str {
    match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

fn house_number(country: &str, rand: &mut Rand) -> String {
    let digits = match country {
        "US" | "CA" => 1 + rand.below(5),
        _ => 1 + rand.below(3),
    };
    match rand.below(14) {
        0 => rand.shape("##@"),
        1 => format!("{}-{}", rand.range(1, 90), rand.range(91, 180)),
        2 if country != "US" => rand.shape("#@").to_lowercase().replace('0', "1"),
        _ => rand.digits(digits).replace('0', if digits == 1 { "1" } else { "0" }),
    }
}

fn indian_number(rand: &mut Rand) -> String {
    let shape = rand.of(["##/#", "@-###", "#-##-###", "###", "##@", "#/###"]);
    rand.shape(shape)
}

fn flat_number(rand: &mut Rand) -> String {
    let shape = rand.of(["#", "##", "#@", "###", "@", "##-@"]);
    rand.shape(shape)
}
