//! Accounts and addresses on computers.

use super::domains::{clinic_domain, ending, provider_domain};
use crate::random::Rand;
use crate::synth::person::{Person, ascii};

fn plain(name: &str) -> String {
    ascii(name).to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect()
}

/// An e-mail address, mostly made from the person's name.
pub(crate) fn email(person: &Person, country: &str, staff: bool, rand: &mut Rand) -> String {
    let domain = if staff {
        clinic_domain(country, rand)
    } else {
        match rand.below(12) {
            0 => format!("{}family{}", plain(&person.last), ending(country, rand)),
            1 => format!("{}{}", plain(&person.last), ending(country, rand)),
            2 => format!(
                "{}{}",
                rand.of(["acme", "tradeworks", "greenfarm", "buildit", "citycouncil", "school", "globex", "design", "smithco"]),
                ending(country, rand)
            ),
            3 | 4 => provider_domain(country, rand).to_string(),
            _ => rand
                .of([
                    "gmail.com",
                    "gmail.com",
                    "gmail.com",
                    "yahoo.com",
                    "hotmail.com",
                    "aol.com",
                    "outlook.com",
                    "icloud.com",
                    "protonmail.com",
                    "live.com",
                    "msn.com",
                    "example.org",
                    "me.com",
                    "qq.com",
                    "mail.ru",
                    "gmx.de",
                    "proton.me",
                ])
                .to_string(),
        }
    };
    let handle = match rand.below(8) {
        0 | 1 if !staff => username(person, rand),
        2 if staff => rand
            .of([
                "reception",
                "appointments",
                "info",
                "referrals",
                "records",
                "oncology.nurses",
                "ward7",
                "secretary",
                "admin",
                "pals",
                "bookings",
            ])
            .to_string(),
        3 => format!("{}+{}", person.handle, rand.of(["clinic", "health", "mychart", "kids"])),
        _ => person.handle.clone(),
    };
    let address = format!("{}@{domain}", handle.trim_start_matches('@'));
    match rand.below(40) {
        0 => address.to_uppercase(),
        1 => upper_parts(person, &domain),
        _ => address,
    }
}

/// `Jane.Smith@nhs.net`, as address books show it.
fn upper_parts(person: &Person, domain: &str) -> String {
    let part = |s: &str| ascii(s).chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    format!("{}.{}@{domain}", part(&person.first), part(&person.last))
}

/// An account name, of the person's or not.
pub(crate) fn username(person: &Person, rand: &mut Rand) -> String {
    let (first, last) = (plain(&person.first), plain(&person.last));
    let cut = |s: &str, n: usize| s.chars().take(n).collect::<String>();
    let year = rand.range(1, 99);
    let text = match rand.below(26) {
        0..5 => person.handle.clone(),
        5 => rand.shape("%%###"),
        6 => rand.shape("%%%##"),
        7 => {
            let word = rand.of([
                "sunny",
                "bluefish",
                "runner",
                "tiger",
                "mamaof",
                "bigdog",
                "quilt",
                "rockstar",
                "golf",
                "catlady",
                "gunner",
                "naija_queen",
                "lfc4life",
                "grandma",
                "biker",
                "knitwit",
                "snowbird",
                "dragon",
                "pixie",
                "cricketfan",
            ]);
            format!("{word}{}", rand.digits(2))
        }
        8 => rand.shape("@@@####").to_lowercase(),
        9 => format!("@{}", person.handle),
        10 => rand.shape("@@####"),
        11 => format!("{}{}", cut(&last, 6), cut(&first, 1)),
        12 => format!("{}{}", cut(&first, 1), cut(&last, 7)),
        13 => format!("{}{}{year:02}", cut(&first, 3), cut(&last, 3)),
        14 => format!("{}_{}", cut(&first, 1), last),
        15 => rand.shape("E######"),
        16 => rand.shape("%######"),
        17 => format!("{}{}", cut(&last, 4).to_uppercase(), rand.shape("##")),
        18 => format!("dr{last}"),
        19 => format!("{first}{last}{year}"),
        20 => format!("{}.{}{year}", first, cut(&last, 1)),
        21 => format!("xX{first}Xx"),
        22 => format!("svc_{}", rand.of(["lab", "pacs", "hl7", "interface", "dictation", "adt"])),
        23 => format!("{}\\{}{}", rand.of(["CORP", "HOSP", "MEDNET", "NHS", "RXH"]), cut(&first, 1), cut(&last, 8)),
        24 => format!("u{}", rand.digits(6)),
        _ => format!("{last}-{}", cut(&first, 2)),
    };
    if text.len() > 2 { text } else { format!("{text}{year:02}x") }
}

/// A web address, with or without its scheme.
pub(crate) fn url(person: &Person, country: &str, rand: &mut Rand) -> String {
    let last = plain(&person.last);
    let host = match rand.below(10) {
        0 => format!("{last}clinic{}", ending(country, rand)),
        1 => format!("{last}-md.com"),
        2 | 3 => rand
            .of([
                "mychart.org",
                "patientportal.net",
                "healthline.com",
                "webmd.com",
                "zoom.us",
                "facebook.com",
                "caringbridge.org",
                "nhs.uk",
                "followmyhealth.com",
                "gofundme.com",
                "youtube.com",
                "uptodate.com",
                "doxy.me",
                "athenahealth.com",
                "linkedin.com",
                "instagram.com",
                "teladoc.com",
                "practo.com",
                "accurx.com",
                "patient.info",
                "drive.google.com",
                "dropbox.com",
                "teams.microsoft.com",
                "healow.com",
                "patientaccess.com",
                "hse.ie",
                "healthdirect.gov.au",
                "doctolib.fr",
            ])
            .to_string(),
        4 => format!("pacs{}.local", rand.digits(2)),
        5 => format!("{}hospital.org", rand.of(["mercy", "stlukes", "county", "lakeside", "general"])),
        6 | 7 => clinic_domain(country, rand),
        8 => format!(
            "{}.{}",
            rand.of(["portal", "patients", "mychart", "results", "book", "intranet", "pacs", "myhealth", "ehr"]),
            clinic_domain(country, rand)
        ),
        _ => format!("{last}{}", ending(country, rand)),
    };
    let start = rand.of(["https://www.", "https://", "https://", "http://www.", "http://", "www.", "www.", "https://my.", "", "", ""]);
    let path = match rand.below(12) {
        0 => format!("/visit/{}", rand.digits(5)),
        1 => format!("/{}", person.handle),
        2 => format!("/results?id={}", rand.shape("&&&&&&")),
        3 => "/portal".to_string(),
        4 => format!("/j/{}", rand.digits(10)),
        5 => format!("/MyChart/Authentication/Login?code={}", rand.shape("@@@@####")),
        6 => format!(":8443/viewer?study=1.2.840.{}.{}", rand.digits(6), rand.digits(4)),
        7 => rand
            .of(["/appointments", "/patient-info", "/login", "/book-online", "/leaflets/chest-pain.pdf", "/survey", "/records/download"])
            .to_string(),
        _ => String::new(),
    };
    // A bare host with a port or nothing at all before it needs a dot to be known as an address; all have one.
    format!("{start}{host}{path}").replace("www.www.", "www.")
}

/// An address on the internet: version 4 or 6.
pub(crate) fn ip(rand: &mut Rand) -> String {
    if rand.chance(0.25) {
        let shape = rand.of([
            "2001:db8:&&&&::&&&&",
            "fe80::&&&&:&&&&:&&&&:&&&&",
            "2607:f8b0:&&&&:&&&::&&&&",
            "2001:0db8:85a3:&&&&:&&&&:&&&&:&&&&:&&&&",
            "2a02:c7f:&&&&:&&&&::1",
            "fd12:&&&&:&&&&::&&",
            "::ffff:10.0.0.1",
        ]);
        let text = rand.shape(shape);
        return if rand.chance(0.1) { text.to_uppercase() } else { text };
    }
    let first = rand.of([10, 10, 172, 192, 192, 8, 24, 64, 71, 82, 86, 98, 103, 128, 197, 203]);
    let second = match first {
        192 => 168,
        172 => rand.range(16, 31),
        _ => rand.range(0, 255),
    };
    format!("{first}.{second}.{}.{}", rand.range(0, 255), rand.range(1, 254))
}
