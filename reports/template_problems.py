"""What is wrong with a template, in words."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reports.writers.outlines import stored
from reports.writers.outlines.stored import Problem

SENTENCES = {
    stored.NO_SECTIONS: _("There are no sections."),
    stored.TOO_MANY: _("There are too many sections."),
    stored.BAD_KEY: _("Its key “%(words)s” is not of small Latin letters, digits and “_”."),
    stored.KEY_TWICE: _("Its key “%(words)s” is that of another section as well."),
    stored.NO_TITLE: _("It has no title."),
    stored.TOO_LONG: _("Its title or what is written into it is too long."),
    stored.UNKNOWN: _("It rests on “%(words)s”, which is no section of this template."),
    stored.CYCLE: _("Sections rest on one another in a circle: %(words)s."),
    stored.NO_SOURCES: _("Say on which other sections it rests."),
    stored.SUMMARY_OF_TALK: _(
        "Only summaries and points can be made of other sections; this is read from the talk."
    ),
    stored.BAD_VALUE: _("It does not know “%(words)s”."),
}


def sentence(problem: Problem) -> str:
    """The problem for the person who made it, with the section's number."""
    told = str(SENTENCES[problem.code]) % {"words": problem.words}
    if problem.section is None:
        return told
    return gettext("Section %(number)d: %(problem)s") % {
        "number": problem.section + 1,
        "problem": told,
    }
