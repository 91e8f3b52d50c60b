//! The gazetteer's tables by hand: their shape, and what a scan finds in sentences of many languages.

use std::collections::BTreeSet;

use recto::lang;
use recto::lang::gazetteer;

const LANGUAGES: &str =
    "en pt es fr de it nl pl cs ro bg ru uk el tr az hy ar fa he hi th zh zh-Hant ja ko vi id";

static TABLES: [(&str, &str, &str); 4] = [
    ("demonyms.tsv", "key", include_str!("../src/lang/gazetteer/demonyms.tsv")),
    ("regions.tsv", "key", include_str!("../src/lang/gazetteer/regions.tsv")),
    ("subdivisions.tsv", "key", include_str!("../src/lang/gazetteer/subdivisions.tsv")),
    ("counted.tsv", "concept", include_str!("../src/lang/gazetteer/counted.tsv")),
];

#[test]
fn tables_are_in_shape() {
    let columns = LANGUAGES.split(' ').count();
    for (name, first, text) in &TABLES {
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let head: Vec<&str> = lines.next().expect("a head line").split('\t').collect();
        assert_eq!(head.first(), Some(first), "{name}: first column");
        assert_eq!(head.get(1..).expect("languages").join(" "), LANGUAGES, "{name}: languages");
        let mut keys = BTreeSet::new();
        for line in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            let key = cells.first().expect("a key");
            assert!(cells.len() <= columns + 1, "{name}: {key} has {} cells", cells.len());
            assert!(keys.insert(*key), "{name}: {key} twice");
            assert!(!cells.get(1).expect("an English cell").is_empty(), "{name}: {key} has no English");
            for cell in cells.iter().skip(1).filter(|cell| !cell.is_empty()) {
                let mut forms = BTreeSet::new();
                for form in cell.split('|') {
                    assert!(!form.is_empty() && form.trim() == form, "{name}: {key} has {cell:?}");
                    assert!(forms.insert(form), "{name}: {key} has {form:?} twice");
                }
            }
        }
        assert!(keys.len() >= 20, "{name}: {} rows", keys.len());
    }
}

/// How many rows of a table have forms in so many languages at least, and how many languages have forms in so many rows.
fn filled(text: &str, languages: usize, rows: usize) -> (usize, usize) {
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let head: Vec<&str> = lines.next().expect("a head line").split('\t').collect();
    let columns: Vec<usize> =
        (1..head.len()).filter(|&column| !["any", "kind"].contains(&head[column])).collect();
    let mut of_language = vec![0; head.len()];
    let mut full = 0;
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let here: Vec<usize> =
            columns.iter().copied().filter(|&c| cells.get(c).is_some_and(|cell| !cell.is_empty())).collect();
        full += usize::from(here.len() >= languages);
        for column in here {
            of_language[column] += 1;
        }
    }
    (full, of_language.iter().filter(|&&count| count >= rows).count())
}

#[test]
fn the_tables_are_as_large_as_the_page_on_names_says() {
    let cities = filled(include_str!("../src/lang/gazetteer/cities.tsv"), 20, 1000);
    assert!(cities.0 >= 1000 && cities.1 >= 20, "cities: {cities:?}");
    let organisations = filled(include_str!("../src/lang/gazetteer/organisations.tsv"), 10, 300);
    assert!(organisations.0 >= 300 && organisations.1 >= 10, "organisations: {organisations:?}");
    let roles = filled(include_str!("../src/lang/gazetteer/roles.tsv"), 12, 300);
    assert!(roles.0 >= 300 && roles.1 >= 12, "roles: {roles:?}");
}

/// Demonyms belong to a place of the tables or to a people.
#[test]
fn demonyms_have_a_place() {
    let (_, _, text) = TABLES[0];
    for key in text.lines().skip(1).filter_map(|line| line.split('\t').next()) {
        let place = gazetteer::row(key, gazetteer::Kind::Place).is_some();
        assert!(place || key.starts_with("people:"), "{key} is no place");
    }
}

fn keys(tag: &str, text: &str) -> Vec<&'static str> {
    let language = lang::find(tag).expect("a language of ours");
    let hits = gazetteer::index(language).scan(text, language);
    hits.iter().flat_map(|hit| hit.rows.iter().map(|row| row.key)).collect()
}

/// Language, text, keys that must be found, keys that must not; separated by spaces, `_` for a space in a key.
const SCANS: &[(&str, &str, &str, &str)] = &[
    ("en", "floods in Louisiana and Saskatchewan", "place:US/Louisiana place:CA/Saskatchewan", ""),
    ("en", "a ceasefire signed in Geneva", "place:CH/Geneva", ""),
    ("pt", "De Nova Iorque a Genebra, ninguém dormiu", "place:US/New_York_City place:CH/Geneva", ""),
    ("pt", "Passámos a tarde na praia, a pular", "", "place:CV/Praia place:HR/Pula"),
    ("ru", "выборы в Северной Каролине и Огайо", "place:US/North_Carolina place:US/Ohio", ""),
    ("uk", "обстріл Херсона й Маріуполя", "place:UA/Kherson place:UA/Mariupol", ""),
    ("pl", "huragan w Karolinie Północnej", "place:US/North_Carolina", ""),
    ("zh", "飓风横扫宾夕法尼亚，又到艾伯塔", "place:US/Pennsylvania place:CA/Alberta", ""),
    ("ja", "ワシントンとジュネーブの代表", "place:US/Washington place:CH/Geneva", ""),
    ("ar", "وصل إلى واشنطن من جنيف", "place:US/Washington place:CH/Geneva", ""),
    ("nl", "de namen van de gewonden", "", "place:BE/Namur"),
    ("de", "Gute Sitten in Nordrhein-Westfalen", "place:DE/North_Rhine-Westphalia", "place:CH/Sitten"),
    ("en", "Chechen fighters left Nagorno-Karabakh", "place:chechnya place:nagorno-karabakh", ""),
    ("en", "The Kremlin and the White House spoke", "place:kremlin place:white-house", ""),
    ("en", "ships in the South China Sea", "place:south-china-sea", "place:CN"),
    ("en", "roast turkey on the best china", "", "place:TR place:CN"),
    ("en", "She asked who would polish the silver", "", "org:who place:PL"),
    ("en", "Polish farmers and Czech unions", "place:PL place:CZ", ""),
    ("en", "a white house by a red sea of poppies", "", "place:white-house place:red-sea"),
    ("en", "The Republic was proclaimed", "", "place:CG"),
    ("pt", "O presidente azerbaijano visitou a República Chechena", "place:AZ place:chechnya", "place:CG"),
    ("pt", "A República celebra hoje o seu aniversário", "", "place:CG"),
    ("pt", "Foi um marco na história do peru assado", "", "place:MA place:PE"),
    ("pt", "diplomatas turcas e jornalistas franceses", "place:TR place:FR", ""),
    ("pt", "um comboio na Faixa de Gaza", "place:gaza", ""),
    ("pt", "navios no mar Negro", "place:black-sea", ""),
    ("pt", "a casa branca da esquina", "", "place:white-house"),
    ("es", "soldados ucranianos y alemanes", "place:UA place:DE", ""),
    ("es", "La Franja de Gaza y Cisjordania", "place:gaza place:west-bank", ""),
    ("es", "las autoridades israelíes", "place:IL", ""),
    ("fr", "des journalistes ukrainiennes à Tchernobyl", "place:UA place:chernobyl", ""),
    ("fr", "le détroit d’Ormuz reste ouvert", "place:hormuz", ""),
    ("fr", "la bande de Gaza", "place:gaza", ""),
    ("de", "die aserbaidschanischen Behörden im Südkaukasus", "place:AZ place:south-caucasus", ""),
    ("de", "ein Treffen im Weißen Haus", "place:white-house", ""),
    ("de", "im Gazastreifen und im Westjordanland", "place:gaza place:west-bank", ""),
    ("it", "le truppe russe in Crimea", "place:RU place:crimea", ""),
    ("it", "i negoziatori tedeschi in Medio Oriente", "place:DE place:middle-east", ""),
    ("nl", "De Oekraïense minister sprak met Syriërs", "place:UA place:SY", ""),
    ("nl", "op de Westelijke Jordaanoever", "place:west-bank", ""),
    ("pl", "ukraińskich żołnierzy na Bliskim Wschodzie", "place:UA place:middle-east", ""),
    ("pl", "Rosjanie i Białorusini", "place:RU", ""),
    ("pl", "w Związku Radzieckim", "place:soviet-union", ""),
    ("cs", "čínského velvyslance v Íránu", "place:CN place:IR", ""),
    ("cs", "v Náhorním Karabachu", "", "place:CG"),
    ("ro", "soldații ucraineni și turci", "place:UA place:TR", ""),
    ("ro", "în Orientul Mijlociu", "place:middle-east", ""),
    ("bg", "украинските войници и руската армия", "place:UA place:RU", ""),
    ("bg", "Белият дом и Кремъл", "place:white-house place:kremlin", ""),
    ("ru", "азербайджанские военные в Нагорном Карабахе", "place:AZ place:nagorno-karabakh", ""),
    ("ru", "представители Чеченской Республики", "place:chechnya", ""),
    ("ru", "переговоры с Южной Кореей и Северной Кореей", "place:KP", ""),
    ("ru", "Соединённые Штаты и Белоруссия", "place:US place:BY", ""),
    ("ru", "Республика отметила праздник", "", "place:CG"),
    ("ru", "израильтяне и палестинцы", "place:IL place:PS", ""),
    ("uk", "українських військових у Криму", "place:UA place:crimea", ""),
    ("uk", "російська делегація в Білому домі", "place:RU place:white-house", ""),
    ("el", "οι Τούρκοι και οι Ρώσοι διπλωμάτες", "place:TR place:RU", ""),
    ("el", "στη Λωρίδα της Γάζας", "place:gaza", ""),
    ("tr", "Dağlık Karabağ ve Kırım", "place:nagorno-karabakh place:crimea", ""),
    ("tr", "Ermeniler ile Ruslar", "place:AM place:RU", ""),
    ("tr", "ABD'nin ve AB'nin elçileri", "place:US org:eu", ""),
    ("tr", "Beyaz Saray açıkladı", "place:white-house", ""),
    ("az", "Dağlıq Qarabağ və Çeçenistan", "place:nagorno-karabakh place:chechnya", ""),
    ("az", "rus və erməni jurnalistlər", "place:RU place:AM", ""),
    ("hy", "Լեռնային Ղարաբաղ և Չեչնիա", "place:nagorno-karabakh place:chechnya", ""),
    ("ar", "مسؤول إسرائيلي في قطاع غزة", "place:IL place:gaza", ""),
    ("ar", "مسؤولون إيرانيون في مضيق هرمز", "place:IR place:hormuz", ""),
    ("ar", "نجح في النيل من خصومه", "", "place:nile"),
    ("fa", "نیروهای روسی در کریمه", "place:RU place:crimea", ""),
    ("fa", "کاخ سفید و کرملین", "place:white-house place:kremlin", ""),
    ("he", "חיילים ישראלים ברצועת עזה", "place:IL place:gaza", ""),
    ("he", "כך זה קורה בכל יום", "", "place:kura"),
    ("hi", "रूसी सेना और यूक्रेनी सैनिक", "place:RU place:UA", ""),
    ("hi", "गाजा पट्टी और व्हाइट हाउस", "place:gaza", ""),
    ("th", "ฉนวนกาซาและทำเนียบขาว", "place:gaza place:white-house", ""),
    ("zh", "白宫和克里姆林宫就加沙地带发表声明", "place:white-house place:kremlin place:gaza", ""),
    ("zh", "俄军进入顿巴斯", "place:RU place:donbas", ""),
    ("zh", "学校附近东部的街道", "", "place:near-east"),
    ("zh-Hant", "白宮與克里姆林宮", "place:white-house place:kremlin", ""),
    ("ja", "米国とイギリスは黒海で演習した", "place:US place:GB place:black-sea", ""),
    ("ja", "ガザ地区とチェチェン共和国", "place:gaza place:chechnya", ""),
    ("ko", "백악관은 가자지구 상황을 논의했다", "place:white-house place:gaza", ""),
    ("ko", "러시아군이 크림반도에", "place:RU place:crimea", ""),
    ("vi", "Dải Gaza và Nhà Trắng", "place:gaza place:white-house", ""),
    ("vi", "trên Biển Đông", "place:south-china-sea", ""),
    ("id", "Gedung Putih dan Jalur Gaza", "place:white-house place:gaza", ""),
    ("fa", "او خانه را ترک کرد", "", "place:TR people:kurd"),
    ("hi", "तीन अरब रुपये का चेक", "", "people:arab place:CZ"),
    ("he", "הלובי של המלון", "", "place:LY"),
    ("ko", "아이스 크림을 먹으러 가자", "", "place:crimea place:gaza"),
    ("zh", "以军事手段解决", "", "place:IL"),
    ("zh", "海南海口今日降雨", "", "place:south-china-sea"),
    ("it", "una zuppa di ceci", "", "place:CZ"),
    ("ro", "un roman bun", "", "place:RO"),
    ("id", "di Laut China Selatan", "place:south-china-sea", "place:CN"),
];

#[test]
fn scans_find_what_is_named() {
    let mut wrong = Vec::new();
    for (tag, text, wanted, unwanted) in SCANS {
        let found = keys(tag, text);
        let listed = |list: &'static str| {
            list.split(' ').filter(|key| !key.is_empty()).map(|key| key.replace('_', " "))
        };
        let lacking = listed(wanted).filter(|key| !found.contains(&key.as_str()));
        wrong.extend(lacking.map(|key| format!("{tag}: {text:?} lacks {key}, has {found:?}")));
        let surplus = listed(unwanted).filter(|key| found.contains(&key.as_str()));
        wrong.extend(surplus.map(|key| format!("{tag}: {text:?} has {key}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a run pays once for a language. Only an optimised build says anything; the limit leaves room for a busy
/// machine, `--nocapture` prints the times.
#[test]
#[cfg_attr(debug_assertions, ignore = "measures the optimised build")]
fn indexes_compile_quickly() {
    let _ = gazetteer::row("place:UA", gazetteer::Kind::Place);
    for tag in LANGUAGES.split(' ') {
        let language = lang::find(tag).expect("a language of ours");
        let start = std::time::Instant::now();
        let _ = gazetteer::index(language);
        let taken = start.elapsed();
        println!("{tag}\t{taken:.1?}");
        assert!(taken.as_millis() < 100, "{tag} takes {taken:?}");
    }
}
