"""The people of the demo. All of them are made up; their numbers are valid in form and belong to nobody."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from backbone_core.identity import check_digit

COUNTY = "520625"
OFFICE = "示例县医疗保障局（演示）"
TOWNSHIP = "示例镇"
DEVICE_NAME = "演示电脑"
DEVICE_NO = "A01"
POLICY_YEAR = 2026
SCHEME = f"example-1900-60-{COUNTY}-{POLICY_YEAR}.json"
ACCOUNT = "demo"
DISPLAY_NAME = "演示员"
PASSWORD = "Yanshi-2026"
CHECKERS = (("chushen", "初审员"), ("fuhe", "复核员"))
"""Accounts of the two people of the county who check a claim, one after the other."""
PASSPHRASE = "demo passphrase, not a secret"


def id_no(born: str, order: int, county: str = COUNTY) -> str:
    """A number valid in form: county, birth date (yyyymmdd), order (odd = male), check digit."""
    first_17 = f"{county}{born}{order:03d}"
    return first_17 + check_digit(first_17)


@dataclass(frozen=True)
class Person:
    name: str
    id_no: str
    relation: str
    phone: str = ""
    bank_name: str = ""
    bank_account: str = ""


@dataclass(frozen=True)
class Family:
    household_no: str
    village: str
    group: str
    poverty_type: str
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Stay:
    """One hospital stay as it stands on the settlement sheet; the amounts add up."""

    hospital: str = "示例县人民医院"
    hospital_level: str = "2"
    diagnosis: str = "脑梗死（示例）"
    icd10: str = "I63.9"
    admitted: str = "2026-09-01"
    discharged: str = "2026-09-13"
    settled: str = "2026-09-13"
    invoice_no: str = "SL20260913001"
    costs: dict[str, str] = field(default_factory=lambda: {
        "medfee_sumamt": "45680.00", "fulamt_ownpay_amt": "3000.00", "overlmt_selfpay": "680.00",
        "preselfpay_amt": "2000.00", "inscp_scp_amt": "40000.00", "act_pay_dedc": "400.00",
        "hifp_pay": "28000.00", "hifmi_pay": "3500.00", "maf_pay": "2000.00", "fund_pay_sumamt": "33500.00",
        "psn_part_amt": "12180.00", "psn_cash_pay": "12180.00",
    })
    documents: tuple[str, ...] = (
        "ID_CARD", "INVOICE", "COST_LIST", "DISCHARGE_SUMMARY", "SETTLEMENT_SHEET", "BANK_CARD")


FAMILY = Family(
    household_no="", village="示例村", group="一组", poverty_type="一般贫困户",
    people=(
        Person("张示例", id_no("19800101", 1), "户主", "13900000001", "示例农村信用社", "6228480030123456789"),
        Person("李㛃", id_no("19820312", 2), "配偶", "13900000002"),
        Person("张小例", id_no("20120518", 3), "之子"),
        Person("张老例", id_no("19510909", 7), "之父"),
    ),
)

NEIGHBOURS = (
    Family("5206250001", "示例村", "一组", "低保贫困户", (
        Person("王测试", id_no("19751120", 11), "户主", "13900000011"),
        Person("赵䶮", id_no("19781002", 12), "配偶"),
    )),
    Family("5206250002", "样本村", "三组", "一般贫困户", (
        Person("覃样本", id_no("19690707", 14), "户主", "13900000012"),
        Person("单样本", id_no("19950815", 21), "之子", "13900000013"),
    )),
    Family("5206250003", "样本村", "二组", "五保贫困户", (Person("仇举例", id_no("19680223", 17), "户主"),)),
    Family("5206250004", "假设村", "四组", "一般贫困户", (
        Person("阿依古丽·示例", id_no("19860614", 8), "户主", "13900000015"),
        Person("古丽·样例", id_no("20100101", 10), "之女"),
    )),
)

OTHER_FAMILY = Family(
    household_no="5206250009", village="另一示例村", group="五组", poverty_type="一般贫困户",
    people=(
        Person("陈另例", id_no("19831224", 31), "户主", "13900000021"),
        Person("陈小例", id_no("20080808", 33), "之子"),
    ),
)

STAY = Stay()
STAY_REFUSED = replace(STAY, invoice_no="SL20260913002", diagnosis="腰椎间盘突出（示例）", icd10="M51.2")
STAYS = (
    (NEIGHBOURS[0].people[0], replace(STAY, invoice_no="SL20260913003", documents=())),  # brought no papers yet
    (NEIGHBOURS[1].people[0], STAY_REFUSED),
    (FAMILY.people[0], STAY),
)
"""The day's patients; an older ailment is refused."""
OTHER_STAYS = (
    (OTHER_FAMILY.people[0], replace(STAY, invoice_no="SL20260813005", documents=(), admitted="2026-08-01",
                                     discharged="2026-08-13", settled="2026-08-13")),
    (OTHER_FAMILY.people[0], replace(STAY, invoice_no="SL20260913004")),
)
