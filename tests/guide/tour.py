"""Where the guide's tour stops, and what is done there before the picture is taken."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

Act = Callable[[Page, str], None]
"""What is done on a page; the text is the path of the sample."""

MEETING = "/meetings/{meeting}/"


def look(page: Page, sample: str) -> None:
    """Nothing."""


def choose(page: Page, sample: str) -> None:
    """A recording for the form of new meetings."""
    page.locator("#recording").set_input_files(sample)


def on_a_segment(key: str) -> Act:
    """A key with the focus on the third segment."""

    def press(page: Page, sample: str) -> None:
        page.locator(".segment__time").nth(2).focus()
        page.keyboard.press(key)
        page.locator(".segment-form, dialog[open]").first.wait_for()

    return press


def read_minutes(page: Page, sample: str) -> None:
    """The beginning of the minutes, with what one statement rests on."""
    page.locator(".statement a.statement__text").first.click()
    page.keyboard.press(" ")
    page.locator("#minutes").scroll_into_view_if_needed()


def edit_a_statement(page: Page, sample: str) -> None:
    """The form of the first statement."""
    page.locator(".statement__text").first.focus()
    page.keyboard.press("e")
    page.locator(".statement-form").scroll_into_view_if_needed()


def choose_options(page: Page, sample: str) -> None:
    """The dialog of the transcript's export."""
    page.locator("#exports summary").click()
    page.locator('[data-opens="transcript-export"]').click()
    page.wait_for_timeout(1500)


def share(page: Page, sample: str) -> None:
    """The dialog in which a meeting is shared."""
    page.locator('[data-opens="sharing"]').click()


def ask(page: Page, sample: str) -> None:
    """The answer to the question that the form came with."""
    page.locator(".looking button[type=submit]").click()
    page.locator("#citation-1").wait_for()


@dataclass(frozen=True)
class Stop:
    """A picture: its name, the address, what is done there, and how much of it is shown, pixels."""

    name: str
    address: str
    act: Act = look
    high: int = 800


STOPS = (
    Stop("new", "/meetings/new/", choose),
    Stop("meeting", MEETING),
    Stop("edit", MEETING, on_a_segment("e")),
    Stop("who-speaks", MEETING, on_a_segment("s")),
    Stop("speakers", MEETING + "speakers/"),
    Stop("minutes", MEETING, read_minutes),
    Stop("statement", MEETING, edit_a_statement),
    Stop("export", MEETING, choose_options),
    Stop("tasks", "/action-items/"),
    Stop("search", "/search/?q={word}"),
    Stop("answer", "/ask/?q={question}", ask, 560),
    Stop("share", MEETING, share),
    Stop("workspace", "/workspaces/{team}/"),
    Stop("audit", "/workspaces/{own}/audit/"),
)

WHILE_IT_WORKS = ("sign-in", "running", "meetings")
"""Pictures besides the stops."""
