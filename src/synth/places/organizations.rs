//! Companies, schools, churches, units, insurers and the like.

use super::{city, entry, held};
use crate::random::Rand;
use crate::synth::lexicon::Lexicons;
use crate::synth::person::surname;

const KINDS: [&str; 20] = [
    "school", "school", "school", "military", "pharmacy", "pharmacy", "insurer", "insurer", "church", "charity", "charity", "police",
    "company", "company", "company", "company", "union", "club", "shelter", "any",
];

/// An organisation of a kind; of any kind without one.
pub(crate) fn organization(lex: &Lexicons, country: &str, variant: &str, rand: &mut Rand) -> String {
    let kind = if variant.is_empty() { rand.of(KINDS) } else { variant };
    let listed = match kind {
        "school" => "org_school",
        "military" => "org_military",
        "pharmacy" => "org_pharmacy",
        "insurer" => "org_insurer",
        "church" => "org_church",
        "charity" => "org_charity",
        "police" => "org_police",
        "club" => "org_club",
        _ => "org_company",
    };
    let from_list = match kind {
        "military" => 0.8,
        "union" | "shelter" => 0.0,
        "company" => 0.45,
        _ => 0.5,
    };
    let text = if kind == "any" && !lex.organizations.is_empty() {
        rand.pick(&lex.organizations).to_string()
    } else if rand.chance(from_list) {
        entry(lex, if kind == "company" && rand.chance(0.15) { "" } else { country }, listed, rand)
    } else {
        held(lex, rand, |rand| composed(lex, country, kind, rand))
    };
    // Lists have "The Co." and the like: the article and a closing full stop stay outside the entity.
    let text = text.trim_start_matches("The ").trim_start_matches("the ").trim_end_matches('.').to_string();
    if text.is_empty() { composed(lex, country, "company", rand) } else { text }
}

fn composed(lex: &Lexicons, country: &str, kind: &str, rand: &mut Rand) -> String {
    let (last, town) = (surname(lex, country, rand), city(lex, country, rand));
    let saint = format!("St. {}", rand.pick(&lex.saints));
    match kind {
        "school" => match rand.below(12) {
            0 => format!(
                "{town} {}",
                rand.of(["High School", "Academy", "Secondary School", "Grammar School", "Public School", "Comprehensive"])
            ),
            1 => format!("University of {town}"),
            2 => format!(
                "{last} {}",
                rand.of(["College", "Community College", "Elementary", "Elementary School", "Middle School", "Prep", "High"])
            ),
            3 => format!("{town} State University"),
            4 => format!(
                "{town} {}",
                rand.of([
                    "Primary School",
                    "Primary",
                    "Polytechnic",
                    "Technical College",
                    "Montessori",
                    "Kindergarten",
                    "Nursery",
                    "Day Care"
                ])
            ),
            5 => format!("{saint}'s {}", rand.of(["School", "Primary School", "College", "High School", "RC Primary"])),
            6 => format!(
                "{town} {}",
                rand.of(["Institute of Technology", "Beauty School", "Law School", "Teachers College", "Girls' High School", "Boys High"])
            ),
            7 => format!(
                "{} {}",
                rand.of(["Little Acorns", "Busy Bees", "Happy Days", "Rainbow", "Sunshine", "Bright Horizons", "Tiny Tots"]),
                rand.of(["Nursery", "Daycare", "Preschool", "Playgroup", "Learning Center"])
            ),
            8 => format!(
                "{} {}",
                rand.of(["Lincoln", "Nelson Mandela", "Roosevelt", "Gandhi", "Kennedy", "Nehru", "Washington", "Victoria", "Elizabeth"]),
                rand.of(["High", "Primary", "Elementary", "Secondary School", "Middle School"])
            ),
            9 => format!("{town} School District"),
            _ => format!("{last} {}", rand.of(["School", "University", "High School", "Academy", "Special School"])),
        },
        "military" => match rand.below(4) {
            0 => format!(
                "{}{} {}",
                rand.range(1, 9),
                "th",
                rand.of(["Battalion", "Regiment", "Infantry", "Signal Company", "Field Artillery"])
            )
            .replace("1th", "1st")
            .replace("2th", "2nd")
            .replace("3th", "3rd"),
            1 => format!("{} {last}", rand.of(["USS", "HMS", "HMAS", "INS"])),
            2 => format!("{} Infantry Division", rand.of(["1st", "3rd", "25th", "10th", "4th"])),
            _ => rand.of(["Army", "Navy", "Air Force", "Marine Corps", "Special Forces", "Coast Guard", "Peace Corps"]).to_string(),
        },
        "pharmacy" => match rand.below(3) {
            0 => format!("{town} {}", rand.of(["Pharmacy", "Drug", "Chemist", "Drugstore", "Medical Store"])),
            1 => format!(
                "{last}{} {}",
                rand.of(["", "'s"]),
                rand.of(["Pharmacy", "Drugs", "Chemist", "Apothecary", "Chemists", "Medical Hall"])
            ),
            _ => format!(
                "{} Pharmacy",
                rand.of(["Corner", "Village", "Family", "Community", "Riverside", "Medi-Mart", "Hometown", "Station Road", "High Street"])
            ),
        },
        "insurer" => format!(
            "{} {}",
            rand.of([
                "Pinnacle",
                "Sunrise",
                "Evergreen",
                "Heritage",
                "Atlantic",
                "Unity",
                "Beacon",
                "Meridian",
                "Guardian",
                "Keystone",
                "Summit",
                "Pacific"
            ]),
            rand.of(["Health", "Health Plan", "Insurance", "Mutual", "Life", "Assurance", "HMO", "PPO", "Medical Aid", "Benefits"])
        ),
        "church" => match rand.below(4) {
            0 => format!(
                "{} {} Church",
                rand.of(["First", "Second", "Grace", "Trinity", "Calvary", "Bethel", "Zion", "Emmanuel", "New Hope"]),
                rand.of(["Baptist", "Lutheran", "Methodist", "Presbyterian", "Catholic", "Pentecostal", "AME", "Congregational"])
            ),
            1 => format!("{saint}'s {}", rand.of(["Church", "Parish", "Cathedral", "Episcopal Church", "RC Church"])),
            2 => format!(
                "{town} {}",
                rand.of(["Mosque", "Temple", "Gurdwara", "Synagogue", "Islamic Centre", "Tabernacle", "Mandir", "Gospel Hall"])
            ),
            _ => rand
                .of([
                    "Our Lady of Sorrows",
                    "Holy Family Parish",
                    "Masjid Al-Noor",
                    "Beth Shalom",
                    "Sri Ganesha Temple",
                    "Kingdom Hall",
                    "New Life Church",
                ])
                .to_string(),
        },
        "charity" => match rand.below(3) {
            0 => format!(
                "{town} {}",
                rand.of(["Food Bank", "Foundation", "Community Services", "Carers Centre", "Meals on Wheels", "Recovery Centre"])
            ),
            1 => format!("{last} {}", rand.of(["Foundation", "Trust", "Center for Recovery", "Home Care"])),
            _ => format!(
                "{} {}",
                rand.of(["Open Door", "New Beginnings", "Helping Hands", "Bridge", "Compass", "Safe Harbor", "Second Chance", "Pathways"]),
                rand.of(["Project", "Trust", "Outreach", "Services", "Foundation"])
            ),
        },
        "police" => format!(
            "{town} {}",
            rand.of([
                "Police Department",
                "Police",
                "PD",
                "Fire Department",
                "Police Station",
                "Ambulance",
                "EMS",
                "County Sheriff",
                "Council",
                "Housing Authority",
                "Municipal Court",
                "Fire Rescue",
                "Social Services",
                "CPS"
            ])
        ),
        "union" => match rand.below(3) {
            0 => format!(
                "Local {} of the {} Union",
                rand.range(12, 990),
                rand.of(["Teamsters", "Carpenters", "Ironworkers", "Plumbers", "Electricians"])
            ),
            1 => format!("{} Local {}", rand.of(["UAW", "SEIU", "IBEW", "Teamsters", "AFSCME", "Ironworkers"]), rand.range(3, 1999)),
            _ => rand
                .of([
                    "Teamsters",
                    "Unison",
                    "Unite",
                    "Screen Actors Guild",
                    "Nurses' Union",
                    "SIPTU",
                    "CUPE",
                    "COSATU",
                    "Dockworkers Union",
                    "Teachers Union",
                ])
                .to_string(),
        },
        "club" => match rand.below(3) {
            0 => format!(
                "{town} {}",
                rand.of([
                    "Golf Club",
                    "Rugby Club",
                    "FC",
                    "Rowing Club",
                    "Bowls Club",
                    "Cricket Club",
                    "Senior Center",
                    "Boxing Club",
                    "Athletic",
                    "Wildcats",
                    "Tigers",
                    "United"
                ])
            ),
            1 => format!("{} {}", rand.of(["Gold's", "Iron", "Fit4Life", "Pulse", "CrossFit"]), rand.of(["Gym", "Fitness", "Studio"])),
            _ => format!("{last} {}", rand.of(["Dance Academy", "Riding School", "Country Club", "Lodge", "Swim Club", "Karate"])),
        },
        "shelter" => match rand.below(3) {
            0 => format!(
                "{town} {}",
                rand.of(["Women's Shelter", "Night Shelter", "Rescue Mission", "Homeless Shelter", "Men's Shelter", "Refuge"])
            ),
            1 => format!("{saint}'s {}", rand.of(["Hostel", "House", "Shelter", "Mission"])),
            _ => format!(
                "{} House",
                rand.of(["Harbor", "Transition", "Hope", "Bethany", "Phoenix", "Samaritan", "Sojourner", "Oxford", "Genesis"])
            ),
        },
        _ => match rand.below(8) {
            0 => format!("{last} & {}", rand.of(["Sons", "Co", "Daughters", "Partners", "Associates", "Sons Ltd"])),
            1 | 2 => format!(
                "{last} {}",
                rand.of([
                    "Construction",
                    "Plumbing",
                    "Foods",
                    "Motors",
                    "Logistics",
                    "Industries",
                    "Bakery",
                    "Farms",
                    "Trucking",
                    "Roofing",
                    "Landscaping",
                    "Electric",
                    "Textiles",
                    "Engineering",
                    "Garage",
                    "Catering",
                    "Steel",
                    "Taxis",
                    "Haulage",
                    "Cleaning Services",
                    "Poultry",
                    "Realty",
                    "Funeral Home",
                    "Builders",
                    "Transport",
                    "Enterprises"
                ])
            ),
            3 => format!("{last}, {} & {}", surname(lex, country, rand), surname(lex, country, rand)) + rand.of([" LLP", "", " LLC"]),
            4 => format!(
                "{} {}",
                rand.of([
                    "Acme",
                    "Global",
                    "Pinnacle",
                    "Summit",
                    "Blue Sky",
                    "Northstar",
                    "Apex",
                    "United",
                    "Delta",
                    "Orion",
                    "Vertex",
                    "Tri-County",
                    "Eastern",
                    "Pioneer",
                    "Golden Gate"
                ]),
                rand.of([
                    "Systems",
                    "Steel",
                    "Freight",
                    "Textiles",
                    "Dairy",
                    "Labs",
                    "Airlines",
                    "Bank",
                    "Software",
                    "Packaging",
                    "Plastics",
                    "Solutions",
                    "Mining",
                    "Electronics",
                    "Couriers",
                    "Security"
                ])
            ),
            5 => format!("{last} {}", rand.of(["Inc", "LLC", "Corp", "Ltd", "GmbH", "PLC", "Pty Ltd", "Pvt Ltd", "Sdn Bhd", "Pte Ltd"])),
            6 => format!(
                "{town} {}",
                rand.of([
                    "Shipyard",
                    "Paper Mill",
                    "Casino",
                    "Water Board",
                    "Public Library",
                    "Post Office",
                    "Transit",
                    "Times",
                    "Brewery",
                    "Colliery",
                    "Power Station",
                    "Gazette",
                    "Meat Packers",
                    "Diner"
                ])
            ),
            _ => format!(
                "{last}'s {}",
                rand.of(["Diner", "Bar & Grill", "Auto Body", "Bakery", "Deli", "Hardware", "Salon", "Pub", "Butchers", "Café"])
            ),
        },
    }
}
