"""The page on which people ask over meetings, and that of an answer."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.acts import Act
from accounts.errors import ProtokolError
from accounts.models import User
from accounts.services import audit
from meetings.access import shown_to
from reports.api.asking import question_of
from reports.forms.asking import QuestionForm
from reports.models import Question
from reports.services import asking
from transcription import meaning

SHOWN = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """What may be asked, and what the person asked before."""
    person = cast(User, request.user)
    form = QuestionForm(request.POST or None, person, initial={"q": request.GET.get("q", "")})
    if request.method == "POST" and form.is_valid():
        home = form.cleaned_data["workspace"]
        try:
            asked = asking.ask(
                by=person, workspace=home, text=form.cleaned_data["q"], about=form.about
            )
        except ProtokolError as error:
            form.add_error(None, str(error.detail))
        else:
            return redirect("questions:question", pk=asked.pk)
    context = {
        "form": form,
        "questions": Question.objects.visible_to(person)[:SHOWN],
        "is_on": meaning.is_on(),
    }
    return render(request, "reports/ask.html", context, status=400 if form.errors else 200)


@login_required
@require_safe
def question(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The answer, or that it is being looked for."""
    found = question_of(request.user, pk)
    context: dict[str, Any] = {"question": found}
    if not asking.in_sight([found], request.user):
        context["is_withheld"] = True
    elif not found.is_waiting:
        context |= _answer(request, found)
    return render(request, "reports/question.html", context)


@login_required
@require_POST
def forget(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete the question and its answer."""
    asking.forget(question=question_of(request.user, pk))
    messages.success(request, _("The question and its answer are deleted."))
    return redirect("questions:ask")


def _answer(request: HttpRequest, found: Question) -> dict[str, Any]:
    citations = found.citations()
    meetings = list({c.meeting_id: c.meeting for c in citations}.values())
    shown_to(request.user, meetings)
    audit.record_each(Act.MEETING_SEEN, of=meetings)
    return {"sentences": list(found.sentences.all()), "citations": citations}
