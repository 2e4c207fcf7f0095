//! Styles of dates. `%o` is the day with its ordinal ending; a leading `^` puts the whole in capitals; `the ` stays outside the entity.

/// A document's numeric style: whole dates, and the month and day that go with them.
pub(super) struct Numeric {
    pub(super) whole: &'static str,
    pub(super) month_day: &'static str,
}

const fn n(whole: &'static str, month_day: &'static str) -> Numeric {
    Numeric { whole, month_day }
}

/// Where the month comes first.
pub(super) const MONTH_FIRST: [Numeric; 24] = [
    n("%m/%d/%Y", "%m/%d"),
    n("%m/%d/%Y", "%-m/%-d"),
    n("%m/%d/%y", "%m/%d"),
    n("%m/%d/%y", "%-m/%-d"),
    n("%-m/%-d/%y", "%-m/%-d"),
    n("%-m/%-d/%y", "%-m/%-d"),
    n("%-m/%-d/%Y", "%-m/%-d"),
    n("%-m/%-d/%Y", "%-m/%-d"),
    n("%Y-%m-%d", "%m-%d"),
    n("%Y-%m-%d", "%m/%d"),
    n("%m-%d-%Y", "%m-%d"),
    n("%m-%d-%y", "%m-%d"),
    n("%-m-%-d-%y", "%-m-%-d"),
    n("%-m-%-d-%Y", "%-m-%-d"),
    n("%m.%d.%Y", "%m.%d"),
    n("%-m.%-d.%y", "%-m.%-d"),
    n("%d-%b-%Y", "%d-%b"),
    n("%d %b %Y", "%d %b"),
    n("%b %-d %Y", "%b %-d"),
    n("%Y/%m/%d", "%m/%d"),
    n("%Y %b %d", "%b %d"),
    n("^%d%b%y", "^%d%b"),
    n("^%d-%b-%Y", "^%d-%b"),
    n("%b-%d-%Y", "%b-%d"),
];

/// Where the day comes first.
pub(super) const DAY_FIRST: [Numeric; 24] = [
    n("%d/%m/%Y", "%d/%m"),
    n("%d/%m/%Y", "%-d/%-m"),
    n("%d/%m/%Y", "%d/%m"),
    n("%d/%m/%y", "%d/%m"),
    n("%d/%m/%y", "%-d/%-m"),
    n("%-d/%-m/%y", "%-d/%-m"),
    n("%-d/%-m/%y", "%-d/%-m"),
    n("%-d/%-m/%Y", "%-d/%-m"),
    n("%d.%m.%Y", "%d.%m"),
    n("%d.%m.%y", "%d.%m"),
    n("%-d.%-m.%y", "%-d.%-m"),
    n("%-d.%-m.%Y", "%-d.%-m"),
    n("%d-%m-%Y", "%d-%m"),
    n("%d-%m-%y", "%d-%m"),
    n("%d-%b-%Y", "%d-%b"),
    n("%d-%b-%y", "%d-%b"),
    n("^%d-%b-%Y", "^%d-%b"),
    n("%d %b %Y", "%d %b"),
    n("%-d %b %y", "%-d %b"),
    n("%d/%b/%Y", "%d/%b"),
    n("%d%b%Y", "%d%b"),
    n("^%d%b%y", "^%d%b"),
    n("%Y-%m-%d", "%d/%m"),
    n("%Y/%m/%d", "%m/%d"),
];

/// Whole dates in words, month first.
pub(super) const WORDS_MONTH_FIRST: [&str; 14] = [
    "%B %-d, %Y",
    "%B %-d, %Y",
    "%B %-d, %Y",
    "%b %-d, %Y",
    "%B %-d %Y",
    "%b. %-d, %Y",
    "%B %o, %Y",
    "%b %o, %Y",
    "%A, %B %-d, %Y",
    "%a, %b %-d, %Y",
    "%a %b %-d %Y",
    "%b %-d, '%y",
    "%A %B %o, %Y",
    "the %o of %B, %Y",
];

/// Whole dates in words, day first.
pub(super) const WORDS_DAY_FIRST: [&str; 14] = [
    "%-d %B %Y",
    "%-d %B %Y",
    "%-d %B %Y",
    "%o %B %Y",
    "%o %B %Y",
    "%d %B %Y",
    "%-d %b %Y",
    "%o %b %Y",
    "%A %-d %B %Y",
    "%A, %o %B %Y",
    "%a %-d %b %Y",
    "%o of %B %Y",
    "the %o of %B %Y",
    "%-d %B, %Y",
];

/// Month and day, month first.
pub(super) const MONTH_DAY_WORDS: [&str; 10] =
    ["%B %-d", "%B %-d", "%b %-d", "%b. %-d", "%b %o", "%B %o", "%A, %B %-d", "%a %b %-d", "%A %B %o", "the %o of %B"];

/// Month and day, day first.
pub(super) const DAY_MONTH_WORDS: [&str; 10] =
    ["%-d %B", "%-d %B", "%-d %b", "%o %B", "%o of %B", "%o %b", "%A %-d %B", "%a %-d %b", "%A %o %B", "the %o of %B"];

/// Month and year.
pub(super) const MONTH_YEAR: [&str; 16] = [
    "%B %Y", "%B %Y", "%B %Y", "%B of %Y", "%b %Y", "%b %Y", "%m/%Y", "%-m/%Y", "%-m/%y", "%m/%y", "%B, %Y", "%b-%y", "%b-%Y", "%B '%y",
    "%b '%y", "%b. %Y",
];

/// Days with a name in most countries.
pub(super) const HOLIDAYS: [&str; 34] = [
    "Christmas",
    "Christmas Eve",
    "Christmas Day",
    "Xmas",
    "Easter",
    "Easter Sunday",
    "Easter Monday",
    "Good Friday",
    "New Year's Eve",
    "New Year's Day",
    "New Year's",
    "Halloween",
    "Mother's Day",
    "Father's Day",
    "Valentine's Day",
    "St. Patrick's Day",
    "Passover",
    "Ramadan",
    "Diwali",
    "Hanukkah",
    "Rosh Hashanah",
    "Yom Kippur",
    "Eid",
    "Eid al-Fitr",
    "Eid al-Adha",
    "Ash Wednesday",
    "Lent",
    "Palm Sunday",
    "Holi",
    "Lunar New Year",
    "Chinese New Year",
    "Vesak",
    "Nowruz",
    "Muharram",
];

/// Days with a name in one country.
pub(super) fn local_holidays(country: &str) -> &'static [&'static str] {
    match country {
        "US" => &[
            "Thanksgiving",
            "Labor Day",
            "Memorial Day",
            "the Fourth of July",
            "4th of July",
            "July 4th",
            "Veterans Day",
            "Columbus Day",
            "Juneteenth",
            "MLK Day",
            "Presidents' Day",
            "Super Bowl Sunday",
            "Cinco de Mayo",
            "Groundhog Day",
            "Mardi Gras",
            "Indigenous Peoples' Day",
            "Kwanzaa",
            "9/11",
            "Black Friday",
            "Independence Day",
            "Tet",
        ],
        "CA" => &[
            "Canada Day",
            "Thanksgiving",
            "Victoria Day",
            "Boxing Day",
            "Remembrance Day",
            "Labour Day",
            "Family Day",
            "Civic Holiday",
            "St-Jean-Baptiste",
        ],
        "UK" => &[
            "Boxing Day",
            "Bank Holiday",
            "August Bank Holiday",
            "May Day",
            "Bonfire Night",
            "Guy Fawkes Night",
            "Remembrance Sunday",
            "Hogmanay",
            "Burns Night",
            "Pancake Day",
            "Shrove Tuesday",
            "Mothering Sunday",
            "Twelfth Night",
            "VE Day",
            "St Andrew's Day",
            "Whitsun",
        ],
        "IE" => &[
            "St Stephen's Day",
            "June Bank Holiday",
            "October Bank Holiday",
            "St Patrick's Day",
            "St Brigid's Day",
            "Paddy's Day",
            "August bank holiday",
            "Little Christmas",
        ],
        "AU" => {
            &["ANZAC Day", "Anzac Day", "Australia Day", "Boxing Day", "Melbourne Cup Day", "King's Birthday", "NAIDOC Week", "Labour Day"]
        }
        "NZ" => &["Waitangi Day", "ANZAC Day", "Matariki", "Queen's Birthday", "Labour Weekend", "Boxing Day"],
        "IN" => &[
            "Diwali",
            "Holi",
            "Dussehra",
            "Onam",
            "Pongal",
            "Durga Puja",
            "Ganesh Chaturthi",
            "Republic Day",
            "Independence Day",
            "Raksha Bandhan",
            "Navratri",
            "Makar Sankranti",
            "Karva Chauth",
            "Ugadi",
            "Bakrid",
            "Janmashtami",
            "Vishu",
        ],
        "PK" => &[
            "Eid ul Fitr",
            "Eid-ul-Adha",
            "Ramzan",
            "Shab-e-Barat",
            "Ashura",
            "Pakistan Day",
            "14th August",
            "Eid Milad-un-Nabi",
            "Basant",
        ],
        "NG" | "GH" => &[
            "Sallah",
            "Democracy Day",
            "Independence Day",
            "Boxing Day",
            "Workers' Day",
            "Homowo",
            "Farmers' Day",
            "Eid-el-Kabir",
            "Eid-el-Fitr",
            "Good Friday",
        ],
        "KE" => &["Jamhuri Day", "Mashujaa Day", "Madaraka Day", "Boxing Day", "Idd-ul-Fitr", "Labour Day"],
        "ZA" => &[
            "Heritage Day",
            "Youth Day",
            "Freedom Day",
            "Women's Day",
            "Day of Reconciliation",
            "Human Rights Day",
            "Family Day",
            "Mandela Day",
        ],
        "SG" | "MY" | "HK" => &[
            "Chinese New Year",
            "CNY",
            "Hari Raya",
            "Hari Raya Aidilfitri",
            "Deepavali",
            "Vesak Day",
            "National Day",
            "Mid-Autumn Festival",
            "Thaipusam",
            "Qing Ming",
            "Ching Ming",
            "Dragon Boat Festival",
            "Merdeka Day",
            "Wesak",
            "Winter Solstice",
            "Chung Yeung",
        ],
        "PH" => &[
            "All Saints' Day",
            "Undas",
            "Holy Week",
            "Simbang Gabi",
            "Araw ng Kagitingan",
            "Rizal Day",
            "Noche Buena",
            "Bonifacio Day",
            "Sinulog",
            "Good Friday",
        ],
        "AE" => &["National Day", "Eid", "Eid Al Adha", "Eid al-Fitr", "Ramadan", "Commemoration Day", "Islamic New Year", "Arafat Day"],
        "JM" => &["Emancipation Day", "Independence Day", "Heroes' Day", "Labour Day", "Ash Wednesday", "Boxing Day", "Grand Market"],
        _ => &["Christmas"],
    }
}

/// Whether dates of the country start with the month.
pub(super) fn month_first(country: &str) -> bool {
    matches!(country, "US" | "PH" | "CA")
}
