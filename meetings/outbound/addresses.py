"""Which addresses people may have us call, and which are of the public internet. Pure."""

import ipaddress
from enum import StrEnum
from urllib.parse import urlsplit


class Fault(StrEnum):
    """What is wrong about an address."""

    MALFORMED = "malformed"
    CREDENTIALS = "credentials"
    PLAIN = "plain"
    PRIVATE = "private"


def fault_of(url: str, *, https_only: bool, public_only: bool) -> Fault | None:
    """Why ``url`` is not to be called, as far as it says so itself; None where it may be tried.

    Where its name leads is looked at when it is connected to.
    """
    try:
        parts = urlsplit(url)
        whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        whole = False
    if not whole or parts.scheme not in ("http", "https") or parts.fragment or not _plain(url):
        return Fault.MALFORMED
    if parts.username or parts.password:
        return Fault.CREDENTIALS
    if https_only and parts.scheme != "https":
        return Fault.PLAIN
    if public_only and names_private_host(url):
        return Fault.PRIVATE
    return None


def is_public(address: str) -> bool:
    """Whether ``address`` can be reached by anybody; embedded IPv4 addresses are judged too."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour
        if inner is not None:
            return is_public(str(inner))
        if parsed.is_site_local:
            return False
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


def names_private_host(url: str) -> bool:
    """Whether ``url`` says plainly, without asking anybody, that it stays in a private network."""
    host = urlsplit(url).hostname or ""
    try:
        return not is_public(host)
    except ValueError:
        return "." not in host or host.endswith((".local", ".localhost", ".internal", ".lan"))


def _plain(url: str) -> bool:
    """No spaces, controls or backslashes, which readers of addresses take differently."""
    return url.isprintable() and not set(url) & set(' \\"<>^`{|}')
