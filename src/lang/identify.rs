//! Which language a text or span is in: the script first, then n-grams of letters.
//!
//! The table (`languages.bin`, built by `tools/language-table` from lingua's models) serves spans and words: one
//! lookup an n-gram for all languages of a script. With the feature `lingua`, lingua judges documents and whatever
//! the table is unsure of.

use std::sync::LazyLock;

use unicode_script::{Script, UnicodeScript};

use super::text::lower;
use super::{Language, find};

/// Letters of a document that are looked at.
const LETTERS: usize = 3_000;

/// What a text is taken to be in.
#[derive(Debug, Clone, Copy)]
pub struct Guess {
    /// The language.
    pub language: &'static Language,
    /// By how many nats a letter it beats the next one; infinite where the script alone decides.
    pub margin: f64,
    /// Letters the guess rests on.
    pub letters: usize,
}

/// The language of a document or sentence; `None` where it holds no letters of a known script.
pub fn detect(text: &str) -> Option<Guess> {
    let guess = guess(text)?;
    #[cfg(feature = "lingua")]
    if guess.margin.is_finite() && (guess.letters >= 120 || guess.margin < DOUBT) {
        return Some(judged::by_lingua(text, guess));
    }
    Some(guess)
}

/// Under this margin, in nats a letter, the table alone is not sure.
#[cfg(feature = "lingua")]
const DOUBT: f64 = 0.15;

/// The language by script and table alone: cheap, the same in every build.
pub fn guess(text: &str) -> Option<Guess> {
    let script = dominant_script(text)?;
    let only =
        |tag: &str, letters| find(tag).map(|language| Guess { language, margin: f64::INFINITY, letters });
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(LETTERS).count();
    match script {
        Script::Hangul => only("ko", letters),
        Script::Hiragana | Script::Katakana => only("ja", letters),
        Script::Han => only(han(text), letters),
        Script::Greek => only("el", letters),
        Script::Hebrew => only("he", letters),
        Script::Armenian => only("hy", letters),
        Script::Thai => only("th", letters),
        Script::Georgian => only("ka", letters),
        Script::Bengali => only("bn", letters),
        Script::Gujarati => only("gu", letters),
        Script::Gurmukhi => only("pa", letters),
        Script::Kannada => only("kn", letters),
        Script::Malayalam => only("ml", letters),
        Script::Sinhala => only("si", letters),
        Script::Tamil => only("ta", letters),
        Script::Telugu => only("te", letters),
        Script::Ethiopic => only("am", letters),
        Script::Khmer => only("km", letters),
        Script::Lao => only("lo", letters),
        Script::Myanmar => only("my", letters),
        _ => {
            let group = group_of(script)?;
            let scores = score(group, text);
            let (best, first) = *scores.first()?;
            let second = scores.get(1).map_or(first, |&(_, score)| score);
            let counted = letters.max(1);
            Some(Guess { language: find(best)?, margin: (first - second) / counted as f64, letters })
        }
    }
}

/// By how many nats a letter a text is likelier in `a` than in `b`; `None` where the table cannot tell them
/// apart: another script, or a language it does not hold.
pub fn preference(text: &str, a: &Language, b: &Language) -> Option<f64> {
    let script = dominant_script(text)?;
    let group = group_of(script)?;
    let scores = score(group, text);
    let of = |language: &Language| {
        scores.iter().find(|(tag, _)| *tag == language.primary()).map(|(_, score)| *score)
    };
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(LETTERS).count().max(1);
    Some((of(a)? - of(b)?) / letters as f64)
}

/// A language a text is likelier in than in the one it is taken to be in.
#[derive(Debug, Clone, Copy)]
pub struct Instead {
    /// The likeliest language.
    pub language: &'static Language,
    /// By how many nats a letter it is likelier than the expected one.
    pub margin: f64,
}

/// The likeliest language of a text where that is not the expected one; `None` where it is, or where the table
/// does not hold the expected language or the script.
pub fn instead(text: &str, expected: &Language) -> Option<Instead> {
    let group = group_of(dominant_script(text)?)?;
    let scores = score(group, text);
    let (best, first) = *scores.first()?;
    if best == expected.primary() {
        return None;
    }
    let own = scores.iter().find(|(tag, _)| *tag == expected.primary())?.1;
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(LETTERS).count().max(1);
    Some(Instead { language: find(best)?, margin: (first - own) / letters as f64 })
}

/// How little a language would lead one to expect the letters of a text, nats a letter; `None` where the table does
/// not hold the language. Between 1 and 3 for most texts.
pub fn surprise(text: &str, language: &Language) -> Option<f64> {
    let group = group_of(Script::from_short_name(&language.script)?)?;
    let at = group.languages.iter().position(|tag| *tag == language.primary())? as u8;
    let (mut cost, mut letters) = (0_i64, 0_i64);
    walk(text, |run| {
        letters += 1;
        let mut keys = [0; 5];
        suffixes(run, &mut keys);
        let found = (1..=run.len()).rev().find_map(|length| {
            let entries = group.entries(keys[length - 1]);
            let entry = entries.chunks_exact(2).find(|entry| entry[0] == at)?;
            Some(i64::from(entry[1]) + STEP * (run.len() - length) as i64)
        });
        cost += found.unwrap_or(FLOOR).min(FLOOR);
    });
    (letters > 0).then(|| cost as f64 / 8.0 / letters as f64)
}

/// The script most letters of a text are in; kana makes Japanese of Han.
pub fn dominant_script(text: &str) -> Option<Script> {
    let mut counts: Vec<(Script, usize)> = Vec::new();
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(LETTERS);
    for script in letters.map(|c| c.script()) {
        match counts.iter_mut().find(|(known, _)| *known == script) {
            Some((_, count)) => *count += 1,
            None => counts.push((script, 1)),
        }
    }
    let count =
        |script: Script| counts.iter().find(|(known, _)| *known == script).map_or(0, |(_, count)| *count);
    let kana = count(Script::Hiragana) + count(Script::Katakana);
    let han = count(Script::Han);
    counts.retain(|(script, _)| !matches!(script, Script::Common | Script::Inherited));
    let (best, most) =
        counts.iter().max_by_key(|(script, count)| (*count, std::cmp::Reverse(*script as u8))).copied()?;
    // Kana in a tenth of the letters and more is Japanese; a name in katakana does not make Chinese Japanese.
    if kana > 0 && kana * 10 >= kana + han && kana + han >= most {
        return Some(Script::Hiragana);
    }
    Some(best)
}

/// Whether a language is written in a script.
pub fn writes(language: &Language, script: Script) -> bool {
    match script {
        Script::Hiragana | Script::Katakana => language.script == "Jpan",
        Script::Han => matches!(language.script.as_str(), "Hans" | "Hant" | "Jpan"),
        Script::Hangul => language.script == "Kore",
        other => Script::from_short_name(&language.script) == Some(other),
    }
}

/// Simplified or traditional, by characters that only one of them writes.
fn han(text: &str) -> &'static str {
    const SIMPLIFIED: &str = "们这国个来为时会说对学过还发没东车长门问间马鸟鱼语话请谢让认识见观现实开关书买卖听写头体难双边红绿银铁电脑网络总统战争议员联军队华盛顿纽约欧洲亚组织经济环报导记者图书馆计划动员获选举务员单亿万从与业专丛严丧临义乌乐习乡亲仅仓众优伟传伤伦侨债倾偿儿党兰兴养冲决况冻净减凤击划刘则刚创删别剂剑劳势区医协卫却厂历压厅厌厕县参变号叶员呜响哑唤啸团园围坏块坚坛坝坟坠垄垒垦垫声处备复够夺奋奖妆妇妈娄娱孙宁审宪宫宽宾寻导寿将尔尘尝尽层屉届属岁岂岗岛岭帅师帐帘带帮库应庙废庞异弃张弥弯弹强归录彻径忆忧怀态总恋恳恶悬惊惧惨惩惫惯愤愿懒戏战户扑执扩扫扬扰抚抛抢护报担拟拥择挂挤挥捞损换据掷携摄摆摇撑敌数斋断无旧旷昼显晓晕暂术机杀杂权条极构枪柜标栈栋树样档桥检楼榄欢欧歼毁毕氢汇汉汤沟沪沧泪泼泽洁浅浆浇测济浑浓涛润涨渐渔温湾湿满滚滞滤滥灭灯灵灾炉点炼烂烛烦烧热爱爷牵犹狭狮独狱猎猪献玛环珑琼画畅疗疯痒痪瘪皱盐监盖盘睁矫矿码砖确础祸离种积称稳穷窃竖竞笔笼筑筛签简粮紧纠红纤约级纪纯纲纳纵纷纸纹线练组细织终绍经绑结绕绘给络绝统继绩续维绿缓编缘缝缩缴罚罢罗羡职联聪肃肠肤肾肿胁胜胶脉脏脚脱脸腾舆舰舱艰艺节芦苍苏范茎荐荡荣药莱莲获营萧蓝虏虑虚虫虽蚀蚂补装见规视览觉触誉计订认讨让训议记讲许论设访证评识诉词译试诗诚话诞询该详语误说请诸读课谁调谈谋谎谓谢谣谱贝负贡财责败货质贩贪贫购贯贱贴贵贷贸费贺贼贾资赋赌赏赔赖赚赛赞赠赢赵趋跃践踪车轨轩转轮软轰轻载较辅辆辈辉输辑边辽达迁过迈运还这进远违连迟适选逊递逻遗邓邮邻郑酿释里鉴针钉钓钟钢钥钱钻铁铃铅铜铭银链销锁锅锋错锦键锻镇镜长门闪闭问闲间闷闹闻闽阁阅阐阔队阳阴阵阶际陆陈险随隐难雾静韩顶项顺须顾顿预领颇频颗题颜额风飞饭饮饰饱饲饶饼饿馆驱驳驶驻驾验骂骄骑骗骚骤鱼鲁鲜鸟鸡鸣鸭鸿鹅鹰黄黾齐齿龄龙龟";
    const TRADITIONAL: &str = "們這國個來為時會說對學過還發沒東車長門問間馬鳥魚語話請謝讓認識見觀現實開關書買賣聽寫頭體難雙邊紅綠銀鐵電腦網絡總統戰爭議員聯軍隊華頓紐約歐亞組織經濟環報導記圖館計劃動獲選舉務單億萬從與業專叢嚴喪臨義烏樂習鄉親僅倉眾優偉傳傷倫僑債傾償兒黨蘭興養衝決況凍淨減鳳擊劉則剛創刪別劑劍勞勢區醫協衛卻廠歷壓廳厭縣參變號葉響啞喚嘯團園圍壞塊堅壇壩墳墜壟壘墾墊聲處備復夠奪奮獎妝婦媽婁娛孫寧審憲宮寬賓尋壽將爾塵嘗盡層屜屆屬歲豈崗島嶺帥師帳簾帶幫庫應廟廢龐異棄張彌彎彈強歸錄徹徑憶憂懷態戀懇惡懸驚懼慘懲憊慣憤願懶戲戶撲執擴掃揚擾撫拋搶護擔擬擁擇掛擠揮撈損換據擲攜攝擺搖撐敵數齋斷無舊曠晝顯曉暈暫術機殺雜權條極構槍櫃標棧棟樹樣檔橋檢樓歡殲毀畢氫匯漢湯溝滬滄淚潑澤潔淺漿澆測渾濃濤潤漲漸漁溫灣濕滿滾滯濾濫滅燈靈災爐點煉爛燭煩燒熱愛爺牽猶狹獅獨獄獵豬獻瑪瓏瓊畫暢療瘋皺鹽監蓋盤矯礦碼磚確礎禍離種積稱穩窮竊豎競筆籠築篩簽簡糧緊糾纖級紀純綱納縱紛紙紋線練細終紹綁結繞繪給絕繼績續維緩編緣縫縮繳罰罷羅羨職聰肅腸膚腎腫脅勝膠脈臟腳脫臉騰輿艦艙艱藝節蘆蒼蘇範莖薦蕩榮藥萊蓮營蕭藍虜慮虛蟲雖蝕螞補裝規視覽覺觸譽訂討訓講許論設訪證評訴詞譯試詩誠誕詢該詳誤諸讀課誰調談謀謊謂謠譜貝負貢財責敗貨質販貪貧購貫賤貼貴貸貿費賀賊賈資賦賭賞賠賴賺賽贊贈贏趙趨躍踐蹤軌軒轉輪軟轟輕載較輔輛輩輝輸輯遼達遷邁運進遠違連遲適遜遞邏遺鄧郵鄰鄭釀釋裡鑑針釘釣鐘鋼鑰錢鑽鈴鉛銅銘鏈銷鎖鍋鋒錯錦鍵鍛鎮鏡閃閉閒悶鬧聞閩閣閱闡闊陽陰陣階際陸陳險隨隱霧靜韓頂項順須顧預領頗頻顆題顏額風飛飯飲飾飽飼饒餅餓驅駁駛駐駕驗罵驕騎騙騷驟魯鮮雞鳴鴨鴻鵝鷹黃齊齒齡龍龜";
    static SETS: LazyLock<(Vec<char>, Vec<char>)> = LazyLock::new(|| {
        let set = |own: &str, other: &str| {
            let mut set: Vec<char> = own.chars().filter(|&c| !other.contains(c)).collect();
            set.sort_unstable();
            set
        };
        (set(SIMPLIFIED, TRADITIONAL), set(TRADITIONAL, SIMPLIFIED))
    });
    let (mut simple, mut traditional) = (0_usize, 0_usize);
    for character in text.chars().take(LETTERS) {
        simple += usize::from(SETS.0.binary_search(&character).is_ok());
        traditional += usize::from(SETS.1.binary_search(&character).is_ok());
    }
    if traditional > simple { "zh-Hant" } else { "zh" }
}

/// Languages that share a script, and their n-grams.
struct Group {
    languages: Vec<&'static str>,
    keys: &'static [u8],
    starts: &'static [u8],
    entries: &'static [u8],
    /// Number of keys below each value of the upper sixteen bits: keys are spread evenly.
    below: Vec<u32>,
}

static GROUPS: LazyLock<Vec<Group>> = LazyLock::new(|| {
    let mut rest: &'static [u8] = include_bytes!("languages.bin");
    let mut take = |count: usize| {
        let (head, tail) = rest.split_at(count);
        rest = tail;
        head
    };
    let groups = take(1)[0];
    (0..groups)
        .map(|_| {
            let count = take(1)[0];
            let languages = (0..count)
                .map(|_| {
                    let length = take(1)[0] as usize;
                    std::str::from_utf8(take(length)).expect("tags are ASCII")
                })
                .collect();
            let size = word(take(4), 0) as usize;
            let keys = take(size * 4);
            let starts = take(size * 4 + 4);
            let entries = take(word(starts, size) as usize * 2);
            let mut below = vec![0_u32; (1 << 16) + 1];
            for index in 0..size {
                below[(word(keys, index) >> 16) as usize + 1] += 1;
            }
            for index in 1..below.len() {
                below[index] += below[index - 1];
            }
            Group { languages, keys, starts, entries, below }
        })
        .collect()
});

/// The `index`th little-endian word.
fn word(bytes: &[u8], index: usize) -> u32 {
    let at = index * 4;
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn group_of(script: Script) -> Option<&'static Group> {
    let index = match script {
        Script::Latin => 0,
        Script::Cyrillic => 1,
        Script::Arabic => 2,
        Script::Devanagari => 3,
        _ => return None,
    };
    GROUPS.get(index)
}

impl Group {
    /// The n-gram's entries: language and cost, by turns.
    fn entries(&self, key: u32) -> &'static [u8] {
        let upper = (key >> 16) as usize;
        let (mut low, mut high) = (self.below[upper] as usize, self.below[upper + 1] as usize);
        while low < high {
            let middle = usize::midpoint(low, high);
            if word(self.keys, middle) < key {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if low == self.keys.len() / 4 || word(self.keys, low) != key {
            return &[];
        }
        let range = word(self.starts, low) as usize * 2..word(self.starts, low + 1) as usize * 2;
        self.entries.get(range).unwrap_or_default()
    }
}

/// Cost of a letter that no n-gram explains, and of each step back to a shorter n-gram, in eighths of a nat.
const FLOOR: i64 = 112;
const STEP: i64 = 6;

/// Calls `each` with the letters before and at every letter of a text: those of its word, five at the most.
fn walk(text: &str, mut each: impl FnMut(&[char])) {
    let lowered = lower(text, false);
    let mut window = ['\u{0}'; 5];
    let (mut length, mut letters) = (0, 0);
    for character in lowered.chars() {
        if !(character.is_alphabetic() || super::text::is_mark(character)) {
            length = 0;
            continue;
        }
        letters += 1;
        if letters > LETTERS {
            break;
        }
        if length == window.len() {
            window.rotate_left(1);
            length -= 1;
        }
        window[length] = character;
        length += 1;
        each(&window[..length]);
    }
}

/// The keys of the n-grams that end a run, the shortest first.
fn suffixes(run: &[char], keys: &mut [u32; 5]) {
    for length in 1..=run.len() {
        keys[length - 1] = fnv(&run[run.len() - length..]);
    }
}

/// Log-likelihood of the letters of a text in every language of a group, best first, in nats. A letter is
/// explained by the longest n-gram of its word, up to five letters, that ends with it.
fn score(group: &Group, text: &str) -> Vec<(&'static str, f64)> {
    let mut costs = vec![0_i64; group.languages.len()];
    let mut best = vec![0_i64; group.languages.len()];
    let mut letters = 0;
    walk(text, |run| {
        letters += 1;
        best.fill(-1);
        let mut keys = [0; 5];
        suffixes(run, &mut keys);
        for length in (1..=run.len()).rev() {
            let backed = STEP * (run.len() - length) as i64;
            for entry in group.entries(keys[length - 1]).chunks_exact(2) {
                let language = entry[0] as usize;
                if best[language] < 0 {
                    best[language] = i64::from(entry[1]) + backed;
                }
            }
        }
        for (cost, best) in costs.iter_mut().zip(&best) {
            *cost += if *best < 0 { FLOOR } else { (*best).min(FLOOR) };
        }
    });
    if letters == 0 {
        return Vec::new();
    }
    let mut out: Vec<(&'static str, i64)> = group.languages.iter().copied().zip(costs).collect();
    out.sort_by_key(|&(tag, cost)| (cost, tag));
    out.into_iter().map(|(tag, cost)| (tag, -(cost as f64) / 8.0)).collect()
}

fn fnv(characters: &[char]) -> u32 {
    let mut buffer = [0; 4];
    characters.iter().fold(0x811c_9dc5, |hash, character| {
        character
            .encode_utf8(&mut buffer)
            .bytes()
            .fold(hash, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
    })
}

#[cfg(feature = "lingua")]
mod judged {
    //! lingua as judge. Its models are loaded when first asked, those of the text's script alone.

    use std::sync::LazyLock;

    use lingua::{IsoCode639_1, LanguageDetector, LanguageDetectorBuilder};

    use super::{Guess, LETTERS, find};

    static DETECTOR: LazyLock<LanguageDetector> =
        LazyLock::new(|| LanguageDetectorBuilder::from_all_languages().build());

    /// lingua's answer where it has one, the table's elsewhere. Only the top language is used: confidences differ
    /// in their last bits from run to run.
    pub(super) fn by_lingua(text: &str, guess: Guess) -> Guess {
        let sample: String = text.chars().take(LETTERS).collect();
        let Some(language) = DETECTOR.detect_language_of(sample) else { return guess };
        let code: IsoCode639_1 = language.iso_code_639_1();
        match find(&code.to_string()) {
            Some(language) if language.same_language(guess.language) => guess,
            Some(language) => Guess { language, ..guess },
            None => guess,
        }
    }
}
