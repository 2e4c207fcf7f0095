//! Numbers and addresses that stand for somebody: telephone numbers, record numbers, serial numbers, accounts on computers.

use super::lexicon::Lexicons;
use super::person::Person;
use super::rng::Rand;

/// A telephone or fax number as the country writes it.
pub(crate) fn phone(lex: &Lexicons, country: &str, rand: &mut Rand) -> String {
    let shape = match country {
        "UK" => rand.of([
            "020 7### ####",
            "01### ######",
            "07### ######",
            "+44 20 #### ####",
            "+44 (0)1### ######",
            "0161 ### ####",
            "(01###) ######",
        ]),
        "IE" => rand.of(["01 ### ####", "08# ### ####", "+353 1 ### ####", "(021) ### ####", "+353 8# ### ####"]),
        "AU" => rand.of(["(02) #### ####", "04## ### ###", "+61 2 #### ####", "03 #### ####", "1300 ### ###"]),
        "IN" => rand.of(["+91 9#### #####", "9#########", "022-2### ####", "+91-11-########", "080 #### ####"]),
        _ => rand.of([
            "(A) 2##-####",
            "A-5##-####",
            "A-5##-####",
            "A.4##.####",
            "A 3## ####",
            "(A)7##-####",
            "1-A-6##-####",
            "+1 A 8## ####",
            "+1 (A) 2##-####",
            "A/9##-####",
            "A2######",
            "3##-####",
            "A - 5## - ####",
            "1-800-###-####",
            "A 555-####",
        ]),
    };
    let code = rand.pick(&lex.area_codes).to_string();
    rand.shape(shape).replace('A', &code)
}

/// A pager number, short or long.
pub(crate) fn pager(lex: &Lexicons, rand: &mut Rand) -> String {
    match rand.below(5) {
        0 => phone(lex, "US", rand),
        1 => rand.shape("#-####"),
        2 => rand.shape("###-####"),
        _ => {
            let n = 4 + rand.below(2);
            rand.digits(n)
        }
    }
}

/// An identifier of the kind of slot `slot`.
pub(crate) fn number(slot: &str, variant: &str, lex: &Lexicons, rand: &mut Rand) -> String {
    let shape = match (slot, variant) {
        ("SSN", "last4") => "####",
        ("SSN", "intl") => rand.of(["@@ ## ## ## @", "@@######@", "#######@", "### ### ###", "###-###-###"]),
        ("SSN", _) => rand.of(["###-##-####", "###-##-####", "###-##-####", "#########", "### ## ####", "xxx-xx-####", "***-**-####"]),
        ("MRN", "nhs") => rand.of(["### ### ####", "##########", "###-###-####"]),
        ("MRN", _) => rand.of([
            "#######",
            "########",
            "######",
            "#####",
            "##########",
            "#########",
            "###-##-##",
            "##-##-##",
            "##-##-##-#",
            "###-##-##-#",
            "####-####",
            "@#######",
            "@@######",
            "MR######",
            "MRN#####",
            "H########",
            "######-#",
            "#### ####",
            "0000####",
            "###.###.###",
            "@##-######",
            "E########",
            "#####@",
            "### ## ## #",
        ]),
        ("PLAN", "mbi") => rand.of(["#@@#-@@#-@@##", "#@@#@@#@@##", "1EG4-TE#-MK##"]),
        ("PLAN", _) => rand.of([
            "@@@#########",
            "W#########",
            "#########A",
            "#########-##",
            "@@#######",
            "###########",
            "##########",
            "@##########",
            "XYB###@#####",
            "####-###-###",
            "GRP-#####",
            "#####",
            "@@@@########",
            "####-#####-#",
            "H####-###",
            "#########M1",
        ]),
        ("ACCT", "iban") => {
            rand.of(["GB## @@@@ #### #### #### ##", "DE## #### #### #### #### ##", "IE##@@@@##############", "FR######################"])
        }
        ("ACCT", _) => rand.of([
            "########",
            "##########",
            "############",
            "#########",
            "####-####-####",
            "###-######",
            "A########",
            "V##########",
            "####-###",
            "**** **** **** ####",
            "4### #### #### ####",
            "5###-####-####-####",
            "xxxx####",
            "ACC-######",
            "#####-##",
            "@@-#####-###",
            "HAR#########",
        ]),
        ("LIC", "dea") => "@@#######",
        ("LIC", "gmc") => "#######",
        ("LIC", "dl") => rand.of([
            "@#######",
            "@###-####-####",
            "@############",
            "#########",
            "########",
            "@@@@@######@@###",
            "@## ### ###",
            "##-###-####",
            "S###-###-##-###-#",
            "DL######",
        ]),
        ("LIC", "pass") => rand.of(["#########", "@########", "@@#######"]),
        ("LIC", _) => rand.of([
            "@#####",
            "@@######",
            "#####",
            "MD-#####",
            "ME######",
            "RN######",
            "######",
            "036-######",
            "@@@-#####",
            "MD####@",
            "CA-@#####",
            "RN-##-#####",
        ]),
        ("VEH", "plate") => rand.of([
            "@@@ ####",
            "@@@-####",
            "#@@@###",
            "@@@ ###",
            "###-@@@",
            "@@## @@@",
            "@@##@@@",
            "##-D-#####",
            "@@-##-@@",
            "@@@@ ###",
            "@##-@@@",
            "KA ## @@ ####",
            "@@@####",
            "### @@#",
        ]),
        ("VEH", "vin") => return vin(lex, rand),
        ("VEH", _) => {
            let variant = rand.of(["vin", "plate"]);
            return number("VEH", variant, lex, rand);
        }
        ("DEV", "model") => rand.of(["@@###", "@####", "A#DR##", "@@-####", "####", "@@##@@", "W#SR##", "@@@ ###", "#####@@"]),
        ("DEV", "udi") => rand.of(["(01)00############(17)######(21)@#######", "+@###@######/$$######@", "(01)0088###########(10)@####"]),
        ("DEV", _) => rand.of([
            "@@@######",
            "#######",
            "@########",
            "##@#####",
            "@@#####@",
            "SN######",
            "######-###",
            "@#####-##",
            "@@@-####-##",
            "########",
            "##########",
            "#####",
            "@@####",
            "PJN######",
            "@####AA",
            "#@#@#",
            "BLH######S",
            "????????",
            "U####@@",
            "@#-####",
        ]),
        ("BIO", _) => rand.of([
            "FP-######",
            "FP######",
            "BIO-####-####",
            "IRIS-@@####",
            "VP-#######",
            "&&&&&&&&&&&&",
            "&&&&-&&&&-&&&&",
            "RET-####-@",
            "######-@@",
            "FPT#######",
            "@@@-##-@@@-##",
            "PV-@####",
            "#########",
            "FACE-?????",
        ]),
        ("ID", "npi") => "1#########",
        ("ID", _) => rand.of([
            "S##-#####",
            "SP-##-#####",
            "@##-####",
            "#######",
            "########",
            "##########",
            "@@#######",
            "##-####-##",
            "WC-######",
            "@@@-###-##",
            "#####",
            "RQ########",
            "##:@####",
            "##########-##",
            "###-#######",
            "C##-####",
            "NCT########",
            "@#####",
            "######:@@@@",
            "####-###",
            "##-@@-######",
            "@@@##-######",
            "#-#######-#",
            "IR####-###",
            "V##########",
            "########-#",
            "000######",
        ]),
        ("EXT", _) => rand.of(["####", "###", "#####", "#-####"]),
        _ => "######",
    };
    rand.shape(shape)
}

/// A vehicle identification number with its check digit.
pub(crate) fn vin(lex: &Lexicons, rand: &mut Rand) -> String {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let maker = rand.pick(&lex.vin_makers).to_string();
    let tail = rand.shape("??#??0?#######");
    let mut letters: Vec<char> = maker.chars().chain(tail.chars()).filter(|c| !matches!(c, 'I' | 'O' | 'Q')).take(17).collect();
    while letters.len() < 17 {
        letters.push('1');
    }
    let value = |c: char| match c {
        '0'..='9' => c as u32 - '0' as u32,
        'A'..='H' => c as u32 - 'A' as u32 + 1,
        'J'..='R' => c as u32 - 'J' as u32 + 1,
        'S'..='Z' => c as u32 - 'S' as u32 + 2,
        _ => 0,
    };
    let sum: u32 = letters.iter().zip(WEIGHTS).map(|(&c, w)| value(c) * w).sum();
    letters[8] = match sum % 11 {
        10 => 'X',
        digit => char::from(b'0' + digit as u8),
    };
    letters.into_iter().collect()
}

/// An e-mail address, mostly made from the person's name.
pub(crate) fn email(person: &Person, staff: bool, rand: &mut Rand) -> String {
    let domain = if staff {
        let stem = rand.of(["stmarys", "mgh", "uhs", "bmc", "valleyhealth", "clinic", "nhsmail", "mercyhosp", "hse", "countygen"]);
        let end = rand.of([".org", ".edu", ".com", ".nhs.uk", ".net", ".ie", ".org.au", ".health"]);
        format!("{stem}{end}")
    } else {
        let plain: String = person.last.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
        match rand.below(9) {
            0 => format!("{plain}family.net"),
            1 => format!("{plain}.com"),
            _ => rand
                .of([
                    "gmail.com",
                    "yahoo.com",
                    "hotmail.com",
                    "aol.com",
                    "outlook.com",
                    "comcast.net",
                    "icloud.com",
                    "btinternet.com",
                    "example.org",
                ])
                .to_string(),
        }
    };
    let handle = if rand.chance(0.25) { username(person, rand) } else { person.handle.clone() };
    let address = format!("{}@{domain}", handle.trim_start_matches('@'));
    if rand.chance(0.06) { address.to_uppercase() } else { address }
}

/// An account name, of the person's or not.
pub(crate) fn username(person: &Person, rand: &mut Rand) -> String {
    match rand.below(9) {
        0..3 => person.handle.clone(),
        3 => rand.shape("%%###"),
        4 => rand.shape("%%%##"),
        5 => {
            let word = rand.of(["sunny", "bluefish", "runner", "tiger", "mamaof", "bigdog", "quilt", "rockstar", "golf"]);
            format!("{word}{}", rand.digits(2))
        }
        6 => rand.shape("@@@####").to_lowercase(),
        7 => format!("@{}", person.handle),
        _ => rand.shape("@@####"),
    }
}

/// A web address.
pub(crate) fn url(person: &Person, rand: &mut Rand) -> String {
    let plain: String = person.last.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
    let host = match rand.below(6) {
        0 => format!("{plain}clinic.com"),
        1 => format!("{plain}-md.com"),
        2 => rand
            .of([
                "mychart.org",
                "patientportal.net",
                "healthline.com",
                "webmd.com",
                "zoom.us",
                "facebook.com",
                "caringbridge.org",
                "nhs.uk",
            ])
            .to_string(),
        3 => format!("pacs{}.local", rand.digits(2)),
        4 => format!("{}hospital.org", rand.of(["mercy", "stlukes", "county", "lakeside", "general"])),
        _ => format!("{plain}.{}", rand.of(["org", "co.uk", "net", "ie", "info"])),
    };
    let start = rand.of(["https://www.", "https://", "http://www.", "http://", "www.", "www.", "https://my."]);
    let path = match rand.below(6) {
        0 => format!("/visit/{}", rand.digits(5)),
        1 => format!("/{}", person.handle),
        2 => format!("/results?id={}", rand.shape("&&&&&&")),
        3 => "/portal".to_string(),
        _ => String::new(),
    };
    format!("{start}{host}{path}")
}

/// An address on the internet: version 4 or 6.
pub(crate) fn ip(rand: &mut Rand) -> String {
    if rand.chance(0.25) {
        let kind = rand.below(4);
        return rand.shape(rand_v6(kind));
    }
    let first = rand.of([10, 172, 192, 8, 24, 64, 71, 98, 128, 203]);
    let second = if first == 192 { 168 } else { rand.range(0, 255) };
    format!("{first}.{second}.{}.{}", rand.range(0, 255), rand.range(1, 254))
}

fn rand_v6(kind: usize) -> &'static str {
    ["2001:db8:&&&&::&&&&", "fe80::&&&&:&&&&:&&&&:&&&&", "2607:f8b0:&&&&:&&&::&&&&", "2001:0db8:85a3:&&&&:&&&&:&&&&:&&&&:&&&&"][kind % 4]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vins_have_seventeen_characters_and_no_forbidden_letter() {
        let lex = Lexicons { vin_makers: vec!["1FA".into(), "JH4".into()], ..Lexicons::default() };
        let mut rand = Rand::keyed(1, "vin", 0);
        for _ in 0..50 {
            let v = vin(&lex, &mut rand);
            assert!(v.len() == 17 && !v.contains(['I', 'O', 'Q']), "{v}");
        }
    }
}
