//! The promises of the name matcher, and names in every script.

use proptest::prelude::*;
use recto::names::romanise::romanise;
use recto::names::{Matcher, Verdict, keys};

fn verdict(a: &str, a_lang: &str, b: &str, b_lang: &str) -> Verdict {
    Matcher::compare(a, a_lang, b, b_lang).verdict
}

#[track_caller]
fn all(wanted: Verdict, cases: &[(&str, &str, &str, &str)]) {
    let mut failures = Vec::new();
    for &(a, a_lang, b, b_lang) in cases {
        let found = Matcher::compare(a, a_lang, b, b_lang);
        if found.verdict != wanted {
            failures.push(format!("{a} ~ {b}: {:?}, margin {:.2}", found.verdict, found.margin));
        }
    }
    assert!(failures.is_empty(), "not {wanted:?}:\n{}", failures.join("\n"));
}

#[track_caller]
fn not_same(cases: &[(&str, &str, &str, &str)]) {
    let mut failures = Vec::new();
    for &(a, a_lang, b, b_lang) in cases {
        let found = Matcher::compare(a, a_lang, b, b_lang);
        if found.verdict == Verdict::Same {
            failures.push(format!("{a} ~ {b}: margin {:.2}", found.margin));
        }
        assert!(found.difference.is_some() || found.verdict == Verdict::Same);
    }
    assert!(failures.is_empty(), "taken for the same:\n{}", failures.join("\n"));
}

#[test]
fn one_name_in_two_scripts_is_the_same() {
    all(
        Verdict::Same,
        &[
            ("Alexey Overchuk", "en", "Алексей Оверчук", "ru"),
            ("Ingrid Svensson", "sv", "Ингрид Свенссон", "ru"),
            ("Gustav Lindberg", "en", "غوستاف ليندبرغ", "ar"),
            ("Robert Steinberg", "en", "רוברט שטיינברג", "he"),
            ("Bernard Lambert", "fr", "ベルナール・ランベール", "ja"),
            ("Martin Schneider", "de", "마르틴 슈나이더", "ko"),
            ("Simon Hartmann", "de", "西蒙·哈特曼", "zh"),
            ("Simon Hartmann", "de", "西蒙·哈特曼", "zh-Hant"),
            ("Nikos Papadakis", "en", "Νίκος Παπαδάκης", "el"),
            ("Armen Grigoryan", "en", "Արմեն Գրիգորյան", "hy"),
            ("Nino Beridze", "en", "ნინო ბერიძე", "ka"),
            ("Anil Kapur", "en", "अनिल कपूर", "hi"),
            ("Zhang Wei", "en", "张伟", "zh"),
            ("Wei Zhang", "en", "張偉", "zh-Hant"),
            ("Kim Yeon-a", "en", "김연아", "ko"),
        ],
    );
}

#[test]
fn two_scripts_without_latin_are_compared_through_it() {
    all(
        Verdict::Same,
        &[
            ("Виктор Орлов", "ru", "فيكتور أورلوف", "ar"),
            ("Виктор Орлов", "ru", "ヴィクトル・オルロフ", "ja"),
            ("Νίκος Παπαδάκης", "el", "Никос Пападакис", "ru"),
        ],
    );
}

#[test]
fn another_name_is_not_the_same() {
    not_same(&[
        ("Alexey Overchuk", "en", "Alexei Ovechkin", "en"),
        ("Alexei Ovechkin", "en", "Алексей Оверчук", "ru"),
        ("Ingrid Svensson", "sv", "Ингрид Стенссон", "ru"),
        ("Robert Steinberg", "en", "רוברט שפילברג", "he"),
        ("Gustav Lindberg", "en", "غوستاف ليندمان", "ar"),
        ("Bernard Lambert", "fr", "ベルナール・ランドン", "ja"),
        ("Martin Schneider", "de", "마르틴 슈뢰더", "ko"),
        ("Simon Hartmann", "de", "西蒙·霍夫曼", "zh"),
        ("Maria Kovalenko", "en", "Марина Коваленко", "ru"),
    ]);
}

#[test]
fn one_letter_off_is_near() {
    all(
        Verdict::Near,
        &[
            ("Zelensky", "en", "Zalensky", "en"),
            ("Hartmann", "en", "Hortmann", "en"),
            ("Коваленко", "ru", "Коваленок", "ru"),
            ("Merkel", "en", "Markel", "en"),
        ],
    );
}

#[test]
fn unrelated_names_are_different() {
    all(
        Verdict::Different,
        &[
            ("Thompson", "en", "Иванов", "ru"),
            ("Lindberg", "en", "محمود", "ar"),
            ("O'Brien", "en", "Kowalczyk", "pl"),
            // Syllables are few: any two names share some sounds.
            ("Fernandes", "pt", "北京大学", "zh"),
            ("Fernandes", "pt", "清华大学", "zh"),
            ("Lindgren", "en", "教育部", "zh"),
            ("Lindgren", "en", "최영호", "ko"),
        ],
    );
}

#[test]
fn monarchs_and_popes_have_a_name_in_each_language() {
    all(
        Verdict::Same,
        &[
            ("Charles III", "en", "Carlos III", "es"),
            ("King Charles III", "en", "король Карл III", "ru"),
            ("Charles III", "en", "查尔斯三世", "zh"),
            ("Elizabeth II", "en", "エリザベス2世", "ja"),
            ("John Paul II", "en", "João Paulo II", "pt"),
            ("John Paul II", "en", "若望保禄二世", "zh"),
            ("Juan Carlos I", "es", "Хуан Карлос I", "ru"),
            ("Pope Francis", "en", "папа Франциск", "ru"),
            ("Papst Franziskus", "de", "Papa Francisco", "pt"),
            ("Benedict XVI", "en", "Benedykt XVI", "pl"),
        ],
    );
    // Not everybody is a king, and two of one name are two.
    not_same(&[
        ("Charles Meyer", "en", "Carlos Meyer", "pt"),
        ("Francis Okafor", "en", "Франциск Окафор", "ru"),
        ("Charles III", "en", "Karl II", "de"),
        ("Pius XII", "en", "Pio XI", "it"),
        ("Elizabeth II", "en", "Isabel I", "es"),
        ("Pope Francis", "en", "папа Бенедикт", "ru"),
    ]);
}

#[test]
fn spelling_conventions_of_the_latin_script_do_not_matter() {
    all(
        Verdict::Same,
        &[
            ("Müller", "de", "Mueller", "en"),
            ("Sørensen", "da", "Soerensen", "en"),
            ("Sørensen", "da", "Sorensen", "en"),
            ("Łukasz", "pl", "Lukasz", "en"),
            ("Yermakov", "en", "Jermakow", "pl"),
            ("Shchukin", "en", "Schtschukin", "de"),
            ("Tchernov", "fr", "Chernov", "en"),
            ("GUSTAV LINDBERG", "en", "Gustav Lindberg", "en"),
        ],
    );
}

#[test]
fn declined_forms_are_the_same_name() {
    all(
        Verdict::Same,
        &[
            ("Overchuk", "en", "Оверчуку", "ru"),
            ("Sobolev", "en", "Соболевым", "ru"),
            ("Shevchuk", "en", "Шевчукові", "uk"),
            ("Yıldız", "tr", "Yıldız'ın", "tr"),
            ("Marlow", "en", "Marlow's", "en"),
            ("Adenauer", "de", "Adenauers", "de"),
        ],
    );
}

#[test]
fn order_case_and_commas_do_not_matter() {
    all(
        Verdict::Same,
        &[
            ("Viktor Orlov", "en", "Orlov Viktor", "en"),
            ("Viktor Orlov", "en", "ORLOV, Viktor", "en"),
            ("Viktor Orlov", "en", "Орлов Виктор Петрович", "ru"),
            ("Viktor Orlov Jr.", "en", "Viktor Orlov", "en"),
            ("Dr. Karin Holm", "en", "Karin Holm", "en"),
            ("Anna-Lena Vogt", "de", "Anna Lena Vogt", "de"),
            ("Abdul Rahman Saleh", "en", "عبدالرحمن صالح", "ar"),
            ("Ludwig van Dijk", "nl", "Ludwig Dijk", "en"),
        ],
    );
}

#[test]
fn an_initial_must_fit() {
    all(
        Verdict::Same,
        &[
            ("A. Overchuk", "en", "Алексей Оверчук", "ru"),
            ("Karin Holm", "en", "K. Holm", "en"),
            ("Yuri Sobolev", "en", "Ю. Соболев", "ru"),
        ],
    );
    not_same(&[("P. Overchuk", "en", "Алексей Оверчук", "ru"), ("Karin Holm", "en", "B. Holm", "en")]);
}

#[test]
fn two_given_names_that_disagree_are_two_persons() {
    not_same(&[
        ("Laura Fischer", "de", "Thomas Fischer", "de"),
        ("Laura Fischer", "de", "Томас Фишер", "ru"),
        ("Laura Fischer", "de", "トーマス・フィッシャー", "ja"),
    ]);
}

#[test]
fn a_name_in_kanji_is_read_as_the_japanese_do() {
    assert_eq!(verdict("山田", "ja", "Yamada", "en"), Verdict::Same);
    assert_ne!(verdict("山田", "ja", "Tanaka", "en"), Verdict::Same);
    assert_eq!(verdict("山田", "ja", "山田", "zh"), Verdict::Same);
}

#[test]
fn the_answer_says_where_names_differ() {
    let found = Matcher::compare("Alexey Overchuk", "en", "Alexei Ovechkin", "en");
    assert_eq!(found.difference, Some(("Overchuk".to_owned(), "Ovechkin".to_owned())));
    let turned = Matcher::compare("Alexei Ovechkin", "en", "Alexey Overchuk", "en");
    assert_eq!(turned.difference, Some(("Ovechkin".to_owned(), "Overchuk".to_owned())));
}

#[test]
fn a_nearer_rendering_is_more_probable() {
    for (right, wrong, lang) in [
        ("Гутьеррес", "Гонсалес", "ru"),
        ("غوتيريز", "غونزاليس", "ar"),
        ("グティエレス", "ゴンサレス", "ja"),
        ("구티에레스", "곤살레스", "ko"),
        ("古铁雷斯", "冈萨雷斯", "zh"),
        ("גוטיירס", "גונזלס", "he"),
    ] {
        let probability = |b| Matcher::probability("Gutierrez", "es", b, lang);
        assert!(probability(right) > probability(wrong), "{right} {wrong}");
    }
}

fn names() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "Overchuk",
        "Ovechkin",
        "al-",
        "van",
        "Ø",
        "Müller",
        "A.",
        "Jr.",
        "Соболева",
        "Дж.",
        "محمود",
        "وبوتين",
        "כהן",
        "צ'רני",
        "シャーロット",
        "ー",
        "·",
        "김",
        "문재인",
        "山田",
        "习近平",
        "Παπάς",
        "अनिल",
        "สมชาย",
        "ნინო",
        "ﬁ",
        "İ",
        "ß",
        "’s",
    ]);
    prop::collection::vec(words, 0..5).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn the_answer_is_symmetric(a in names(), b in names()) {
        let (x, y) = (Matcher::compare(&a, "en", &b, "ru"), Matcher::compare(&b, "ru", &a, "en"));
        prop_assert_eq!(x.margin.to_bits(), y.margin.to_bits());
        prop_assert_eq!(x.verdict, y.verdict);
        prop_assert_eq!(x.difference, y.difference.map(|(p, q)| (q, p)));
        prop_assert_eq!(x.probability.to_bits(), Matcher::probability(&a, "en", &b, "ru").to_bits());
    }

    #[test]
    fn a_name_is_itself(a in names()) {
        prop_assume!(a.chars().any(char::is_alphabetic));
        let found = Matcher::compare(&a, "", &a, "");
        prop_assert_eq!(found.verdict, Verdict::Same, "{}: {}", a, found.margin);
    }

    #[test]
    fn nothing_panics_on_any_text(a in "\\PC{0,40}", b in "\\PC{0,40}", lang in "ar|en|he|ja|ko|ru|tr|zh|") {
        let found = Matcher::compare(&a, &lang, &b, "en");
        prop_assert!((0.0..=1.0).contains(&found.probability));
        romanise(&a);
        keys(&b);
        if let Some(language) = recto::lang::find(&lang) {
            prop_assert_eq!(&recto::names::bare_forms(&a, language)[0], &a);
        }
    }
}

#[test]
fn a_text_of_any_length_is_answered() {
    let long = "Оверчук".repeat(500);
    assert_eq!(verdict(&long, "ru", &long, "ru"), Verdict::Same);
    assert_ne!(verdict(&long, "ru", "Overchuk", "en"), Verdict::Same);
    let many = "Anna ".repeat(500);
    assert_ne!(verdict(&many, "en", "Boris", "en"), Verdict::Same);
}

#[test]
fn two_initials_are_themselves() {
    let found = Matcher::compare("Jr. İ", "", "Jr. İ", "");
    assert_eq!(found.verdict, Verdict::Same, "{found:?}");
}
