//! Which fields of an HL7 v2 message are its structure, and stay as they are (HL7 v2.5.1, chapters 2, 3, 4, 6, 7 and 9): delimiters, set ids,
//! types of messages and values, codes of tables. Every other field may hold what identifies somebody, in unknown segments too.

/// Structural fields by segment and number.
#[rustfmt::skip]
const FIXED: &[(&str, &[usize])] = &[
    ("MSH", &[1, 2, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21]),
    ("FHS", &[1, 2]), ("BHS", &[1, 2]), ("FTS", &[1]), ("BTS", &[1]),
    ("EVN", &[1, 4]),
    ("MSA", &[1, 2]),
    ("PID", &[1, 8, 10, 15, 16, 17, 22, 24, 25, 26, 27, 28, 30]),
    ("NK1", &[1, 3, 7, 14, 15]),
    ("PV1", &[1, 2, 4, 10, 14, 15, 16, 18, 36, 41]),
    ("GT1", &[1, 9, 10, 11]),
    ("IN1", &[1, 15, 17]),
    ("AL1", &[1, 2, 4]),
    ("DG1", &[1, 2, 6]),
    ("PR1", &[1, 2]),
    ("ORC", &[1, 5, 6]),
    ("OBR", &[1, 4, 11, 24, 25]),
    ("OBX", &[1, 2, 3, 4, 6, 7, 8, 9, 10, 11]),
    ("NTE", &[1, 2, 4]),
    ("TXA", &[1, 2, 3, 17, 18, 19]),
    ("ROL", &[1, 2, 3]),
    ("AIS", &[1, 2]), ("AIG", &[1, 2]), ("AIL", &[1, 2]), ("AIP", &[1, 2]),
    ("FT1", &[1, 6]),
    ("SPM", &[1]),
    ("ACC", &[2]),
];

/// Whether the field is structure.
pub(super) fn is_fixed(segment: &str, field: usize) -> bool {
    FIXED.iter().any(|(name, fields)| *name == segment && fields.contains(&field))
}
