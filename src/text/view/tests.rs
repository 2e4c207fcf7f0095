use super::*;
use proptest::prelude::*;

/// What the view of a text reads.
fn seen(text: &str) -> String {
    let view = View::new(text);
    check(&view);
    view.text().to_string()
}

/// Edits are sorted and disjoint, whole characters in both texts, and all text between them is the note's.
fn check(view: &View<'_>) {
    let (mut original, mut text) = (0, 0);
    for edit in &view.edits {
        assert!(!edit.original.is_empty() && edit.original.start >= original && edit.view.start >= text, "{edit:?}");
        assert_eq!(view.original[original..edit.original.start], view.text[text..edit.view.start]);
        assert!(edit.original.slice(view.original).is_some() && edit.view.slice(&view.text).is_some(), "{edit:?}");
        (original, text) = (edit.original.end, edit.view.end);
    }
    assert_eq!(view.original[original..], view.text[text..]);
}

/// The note's slice behind `part` of its view.
fn behind<'t>(text: &'t str, part: &str) -> &'t str {
    let view = View::new(text);
    let start = view.text().find(part).unwrap_or_else(|| panic!("{part:?} is not in {:?}", view.text()));
    view.original(Span::new(start, start + part.len())).slice(text).unwrap()
}

#[test]
fn honest_notes_are_their_own_view() {
    for text in [
        "",
        "Seen by Dr. Jones on 3/4/2021.\r\n\tBP 120/80, R&D; SpO2 98% & HR 70, p.r.n., b.i.d., q.i.d., A&O x 3, S.O.A.P., U.S.A.",
        "Hep A B, G 3 P 2 A 0 L 2, pain 1 2 3 4 5 6 7 8 9 10, reflexes 2 2 2 2, 3 - 4, Jan 3 - 4, 1 / 2, O A B",
        "take-home, twenty-\n  Four, A-\nB, -\n- one\n- two, 3.5-\n mg",
        "Zoë Müller-Ng, Øystein Łukasz Đặng, Işık, Əliyev, Nuñez, O’Brien–Smith, “quoted” • bullet … ½ ± × ° £ µg 5 ²",
        "5 µg, 5 μg, TNFα, IFN-γ, α1-antitrypsin, β-blocker, Aβ42, PPARγ, κ-chain, 5α-reductase, χ² = 3, Δ T, ΔHb, λ, Ω",
        "m² and 10⁹/L, 10⁻¹², ¹³¹I, ¹⁸F-FDG, CO₂, H₂O, 1º, ① rest ② fluids, Ⓛ knee, ™ ® © ℃ №",
        "東京 山田太郎 ひらがな カタカナ 한국어 体温",
        "Он видел Сару Росс, она сказала",
        "Ο ασθενής είναι καλά",
        "שלום לוי مرحبا علی می\u{200c}خواهم क्षत्रिय क्\u{200d}ष",
        "👩\u{200d}⚕️ ❤️ 🇺🇸 😀 👍🏽",
        "Olu\u{301}s\u{323}e\u{323}gun",
        "page one\u{c}page two\u{b}x\u{1c}",
        "&nbsp &; &#; &#x; &nope; &#99999999; &#-5; &#+65; AT&T; &&amp",
    ] {
        let view = View::new(text);
        if text.contains('\u{301}') {
            // Composed, and no accent lost.
            assert_eq!(view.text(), "Ol\u{fa}ṣẹgun");
        } else {
            assert!(view.is_identity(), "{text:?} is read as {:?}", view.text());
        }
    }
}

#[test]
fn disguises_are_seen_through() {
    for (text, expected) in [
        // Not seen.
        ("J\u{200b}o\u{200c}h\u{2060}n\u{feff} Smi\u{ad}th", "John Smith"),
        ("\u{feff}J\u{1}o\u{34f}hn\u{fe0f} \u{e0041}Smith\u{200d}", "John Smith"),
        ("\u{2066}John\u{2069} \u{200e}Smith\u{200f}", "John Smith"),
        ("617\u{ad}555\u{ad}0143", "617-555-0143"),
        // Dresses.
        ("Ｊｏｈｎ　Ｓｍｉｔｈ，５５", "John Smith,55"),
        ("𝐉𝐨𝐡𝐧 𝒮𝓂𝒾𝓉𝒽 𝟞𝟙𝟟-𝟱𝟱𝟱", "John Smith 617-555"),
        ("Ⓙⓞⓗⓝ 🅂🄼🄸🅃🄷 🅹🅾🅷🅽 🇯🇴🇭🇳", "John SMITH JOHN JOHN"),
        ("ᴊᴏʜɴ sᴍɪᴛʜ ᴶᵒʰⁿ", "john smith John"),
        ("¹²³-⁴⁵-⁶⁷⁸⁹ ①②③④⑤", "123-45-6789 12345"),
        ("6️⃣1️⃣7️⃣", "617"),
        ("ﬁnd Steﬀen Griﬃn", "find Steffen Griffin"),
        ("ℐ. 𝔖mith ℋolmes", "I. Smith Holmes"),
        ("٣/٤/٢٠٢١ १२३ ௧௨", "3/4/2021 123 12"),
        // Look-alikes.
        ("Јоhn Ѕmіth", "John Smith"),
        ("Μаriα Jοnеs", "Maria Jones"),
        ("Mr. Сохе, О'Brien", "Mr. Coxe, O'Brien"),
        ("Zoё Mόnica Ꭻohn Ϳohn", "Zoë Mónica John John"),
        ("Ⅿary Ⅽhen", "Mary Chen"),
        // Marks.
        ("J\u{336}o\u{336}h\u{336}n\u{336} 1\u{338}2\u{305}3", "John 123"),
        ("S\u{30a}m\u{30a}i\u{32f}t\u{30a}h\u{30a}", "Smith"),
        ("Zoe\u{308} Mu\u{308}ller", "Zoë Müller"),
        ("Jo\u{302}\u{302}\u{302}n", "Jôn".to_string().replace('ô', "ô\u{302}").as_str()),
        // Spaces and marks between letters and digits.
        ("John\u{a0}Smith\u{2003}Jr", "John Smith Jr"),
        ("617‑555−0143 3⁄4⁄2021 a＠b․org 10∶30", "617-555-0143 3/4/2021 a@b.org 10:30"),
        // References.
        ("J&ouml;rg&nbsp;M&uuml;ller &#74;&#x6f;hn&shy;son a&commat;b", "Jörg Müller Johnson a@b"),
        ("&#1057;&#8203;ohen", "Cohen"),
        // Arrangements.
        ("Pt J o h n  S m i t h here", "Pt John  Smith here"),
        ("Pt J o h n S m i t h here", "Pt John Smith here"),
        ("J.o.h.n S-m-i-t-h J_a_n_e", "John Smith Jane"),
        ("J O H N and j o h n s", "JOHN and johns"),
        ("6 1 7 - 5 5 5 - 0 1 4 3", "617-555-0143"),
        ("1 2 3-4 5-6 7 8 9", "123-45-6789"),
        ("Smi-\nth, follow-\r\n  > up, 617-555-\n 0143", "Smith, followup, 617-555-0143"),
        ("\u{202e}htimS nhoJ\u{202c} came", "John Smith came"),
        ("MRN \u{202e}76543\n8", "MRN 34567\n8"),
    ] {
        assert_eq!(seen(text), expected, "{text:?}");
    }
}

#[test]
fn the_way_back_takes_the_whole_disguise() {
    for (text, part, expected) in [
        ("Pt J\u{200b}ohn\u{200b} came", "John", "J\u{200b}ohn\u{200b}"),
        ("Pt \u{2066}John\u{2069}, ok", "John", "\u{2066}John\u{2069}"),
        ("to\u{200b}John", "John", "John"),
        ("J\u{336}o\u{336} x", "Jo", "J\u{336}o\u{336}"),
        ("Steﬀen", "Stef", "Steﬀ"),
        ("x \u{202e}htimS nhoJ\u{202c}.", "Smith", "\u{202e}htimS nhoJ\u{202c}"),
        ("a J&ouml;rg&nbsp;b", "Jörg", "J&ouml;rg"),
        ("a Smith&shy; b", "Smith", "Smith&shy;"),
        ("J o h n  S m i t h x", "John", "J o h n"),
        ("Smi-\nth's", "Smith", "Smi-\nth"),
        ("Смith\u{301} b", "ith", "ith\u{301}"),
        ("Ｊｏｈｎ", "oh", "ｏｈ"),
    ] {
        assert_eq!(behind(text, part), expected, "{text:?}");
    }
    // A mark behind goes along on a note without disguises too.
    let text = "שלוֹם\u{5b0} x";
    let view = View::new(text);
    assert!(view.is_identity());
    assert_eq!(view.original(Span::new(0, "שלוֹם".len())).slice(text), Some("שלוֹם\u{5b0}"));
}

/// Ends in no time where it is linear.
#[test]
fn a_quarter_of_a_megabyte_of_anything_is_read() {
    for unit in
        ["Ѕm\u{200b}ith", "\u{200b}", "a\u{301}\u{301}", "&#74;", "&", "J o ", "1 2 - ", "\u{202e}x", "Ж", "𝐉", "a-\n", "😀\u{200d}"]
    {
        let text = unit.repeat((1 << 18) / unit.len());
        let view = View::new(&text);
        check(&view);
        assert!(view.text().len() <= text.len());
        let end = view.text().len();
        assert!(end == 0 || view.original(Span::new(0, end)) == Span::new(0, text.len()));
    }
}

fn hostile() -> impl Strategy<Value = String> {
    let pieces = vec![
        "John",
        "Smith",
        " ",
        "  ",
        "\n",
        "\r\n",
        "-\n",
        "J o h n",
        "6 1 7 - 5 5 5",
        "\u{200b}",
        "\u{200d}",
        "\u{ad}",
        "\u{feff}",
        "\u{202e}",
        "\u{202c}",
        "\u{301}",
        "\u{336}",
        "\u{30a}",
        "é",
        "ô",
        "Ѕ",
        "о",
        "ι",
        "α",
        "Ж",
        "Ｊ",
        "𝐉",
        "ﬃ",
        "Ⓙ",
        "²",
        "٣",
        "🇯",
        "😀",
        "️",
        "שלום",
        "ְ",
        "&",
        "&nbsp;",
        "&#74;",
        "&shy;",
        ";",
        "‑",
        "／",
        "ᴊ",
        "東",
        "\0",
        "\u{a0}",
        "\u{3000}",
        "1",
        "555-0143",
        ".",
        "Ⅿ",
    ];
    let piece = prop_oneof![6 => prop::sample::select(pieces).prop_map(str::to_string), 1 => "\\PC{0,4}", 1 => "[a-zA-Z0-9 ._*-]{0,12}"];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Spans of the view go to whole characters of the note that cover them, in order, and meet where they met.
    #[test]
    fn the_way_back_is_monotone_and_covers(text in hostile()) {
        let view = View::new(&text);
        check(&view);
        let ends: Vec<usize> = view.text().char_indices().map(|(at, _)| at).chain([view.text().len()]).collect();
        let mut last = Span::new(0, 0);
        for pair in ends.windows(2) {
            let (here, back) = (Span::new(pair[0], pair[1]), view.original(Span::new(pair[0], pair[1])));
            let slice = back.slice(&text);
            prop_assert!(slice.is_some_and(|s| !s.is_empty()), "{here:?} goes to {back:?}");
            // What stands as it was written is covered as it was written.
            let (shown, written) = (here.slice(view.text()).unwrap(), slice.unwrap());
            let touched = view.edits.iter().any(|edit| edit.original.overlaps(back));
            prop_assert!(touched || written.starts_with(shown));
            prop_assert!(back.start >= last.start && back.end >= last.end);
            last = back;
        }
        // The whole view is the whole note, but for what is not seen at its beginning before a letter that is.
        if let (Some(first), Some(end)) = (ends.first(), ends.last()) && first < end {
            let whole = view.original(Span::new(*first, *end));
            prop_assert_eq!(whole, Span::new(0, text.len()));
        }
        // Between every two characters of the view nothing is lost.
        for pair in ends.windows(3) {
            let (left, right) = (view.original(Span::new(pair[0], pair[1])), view.original(Span::new(pair[1], pair[2])));
            prop_assert_eq!(left.union(right), view.original(Span::new(pair[0], pair[2])));
        }
    }

    #[test]
    fn plain_text_is_its_own_view(text in "[a-zA-Z]{2,9}([ ,.:/\n]{1,2}[a-zéüñøA-Z]{2,9}|[ ,:]{1,2}[0-9]{2,9}){0,40}") {
        prop_assert!(View::new(&text).is_identity());
    }
}
