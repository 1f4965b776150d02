"""Surnames that are read otherwise than the same characters in a word; the first reading is the surname's own.

The dictionary's reading stands behind it, because that is what a clerk who does not know the family types.
"""

from __future__ import annotations

SINGLE: dict[str, str] = {
    "单": "shan dan", "曾": "zeng ceng", "仇": "qiu chou", "解": "xie jie", "区": "ou qu", "查": "zha cha",
    "覃": "qin tan", "朴": "piao pu", "盖": "ge gai", "尉": "wei yu", "乐": "yue le", "召": "shao zhao",
    "折": "she zhe", "翟": "zhai di", "员": "yun yuan", "贠": "yun yuan", "郇": "xun huan", "缪": "miao mou",
    "种": "chong zhong", "晟": "cheng sheng", "冼": "xian", "洗": "xian xi", "黑": "he hei", "祭": "zhai ji",
    "秘": "bi mi", "句": "gou ju", "佴": "nai er", "宓": "mi fu", "繁": "po fan", "能": "nai neng", "牟": "mou mu",
    "费": "fei bi", "隗": "wei kui", "郗": "xi chi", "郄": "qie xi", "那": "na nuo", "卜": "bu", "褚": "chu zhu",
    "都": "du dou", "行": "xing hang", "盛": "sheng cheng", "谌": "chen shen", "长": "chang zhang",
    "重": "chong zhong", "沈": "shen", "省": "xing sheng", "阚": "kan", "眭": "sui", "颉": "xie jie", "蔚": "yu wei",
    "莘": "shen xin", "乜": "nie mie", "贾": "jia gu", "薄": "bo bao", "柏": "bai bo", "伯": "bo bai", "不": "fou bu",
    "藏": "zang cang", "朝": "chao zhao", "谷": "gu yu", "降": "xiang jiang", "强": "qiang jiang", "奇": "qi ji",
    "厘": "xi li", "适": "kuo shi", "尹": "yin", "臧": "zang", "干": "gan", "撒": "sa", "相": "xiang", "过": "guo",
    "逄": "pang", "逯": "lu", "车": "che", "占": "zhan", "訾": "zi", "俟": "qi si", "敦": "dun", "哈": "ha",
}

DOUBLE: dict[str, tuple[str, ...]] = {
    "万俟": ("mo qi", "wan si", "wan qi"), "尉迟": ("yu chi", "wei chi"), "长孙": ("zhang sun", "chang sun"),
    "单于": ("chan yu", "shan yu", "dan yu"), "澹台": ("tan tai", "dan tai"), "令狐": ("ling hu",),
    "乐正": ("yue zheng", "le zheng"), "鲜于": ("xian yu",), "夏侯": ("xia hou",), "呼延": ("hu yan",),
    "宰父": ("zai fu",), "亓官": ("qi guan",), "淳于": ("chun yu",), "申屠": ("shen tu",), "太叔": ("tai shu",),
    "钟离": ("zhong li",), "宇文": ("yu wen",), "皇甫": ("huang fu",), "濮阳": ("pu yang",), "公冶": ("gong ye",),
    "仲孙": ("zhong sun",), "轩辕": ("xuan yuan",), "慕容": ("mu rong",), "闾丘": ("lv qiu",),
    "东方": ("dong fang",), "欧阳": ("ou yang",), "上官": ("shang guan",), "诸葛": ("zhu ge",), "司马": ("si ma",),
    "司徒": ("si tu",), "司空": ("si kong",), "端木": ("duan mu",), "独孤": ("du gu",), "南宫": ("nan gong",),
}

GIVEN: dict[str, str] = {
    "乐": "le yue", "长": "chang zhang", "行": "xing hang", "朝": "chao zhao", "重": "chong zhong", "茜": "qian xi",
    "晟": "sheng cheng", "盛": "sheng cheng", "曾": "zeng ceng", "单": "dan shan", "解": "jie xie", "柏": "bai bo",
    "都": "du dou", "莘": "xin shen", "蔚": "wei yu", "仇": "qiu chou", "藏": "cang zang", "那": "na nuo",
    "给": "gei ji", "还": "huan hai", "会": "hui kuai", "弹": "dan tan", "调": "diao tiao", "石": "shi",
    "卜": "bu", "车": "che", "阿": "a e", "吾": "wu", "佛": "fo fu", "俊": "jun", "洗": "xi xian", "不": "bu",
}
"""Characters of given names with several readings in use."""

PLACE: dict[str, str] = {
    "员": "yuan yun", "大": "da dai", "查": "cha zha", "堡": "bao bu pu", "六": "liu lu",
    "洞": "dong tong", "什": "shi shen", "巷": "xiang hang", "圩": "wei xu", "卡": "ka qia", "落": "luo lao la",
    "陂": "bei pi po", "召": "zhao shao", "弄": "nong long", "单": "dan shan", "荥": "xing ying",
    "泊": "po bo", "凹": "ao wa", "宿": "su xiu", "呷": "ga xia", "浒": "hu xu", "栖": "qi xi", "涌": "yong chong",
    "厦": "sha xia", "番": "fan pan", "龟": "gui qiu jun", "峒": "dong tong", "垌": "dong tong", "苴": "ju zha",
    "参": "can shen", "莎": "sha suo", "降": "jiang xiang", "蛤": "ha ge", "塞": "sai se",
    "茄": "qie jia", "铅": "qian yan", "柞": "zha zuo", "镐": "hao gao", "涡": "wo guo", "歙": "she xi",
    "渑": "mian sheng", "枞": "zong cong", "尉": "wei yu", "咀": "zui ju", "箐": "qing jing", "埔": "pu bu",
    "扎": "zha za", "绿": "lv lu", "牟": "mou mu", "戛": "ga jia", "觉": "jue jiao", "圈": "quan juan",
    "强": "qiang jiang", "桔": "ju jie", "棱": "leng ling", "湫": "qiu jiao", "碌": "lu liu",
    "模": "mo mu", "栅": "zha shan", "仔": "zai zi", "崴": "wai wei", "句": "ju gou", "囤": "tun dun",
    "浚": "jun xun", "筠": "jun yun", "犍": "qian jian", "秘": "mi bi", "蚌": "bang beng", "薄": "bao bo",
    "种": "zhong chong", "朴": "pu piao", "盖": "gai ge", "翟": "zhai di", "角": "jiao", "区": "qu",
    "系": "xi ji", "血": "xue xie", "咳": "ke hai", "脏": "zang", "壳": "qiao ke", "臂": "bi bei", "吐": "tu",
    "呕": "ou", "癌": "ai", "便": "bian", "结": "jie", "横": "heng", "创": "chuang", "症": "zheng",
    "中": "zhong", "数": "shu", "传": "chuan", "露": "lu lou", "度": "du", "骨": "gu", "瘤": "liu",
}
"""Characters of places, hospitals and diseases with several readings in use, or whose first reading is a rare one."""
