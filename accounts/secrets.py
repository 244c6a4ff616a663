"""Secrets of people's that are kept so that we can use them, encrypted at rest.

Fernet (AES-128-CBC, HMAC-SHA256), https://github.com/fernet/spec. The first of ``SECRETS_KEYS``
encrypts, all of them decrypt, so that keys can be changed: put the new one first, run
``manage.py reseal``, drop the old one. Without any, a key is derived from ``SECRET_KEY``.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(Exception):  # noqa: N818
    """None of the keys opens it: they were changed without sealing anew."""


def seal(secret: str) -> str:
    """``secret`` encrypted, as text; empty stays empty."""
    return _box().encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str) -> str:
    """What was sealed; Unreadable where no key fits."""
    if not sealed:
        return ""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def reseal(sealed: str) -> str:
    """The same secret, encrypted with the first key; Unreadable where no key fits."""
    if not sealed:
        return ""
    try:
        return _box().rotate(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def _box() -> MultiFernet:
    keys = [*settings.SECRETS_KEYS, settings.SECRET_KEY]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    """A Fernet key from any long text."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"protokol secrets")
    return base64.urlsafe_b64encode(derived.derive(key.encode()))
