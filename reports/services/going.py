"""What minutes have to do with a meeting that is deleted."""

from typing import Any

from django.utils.translation import gettext, ngettext

from accounts.models import User
from meetings.models import Deletion, Meeting
from meetings.services import deletion, traces
from meetings.signals import Part
from reports.models import (
    ActionItem,
    Archive,
    CalendarFeed,
    Comment,
    LlmCall,
    Mailing,
    Minutes,
    Question,
    Reminder,
    ReviewMail,
    Statement,
    TemplatePreview,
)
from reports.services import archives


def parts(meeting: Meeting, **rest: Any) -> list[Part]:
    """What goes with the meeting; the number of approved minutes is their seal."""
    minutes = Minutes.objects.filter(meeting=meeting)
    versions = minutes.count()
    items = ActionItem.objects.filter(meeting=meeting).count()
    comments = Comment.objects.filter(minutes__meeting=meeting).count()
    sent = Mailing.objects.filter(minutes__meeting=meeting).count()
    counted = [
        (
            versions,
            ngettext("%(n)s version of the minutes", "%(n)s versions of the minutes", versions),
        ),
        (items, ngettext("%(n)s action item", "%(n)s action items", items)),
        (comments, ngettext("%(n)s comment", "%(n)s comments", comments)),
        (sent, ngettext("the record of %(n)s mailing", "the record of %(n)s mailings", sent)),
    ]
    found = [Part(text % {"n": count}) for count, text in counted if count]
    number = getattr(meeting, "protocol_number", None)
    if number is not None and minutes.filter(state=Minutes.State.APPROVED).exists():
        seal = f"{number.number}/{number.year}"
        found.append(Part(gettext("approved minutes no. %(number)s") % {"number": seal}, seal))
    return found


def wipe(meeting: Meeting, **rest: Any) -> None:
    """Take the meeting's words out of rows that outlive it."""
    archives.forget(meeting_id=meeting.pk)
    LlmCall.objects.filter(meeting=meeting).update(said="")
    statements = Statement.objects.filter(section__minutes__meeting=meeting)
    traces.wipe_answers_of("statement", statements)
    traces.wipe_answers_of("comment", Comment.objects.filter(minutes__meeting=meeting))
    traces.wipe_answers(Minutes.objects.filter(meeting=meeting).values_list("pk", flat=True))


def forget_exports(meeting: Meeting, **rest: Any) -> None:
    """With a recording go the exports that hold it."""
    archives.forget(meeting_id=meeting.pk)


def forget_export(instance: Archive, **rest: Any) -> None:
    """With the row of an export, however it goes, goes its zip."""
    if instance.state != Archive.State.EXPIRED:
        deletion.note(
            Deletion.Kind.EXPORT, archives.prefix_of(instance), cause=Deletion.Cause.PERSON
        )


def signed(**rest: Any) -> list[Any]:
    """The meetings that have approved minutes."""
    approved = Minutes.objects.filter(state=Minutes.State.APPROVED)
    return [approved.values("meeting")]


def forget_person(user: User, **rest: Any) -> None:
    """With an account go its calendar, its own exports, and mails that were to be sent to it."""
    CalendarFeed.objects.filter(user=user).delete()
    Archive.objects.filter(asked_by=user, workspace=None).delete()
    Reminder.objects.filter(recipient=user).delete()
    ReviewMail.objects.filter(recipient=user).delete()
    TemplatePreview.objects.filter(asked_by=user).delete()
    Question.objects.filter(asked_by=user).delete()
