"""What build.py must know of places by hand."""

# Smaller cities of English-speaking countries that are more often meant than the people and things of their name.
ENGLISH = set("""Aberdeen;Salt Lake City;Baton Rouge;Portsmouth;Des Moines;Dundee;Cambridge;Oxford;Albany;Santa Fe;Juneau;
Tallahassee;Little Rock;Canterbury;Inverness;Annapolis;Yellowknife;Whitehorse;Charlottetown;Fredericton;Sunderland;
Fort Lauderdale;Bournemouth;Boise;Middlesbrough;Gloucester;Topeka;Santa Monica;Santa Barbara;Norwich;Blackpool;Exeter;
Stratford-upon-Avon;Palo Alto;Atlantic City;Fairbanks;Flagstaff;Ipswich;Townsville;Cairns;Chattanooga;Grand Rapids;
New Haven;Ann Arbor;Green Bay;Spokane;Knoxville;Cheyenne;Harrisburg;Carson City;Jefferson City;Sioux Falls;Duluth;
Kimberley;Derry;Colchester""".replace("\n", "").split(";"))

# Names that are surnames, companies, words or other things more often than the city.
NO_CITY = set("""Split Nancy Tours Gouda Worms Nokia Male Santander Mendoza Rivera Parma Formosa Aprilia Victoria Messina Lund
Valdivia Cork Sitten Sucre Mons Toledo Burgos Cáceres Segovia Orange Springfield Georgetown Nassau Helena Trier Thun Emmen Assen
Salto Laredo Bayreuth Waterloo Hoorn Gotha Herne Hamm Gera Celje Tomar Grasse Speyer Minden Marburg Albi Agen Rize Balkh Sinop
Tokat Azov Sète Huesca Concepción Vance Soria Ronda Lens Melun Zug Hof Sparta Marathon Troy Carmona Mérida Chur Aarau Trani Imola
Como Lucca Asti Monza Rivoli Vienne Sagan Plauen Menton Blois Bourges Nevers Tournai Arlon Huy Bar Gap Pula Tarifa Praia Acre Arad
Vera Nova Kufa Dolyna Polohy Balta Kapan Tyre Ulm Albina Roseau Arras Kyzyl""".split()) | {"The Valley", "Santa Rosa", "La Rioja"}

# Given names that are the city all the same.
CITIES = {"Geneva", "Basel", "Venice", "Dijon", "Jena", "Breda"}

# In these countries a city is in the news sooner.
IN_THE_NEWS = {"UA", "AZ", "AM", "GE", "IL", "PS", "SY", "LB"}

# Cities whose name persons bear more often: forms in scripts without capitals would be found in persons.
PERSONS = set("""Vladimir Victoria Charlotte Jackson Madison Regina Samara Salvador Aurora Orlando Lincoln Adelaide Augusta Irving
Arlington Henderson Anderson Garland Laredo Lexington Santiago Reno Paraná Irvine Austin Stockton Hamilton Bern Ruse Leiden Pori
Santa Ana San José Kofu""".split())

# Names of two characters in Chinese that are the city of another part of the world, not a part of a longer name.
TWO_CHARACTERS = set("米兰 米蘭 汉堡 漢堡 马赛 馬賽 科隆 里昂 孟买 孟買 牛津 剑桥 劍橋 魏玛 魏瑪 费城 費城 河内 河內".split())
FAR_EAST = {"CN", "TW", "HK", "MO", "JP", "KR", "KP", "VN", "SG", "MY", "MN", "TH", "KH", "LA", "MM"}

# Forms that are also words, or places that are more often meant, by language.
BUT = {
    "el": "Βασιλεία", "pl": "Równe", "ar": "البندقية|الجديدة|أولو|تروا", "fa": "برده|روان", "bg": "Вали", "ru": "Кофе", "tr": "Kızıl", "ja": "日本語|マンハッタン", "hy": "Հայերեն", "fr": "Trente|Constance|Roseau",
    "de": "Leiden", "nl": "Namen", "th": "เจอร์|กาแล", "zh": "阿拉斯|巴拉那|维多利亚|弗拉基米尔|普拉|罗索",
}

# Forms that neither source has under the language.
CITY_FORMS = {
    "US/New York City": {"en": "New York", "de": "New York", "zh": "纽约", "ja": "ニューヨーク", "th": "นิวยอร์ก", "az": "Nyu-York",
                         "tr": "New York", "pt": "Nova York|Nova Iorque|New York", "hi": "न्यूयार्क", "vi": "New York", "id": "New York"},
    "US/Washington": {"en": "Washington, D.C.|Washington D.C.|Washington DC", "ru": "Вашингтон", "bg": "Вашингтон", "uk": "Вашингтон", "zh": "华盛顿",
                      "ja": "ワシントン", "ko": "워싱턴", "ar": "واشنطن", "fa": "واشنگتن|واشینگتن", "he": "וושינגטון", "hi": "वाशिंगटन|वॉशिंगटन",
                      "th": "วอชิงตัน", "hy": "Վաշինգտոն", "az": "Vaşinqton", "tr": "Vaşington|Washington", "it": "Washington",
                      "cs": "Washington", "ro": "Washington", "vi": "Washington", "id": "Washington"},
    "UA/Kyiv": {"uk": "Києва|Києві|Києву|Києвом"},
    "IN/Mumbai": {"hi": "मुंबई", "en": "Bombay"},
    "IN/Kolkata": {"hi": "कोलकाता"},
    "IR/Isfahan": {"ru": "Исфахан"},
    "AM/Yerevan": {"ka": "ერევანი"},
    "VN/Ho Chi Minh City": {"vi": "Thành phố Hồ Chí Minh|TP. Hồ Chí Minh|TP HCM|TP.HCM"},
    "IQ/Al Fallūjah": {"en": "Fallujah"},
    "YE/Al Ḩudaydah": {"en": "Hodeidah|Hodeida|Hudaydah"},
    "CH/Geneva": {"pt": "Genebra", "zh": "日内瓦", "ar": "جنيف", "ja": "ジュネーブ|ジュネーヴ", "ko": "제네바"},
}

# What English calls cities that GeoNames has under another name.
ENGLISH_FORMS = """DE/Köln:Cologne DE/Hannover:Hanover CH/Zürich:Zurich CH/Luzern:Lucerne ES/Sevilla:Seville IT/Siracusa:Syracuse
GR/Thessaloníki:Thessaloniki|Salonica BE/Gent:Ghent BE/Brugge:Bruges SE/Malmö:Malmo PL/Kraków:Krakow|Cracow PL/Gdańsk:Gdansk PL/Łódź:Lodz
PL/Wrocław:Wroclaw PL/Poznań:Poznan SK/Košice:Kosice RO/Iaşi:Iasi|Iași RO/Timişoara:Timisoara|Timișoara UA/Kyiv:Kiev UA/Kharkiv:Kharkov
UA/Odesa:Odessa UA/Zaporizhzhya:Zaporizhzhia|Zaporizhia UA/Mykolayiv:Mykolaiv|Nikolaev BY/Homyel':Gomel|Homel AZ/Sumgayit:Sumgait|Sumqayit
TR/İzmir:Izmir TR/Diyarbakır:Diyarbakir SY/Ḩamāh:Hama SY/Ar_Raqqah:Raqqa IQ/Basrah:Basra SA/Makkah:Mecca SA/Madinah:Medina AF/Kandahār:Kandahar
AF/Herāt:Herat IN/Bengaluru:Bangalore BD/Chattogram:Chittagong MM/Nay_Pyi_Taw:Naypyidaw CN/Xi’an:Xi'an|Xian CN/Ürümqi:Urumqi
MN/Ulan_Bator:Ulaanbaatar CO/Bogotá:Bogota CO/Medellín:Medellin BR/Brasília:Brasilia DE/Frankfurt_am_Main:Frankfurt LT/Klaipėda:Klaipeda
IS/Reykjavík:Reykjavik"""
# Smaller cities that the news names often, whatever the number of languages that have a form of their own.
NEWS_CITIES = set("""Bakhmut Kramatorsk Pokrovsk Avdiivka Jenin Ashkelon Phuket Tartu Leuven Stepanakert""".split()) | {"Al Fallūjah", "Al Ḩudaydah"}

# Countries whose subdivisions are in the news by name, and the codes of those that no person bears and no word is.
STATES = {
    "US": "(?!dc|as|gu|mp|pr|um|vi).{2}",
    "CA": ".{2}",
    "AU": "(?!vic).{2,3}",
    "BR": "(?!ac|pa|df|am).{2}",
    "IN": "(?!an|ch|dd|dh|dl|dn|ld).{2}",
    "DE": ".{2}",
    "IT": "[0-9]{2}",
    "ES": "an|ar|as|cb|cl|cm|cn|ct|ex|ga|ib|pv|vc",
    "CN": "(?!hk|mo|tw|nm|xz|xj|hi).{2}",
    "AT": "[1-46-8]",
    "CH": "ag|ai|ar|bl|bs|gl|gr|lu|ne|nw|ow|sh|so|sz|tg|ti|vd|vs",
    "JP": "(?!13|17|18|24|26|27|29|35|37|39|41|44).{2}",
    "MX": "(?!cmx|dif|dur|gro|hid|mor|ver).{3}",
    "TR": "(?!04|09|36|49|52|53|57|60|62|65|70|72|78).{2}",
    "RU": "(?!ce|da|in|kgd|ta|ba|mow|spe).{2,3}",
    "UA": "(?!30|40|43|09|14).{2}",
}
# Words for what a subdivision is: a text may leave them out.
GENERIC = (r"^((Prefektura|Präfektur|Prefektur|[Пп]рефектура|ولاية|استان|รัฐ|จังหวัด|[Ии]л|Kanton|кантон) ?"
           r"|([Pp]réfecture|Prefectura|prefettura|[Cc]antón|[Cc]anton|[Cc]antone) (des |de la |de |du |di |d[’'])) ?"
           r"|\s*\((ил|Provinz|provincia|il|провінція|prowincja)\)$"
           r"| (प्रीफ़ेक्चर|प्रीफेक्चर|प्रांत|प्रान्त|कैन्टन)$|(?<=..)(县|縣|県| 현| 주)$")
# Oblasts and krais in English, where CLDR has the name of the land or of another thing.
OBLASTS = {
    "ua05": "Vinnytsia", "ua07": "Volyn", "ua12": "Dnipropetrovsk", "ua18": "Zhytomyr", "ua21": "Zakarpattia", "ua23": "Zaporizhzhia",
    "ua26": "Ivano-Frankivsk", "ua32": "Kyiv", "ua35": "Kirovohrad", "ua46": "Lviv", "ua48": "Mykolaiv", "ua51": "Odesa", "ua53": "Poltava",
    "ua56": "Rivne", "ua59": "Sumy", "ua61": "Ternopil", "ua63": "Kharkiv", "ua65": "Kherson", "ua68": "Khmelnytskyi", "ua71": "Cherkasy",
    "ua74": "Chernihiv", "ua77": "Chernivtsi", "rumos": "Moscow", "rualt": "Altai", "ruper": "Perm",
}
# The region of a city that is not the city: Moscow is not in Moscow Oblast.
APART = {"ua32", "rumos"}
# What newsrooms say besides.
STATE_FORMS = {
    "usma": {"zh": "马萨诸塞|麻省|麻州", "zh-Hant": "麻薩諸塞|麻省|麻州", "ru": "Массачусетс"},
    "uspa": {"zh": "宾夕法尼亚|宾州", "zh-Hant": "賓夕法尼亞|賓州", "pt": "Pensilvânia|Pennsylvania"},
    "usnj": {"zh": "新泽西", "zh-Hant": "新澤西|紐澤西", "pt": "Nova Jérsei|Nova Jersey|New Jersey", "es": "Nueva Jersey"},
    "usnc": {"pl": "Karolina Północna|Karoliny Północnej|Karolinie Północnej|Karolinę Północną",
             "uk": "Північна Кароліна|Північної Кароліни|Північній Кароліні|Північну Кароліну", "zh": "北卡罗来纳|北卡", "zh-Hant": "北卡羅來納|北卡"},
    "ussc": {"pl": "Karolina Południowa|Karoliny Południowej|Karolinie Południowej|Karolinę Południową",
             "uk": "Південна Кароліна|Південної Кароліни|Південній Кароліні|Південну Кароліну", "zh": "南卡罗来纳|南卡", "zh-Hant": "南卡羅來納|南卡"},
    "usva": {"zh": "弗吉尼亚", "zh-Hant": "維吉尼亞|維珍尼亞"},
    "usla": {"pt": "Luisiana|Louisiana"},
    "usnd": {"pl": "Dakota Północna|Dakoty Północnej|Dakocie Północnej|Dakotę Północną",
             "uk": "Північна Дакота|Північної Дакоти|Північній Дакоті|Північну Дакоту"},
    "ussd": {"pl": "Dakota Południowa|Dakoty Południowej|Dakocie Południowej|Dakotę Południową",
             "uk": "Південна Дакота|Південної Дакоти|Південній Дакоті|Південну Дакоту"},
    "uswv": {"pl": "Wirginia Zachodnia|Wirginii Zachodniej|Wirginię Zachodnią",
             "uk": "Західна Вірджинія|Західної Вірджинії|Західній Вірджинії|Західну Вірджинію"},
    "usnm": {"pl": "Nowy Meksyk|Nowego Meksyku|Nowym Meksyku|Nowemu Meksykowi",
             "cs": "Nové Mexiko|Nového Mexika|Novém Mexiku", "uk": "Нью-Мексико"},
    "cans": {"pl": "Nowa Szkocja|Nowej Szkocji|Nową Szkocję", "uk": "Нова Шотландія|Нової Шотландії|Новій Шотландії"},
    "usoh": {"zh": "俄亥俄"}, "usor": {"zh": "俄勒冈"}, "usil": {"zh": "伊利诺伊|伊利诺"}, "usaz": {"zh": "亚利桑那"},
    "usmi": {"zh": "密歇根|密西根"}, "uswi": {"zh": "威斯康星|威斯康辛"}, "usco": {"zh": "科罗拉多"},
    "aunsw": {"pt": "Nova Gales do Sul", "zh": "新南威尔士|新州"},
    "auqld": {"zh": "昆士兰"},
    "cabc": {"pt": "Colúmbia Britânica|Columbia Britânica", "zh": "不列颠哥伦比亚|卑诗省", "zh-Hant": "不列顛哥倫比亞|卑詩省"},
    "cngx": {"ru": "Гуанси", "uk": "Гуансі"}, "cnnx": {"ru": "Нинся", "uk": "Нінся"},
    "denw": {"en": "North Rhine-Westphalia|NRW", "de": "Nordrhein-Westfalen|NRW"},
    "deni": {"pl": "Dolna Saksonia|Dolnej Saksonii|Dolną Saksonię", "cs": "Dolní Sasko|Dolního Saska|Dolním Sasku",
             "uk": "Нижня Саксонія|Нижньої Саксонії|Нижній Саксонії|Нижню Саксонію", "pt": "Baixa Saxônia|Baixa Saxónia"},
    "dest": {"ru": "Саксонии-Анхальт|Саксонию-Анхальт"},
}
# Endings of names and what four cases make of them: genitive, locative, accusative, instrumental.
CASES = {
    "ru": [("область", ("области", "области", "область", "областью")), ("край", ("края", "крае", "край", "краем")),
           ("округ", ("округа", "округе", "округ", "округом")), ("(?<=[сц])кий", ("кого", "ком", "кий", "ким")),
           ("(?<=к)а", ("и", "е", "у", "ой")), ("ая", ("ой", "ой", "ую", "ой")), ("яя", ("ей", "ей", "юю", "ей")), ("ый", ("ого", "ом", "ый", "ым")),
           ("ий", ("его", "ем", "ий", "им")), ("ия", ("ии", "ии", "ию", "ией")), ("а", ("ы", "е", "у", "ой")),
           ("(?<=[бвгдзклмнпрстфхцчшщ])", ("а", "е", "", "ом"))],
    "uk": [("область", ("області", "області", "область", "областю")), ("край", ("краю", "краї", "край", "краєм")),
           ("(?<=[сц]ьк)а", ("ої", "ій", "у", "ою")), ("(?<=[сц]ьк)ий", ("ого", "ому", "ий", "им"))],
    "pl": [("obwód", ("obwodu", "obwodzie", "obwód", "obwodem")), ("kraj", ("kraju", "kraju", "kraj", "krajem")),
           ("(?<=[sc]k)i", ("iego", "im", "i", "im"))],
    "cs": [("oblast", ("oblasti", "oblasti", "oblast", "oblastí")), ("kraj", ("kraje", "kraji", "kraj", "krajem")),
           ("(?<=[sc]k)á", ("é", "é", "ou", "ou")), ("(?<=[sc]k)ý", ("ého", "ém", "ý", "ým"))],
    "bg": [("(?<=[сц]к)а", ("ата", "ата", "а", "ата"))],
}
