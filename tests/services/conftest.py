"""One store that is set up once, and a copy of it for every test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from backbone_desktop.services.accounts import SYSTEM
from backbone_desktop.services.office import set_up_office
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.registry import register_household
from backbone_desktop.services.typed import ClaimDraft
from backbone_desktop.store.opening import create_store, open_store
from tests.services.office_kit import (
    KEY,
    PAPERS,
    SCHEMES,
    ClaimMaker,
    Family,
    Office,
    household,
    office_on,
    setup_request,
)


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One store that is set up once; every test works on a copy."""
    path = tmp_path_factory.mktemp("office") / "office.db"
    store = create_store(path, KEY)
    system = office_on(store).as_(SYSTEM)
    scheme = (SCHEMES / "example-1900-60-520625-2019.json").read_text(encoding="utf-8")
    set_up_office(system, setup_request(), (scheme,))
    store.close()
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Office]:
    """A store in which no office is set up yet."""
    store = create_store(tmp_path / "office.db", KEY)
    yield office_on(store)
    store.close()


@pytest.fixture
def office(founded: Path, tmp_path: Path) -> Iterator[Office]:
    store = open_store(Path(shutil.copy(founded, tmp_path / "office.db")), KEY)
    yield office_on(store)
    store.close()


@pytest.fixture
def desk(office: Office) -> Desk:
    return office.desk


@pytest.fixture
def family(desk: Desk) -> Family:
    """A couple, registered and enrolled."""
    saved = register_household(desk, household())
    with desk.read() as work:
        man, woman = work.households.members(saved.household_id)
    return Family(saved, man.id, woman.id)


@pytest.fixture
def claim(family: Family) -> ClaimMaker:
    """A claim form that can be registered as it is: 9,932.00 left after all funds, 4,819.20 to be paid."""

    def make(costs: dict[str, str] | None = None, **other: Any) -> ClaimDraft:
        sheet = {"medfee_sumamt": "30,000.00", "hifp_pay": "18000", "hifmi_pay": "1068", "maf_pay": "1000",
                 "fund_pay_sumamt": "20068.00", "psn_part_amt": "9932.00", **(costs or {})}
        usual: dict[str, Any] = {
            "member_id": family.head_id, "hospital": "示例县人民医院", "hospital_level": "2A", "diagnosis": "测试诊断",
            "admitted": "2019-03-01", "discharged": "20190315", "settled": "2019年3月15日", "invoice_no": "0012345678",
            "documents": PAPERS, "bank_name": "示例银行", "bank_account": "6228480030123456789",
            "account_holder": "测试甲",
        }
        return ClaimDraft(**{**usual, **other}, costs=tuple(sheet.items()))

    return make
