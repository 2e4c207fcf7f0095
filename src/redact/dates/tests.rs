use super::*;
use proptest::prelude::*;

/// One date in a document of its own.
fn shifted(text: &str, days: i32) -> Option<String> {
    shift_dates(&[text], days).pop().flatten()
}

fn document(texts: &[&str], days: i32) -> Vec<String> {
    shift_dates(texts, days).into_iter().map(|text| text.unwrap_or_else(|| "-".into())).collect()
}

#[test]
fn every_format_is_written_as_it_was() {
    for (text, days, expected) in [
        // Numbers.
        ("03/14/2024", 7, "03/21/2024"),
        ("03/14/2024", 28, "04/11/2024"),
        ("03/29/2024", 7, "04/05/2024"),
        ("3/14/2024", 21, "4/4/2024"),
        ("3/14/24", -21, "2/22/24"),
        ("14/3/24", 21, "4/4/24"),
        ("2024-03-14", -14, "2024-02-29"),
        ("2024-12-25", 14, "2025-01-08"),
        ("2024/3/14", 21, "2024/4/4"),
        ("2024.03.14", 7, "2024.03.21"),
        ("20240314", 21, "20240404"),
        ("03142024", 21, "04042024"),
        ("031424", 21, "040424"),
        ("960228", 2, "960301"),
        ("96-02-28", 2, "96-03-01"),
        ("20240314102233", 21, "20240404102233"),
        ("202403", 28, "202404"),
        ("2024-03", 28, "2024-04"),
        ("3/2024", 280, "12/2024"),
        ("03/2024", 280, "12/2024"),
        ("12/2024", 28, "01/2025"),
        ("5/96", 28, "6/96"),
        ("3/14", 7, "3/21"),
        ("3/14", 21, "4/4"),
        ("03/14", 21, "04/04"),
        ("11.28", 7, "12.05"),
        ("14.03.2024", 21, "04.04.2024"),
        ("14.3.2024", 21, "4.4.2024"),
        ("14. 3. 2024", 21, "4. 4. 2024"),
        ("3-14-24", 7, "3-21-24"),
        ("18-04–20", 7, "25-04–20"),
        ("3 / 14 / 2024", 7, "3 / 21 / 2024"),
        ("3/14/'24", 7, "3/21/'24"),
        // Names of months.
        ("March 14, 2024", 21, "April 4, 2024"),
        ("march 14 2024", 21, "april 4 2024"),
        ("MARCH 14, 2024", -28, "FEBRUARY 15, 2024"),
        ("March 14th, 2024", 7, "March 21st, 2024"),
        ("March 14th", 8, "March 22nd"),
        ("March 14th", 9, "March 23rd"),
        ("March 1st", 10, "March 11th"),
        ("March 1ST", 10, "March 11TH"),
        ("14th of March", 7, "21st of March"),
        ("the 14th of March, 2024", 21, "the 4th of April, 2024"),
        ("14th day of March 2024", 7, "21st day of March 2024"),
        ("14 Mar 24", 21, "4 Apr 24"),
        ("14 Mar 2024", 21, "4 Apr 2024"),
        ("04 Mar 2024", 1, "05 Mar 2024"),
        ("Mar. 14, 2024", 21, "Apr. 4, 2024"),
        ("Mar. 2024", 28, "Apr. 2024"),
        ("March 2019", 28, "April 2019"),
        ("March, 2019", 28, "April, 2019"),
        ("March of 2019", 28, "April of 2019"),
        ("March '19", 28, "April '19"),
        ("Aug'14", 28, "Sep'14"),
        ("Feb 98", 28, "Mar 98"),
        ("AUG-98", 28, "SEP-98"),
        ("Sept 14, 2024", 28, "Oct 12, 2024"),
        ("Aug 14, 2024", 28, "Sep 11, 2024"),
        ("March", 28, "April"),
        ("Mar", 28, "Apr"),
        ("4-Mar-2024", 7, "11-Mar-2024"),
        ("14-MAR-2024", 21, "04-APR-2024"),
        ("14MAR2024", 21, "04APR2024"),
        ("31JAN02", 1, "01FEB02"),
        ("26JUL", 7, "02AUG"),
        ("14MAY2024", 28, "11JUN2024"),
        ("14-May-24", 28, "11-Jun-24"),
        ("May 14, 2024", 28, "June 11, 2024"),
        ("03/Feb/2026", 7, "10/Feb/2026"),
        ("Mar-07-2016", 7, "Mar-14-2016"),
        ("2019 Mar 19", 14, "2019 Apr 2"),
        ("2020  May 01", 7, "2020  May 08"),
        ("Apr 14  1980", 7, "Apr 21  1980"),
        ("Feb21", 7, "Feb28"),
        ("17 Jan\r\n1989", 14, "31 Jan\r\n1989"),
        ("14 août 2024", 21, "4 septembre 2024"),
        ("14 de marzo de 2024", 21, "4 de abril de 2024"),
        ("14. März 2024", 21, "4. April 2024"),
        // Years.
        ("2019", 28, "2019"),
        ("2019", 200, "2020"),
        ("'09", -200, "'08"),
        ("’99", 200, "’00"),
        // Weekdays.
        ("Tuesday", 7, "Tuesday"),
        ("Tuesday", 1, "Wednesday"),
        ("Sunday", 1, "Monday"),
        ("Monday", -1, "Sunday"),
        ("Tues", -364, "Tues"),
        ("Tues", 2, "Thurs"),
        ("TUE", 2, "THU"),
        ("Sat.", 1, "Sun."),
        ("Mondays", 21, "Mondays"),
        ("mondays", 1, "tuesdays"),
        ("Sat 9/4", 7, "Sat 9/11"),
        ("Sat 9/4", 1, "Sun 9/5"),
        ("Sat, 9/4", 7, "Sat, 9/11"),
        ("Tuesday, March 14th, 2023", 7, "Tuesday, March 21st, 2023"),
        ("Tuesday the 14th of March", 7, "Tuesday the 21st of March"),
        ("SUNDAY, JANUARY 21, 2020", 14, "SUNDAY, FEBRUARY 4, 2020"),
        ("Monday 30-MAR-2018", 7, "Monday 06-APR-2018"),
        ("Mon/Wed/Fri", 7, "Mon/Wed/Fri"),
        ("Mon-Fri", 1, "Tue-Sat"),
        // Times of day.
        ("2024-03-14T10:22", 21, "2024-04-04T10:22"),
        ("2024-03-14T10:22:33.123Z", 7, "2024-03-21T10:22:33.123Z"),
        ("2024-03-14 10:22:33+01:00", 7, "2024-03-21 10:22:33+01:00"),
        ("20240314T1022Z", 7, "20240321T1022Z"),
        ("3/14/24 10:22 PM", 7, "3/21/24 10:22 PM"),
        ("3/14 @ 9:05 a.m.", 7, "3/21 @ 9:05 a.m."),
        // Ranges and lists.
        ("3/14-3/17", 7, "3/21-3/24"),
        ("3/14/24-3/17/24", 21, "4/4/24-4/7/24"),
        ("3-14-24 - 3-17-24", 7, "3-21-24 - 3-24-24"),
        ("3/14-17", 7, "3/21-24"),
        ("March 14–17", 7, "March 21–24"),
        ("March 14-17, 2024", 21, "April 4-7, 2024"),
        ("Sep 14-17, 2024", 7, "Sep 21-24, 2024"),
        ("Dec 30-31, 2024", 7, "Jan 6-7, 2025"),
        ("Jan 1-3, 2024", 63, "Mar 4-6, 2024"),
        ("March 14th to 17th, 2024", 8, "March 22nd to 25th, 2024"),
        ("14-17 March 2024", 7, "21-24 March 2024"),
        ("March 14 - April 3, 2024", 7, "March 21 - April 10, 2024"),
        ("Dec 28, 2023 through Jan 4, 2024", 7, "Jan 4, 2024 through Jan 11, 2024"),
        ("2015-2019", 28, "2015-2019"),
        ("2015 to 2019", 365, "2016 to 2020"),
        ("2019-20", 200, "2020-21"),
        ("2020/21", 28, "2020/21"),
        ("March-May 2019", 28, "April-June 2019"),
        ("3/14, 3/15 and 3/17", 7, "3/21, 3/22 and 3/24"),
        // The calendar.
        ("02/29/2024", 365, "02/28/2025"),
        ("02/28/2023", 1, "03/01/2023"),
        ("02/28/1900", 1, "03/01/1900"),
        ("02/28/2000", 1, "02/29/2000"),
        ("2/29", 7, "3/7"),
        ("12/31/99", 1, "01/01/00"),
        ("01/01/00", -1, "12/31/99"),
        ("12/31/1999", 1, "01/01/2000"),
    ] {
        assert_eq!(shifted(text, days).as_deref(), Some(expected), "{text:?} by {days}");
    }
}

#[test]
fn what_cannot_be_read_is_not_written() {
    for text in concat!(
        "| |Christmas|summer 2019|early March|the 1990s|90s|fall|last week|02/30/2024|02/29/2023|02-30-2024|2/30/24|",
        "31-APR-2024|31 APR 2024|02/30/02/2024|13/13/2024|00/10/2024|3/0|31 April|XX/XX/2019|the 14th|3rd|16|",
        "Smarch 14|3/14/2024 and later|2024-03-14T10:22 EST or so|03/14-2024|1/2/3/4/5/6|١٤/٣/٢٠٢٤|３/14|9999|1422|",
        "March 14\u{200b}, 2024|l962|M|12:30|3.14159|0"
    )
    .split('|')
    {
        assert_eq!(shifted(text, 7), None, "{text:?}");
    }
    let long = "3/14, ".repeat(50);
    assert_eq!(shifted(&long, 7), None);
}

#[test]
fn a_range_goes_as_far_as_its_form() {
    assert_eq!(shifted("March 28-30", 7).as_deref(), Some("April 4-6"));
    assert_eq!(shifted("March 28-30", 3), None);
    assert_eq!(shifted("28-30 March 2024", 3), None);
    assert_eq!(shifted("March 28 - March 30", 3).as_deref(), Some("March 31 - April 2"));
    assert_eq!(shifted("Dec 1 - Dec 31, 2023", 7), None);
    assert_eq!(shifted("Dec 28 - Jan 3, 2024", 7).as_deref(), Some("Jan 4 - Jan 10, 2024"));
    assert_eq!(shifted("March 30-2", 7).as_deref(), Some("April 6-9"));
}

#[test]
fn far_offsets_end_where_years_do() {
    assert_eq!(shifted("2024-03-14", i32::MAX), None);
    assert_eq!(shifted("2024-03-14", i32::MIN), None);
    assert_eq!(shifted("2024-03-14", -400_000), None);
}

#[test]
fn one_date_decides_the_order_of_all() {
    assert_eq!(document(&["3/4/2024", "3/14/2024"], 7), ["3/11/2024", "3/21/2024"]);
    assert_eq!(document(&["3/4/2024", "14/3/2024"], 7), ["10/4/2024", "21/3/2024"]);
    assert_eq!(document(&["3/4/2024"], 7), ["3/11/2024"]);
    assert_eq!(document(&["3/4", "13/1", "5/6"], 1), ["4/4", "14/1", "6/6"]);
    // The more of them decide, and a date that has one order keeps it.
    assert_eq!(document(&["3/4", "13/1", "3/14", "3/15"], 1), ["3/5", "14/1", "3/15", "3/16"]);
    // What begins with the year has the month next everywhere.
    assert_eq!(document(&["2024-03-04", "14/3/2024"], 7), ["2024-03-11", "21/3/2024"]);
}

#[test]
fn missing_years_and_months_come_from_around() {
    // 2024 has a 29 February, and 2023 has none.
    assert_eq!(document(&["01/05/2024", "2/27"], 3), ["01/08/2024", "3/1"]);
    assert_eq!(document(&["01/05/2023", "2/27"], 3), ["01/08/2023", "3/2"]);
    assert_eq!(document(&["2/27", "2/1/2024"], 3), ["3/1", "2/4/2024"]);
    assert_eq!(document(&["2/27"], 3), ["3/2"]);
    assert_eq!(document(&["2024", "February 27"], 3), ["2024", "March 1"]);
    // Near, also over the turn of a year: 27 February 2024 is nearer to December 2023.
    assert_eq!(document(&["12/20/2023", "2/27"], 3), ["12/23/2023", "3/1"]);
    assert_eq!(document(&["3/10/2024", "the 14th", "the 30th"], 7), ["3/17/2024", "the 21st", "the 6th"]);
    assert_eq!(document(&["the 30th", "April 3"], 7), ["the 6th", "April 10"]);
    assert_eq!(document(&["Christmas", "the 30th"], 7), ["-", "-"]);
    assert_eq!(document(&["2019", "the 30th"], 7), ["2019", "-"]);
}

#[test]
fn zeros_and_short_names_are_those_of_the_document() {
    assert_eq!(document(&["11/20/2024"], 21), ["12/11/2024"]);
    assert_eq!(document(&["11/24/2024"], 14), ["12/08/2024"]);
    assert_eq!(document(&["11/24/2024", "3/4/2024"], 14), ["12/8/2024", "3/18/2024"]);
    assert_eq!(document(&["11/24/2024", "03/04/2024"], 14), ["12/08/2024", "03/18/2024"]);
    // Each form by itself.
    assert_eq!(document(&["2024-11-24", "3/4/2024"], 14), ["2024-12-08", "3/18/2024"]);
    assert_eq!(document(&["May 28", "04MAR2024", "the 28th"], 7), ["Jun 4", "11MAR2024", "the 6th"]);
    assert_eq!(document(&["May 14", "Mar 3"], 28), ["Jun 11", "Mar 31"]);
    assert_eq!(document(&["May 14", "March 3"], 28), ["June 11", "March 31"]);
}

#[test]
fn ages_move_by_whole_years() {
    for (text, days, expected) in [
        ("61", 28, Some("61")),
        ("61", 182, Some("61")),
        ("61", 183, Some("62")),
        ("61", -364, Some("60")),
        ("61", 3652, Some("71")),
        ("61-year-old", 364, Some("62-year-old")),
        ("61M", 364, Some("62M")),
        ("99", 364, Some("100")),
        ("0", -364, None),
        ("6 mo", 364, Some("6 mo")),
        ("3 1/2", 364, Some("3 1/2")),
        ("eighty-nine", 364, Some("eighty-nine")),
        ("60s", 364, Some("60s")),
        ("60-65", 364, Some("60-65")),
        ("9O", 364, None),
        ("61", i32::MIN, None),
        ("", 7, None),
    ] {
        assert_eq!(shift_age(text, days).as_deref(), expected, "{text:?} by {days}");
    }
}

/// Full dates whose form says all: order, zeros, and whether a year has two digits.
const SURE: [&str; 11] = [
    "%Y-%m-%d",
    "%m/%d/%Y",
    "%m.%d.%y",
    "%Y%m%d",
    "%m%d%Y",
    "%B %-d, %Y",
    "%-d %B %Y",
    "%d%b%Y",
    "%d-%b-%y",
    "%A, %B %-d, %Y",
    "%a %m/%d/%y",
];

fn a_date() -> impl Strategy<Value = Date> {
    (0i32..70_000).prop_map(|days| Date::constant(1930, 1, 1) + Span::new().days(days))
}

/// The kinds of characters in order; runs of digits and letters as one.
fn shape(text: &str) -> String {
    let mut shape: Vec<char> = text
        .chars()
        .map(|c| {
            if c.is_ascii_digit() {
                '9'
            } else if c.is_alphabetic() {
                'a'
            } else {
                c
            }
        })
        .collect();
    shape.dedup();
    shape.into_iter().collect()
}

proptest! {
    #[test]
    fn there_and_back(date in a_date(), days in -3000i32..3000, format in proptest::sample::select(SURE.to_vec())) {
        // Two digits are of one hundred years.
        let hundred = Date::constant(1930, 1, 1)..Date::constant(2030, 1, 1);
        prop_assume!(!format.contains("%y") || hundred.contains(&date) && hundred.contains(&(date + Span::new().days(days))));
        let text = date.strftime(format).to_string();
        let there = shifted(&text, days).unwrap();
        prop_assert_eq!(&there, &(date + Span::new().days(days)).strftime(format).to_string());
        prop_assert_eq!(shifted(&there, -days).unwrap(), text);
    }

    #[test]
    fn intervals_stay(dates in proptest::collection::vec(a_date(), 1..6), days in -3000i32..3000) {
        let texts: Vec<String> = dates.iter().map(|date| date.strftime("%-m/%-d/%Y").to_string()).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        // The year first settles the order of what comes out.
        let read = |text: &String| {
            let numbers: Vec<i16> = text.split('/').map(|n| n.parse().unwrap()).collect();
            Date::new(numbers[2], numbers[0] as i8, numbers[1] as i8).unwrap()
        };
        let moved: Vec<Date> = document(&texts, days).iter().map(read).collect();
        for (before, after) in dates.iter().zip(&moved) {
            prop_assert_eq!(*before + Span::new().days(days), *after);
        }
    }

    #[test]
    fn missing_years_keep_near_intervals(date in a_date(), gap in -150i32..150, weeks in -200i32..200) {
        let days = |n: i32| Span::new().days(n);
        let near = date + days(gap);
        let texts = [date.strftime("%Y-%m-%d").to_string(), near.strftime("%B %-d").to_string()];
        let moved = shift_dates(&texts.each_ref().map(String::as_str), 7 * weeks);
        prop_assert_eq!(moved[1].as_deref().unwrap(), (near + days(7 * weeks)).strftime("%B %-d").to_string());
    }

    #[test]
    fn the_form_stays(date in a_date(), days in -3000i32..3000, format in proptest::sample::select(vec![
        "%-m/%-d", "%b %-d", "%B %Y", "%b. %-d, %Y", "%A", "%Y", "'%y", "%-m/%-d/%y-%-m/%-d/%y", "%B", "%Y-%m-%dT10:22", "%b'%y", "%-d %B",
    ])) {
        let text = date.strftime(format).to_string();
        prop_assert_eq!(shape(&shifted(&text, days).unwrap()), shape(&text));
    }

    #[test]
    fn no_digit_is_left_out(text in "[0-9 /.'-]{1,16}|[0-9]{0,2}[-/ ]{0,2}(Mar|May |June)[-/, ]{0,2}[0-9]{0,2}[-, ]{0,2}[0-9]{0,4}") {
        let Some(reading) = read(&text) else { return Ok(()) };
        let fields: Vec<&fields::Field> = reading.pieces.iter().flat_map(|piece| &piece.fields).collect();
        prop_assert!(fields.windows(2).all(|pair| pair[0].at.end <= pair[1].at.start));
        let outside = |at: &usize| !fields.iter().any(|field| field.at.contains(at));
        let stamp = reading.pieces.iter().any(|piece| piece.form == fields::Form::Compact);
        prop_assert!(stamp || !(0..text.len()).filter(outside).any(|at| text.as_bytes()[at].is_ascii_digit()), "{:?}", reading);
    }

    #[test]
    fn no_text_panics(texts in proptest::collection::vec("\\PC{0,20}|[0-9/ .,'-]{0,24}|[0-9JanMarchTuesdaythof ,.'-]{0,24}", 0..6), days in any::<i32>()) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        prop_assert_eq!(shift_dates(&texts, days).len(), texts.len());
        for text in texts {
            shift_age(text, days);
        }
    }
}
