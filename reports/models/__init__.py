"""The minutes of a meeting and what belongs to them."""

from reports.models.action_items import ActionItem, ActionItemQuerySet, CarriedItem
from reports.models.archive import Archive, ArchiveMail
from reports.models.calendar_feed import CalendarFeed
from reports.models.edits import Edit
from reports.models.language_models import LanguageModel, LlmCall
from reports.models.mailing import Delivery, Mailing
from reports.models.minutes import Evidence, Minutes, MinutesQuerySet, Section, Statement
from reports.models.question import AnswerSentence, Citation, Question
from reports.models.reminder import Reminder
from reports.models.review import Approval, Comment, ProtocolNumber, Review
from reports.models.review_mail import ReviewMail
from reports.models.template import DefaultTemplate, Template, TemplatePreview
from reports.models.usage import WorkspaceUsage

__all__ = [
    "ActionItem",
    "ActionItemQuerySet",
    "AnswerSentence",
    "Approval",
    "Archive",
    "ArchiveMail",
    "CalendarFeed",
    "CarriedItem",
    "Citation",
    "Comment",
    "DefaultTemplate",
    "Delivery",
    "Edit",
    "Evidence",
    "LanguageModel",
    "LlmCall",
    "Mailing",
    "Minutes",
    "MinutesQuerySet",
    "ProtocolNumber",
    "Question",
    "Reminder",
    "Review",
    "ReviewMail",
    "Section",
    "Statement",
    "Template",
    "TemplatePreview",
    "WorkspaceUsage",
]
