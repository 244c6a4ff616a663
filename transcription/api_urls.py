"""Routes of the API."""

from django.urls import path

from transcription.api import (
    bookmarks,
    edits,
    roll,
    search,
    segments,
    speakers,
    voices,
)
from transcription.api.transcripts import MeetingTranscript, TranscriptExport

urlpatterns = [
    path("search/", search.Search.as_view(), name="search"),
    path("search/meaning/", search.SearchByMeaning.as_view(), name="search-by-meaning"),
    path("meetings/<uuid:pk>/transcript/", MeetingTranscript.as_view(), name="transcript"),
    path(
        "meetings/<uuid:pk>/transcript/export/",
        TranscriptExport.as_view(),
        name="transcript-export",
    ),
    path(
        "meetings/<uuid:pk>/transcript/edits/",
        edits.TranscriptEdits.as_view(),
        name="transcript-edits",
    ),
    path(
        "meetings/<uuid:pk>/transcript/undo/",
        edits.TranscriptUndo.as_view(),
        name="transcript-undo",
    ),
    path(
        "meetings/<uuid:pk>/transcript/redo/",
        edits.TranscriptRedo.as_view(),
        name="transcript-redo",
    ),
    path(
        "meetings/<uuid:pk>/transcript/restore/",
        edits.TranscriptRestore.as_view(),
        name="transcript-restore",
    ),
    path(
        "meetings/<uuid:pk>/transcript/replace/",
        edits.TranscriptReplace.as_view(),
        name="transcript-replace",
    ),
    path(
        "meetings/<uuid:pk>/transcript/reassign/",
        segments.TranscriptReassign.as_view(),
        name="transcript-reassign",
    ),
    path("meetings/<uuid:pk>/speakers/", roll.MeetingSpeakers.as_view(), name="speakers"),
    path(
        "meetings/<uuid:pk>/speakers/export/",
        roll.SpeakersExport.as_view(),
        name="speakers-export",
    ),
    path("meetings/<uuid:pk>/bookmarks/", bookmarks.MeetingBookmarks.as_view(), name="bookmarks"),
    path("bookmarks/<int:pk>/", bookmarks.BookmarkDetail.as_view(), name="bookmark"),
    path("segments/<int:pk>/", segments.SegmentDetail.as_view(), name="segment"),
    path("segments/<int:pk>/split/", segments.SegmentSplit.as_view(), name="segment-split"),
    path("segments/<int:pk>/merge/", segments.SegmentMerge.as_view(), name="segment-merge"),
    path("speakers/<int:pk>/", speakers.SpeakerDetail.as_view(), name="speaker"),
    path("speakers/<int:pk>/merge/", speakers.SpeakerMerge.as_view(), name="speaker-merge"),
    path("speakers/<int:pk>/voice/", voices.SpeakerVoice.as_view(), name="speaker-voice"),
    path(
        "speakers/<int:pk>/suggestion/",
        voices.SpeakerSuggestion.as_view(),
        name="speaker-suggestion",
    ),
    path("workspaces/<int:pk>/voices/", voices.WorkspaceVoices.as_view(), name="known-voices"),
    path(
        "workspaces/<int:pk>/voices/rule/",
        voices.WorkspaceVoiceRule.as_view(),
        name="known-voices-rule",
    ),
    path("voices/<int:pk>/", voices.KnownVoiceDetail.as_view(), name="known-voice"),
]
