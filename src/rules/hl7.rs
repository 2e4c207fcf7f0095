//! HL7 v2 messages, where the place in the message says what a value is (HL7 v2.5.1, chapters 2, 3, 4, 6 and 7): segments by their
//! first three letters, fields between `|`, repetitions between `~`, components between `^`.

use super::recogniser::Found;
use crate::labels::EntityType::{self, *};
use crate::text::Span;

/// What a field holds.
#[derive(Clone, Copy)]
enum Field {
    /// XPN: family^given^middle^suffix, one entity.
    Person,
    /// XCN: id^family^given^middle: a number and the name of somebody on the staff.
    Staff,
    /// XAD: street^other^city^state^code^country.
    Address,
    /// XTN: number, or ^^^e-mail, or ^^^^country^area^number.
    Telecom,
    /// TS: the date of YYYYMMDDhhmm.
    Time,
    /// CX: id^^^authority^kind.
    Id,
    /// The first component, of this type.
    First(EntityType),
}

use Field::{Address, First, Id, Person, Staff, Telecom, Time};

/// Fields that hold PHI, by segment and number.
#[rustfmt::skip]
const FIELDS: &[(&str, &[(usize, Field)])] = &[
    ("MSH", &[(4, First(Hospital)), (6, First(Hospital)), (7, Time), (10, First(IdNum))]),
    ("EVN", &[(2, Time), (3, Time), (5, Staff), (6, Time)]),
    ("PID", &[(2, Id), (3, Id), (4, Id), (5, Person), (6, Person), (7, Time), (9, Person), (11, Address), (13, Telecom), (14, Telecom),
              (18, First(Account)), (19, First(Ssn)), (20, First(License)), (21, Id), (29, Time)]),
    ("PD1", &[(3, First(Hospital)), (4, Staff)]),
    ("NK1", &[(2, Person), (4, Address), (5, Telecom), (6, Telecom), (13, First(Organization)), (16, Time), (30, Person), (31, Telecom), (32, Address)]),
    ("PV1", &[(7, Staff), (8, Staff), (9, Staff), (17, Staff), (19, First(IdNum)), (44, Time), (45, Time), (52, Staff)]),
    ("PV2", &[(8, Time), (9, Time), (13, Staff)]),
    ("MRG", &[(1, Id), (3, First(Account)), (4, Id), (7, Person)]),
    ("ORC", &[(2, First(IdNum)), (3, First(IdNum)), (9, Time), (10, Staff), (11, Staff), (12, Staff), (14, Telecom), (15, Time),
              (21, First(Hospital)), (22, Address), (23, Telecom), (24, Address)]),
    ("OBR", &[(2, First(IdNum)), (3, First(IdNum)), (6, Time), (7, Time), (8, Time), (10, Staff), (14, Time), (16, Staff), (17, Telecom), (22, Time), (28, Staff)]),
    ("OBX", &[(14, Time), (16, Staff), (18, First(Device)), (19, Time), (23, First(Hospital)), (24, Address), (25, Staff)]),
    ("IN1", &[(4, First(Organization)), (5, Address), (6, Person), (7, Telecom), (8, First(HealthPlan)), (9, First(Organization)), (10, First(HealthPlan)),
              (11, First(Organization)), (12, Time), (13, Time), (16, Person), (18, Time), (19, Address), (36, First(HealthPlan)), (49, First(HealthPlan))]),
    ("IN2", &[(1, First(HealthPlan)), (2, First(Ssn)), (6, First(HealthPlan)), (8, First(HealthPlan)), (61, First(HealthPlan))]),
    ("GT1", &[(2, First(Account)), (3, Person), (4, Person), (5, Address), (6, Telecom), (7, Telecom), (8, Time), (12, First(Ssn)), (16, First(Organization)),
              (17, Address), (18, Telecom), (45, Person), (46, Telecom)]),
    ("AL1", &[(6, Time)]),
    ("DG1", &[(5, Time), (16, Staff), (19, Time)]),
    ("PR1", &[(5, Time), (8, Staff), (11, Staff), (12, Staff)]),
    ("TXA", &[(4, Time), (5, Staff), (6, Time), (7, Time), (8, Time), (9, Staff), (10, Staff), (11, Staff), (12, First(IdNum)), (22, Staff)]),
    ("SCH", &[(1, First(IdNum)), (2, First(IdNum)), (12, Staff), (13, Telecom), (16, Staff), (17, Telecom), (20, Staff), (21, Telecom)]),
    ("AIP", &[(3, Staff), (6, Time)]),
    ("ROL", &[(4, Staff), (5, Time), (6, Time)]),
    ("SPM", &[(2, First(IdNum)), (17, Time), (18, Time)]),
    ("ACC", &[(1, Time)]),
    ("FT1", &[(2, First(IdNum)), (4, Time), (5, Time), (20, Staff), (21, Staff)]),
];

/// Whether a field holds a date and time, so that nothing else may be written there.
pub(crate) fn holds_time(segment: &str, field: usize) -> bool {
    let fields = FIELDS.iter().filter(|(name, _)| *name == segment).flat_map(|(_, fields)| *fields);
    fields.into_iter().any(|(number, kind)| *number == field && matches!(kind, Time))
}

/// Appends the PHI of every line that is a segment.
pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    let mut at = 0;
    for line in text.split_inclusive(['\r', '\n']) {
        let segment = line.trim_end_matches(['\r', '\n']);
        if let Some((_, fields)) = FIELDS.iter().find(|(name, _)| segment.strip_prefix(name).is_some_and(|rest| rest.starts_with('|'))) {
            // MSH's first field is the mark itself.
            let first = if segment.starts_with("MSH") { 1 } else { 0 };
            let parts = pieces(segment, at, '|');
            for (number, field) in *fields {
                if let Some(&part) = parts.get(number - first) {
                    for repetition in pieces(slice(text, part), part.start, '~') {
                        read(text, repetition, *field, found);
                    }
                }
            }
        }
        at += line.len();
    }
}

/// The spans of what stands between the marks.
fn pieces(text: &str, start: usize, mark: char) -> Vec<Span> {
    let mut at = start;
    let piece = |part: &str| {
        let span = Span::new(at, at + part.len());
        at += part.len() + mark.len_utf8();
        span
    };
    text.split(mark).map(piece).collect()
}

fn slice(text: &str, span: Span) -> &str {
    span.slice(text).unwrap_or("")
}

fn read(text: &str, value: Span, field: Field, found: &mut Vec<Found>) {
    let components = pieces(slice(text, value), value.start, '^');
    let component =
        |number: usize| components.get(number - 1).copied().filter(|span| slice(text, *span).chars().any(char::is_alphanumeric));
    let mut put = |span: Option<Span>, entity_type: EntityType| {
        if let Some(span) = span.map(|span| span.trim(text)).filter(|span| !span.is_empty()) {
            found.push(Found { span, entity_type, score: 1.0, priority: 78 });
        }
    };
    match field {
        Person => put(joined(&[component(1), component(2), component(3), component(4)]), Patient),
        Staff => {
            let number = component(1).filter(|span| slice(text, *span).bytes().any(|b| b.is_ascii_digit()));
            put(number, IdNum);
            put(joined(&[component(2), component(3), component(4), component(5)]), Doctor);
        }
        Address => {
            for (number, entity_type) in [(1, Street), (2, Street), (3, City), (4, State), (5, Zip), (6, Country)] {
                put(component(number), entity_type);
            }
        }
        Telecom => {
            let dialled = |span: &Span| slice(text, *span).bytes().filter(u8::is_ascii_digit).count() > 5;
            put(component(1).filter(dialled), Phone);
            put(component(4).filter(|span| slice(text, *span).contains('@')), Email);
            put(joined(&[component(6), component(7)]).filter(dialled), Phone);
        }
        Time => {
            let digits = slice(text, value).bytes().take_while(u8::is_ascii_digit).count();
            put((digits >= 4).then(|| Span::new(value.start, value.start + digits.min(8))), Date);
        }
        Id => {
            let kind = match component(5).map(|span| slice(text, span)) {
                Some("SS") => Ssn,
                Some("AN") => Account,
                Some("DL") => License,
                Some("MA" | "MC" | "HC") => HealthPlan,
                _ => MedicalRecord,
            };
            put(component(1), kind);
        }
        First(entity_type) => put(component(1), entity_type),
    }
}

/// From the first to the last of the components that are there.
fn joined(components: &[Option<Span>]) -> Option<Span> {
    let mut there = components.iter().flatten();
    let first = there.next()?;
    Some(first.union(*there.last().unwrap_or(first)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_known_by_their_place() {
        let text = "MSH|^~\\&|ADT|NORTHSIDE|LAB|EASTSIDE|202403011530||ADT^A01|Q881|P|2.5\rPID|1||77120^^^NS^MR~219-09-9999^^^US^SS||DOE^JANE^Q||19610704|F|||\
                    12 ELM ST^APT 4^SALEM^OR^97301^USA||(503)555-0188^PRN^PH~^NET^Internet^jd@x.example|||||A-9\nPV1|1|I|2W^201||||1234567893^ROE^RICHARD\nNTE|1||SEEN BY ROE";
        let mut found = Vec::new();
        find(text, &mut found);
        found.sort_by_key(|f| f.span.start);
        let found: Vec<_> = found.iter().map(|f| (f.entity_type.name(), f.span.slice(text).unwrap())).collect();
        let expected = [
            ("HOSPITAL", "NORTHSIDE"),
            ("HOSPITAL", "EASTSIDE"),
            ("DATE", "20240301"),
            ("IDNUM", "Q881"),
            ("MEDICALRECORD", "77120"),
            ("SSN", "219-09-9999"),
            ("PATIENT", "DOE^JANE^Q"),
            ("DATE", "19610704"),
            ("STREET", "12 ELM ST"),
            ("STREET", "APT 4"),
            ("CITY", "SALEM"),
            ("STATE", "OR"),
            ("ZIP", "97301"),
            ("COUNTRY", "USA"),
            ("PHONE", "(503)555-0188"),
            ("EMAIL", "jd@x.example"),
            ("ACCOUNT", "A-9"),
            ("IDNUM", "1234567893"),
            ("DOCTOR", "ROE^RICHARD"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn other_text_is_left_alone() {
        let mut found = Vec::new();
        find("PID is not a segment\nOBX|\nPID", &mut found);
        assert!(found.is_empty());
    }
}
