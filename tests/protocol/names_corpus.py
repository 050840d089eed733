"""Names that people type, in good faith and in bad: what the tests of names go through."""

# ruff: noqa: RUF001 (look-alikes are what it is about)

from typing import Final

__all__ = ["ALIKE", "APART", "BLANK", "FAIR", "LEADING", "MENDED", "MIXED", "RESERVED"]

FAIR: Final = tuple(
    name
    for line in """
Ann|Ben|Chloë|Zoë|José|Łukasz|Søren|Åsa|Ñandú|Çağla|İrem|Işıl|Đorđe|Þóra|Ægir|Œuvre|Straße|O'Brien|D’Arcy|Jean-Luc
Ann Lee|Ann-Marie|Mary Jane Watson|J. R. R. T.|Mr. X|#1 fan|C++|100%|A+B|x_y|~tilde~|Dr. Who?|¡Olé!|№5|R2D2|7|42|Ⅲ
Hans & Gretel|Ann (2)|@ann|Ann/Ben|1st|½|Ελένη|Γιώργος|Παναγιώτης|Анна|Ёлка|Йосиф|Владимир|Їжак|Ђорђе|Љубица|Қанат|Өмір
李雷|韩梅梅|王小明|欧阳锋|司马相如|诸葛亮|张三|陳大文|黃蓉|楊過|林黛玉|贾宝玉|孙悟空|龍|一|二|丁一|小红 2|阿Q|𠮷田|㐂|〇
たなか|タナカ|田中太郎|佐々木|ﾊﾝｶｸ|ひらがな|カタカナ|ゑゐ|コーヒー|김철수|이영희|박|남궁민수|홍길동|ㅋㅋ|가나다
محمد|فاطمة|عبد الله|نور الدين|زَيْنَب|مُحَمَّد|یاسمین|می‌خواهم|علی‌رضا|پوریا|گلناز|ژاله|اُردو|ۋېيغۇر|سلام ١٢
דניאל|שָׁלוֹם|רחל|יוֹסֵף|אבג|ܣܘܪܝܝܐ|ދިވެހި|ⴰⵎⴰⵣⵉⵖ|ኢትዮጵያ|አበበ|ትግርኛ
राम|सीता|कृष्ण|श्री|क्षितिज|अनुष्का|মৌসুমী|বাংলা|সৌম্য|ਗੁਰਪ੍ਰੀਤ|ਪੰਜਾਬੀ|ગુજરાતી|ଓଡ଼ିଆ|தமிழ்|கார்த்திக்|తెలుగు|రాజు|ಕನ್ನಡ|മലയാളം|സുമ
සිංහල|ශ්‍රී|ไทย|สมชาย|น้ำผึ้ง|กี่|ลาว|ນ້ຳ|ខ្មែរ|မြန်မာ|བོད་|ᠮᠣᠩᠭᠣᠯ|Монгол|ქართული|თამარ|Հայկ|Անահիտ
Nguyễn Thị Minh|Đặng Văn Hưng|Trần|Hồ Xuân Hương|ʻOkina|Māori|Kahurangi|Ọlá|Ẹ̀gbá|Àbíkẹ́|Ŋaba|Ɓala|ᏣᎳᎩ|ᐃᓄᒃᑎᑐᑦ|ꦗꦮ|ᬩᬮᬶ
🦊|🦊🐼|👩‍🚀|👨‍👩‍👧|👨‍👩‍👧‍👦|🏳️‍🌈|👋🏽|👩🏿‍🔬|🇨🇭|🇧🇷🇯🇵|❤️|☕️|⭐|Ann 🌻|🎲 Dice|Zoë 🧑‍🎨|☃|♟️|✂️|🧑🏻‍❤️‍💋‍🧑🏾
""Tom Lehrer|Guru Singh|Ram Guru|Alla|Co|Teagan|Hosta|Prófeta|Meister|Hodja|Lea Rahrer|Frau Holle|The Ann|L'Ann|Pan Tau
Anna/Анна|Иван Smith
田中Taro|ヤマダ花子|お茶の水|スーパーマン|ラーメン大好き小池さん|Tシャツ|김Min|이Bo|李Bruce|小明ㄅㄆ|Nidaนิดา|αβγ|β-Ann|Олег|Жанна|Сергій|Ґанна
Luis Maestro|Maestro Díaz|Jean Le Maître|Jan Meester|Ayşe Tanar|Kirsten Høst|M4x|7eo|Be11a
สมหญิง|ครูซ|ชลธิชา|ณัฐวุฒิ|लक्ष्मी|आरव|يوسف|خديجة|مريم|سرور|नूर|רחלי|מוריה|선우|하늘|서연|Thảo|Đỗ Thị|Lê Văn Cường|Nguyễn Giáo
Ann Hostetter|Wirt|Joe Root|Anna Müller-Lehrer|Jean L'Hôte|Max Leiter|Rose Director
Алексей Учитель|وليد المعلم|حسن مدرس|مشرف أحمد
ميسر علي|משה שרת|Ana Došen|Nguyễn Quan Trí|房主恩|官方平|大家友和|강사랑|방장미
ホストス|Nobody Knows|Tutti Frutti|没有人知道|みんな大好き
""".strip().splitlines()
    for name in line.split("|")
)
"""Shown as they are, to the last sign."""

BLANK: Final = (
    *("", " ", "   ", "\t", "\n", "\r\n", "\v", "\f", "\x1c", "\x85", "\u00a0", "\u1680", "\u2000", "\u2003"),
    *("\u2007", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000", "\u200b", "\u200c", "\u200d", "\u200e"),
    *("\u200f", "\u202a", "\u202e", "\u2060", "\u2063", "\u2066", "\u2069", "\u061c", "\ufeff", "\u00ad", "\u034f"),
    *("\u115f", "\u1160", "\u3164", "\uffa0", "\u17b4", "\u180e", "\u2800", "\u2800\u2800", "\ufffc", "\ufffd"),
    *("\ufe0f", "\ufe0e", "\U000e0100", "\U000e0041", "\U0001d159", "\U0001d173", "\u0301", "\u0301\u0302", "\u20dd"),
    *("\ue000", "\U000f0000", "\U0010ffff", "\uffff", "\ud800", "\x00", "\x07", "\x1b", "\x7f", "\u0600", "."),
    *("...", "-", "_", "!?", " . ", "\u200b.\u200b", "\u3164 \u3164", "\u200d\u200d\u200d", "\ufe0f\ufe0f", "、", "。"),
)
"""Nothing that a person could be called by."""

MENDED: Final = (
    ("  Ann \t Lee ", "Ann Lee"),
    ("a\nb", "a b"),
    ("Ann\u3000Lee", "Ann Lee"),
    ("\u00a0Ann\u00a0", "Ann"),
    ("Ann\u2028Ben", "Ann Ben"),
    ("Zoe\u0308", "Zoë"),
    ("A\u030asa", "Åsa"),
    ("\u1112\u1161\u11ab", "한"),
    ("a\u202eb", "ab"),
    ("\u202eAnn\u202c", "Ann"),
    ("\u2066Ann\u2069", "Ann"),
    ("\u200eAnn\u200f", "Ann"),
    ("\u061cعلي", "علي"),
    ("A\u200bn\u200bn", "Ann"),
    ("A\u2060nn", "Ann"),
    ("\ufeffAnn", "Ann"),
    ("An\u00adna", "Anna"),
    ("An\u034fn", "Ann"),
    ("Ann\u200d", "Ann"),
    ("A\u200dnn", "Ann"),
    ("A\u200cnn", "Ann"),
    ("\u200d🦊", "🦊"),
    ("🦊\u200d", "🦊"),
    ("علی\u200c", "علی"),
    ("ن\u200c\u200c\u200cن", "ن\u200cن"),
    ("A\ufe0fnn", "Ann"),
    ("❤\ufe0f\ufe0f", "❤\ufe0f"),
    ("Ann\u0000Ben", "AnnBen"),
    ("Ann\x1b[31m", "Ann[31m"),
    ("Ann\x7f", "Ann"),
    ("Ann\ud83d", "Ann"),
    ("Ann\ue000", "Ann"),
    ("Ann\U0010ffff", "Ann"),
    ("Ann\u3164", "Ann"),
    ("\u2800Ann\u2800", "Ann"),
    ("Ann\ufffc", "Ann"),
    ("\u0301Ann", "Ann"),
    ("x \u0301y", "x y"),
    ("x" + "\u0323" * 30, "x" + "\u0323" * 3),
    ("A\u20ddnn", "Ann"),
    ("1\ufe0f\u20e3", "1"),
    ("ﷺ", "صلى الله عليه وسلم"),
    ("Ⅷ", "VIII"),
    ("㌖", "キロメートル"),
    ("Ann\U000e0041", "Ann"),
    ("\u115f\u1160가", "가"),
    ("x" * 41, "x" * 40),
    ("龙" * 60, "龙" * 40),
    ("م" * 60, "م" * 40),
    ("ab " * 20, ("ab " * 14)[:40].strip()),
    ("x" * 39 + "👩\u200d🚀", "x" * 39),
    ("x" * 39 + "e\u0323\u0301" * 2, "x" * 39),
    ("🇨🇭" * 30, "🇨🇭" * 20),
    ("👨\u200d👩\u200d👧\u200d👦" * 9, "👨\u200d👩\u200d👧\u200d👦" * 5),
    ("নি" * 40, "নি" * 20),
    ("Ann" + " " * 300, "Ann"),
)
"""What is typed, and what is shown."""

ALIKE: Final = (
    ("Ann", "ann"),
    ("Ann Lee", "annlee"),
    ("Ann", "ANN"),
    ("Ann", "Аnn"),
    ("Anna", "Аnnа"),
    ("Ann", "Αnn"),
    ("Ann", "Ａｎｎ"),
    ("Ann", "𝐀𝐧𝐧"),
    ("Ann", "𝒜𝓃𝓃"),
    ("Ann", "𝔸𝕟𝕟"),
    ("Ann", "A\u200bnn"),
    ("Ann", "Ann\u3164"),
    ("Bill", "BiII"),
    ("Bill", "Bi11"),
    ("Bill", "Вill"),
    ("Bill", "Bi||"),
    ("Mom", "Morn"),
    ("Tom", "Torn"),
    ("Bob", "B0b"),
    ("Bob", "Воb"),
    ("Otto", "0tto"),
    ("Otto", "Оttо"),
    ("Max", "Мах"),
    ("Eve", "Еvе"),
    ("Pia", "Рia"),
    ("Cem", "Сem"),
    ("Yan", "Υan"),
    ("Hans", "Нans"),
    ("Tina", "Тina"),
    ("Kai", "Κai"),
    ("Xenia", "Хenia"),
    ("Jens", "Јens"),
    ("Sam", "Ѕam"),
    ("Ivo", "Ivo"),
    ("Ivo", "lvo"),
    ("Ivo", "1vo"),
    ("Nina", "Νina"),
    ("Zora", "Ζora"),
    ("Zoë", "Zoe\u0308"),
    ("Straße", "STRASSE"),
    ("Анна", "АННА"),
    ("Γιώργος", "ΓΙΏΡΓΟΣ"),
    ("李雷", "李 雷"),
    ("李雷", "李\u200b雷"),
    ("口", "ロ"),
    ("ｱｷ", "アキ"),
    ("علی رضا", "علی\u200cرضا"),
    ("❤", "❤\ufe0f"),
    ("Ana", "ᴀna"),
    ("Ana", "ᴀɴᴀ"),
    ("Rita", "ʀɪᴛᴀ"),
    ("Ana", "🅰na"),
    ("Ana", "ⓐⓝⓐ"),
    ("Ana", "ᵃⁿᵃ"),
)
"""Pairs that one room cannot have both of."""

APART: Final = (
    ("Ann", "Anna"),
    ("Ann", "Ann 2"),
    ("Ali", "All"),
    ("Zoe", "Zoë"),
    ("Ines", "Inès"),
    ("李雷", "李蕾"),
    ("王小明", "王小朋"),
    ("علی", "علا"),
    ("Ben", "Bea"),
    ("Tim", "Tom"),
    ("🦊", "🐼"),
    ("👋🏽", "👋🏿"),
    ("राम", "रमा"),
    ("たなか", "タナカ"),
    ("Ann-Marie", "Ann Marie 2"),
)
"""Pairs that one room can have both of."""

MIXED: Final = (
    *(
        "Аnna",
        "Аnnа",
        "Annа",
        "Αnn",
        "Рaul",
        "Anaл",
        "Zoя",
        "Miха",
        "Jо",
        "Ꭺna",
        "Օlga",
        "Gеorg 2",
        "Ann Вen",
        "q\u0303б",
    ),
    *("Αлла", "Ана\u03bd", "李Аnn", "Annа-Maria"),
)
"""Words of letters that look alike and belong to several scripts."""

RESERVED: Final = (
    *("Host", "host", "HOST", "H0ST", "h o s t", "Host 2", "host!", "The Host", "Ноst", "Ｈｏｓｔ", "𝐇𝐨𝐬𝐭", "H.o.s.t"),
    *("Teacher", "TEACHER", "the teacher", "T e a c h e r", "teacher 2", "Teacher 🍎", "ᴛᴇᴀᴄʜᴇʀ", "Теаcher", "Téacher"),
    *("老师", "老 师", "老師", "教师", "班主任", "Your Teacher", "Mr Teacher", "Professor", "Room host", "game-master"),
    *("Lehrer", "Lehrerin", "Frau Lehrerin", "Spielleitung", "Facilitador", "Anfitrión", "Profesora", "el profe"),
    *(
        "Professora",
        "Anfitriao",
        "Enseignant",
        "l'hôte",
        "L’hôte",
        "Maître du jeu",
        "Insegnante",
        "la maestra",
        "Leraar",
    ),
    *("Lärare", "Värd", "Nauczyciel", "Pan nauczyciel", "Prowadząca", "Učitelka", "Учитель", "ВЕДУЩИЙ", "Вчителька"),
    *(
        "Öğretmen",
        "ÖĞRETMEN",
        "Hocam",
        "Δάσκαλος",
        "ΚΑΘΗΓΗΤΗΣ",
        "المعلم",
        "معلمة",
        "میزبان",
        "آموزگار",
        "המורה",
        "מנחה",
    ),
    *(
        "शिक्षक",
        "अध्यापिका",
        "先生",
        "司会",
        "ホスト",
        "ﾎｽﾄ",
        "선생님",
        "진행자",
        "ครู",
        "อาจารย์",
        "Giáo viên",
        "Pak Guru",
        "Tuan rumah",
    ),
    *(
        "⽼师",
        "ⓗⓞⓢⓣ",
        "🅷🅾🆂🆃",
        "🄷🄾🅂🅃",
        "Ⓣeacher",
        "HO$T",
        "ho5t",
        "Ho5t 2",
        "teach3r",
        "7eacher",
        "@dmin",
        "adm1n",
        "l3hrer",
    ),
    *("ħost", "ɦost", "hɵst", "Ⱨost", "h\u0336o\u0336s\u0336t", "مُعَلِّم", "معلّم", "מוֹרֶה", "the ho5t"),
    *("Guru", "Maestro", "seño", "Maître", "Le Maître", "Meester", "lærer", "Laerer", "opettaja", "tanár", "Õpetaja"),
    *("mokytoja", "skolotājs", "せんせい", "教员", "쌤", "শিক্ষক", "Cikgu", "Sensei", "lǎoshī"),
    *("Server", "system", "Syѕtem", "Admin", "admin1", "Facilitator", "Moderator"),
    *(
        "Everyone",
        "Nobody",
        "Makersphere",
        "主持人",
        "主 持 人",
        "主持人2",
        "系统",
        "管理员",
        "服务器",
    ),
)
"""Nobody's."""

LEADING: Final = (
    *(
        "Ann (host)",
        "Host Ann",
        "Ann - teacher",
        "Ann-Host",
        "Ann_host",
        "H0st Ann",
        "ｈｏｓｔ Ann",
        "host2 Ann",
        "Ann/Host",
    ),
    *(
        "Lehrer Maier",
        "Herr Lehrer Maier",
        "Ann (Lehrer)",
        "Ann, der Lehrer",
        "Ann 🌻 Host",
        "Game Master Ann",
        "Ann, game-master",
    ),
    *(
        "王老师",
        "老师王",
        "王老師",
        "王老师2",
        "Ann老师",
        "主持人 李",
        "李(主持人)",
        "小明的老师",
        "小明房主",
        "教练张",
        "王教授",
    ),
    *(
        "王⽼师",
        "Ann (ⓗⓞⓢⓣ)",
        "Ann 🅷🅾🆂🆃",
        "Ann (ho5t)",
        "Teach3r Ann",
        "ħost Ann",
        "مُعَلِّم أحمد",
        "김쌤",
        "せんせい田中",
        "Laoshi Wang",
    ),
    *(
        "田中先生",
        "司会の田中",
        "田中ホスト",
        "ホスト田中",
        "教師A",
        "田中・司会",
        "김선생님",
        "선생님 김",
        "김교수",
        "진행자 김",
    ),
    *(
        "Profesora Ana",
        "Ana, profe",
        "Maître du jeu Ann",
        "Ann (hôte)",
        "Nauczyciel Jan",
        "Учитель Иван",
        "Ведущая Анна",
    ),
    *(
        "Ahmet hoca",
        "Δάσκαλος Νίκος",
        "المعلم أحمد",
        "استاد علی",
        "דנה (מורה)",
        "शिक्षक राम",
        "ครู สมชาย",
        "Cô giáo Thảo",
        "Pak Guru Budi",
    ),
)
"""With a word for whoever leads in them: nobody's at the door, though a host may give them."""
