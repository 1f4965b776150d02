"""The code on a form that is no receipt: what the form states, hashed and signed by this device."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backbone_core.paper_proof import PaperProof, paper_hash, paper_qr_text, paper_signed_bytes
from backbone_desktop.services.forms import Form
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.rows import OfficeProfile


def proof_of(desk: Desk, office: OfficeProfile, form: Form, number: str, *, key: str,
             stated: Mapping[str, Any]) -> str:
    """The text of the code. `key` is the id of the record that the form is about, `stated` what it states as plain
    values: whoever checks the paper reads the same from the store and hashes it again.

    Raises `Unavailable("keys.device_missing")`.
    """
    digest = paper_hash(form, number, key, stated)
    signature = desk.signer.sign(paper_signed_bytes(form, number, digest))
    return paper_qr_text(PaperProof(form=form, number=number, county=office.county, device_no=office.device_no,
                                    content_hash=digest, signature=signature))
