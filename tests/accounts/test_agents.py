"""Names of browsers and programs."""

import pytest

from accounts.agents import device_of


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox, Linux",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 YaBrowser/25.8 "
            "Safari/537.36",
            "Yandex Browser, Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("curl/8.5.0", "curl"),
        ("", ""),
    ],
)
def test_a_browser_or_program_is_called_by_its_name(agent, told):
    assert device_of(agent) == told
