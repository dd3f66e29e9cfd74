"""The frame in a real browser, on a small site of its own built by MkDocs and opened from disk."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from build_scripts.prune import prune

ROOT = Path(__file__).resolve().parents[2]
KAZAKH = "әғқңөұүһіӘҒҚҢӨҰҮҺІ"
SIGNS = "«»“”–—…№¹²0123456789"
SLUG = "kz-jo-extradition-2017"
TITLES = {"kk": "Адамдарды ұстап беру туралы келісім", "en": "Extradition agreement"}
OUTSIDE = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[\w-]+\.[\w.]+")
# names of namespaces, which a .docx has to state; nothing is asked of them
NAMESPACES = {("walkthrough-docx.js", f"http://{name}") for name in ("schemas.openxmlformats.org", "purl.org")}
REMARK = re.compile(r"^\s*(?://|/\*|\*).*$", re.MULTILINE)  # a line of a script that is only a comment
LOADED = {".html", ".css", ".js", ".svg", ".json"}


def article(lang: str, number: int, last: int) -> dict[str, object]:
    """The front matter of an article's page."""
    return {
        "title": f"{number}-бап <b>", "kind": "article", "eid": f"art_{number}", "citation": f"{TITLES[lang]}, {number}",
        "treaty": {"slug": SLUG, "short_title": TITLES[lang], "url": f"{SLUG}/index.html"},
        "articles": [
            {
                "number": str(n), "label": f"{n}-бап", "heading": f"Heading {n} <i>", "url": f"{SLUG}/art_{n}.html",
                "current": n == number,
            }
            for n in range(1, last + 1)
        ],
        "breadcrumb": [{"label": "Kelisim", "url": "index.html"}, {"label": f"{number}-бап"}],
    }


def write_page(file: Path, meta: dict[str, object], body: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\n{yaml.safe_dump(meta, allow_unicode=True)}---\n\n{body}\n", "utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """Both trees: a home page, a page of prose, sixty articles."""
    base = tmp_path_factory.mktemp("shell")
    for lang in ("kk", "en"):
        docs = base / "docs" / lang
        shutil.copytree(ROOT / "docs" / "assets", docs / "assets")
        write_page(docs / "index.md", {"kind": "home", "title": "Kelisim"}, '<h1 id="treaties">Kelisim</h1>')
        write_page(docs / "search.md", {"kind": "search", "title": "Search"}, "<h1>Search</h1>")
        write_page(docs / "about.md", {"title": "About"}, f"Text {KAZAKH} {SIGNS}\n\n## Қайдан\n\n[home](index.md)")
        for number in range(1, 61):
            text = f'<h1>{number}</h1><p class="law" style="font-family: var(--k-serif)">{KAZAKH} {SIGNS}</p>'
            end = '<p id="end" style="margin-top: 200vh">end</p>'
            write_page(docs / SLUG / f"art_{number}.md", article(lang, number, 60), text + end)
        tree = base / "site" / lang
        environment = {
            **os.environ, "KELISIM_LANG": lang, "KELISIM_DOCS": str(docs), "KELISIM_SITE": str(tree), "NO_MKDOCS_2_WARNING": "1",
        }
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--config-file", str(ROOT / "mkdocs.yml")]
        run = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=ROOT)
        assert run.returncode == 0, run.stderr
        assert "WARNING" not in run.stderr
        prune(tree)
    shutil.copy(ROOT / "docs" / "root" / "index.html", base / "site" / "index.html")
    return base / "site"


def address(site: Path, path: str) -> str:
    return (site / path).as_uri()


@pytest.fixture
def page(browser):
    """A page on a wide screen; it fails the test when a script fails."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    page = context.new_page()
    faults = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    yield page
    context.close()
    assert faults == []


@pytest.fixture
def phone(browser):
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="light")
    yield context.new_page()
    context.close()


ARTICLE = f"kk/{SLUG}/art_40.html"


def test_no_outside_address_in_anything_loaded(site):
    found = [
        f"{file.relative_to(site)}: {match.group()}"
        for file in sorted(site.rglob("*")) if file.suffix in LOADED
        for match in OUTSIDE.finditer(REMARK.sub("", file.read_text("utf-8")))
        if (file.name, match.group()) not in NAMESPACES
    ]
    assert found == []


def test_names_with_signs_of_html_are_shown_as_text(site, page):
    page.goto(address(site, ARTICLE))
    assert page.locator(".k-articles [aria-current]").inner_text().split("\n")[-1].endswith("Heading 40 <i>")
    assert page.title() == "40-бап <b> · Kelisim"
    assert page.locator(".k-articles i").count() == 0


def test_every_kazakh_letter_is_drawn_by_the_fonts_carried_along(site, page):
    for path, selector in ((ARTICLE, ".law"), ("kk/about.html", ".k-prose p")):
        page.goto(address(site, path))
        page.evaluate("document.fonts.ready")
        session = page.context.new_cdp_session(page)
        session.send("DOM.enable")
        session.send("CSS.enable")
        root = session.send("DOM.getDocument")["root"]["nodeId"]
        node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
        fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        assert [font["isCustomFont"] for font in fonts] == [True], fonts
        assert fonts[0]["familyName"].startswith("Noto")


def test_figures_do_not_dance(site, page):
    page.goto(address(site, ARTICLE))
    page.evaluate("document.fonts.ready")
    widths = page.evaluate("""() => ["Noto Serif K", "Noto Sans K"].map((family) => {
        const pen = document.createElement("canvas").getContext("2d");
        pen.font = `40px "${family}"`;
        return new Set([..."0123456789"].map((figure) => pen.measureText(figure).width)).size;
    })""")
    assert widths == [1, 1]


def test_appearance_is_chosen_remembered_and_there_before_paint(site, page):
    page.goto(address(site, ARTICLE))
    html, button = page.locator("html"), page.locator("#k-palette")
    assert html.get_attribute("data-md-color-scheme") == "default"
    button.click()
    assert button.get_attribute("aria-label") == "Көрініс: жарық"
    button.click()
    assert html.get_attribute("data-md-color-scheme") == "slate"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 24, 28)"
    page.goto(address(site, "en/about.html"))
    assert page.evaluate("localStorage.getItem('kelisim.palette')") == "dark"
    assert html.get_attribute("data-md-color-scheme") == "slate"
    button.click()
    assert html.get_attribute("data-md-color-scheme") == "default"
    page.emulate_media(color_scheme="dark")
    page.wait_for_selector("html[data-md-color-scheme=slate]")


def test_the_language_switch_keeps_page_and_place(site, page):
    page.goto(address(site, ARTICLE) + "#end")
    page.locator("[data-k-language=en]").click()
    assert page.url == address(site, f"en/{SLUG}/art_40.html") + "#end"
    page.goto(address(site, "index.html"))
    page.wait_for_url(address(site, "en/index.html"))
    page.goto(address(site, "index.html") + "#choose")
    assert page.locator("a[hreflang]").count() == 2


def test_slash_leads_to_the_search_but_not_out_of_a_field(site, page):
    page.goto(address(site, ARTICLE))
    field = page.locator("#k-search-input")
    page.keyboard.press("/")
    assert field.evaluate("field => field === document.activeElement")
    page.keyboard.type("12/5")
    assert field.input_value() == "12/5"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/kk/search\.html[?#]q=12%2F5$"))


def test_the_list_shows_the_article_that_is_read(site, page):
    page.goto(address(site, ARTICLE))
    here = page.locator(".k-articles__list [aria-current]")
    box = here.bounding_box()
    assert 60 < box["y"] < 850
    steps = page.locator(".k-articles__step a")
    assert steps.evaluate_all("links => links.map(link => link.rel)") == ["prev", "next"]
    steps.first.click()
    assert page.url == address(site, f"kk/{SLUG}/art_39.html")
    page.goto(address(site, f"kk/{SLUG}/art_1.html"))
    assert steps.evaluate_all("links => links.map(link => link.rel)") == ["next"]


def test_the_breadcrumb_leads_home_and_names_where_one_is(site, page):
    page.goto(address(site, ARTICLE))
    assert page.locator(".k-breadcrumb [aria-current]").inner_text() == "40-бап"
    page.locator(".k-breadcrumb a").click()
    assert page.url == address(site, "kk/index.html")


def test_the_place_in_the_address_is_not_covered_by_the_header(site, page):
    page.goto(address(site, ARTICLE) + "#end")
    header = page.locator(".k-header").bounding_box()
    assert page.locator("#end").bounding_box()["y"] >= header["y"] + header["height"]


def test_the_first_tab_leads_past_the_header(site, page):
    page.goto(address(site, ARTICLE))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "k-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "k-content"


def test_drawer_by_keyboard(site, phone):
    phone.goto(address(site, ARTICLE))
    menu, drawer = phone.locator("#k-menu"), phone.locator("#k-drawer")
    assert not drawer.is_visible()
    menu.focus()
    phone.keyboard.press("Enter")
    assert drawer.is_visible() and menu.get_attribute("aria-expanded") == "true"
    assert phone.evaluate("document.activeElement.id") == "k-drawer-close"
    for _ in range(80):  # more than the drawer has links: the focus never gets behind it
        phone.keyboard.press("Tab")
        assert phone.evaluate("!document.activeElement.closest('.k-header, .k-main, .k-footer, .k-skip')")
    phone.keyboard.press("Escape")
    assert not drawer.is_visible()
    assert phone.evaluate("document.activeElement.id") == "k-menu"


def test_drawer_by_touch(site, phone):
    phone.goto(address(site, ARTICLE))
    drawer = phone.locator("#k-drawer")
    phone.locator("#k-menu").click()
    assert phone.locator(".k-articles__list [aria-current]").bounding_box()["y"] < 844
    phone.mouse.click(380, 400)
    assert not drawer.is_visible()
    phone.locator("#k-menu").click()
    phone.locator("#k-drawer-close").click()
    assert not drawer.is_visible()


@pytest.mark.parametrize("path", [ARTICLE, "kk/about.html", "kk/index.html", "index.html#choose"])
def test_nothing_is_wider_than_a_phone(site, phone, path):
    phone.set_viewport_size({"width": 320, "height": 640})
    name, _, fragment = path.partition("#")
    phone.goto(address(site, name) + (f"#{fragment}" if fragment else ""))
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_script_everything_can_be_reached(site, browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = context.new_page()
    page.goto(address(site, ARTICLE))
    assert page.locator("#k-menu").get_attribute("href") == "#k-drawer"
    text, drawer = page.locator(".k-main").bounding_box(), page.locator("#k-drawer").bounding_box()
    assert drawer["y"] >= text["y"] + text["height"]
    page.locator("[data-k-language=en]").click()
    assert page.url.endswith(f"/en/{SLUG}/art_40.html")
    context.close()


def test_print_shows_the_text_only(site, page):
    page.goto(address(site, ARTICLE))
    page.emulate_media(media="print")
    for part in (".k-header", ".k-drawer", ".k-footer"):
        assert not page.locator(part).is_visible()
    assert page.locator(".law").is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_forced_colours_keep_the_place_in_the_list(site, page):
    page.emulate_media(forced_colors="active")
    page.goto(address(site, ARTICLE))
    here = page.locator(".k-articles__list [aria-current]")
    assert here.evaluate("link => getComputedStyle(link).borderInlineStartWidth") == "2px"
    assert here.evaluate("link => getComputedStyle(link).fontWeight") == "600"
