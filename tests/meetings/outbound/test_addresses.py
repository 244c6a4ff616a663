"""Which addresses may be called, by what they say of themselves."""

import pytest

from meetings.outbound.addresses import Fault, fault_of, is_public

STRICT = {"https_only": True, "public_only": True}


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("https://example.com/protokol", None),
        ("https://example.com:8443/a?token=x%20y", None),
        ("https://пример.рф/крючок", None),
        ("http://example.com/", Fault.PLAIN),
        ("https://anna:secret@example.com/", Fault.CREDENTIALS),
        ("https://example.com/#part", Fault.MALFORMED),
        ("https://example.com:0/", Fault.MALFORMED),
        ("https://example.com:99999/", Fault.MALFORMED),
        ("https://exa mple.com/", Fault.MALFORMED),
        ("https://example.com\\@127.0.0.1/", Fault.MALFORMED),
        ("https://example.com/\r\nX-Header: 1", Fault.MALFORMED),
        ("ftp://example.com/", Fault.MALFORMED),
        ("https:///nowhere", Fault.MALFORMED),
        ("https://[::1", Fault.MALFORMED),
        ("//example.com/", Fault.MALFORMED),
        ("", Fault.MALFORMED),
        ("https://127.0.0.1/", Fault.PRIVATE),
        ("https://10.0.0.1/", Fault.PRIVATE),
        ("https://169.254.169.254/latest/meta-data/", Fault.PRIVATE),
        ("https://[fe80::1]/", Fault.PRIVATE),
        ("https://[::ffff:10.0.0.1]/", Fault.PRIVATE),
        ("https://localhost/", Fault.PRIVATE),
        ("https://valkey/", Fault.PRIVATE),
        ("https://metadata.google.internal/", Fault.PRIVATE),
    ],
)
def test_an_address_is_judged_by_what_it_says(url, fault):
    assert fault_of(url, **STRICT) == fault


@pytest.mark.parametrize("url", ["http://127.0.0.1:9000/hook", "http://receiver:9000/"])
def test_an_operator_may_allow_more(url):
    assert fault_of(url, https_only=False, public_only=False) is None


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::1", "::", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "fec0::1"),
        *("::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b:1::1", "::7f00:1"),
    ],
)
def test_addresses_inside_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "2002:5db8:d822::"])
def test_addresses_outside_are(address):
    assert is_public(address)
