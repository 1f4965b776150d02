"""The schemes that the server knows, and the act of giving it one: every claim under it is then worked out anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from backbone_core.change import microseconds, moment
from backbone_core.errors import RuleBroken
from backbone_core.scheme import Scheme, SchemeStatus, read_scheme, scheme_digest
from backbone_server.acts import note_act
from backbone_server.ledger import Ledger, knows_county
from backbone_server.recomputing import Judged, Recomputing, claims_under
from backbone_server.store.engine import Store, upsert
from backbone_server.store.tables import schemes


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownScheme:
    scheme: Scheme
    digest: str
    brought_at: datetime
    brought_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeTaken:
    """`recomputed` claims of the county bear this version; `differing` of them came to another benefit."""

    scheme: Scheme
    digest: str
    recomputed: int
    differing: int


def import_scheme(store: Store, text: str, *, by: str, now: datetime) -> SchemeTaken:
    """Keep a scheme file and work out anew what was claimed under it. The same file once more changes nothing.

    Raises RuleBroken with the path of every mistake, scheme.draft (only what was approved is anybody's rule) and
    scheme.exists (an approved version says something else).
    """
    scheme = read_scheme(text)
    digest = scheme_digest(scheme)
    if scheme.status is SchemeStatus.DRAFT:
        raise RuleBroken("scheme.draft", "status")
    with store.writing() as connection:
        ledger = Ledger(connection, scheme.county) if knows_county(connection, scheme.county) else None
        there = connection.execute(select(schemes.c.status, schemes.c.digest).where(
            schemes.c.county == scheme.county, schemes.c.scheme_id == scheme.scheme_id,
            schemes.c.version == scheme.version)).first()
        if there is not None and there.digest != digest and there.status == SchemeStatus.APPROVED:
            raise RuleBroken("scheme.exists", scheme_id=scheme.scheme_id, version=scheme.version)
        if there is None or there.digest != digest:
            upsert(connection, schemes, [{
                "county": scheme.county, "scheme_id": scheme.scheme_id, "version": scheme.version,
                "policy_year": scheme.policy_year, "status": str(scheme.status), "digest": digest, "text": text,
                "brought_at": microseconds(now), "brought_by": by,
            }])
            note_act(connection, scheme.county, "scheme.import", by=by, now=now, detail={
                "scheme_id": scheme.scheme_id, "version": scheme.version, "digest": digest})
        counted = Judged()
        if ledger is not None:
            recomputing = Recomputing(connection, ledger, scheme.county, now)
            counted = recomputing.judge(claims_under(connection, scheme))
            ledger.write()
    return SchemeTaken(scheme=scheme, digest=digest, recomputed=counted.judged, differing=counted.differing)


def known_schemes(connection: Connection, county: str = "") -> tuple[KnownScheme, ...]:
    """Of one county, or ("") of all; youngest policy year and newest version first."""
    query = select(schemes).order_by(schemes.c.county, schemes.c.policy_year.desc(), schemes.c.version.desc())
    rows = connection.execute(query.where(schemes.c.county == county) if county else query)
    return tuple(KnownScheme(scheme=read_scheme(row.text), digest=row.digest, brought_at=moment(row.brought_at),
                             brought_by=row.brought_by) for row in rows)
