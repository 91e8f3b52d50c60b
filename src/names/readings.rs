//! Readings: a word becomes a string of units, the letters or sounds of its script that a chunk table
//! knows. A table is valid for its reading only; a change here means training every table again
//! (`tools/train-names`).

use std::sync::OnceLock;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// One unit of a reading: its place in the alphabet of its script, below [`UNITS`].
pub type Unit = u8;

/// Start of the word, the first unit of every reading.
pub const START: Unit = 0;

/// End of the word, the last unit of every reading.
pub const END: Unit = 1;

/// Every unit is less: seven bits hold one.
pub const UNITS: usize = 128;

/// Longest reading, both ends counted. Names are shorter; what is longer is cut.
pub const LONGEST: usize = 62;

/// A script with a reading of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Script {
    /// 26 letters and 30 more that tell where a name comes from; other accents are dropped.
    Latin,
    /// 33 letters; those of other languages than Russian are folded into them, ъ is silent.
    Cyrillic,
    /// Consonants, long vowels and hamza carriers; Persian letters are folded.
    Arabic,
    /// Final letters folded, a letter with geresh is one unit.
    Hebrew,
    /// Hiragana and katakana as consonant and vowel units.
    Kana,
    /// Hangul syllables as sounds, codas in eight classes.
    Hangul,
    /// Chinese characters as initial and final of their pinyin syllable; those that transcribers keep for other
    /// sounds than their homophones have an initial of their own.
    Han,
}

impl Script {
    /// Every script with a reading.
    pub const ALL: [Self; 7] =
        [Self::Latin, Self::Cyrillic, Self::Arabic, Self::Hebrew, Self::Kana, Self::Hangul, Self::Han];

    /// The script of one character, where it has a reading.
    #[allow(clippy::match_same_arms, reason = "a script is in several blocks")]
    pub fn of(character: char) -> Option<Self> {
        Some(match u32::from(character) {
            0x41..=0x5A | 0x61..=0x7A | 0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x2AF => Self::Latin,
            0x1E00..=0x1EFF | 0xFB00..=0xFB06 | 0xFF21..=0xFF3A | 0xFF41..=0xFF5A => Self::Latin,
            0x400..=0x52F => Self::Cyrillic,
            0x591..=0x5F2 | 0xFB1D..=0xFB4F => Self::Hebrew,
            0x610..=0x77F | 0xFB50..=0xFDFF | 0xFE70..=0xFEFC => Self::Arabic,
            0x3041..=0x30FA | 0x30FC..=0x30FF | 0x31F0..=0x31FF | 0xFF66..=0xFF9F => Self::Kana,
            0x1100..=0x11FF | 0x3131..=0x318E | 0xAC00..=0xD7A3 => Self::Hangul,
            0x3005..=0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF => {
                Self::Han
            }
            _ => return None,
        })
    }

    /// The name of a unit as the table files write it: a letter, or pinyin with a hyphen on the open side.
    pub fn unit_name(self, unit: Unit) -> String {
        match unit {
            START => return "^".to_owned(),
            END => return "$".to_owned(),
            _ => {}
        }
        let place = usize::from(unit) - 2;
        match self {
            Self::Han => match place.checked_sub(HAN_UNITS.len()) {
                Some(own) => han_own().get(own).and_then(|group| group.chars().next()).map(String::from),
                None => HAN_UNITS.get(place).map(|&name| name.to_owned()),
            }
            .unwrap_or_default(),
            _ => self.letters().chars().nth(place).map(String::from).unwrap_or_default(),
        }
    }

    /// A unit as a reader of Latin letters understands it; letters of an alphabet stay what they are.
    #[allow(clippy::match_same_arms, reason = "by script")]
    pub fn shown(self, unit: Unit) -> String {
        let name = self.unit_name(unit);
        let sound = match (self, name.as_str()) {
            (_, "^" | "$") | (Self::Kana, "q") => "",
            (Self::Kana, "S") => "sh",
            (Self::Kana, "C") => "ch",
            (Self::Kana, "T") => "ts",
            (Self::Kana, "N") => "n",
            (Self::Kana, ":") => "ー",
            (Self::Hangul, "E") => "ae",
            (Self::Hangul, "O") => "eo",
            (Self::Hangul, "U") => "eu",
            (Self::Hangul, "G") => "kk",
            (Self::Hangul, "D") => "tt",
            (Self::Hangul, "B") => "pp",
            (Self::Hangul, "Z") => "ss",
            (Self::Hangul, "J") => "jj",
            (Self::Hangul, "C") => "ch",
            (Self::Hangul, "1") => "k",
            (Self::Hangul, "2") => "n",
            (Self::Hangul, "3" | "7") => "t",
            (Self::Hangul, "4") => "l",
            (Self::Hangul, "5") => "m",
            (Self::Hangul, "6") => "p",
            (Self::Hangul, "8") => "ng",
            (Self::Han, name) => match name.chars().next().and_then(han_entry) {
                // The initial that the unit of a character stands for, or all of it.
                Some(entry) => {
                    let (syllable, [first, last]) = han().syllables[entry];
                    if first == 0 {
                        syllable
                    } else {
                        syllable.strip_suffix(final_of(last)).unwrap_or(syllable)
                    }
                }
                None => name.trim_matches('-'),
            },
            (_, name) => name,
        };
        sound.to_owned()
    }

    /// The unit that a table file writes so.
    pub fn unit(self, name: &str) -> Option<Unit> {
        match name {
            "^" => return Some(START),
            "$" => return Some(END),
            _ => {}
        }
        let place = match self {
            Self::Han => HAN_UNITS.iter().copied().position(|known| known == name).or_else(|| {
                Some(HAN_UNITS.len() + han_own().iter().position(|group| group.starts_with(name))?)
            })?,
            _ => self.letters().chars().position(|letter| name.chars().eq([letter]))?,
        };
        u8::try_from(place + 2).ok()
    }

    fn letters(self) -> &'static str {
        match self {
            Self::Latin => LATIN,
            Self::Cyrillic => CYRILLIC,
            Self::Arabic => ARABIC,
            Self::Hebrew => HEBREW,
            Self::Kana => KANA,
            Self::Hangul => HANGUL,
            Self::Han => "",
        }
    }
}

/// The reading of a word in a script, with [`START`] and [`END`]. What has no unit is left out, so that a
/// reading of two units means that nothing could be read.
pub fn read(script: Script, word: &str) -> Vec<Unit> {
    let mut units = Vec::with_capacity(word.len() + 2);
    units.push(START);
    if matches!(script, Script::Kana) {
        kana(word.nfkc(), &mut units);
    } else if is_nfc_quick(word.chars()) == IsNormalized::Yes {
        letters(script, word.chars(), &mut units);
    } else {
        letters(script, word.nfc(), &mut units);
    }
    units.truncate(LONGEST - 1);
    units.push(END);
    units
}

fn letters(script: Script, word: impl Iterator<Item = char>, units: &mut Vec<Unit>) {
    match script {
        Script::Latin => latin(word, units),
        Script::Cyrillic => cyrillic(word, units),
        Script::Arabic => simple(word.map(arabic), 0x600, arabic_units(), units),
        Script::Hebrew => hebrew(word, units),
        Script::Kana => kana(word, units),
        Script::Hangul => hangul(word, units),
        Script::Han => {
            for character in word {
                units.extend(han_units(character).into_iter().filter(|&unit| unit != 0));
            }
        }
    }
}

// ------------------------------------------------------------------------------------------- Latin

const LATIN: &str = "abcdefghijklmnopqrstuvwxyzäöüåøæœıłşšçčćžżźñńřěğßđðþţãõś";

fn latin(word: impl Iterator<Item = char>, units: &mut Vec<Unit>) {
    let table = latin_units();
    for character in word.flat_map(char::to_lowercase) {
        if let Some(&[first, second]) = table.get(character as usize) {
            if first != 0 {
                units.push(first);
            }
            if second != 0 {
                units.push(second);
            }
        } else {
            // Vietnamese, ligatures, full width.
            for part in std::iter::once(character).nfkd() {
                if let Some(&[first, _]) = table.get(part as usize)
                    && first != 0
                {
                    units.push(first);
                }
            }
        }
    }
}

/// Units of the characters below U+0250: their own, else those of their letters without accents.
fn latin_units() -> &'static [[Unit; 2]; 0x250] {
    static UNITS: OnceLock<Box<[[Unit; 2]; 0x250]>> = OnceLock::new();
    UNITS.get_or_init(|| {
        let own = |letter: char| match letter {
            'ș' => own_unit(LATIN, 'ş'),
            'ț' => own_unit(LATIN, 'ţ'),
            'ň' => own_unit(LATIN, 'ñ'),
            'ő' => own_unit(LATIN, 'ö'),
            'ű' => own_unit(LATIN, 'ü'),
            'ə' => own_unit(LATIN, 'æ'),
            other => own_unit(LATIN, other),
        };
        let mut table = Box::new([[0; 2]; 0x250]);
        for (entry, character) in table.iter_mut().zip('\0'..) {
            let unit = own(character);
            if unit != 0 {
                *entry = [unit, 0];
                continue;
            }
            let mut plain = std::iter::once(character).nfkd().map(own).filter(|&unit| unit != 0);
            *entry = [plain.next().unwrap_or(0), plain.next().unwrap_or(0)];
        }
        // The schwa lies above the letters that decomposition reaches.
        table[0x18F] = [own('ə'), 0];
        table
    })
}

fn own_unit(alphabet: &str, letter: char) -> Unit {
    alphabet.chars().position(|known| known == letter).map_or(0, |place| place as Unit + 2)
}

// ---------------------------------------------------------------------------------------- Cyrillic

const CYRILLIC: &str = "абвгдежзийклмнопрстуфхцчшщыьэюяё";

fn cyrillic(word: impl Iterator<Item = char>, units: &mut Vec<Unit>) {
    static TABLE: OnceLock<[Unit; 256]> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let folds: Vec<(char, char)> =
            "іїєґўјђћџћљњқғңұүөәһѓќѕҷҳӣӯ".chars().zip("ииегвйжчжчлнкгнуюёахгкзчхиу".chars()).collect();
        table_of('\u{400}', |character| {
            let letter = folds.iter().find(|(from, _)| *from == character).map_or(character, |(_, to)| *to);
            own_unit(CYRILLIC, letter)
        })
    });
    simple(word.flat_map(char::to_lowercase), 0x400, table, units);
}

/// A table of 256 characters from `first` on.
fn table_of(first: char, unit: impl Fn(char) -> Unit) -> [Unit; 256] {
    let mut table = [0; 256];
    for (entry, character) in table.iter_mut().zip(first..) {
        *entry = unit(character);
    }
    table
}

fn simple(word: impl Iterator<Item = char>, first: u32, table: &[Unit; 256], units: &mut Vec<Unit>) {
    for character in word {
        let place = u32::from(character).wrapping_sub(first) as usize;
        if let Some(&unit) = table.get(place)
            && unit != 0
        {
            units.push(unit);
        }
    }
}

// ------------------------------------------------------------------------------------------ Arabic

const ARABIC: &str = "ءأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويىآ";

/// Presentation forms are not expected; Persian and Urdu letters as an Arab would write them.
fn arabic(character: char) -> char {
    match character {
        'ٱ' => 'ا',
        'ی' | 'ې' => 'ي',
        'ک' | 'ڪ' => 'ك',
        'گ' => 'غ',
        'چ' => 'ش',
        'پ' => 'ب',
        'ڤ' | 'ۋ' => 'ف',
        'ڨ' => 'ق',
        'ژ' => 'ج',
        'ۀ' | 'ہ' | 'ھ' => 'ه',
        other => other,
    }
}

fn arabic_units() -> &'static [Unit; 256] {
    static TABLE: OnceLock<[Unit; 256]> = OnceLock::new();
    TABLE.get_or_init(|| table_of('\u{600}', |character| own_unit(ARABIC, character)))
}

// ------------------------------------------------------------------------------------------ Hebrew

const HEBREW: &str = "אבגדהוזחטיכלמנסעפצקרשתĝĉĵŧđ";

fn hebrew(word: impl Iterator<Item = char>, units: &mut Vec<Unit>) {
    for character in word {
        let letter = match character {
            'ך' => 'כ',
            'ם' => 'מ',
            'ן' => 'נ',
            'ף' => 'פ',
            'ץ' => 'צ',
            '\'' | '’' | '׳' => {
                let geresh =
                    units.last().map(|&unit| match HEBREW.chars().nth(usize::from(unit).wrapping_sub(2)) {
                        Some('ג') => 'ĝ',
                        Some('צ') => 'ĉ',
                        Some('ז') => 'ĵ',
                        Some('ת') => 'ŧ',
                        Some('ד') => 'đ',
                        _ => ' ',
                    });
                if let (Some(letter), Some(last)) = (geresh, units.last_mut())
                    && letter != ' '
                {
                    *last = own_unit(HEBREW, letter);
                }
                continue;
            }
            other => other,
        };
        let unit = own_unit(HEBREW, letter);
        if unit != 0 && ('א'..='ת').contains(&letter) {
            units.push(unit);
        }
    }
}

// -------------------------------------------------------------------------------------------- kana

/// Consonants and vowels; S sh, C ch, T ts, q small tsu, N nasal, : long mark.
const KANA: &str = "aiueokgsztdnhbpmrSCTjfywvNq:";

/// Katakana from ァ (U+30A1) on; small vowels and glides begin with a comma.
const KATAKANA: &str = ",a a ,i i ,u u ,e e ,o o ka ga ki gi ku gu ke ge ko go sa za Si ji su zu se ze so zo \
    ta da Ci ji q Tu zu te de to do na ni nu ne no ha ba pa hi bi pi fu bu pu he be pe ho bo po \
    ma mi mu me mo ,ya ya ,yu yu ,yo yo ra ri ru re ro ,wa wa wi we o N vu ka ke va vi ve vo";

fn kana(word: impl Iterator<Item = char>, units: &mut Vec<Unit>) {
    static TABLE: OnceLock<Vec<&'static str>> = OnceLock::new();
    let table = TABLE.get_or_init(|| KATAKANA.split(' ').filter(|sound| !sound.is_empty()).collect());
    let unit = |letter: u8| own_unit(KANA, char::from(letter));
    let vowels: [Unit; 5] = [b'a', b'i', b'u', b'e', b'o'].map(unit);
    let single = |units: &[Unit], nth: usize| units.iter().rev().nth(nth).copied().unwrap_or(START);
    for character in word {
        let code = u32::from(character);
        let code = if (0x3041..=0x3096).contains(&code) { code + 0x60 } else { code };
        if code == 0x30FC {
            units.push(unit(b':'));
            continue;
        }
        let Some(&sound) = table.get(code.wrapping_sub(0x30A1) as usize) else { continue };
        let Some(small) = sound.strip_prefix(',') else {
            units.extend(sound.bytes().map(unit));
            continue;
        };
        let (last, before) = (single(units, 0), single(units, 1));
        let consonant =
            before != START && !vowels.contains(&before) && ![b':', b'N', b'q'].map(unit).contains(&before);
        if vowels.contains(&last) && consonant {
            // ki + ya is kya, shi + ya is sha, fu + a is fa.
            units.pop();
            let palatal = [b'S', b'C', b'T', b'j'].map(unit).contains(&before);
            let small = if palatal { small.trim_start_matches(['y', 'w']) } else { small };
            units.extend(small.bytes().map(unit));
        } else if last == vowels[2] && small.len() == 1 {
            // u + i is wi.
            units.pop();
            units.push(unit(b'w'));
            units.extend(small.bytes().map(unit));
        } else {
            units.extend(small.bytes().map(unit));
        }
    }
}

// ------------------------------------------------------------------------------------------ Hangul

/// Capitals are the tense or aspirated kin of the small letter, E ae, O eo, U eu; figures are codas.
const HANGUL: &str = "gGndDlmbBsZjJCktphaEyeOowuUi12345678";

const LEADS: [&str; 19] =
    ["g", "G", "n", "d", "D", "l", "m", "b", "B", "s", "Z", "", "j", "J", "C", "k", "t", "p", "h"];

const VOWELS: [&str; 21] = [
    "a", "E", "ya", "yE", "O", "e", "yO", "ye", "o", "wa", "wE", "we", "yo", "u", "wO", "we", "wi", "yu",
    "U", "Ui", "i",
];

/// Class of each coda: 1 k, 2 n, 3 t, 4 l, 5 m, 6 p, 7 s and kin, 8 ng.
const CODAS: &[u8; 28] = b" 111222344544454566778771767";

fn hangul(word: impl Iterator<Item = char>, units: &mut Vec<Unit>) {
    for character in word {
        let code = u32::from(character).wrapping_sub(0xAC00) as usize;
        if code >= 11_172 {
            continue;
        }
        let (lead, vowel, last) = (LEADS[code / 588], VOWELS[code % 588 / 28], CODAS[code % 28]);
        units.extend(lead.bytes().chain(vowel.bytes()).map(|byte| own_unit(HANGUL, char::from(byte))));
        if last != b' ' {
            units.push(own_unit(HANGUL, char::from(last)));
        }
    }
}

// --------------------------------------------------------------------------------------------- Han

/// Initials, then finals of pinyin without tones.
const HAN_UNITS: [&str; 61] = [
    "b-", "p-", "m-", "f-", "d-", "t-", "n-", "l-", "g-", "k-", "h-", "j-", "q-", "x-", "zh-", "ch-", "sh-",
    "r-", "z-", "c-", "s-", "y-", "w-", "-a", "-ai", "-an", "-ang", "-ao", "-e", "-ei", "-en", "-eng", "-er",
    "-i", "-ia", "-ian", "-iang", "-iao", "-ie", "-in", "-ing", "-iong", "-iu", "-o", "-ong", "-ou", "-u",
    "-ua", "-uai", "-uan", "-uang", "-ue", "-ui", "-un", "-uo", "-ü", "-üe", "-n", "-m", "-ng", "-ê",
];

const HAN_SYLLABLES: &str = include_str!("tables/han.tsv");

/// Characters with a unit of their own, each with its traditional form: 里 is *ri* and 利 *li*, though both sound alike.
fn han_own() -> &'static [&'static str] {
    static OWN: OnceLock<Vec<&'static str>> = OnceLock::new();
    OWN.get_or_init(|| {
        let groups = include_str!("tables/han-own.txt").lines().filter(|line| !line.starts_with('#'));
        groups.flat_map(|line| line.split(' ')).filter(|group| !group.is_empty()).collect()
    })
}

/// The final that a unit stands for.
fn final_of(unit: Unit) -> &'static str {
    usize::from(unit)
        .checked_sub(2)
        .and_then(|place| HAN_UNITS.get(place))
        .map_or("", |name| name.trim_matches('-'))
}

/// What a Chinese character reads as: the units of its syllable, 0 where there is none.
fn han_units(character: char) -> [Unit; 2] {
    let Some(index) = han_entry(character) else { return [0; 2] };
    let [initial, last] = han().syllables[index].1;
    match han().own.get((character as usize).wrapping_sub(0x4E00)) {
        Some(&own) if own != 0 => [own, if initial == 0 { 0 } else { last }],
        _ => [initial, last],
    }
}

/// The toneless pinyin syllable of a Chinese character.
pub fn pinyin(character: char) -> Option<&'static str> {
    han_entry(character).map(|index| han().syllables[index].0)
}

/// Every toneless syllable of pinyin that characters have.
pub fn syllables() -> impl Iterator<Item = &'static str> {
    han().syllables.iter().map(|syllable| syllable.0)
}

fn han_entry(character: char) -> Option<usize> {
    let place = (character as usize).checked_sub(0x4E00)?;
    let index = *han().characters.get(place)?;
    usize::from(index).checked_sub(1)
}

struct Han {
    syllables: Vec<(&'static str, [Unit; 2])>,
    /// From U+4E00 on: one more than the place of the syllable, 0 without one.
    characters: Vec<u16>,
    /// The unit of its own that a character has, 0 without one.
    own: Vec<Unit>,
}

fn han() -> &'static Han {
    static HAN: OnceLock<Han> = OnceLock::new();
    HAN.get_or_init(|| {
        let mut han = Han { syllables: Vec::new(), characters: vec![0; 0x5200], own: vec![0; 0x5200] };
        for line in HAN_SYLLABLES.lines().filter(|line| !line.starts_with('#')) {
            let Some((syllable, characters)) = line.split_once('\t') else { continue };
            han.syllables.push((syllable, syllable_units(syllable)));
            for character in characters.chars() {
                if let Some(entry) =
                    (character as usize).checked_sub(0x4E00).and_then(|place| han.characters.get_mut(place))
                {
                    *entry = han.syllables.len() as u16;
                }
            }
        }
        for (group, unit) in han_own().iter().zip(HAN_UNITS.len() as Unit + 2..) {
            for character in group.chars() {
                if let Some(own) = (character as usize).checked_sub(0x4E00).and_then(|at| han.own.get_mut(at))
                {
                    *own = unit;
                }
            }
        }
        han
    })
}

fn syllable_units(syllable: &str) -> [Unit; 2] {
    let initial = HAN_UNITS[..23]
        .iter()
        .map(|name| name.trim_end_matches('-'))
        .filter(|initial| {
            syllable.strip_prefix(initial).is_some_and(|last| HAN_UNITS.contains(&&*format!("-{last}")))
        })
        .max_by_key(|initial| initial.len())
        .unwrap_or_default();
    let place = |name: &str| HAN_UNITS.iter().position(|&known| known == name).map_or(0, |at| at as Unit + 2);
    let last = syllable.strip_prefix(initial).unwrap_or_default();
    let initial = if initial.is_empty() { 0 } else { place(&format!("{initial}-")) };
    [initial, place(&format!("-{last}"))]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(script: Script, word: &str) -> String {
        let units = read(script, word);
        let names: Vec<String> = units.iter().map(|&unit| script.unit_name(unit)).collect();
        assert_eq!((names[0].as_str(), names[names.len() - 1].as_str()), ("^", "$"));
        names[1..names.len() - 1].join(if script == Script::Han { " " } else { "" })
    }

    #[test]
    fn words_of_every_script_have_their_reading() {
        for (script, word, reading) in [
            (Script::Latin, "Ağaoğlu-Øyé", "ağaoğluøye"),
            (Script::Latin, "Nguye\u{302}\u{303}n", "nguyen"),
            (Script::Latin, "Gjo\u{308}ran", "gjöran"),
            (Script::Cyrillic, "Объёмов", "обёмов"),
            (Script::Cyrillic, "Їжак", "ижак"),
            (Script::Arabic, "إسْحاق", "إسحاق"),
            (Script::Arabic, "پژمان", "بجمان"),
            (Script::Hebrew, "צ'ץ", "ĉצ"),
            (Script::Kana, "シャーロック", "Sa:roqku"),
            (Script::Kana, "ウィキ", "wiki"),
            (Script::Kana, "ふぁん", "faN"),
            (Script::Hangul, "닭", "da4"),
            (Script::Hangul, "슈퍼", "syupO"),
            (Script::Han, "奥尔拉", "-ao -er l- -a"),
            (Script::Han, "里利羅", "里 -i 利 -i l- -uo"),
            (Script::Han, "維维埃", "维 -ei 维 -ei 埃"),
        ] {
            assert_eq!(shown(script, word), reading, "{word}");
        }
    }

    #[test]
    fn every_unit_has_a_name_that_finds_it() {
        for script in Script::ALL {
            let units = (0..UNITS as Unit).take_while(|&unit| !script.unit_name(unit).is_empty());
            for unit in units {
                assert_eq!(script.unit(&script.unit_name(unit)), Some(unit));
            }
        }
        assert!(LATIN.chars().count() + 2 <= UNITS && ARABIC.chars().count() + 2 <= UNITS);
        assert!(HAN_UNITS.len() + han_own().len() + 2 <= UNITS);
    }

    #[test]
    fn every_syllable_of_the_han_table_is_made_of_units() {
        for (syllable, units) in &han().syllables {
            assert!(units[1] != 0, "{syllable}");
        }
    }
}
