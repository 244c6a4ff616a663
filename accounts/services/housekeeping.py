"""What is over is not kept: codes, sign-ins, sessions, invitations, letters, old log."""

from datetime import timedelta
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import Invitation, TokenFamily
from accounts.services import audit, codes, post

KEPT = timedelta(days=30)
"""How long an invitation or a sign-in that is over can still be looked up by the operator."""


def forget() -> None:
    """Delete all of it; safe to run at any time, and twice."""
    before = timezone.now() - KEPT
    codes.forget()
    audit.forget()
    post.forget()
    TokenFamily.objects.filter(expires_at__lt=before).delete()
    Invitation.objects.filter(expires_at__lt=before).delete()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    alive = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=alive).delete()
