//! Domains of hospitals, firms and providers.

use crate::random::Rand;

/// The ending of the country's addresses.
pub(super) fn ending(country: &str, rand: &mut Rand) -> &'static str {
    let own = match country {
        "UK" => ".co.uk",
        "IE" => ".ie",
        "CA" => ".ca",
        "AU" => ".com.au",
        "NZ" => ".co.nz",
        "IN" => ".in",
        "PK" => ".com.pk",
        "NG" => ".com.ng",
        "KE" => ".co.ke",
        "GH" => ".com.gh",
        "ZA" => ".co.za",
        "SG" => ".com.sg",
        "MY" => ".com.my",
        "PH" => ".com.ph",
        "HK" => ".com.hk",
        "AE" => ".ae",
        _ => ".com",
    };
    if rand.chance(0.65) { own } else { rand.of([".com", ".org", ".net", ".health", ".io", ".info", ".care"]) }
}

/// A domain of a hospital or practice.
pub(super) fn clinic_domain(country: &str, rand: &mut Rand) -> String {
    let known = match country {
        "UK" => rand.of([
            "nhs.net",
            "nhs.net",
            "nhs.scot",
            "wales.nhs.uk",
            "gstt.nhs.uk",
            "uhb.nhs.uk",
            "ggc.scot.nhs.uk",
            "hscni.net",
            "nhft.nhs.uk",
        ]),
        "IE" => rand.of(["hse.ie", "hse.ie", "svuh.ie", "mater.ie", "stjames.ie", "healthmail.ie", "tuh.ie"]),
        "AU" => rand.of([
            "health.nsw.gov.au",
            "health.qld.gov.au",
            "svha.org.au",
            "mh.org.au",
            "health.wa.gov.au",
            "sa.gov.au",
            "alfred.org.au",
        ]),
        "NZ" => rand.of(["adhb.govt.nz", "cdhb.health.nz", "waikatodhb.health.nz", "tewhatuora.govt.nz"]),
        "IN" => rand.of(["apollohospitals.com", "aiims.edu", "cmcvellore.ac.in", "fortishealthcare.com", "manipalhospitals.com", "nic.in"]),
        "SG" => rand.of(["sgh.com.sg", "nuhs.edu.sg", "ttsh.com.sg", "cgh.com.sg"]),
        "MY" => rand.of(["moh.gov.my", "ummc.edu.my", "kpjhealth.com.my"]),
        "HK" => "ha.org.hk",
        "ZA" => rand.of(["westerncape.gov.za", "gauteng.gov.za", "mediclinic.co.za", "netcare.co.za"]),
        "CA" => rand.of(["uhn.ca", "sunnybrook.ca", "ahs.ca", "muhc.mcgill.ca", "vch.ca", "nshealth.ca"]),
        "NG" => rand.of(["luth.gov.ng", "uch-ibadan.org.ng", "yahoo.com"]),
        "KE" => rand.of(["knh.or.ke", "aku.edu", "mtrh.go.ke"]),
        "AE" => rand.of(["seha.ae", "dha.gov.ae", "mediclinic.ae", "nmc.ae"]),
        "PH" => rand.of(["pgh.gov.ph", "stlukes.com.ph", "makatimed.net.ph"]),
        _ => rand.of([
            "partners.org",
            "va.gov",
            "mgh.harvard.edu",
            "jhmi.edu",
            "kp.org",
            "ucsf.edu",
            "mayo.edu",
            "med.umich.edu",
            "ccf.org",
            "bilh.org",
        ]),
    };
    if rand.chance(0.4) {
        return known.to_string();
    }
    let stem = rand.of([
        "stmarys",
        "uhs",
        "bmc",
        "valleyhealth",
        "mercyhosp",
        "countygen",
        "lakeside-clinic",
        "riversidemed",
        "familyhealth",
        "eastgate-surgery",
        "cityhospital",
        "pathlab",
        "cardioassoc",
        "wellspring",
        "oakwoodpractice",
        "sunrisehospital",
        "kidsmed",
        "northshoremd",
        "tri-countymh",
        "heartcenter",
        "eyeclinic",
        "rehabcare",
        "hospice-care",
    ]);
    format!("{stem}{}", ending(country, rand))
}

/// A domain of a provider that the country's people have their mail with.
pub(super) fn provider_domain(country: &str, rand: &mut Rand) -> &'static str {
    match country {
        "UK" => rand.of([
            "btinternet.com",
            "sky.com",
            "talktalk.net",
            "hotmail.co.uk",
            "yahoo.co.uk",
            "virginmedia.com",
            "ntlworld.com",
            "tiscali.co.uk",
        ]),
        "IE" => rand.of(["eircom.net", "gmail.com", "hotmail.com"]),
        "AU" => rand.of(["bigpond.com", "optusnet.com.au", "iinet.net.au", "bigpond.net.au"]),
        "NZ" => rand.of(["xtra.co.nz", "slingshot.co.nz"]),
        "CA" => rand.of(["rogers.com", "shaw.ca", "sympatico.ca", "videotron.ca", "telus.net"]),
        "IN" => rand.of(["rediffmail.com", "yahoo.co.in", "gmail.com"]),
        "SG" => rand.of(["singnet.com.sg", "yahoo.com.sg"]),
        "HK" => rand.of(["netvigator.com", "yahoo.com.hk"]),
        "ZA" => rand.of(["mweb.co.za", "telkomsa.net", "webmail.co.za"]),
        _ => rand.of(["comcast.net", "verizon.net", "sbcglobal.net", "bellsouth.net", "cox.net", "att.net", "earthlink.net", "ymail.com"]),
    }
}
