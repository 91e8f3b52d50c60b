//! Other forms of names to learn from: declined Russian names, and Russian names in the Latin spelling of several
//! languages.

/// What a name ends in (one of these, in a word at least this long), letters cut, endings of the oblique cases.
const DECLENSION: &[(&[&str], usize, &[&str])] = &[
    (&["ский", "цкий"], 2, &["ого", "ому", "им", "ом"]),
    (&["ская", "цкая"], 2, &["ой", "ую"]),
    (&["ов", "ев", "ёв", "ин", "ын"], 0, &["а", "у", "ым", "е"]),
    (&["ова", "ева", "ёва", "ина", "ына"], 1, &["ой", "у"]),
    (&["ия"], 1, &["и", "ю", "ей"]),
    (&["га", "ка", "ха", "жа", "ша", "ча", "ща"], 1, &["и", "е", "у", "ой"]),
    (&["а"], 1, &["ы", "е", "у", "ой"]),
    (&["я"], 1, &["и", "е", "ю", "ей"]),
    (&["ь", "й"], 1, &["я", "ю", "ем", "е"]),
    (
        &["б", "в", "г", "д", "ж", "з", "к", "л", "м", "н", "п", "р", "с", "т", "ф", "х", "ц", "ч", "ш", "щ"],
        0,
        &["а", "у", "ом", "е"],
    ),
];

/// Oblique forms of a Russian name, by its ending.
pub fn declined(name: &str) -> Vec<String> {
    let Some((_, cut, endings)) =
        DECLENSION.iter().find(|(ends, _, _)| ends.iter().any(|end| name.ends_with(end)))
    else {
        return Vec::new();
    };
    let letters: Vec<char> = name.chars().collect();
    let stem: String = letters[..letters.len() - cut].iter().collect();
    endings.iter().map(|ending| format!("{stem}{ending}")).collect()
}

const LETTERS: &str = "а:a б:b в:v г:g д:d е:e ё:yo ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f \
    х:kh ц:ts ч:ch ш:sh щ:shch ъ: ы:y ь: э:e ю:yu я:ya";

/// A way to write Russian names: letters that differ from English, е after a vowel, the ending -ий.
struct Convention {
    name: &'static str,
    letters: &'static str,
    ye: &'static str,
    ending: &'static str,
}

const fn convention(
    name: &'static str,
    letters: &'static str,
    ye: &'static str,
    ending: &'static str,
) -> Convention {
    Convention { name, letters, ye, ending }
}

const CONVENTIONS: &[Convention] = &[
    convention("en", "", "ye", "y"),
    convention("icao", "ё:e й:i ю:iu я:ia", "e", "ii"),
    convention("scholarly", "ё:ë ж:ž й:j х:x ц:c ч:č ш:š щ:šč э:è ю:ju я:ja", "e", "ij"),
    convention("fr", "у:ou ж:j ч:tch ш:ch щ:chtch ю:iou я:ia ё:io й:i", "ie", "i"),
    convention("de", "в:w ж:sch з:s х:ch ц:z ч:tsch ш:sch щ:schtsch ю:ju я:ja ё:jo й:i", "je", "i"),
    convention("it", "ж:ž й:j х:ch ц:c ч:č ш:š щ:šč ю:ju я:ja ё:ë", "e", "ij"),
    convention("pt", "ж:j ч:tch ш:ch щ:chtch ю:iu я:ia ё:io й:i ы:i", "ie", "i"),
    convention("es", "х:j ю:iu я:ia ё:io й:i ы:i", "ye", "i"),
    convention("pl", "в:w ж:ż й:j х:ch ц:c ч:cz ш:sz щ:szcz ю:ju я:ja ё:jo л:ł", "je", "i"),
    convention("tr", "ж:j ч:ç ш:ş щ:şç х:h ы:ı", "ye", "iy"),
    convention("cs", "ж:ž ч:č ш:š щ:šč х:ch ц:c ю:ju я:ja ё:jo й:j", "je", "ij"),
    convention("nl", "у:oe ж:zj ч:tsj ш:sj щ:sjtsj х:ch ю:joe я:ja ё:jo й:j", "je", "i"),
];

/// How many conventions there are.
pub const COUNT: usize = CONVENTIONS.len();

const VOWELS: &str = "аеёиоуыэюя";

/// A Russian name in the Latin spelling of a convention.
pub fn romanised(name: &str, number: usize) -> String {
    let Convention { name: tag, letters, ye, ending } = CONVENTIONS[number];
    let find = |table: &'static str, letter: char| {
        table.split(' ').filter_map(|entry| entry.split_once(':')).find(|(from, _)| from.chars().eq([letter]))
    };
    let mut characters: Vec<char> = name.chars().collect();
    let tail = if name.ends_with("ий") && characters.len() > 4 { ending } else { "" };
    if !tail.is_empty() {
        characters.truncate(characters.len() - 2);
    }
    let vowel = |letter: char| VOWELS.contains(letter);
    let mut out = String::new();
    for (place, &letter) in characters.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|at| characters.get(at)).copied().unwrap_or(' ');
        let after = characters.get(place + 1).copied().unwrap_or(' ');
        let own = find(letters, letter).or_else(|| find(LETTERS, letter)).map(|(_, to)| to.to_owned());
        let written = match (tag, letter) {
            (_, 'е') if " ъь".contains(before) || vowel(before) => ye.to_owned(),
            ("fr" | "de", 'с') if vowel(before) && vowel(after) => "ss".to_owned(),
            ("fr" | "pt" | "es", 'г') if "еи".contains(after) => "gu".to_owned(),
            ("pl", 'л') if "еёиюяь".contains(after) => "l".to_owned(),
            ("pl", 'ю' | 'я' | 'ё' | 'е') if !" ъьйжшчщц".contains(before) && !vowel(before) => {
                let plain = match letter {
                    'ю' => "u",
                    'я' => "a",
                    'ё' => "o",
                    _ => "e",
                };
                format!("{}{plain}", if before == 'л' { "" } else { "i" })
            }
            _ => own.unwrap_or_else(|| letter.to_string()),
        };
        out.push_str(&written);
    }
    out.push_str(tail);
    if tag == "fr" && out.ends_with("in") {
        out.push('e');
    }
    out
}
