use super::Scene;
use crate::labels::EntityType as T;
use crate::synth::builder::Builder;
use crate::synth::ids;

impl Scene<'_> {
    pub(super) fn number_slot(&mut self, name: &str, variant: &str, out: &mut Builder) -> bool {
        let (entity_type, text) = match name {
            "PHONE" => (T::Phone, self.own("PHONE", "", 0.25)),
            "PAGER" => (T::Phone, self.source.pager(&mut self.rand)),
            "EXT" => (T::Phone, self.source.number("EXT", "", &mut self.rand)),
            "FAX" => (T::Fax, self.own("FAX", "", 0.25)),
            "EMAIL" => {
                let staff = variant == "doc";
                let person = if staff { self.doctor() } else { self.cast.patient.clone() };
                (T::Email, ids::email(&person, self.source.country, staff, &mut self.rand))
            }
            "URL" => {
                let person = self.doctor();
                (T::Url, ids::url(&person, self.source.country, &mut self.rand))
            }
            "IP" => (T::IpAddr, ids::ip(&mut self.rand)),
            "USER" => {
                let person = if self.rand.chance(0.35) { self.cast.patient.clone() } else { self.doctor() };
                (T::Username, ids::username(&person, &mut self.rand))
            }
            "MRN" => (T::MedicalRecord, self.own("MRN", variant, 0.85)),
            "NHS" => (T::MedicalRecord, self.own("NHS", variant, 0.95)),
            "SSN" => (T::Ssn, self.own("SSN", variant, 0.9)),
            "PLAN" => (T::HealthPlan, self.own("PLAN", variant, 0.25)),
            "ACCT" => (T::Account, self.own("ACCT", variant, 0.4)),
            "LIC" if variant == "pass" => (T::IdNum, self.own("LIC", variant, 0.5)),
            "LIC" => (T::License, self.own("LIC", variant, 0.1)),
            "VEH" => (T::Vehicle, self.own("VEH", variant, 0.4)),
            "DEV" => (T::Device, self.own("DEV", variant, 0.1)),
            "BIO" => (T::BioId, self.own("BIO", variant, 0.1)),
            "ID" => (T::IdNum, self.own("ID", variant, 0.1)),
            _ => return false,
        };
        // A username in a text has no sign before it; the sign is no part of the name.
        match text.strip_prefix('@').filter(|_| entity_type == T::Username) {
            Some(rest) => out.text("@").entity(entity_type, rest),
            None => out.entity(entity_type, &text),
        };
        true
    }

    /// The number of this kind that the patient has, with probability `same`, or another.
    fn own(&mut self, slot: &str, variant: &str, same: f64) -> String {
        let key = format!("{slot}:{variant}");
        if let Some(known) = self.numbers.get(&key)
            && self.rand.chance(same)
        {
            return known.clone();
        }
        let made = match slot {
            "PHONE" | "FAX" => self.source.phone(&mut self.rand),
            _ => self.source.number(slot, variant, &mut self.rand),
        };
        self.numbers.entry(key).or_insert_with(|| made.clone());
        made
    }
}
