"""The signature of what is sent to webhooks, by which receivers know that it is ours. Pure.

``Protokol-Signature: t=<seconds since 1970>,v1=<hexadecimal HMAC-SHA256>`` over ``t``, a dot and
the body's bytes, keyed by the secret's text. docs/webhooks.md has the receiver's side.
"""

import hashlib
import hmac

HEADER = "Protokol-Signature"


def signature(secret: str, body: bytes, moment: int) -> str:
    """The header's value for ``body`` sent at ``moment``, in seconds since 1970."""
    signed = str(moment).encode() + b"." + body
    return f"t={moment},v1={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"
