#!/usr/bin/env python3
"""Writes names/faker.txt and names/composed.txt, the generated name lists of scrubjay's training-corpus generator.

    pip install Faker Unidecode && python3 make_names.py

faker.txt comes from the person providers of Faker (MIT licence). Lists in another script are romanised where the result is what people
of that culture write in English; where it is not (Arabic, Hebrew and Indic scripts leave vowels out), the lists are written by hand in
names/hand_*.txt. composed.txt puts two-syllable given names together for China, Taiwan, Hong Kong, the Hokkien-speaking diaspora and
Korea, and makes patronymics; they are fixed by the seed.
"""
import importlib
import pathlib
import random
import re

from unidecode import unidecode

HERE = pathlib.Path(__file__).parent / "names"
CAP = {"m": 220, "f": 220, "l": 380, "lf": 160}
# Faker's locales by the culture that they belong to.
LOCALES = {
    "british": ["en_GB"], "irish": ["en_IE"], "gaelic": ["ga_IE"], "newzealand": ["en_NZ"], "indian": ["en_IN"], "kenyan": ["en_KE", "sw"],
    "yoruba": ["yo_NG"], "igbo": ["ig_NG"], "hausa": ["ha_NG"], "ghanaian": ["tw_GH"], "southafrican": ["zu_ZA"], "thai": ["en_TH"],
    "hispanic": ["es_MX", "es_CO", "es_CL", "es_AR", "es_ES"], "catalan": ["es_CA"], "french": ["fr_FR"], "quebecois": ["fr_QC"],
    "belgian": ["fr_BE", "nl_BE"], "maghrebi": ["fr_DZ"], "dutch": ["nl_NL"], "german": ["de_DE", "de_AT", "de_CH"], "polish": ["pl_PL"],
    "czech": ["cs_CZ"], "slovak": ["sk_SK"], "slovene": ["sl_SI"], "croatian": ["hr_HR"], "hungarian": ["hu_HU"], "romanian": ["ro_RO"],
    "italian": ["it_IT"], "portuguese": ["pt_PT", "pt_BR"], "danish": ["da_DK"], "swedish": ["sv_SE"], "norwegian": ["no_NO"],
    "finnish": ["fi_FI"], "icelandic": ["is_IS"], "estonian": ["et_EE"], "latvian": ["lv_LV"], "greek": ["el_GR"], "turkish": ["tr_TR"],
    "azeri": ["az_AZ"], "uzbek": ["uz_UZ"], "armenian": ["hy_AM"], "georgian": ["ka_GE"], "russian": ["ru_RU"], "ukrainian": ["uk_UA"],
    "bulgarian": ["bg_BG"], "macedonian": ["mk_MK"], "vietnamese": ["vi_VN"], "indonesian": ["id_ID"],
}
CYRILLIC = dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґљњћђџјѓќѕѐѝё", [
    "a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch",
    "", "y", "", "e", "yu", "ya", "i", "yi", "ye", "g", "lj", "nj", "c", "dj", "dzh", "j", "gj", "kj", "dz", "e", "i", "yo"]))
GREEK = [("ου", "ou"), ("ού", "ou"), ("αϊ", "ai"), ("αΐ", "ai"), ("Ου", "Ou"), ("μπ", "b"), ("Μπ", "B"), ("ντ", "nt"), ("Ντ", "D"), ("γγ", "ng"), ("γκ", "gk"), ("Γκ", "Gk"), ("ευ", "ef"),
         ("Ευ", "Ef"), ("αυ", "av"), ("Αυ", "Av"), ("χ", "ch"), ("Χ", "Ch"), ("η", "i"), ("ή", "i"), ("Η", "I"), ("υ", "y"), ("ύ", "y"), ("Ύ", "Y"), ("ω", "o")]


def romanise(name: str, locale: str) -> str:
    """The name in Latin letters, as people of that country write it abroad."""
    name = name.strip().replace("\u200c", "")
    if locale in ("ru_RU", "uk_UA", "bg_BG", "mk_MK"):
        if locale == "bg_BG":
            name = name.replace("ъ", "а").replace("щ", "шт")
        if locale == "uk_UA":
            name = name.replace("г", "h").replace("Г", "H").replace("и", "ы")
        out = "".join(CYRILLIC.get(c.lower(), c).capitalize() if c.isupper() else CYRILLIC.get(c, c) for c in name)
        return out.replace("iy", "y") if out.endswith("iy") else out
    if locale == "el_GR":
        for a, b in GREEK:
            name = name.replace(a, b)
        return unidecode(name)
    if locale in ("hy_AM", "ka_GE"):
        name = name.replace("ձ", "dz").replace("ძ", "dz").replace("ც", "ts").replace("ჟ", "zh").replace("ღ", "gh")
        for a, b in (("`", ""), ("'", ""), ("ow", "u"), ("w", "v"), ("rh", "r"), ("vo", "o") if unidecode(name).lower().startswith("vo") else ("", "")):
            name = unidecode(name).lower().replace(a, b) if a else name
        return name.strip().title()
    if locale == "az_AZ":
        return name.replace("ə", "a").replace("Ə", "A")
    return name


def fits(name: str) -> bool:
    """Whether it is one name in Latin letters."""
    latin = all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c == "’" for c in name)
    return latin and 2 <= len(name) <= 24 and name[0] not in "'’-" and not re.search(r"[\d,;|/()_]", name) and name.lower() not in ("doe", "nan")


def faker_lists(locale: str) -> dict:
    """A provider's lists by kind."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider

    def read(*attributes):
        names = [n for a in attributes for n in (getattr(provider, a, None) or [])]
        return [n for n in (romanise(n, locale) for n in dict.fromkeys(names)) if fits(n)]

    lists = {"m": read("first_names_male"), "f": read("first_names_female")}
    male, female = read("last_names_male", "unisex_last_names", "male_last_names"), read("last_names_female", "female_last_names")
    lists["l"] = male or read("last_names", "last_names_without_suffix")
    if female and set(female) != set(lists["l"]):
        lists["lf"] = female
    return lists


def faker() -> dict:
    """Faker's lists by culture and kind, cut to the caps. Where a provider has the frequent names first, half is taken from there."""
    random.seed(7)
    cultures = {}
    for culture, locales in LOCALES.items():
        merged = {}
        for locale in locales:
            for kind, names in faker_lists(locale).items():
                share = CAP[kind] // len(locales)
                first = 0 if names[:12] == sorted(names[:12]) else share // 2
                head, tail = names[:first], names[first:]
                merged.setdefault(kind, []).extend(head + random.sample(tail, min(len(tail), share - len(head))))
        if culture == "icelandic":
            fathers = random.sample(merged["m"], 90)
            genitive = {n: n + ("s" if not n.endswith("s") else "") if not n.endswith(("i", "a")) else n[:-1] + ("a" if n.endswith("i") else "u") for n in fathers}
            merged["l"] = [g + "son" for g in genitive.values()]
            merged["lf"] = [g + "dóttir" for g in genitive.values()]
        if culture == "polish":
            merged["lf"] = [n[:-1] + "a" if n.endswith(("ski", "cki", "dzki")) else n for n in merged["l"]]
        cultures[culture] = {kind: list(dict.fromkeys(names)) for kind, names in merged.items()}
    lithuanian = faker_lists("lt_LT")["l"]
    cultures["lithuanian"] = {
        "m": "Jonas Vytautas Tomas Andrius Mindaugas Darius Saulius Gintaras Kęstutis Algirdas Rimantas Arvydas Linas Lukas Žydrūnas".split(),
        "f": "Rasa Daiva Jūratė Eglė Aušra Birutė Danutė Giedrė Ingrida Laima Ona Rūta Vida Živilė Kristina".split(),
        "l": lithuanian,
        "lf": [n[:-2] + "ienė" for n in lithuanian if n.endswith("as")] + [n[:-2] + "aitė" for n in lithuanian if n.endswith("as")],
    }
    return cultures


def pairs(first, second, joiner, n, second_lower=False):
    made = {a + joiner + (b.lower() if second_lower else b) for a in first.split() for b in second.split() if a.lower() != b.lower()}
    return random.sample(sorted(made), min(n, len(made)))


def composed() -> dict:
    """Given names of two syllables, and patronymics."""
    random.seed(11)
    out = {}
    zh_m = ("Jian Zhi Guo Wen Zi Hao Yu Ming Jia Tian Chang Wei Xiao Jun Zheng Hong De Yong Li Yi Bo Xin", "qiang wei guo hua ming hao jun xuan han chen bo long feng jie peng liang gang tao yu bin dong sheng hui cheng yang lin")
    zh_f = ("Xiao Mei Li Yu Xin Ya Jing Shu Hui Ruo Zi Yi Xue Cai Chun Qiu Lan Fang Bao Gui Yan Meng Wan Si", "li ling juan fang yan hong mei ting hui qin zhen xia yun han xi tong qing ying na jia yu xin lan hua ping")
    out["chinese"] = {
        "m": pairs(*zh_m, "", 150) + pairs(*zh_m, " ", 20) + "Wei Jun Hao Ming Jian Guang Tao Bin Lei Qiang Yong Jie Chao Bo Gang Peng Kun Kai Feng Rui".split(),
        "f": pairs(*zh_f, "", 150) + pairs(*zh_f, " ", 20) + "Mei Xiu Ling Fang Jing Yan Hui Qian Xia Na Li Min Ying Juan Hong Ping Yun Xin Ting Zhen".split(),
    }
    out["taiwanese"] = {
        "m": pairs("Chun Kai Chih Chien Ming Kuo Yu Cheng Hsin Wen Tse Po Shih Chung Jui Tsung Ching Jung", "Hao Wen Wei Hung Ming Hsien Liang Han Chieh Lung Yang Hsiang Chang Chun Yuan Te Fu", "-", 130),
        "f": pairs("Shu Hsiao Mei Yu Ya Hsiu Li Chia Ying Pei Hui Wan Szu Hsin Yi Chun Su Ting", "Fen Ling Chen Hua Ting Chuan Ju Yun Hsuan Han Ying Wen Hui Fang Chin Man Chun Jung", "-", 130),
    }
    hk_m = ("Ka Wing Chi Kwok Tsz Wai Man Kin Siu Yiu Chun Ho Hon Lok Pak Shing Tak", "Ming Kit Wai Keung Ho Lok Fai Hung Man Yin Shing Kin Leung Tat Wah Kei Chung")
    hk_f = ("Wai Suk Mei Wing Yuk Siu Lai Tsz Ka Hoi Kit Pui Sau Man Yee Shuk Lok Miu", "Yee Han Ling Fong Chun Ying Kuen Yan Ching Lan Wah Mui Shan Sze Yi Kwan Ping Ha")
    out["cantonese"] = {"m": pairs(*hk_m, "-", 80) + pairs(*hk_m, " ", 60) + pairs(*hk_m, "-", 30, True), "f": pairs(*hk_f, "-", 80) + pairs(*hk_f, " ", 60) + pairs(*hk_f, "-", 30, True)}
    out["hokkien"] = {
        "m": pairs("Boon Wei Kok Chee Teck Seng Kim Eng Swee Jun Zhi Yong Hock Beng Soon Poh Choon Kian Meng Yew", "Kiat Ming Leong Huat Seng Hock Keong Heng Wah Jie Hao Lim Guan Teck Chye Hui Kheng Siang Boon", " ", 150),
        "f": pairs("Siew Mei Bee Geok Li Hui Siok Swee Ai Chui Lay Poh Kim Gek Soo Yoke Sook Pei Xin Jia", "Ling Choo Lian Hoon Hwa Eng Neo Yen Ching Fong Kheng Peng Leng Mui Huang Ting Hui Min Ying", " ", 150),
    }
    ko_m = ("Min Seo Sung Hyun Jae Young Dong Tae Byung Sang Ji Jun Kyung Chang In Jin Ki Kwang Myung Woo Yong Joon", "jun ho woo won soo hyun yang chul min hwan seok hoon sik gyu bin young kyu ki cheol tae beom")
    ko_f = ("Ji Seo Hye Eun Soo Min Mi Young Kyung Sun Bo Yu Da Ha Hyo Jung Myung Ok Soon In So Yoon Chae", "woo yeon jin ji min seo sook hee hi ram kyung young ah won soon ja rin eun ra mi na ok hwa bin")
    out["korean"] = {"m": pairs(*ko_m, "-", 90) + pairs(*ko_m, " ", 30) + pairs(*ko_m, "", 50), "f": pairs(*ko_f, "-", 90) + pairs(*ko_f, " ", 30) + pairs(*ko_f, "", 50)}
    for culture, male, female in [("russian", "ovich", "ovna"), ("ukrainian", "ovych", "ivna"), ("bulgarian", "ov", "ova")]:
        fathers = "Ivan Petr Nikolay Aleksandr Vladimir Mikhail Boris Pavl Semyon Viktor Leonid Roman Maksim Anton Stepan Fyodor Konstantin Denis Oleg Bogdan".split()
        out[culture] = {"p": [f + male for f in fathers], "pf": [f + female for f in fathers]}
    return out


def write(path: pathlib.Path, note: str, cultures: dict) -> None:
    """One list may take several lines, each short enough to read a difference in."""
    lines = [f"# {note} Written by make_names.py: do not edit."]
    for culture in sorted(cultures):
        for kind, names in cultures[culture].items():
            line = ""
            for name in names:
                if line and len(line) + len(name) > 240:
                    lines.append(f"{culture}|{kind}|{line}")
                    line = ""
                line += ("," if line else "") + name
            if line:
                lines.append(f"{culture}|{kind}|{line}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(HERE / "faker.txt", "Names from Faker's person providers (MIT, see LICENSE.faker.txt).", faker())
    write(HERE / "composed.txt", "Two-syllable given names and patronymics.", composed())
