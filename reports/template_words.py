"""What sections of templates are made of, in words."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "point": _("points of any matter"),
    "summary": _("a summary"),
    "topic": _("topics"),
    "decision": _("decisions"),
    "action_item": _("action items"),
    "question": _("open questions"),
    "figure": _("figures and dates"),
}
CONTEXTS = {
    "talk": _("the talk"),
    "earlier": _("the talk, beside the minutes of the meeting before in the series"),
    "sections": _("what other sections hold"),
}
RULES = {
    "words": _("sentences near to the title and the task"),
    "key_points": _("the sentences that say most of the whole"),
    "answers": _("questions with their answers"),
    "definitions": _("terms and what they mean"),
    "assignments": _("what the listeners are to do"),
    "done": _("what each person has done"),
    "plans": _("what each person will do"),
    "blockers": _("what hinders or worries each person"),
    "feedback": _("praise, criticism and advice"),
}
