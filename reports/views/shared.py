"""What a link to a meeting leads to: the meeting alone, to be read and heard, without an account.

Nothing here is kept by browsers or found by search engines, and no address of it is told to other
pages. Who has a link that is over, or none, finds nothing.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from accounts import acting
from accounts.errors import ProtokolError
from meetings.api.media import (
    media_response,
    peaks_key,
)
from meetings.errors import (
    NotMadeYet,
    TooManyTries,
)
from meetings.models import (
    MeetingLink,
)
from meetings.services import (
    recordings,
    sharing,
)
from reports.models import Minutes
from reports.serializers.exports import MinutesExportQuery
from reports.services import exporting
from reports.services.exporting import Asked
from transcription.api.transcripts import file_of
from transcription.models import Transcript
from transcription.serializers.transcripts import ExportQuery
from transcription.views import outline_answer, segments_answer

PRIVATE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}

View = Callable[..., HttpResponseBase]


def in_private(view: View) -> View:
    """Answers that nobody keeps, finds or passes on; 404 with a page of its own."""

    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponseBase:
        try:
            response = view(request, token)
        except (Http404, NotMadeYet):
            response = render(request, "reports/shared_over.html", status=404)
        except ProtokolError as error:
            headers = getattr(error, "headers", {})
            response = HttpResponse(
                str(error.detail), "text/plain; charset=utf-8", error.status, headers=headers
            )
        for name, value in PRIVATE.items():
            response.headers[name] = value
        return response

    return answer


@csrf_exempt  # it changes nothing; and without a referrer, browsers do not say where a form is from
@require_http_methods(["GET", "HEAD", "POST"])
@gzip_page
@in_private
def page(request: HttpRequest, token: str) -> HttpResponseBase:
    """The meeting: transcript, player and minutes; or the question for the password."""
    link = _link(request, token)
    if not _is_open(request, link):
        return _ask(request, link, token)
    if request.method == "POST":
        return HttpResponseRedirect(reverse("shared:page", args=[token]))
    sharing.note_opening(link)
    minutes = Minutes.objects.current(link.meeting)
    if minutes is not None:
        minutes.meeting = link.meeting
    addresses = {
        name: reverse(f"shared:{name}", args=[token])
        for name in ("media", "peaks", "segments", "outline", "transcript", "minutes")
    }
    return render(
        request,
        "reports/shared.html",
        {
            "meeting": link.meeting,
            "link": link,
            "remark": recordings.remark(link.meeting.recording),
            "may_edit": False,
            "minutes": minutes,
            "addresses": addresses,
            "media_url": addresses["media"],
            "peaks_url": addresses["peaks"],
        },
    )


@require_safe
@in_private
def media(request: HttpRequest, token: str) -> HttpResponseBase:
    """The rendition to play, with ``Range``; the uploaded file where the link allows it."""
    link = _opened(request, token)
    if "original" in request.GET:
        _may_download(link)
        return media_response(request, link.meeting, is_original=True)
    return media_response(request, link.meeting, is_original=False)


@require_safe
@in_private
def peaks(request: HttpRequest, token: str) -> HttpResponseBase:
    """The waveform."""
    key = peaks_key(_opened(request, token).meeting)
    with default_storage.open(key) as source:
        return HttpResponse(source.read(), content_type="application/json")


@require_safe
@gzip_page
@in_private
def segments(request: HttpRequest, token: str) -> HttpResponseBase:
    """The segments of the transcript that are asked for, to be read."""
    return segments_answer(request, _reading(_opened(request, token)))


@require_safe
@gzip_page
@in_private
def outline(request: HttpRequest, token: str) -> HttpResponseBase:
    """Every segment without its words, or where words stand."""
    return outline_answer(request, _reading(_opened(request, token)))


@require_safe
@in_private
def transcript(request: HttpRequest, token: str) -> HttpResponseBase:
    """The transcript as a file, where the link allows it."""
    link = _opened(request, token)
    _may_download(link)
    query = ExportQuery(data=request.GET)
    if not query.is_valid():
        raise Http404
    return file_of(link.meeting, query.validated_data)


@require_safe
@in_private
def minutes(request: HttpRequest, token: str) -> HttpResponseBase:
    """The newest minutes as a file, where the link allows it."""
    link = _opened(request, token)
    _may_download(link)
    found = Minutes.objects.current(link.meeting)
    query = MinutesExportQuery(data=request.GET)
    if found is None or not query.is_valid():
        raise Http404
    found.meeting = link.meeting
    asked = Asked(**query.validated_data)
    file = exporting.export(found, asked)
    exporting.note(found, asked)
    disposition = content_disposition_header(True, file.name) or "attachment"
    return HttpResponse(
        file.content,
        content_type=file.content_type,
        headers={"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"},
    )


def _reading(link: MeetingLink) -> dict[str, Any]:
    found = Transcript.objects.current(link.meeting)
    return {"meeting": link.meeting, "may_edit": False, "transcript": found}


def _link(request: HttpRequest, token: str) -> MeetingLink:
    """The link; whoever follows it is known to the audit log by it."""
    link = sharing.link_of(token)
    if link is None:
        raise Http404
    link.meeting.shown_alone = True
    acting.came_by_link(request, f"#{link.pk}")
    return link


def _opened(request: HttpRequest, token: str) -> MeetingLink:
    """The link, its password given where it has one."""
    link = _link(request, token)
    if not _is_open(request, link):
        raise Http404
    return link


def _may_download(link: MeetingLink) -> None:
    if not link.may_download:
        raise Http404


def _ask(request: HttpRequest, link: MeetingLink, token: str) -> HttpResponseBase:
    """The question; after the right answer, the page again."""
    context: dict[str, Any] = {"token": token}
    status = 200
    if request.method == "POST":
        try:
            if sharing.opens(link=link, password=request.POST.get("password", "")):
                request.session[_key(link)] = _seal(link)
                return HttpResponseRedirect(reverse("shared:page", args=[token]))
            context["is_wrong"], status = True, 403
        except TooManyTries as error:
            context["error"], status = error.detail, error.status
    return render(request, "reports/shared_password.html", context, status=status)


def _is_open(request: HttpRequest, link: MeetingLink) -> bool:
    if not link.has_password:
        return True
    return constant_time_compare(request.session.get(_key(link), ""), _seal(link))


def _key(link: MeetingLink) -> str:
    return f"link-{link.pk}"


def _seal(link: MeetingLink) -> str:
    """What the session keeps of a password that was given: nothing to guess it by."""
    return salted_hmac("meeting-link", link.password).hexdigest()
