//! HTML's character references.

/// Names of U+00A0 to U+00FF (HTML 4.01, section 24.2).
const LATIN_1: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf", "laquo", "not", "shy", "reg", "macr",
    "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot", "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34",
    "iquest", "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave",
    "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute", "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute",
    "Ucirc", "Uuml", "Yacute", "THORN", "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil", "egrave",
    "eacute", "ecirc", "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml",
    "divide", "oslash", "ugrave", "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml",
];

/// The other names that stand in names, numbers and addresses (HTML 4.01, section 24.4, and HTML 5 for the marks of ASCII).
const NAMES: &[(&str, char)] = &[
    ("amp", '&'),
    ("apos", '\''),
    ("bull", '•'),
    ("colon", ':'),
    ("comma", ','),
    ("commat", '@'),
    ("dash", '\u{2010}'),
    ("emsp", '\u{2003}'),
    ("ensp", '\u{2002}'),
    ("gt", '>'),
    ("hyphen", '\u{2010}'),
    ("inodot", 'ı'),
    ("lowbar", '_'),
    ("lrm", '\u{200e}'),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("period", '.'),
    ("quot", '"'),
    ("rlm", '\u{200f}'),
    ("rsquo", '’'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("sol", '/'),
    ("thinsp", '\u{2009}'),
    ("Yuml", 'Ÿ'),
    ("zwj", '\u{200d}'),
    ("zwnj", '\u{200c}'),
];

/// The longest reference, in bytes.
const LONGEST: usize = 12;

/// The character of the reference that `text` begins with, and the reference's length in bytes. A reference ends in a semicolon.
pub(super) fn reference(text: &str) -> Option<(char, usize)> {
    let rest = text.strip_prefix('&')?;
    let len = rest.bytes().take(LONGEST).position(|b| b == b';')?;
    let name = &rest[..len];
    let c = match name.strip_prefix('#') {
        Some(number) => numeric(number)?,
        None => match LATIN_1.iter().position(|latin| *latin == name) {
            Some(i) => char::from_u32(0xa0 + i as u32)?,
            None => NAMES.iter().find(|(known, _)| *known == name)?.1,
        },
    };
    Some((c, len + 2))
}

fn numeric(number: &str) -> Option<char> {
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16),
        None => (number, 10),
    };
    // `from_str_radix` takes a sign.
    let digits = Some(digits).filter(|digits| digits.starts_with(|c: char| c.is_ascii_hexdigit()))?;
    char::from_u32(u32::from_str_radix(digits, radix).ok()?)
}
