//! Hospitals, practices and homes.

use super::{city, entry, held};
use crate::random::Rand;
use crate::synth::lexicon::Lexicons;
use crate::synth::person::surname;

/// A hospital and what people call it for short.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hospital {
    pub(crate) name: String,
    pub(crate) short: String,
}

/// A hospital or medical centre of the country.
pub(crate) fn hospital(lex: &Lexicons, country: &str, rand: &mut Rand) -> Hospital {
    let name = match (country, rand.below(10)) {
        ("US", 0..4) if !lex.hospitals.is_empty() => rand.pick(&lex.hospitals).to_string(),
        (_, 0..6) => entry(lex, country, "hosp", rand),
        _ => held(lex, rand, |rand| composed(lex, country, rand)),
    };
    // Nicknames stand for known hospitals only as long as they are short.
    let short = short_name(&name, rand);
    Hospital { name, short }
}

fn composed(lex: &Lexicons, country: &str, rand: &mut Rand) -> String {
    let (last, town) = (surname(lex, country, rand), city(lex, country, rand));
    let saint = {
        let saint = rand.pick(&lex.saints).to_string();
        format!("{} {saint}", if country == "UK" || country == "IE" { "St" } else { rand.of(["St.", "St", "Saint"]) })
    };
    let n = rand.below(10);
    match country {
        "UK" => match n {
            0 => format!("Royal {town} Infirmary"),
            1 => format!("{town} District General Hospital"),
            2 => format!("{town} University Hospital NHS Foundation Trust"),
            3 => format!("{town} Community Hospital"),
            4 => format!("{saint} Hospital"),
            5 => format!(
                "{town} {}",
                rand.of(["General Hospital", "Royal Hospital", "Cottage Hospital", "Treatment Centre", "DGH", "Hospitals NHS Trust"])
            ),
            6 => format!("{} Hospital", rand.of(["Nuffield Health", "Spire", "BMI", "Ramsay"]).to_string() + " " + &town),
            7 => format!("Princess {} Hospital", rand.of(["Margaret", "Anne", "Beatrice", "Mary"])),
            8 => format!("{last} Wing, {town} General").replace(", ", " "),
            _ => format!(
                "{} {} Hospital",
                rand.of(["King", "Queen"]),
                rand.of(["George", "Edward VII", "Victoria", "Mary", "Alexandra", "Charlotte"])
            ),
        },
        "IE" => match n {
            0..3 => format!("University Hospital {town}"),
            3 | 4 => format!("Mater {town}"),
            5 | 6 => format!("{saint} Hospital"),
            7 => format!("{town} General Hospital"),
            8 => format!("Our Lady of {} Hospital", rand.of(["Mercy", "Good Counsel", "Knock", "Fatima"])),
            _ => format!("{} {town}", rand.of(["Bon Secours", "Aut Even", "Mercy Hospital"])),
        },
        "AU" | "NZ" => match n {
            0..4 => format!("{town} Base Hospital"),
            4 | 5 => format!(
                "{town} {}",
                rand.of(["District Hospital", "Private Hospital", "Health Service", "Regional Hospital", "Multipurpose Service"])
            ),
            6 => format!("{saint} Private Hospital"),
            7 => format!("Mater {town}"),
            8 => format!("{} {town}", rand.of(["Calvary", "Ramsay", "Epworth", "Healthscope"])),
            _ => format!("{last} Memorial Hospital"),
        },
        "IN" => match n {
            0 | 1 => format!(
                "{} {}",
                rand.of(["Apollo", "Fortis", "Manipal", "Narayana", "Aster", "KIMS", "Care", "Sunrise", "Medicover", "Yashoda", "Rainbow"]),
                rand.of(["Hospitals", "Hospital", "Multispeciality Hospital", "Clinic"])
            ),
            2 => format!("{} {town}", rand.of(["Apollo", "Fortis", "Max", "Medanta", "AIIMS"])),
            3 => format!("Government {} {town}", rand.of(["Medical College", "General Hospital", "Taluk Hospital"])),
            4 => format!("District Hospital {town}"),
            5 => format!(
                "{last} {}",
                rand.of(["Nursing Home", "Hospital", "Memorial Hospital", "Maternity Home", "Multispeciality Hospital"])
            ),
            6 => format!(
                "{} Hospital",
                rand.of([
                    "Sri Sai",
                    "Lakshmi",
                    "Jeevan",
                    "Sanjeevani",
                    "Ashirwad",
                    "Shree Krishna",
                    "Arogya",
                    "Vivekananda",
                    "Navjeevan",
                    "Amrit"
                ])
            ),
            7 => format!("{saint} Mission Hospital"),
            8 => format!("PHC {town}"),
            _ => format!("Civil Hospital {town}"),
        },
        "NG" | "GH" | "KE" | "ZA" | "PK" | "JM" => match n {
            0 | 1 => format!("{town} Teaching Hospital"),
            2 => format!(
                "{} {town}",
                rand.of(["Federal Medical Centre", "General Hospital", "District Hospital", "DHQ Hospital", "Mission Hospital"])
            ),
            3 => format!(
                "{town} {}",
                rand.of([
                    "General Hospital",
                    "Specialist Hospital",
                    "Level 4 Hospital",
                    "District Hospital",
                    "Regional Hospital",
                    "Health Centre",
                    "Polyclinic"
                ])
            ),
            4 => format!("{saint} {}", rand.of(["Mission Hospital", "Catholic Hospital", "Hospital"])),
            5 => format!("{last} Memorial Hospital"),
            6 => format!(
                "{} Hospital",
                rand.of([
                    "Divine Mercy",
                    "Holy Family",
                    "Good Shepherd",
                    "Al-Shifa",
                    "Grace",
                    "Holy Cross",
                    "Baptist",
                    "Presbyterian",
                    "Methodist",
                    "Al-Noor"
                ])
            ),
            7 => format!("{last} {}", rand.of(["Specialist Hospital", "Clinic and Maternity", "Medical Centre", "Nursing Home"])),
            8 => format!("Mater {town}"),
            _ => format!(
                "{town} {}",
                rand.of(["Community Health Centre", "Day Hospital", "Provincial Hospital", "Primary Health Centre", "Clinic"])
            ),
        },
        "SG" | "HK" => match n {
            0..3 => format!("{town} Polyclinic"),
            3 | 4 => format!(
                "{town} {}",
                rand.of(["Community Hospital", "General Hospital", "Specialist Outpatient Clinic", "General Outpatient Clinic"])
            ),
            5 | 6 => format!(
                "{} {}",
                rand.of(["Mount Grace", "Evergreen", "Harmony", "Peace", "Union", "Pacific"]),
                rand.of(["Hospital", "Medical Centre", "Specialist Centre"])
            ),
            _ => format!("{saint} Hospital"),
        },
        "MY" => match n {
            0..4 => format!("Hospital {town}"),
            4 | 5 => format!("Klinik Kesihatan {town}"),
            6 => format!("KPJ {town}"),
            _ => format!("{town} {}", rand.of(["Medical Centre", "Specialist Hospital", "Adventist Hospital", "Heart Centre"])),
        },
        "PH" => match n {
            0..3 => format!("{last} Memorial Hospital"),
            3 => format!("{saint} Medical Center").replace("Saint", "San"),
            4 => format!(
                "{town} {}",
                rand.of([
                    "Doctors Hospital",
                    "Provincial Hospital",
                    "District Hospital",
                    "Medical Center",
                    "Health Center",
                    "Rural Health Unit"
                ])
            ),
            5 => format!("Our Lady of {} Hospital", rand.of(["Fatima", "Mercy", "the Pillar", "Peace", "Mt. Carmel"])),
            6 => format!("Ospital ng {town}"),
            7 => format!("RHU {town}"),
            _ => format!("Dr. {last} Medical Center").trim_start_matches("Dr. ").to_string(),
        },
        "AE" => match n {
            0..3 => format!(
                "{} Hospital",
                rand.of(["Al Noor", "Al Zahra", "Al Amal", "Al Hayat", "Al Shifa", "Al Rahma", "Gulf", "Emirates", "Royal", "Medstar"])
            ),
            3..6 => format!("{} {town}", rand.of(["Mediclinic", "NMC", "Aster", "Thumbay", "Burjeel", "Prime"])),
            _ => format!("{town} {}", rand.of(["Medical Centre", "Specialty Hospital", "General Hospital", "Primary Health Care Center"])),
        },
        _ => match n {
            0 => format!("{last} Memorial Hospital"),
            1 => format!("{town} General Hospital"),
            2 => {
                format!("{town} {}", rand.of(["Medical Center", "Regional Medical Center", "Community Hospital", "Health Sciences Centre"]))
            }
            3 => format!("{saint}{}", rand.of([" Hospital", " Medical Center", "", " Regional", " Health"])),
            4 => format!(
                "{last} {}",
                rand.of([
                    "Clinic",
                    "Institute",
                    "Pavilion",
                    "Heart Center",
                    "Cancer Center",
                    "Rehabilitation Hospital",
                    "Children's Hospital"
                ])
            ),
            5 => format!("University of {town} Hospital"),
            6 => format!("{town} VA{}", rand.of(["", " Medical Center", " Hospital"])),
            7 => format!(
                "{} {}",
                rand.of([
                    "Mercy",
                    "Providence",
                    "Good Samaritan",
                    "Holy Name",
                    "Sacred Heart",
                    "Baptist",
                    "Methodist",
                    "Presbyterian",
                    "Bethesda",
                    "Trinity",
                    "Memorial"
                ]),
                rand.of(["Hospital", "Medical Center", "Health", "West", "North", "Hospital East"])
            ),
            8 => format!(
                "{} {}",
                rand.of(["Lakeside", "Riverside", "Hillcrest", "Northside", "Pinecrest", "Bayfront", "Valley View", "Eastgate"]),
                rand.of(["Hospital", "Medical Center", "Behavioral Health", "Surgical Hospital"])
            ),
            _ => format!(
                "{town} {}",
                rand.of(["Eye Clinic", "Dialysis Center", "Surgery Center", "Cancer Institute", "Endoscopy Center", "Birth Center"])
            ),
        },
    }
}

/// Initials, the first word, or what the town says ("the General"); the name itself where nothing shorter would be understood.
fn short_name(name: &str, rand: &mut Rand) -> String {
    const NO_NAME: [&str; 24] = [
        "St",
        "The",
        "Saint",
        "Dr",
        "San",
        "Los",
        "El",
        "Royal",
        "University",
        "Hospital",
        "Our",
        "King",
        "Queen",
        "Princess",
        "Government",
        "District",
        "General",
        "Federal",
        "National",
        "Mount",
        "Great",
        "New",
        "Al",
        "Klinik",
    ];
    let initials: String = name.split([' ', '-']).filter_map(|w| w.chars().next()).filter(|c| c.is_ascii_uppercase()).collect();
    let words: Vec<&str> = name.split(' ').collect();
    let first = words.first().map_or("", |w| w.trim_end_matches(['.', ',']));
    let two = words.iter().take(2).copied().collect::<Vec<_>>().join(" ");
    let short = match rand.below(8) {
        0 | 1 => first.to_string(),
        2 if two.len() > 6 && words.len() > 2 && !words.get(1).is_some_and(|w| matches!(*w, "and" | "of" | "&")) => two,
        3 if name.contains("General") => "the General".into(),
        3 if name.contains("Infirmary") => "the Infirmary".into(),
        3 if name.contains(" VA") => "the VA".into(),
        _ => initials,
    };
    let usable = (2..26).contains(&short.len()) && !NO_NAME.contains(&short.as_str()) && !short.ends_with(['.', ',']);
    if usable { short } else { name.to_string() }
}
