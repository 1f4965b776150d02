"""Result files as an insurer makes them, and claims that wait for one."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from device_end import DeviceEnd, claim, household, member
from way_end import WAYS, put_steps

from backbone_core.receipt import receipt_number

TITLES = ("受理回执编号", "姓名", "核赔结论", "赔付金额（元）", "拒赔原因", "核赔日期", "案件号", "支付状态",
          "支付金额", "支付日期", "支付流水号", "失败原因")
APPROVED = ("核赔通过", "4819.20", "", "2019-09-10", "AJ1")
PART = ("部分赔付", "3,000.00", "材料不全；缺少费用清单原件", "2019/9/10", "AJ2")
REFUSED = ("拒赔", "", "既往症", "20190911", "AJ3")
UNPAID = ("", "", "", "", "")
ID_NUMBERS = ("520625198001010015", "530521197505050025", "513432198503151233")


def receipt(number: int) -> str:
    return receipt_number("520625", 2019, "A01", number)


def row(number: int, *decided: str, paid: Sequence[str] = UNPAID, name: str = "") -> tuple[str, ...]:
    return (receipt(number), name, *decided, *paid)


def csv_file(*rows: Sequence[str], titles: Sequence[str] = TITLES, encoding: str = "gb18030") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([titles, *rows])
    return out.getvalue().encode(encoding)


def book(*rows: Sequence[object], titles: Sequence[str] = TITLES, above: Sequence[str] = ()) -> bytes:
    """An .xlsx in which numbers are numbers and days are days, under a title of its own."""
    import datetime

    from xlsxwriter import Workbook

    out = io.BytesIO()
    made = Workbook(out, {"in_memory": True})
    sheet, day = made.add_worksheet("赔付结果"), made.add_format({"num_format": "yyyy-mm-dd"})
    for place, cells in enumerate([*([above] if above else []), titles, *rows]):
        for column, cell in enumerate(cells):
            if isinstance(cell, datetime.date):
                sheet.write_datetime(place, column, datetime.datetime.combine(cell, datetime.time()), day)
            else:
                sheet.write(place, column, cell)
    made.close()
    return out.getvalue()


def send_claims(end: DeviceEnd, count: int = 3, state: str = "reported", **other: Any) -> None:
    """Claims c1, c2 … of the members m1, m2 … of household h1, each worked out to 4,819.20 of 10,000 yuan."""
    end.change("household", "h1", household())
    for number in range(1, count + 1):
        end.change("member", f"m{number}", member("h1", id_no=ID_NUMBERS[number - 1],
                                                   name=f"测试{'甲乙丙'[number - 1]}",
                                                   relation="户主" if number == 1 else "之子"))
        end.change("claim", f"c{number}", claim(f"m{number}", "h1", receipt_no=receipt(number),
                                                bank_account="6228480030123456789", account_holder="测试甲",
                                                invoice_no=f"FP{number}", **other))
    first = len(end.changes) - 2 * count
    for number in range(1, count + 1):
        put_steps(end, f"c{number}", *WAYS[state])
    outcomes = {one.outcome.value for one in end.push(end.batch(first)).outcomes}
    assert outcomes == {"applied"}
