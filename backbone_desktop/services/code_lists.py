"""The short lists that forms and rosters choose from: ethnic groups, relations and poverty types, with their codes.

Every value has its pinyin initials as clerks type them (without the 族 and 之 that most values share) and its pinyin.
"""

from __future__ import annotations

from typing import NamedTuple


class Coded(NamedTuple):
    """`code` is the standard's, "" where it has none for this value."""

    code: str
    value: str
    initials: str
    pinyin: str


def _read(text: str) -> tuple[Coded, ...]:
    return tuple(Coded(code.strip("-"), *rest) for code, *rest in map(str.split, text.split(";")))


ETHNIC_GROUPS = _read("""
    01 汉族 h hanzu; 02 蒙古族 mg menggu; 03 回族 hu huizu; 04 藏族 z zangzu; 05 维吾尔族 wwe weiwuer;
    06 苗族 m miaozu; 07 彝族 y yizu; 08 壮族 zh zhuangzu; 09 布依族 by buyi; 10 朝鲜族 cx chaoxian;
    11 满族 ma manzu; 12 侗族 d dongzu; 13 瑶族 ya yaozu; 14 白族 b baizu; 15 土家族 tj tujia; 16 哈尼族 hn hani;
    17 哈萨克族 hsk hasake; 18 傣族 da daizu; 19 黎族 l lizu; 20 傈僳族 ls lisu; 21 佤族 w wazu; 22 畲族 s shezu;
    23 高山族 gs gaoshan; 24 拉祜族 lh lahu; 25 水族 su shuizu; 26 东乡族 dx dongxiang; 27 纳西族 nx naxi;
    28 景颇族 jp jingpo; 29 柯尔克孜族 kekz keerkezi; 30 土族 t tuzu; 31 达斡尔族 dwe dawoer; 32 仫佬族 ml mulao;
    33 羌族 q qiangzu; 34 布朗族 bl bulang; 35 撒拉族 sl sala; 36 毛南族 mn maonan; 37 仡佬族 gl gelao;
    38 锡伯族 xb xibo; 39 阿昌族 ac achang; 40 普米族 pm pumi; 41 塔吉克族 tjk tajike; 42 怒族 n nuzu;
    43 乌孜别克族 wzbk wuzibieke; 44 俄罗斯族 els eluosi; 45 鄂温克族 ewk ewenke; 46 德昂族 de deang;
    47 保安族 ba baoan; 48 裕固族 yg yugu; 49 京族 j jingzu; 50 塔塔尔族 tte tataer; 51 独龙族 dl dulong;
    52 鄂伦春族 elc elunchun; 53 赫哲族 hz hezhe; 54 门巴族 mb menba; 55 珞巴族 lb luoba; 56 基诺族 jn jinuo;
    97 其他 qt qita; 98 外国血统中国籍人士 wg waiguoxuetong
""")
"""民族, GB/T 3304-1991; 97 and 98 as population registers add them."""

RELATIONS = _read("""
    02 户主 hz huzhu; 10 配偶 po peiou; 20 之子 z zi; 30 之女 n nv; 38 之儿媳 ex erxi; 28 之女婿 nx nvxu;
    41 之孙子 sz sunzi; 42 之孙女 sn sunnv; 43 之外孙子 wsz waisunzi; 44 之外孙女 wsn waisunnv; 51 之父 f fu;
    52 之母 m mu; 55 之岳父 yf yuefu; 56 之岳母 ym yuemu; 53 之公公 gg gonggong; 54 之婆婆 pp popo;
    61 之祖父 zf zufu; 62 之祖母 zm zumu; 63 之外祖父 wzf waizufu; 64 之外祖母 wzm waizumu;
    70 之兄弟姐妹 xdjm xiongdijiemei; - 之兄弟媳妇 xdxf xiongdixifu; - 之叔伯 sb shubo; 93 之侄儿 ze zhier;
    94 之侄女 zn zhinv; 47 之曾孙子 zsz zengsunzi; 48 之曾孙女 zsn zengsunnv; 97 其他 qt qita
""")
"""与户主关系 as the national roster templates name them, with the codes of GB/T 4761-2008 for the same relation.

The templates put elder and younger brothers' wives, and uncles on both sides, under one value; the standard does not.
"""

POVERTY_TYPES = _read("""
    - 一般贫困户 yb yibanpinkunhu; - 低保户 db dibaohu; - 低保贫困户 dbpk dibaopinkunhu; - 五保户 wb wubaohu;
    - 五保贫困户 wbpk wubaopinkunhu; - 特困供养贫困户 tk tekungongyangpinkunhu; - 一般农户 nh yibannonghu
""")
"""贫困户属性, the value set of the national roster templates; no standard gives them codes."""
