//! Practices, nursing homes and hospices.

use super::{city, held};
use crate::random::Rand;
use crate::synth::lexicon::Lexicons;
use crate::synth::person::surname;

/// A practice, surgery or clinic.
pub(crate) fn clinic(lex: &Lexicons, country: &str, rand: &mut Rand) -> String {
    held(lex, rand, |rand| clinic_name(lex, country, rand))
}

fn clinic_name(lex: &Lexicons, country: &str, rand: &mut Rand) -> String {
    let (last, town) = (surname(lex, country, rand), city(lex, country, rand));
    let green = rand.of([
        "Elmwood",
        "Parkside",
        "Riverside",
        "The Limes",
        "Oak Tree",
        "Meadowbank",
        "Lakeview",
        "Sunrise",
        "Hillside",
        "Harbour",
        "Greenfield",
        "Bridge",
        "Beechwood",
        "Seaview",
    ]);
    let green = green.trim_start_matches("The ");
    match (country, rand.below(8)) {
        ("UK" | "IE", 0) => format!("{green} Surgery"),
        ("UK" | "IE", 1) => {
            format!("{town} {}", rand.of(["Medical Centre", "Health Centre", "Medical Practice", "Primary Care Centre", "Walk-in Centre"]))
        }
        ("UK" | "IE", 2) => format!("{green} {}", rand.of(["Medical Practice", "Group Practice", "Family Practice", "Dental Practice"])),
        ("UK" | "IE", 3) => format!("{last} {}", rand.of(["Street Surgery", "Road Practice", "Lane Surgery", "Road Medical Centre"])),
        ("AU" | "NZ" | "ZA", 0 | 1) => format!(
            "{town} {}",
            rand.of(["Medical Centre", "Family Practice", "Super Clinic", "Community Health", "Aboriginal Medical Service", "Day Clinic"])
        ),
        ("IN" | "PK", 0 | 1) => format!(
            "{last} {}",
            rand.of(["Clinic", "Polyclinic", "Nursing Home", "Diagnostics", "Dental Care", "Eye Hospital", "Diagnostic Centre"])
        ),
        ("SG" | "MY" | "HK", 0 | 1) => format!("{} {}", rand.of(["Klinik", "Poliklinik"]), last).replace("Klinik bin ", "Klinik "),
        ("PH" | "NG" | "GH" | "KE", 0) => {
            format!("{town} {}", rand.of(["Health Center", "Lying-in Clinic", "Medical Clinic", "Dispensary", "Maternity Home"]))
        }
        (_, 4) => format!(
            "{town} {}",
            rand.of([
                "Family Medicine",
                "Pediatrics",
                "Primary Care",
                "Orthopedics",
                "Internal Medicine Associates",
                "Urgent Care",
                "Women's Health",
                "Community Health Center"
            ])
        ),
        (_, 5) => format!(
            "{last} {}",
            rand.of([
                "Family Practice",
                "Dental Group",
                "Dermatology",
                "Eye Associates",
                "Medical Group",
                "Chiropractic",
                "Pediatrics",
                "Podiatry"
            ])
        ),
        (_, 6 | 7) => {
            let start = if rand.chance(0.5) { town } else { format!("{last}{}", rand.of(["", "", " Park", " Lake", " Valley", " Forks"])) };
            specialists(&start, country, rand)
        }
        _ => format!(
            "{green} {}",
            rand.of([
                "Medical Center",
                "Clinic",
                "Health Clinic",
                "Medical Group",
                "Physiotherapy",
                "Imaging",
                "Fertility Clinic",
                "Counselling"
            ])
        ),
    }
}

/// A practice of specialists, with what the law adds to its name: `Three Pines Surgical Associates, P.C.`
fn specialists(start: &str, country: &str, rand: &mut Rand) -> String {
    let field = rand.of([
        "Surgical",
        "Endocrine & Thyroid",
        "Heart & Vascular",
        "Kidney and Hypertension",
        "ENT",
        "GI",
        "Women's Care",
        "Eye & Laser",
        "Spine & Joint",
        "Neurology",
        "Cancer",
        "Cardiology",
        "Pain Management",
        "Behavioral Health",
        "Sleep & Lung",
        "Foot & Ankle",
        "Allergy and Asthma",
        "Urology",
        "Physical Therapy",
        "Fertility",
        "Skin",
        "Arthritis",
    ]);
    let kind = rand.of(["Associates", "Specialists", "Center", "Group", "Partners", "Institute", "Clinic", "Consultants", ""]);
    let law = match country {
        "US" => rand.of(["", "", "", ", P.C.", ", PA", ", LLC", ", PLLC", " LLP", ", Inc."]),
        "UK" | "IE" | "NG" | "KE" | "GH" | "HK" => rand.of(["", "", "", " Ltd", " LLP"]),
        "AU" | "ZA" | "SG" | "MY" => rand.of(["", "", "", " Pty Ltd", " Pte Ltd", " Inc."]),
        _ => "",
    };
    format!("{start} {field} {kind}").trim_end().to_string() + law
}

/// A nursing home, rehabilitation centre, hospice or the like with a name.
pub(crate) fn nursing_home(lex: &Lexicons, country: &str, rand: &mut Rand) -> String {
    held(lex, rand, |rand| home_name(lex, country, rand))
}

fn home_name(lex: &Lexicons, country: &str, rand: &mut Rand) -> String {
    let start = match rand.below(6) {
        0 | 1 => surname(lex, country, rand),
        2 => city(lex, country, rand),
        3 => format!("{} {}", rand.of(["St.", "St"]), rand.pick(&lex.saints)),
        _ => {
            let (a, b) = (
                rand.of([
                    "Green", "Oak", "Maple", "Sunny", "Golden", "Willow", "River", "Cedar", "Autumn", "Spring", "Rose", "Heather", "Ash",
                    "Fern", "Silver", "Birch",
                ]),
                rand.of(["view", "wood", "brook", "side", " Hill", "dale", "crest", "bank", "lea", " Court", "mount", "field", " Grove"]),
            );
            format!("{a}{b}")
        }
    };
    let end = match country {
        "US" | "CA" => rand.of([
            "Nursing Home",
            "Manor",
            "Care Center",
            "Rehab",
            "Hospice",
            "Assisted Living",
            "Village",
            "Skilled Nursing Facility",
            "SNF",
            "Gardens",
            "Health and Rehabilitation",
            "Senior Living",
            "Post Acute",
            "Convalescent Home",
            "Memory Care",
            "Rest Home",
            "Nursing and Rehab",
            "Place",
            "Hospice House",
        ]),
        "AU" | "NZ" => rand.of([
            "Aged Care",
            "Lodge",
            "Nursing Home",
            "Retirement Village",
            "Hostel",
            "Rest Home",
            "Gardens",
            "Hospice",
            "Residential Care",
        ]),
        "UK" | "IE" => rand.of([
            "Nursing Home",
            "Care Home",
            "House",
            "Lodge",
            "Court",
            "Residential Home",
            "Hospice",
            "Grange",
            "Manor",
            "Rest Home",
            "Intermediate Care",
            "Community Nursing Unit",
        ]),
        _ => rand.of([
            "Nursing Home",
            "Old Folks Home",
            "Home for the Aged",
            "Hospice",
            "Care Home",
            "Elder Care",
            "Rehabilitation Centre",
            "Lodge",
            "Frail Care",
        ]),
    };
    format!("{start} {end}")
}
