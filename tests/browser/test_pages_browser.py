"""The pages of treaties and articles in a real browser, built by MkDocs and opened from disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from build_scripts.compose import compose
from build_scripts.pages import Walkthrough, write_pages
from build_scripts.pages.words import write_words
from build_scripts.prune import prune
from tests.conftest import CRIME, EXTRADITION, ROOT

EN, KK = f"en/{EXTRADITION}", f"kk/{EXTRADITION}"
NAMED = f"{EN}/art_12.html#art_12__para_2__point_e"
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
FIXED = ("index.html", "instruments.html", "references.html", "terms.html", "about.html")

CONTRASTS = """() => {
  const channel = (v) => v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4;
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map((v) => channel(Number(v)));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (!/, 0\\)$/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const words = ".k-words p, .k-heading, .k-num, .k-head, .k-remark summary, .k-remark__title";
  return Array.from(document.querySelectorAll(words), (e) => {
    const pair = [light(getComputedStyle(e).color), light(behind(e))].sort((a, b) => a - b);
    return [e.className || e.tagName, (pair[1] + 0.05) / (pair[0] + 0.05)];
  });
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory, library) -> Path:
    """Both trees, without the search's data and the walkthrough's page."""
    base = tmp_path_factory.mktemp("pages")
    for lang in ("kk", "en"):
        docs, tree = base / "docs" / lang, base / "site" / lang
        shutil.copytree(ROOT / "docs" / "assets", docs / "assets")
        write_words(ROOT / "docs" / "interface", lang, docs / "assets" / "javascripts" / "words.js")
        walkthrough = Walkthrough(EXTRADITION, "?", "walkthroughs/w.html", {"art_4__para_3": (("Q", "walkthroughs/w.html#q"),)})
        write_pages(library, docs, lang, walkthroughs=[walkthrough], project=ROOT)
        environment = {
            **os.environ, "KELISIM_LANG": lang, "KELISIM_DOCS": str(docs), "KELISIM_SITE": str(tree), "NO_MKDOCS_2_WARNING": "1",
        }
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--config-file", str(ROOT / "mkdocs.yml")]
        run = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=ROOT)
        assert run.returncode == 0, run.stdout + run.stderr
        prune(tree)
    return base / "site"


LAW = """() => {
  const style = getComputedStyle(document.querySelector(".k-unit--paragraph .k-words p, .k-unit--point .k-words p, .k-words p"));
  const ink = getComputedStyle(document.body).getPropertyValue("--k-ink").trim();
  const probe = document.body.appendChild(document.createElement("span"));
  probe.style.color = ink;
  const same = getComputedStyle(probe).color === style.color;
  probe.remove();
  return [parseFloat(style.fontSize), same, style.fontFamily.includes("Serif"), style.marginBlockStart];
}"""


@pytest.fixture
def open_page(browser, site):
    """Opens a page of the site from disk; a fault in article.js, or a request that leaves the disk, fails the test."""
    contexts, faults = [], []

    def open_(address: str, **options):
        context = browser.new_context(**{"viewport": WIDE, "color_scheme": "light", **options})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: "article.js" in (fault.stack or "") and faults.append(str(fault)))
        page.on("request", lambda request: request.url.startswith("file:") or faults.append(request.url))
        path, mark, fragment = address.partition("#")
        page.goto((site / path).as_uri() + mark + fragment)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert faults == []


def tops(page, selector: str) -> list[float]:
    return [round(box["y"]) for box in (item.bounding_box() for item in page.locator(selector).all()) if box]


def test_the_words_of_the_law_are_large_and_black_whatever_other_style_sheets_say(open_page) -> None:
    page = open_page(f"{EN}/art_12.html")
    assert page.evaluate(LAW) == [17, True, True, "0px"]


def test_the_columns_of_a_row_begin_at_one_height_and_keep_their_measure(open_page):
    page = open_page(f"{EN}/art_12.html")
    for row in page.locator(".k-row:not(.k-heads)").all():
        tops_ = {round(cell.bounding_box()["y"]) for cell in row.locator("> .k-cell").all()}
        assert len(tops_) == 1
    left, right = (page.locator("#art_12__para_1 .k-words").nth(n).bounding_box() for n in (0, 1))
    assert left["x"] + left["width"] < right["x"]
    assert abs(left["width"] - right["width"]) < 2


def test_a_line_holds_about_55_to_70_letters(open_page):
    page = open_page(f"{EN}/art_12.html")
    letters = page.evaluate("""() => {
      const p = document.querySelector("#art_12__para_5 [lang='en'] p");
      return p.textContent.length / Math.round(p.offsetHeight / parseFloat(getComputedStyle(p).lineHeight));
    }""")
    assert 48 <= letters <= 70


def test_the_provision_named_in_the_address_is_marked_and_its_number_has_the_focus(open_page):
    page = open_page(NAMED)
    unit = page.locator("#art_12__para_2__point_e")
    plain = page.locator("#art_12__para_2__point_d").evaluate("e => getComputedStyle(e).backgroundColor")
    assert unit.evaluate("e => getComputedStyle(e).backgroundColor") != plain
    focused = page.locator(":focus")
    expect(focused).to_have_accessible_name("Article 12(2)(e)")
    expect(page.locator(".k-tools")).to_be_visible()
    top = unit.bounding_box()["y"]
    assert 60 <= top < 400


CITATIONS = {
    ("short", "ENG"): "Extradition agreement, art. 12(2)(e)",
    ("short", "ҚАЗ"): "Адамдарды ұстап беру туралы келісім, 12-баптың 2-тармағының e) тармақшасы",
    ("short", "РУС"): "Соглашение о выдаче лиц, пп. e) п. 2 ст. 12",
    ("long", "ENG"): "Agreement between the Republic of Kazakhstan and the Hashemite Kingdom of Jordan on the extradition of "
                     "persons (Astana, 1 November 2017), Article 12(2)(e)",
    ("long", "ҚАЗ"): "Қазақстан Республикасы мен Иордан Хашимит Корольдігі арасындағы адамдарды ұстап беру туралы келісімнің "
                     "(Астана, 2017 жылғы 1 қараша) 12-бабы 2-тармағының e) тармақшасы",
    ("long", "РУС"): "подпункт e) пункта 2 статьи 12 Соглашения между Республикой Казахстан и Иорданским Хашимитским "
                     "Королевством о выдаче лиц (Астана, 1 ноября 2017 года)",
    ("markdown", "ENG"): "[Extradition agreement, art. 12(2)(e)]({link})",
    ("html", "ENG"): '<a href="{link}">Extradition agreement, art. 12(2)(e)</a>',
}


def test_copy_link_and_citations_in_every_style(open_page, site):
    page = open_page(NAMED)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tools, said = page.locator(".k-tools"), page.locator(".k-said[role=status]")
    link = (site / f"{EN}/art_12.html").as_uri() + "#art_12__para_2__point_e"
    tools.get_by_role("button", name="Copy link").click()
    expect(said).to_contain_text(link)
    assert page.evaluate("navigator.clipboard.readText()") == link
    for (style, lang), words in CITATIONS.items():
        tools.get_by_role("combobox", name="Style of the citation").select_option(style)
        tools.get_by_role("button", name=f"Copy citation · {lang}").click()
        wanted = words.replace("{link}", link)
        expect(said).to_contain_text(wanted)
        assert page.evaluate("navigator.clipboard.readText()") == wanted
    page.reload()
    expect(page.locator(".k-tools select")).to_have_value("html")  # remembered


def test_the_page_composes_every_citation_as_python_does(open_page, library):
    """Copied text of each row of a page, in each language and style, against compose.py."""
    page = open_page(f"{EN}/index.html")
    rows = page.evaluate("""() => {
      const forms = JSON.parse(document.getElementById("k-cite").textContent);
      const filled = (lang, style, words) => [lang, style, forms[lang][style].replace("{provision}", words)];
      return [...document.querySelectorAll(".k-row[data-cite]")].map((row) => {
        const long = "aside" in row.dataset ? "aside" : "long";
        const cited = Object.entries(JSON.parse(row.dataset.cite));
        return [row.dataset.eid, cited.flatMap(([lang, [a, b]]) => [filled(lang, "short", a), filled(lang, long, b)])];
      });
    }""")
    data = library.treaty(EXTRADITION).data
    assert len(rows) > 100
    for eid, cited in rows:
        for lang, style, words in cited:
            assert words == compose(data, eid, lang, "short" if style == "short" else "long")


def test_where_copying_is_refused_the_words_stand_selected(open_page):
    page = open_page(NAMED)
    page.evaluate("""() => {
      Object.defineProperty(navigator, "clipboard", { value: undefined });
      document.execCommand = () => false;
    }""")
    page.locator(".k-tools").get_by_role("button", name="Copy citation · ENG").click()
    field = page.locator(".k-said[role=status]").locator("textarea")
    expect(field).to_be_visible()
    assert field.evaluate("f => f.value.slice(f.selectionStart, f.selectionEnd)").endswith("art. 12(2)(e)")


def test_the_number_of_a_row_shows_its_tools_and_the_link_is_the_permalink_also_on_the_treaty_page(open_page):
    page = open_page(f"{EN}/index.html")
    number = page.locator("#art_12__para_5 .k-num").first
    number.focus()
    page.locator(".k-tools").get_by_role("button", name="Copy link").click()
    expect(page.locator(".k-said[role=status]")).to_contain_text(f"{EN}/art_12.html#art_12__para_5")


def test_a_note_opens_at_its_mark_and_closes_again(open_page):
    page = open_page(f"{EN}/art_12.html")
    mark = page.locator("#art_12__para_5 .k-mark").first
    note = page.locator("#" + mark.get_attribute("href").lstrip("#"))
    expect(note.locator(".k-remark__words")).not_to_be_visible()
    mark.click()
    expect(note.locator(".k-remark__words")).to_be_visible()
    expect(page.locator(":focus")).to_contain_text("Editor's note")
    mark.click()
    expect(note.locator(".k-remark__words")).not_to_be_visible()


def test_a_correction_of_layout_is_shown_at_its_mark_only(open_page):
    page = open_page(f"{EN}/art_12.html")
    edit = page.locator(".k-remark--edit")
    expect(edit).not_to_be_visible()
    page.locator(".k-mark--edit").click()
    expect(edit).to_contain_text("12-БАПАЛДЫН")


def test_a_reference_opens_the_words_it_leads_to_in_the_language_it_stands_in(open_page):
    page = open_page(f"{EN}/art_11.html")
    box = page.locator("#k-popover")
    page.locator("[data-lang='en'] a.k-ref[href^='art_7']").focus()
    expect(box).to_contain_text("Request for the extradition")
    page.keyboard.press("Escape")
    expect(box).not_to_be_visible()
    page.locator("[data-lang='kk'] a.k-ref[href^='art_7']").hover()
    expect(box).to_contain_text("Ұстап беру туралы сұрау салу жазбаша нысанда")
    assert page.locator("[data-lang='kk'] a.k-ref[href^='art_7']").get_attribute("aria-describedby") == "k-popover"
    page.mouse.move(5, 5)
    expect(box).not_to_be_visible()


def test_each_link_of_a_reference_to_two_paragraphs_opens_its_own(open_page):
    page = open_page(f"{KK}/art_11.html")
    label = page.locator("#k-popover .k-preview__label")
    page.locator("[data-lang='kk'] a.k-ref[href='#art_11__para_1']").focus()
    expect(label).to_have_text("11-баптың 1-тармағы")
    page.locator("[data-lang='kk'] a.k-ref[href='#art_11__para_2']").focus()
    expect(label).to_have_text("11-баптың 2-тармағы")


def test_on_a_phone_one_language_at_a_time_with_a_switch_that_stays(open_page):
    page = open_page(f"{KK}/art_4.html", viewport=PHONE)
    kazakh, english = (page.locator(f"#art_4__para_1__point_a .k-cell[lang='{lang}']") for lang in ("kk", "en"))
    expect(kazakh).to_be_visible()
    expect(english).not_to_be_visible()
    page.evaluate("scrollTo(0, 1500)")
    switch = page.locator(".k-switch")
    assert 0 <= switch.bounding_box()["y"] < 60
    switch.get_by_role("button", name="English").click()
    expect(english).to_be_visible()
    expect(kazakh).not_to_be_visible()
    page.reload()
    expect(page.locator(".k-switch button[aria-pressed='true']")).to_have_text("English")


def test_on_a_phone_a_provision_shows_its_twin(open_page):
    page = open_page(f"{EN}/art_4.html", viewport=PHONE)
    unit = page.locator("#art_4__para_1__point_a")
    twin = unit.get_by_role("button", name="Show in Kazakh")
    twin.click()
    expect(unit.locator(".k-cell[lang='kk']")).to_be_visible()
    expect(page.locator("#art_4__para_1__point_b .k-cell[lang='kk']")).not_to_be_visible()
    unit.get_by_role("button", name="Hide Kazakh").click()
    expect(unit.locator(".k-cell[lang='kk']")).not_to_be_visible()


@pytest.mark.parametrize("path", [f"{EN}/art_4.html", f"{KK}/index.html", f"kk/{CRIME}/index.html", *(f"en/{p}" for p in FIXED)])
def test_nothing_is_wider_than_a_phone(open_page, path):
    page = open_page(path, viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_without_script_both_languages_and_the_notes_can_be_read(open_page):
    page = open_page(f"{KK}/art_12.html", viewport=PHONE, java_script_enabled=False)
    for lang in ("kk", "en"):
        expect(page.locator(f"#art_12__para_5 .k-cell[lang='{lang}']")).to_be_visible()
    expect(page.locator(".k-switch")).not_to_be_visible()
    note = page.locator("#art_12__para_5 details").first
    note.locator("summary").click()
    expect(note.locator(".k-remark__words")).to_be_visible()
    assert page.locator("#art_12__para_5 .k-ref, .k-num").first.get_attribute("href")


def test_print_keeps_both_columns_and_puts_notes_below_as_footnotes(open_page):
    page = open_page(f"{EN}/art_12.html", viewport=PHONE)
    page.set_viewport_size({"width": 700, "height": 1000})
    page.emulate_media(media="print")
    left, right = (page.locator(f"#art_12__para_5 .k-cell[lang='{lang}']").bounding_box() for lang in ("en", "kk"))
    assert left["y"] == right["y"] and left["x"] < right["x"]
    expect(page.locator(".k-footnotes")).to_be_visible()
    for selector in (".k-remarks", ".k-switch", ".k-tools", ".k-steps", ".k-header"):
        for item in page.locator(selector).all():
            expect(item).not_to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_words_have_contrast_of_seven_to_one_also_where_they_are_marked(open_page, scheme):
    page = open_page(NAMED, color_scheme=scheme)
    ratios = page.evaluate(CONTRASTS)
    assert [entry for entry in ratios if entry[1] < 7] == []


def test_every_link_of_the_pages_leads_somewhere(open_page, site):
    """Links within the site, with what is named after #; the walkthrough and the search are other tests' pages."""
    for path in (f"{EN}/index.html", f"{EN}/art_11.html", f"kk/{CRIME}/art_4.html", "kk/instruments.html", "en/terms.html"):
        page = open_page(path)
        for href in page.locator("main a[href]").evaluate_all("links => links.map((link) => link.href)"):
            address, _, fragment = href.removeprefix("file://").partition("#")
            if "walkthrough" in address.rpartition("site/")[2] or "search.html" in address:
                continue
            file = Path(address)
            assert file.is_file(), href
            assert not fragment or f'id="{fragment}"' in file.read_text("utf-8"), href
