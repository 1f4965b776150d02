"""One transaction on the store: the only place where anything is committed."""

from __future__ import annotations

from sqlalchemy import Connection

from backbone_desktop.services.ports import Actor, Clock, Record
from backbone_desktop.store.answers import Answers
from backbone_desktop.store.attachments import StoredAttachments
from backbone_desktop.store.audit import StoredAudit
from backbone_desktop.store.bulk import Bulk
from backbone_desktop.store.capture import Records
from backbone_desktop.store.claim_steps import StoredClaimSteps
from backbone_desktop.store.claims import StoredClaims
from backbone_desktop.store.decisions import StoredDecisions
from backbone_desktop.store.directory import StoredDirectory
from backbone_desktop.store.duplicates import StoredDuplicates
from backbone_desktop.store.enrolments import StoredEnrolments
from backbone_desktop.store.handovers import StoredHandovers
from backbone_desktop.store.household_acts import StoredHouseholdActs
from backbone_desktop.store.households import StoredHouseholds
from backbone_desktop.store.listings import StoredListings
from backbone_desktop.store.members import StoredMembers
from backbone_desktop.store.office import StoredAccounts, StoredDrafts, StoredOffice
from backbone_desktop.store.outbox import StoredOutbox
from backbone_desktop.store.printed_texts import StoredPrintedTexts
from backbone_desktop.store.prints import StoredPrints
from backbone_desktop.store.reference import StoredReference
from backbone_desktop.store.reviews import Reviews
from backbone_desktop.store.rosters import StoredRosters
from backbone_desktop.store.schemes import StoredSchemes
from backbone_desktop.store.setbacks import Setbacks
from backbone_desktop.store.sync import StoredSync
from backbone_desktop.store.trail import Trail
from backbone_desktop.store.villages import StoredVillages


class StoredUnit:
    """`services.ports.UnitOfWork` on an open connection; it lives in one function on one thread."""

    def __init__(self, connection: Connection, actor: Actor, clock: Clock, *, write: bool) -> None:
        self._connection = connection
        self._write = write
        self.audit = StoredAudit(connection, actor, clock)
        self.outbox = StoredOutbox(connection)
        trail = Trail(actor, clock, self.audit, self.outbox)
        self._records = Records(connection, trail)
        self.sync = StoredSync(connection, self.outbox, Answers(connection, clock, self._records, self.outbox),
                               Setbacks(connection, self._records))
        self.households = StoredHouseholds(connection)
        self.household_acts = StoredHouseholdActs(connection)
        self.members = StoredMembers(connection)
        self.enrolments = StoredEnrolments(connection)
        self.schemes = StoredSchemes(connection, clock)
        self.claims = StoredClaims(connection, self.schemes)
        self.attachments = StoredAttachments(connection)
        self.claim_steps = StoredClaimSteps(connection)
        self.decisions = StoredDecisions(connection)
        self.lists = StoredListings(connection, self.households, self.claims)
        self.drafts = StoredDrafts(connection, clock)
        self.accounts = StoredAccounts(connection)
        self.office = StoredOffice(connection)
        self.prints = StoredPrints(connection)
        self.reviews = Reviews(connection, trail)
        self.duplicates = StoredDuplicates(connection, self.reviews)
        self.reference = StoredReference(connection)
        self.directory = StoredDirectory(connection)
        self.printed = StoredPrintedTexts(connection)
        self.villages = StoredVillages(connection)
        self.handovers = StoredHandovers(connection)
        self.rosters = StoredRosters(connection, Bulk(connection, trail))

    def write(self, record: Record, act: str) -> None:
        self._need_write()
        self._records.write(record, act)

    def remove(self, record: Record, act: str = "remove") -> None:
        self._need_write()
        self._records.remove(record, act)

    def stand(self, record: Record, act: str) -> None:
        self._need_write()
        self._records.stand(record, act)

    def commit(self) -> None:
        """Raises what only the whole act can break: member.id_taken, household.number_taken, household.two_heads."""
        self._need_write()
        self._records.clashes.settle()
        try:
            self._connection.commit()
        except BaseException:
            self._connection.close()  # rolls back what the failed COMMIT left open
            raise

    def _need_write(self) -> None:
        if not self._write:
            raise RuntimeError("this unit of work only reads")
