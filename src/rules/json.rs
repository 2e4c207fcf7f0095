//! FHIR resources and other JSON whose keys say what a value is (HL7 FHIR R4: HumanName, Address, Patient).

use super::recogniser::Recogniser;
use crate::labels::EntityType::{City, Country, Date, Patient, State, Street, Zip};

pub(super) fn recognisers() -> Vec<Recogniser> {
    // A value as it stands between its quotes; in text that was itself put into JSON the quotes are escaped.
    let value = |keys: &str| format!(r#"\\?"(?:{keys})\\?"\s{{0,4}}:\s{{0,4}}\[?\s{{0,4}}\\?"(?<phi>[^"\\]{{2,80}})\\?""#);
    let second = |key: &str| {
        format!(r#"\\?"{key}\\?"\s{{0,4}}:\s{{0,4}}\[\s{{0,4}}\\?"[^"\\]{{1,80}}\\?"\s{{0,4}},\s{{0,4}}\\?"(?<phi>[^"\\]{{1,80}})\\?""#)
    };
    vec![
        // Whose name it is, the encoder knows better.
        Recogniser::new("json-name", Patient, 0.9, &value("family|given|firstName|lastName|first_name|last_name|patientName|patient_name")),
        Recogniser::new("json-second-name", Patient, 0.9, &second("given")),
        Recogniser::new(
            "json-birth",
            Date,
            1.0,
            r#"\\?"(?:birthDate|birth_date|dob|deceasedDateTime)\\?"\s{0,4}:\s{0,4}\\?"(?<phi>[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)"#,
        )
        .priority(67),
        Recogniser::new("json-street", Street, 0.9, &value("line|street|streetAddress|address1|address_line")),
        Recogniser::new("json-second-line", Street, 0.9, &second("line")),
        Recogniser::new("json-city", City, 0.9, &value("city|town|suburb")),
        Recogniser::new("json-state", State, 0.9, &value("state|province")),
        Recogniser::new("json-zip", Zip, 0.9, &value("postalCode|postcode|zip|zipCode|zip_code")).priority(62),
        Recogniser::new("json-country", Country, 0.9, &value("country")),
    ]
}
