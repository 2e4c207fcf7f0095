/** Made-up notes: every person, place and number in them is invented. */

export interface Sample {
  readonly title: string;
  readonly text: string;
}

export const SAMPLES: readonly Sample[] = [
  {
    title: "Discharge summary, US hospital",
    text: `DISCHARGE SUMMARY

Patient: Marguerite O. Tannenbaum        MRN: 00482-9173
DOB: 03/14/1947   Age: 76   Sex: F
Admitted: 11/02/2023   Discharged: 11/09/2023
Attending: Rajesh K. Oyelaran, MD   PCP: Dr. Linnea Forsgren, Quarry Hill Family Practice

HISTORY OF PRESENT ILLNESS
Mrs. Tannenbaum is a 76-year-old retired bus driver with hypertension and type 2 diabetes (HbA1c 8.1) who was brought
to Saint Brendan Memorial Hospital on November 2 by her son Piet with two days of productive cough and fever to 39.1.
BP 148/86, HR 104, SpO2 91% on room air, strength 5/5 throughout. Chest film showed right lower lobe consolidation.

HOSPITAL COURSE
Started on ceftriaxone 1 g q24h and azithromycin 500 mg. Seen by Dr. Oyelaran daily and by pulmonology (Dr. Chiamaka
Brandvold, pager 55-2081). Oxygen was weaned by 11/07. She was walking 1-2 times a day with physical therapy.

DISPOSITION
Home to 418 Larkspur Lane, Apt 3B, Dunmore Falls, VT 05199. Home phone (802) 555-0147; son's e-mail
piet.tannenbaum@example.org. Insurance: GreenState Advantage, member ID GSA-7741-20583.
Follow-up with Dr. Forsgren on Thursday, 11/16/2023 at 10:30.

Dictated 11/09/2023 by R. Oyelaran / tr: jd213`,
  },
  {
    title: "Clinic letter, UK",
    text: `Department of Cardiology
The Aldermoor Infirmary, Beckett Street, Thornaby-on-Wye TW9 4QZ
Tel 01632 960418   Fax 01632 960419

Our ref: CB/hm/448172
NHS No: 943 476 5919
Date of clinic: 7th June 2022

Dear Dr Achterberg,

Re: Mr Owain PRYDDERCH, d.o.b. 21.08.1959
    12 Foundry Cottages, Llanfair-y-Bryn, SA99 1XX

Thank you for referring this 62-year-old lorry driver with palpitations. Mr Prydderch tells me that they began in
Portugal last Easter and now come on 3/7 days a week. He smokes 10 a day. His mother died of a stroke aged 91.

On examination pulse 72 regular, BP 132/78. ECG: sinus rhythm, PR 180 ms, QTc 412. Echo on 24 May: EF 55-60%.

I have arranged a 72-hour Holter (device serial HR-2290417) and spoken to his daughter Siân, who works at Halden
Logistics in Swansea. I will see him again in 6/52. He should not drive until DVLA have been told.

Yours sincerely,

Dr Caoimhe Blackadder
Consultant Cardiologist
c.blackadder@aldermoor.example.uk`,
  },
  {
    title: "Nursing handover, abbreviated",
    text: `4W handover 2/19 nights -> days, RN D. Quillfeather

bed 12  Nakagawa, Tomasz, 54M, POD#2 s/p lap chole (Dr Adeyemi-Ross). MR# 7719034. A&Ox3, pain 3/10, PCA d/c'd 0200.
  JP drain 40cc serosang. wife Ilse @ bedside, call her on 555-0198 w/ any change. Wants d/c before Sunday, flies to
  Osaka 2/27. K 3.4 -> 40 mEq po given. 20g L forearm.

bed 14  "Bea" Vandersloot 91F, fr. Maple Court nursing home. fall 2/17, hip # , OR Weds w/ Dr Halloran. SSN on chart
  078-05-1120. DNR. hx CHF, dig 0.125. niece = HCP: Joan Vandersloot-Pike 617-555-0122 (work: Wexley Public Library).
  confused ++, thinks it's 1962.

bed 15  EMPTY - cleaned 0430

bed 16  J.R., 38, teacher, adm last nite from Cedar Rapids by EMS. ?PE. heparin gtt 1200 u/hr, PTT due 0800.
  Acct 90-33127-4. brother is Dr. Emeka Okonjo-Reyes in our ED (ext 4471), *no info by phone* pls.`,
  },
];
