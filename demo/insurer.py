"""The insurer's side of the demo: result files that the centre's administrator takes in by commands."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from backbone_desktop.words.facts import CHINA
from demo import county
from demo.server import ServerProcess

TITLES = "受理回执编号,核赔结论,赔付金额,拒赔原因,核赔日期,案件号,支付状态,支付金额,支付日期,支付流水号"


class Insurer:
    def __init__(self, server: ServerProcess, folder: Path) -> None:
        self._server, self._folder = server, folder

    def pays(self, receipt_no: str, amount: int) -> None:
        """Approve a claim and pay it; `amount` in fen."""
        day, money = self._today(), f"{amount // 100}.{amount % 100:02d}"
        self._answers(receipt_no, f"核赔通过,{money},,{day},AJ-{receipt_no},已支付,{money},{day},LS-{receipt_no}")

    def refuses(self, receipt_no: str, reason: str) -> None:
        self._answers(receipt_no, f"拒赔,0,{reason},{self._today()},AJ-{receipt_no},,,,")

    def _answers(self, receipt_no: str, row: str) -> None:
        """What the county checked twice is reported, and comes back as a file."""
        self._server.command("claims", "report", "--county", county.COUNTY, receipt_no)
        self._folder.mkdir(parents=True, exist_ok=True)
        file = self._folder / f"result-{receipt_no}.csv"
        file.write_text(f"{TITLES}\n{receipt_no},{row}\n", "gb18030")
        self._server.command("decisions", "import", str(file), "--county", county.COUNTY, "--insurer", "示例人寿")

    def _today(self) -> str:
        return datetime.now(CHINA).date().isoformat()
