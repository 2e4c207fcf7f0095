//! Postal codes.

use crate::random::Rand;
use crate::synth::lexicon::Lexicons;

const UK_AREAS: [&str; 60] = [
    "AB", "B", "BA", "BB", "BD", "BH", "BL", "BN", "BR", "BS", "BT", "CA", "CB", "CF", "CH", "CM", "CT", "CV", "DE", "DH", "DN", "E", "EH",
    "EX", "FK", "G", "GL", "GU", "HA", "HD", "HU", "IP", "KY", "L", "LA", "LE", "LL", "LS", "M", "ME", "MK", "N", "NE", "NG", "NW", "OL",
    "OX", "PL", "PR", "RG", "S", "SA", "SE", "SK", "SW", "TR", "W", "WF", "YO", "ZE",
];
const EIRCODE_KEYS: [&str; 24] = [
    "A63", "A91", "A94", "C15", "D02", "D04", "D08", "D15", "D6W", "E45", "F26", "F92", "H12", "H65", "H91", "K67", "N37", "P31", "R32",
    "T12", "T23", "V94", "X91", "Y35",
];

/// A postal code of the country, in a form in which people write it.
pub(crate) fn zip(lex: &Lexicons, country: &str, rand: &mut Rand) -> String {
    // Hand-written forms have it in small letters or run together.
    let shape = match country {
        "UK" => {
            let area = rand.of(UK_AREAS);
            let digit = rand.of(["#", "1#", "#", "2#"]);
            let district =
                if matches!(area, "E" | "SE" | "SW" | "W" | "N" | "NW") && rand.chance(0.2) { "1W".into() } else { rand.shape(digit) };
            let letters = b"ABDEFGHJLNPQRSTUWXYZ";
            let unit: String = (0..2).map(|_| char::from(letters[rand.below(letters.len())])).collect();
            let gap = rand.of([" ", " ", " ", " ", ""]);
            let code = format!("{area}{district}{gap}{}{unit}", rand.below(10));
            return if rand.chance(0.03) { code.to_lowercase() } else { code };
        }
        "IE" => {
            let key = rand.of(EIRCODE_KEYS);
            let gap = rand.of([" ", " ", ""]);
            let letters = b"ACDEFHKNPRTVWXY0123456789";
            let unit: String = (0..4).map(|_| char::from(letters[rand.below(letters.len())])).collect();
            return format!("{key}{gap}{unit}");
        }
        "CA" => {
            let first = rand.of(["A", "B", "C", "E", "G", "H", "J", "K", "L", "M", "N", "P", "R", "S", "T", "V", "X", "Y"]);
            let shape = rand.of(["#@ #@#", "#@ #@#", "#@#@#", "#@-#@#"]);
            // These letters are not used, for they look like digits or each other.
            let rest: String = rand.shape(shape).chars().map(|c| if "DFIOQU".contains(c) { 'H' } else { c }).collect();
            return format!("{first}{rest}");
        }
        "AU" => rand.of(["2###", "3###", "4###", "5###", "6###", "7###", "08##", "26##"]),
        "NZ" => rand.of(["0###", "1###", "3###", "4###", "6###", "8###", "9###"]),
        "IN" => rand.of(["1#####", "2#####", "3#####", "4#####", "5#####", "6#####", "7#####", "56# ###", "40# ###"]),
        "PK" => rand.of(["54###", "74###", "46###", "25###", "38###", "60###"]),
        "NG" => rand.of(["10####", "20####", "40####", "50####", "90####"]),
        "KE" => rand.of(["00100", "00200", "00###", "40100", "801##", "201##", "30100"]),
        "GH" => rand.of(["GA-###-####", "AK-###-####", "GW-####-###", "CC-###-####", "WS-###-####", "GD-###-####"]),
        "ZA" => rand.of(["2###", "0###", "7###", "4###", "8###", "1###", "6###"]),
        "SG" => rand.of(["56####", "76####", "73####", "31####", "52####", "46####", "68####", "82####"]),
        "MY" => rand.of(["50###", "43###", "81###", "11###", "47###", "88###", "93###", "30###", "05###"]),
        "PH" => rand.of(["1###", "2###", "4###", "6###", "8###", "5###"]),
        // Hong Kong and the Emirates have no postal code; forms want one all the same.
        "HK" => rand.of(["999077", "00000", "000000", "0000"]),
        "AE" => rand.of(["00000", "00971", "0000", "#####"]),
        "JM" => rand.of(["JMAAW##", "JMAKN##", "JMCJS##", "JMDEH##", "JMBCE##"]),
        _ => {
            let zip = rand.pick(&lex.zips).to_string();
            let zip = if zip.is_empty() || rand.chance(0.2) { rand.shape("#####") } else { zip };
            return if rand.chance(0.15) { format!("{zip}{}", rand.shape("-####")) } else { zip };
        }
    };
    rand.shape(shape)
}
