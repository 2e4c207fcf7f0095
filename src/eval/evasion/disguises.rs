//! The disguises.

use super::Evasion;

/// All, the plain text first.
pub(super) const ALL: &[Evasion] = &[
    seen("plain", str::to_string),
    seen("zero-width", |phi| between(phi, &["\u{200b}", "\u{200c}", "\u{200d}", "\u{2060}", "\u{feff}", "\u{34f}"])),
    seen("soft hyphen", |phi| within_words(phi, "\u{ad}")),
    seen("control", |phi| between(phi, &["\u{1}", "\u{7f}", "\u{9d}"])),
    seen("bidi control", |phi| between(phi, &["\u{200e}", "\u{200f}", "\u{2066}\u{2069}", "\u{202a}\u{202c}", "\u{61c}"])),
    seen("override", |phi| format!("\u{202e}{}\u{202c}", phi.chars().rev().collect::<String>())),
    seen("variation selector", |phi| between(phi, &["\u{fe0f}", "\u{fe01}", "\u{e0101}"])),
    seen("combining", |phi| behind(phi, &["\u{336}", "\u{338}", "\u{20dd}"])),
    seen("combining accents", |phi| behind(phi, &["\u{313}", "\u{31b}\u{310}", "\u{32f}", "\u{33e}"])),
    seen("Cyrillic", |phi| each(phi, "aceopxyijsABCEHIJKMOPSTXY", "асеорхуіјѕАВСЕНІЈКМОРЅТХУ")),
    seen("Cyrillic, one letter", |phi| first(phi, "aceopxyijsABCEHIJKMOPSTXY", "асеорхуіјѕАВСЕНІЈКМОРЅТХУ")),
    seen("Greek", |phi| each(phi, "ovipuaABEHIKMNOPTXYZ", "ονιρυαΑΒΕΗΙΚΜΝΟΡΤΧΥΖ")),
    seen("full width", |phi| phi.chars().map(|c| shifted(c, '!', '~', 0xff01)).collect()),
    seen("mathematical", |phi| alphabet(phi, 0x1d400, 0x1d41a, 0x1d7ce)),
    seen("mathematical script", |phi| alphabet(phi, 0x1d4d0, 0x1d4ea, 0x1d7d8)),
    seen("circled", |phi| alphabet(phi, 0x24b6, 0x24d0, 0x30)),
    seen("squared", |phi| alphabet(&phi.to_uppercase(), 0x1f130, 0x1f130, 0x30)),
    seen("small capitals", |phi| each(phi, "abcdefghijklmnoprstuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ")),
    seen("superscript", |phi| each(phi, "abdeghijklmnoprstuvwxyz0123456789", "ᵃᵇᵈᵉᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ⁰¹²³⁴⁵⁶⁷⁸⁹")),
    seen("ligature", |phi| phi.replace("ffi", "ﬃ").replace("ff", "ﬀ").replace("fi", "ﬁ").replace("fl", "ﬂ").replace("st", "ﬆ")),
    seen("Arabic digits", |phi| phi.chars().map(|c| shifted(c, '0', '9', 0x660)).collect()),
    seen("Devanagari digits", |phi| phi.chars().map(|c| shifted(c, '0', '9', 0x966)).collect()),
    seen("exotic space", |phi| phi.split(' ').collect::<Vec<_>>().join("\u{2003}")),
    seen("blank letter", |phi| phi.split(' ').collect::<Vec<_>>().join("\u{3164}")),
    seen("look-alike mark", |phi| each(phi, "-./@:", "−․∕＠∶")),
    seen("HTML number", |phi| phi.chars().map(|c| format!("&#{};", u32::from(c))).collect()),
    seen("HTML name", |phi| phi.replace(' ', "&nbsp;").replace('-', "&shy;&hyphen;").replace('@', "&commat;").replace('.', "&period;")),
    seen("spaced out", |phi| spaced(phi, " ", "  ")),
    seen("spaced out evenly", |phi| spaced(phi, " ", " ")),
    seen("dotted out", |phi| spaced(phi, ".", " ")),
    seen("hyphenated", |phi| cut(phi, "-\n")),
    open("cut", |phi| cut(phi, "\n")),
    seen("over two lines", |phi| phi.replacen(' ', "\n", 1)),
    open("leetspeak", |phi| each(phi, "aeiost", "431057")),
    open("letters for digits", |phi| each(phi, "0158", "OlSB")),
    seen("all at once", |phi| {
        let mixed = each(phi, "aeoc", "аеос");
        let wide = mixed.chars().enumerate().map(|(i, c)| if i % 3 == 0 { shifted(c, '!', '~', 0xff01) } else { c });
        between(&wide.collect::<String>(), &["\u{200b}", "", "\u{ad}\u{200d}"])
    }),
];

const fn seen(name: &'static str, write: fn(&str) -> String) -> Evasion {
    Evasion { name, seen_through: true, write }
}

const fn open(name: &'static str, write: fn(&str) -> String) -> Evasion {
    Evasion { name, seen_through: false, write }
}

/// One of `marks` after another between the characters.
fn between(phi: &str, marks: &[&str]) -> String {
    let mut out = String::new();
    for (i, c) in phi.chars().enumerate() {
        if i > 0 {
            out += marks[i % marks.len()];
        }
        out.push(c);
    }
    out
}

/// `mark` between every two letters or digits of a word.
fn within_words(phi: &str, mark: &str) -> String {
    let mut out = String::new();
    let mut before = ' ';
    for c in phi.chars() {
        if before.is_alphabetic() && c.is_alphabetic() {
            out += mark;
        }
        out.push(c);
        before = c;
    }
    out
}

/// One of `marks` after another behind each letter and digit.
fn behind(phi: &str, marks: &[&str]) -> String {
    let mark = |(i, c): (usize, char)| format!("{c}{}", if c.is_alphanumeric() { marks[i % marks.len()] } else { "" });
    phi.chars().enumerate().map(mark).collect()
}

fn swapped(c: char, from: &str, to: &str) -> char {
    from.chars().zip(to.chars()).find(|(plain, _)| *plain == c).map_or(c, |(_, other)| other)
}

/// Each character of `from` as its fellow in `to`.
fn each(phi: &str, from: &str, to: &str) -> String {
    phi.chars().map(|c| swapped(c, from, to)).collect()
}

/// As [`each`], in every word for the first such character alone.
fn first(phi: &str, from: &str, to: &str) -> String {
    let mut done = false;
    let swap = |c: char| {
        done &= c.is_alphanumeric();
        let swapped = if done { c } else { swapped(c, from, to) };
        done |= swapped != c;
        swapped
    };
    phi.chars().map(swap).collect()
}

/// The characters `first..=last` in the block that begins at `to`.
fn shifted(c: char, first: char, last: char, to: u32) -> char {
    match (first..=last).contains(&c) {
        true => char::from_u32(u32::from(c) - u32::from(first) + to).unwrap_or(c),
        false => c,
    }
}

/// In the alphabets that begin at these code points.
fn alphabet(phi: &str, upper: u32, lower: u32, zero: u32) -> String {
    let letter = |c| match c {
        'A'..='Z' => shifted(c, 'A', 'Z', upper),
        'a'..='z' => shifted(c, 'a', 'z', lower),
        c => shifted(c, '0', '9', zero),
    };
    phi.chars().map(letter).collect()
}

/// The characters of every word with `mark` between, the words with `gap`.
fn spaced(phi: &str, mark: &str, gap: &str) -> String {
    let word = |word: &str| word.chars().map(String::from).collect::<Vec<_>>().join(mark);
    phi.split(' ').map(word).collect::<Vec<_>>().join(gap)
}

/// The longest word, or number, cut in the middle.
fn cut(phi: &str, mark: &str) -> String {
    let Some(longest) = phi.split(' ').max_by_key(|word| word.chars().count()) else { return phi.to_string() };
    let half = longest.chars().count() / 2;
    let cut: String = longest.chars().enumerate().map(|(i, c)| if i == half && i > 0 { format!("{mark}{c}") } else { c.into() }).collect();
    phi.replacen(longest, &cut, 1)
}
