//! Where people live, work and are treated.

use super::lexicon::{Lexicons, upper_first};
use super::rng::Rand;

/// A hospital and what people call it for short.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hospital {
    pub(crate) name: String,
    pub(crate) short: String,
}

fn surname(lex: &Lexicons, rand: &mut Rand) -> String {
    if rand.chance(0.3)
        && let Some(culture) = lex.cultures.get(rand.below(lex.cultures.len()))
    {
        return rand.pick(&culture.last).to_string();
    }
    lex.us_last.pick(rand).to_string()
}

/// A hospital, clinic or practice.
pub(crate) fn hospital(lex: &Lexicons, rand: &mut Rand) -> Hospital {
    let name = if rand.chance(0.55) {
        rand.pick(&lex.hospitals).to_string()
    } else {
        let (last, city, saint) = (surname(lex, rand), city(lex, "US", rand), rand.pick(&lex.saints).to_string());
        match rand.below(12) {
            0 => format!("{last} Memorial Hospital"),
            1 => format!("{city} General Hospital"),
            2 => format!("{city} Medical Center"),
            3 | 4 => format!("{} {saint}{}", rand.of(["St.", "St", "Saint"]), rand.of([" Hospital", " Medical Center", "", " Infirmary"])),
            5 => format!("{last} Clinic"),
            6 => format!("University of {city} Hospital"),
            7 => format!(
                "{city} {}",
                rand.of(["Family Practice", "Health Centre", "Surgery Center", "Cancer Institute", "Eye Clinic", "Dialysis Center"])
            ),
            8 => format!("{last}, {} and {} Orthopedics", surname(lex, rand), surname(lex, rand)).replace(", ", " "),
            9 => format!("{city} VA"),
            10 => format!("Royal {city} Infirmary"),
            _ => format!(
                "{last} {}",
                rand.of(["Pavilion", "Medical Group", "Children's Hospital", "Rehabilitation Hospital", "Heart Center"])
            ),
        }
    };
    let initials: String = name.split([' ', '-']).filter_map(|w| w.chars().next()).filter(|c| c.is_ascii_uppercase()).collect();
    let short = match rand.below(4) {
        0 => name.split(' ').next().unwrap_or_default().trim_end_matches(['.', ',']).to_string(),
        _ => initials,
    };
    let usable = (2..9).contains(&short.len()) && !["St", "The", "Saint", "Dr", "San", "Los", "El"].contains(&short.as_str());
    Hospital { short: if usable { short } else { name.clone() }, name }
}

/// A nursing home, hospice or the like with a name.
pub(crate) fn nursing_home(lex: &Lexicons, rand: &mut Rand) -> String {
    let start = if rand.chance(0.5) {
        surname(lex, rand)
    } else {
        let (a, b) = (
            rand.of(["Green", "Oak", "Maple", "Sunny", "Golden", "Willow", "River", "Cedar", "Autumn", "Spring"]),
            rand.of(["view", "wood", "brook", "side", " Hill", "dale", "crest"]),
        );
        format!("{a}{b}")
    };
    format!(
        "{start} {}",
        rand.of(["Nursing Home", "Manor", "Care Center", "Rehab", "Hospice", "Assisted Living", "House", "Lodge", "SNF", "Gardens"])
    )
}

/// A city, town or village.
pub(crate) fn city(lex: &Lexicons, country: &str, rand: &mut Rand) -> String {
    match rand.below(10) {
        0 => rand.pick(&lex.world_cities).to_string(),
        1 => {
            let stem = surname(lex, rand);
            format!("{stem}{}", rand.of(["ville", "ton", " Falls", " Springs", " City", "burg", " Beach", " Heights"]))
        }
        _ if country != "US" => rand.pick(&lex.world_cities).to_string(),
        _ => rand.pick(&lex.us_cities).to_string(),
    }
}

/// A state, province or county.
pub(crate) fn state(lex: &Lexicons, country: &str, short: bool, rand: &mut Rand) -> String {
    let (long, code) = match country {
        "CA" => rand.of([
            ("Ontario", "ON"),
            ("Quebec", "QC"),
            ("Alberta", "AB"),
            ("British Columbia", "BC"),
            ("Nova Scotia", "NS"),
            ("Manitoba", "MB"),
        ]),
        "AU" => rand.of([
            ("New South Wales", "NSW"),
            ("Victoria", "VIC"),
            ("Queensland", "QLD"),
            ("Tasmania", "TAS"),
            ("Western Australia", "WA"),
        ]),
        "UK" => rand.of([
            ("Kent", "Kent"),
            ("Surrey", "Surrey"),
            ("Lancashire", "Lancs"),
            ("West Yorkshire", "W Yorks"),
            ("Devon", "Devon"),
            ("Cumbria", "Cumbria"),
        ]),
        "IE" => rand.of([("Co. Cork", "Co Cork"), ("County Kerry", "Co. Kerry"), ("Co. Galway", "Co Galway"), ("County Mayo", "Mayo")]),
        "IN" => rand.of([
            ("Kerala", "KL"),
            ("Maharashtra", "MH"),
            ("Tamil Nadu", "TN"),
            ("Gujarat", "GJ"),
            ("West Bengal", "WB"),
            ("Karnataka", "KA"),
        ]),
        _ => {
            if !short && rand.chance(0.12) && !lex.counties.is_empty() {
                return rand.pick(&lex.counties).to_string();
            }
            return lex
                .states
                .get(rand.below(lex.states.len()))
                .map_or(String::new(), |(long, code)| if short { code.clone() } else { long.clone() });
        }
    };
    if short { code.into() } else { long.into() }
}

/// A country, sometimes as people shorten it.
pub(crate) fn country(lex: &Lexicons, rand: &mut Rand) -> String {
    match rand.below(12) {
        0 => rand.of(["USA", "US", "U.S.", "United States", "UK", "U.K.", "UAE", "DRC"]).to_string(),
        1 => rand
            .of(["England", "Scotland", "Wales", "Northern Ireland", "Puerto Rico", "Hong Kong", "Guam", "Palestine", "Tibet"])
            .to_string(),
        2 => rand
            .of(["Mexico", "India", "China", "Vietnam", "Philippines", "El Salvador", "Canada", "Germany", "Korea", "Haiti"])
            .to_string(),
        _ => rand.pick(&lex.countries).to_string(),
    }
}

/// A postal code.
pub(crate) fn zip(lex: &Lexicons, country: &str, rand: &mut Rand) -> String {
    let shape = match country {
        "UK" => rand.of(["@@# #@@", "@## #@@", "@# #@@", "@@## #@@", "@#@ #@@"]),
        "CA" => rand.of(["@#@ #@#", "@#@ #@#", "@#@#@#"]),
        "IE" => "@## @?##",
        "AU" => "####",
        "IN" => rand.of(["######", "### ###"]),
        _ => {
            let zip = rand.pick(&lex.zips).to_string();
            return if rand.chance(0.15) { format!("{zip}{}", rand.shape("-####")) } else { zip };
        }
    };
    rand.shape(shape)
}

/// House number and street, and often a flat.
pub(crate) fn street(lex: &Lexicons, country: &str, rand: &mut Rand) -> String {
    let number = if rand.chance(0.08) {
        rand.shape("##@")
    } else {
        let n = 1 + rand.below(5);
        rand.digits(n)
    };
    let name = match (country, rand.below(10)) {
        ("US", 0..5) => rand.pick(&lex.streets).to_string(),
        ("US" | "CA", 5) => format!("{}{} {}", rand.range(4, 99), "th", rand.of(["Street", "St", "Ave", "Avenue NW", "St. SE", "Ave. E"])),
        ("UK" | "IE" | "AU", 0..9) => format!(
            "{} {}",
            surname(lex, rand),
            rand.of(["Road", "Lane", "Close", "Crescent", "Terrace", "Gardens", "Rd", "Mews", "Grove", "Parade"])
        ),
        ("IN", 0..9) => format!("{} {}", surname(lex, rand), rand.of(["Nagar", "Marg", "Road", "Colony", "Layout, 2nd Cross", "Street"])),
        (_, 6) => {
            format!("{} {}", rand.of(["N.", "South", "West", "E", "Old", "Upper"]), surname(lex, rand))
                + rand.of([" St", " Road", " Blvd", " Drive"])
        }
        _ => format!(
            "{} {}",
            surname(lex, rand),
            rand.of([
                "Street",
                "St.",
                "St",
                "Ave",
                "Avenue",
                "Blvd.",
                "Boulevard",
                "Dr",
                "Drive",
                "Lane",
                "Ln",
                "Court",
                "Ct.",
                "Way",
                "Pl",
                "Circle",
                "Hwy",
                "Trail",
                "Pkwy",
                "Rd"
            ])
        ),
    };
    // "12 Road" would be no street; the list has such rows.
    let name = if name.trim().is_empty() { "Main Street".into() } else { name };
    let flat = match (country, rand.below(8)) {
        ("UK" | "IE", 0) => return format!("{} {}, {number} {name}", rand.of(["Flat", "Apt"]), rand.range(1, 40)),
        ("IN", 0) => return format!("{} {}, {name}", rand.of(["Flat No.", "H.No.", "Plot"]), rand.digits(3)),
        (_, 0) => format!(", {} {}", rand.of(["Apt", "Apt.", "Unit", "Suite", "Ste", "#"]), flat_number(rand)),
        (_, 1) => format!(" {}{}", rand.of(["Apt ", "#", "apt ", "Unit "]), flat_number(rand)),
        _ => String::new(),
    };
    format!("{number} {name}{flat}")
}

fn flat_number(rand: &mut Rand) -> String {
    let shape = rand.of(["#", "##", "#@", "###"]);
    rand.shape(shape)
}

/// A trade as it is written in a note.
pub(crate) fn profession(lex: &Lexicons, rand: &mut Rand) -> String {
    const COMMON: [&str; 40] = [
        "teacher",
        "truck driver",
        "nurse",
        "accountant",
        "engineer",
        "carpenter",
        "farmer",
        "waitress",
        "secretary",
        "lawyer",
        "electrician",
        "plumber",
        "cook",
        "janitor",
        "salesman",
        "software developer",
        "police officer",
        "firefighter",
        "bus driver",
        "cashier",
        "student",
        "housewife",
        "homemaker",
        "mechanic",
        "construction worker",
        "machinist",
        "librarian",
        "musician",
        "pastor",
        "real estate agent",
        "bartender",
        "painter",
        "social worker",
        "hairdresser",
        "security guard",
        "factory worker",
        "postal worker",
        "professor",
        "welder",
        "pilot",
    ];
    if rand.chance(0.5) { COMMON[rand.below(COMMON.len())].to_string() } else { rand.pick(&lex.professions).to_string() }
}

/// A company, school, church, charity or unit.
pub(crate) fn organization(lex: &Lexicons, variant: &str, rand: &mut Rand) -> String {
    let (last, town) = (surname(lex, rand), city(lex, "US", rand));
    match (variant, rand.below(16)) {
        ("school", n) => match n % 6 {
            0 => format!("{town} High School"),
            1 => format!("University of {town}"),
            2 => format!("{last} College"),
            3 => format!("{town} State University"),
            4 => format!("{last} Elementary School"),
            _ => format!("{} Middle School", upper_first(&last)),
        },
        ("military", n) => match n % 6 {
            0 => format!("{} Infantry Division", rand.of(["1st", "3rd", "25th", "82nd", "10th"])),
            1 => "US Army".into(),
            2 => "Marines".into(),
            3 => "Navy".into(),
            4 => "Royal Air Force".into(),
            _ => "Coast Guard".into(),
        },
        (_, 0..6) => rand.pick(&lex.organizations).to_string(),
        (_, 6) => format!("{last} & {}", rand.of(["Sons", "Co.", "Daughters", "Partners", "Associates"])),
        (_, 7) => format!(
            "{last} {}",
            rand.of([
                "Construction",
                "Plumbing",
                "Foods",
                "Motors",
                "Insurance",
                "Logistics",
                "Industries",
                "Bakery",
                "Farms",
                "Trucking",
                "Pharmacy",
                "Ambulance"
            ])
        ),
        (_, 8) => format!(
            "{town} {}",
            rand.of(["Fire Department", "Police Department", "School District", "Public Library", "Water Board", "Post Office"])
        ),
        (_, 9) => format!(
            "{} {} Church",
            rand.of(["First", "St. Mark's", "Grace", "Trinity", "Calvary"]),
            rand.of(["Baptist", "Lutheran", "Methodist", "Presbyterian", "Catholic"])
        ),
        (_, 10) => format!("{last}, {} & {}", surname(lex, rand), surname(lex, rand)) + rand.of([" LLP", "", " LLC"]),
        (_, 11) => format!("Local {} of the {} Union", rand.range(12, 990), rand.of(["Teamsters", "Carpenters", "Ironworkers"])),
        (_, 12) => organization(lex, "school", rand),
        (_, 13) => format!(
            "{} {}",
            rand.of(["Acme", "Global", "Pinnacle", "Summit", "Blue Sky", "Northstar", "Apex", "United"]),
            rand.of(["Systems", "Steel", "Freight", "Textiles", "Dairy", "Labs", "Airlines", "Bank"])
        ),
        (_, 14) => format!("{last} {}", rand.of(["Inc.", "LLC", "Corp.", "Ltd", "GmbH", "PLC"])).trim_end_matches('.').to_string(),
        _ => rand
            .of([
                "YMCA",
                "AA",
                "Alcoholics Anonymous",
                "Salvation Army",
                "Walmart",
                "Walgreens",
                "CVS",
                "FedEx",
                "UPS",
                "Medtronic",
                "IBM",
                "McDonald's",
                "Habitat for Humanity",
            ])
            .to_string(),
    }
}

/// Another place with a name.
pub(crate) fn other_place(lex: &Lexicons, variant: &str, rand: &mut Rand) -> String {
    let last = surname(lex, rand);
    match (variant, rand.below(12)) {
        ("box", _) => format!("{} {}", rand.of(["PO Box", "P.O. Box", "Box", "P O Box"]), {
            let n = 2 + rand.below(4);
            rand.digits(n)
        }),
        (_, 0 | 1) => format!("{} {last}", rand.of(["Lake", "Mount", "Fort", "Camp"])),
        (_, 2) => format!("{last} {}", rand.of(["Park", "Bridge", "River", "Beach", "Mountain", "Creek", "Island", "Valley"])),
        (_, 3) => format!("{} {}", rand.of(["Interstate", "Highway", "Route", "I-"]), rand.range(1, 99)).replace("- ", "-"),
        (_, 4) => {
            format!("{last} {}", rand.of(["Mall", "Airport", "Stadium", "Correctional Facility", "State Park", "Air Force Base", "Square"]))
        }
        _ => rand.pick(&lex.places).trim_start_matches("the ").to_string(),
    }
}
