//! The table of organisations: its shape, names of every script found in sentences, and ordinary words that are none.

use std::collections::BTreeSet;

use recto::lang::{self, gazetteer};

const TABLE: &str = include_str!("../src/lang/gazetteer/organisations.tsv");

/// Keys of the organisations a sentence names, in order; a name of several rows gives them joined by `/`.
fn scan(tag: &str, text: &str) -> Vec<String> {
    let language = lang::find(tag).expect("a language with a profile");
    let hits = gazetteer::index(language).scan(text, language);
    let organisations = hits.iter().map(|hit| {
        let rows = hit.rows.iter().filter(|row| row.kind == gazetteer::Kind::Organisation);
        rows.map(|row| row.key.trim_start_matches("org:")).collect::<Vec<_>>().join("/")
    });
    organisations.filter(|keys| !keys.is_empty()).collect()
}

#[test]
fn every_row_has_its_columns_and_a_key_of_its_own() {
    let mut lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let head: Vec<_> = lines.next().expect("a head").split('\t').collect();
    assert_eq!((head[0], head[1], head.len()), ("key", "en", 29));
    let mut keys = BTreeSet::new();
    for line in lines {
        let cells: Vec<_> = line.split('\t').collect();
        assert_eq!(cells.len(), head.len(), "columns of {}", cells[0]);
        assert!(cells[0].starts_with("org:"), "{}", cells[0]);
        assert!(keys.insert(cells[0]), "{} twice", cells[0]);
        assert!(!cells[1].is_empty(), "no English name of {}", cells[0]);
        for (cell, tag) in cells.iter().zip(&head).skip(1).filter(|(cell, _)| !cell.is_empty()) {
            let forms: Vec<_> = cell.split('|').collect();
            let unique: BTreeSet<_> = forms.iter().collect();
            assert_eq!(unique.len(), forms.len(), "{} {tag}: a form twice", cells[0]);
            assert!(forms.iter().all(|form| !form.is_empty() && form.trim() == *form), "{} {tag}", cells[0]);
        }
    }
    assert!(keys.len() >= 300, "{} rows", keys.len());
}

#[test]
fn acronyms_are_written_in_capitals() {
    for (key, acronym) in [
        ("org:nato", "NATO"),
        ("org:who", "WHO"),
        ("org:csto", "CSTO"),
        ("org:osce", "OSCE"),
        ("org:imf", "IMF"),
        ("org:fbi", "FBI"),
        ("org:wto", "WTO"),
        ("org:icc", "ICC"),
    ] {
        let line = TABLE.lines().find(|line| line.split('\t').next() == Some(key)).expect("a row");
        let english = line.split('\t').nth(1).expect("a cell");
        assert!(english.split('|').any(|form| form == acronym), "{key}: {english}");
    }
}

#[test]
fn names_are_found() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("en", "The UN Security Council met after the WHO warning.", &["unsc", "who"]),
        ("en", "Talks between NATO and the European Union resumed.", &["nato", "eu"]),
        ("en", "The Organisation for Security and Co-operation in Europe sent observers.", &["osce"]),
        ("en", "Officials told Reuters that the International Monetary Fund agreed.", &["reuters", "imf"]),
        ("en", "He worked for the Foreign Ministry and later for Gazprom.", &["ministry-foreign", "gazprom"]),
        ("en", "The State Duma passed the bill, TASS reported.", &["state-duma", "tass"]),
        ("en", "An Azerbaijan Airlines jet built by Embraer landed.", &["azal", "embraer"]),
        (
            "en",
            "Hezbollah and Hamas rejected the plan of the White House.",
            &["hezbollah", "hamas", "white-house"],
        ),
        ("pt", "A Organização do Tratado de Segurança Coletiva reuniu-se hoje.", &["csto"]),
        ("pt", "A ONU e a União Europeia condenaram o ataque.", &["un", "eu"]),
        ("pt", "O Ministério da Defesa negou, segundo a Lusa.", &["ministry-defence", "lusa"]),
        ("pt", "O Tribunal Penal Internacional abriu um inquérito.", &["icc"]),
        ("es", "La OTAN y el Fondo Monetario Internacional publicaron un informe.", &["nato", "imf"]),
        ("es", "El Banco Central Europeo subió los tipos.", &["ecb"]),
        ("es", "Lo publicó El País el lunes.", &["el-pais"]),
        ("fr", "Selon Le Monde, rien n’est fait.", &["le-monde"]),
        ("es", "Médicos Sin Fronteras pidió un alto el fuego.", &["msf"]),
        ("fr", "L'Organisation mondiale de la santé a publié un avis.", &["who"]),
        (
            "fr",
            "Le Conseil de l'Europe a saisi la Cour européenne des droits de l'homme.",
            &["council-of-europe", "echr"],
        ),
        ("fr", "Le ministre a quitté la Commission européenne et l'Otan.", &["european-commission", "nato"]),
        ("de", "Vertreter der Europäischen Union trafen sich im Weißen Haus.", &["eu", "white-house"]),
        ("de", "Der Internationale Strafgerichtshof ermittelt.", &["icc"]),
        ("de", "Das Auswärtige Amt und die OSZE äußerten sich.", &["ministry-foreign", "osce"]),
        (
            "it",
            "Il Fondo monetario internazionale e la Banca Mondiale sono d'accordo.",
            &["imf", "world-bank"],
        ),
        ("it", "La Croce Rossa ha chiesto aiuto all'Unione europea.", &["red-cross", "eu"]),
        ("nl", "De Europese Unie en de NAVO overleggen.", &["eu", "nato"]),
        (
            "pl",
            "Szef Organizacji Narodów Zjednoczonych przyjechał do siedziby Unii Europejskiej.",
            &["un", "eu"],
        ),
        ("pl", "Rzecznik Ministerstwa Obrony zaprzeczył.", &["ministry-defence"]),
        ("cs", "Zástupci Evropské unie a OBSE jednali.", &["eu", "osce"]),
        ("cs", "Podle Světové zdravotnické organizace případů ubývá.", &["who"]),
        ("ro", "Președintele Uniunii Europene a vorbit la Bruxelles.", &["eu"]),
        ("ro", "Ministerul Apărării și NATO au semnat.", &["ministry-defence", "nato"]),
        ("ru", "Саммит Организации Договора о коллективной безопасности завершён.", &["csto"]),
        ("ru", "В МИД и в Министерстве обороны это опровергли.", &["ministry-foreign", "ministry-defence"]),
        ("ru", "Эксперты Всемирной организации здравоохранения и МАГАТЭ прибыли.", &["who", "iaea"]),
        (
            "ru",
            "Депутаты Государственной Думы и Совета Федерации голосовали.",
            &["state-duma", "federation-council"],
        ),
        ("ru", "Представители Газпрома и Роснефти молчат.", &["gazprom", "rosneft"]),
        ("ru", "Об этом сообщает Интерфакс со ссылкой на Евросоюз.", &["interfax", "eu"]),
        ("uk", "Засідання Ради Безпеки ООН відбулося у вівторок.", &["unsc"]),
        ("uk", "У Міністерстві закордонних справ і СБУ підтвердили.", &["ministry-foreign", "sbu"]),
        ("uk", "Депутати Верховної Ради підтримали Європейський Союз.", &["verkhovna-rada", "eu"]),
        ("tr", "Dışişleri Bakanlığına göre Avrupa Birliği karar verdi.", &["ministry-foreign", "eu"]),
        ("tr", "Birleşmiş Milletler ve NATO'nun açıklaması.", &["un", "nato"]),
        ("tr", "NATO’ya göre TBMM değil, AB’nin kararı bekleniyor.", &["nato", "eu"]),
        ("az", "BMT-nin və NATO-nun bəyanatı.", &["un", "nato"]),
        ("fr", "Selon l’ONU et l’OMS, rien n’a changé.", &["un", "who"]),
        ("de", "Die Sprecherin des Bundestags und der Nato.", &["bundestag", "nato"]),
        ("tr", "Haberi Anadolu Ajansı duyurdu.", &["anadolu"]),
        ("az", "Xarici İşlər Nazirliyinin məlumatına görə ATƏT gələcək.", &["ministry-foreign", "osce"]),
        (
            "az",
            "Milli Məclisdə Türk Dövlətləri Təşkilatı müzakirə edildi.",
            &["milli-majlis", "turkic-states"],
        ),
        ("ar", "دعا مجلس الأمن الدولي إلى وقف إطلاق النار.", &["unsc"]),
        ("ar", "قالت وزارة الخارجية إن حلف شمال الأطلسي وافق.", &["ministry-foreign", "nato"]),
        ("ar", "قال متحدث للأمم المتحدة اليوم.", &["un"]),
        ("fa", "سازمان ملل متحد و اتحادیه اروپا بیانیه دادند.", &["un", "eu"]),
        ("fa", "سخنگوی وزارت امور خارجه با رویترز گفتگو کرد.", &["ministry-foreign", "reuters"]),
        ("he", "האיחוד האירופי גינה את חמאס.", &["eu", "hamas"]),
        ("he", "משרד הביטחון הודיע כי צה\"ל פתח בחקירה.", &["ministry-defence", "idf"]),
        ("zh", "联合国安理会周二召开会议。", &["unsc"]),
        ("zh", "据路透社报道，世界卫生组织发出警告。", &["reuters", "who"]),
        ("zh", "北约和欧盟发表声明。", &["nato", "eu"]),
        ("zh-Hant", "歐盟與聯合國討論了停火。", &["eu", "un"]),
        ("ja", "国連安保理は緊急会合を開いた。", &["unsc"]),
        ("ja", "北大西洋条約機構と欧州連合が声明を出した。", &["nato", "eu"]),
        ("ja", "ロイターによると、国際通貨基金は合意した。", &["reuters", "imf"]),
        ("ko", "유럽연합과 세계보건기구가 성명을 냈다.", &["eu", "who"]),
        ("ko", "연합뉴스는 외교부를 인용해 보도했다.", &["yonhap", "ministry-foreign"]),
        ("bg", "Европейският съюз и НАТО се договориха.", &["eu", "nato"]),
        ("el", "Η Ευρωπαϊκή Ένωση και το ΝΑΤΟ συμφώνησαν.", &["eu", "nato"]),
        ("hi", "संयुक्त राष्ट्र सुरक्षा परिषद की बैठक हुई।", &["unsc"]),
        ("th", "สหภาพยุโรปและนาโต้แถลงร่วมกัน", &["eu", "nato"]),
        ("vi", "Liên Hợp Quốc kêu gọi ngừng bắn.", &["un"]),
        ("id", "Uni Eropa dan Bank Dunia sepakat.", &["eu", "world-bank"]),
    ];
    let mut missed = Vec::new();
    for (tag, text, wanted) in cases {
        let found = scan(tag, text);
        let all = wanted.len() == found.len()
            && wanted.iter().zip(&found).all(|(key, keys)| keys.split('/').any(|other| other == *key));
        if !all {
            missed.push(format!("{tag}: {text}\n    wanted {wanted:?}, found {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{} of {}:\n{}", missed.len(), cases.len(), missed.join("\n"));
    let languages: BTreeSet<_> = cases.iter().map(|(tag, ..)| tag).collect();
    assert!(cases.len() >= 60 && languages.len() >= 15);
}

#[test]
fn ordinary_words_are_no_organisations() {
    let cases = [
        ("en", "It is not clear who told us about it."),
        ("en", "She ate an apple and fed the cat near the amazon doll."),
        ("en", "A shell hit the house; the oracle was silent."),
        ("en", "She’ll be late, and the ship too."),
        ("es", "El país votó el domingo."),
        ("fr", "Le monde a changé."),
        ("it", "Due persone sono arrivate."),
        ("he", "הם נאמנים לאום כולו."),
        ("en", "The times are hard, and the guardian of the gate slept."),
        ("en", "Target prices and the gap in wages grew."),
        ("en", "Labour shortages persisted in a bild of sorts."),
        ("en", "They are meta and they will sputnik no more."),
        ("pt", "A meta fiscal não foi cumprida e eu não sei."),
        ("pt", "O shell do navio e a apple da esquina."),
        ("es", "Es la meta de todos, y el vox de la calle."),
        ("fr", "Il y a un cas, et un tas de sable."),
        ("it", "La gru del porto è ferma. Consulta il sito."),
        ("de", "Das Bild hing neben dem Fenster."),
        ("ro", "Nu mai este nimic de spus în luna mai."),
        ("ru", "Рады сообщить, что спутник вышел на орбиту."),
        ("uk", "Ради цього вони приїхали."),
        ("he", "הוא פתח את הדלת של חברת של אחיו."),
        ("zh", "他买了三个苹果，日产两百吨。"),
        ("zh", "国务院总理出席会议。"),
    ];
    for (tag, text) in cases {
        assert_eq!(scan(tag, text), Vec::<String>::new(), "{tag}: {text}");
    }
}
