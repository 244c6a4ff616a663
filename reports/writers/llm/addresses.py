"""Which addresses are of the public internet. Pure."""

import ipaddress
from urllib.parse import urlsplit


def is_public(address: str) -> bool:
    """Whether ``address`` can be reached by anybody; embedded IPv4 addresses are judged too."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour
        if inner is not None:
            return is_public(str(inner))
        if parsed in ipaddress.ip_network("64:ff9b::/96"):
            return False
    return parsed.is_global and not parsed.is_multicast


def names_private_host(url: str) -> bool:
    """Whether ``url`` says plainly, without asking anybody, that it stays in a private network."""
    host = urlsplit(url).hostname or ""
    try:
        return not is_public(host)
    except ValueError:
        return "." not in host or host.endswith((".local", ".localhost", ".internal", ".lan"))
