use super::Scene;

impl Scene<'_> {
    /// A practice, surgery or clinic.
    pub(super) fn clinic(&mut self) -> String {
        let (surname, city) = (self.source.surname(&mut self.rand), self.city_of_a_name());
        let rand = &mut self.rand;
        match self.source.country {
            "UK" | "IE" | "AU" | "NZ" | "ZA" | "HK" => {
                let start = rand.of([surname.as_str(), city.as_str()]);
                let end = rand.of([
                    "Surgery",
                    "Medical Centre",
                    "Health Centre",
                    "Road Surgery",
                    "Medical Practice",
                    "Family Practice",
                    "House Surgery",
                    "Street Practice",
                    "Clinic",
                    "Primary Care Centre",
                ]);
                format!("{start} {end}")
            }
            "IN" | "PK" | "NG" | "KE" | "GH" | "SG" | "MY" | "PH" | "AE" | "JM" => {
                let start = rand.of([surname.as_str(), city.as_str()]);
                let end = rand.of([
                    "Clinic",
                    "Polyclinic",
                    "Health Centre",
                    "Nursing Home",
                    "Medical Clinic",
                    "Specialist Clinic",
                    "Diagnostics",
                    "Family Clinic",
                    "Klinik",
                    "Health Post",
                ]);
                format!("{start} {end}")
            }
            _ => {
                let start = rand.of([surname.as_str(), city.as_str()]);
                let end = rand.of([
                    "Family Medicine",
                    "Internal Medicine Associates",
                    "Pediatrics",
                    "Primary Care",
                    "Medical Group",
                    "Community Health Center",
                    "Clinic",
                    "Women's Health",
                    "Cardiology",
                    "Urgent Care",
                ]);
                format!("{start} {end}")
            }
        }
    }

    /// An organisation of a kind, or of any.
    pub(super) fn organization(&mut self, variant: &str) -> String {
        if !matches!(variant, "pharmacy" | "insurer" | "church" | "charity" | "police" | "company") {
            return self.source.organization(variant, &mut self.rand);
        }
        let (surname, city) = (self.source.surname(&mut self.rand), self.city_of_a_name());
        let country = self.source.country;
        let american = matches!(country, "US" | "CA");
        let rand = &mut self.rand;
        match variant {
            "pharmacy" => match (rand.below(3), american) {
                (0, true) => {
                    rand.of(["CVS", "Walgreens", "Rite Aid", "Walmart Pharmacy", "Kroger", "Duane Reade", "Shoppers", "Costco"]).into()
                }
                (0, false) => rand
                    .of([
                        "Boots",
                        "Lloyds Pharmacy",
                        "Superdrug",
                        "Chemist Warehouse",
                        "Clicks",
                        "Dis-Chem",
                        "Guardian",
                        "Watsons",
                        "Mercury Drug",
                    ])
                    .into(),
                (1, _) => format!("{surname} {}", if american { "Drug" } else { "Chemists" }),
                _ => format!("{} Pharmacy", rand.of([surname.as_str(), city.as_str()])),
            },
            "insurer" => match (rand.below(3), american) {
                (0, true) => rand.of(["Aetna", "Cigna", "Humana", "UnitedHealthcare", "Anthem", "Kaiser", "Tricare", "BCBS"]).into(),
                (0, false) => {
                    rand.of(["Bupa", "AXA", "Vhi", "Laya", "Medibank", "Discovery", "Aviva", "Allianz", "Maxicare", "Daman"]).into()
                }
                (1, _) => format!("{} of {city}", rand.of(["Blue Cross", "Mutual", "Health Alliance", "Health Plan"])),
                _ => format!("{surname} {}", rand.of(["Mutual", "Life", "Assurance", "Health Plan", "Insurance Co"])),
            },
            "church" => match rand.below(4) {
                0 => format!("St {}'s Church", rand.of(["Mark", "Luke", "Anne", "Jude", "Brigid", "Patrick", "Paul"])),
                1 => {
                    format!("{city} {}", rand.of(["Baptist Church", "Methodist Church", "Mosque", "Islamic Centre", "Gurdwara", "Parish"]))
                }
                2 => format!("{} Ministries", rand.of(["Living Word", "Grace", "New Hope", "Redeemed", "Winners"])),
                _ => format!("{surname} {}", rand.of(["Chapel", "Memorial Church", "Tabernacle", "AME Church", "Temple"])),
            },
            "charity" => match rand.below(3) {
                0 => rand
                    .of([
                        "Age UK",
                        "Mind",
                        "Red Cross",
                        "Samaritans",
                        "Meals on Wheels",
                        "Salvation Army",
                        "Alzheimer's Society",
                        "Shelter",
                        "Goodwill",
                    ])
                    .into(),
                1 => format!("{surname} Foundation"),
                _ => format!("{city} {}", rand.of(["Food Bank", "Hospice Trust", "Women's Refuge", "Mission", "Volunteers", "Carers"])),
            },
            "police" => match (rand.below(3), american) {
                (0, true) => format!("{city} PD"),
                (1, true) => format!("{surname} County Sheriff"),
                (_, true) => format!("{city} Police Department"),
                (0, _) => "Garda".into(),
                _ => format!("{city} {}", rand.of(["Police", "Constabulary", "Police Station", "Metropolitan Police"])),
            },
            _ => match rand.below(3) {
                0 => format!(
                    "{surname} {}",
                    rand.of(["Ltd", "Inc", "LLC", "& Sons", "Logistics", "Construction", "Foods", "Holdings", "Motors"])
                ),
                1 => format!(
                    "{city} {}",
                    rand.of(["Steel", "Textiles", "Bus Company", "Cement", "Tea Estate", "Breweries", "Shipyard", "Port"])
                ),
                _ => self.source.organization("", rand),
            },
        }
    }

    fn city_of_a_name(&mut self) -> String {
        self.source.city(&mut self.rand)
    }
}
