"""The guide is read inside the product: in the language of the page, by everybody."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from PIL import Image

from config import guide

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _ in settings.LANGUAGES]
PICTURE = re.compile(r'<img src="/static/([^"]+)" alt="([^"]+)" width="(\d+)" height="(\d+)"')
LINK = re.compile(r'href="(/guide/[^"]*)"')


@pytest.fixture
def read(client):
    """A page of the guide as whoever speaks a language gets it."""

    def get(language, path="/guide/"):
        answer = client.get(path, headers={"Accept-Language": language})
        assert answer.status_code == 200, path
        return answer.content.decode()

    return get


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_lead_to_every_chapter(read, language):
    files = sorted((guide.GUIDE / language).glob("[0-9]*.md"))
    shown = read(language)
    for file in files:
        title = file.read_text().splitlines()[0].removeprefix("# ")
        name = file.stem.partition("-")[2]
        assert f'href="/guide/{name}/" >{title}</a>' in shown
        assert f"<h1>{title}</h1>" in read(language, f"/guide/{name}/")
    assert f'lang="{language}"' in shown and ".md" not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_to_a_page_and_every_picture_is_there_in_its_size(read, language):
    pages = {path: read(language, path) for path in set(LINK.findall(read(language)))}
    assert len(pages) > 10
    for path, shown in pages.items():
        assert set(LINK.findall(shown)) <= {*pages, "/guide/"}, path
        assert shown.count("<img") == len(PICTURE.findall(shown)) == shown.count('loading="lazy"')
        for name, alt, *size in PICTURE.findall(shown):
            assert alt and name.startswith(f"guide/{language}-")
            with Image.open(finders.find(name)) as picture:
                assert [str(side) for side in picture.size] == size


def test_chapters_lead_to_those_before_and_after(read):
    assert 'rel="prev"' not in read("en", "/guide/sign-in/")
    assert 'rel="next" href="/guide/record/"' in read("en", "/guide/sign-in/")
    assert 'rel="prev" href="/guide/keys/"' in read("en", "/guide/search/")
    assert 'rel="next"' not in read("en", "/guide/search/")


def test_a_person_reads_it_in_their_own_language(browser, user):
    user.language = "ru"
    user.save()
    assert "Как работать с Протоколом" in browser.get("/guide/").content.decode()


@pytest.mark.parametrize("name", ["README", "nothing", "01-sign-in"])
def test_there_are_no_other_chapters(client, name):
    assert client.get(f"/guide/{name}/").status_code == 404


def test_html_in_a_chapter_is_text_and_no_script_is_linked(tmp_path):
    file = tmp_path / "01-x.md"
    file.write_text("# X\n\n<script>x</script> [a](javascript:x) **b**\n")
    body = guide._page(file).body
    assert "<script" not in body and "href" not in body and "<strong>b</strong>" in body


def test_it_is_linked_where_people_look_for_help(browser, client):
    assert 'href="/guide/"' in browser.get("/profile/").content.decode()
    client.logout()
    assert 'href="/guide/"' in client.get("/sign-in/").content.decode()


def test_it_costs_no_queries(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/guide/minutes/").status_code == 200


def test_the_image_of_the_web_has_it():
    ignored = (settings.BASE_DIR / ".dockerignore").read_text().splitlines()
    assert "docs" not in ignored and ignored.index("docs/*") < ignored.index("!docs/guide")
