"""People are reminded of their action items by mail: some days before, and on the day itself.

A mail goes to the one member of the meeting's workspace whom the assignee's name means, or whose
address stands beside that name among the participants. A name that may be two people's reminds
nobody, and nobody without an account is written to, for they could not switch it off.
"""

import zoneinfo
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from accounts.models import Membership, User
from accounts.services import outgoing
from reports.addressees import address_of, addressee
from reports.models import ActionItem, Reminder
from reports.services import reminder_mails

TASK = "reports.tasks.send_reminders"
FIRST_HOUR = 8
"""No mail before eight in the morning, where the person lives."""

MOST_DAYS = 30


def remind() -> int:
    """Write down who is to be reminded of what today, and queue the mails; how many people."""
    now = timezone.now()
    near = now.date() - timedelta(days=1), now.date() + timedelta(days=MOST_DAYS + 1)
    members = Membership.objects.filter(user__is_active=True).select_related("user")
    items = (
        ActionItem.objects.open()
        .filter(due__range=near, meeting__binned_at=None)
        .exclude(assignee="")
        .select_related("meeting__workspace")
        .prefetch_related(
            Prefetch("meeting__workspace__memberships", members, to_attr="active"), "reminders"
        )
    )
    for item in items.iterator(chunk_size=500):
        person = person_of(item, _members(item))
        day = _day_to_remind(item, person, now) if person else None
        if person and day:
            Reminder.objects.get_or_create(item=item, recipient=person, day=day)
    waiting = Reminder.objects.filter(state=Reminder.State.PENDING, due_at__lte=now)
    people = list(waiting.values_list("recipient", flat=True).distinct().order_by("recipient"))
    transaction.on_commit(lambda: outgoing.queue(TASK, people))
    return len(people)


def _members(item: ActionItem) -> list[User]:
    """Active members of the item's workspace, from what ``remind`` fetched."""
    fetched: Any = item.meeting.workspace
    return [membership.user for membership in fetched.active]


def person_of(item: ActionItem, members: Iterable[User]) -> User | None:
    """The member whom the item's assignee means; None for nobody or for several."""
    people = {member.pk: member for member in members}
    by_name = addressee(item.assignee, {pk: member.name for pk, member in people.items()})
    if by_name is not None:
        return people[by_name]
    told = [address_of(participant) for participant in item.meeting.participants]
    named = addressee(item.assignee, {place: name for place, (name, _a) in enumerate(told)})
    address = told[named][1] if named is not None else ""
    return next((member for member in people.values() if address and member.email == address), None)


def deliver(*, recipient_id: int) -> None:
    """One mail with all that a person is to be reminded of, if nobody else has sent it."""
    person = User.objects.get(pk=recipient_id)
    wanted = _wanted(person)
    if not wanted:
        return
    try:
        with get_connection(fail_silently=False) as connection:
            claimed = _claim(wanted)
            if claimed:
                message = reminder_mails.reminder(person, [row.item for row in claimed])
                message.connection = connection
                message.send()
                outgoing.sent(_rows(claimed))
    except outgoing.TROUBLE as error:
        outgoing.put_off(Reminder.objects.filter(recipient=person), error)


def today_of(person: User, now: datetime) -> date:
    """The day it is where ``person`` lives."""
    return _local(person, now).date()


def _local(person: User, now: datetime) -> datetime:
    return now.astimezone(zoneinfo.ZoneInfo(person.time_zone or settings.TIME_ZONE))


def _day_to_remind(item: ActionItem, person: User, now: datetime) -> date | None:
    """The person's present day where a reminder of ``item`` is due on it and was not noted yet."""
    local = _local(person, now)
    today, due = local.date(), item.due
    if due is None or not person.mail_reminders or local.hour < FIRST_HOUR:
        return None
    first = due - timedelta(days=person.remind_days_before)
    if not first <= today <= due:
        return None
    noted = {row.day for row in item.reminders.all() if row.recipient_id == person.pk}
    is_first = not any(day >= first for day in noted)
    return today if is_first or (today == due and due not in noted) else None


def _wanted(person: User) -> list[int]:
    """The rows that still hold; of what is done, gone or not wanted any more nobody is told."""
    pending = Reminder.objects.filter(recipient=person, state=Reminder.State.PENDING)
    today = today_of(person, timezone.now())
    open_items = ActionItem.objects.visible_to(person).open().filter(due__gte=today)
    if not (person.is_active and person.mail_reminders):
        open_items = open_items.none()
    outgoing.skip(pending.exclude(item__in=open_items))
    return list(pending.values_list("pk", flat=True))


@transaction.atomic
def _claim(pks: list[int]) -> list[Reminder]:
    rows = Reminder.objects.select_for_update(skip_locked=True, of=["self"])
    found = list(rows.filter(pk__in=pks, state=Reminder.State.PENDING))
    outgoing.claim(_rows(found))
    items = ActionItem.objects.with_moment().in_bulk([row.item_id for row in found])
    for row in found:
        row.item = items[row.item_id]
    return sorted(found, key=lambda row: (str(row.item.due), str(row.item_id)))


def _rows(reminders: list[Reminder]) -> QuerySet[Reminder]:
    return Reminder.objects.filter(pk__in=[reminder.pk for reminder in reminders])
