"""Walkthroughs in a real browser, opened from disk: step by step, by keyboard, shared, changed, taken along, without script."""

from __future__ import annotations

import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import etree
from playwright.sync_api import expect

from build_scripts.answer import findings, limits_named
from build_scripts.decide import RESULT, UNKNOWN, Effect
from build_scripts.pages.walkthroughs import write_walkthroughs
from build_scripts.pages.words import write_words
from build_scripts.prune import prune
from tests.conftest import EXTRADITION as SLUG
from tests.test_walkthroughs import EACH, all_cases, answers_of
from tests.walks import by_chance, way_taking

ROOT = Path(__file__).resolve().parents[2]
CASES = json.loads((ROOT / "tests" / "cases" / "walkthroughs" / SLUG / "requested-party.json").read_text("utf-8"))
KK, EN = (f"{lang}/{SLUG}/walkthrough-requested-party.html" for lang in ("kk", "en"))
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OWN_SCRIPTS = re.compile(r"javascripts/(walkthrough|zip|save-file)")
QUESTION = ".k-asked:visible h2"


def address(answers: dict[str, str | None]) -> str:
    return "#" + "&".join(f"{name}={answer}" for name, answer in answers.items() if answer is not None)


def case(name: str) -> str:
    """The address after "#" of a case in requested-party.json."""
    found = next(one for one in CASES["cases"] if one["case"] == name)
    return address({**CASES["clean"], **found["changes"]})


@pytest.fixture(scope="module")
def site(tmp_path_factory, gathered) -> Path:
    """Both trees, with the pages of the walkthroughs only."""
    base = tmp_path_factory.mktemp("walkthrough")
    for lang in ("kk", "en"):
        docs, tree = base / "docs" / lang, base / "site" / lang
        shutil.copytree(ROOT / "docs" / "assets", docs / "assets")
        write_walkthroughs(gathered.library, gathered.walks, docs, lang, gathered.limits)
        write_words(ROOT / "docs" / "interface", lang, docs / "assets" / "javascripts" / "words.js")
        (docs / "index.md").write_text("---\nkind: home\ntitle: Kelisim\n---\n\n<h1>Kelisim</h1>\n", "utf-8")
        environment = {
            **os.environ, "KELISIM_LANG": lang, "KELISIM_DOCS": str(docs), "KELISIM_SITE": str(tree), "NO_MKDOCS_2_WARNING": "1",
        }
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--config-file", str(ROOT / "mkdocs.yml")]
        run = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=ROOT)
        assert run.returncode == 0, run.stderr
        prune(tree)
    return base / "site"


@pytest.fixture
def open_page(browser, site):
    """Opens a page of the site; a fault in the walkthrough's scripts, or a request that leaves the disk, fails the test."""
    contexts, faults = [], []

    def open_(path: str, hash_: str = "", **options):
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: OWN_SCRIPTS.search(fault.stack or "") and faults.append(str(fault)))
        page.on("request", lambda request: request.url.startswith("file:") or faults.append(request.url))
        page.goto((site / path).as_uri() + hash_)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def walkthrough(gathered):
    return gathered.walks[SLUG].walkthroughs["requested-party"]


def take(page, *answers: str) -> None:
    for answer in answers:
        page.locator(f".k-asked:visible .k-answer[data-answer='{answer}']").click()


MEMOS = """all => {
  const data = JSON.parse(document.getElementById("k-walkthrough").textContent);
  return all.map(answers => {
    const memo = Kelisim.walk.findings(data, answers);
    return { ...memo, limits: Kelisim.walk.limitsNamed(data, memo) };
  });
}"""


def memos_of(page, answers: list[dict]) -> list[dict]:
    """What each set of answers amounts to in the browser."""
    return page.evaluate(MEMOS, answers)


def page_of(slug: str, name: str, lang: str) -> str:
    return f"{lang}/{slug}/walkthrough-{name}.html"


@EACH
def test_the_cases_amount_to_the_same_in_the_browser(open_page, slug, name):
    page = open_page(page_of(slug, name, "kk"))
    of_this = [(clean, one) for treaty, each, clean, one in all_cases() if (treaty, each) == (slug, name)]
    assert of_this
    memos = memos_of(page, [answers_of(clean, one) for clean, one in of_this])
    for (_, one), memo in zip(of_this, memos, strict=True):
        assert memo["outcome"] == one["outcome"], one["case"]
        assert memo["pending"] == one["pending"], one["case"]
        assert [[found["question"], found["answer"], found["effect"]] for found in memo["found"]] == one["found"], one["case"]
        assert [follow["cites"] for follow in memo["follows"]] == one["follows"], one["case"]


@EACH
def test_answers_at_random_amount_to_the_same_in_the_browser(open_page, gathered, slug, name):
    """Answers by chance, and a way through every answer of every question."""
    walkthrough = gathered.walks[slug].walkthroughs[name]
    page, chance = open_page(page_of(slug, name, "en")), random.Random(1)
    taken = [by_chance(walkthrough, chance) for _ in range(100)]
    taken += [
        way_taking(walkthrough, question, answer, chance)
        for question, one in walkthrough.questions.items() for answer in one.choices
    ]
    for answers, twin in zip(taken, memos_of(page, taken), strict=True):
        memo = findings(walkthrough, answers)
        assert [[step["question"], step["answer"]] for step in twin["steps"]] == [[s.question, s.answer] for s in memo.steps]
        assert [[one["question"], one["effect"], one["cites"]] for one in twin["found"]] == [
            [f.question, f.effect.value, list(f.cites)] for f in memo.found
        ]
        assert [one["cites"] for one in twin["follows"]] == [follow.cites for follow in memo.follows]
        assert (twin["outcome"], twin["pending"]) == (memo.outcome, memo.pending)
        assert twin["limits"] == list(limits_named(walkthrough, memo))


@EACH
def test_every_walkthrough_opens_and_is_taken_to_its_end(open_page, gathered, slug, name):
    """Clicks the first answer of each question in turn, in both languages; the result names the outcome."""
    walkthrough = gathered.walks[slug].walkthroughs[name]
    for lang in ("kk", "en"):
        page = open_page(page_of(slug, name, lang))
        answers = {question: next(iter(one.answers)) for question, one in walkthrough.questions.items()}
        memo = findings(walkthrough, answers)
        for step in memo.steps:
            expect(page.locator(QUESTION)).to_have_text(walkthrough.questions[step.question].ask[lang])
            take(page, step.answer)
        expect(page.locator(".k-memo h2")).to_have_text(walkthrough.outcomes[memo.outcome].says[lang])


def test_one_question_at_a_time_with_its_provision_in_both_languages(open_page, walkthrough):
    page = open_page(KK)
    assert page.locator(".k-asked:visible").count() == 1
    expect(page.locator(QUESTION)).to_have_text(walkthrough.questions["territory"].ask["kk"])
    law = page.locator(".k-asked:visible .k-law")
    assert "өзінің аумағында жүрген" in law.locator("[lang=kk]").last.inner_text()
    assert "present in its territory" in law.locator("[lang=en]").last.inner_text()
    assert law.locator("[lang]").first.get_attribute("lang") == "kk"
    labels = page.locator(".k-asked:visible .k-answer").all_inner_texts()
    assert labels[-1] == "Әзірге белгісіз"
    assert not page.locator(".k-outcomes").is_visible()
    assert not page.locator(".k-memo").is_visible()


def test_a_point_is_quoted_with_the_words_that_open_and_close_its_list(open_page):
    page = open_page(EN, case("nothing-against").split("&jurisdiction")[0])
    kazakh = " ".join(page.locator(".k-asked:visible .k-law [lang=kk]").all_inner_texts())
    assert re.search(r"Мынадай жағдайларда:.*a\) егер .* болса;.*адамды ұстап беруден бас тартылуы мүмкін", kazakh, re.DOTALL)
    assert "b)" not in kazakh
    page = open_page(EN, case("nothing-against").split("&persecution")[0])
    english = " ".join(page.locator(".k-asked:visible .k-law [lang=en]").all_inner_texts())
    assert re.search(r"Article 4.*1\. Extradition shall be refused if:.*b\) also", english, re.DOTALL)


def test_back_and_forward_and_reload_keep_the_answers(open_page, walkthrough):
    page = open_page(EN)
    take(page, "there", "both", "always")
    third = page.url
    assert third.endswith("#territory=there&offence=both&year=always")
    expect(page.locator(QUESTION)).to_have_text(walkthrough.questions["purpose"].ask["en"])
    page.go_back()
    expect(page.locator(QUESTION)).to_have_text(walkthrough.questions["year"].ask["en"])
    page.go_back()
    page.go_back()
    expect(page.locator(QUESTION)).to_have_text(walkthrough.questions["territory"].ask["en"])
    assert not page.locator(".k-answered").is_visible()
    for _ in range(3):
        page.go_forward()
    page.reload()
    assert page.url == third
    expect(page.locator(QUESTION)).to_have_text(walkthrough.questions["purpose"].ask["en"])
    assert page.locator(".k-answered li").count() == 3


def test_a_shared_address_shows_the_same_in_both_languages(open_page, walkthrough):
    for path, lang in ((KK, "kk"), (EN, "en")):
        page = open_page(path, case("limitation-expired"))
        expect(page.locator(".k-memo h2")).to_have_text(walkthrough.outcomes["refuse"].says[lang])
        assert page.locator(".k-asked:visible").count() == 0


def test_each_answer_can_be_changed_and_the_others_stay(open_page, walkthrough):
    page = open_page(EN, case("death-penalty-without-guarantees"))
    asked = walkthrough.questions["guarantees"].ask["en"]
    page.locator(".k-memo [data-section=answers] li", has_text=asked).locator(".k-change").click()
    expect(page.locator(QUESTION)).to_have_text(walkthrough.questions["guarantees"].ask["en"])
    assert page.locator(".k-answer[aria-current]:visible").get_attribute("data-answer") == "none"
    take(page, "both-parts")
    expect(page.locator(".k-memo h2")).to_have_text(walkthrough.outcomes["extradite"].says["en"])
    page.go_back()
    page.go_back()
    expect(page.locator(".k-memo h2")).to_have_text(walkthrough.outcomes["refuse"].says["en"])


def test_a_change_that_opens_a_new_way_asks_only_what_is_new(open_page, walkthrough):
    page = open_page(EN, case("nothing-against") + "&at=death")
    take(page, "yes")
    expect(page.locator(QUESTION)).to_have_text(walkthrough.questions["guarantees"].ask["en"])
    take(page, "none")
    expect(page.locator(".k-memo h2")).to_have_text(walkthrough.outcomes["refuse"].says["en"])


def test_a_ground_found_half_way_does_not_end_the_questions(open_page, walkthrough):
    page = open_page(EN, case("refusal-found-half-way"))
    expect(page.locator(QUESTION)).to_have_text(walkthrough.questions["rights"].ask["en"])
    page.locator(".k-walk__tools a", has_text="Result so far").click()
    expect(page.locator(".k-memo h2")).to_have_text(walkthrough.outcomes["refuse"].says["en"])
    assert "Not all questions have been answered" in page.locator(".k-memo__about").inner_text()
    page.locator(".k-memo__go-on a").click()
    expect(page.locator(QUESTION)).to_have_text(walkthrough.questions["rights"].ask["en"])


def test_the_result_lists_all_grounds_in_order_and_quotes_them(open_page):
    page = open_page(EN, case("mandatory-before-all-else"))
    assert page.locator(".k-memo__section").evaluate_all("all => all.map(one => one.dataset.section)") == [
        "must", "may", "readings", "open", "after", "doubts", "answers", "edition",
    ]
    assert page.locator(".k-memo .k-finding").evaluate_all("all => all.map(one => one.dataset.question)") == [
        "together", "asylum", "jurisdiction", "citizen", "persecution", "rights", "",
    ]
    for ground in page.locator(".k-memo .k-ground").all():
        assert ground.locator(".k-law [lang=kk]").count() == ground.locator(".k-law [lang=en]").count() > 1
    assert "пана берген болса" in page.locator(".k-ground[data-question=asylum]").inner_text()
    assert page.locator(".k-ground[data-question=persecution] .k-readings li").count() == 2
    follows = page.locator(".k-memo [data-section=after]").inner_text()
    assert "Notified immediately" in follows
    assert "Article 10(2)" in follows


def test_what_has_to_be_done_says_by_when(open_page):
    page = open_page(EN, case("nothing-against"))
    assert "Within thirty (30) days; from which day is not stated" in page.locator(".k-memo [data-section=after]").inner_text()
    page = open_page(EN, case("one-thing-not-known"))
    assert "sixty (60) days" in page.locator(".k-memo [data-section=after]").inner_text()
    page = open_page(EN, case("limitation-expired"))
    follows = page.locator(".k-memo [data-section=after]").inner_text()
    assert "consultation with the Requesting Party.\nBy when: Before it refuses" in follows


COLOUR_OF = """name => {
  const sample = document.createElement("i");
  sample.style.color = `var(--k-${name})`;
  document.querySelector(".k-walk").append(sample);
  return getComputedStyle(sample).color;
}"""
COLOURED = """(all, colours) => all
  .map(e => [e.className, getComputedStyle(e).color, e.closest(".k-finding")?.dataset.question || ""])
  .filter(found => colours.includes(found[1]))"""


def test_red_only_for_must_refuse_and_amber_only_for_doubtful_wording(open_page):
    page = open_page(EN, case("mandatory-before-all-else"))
    red, amber = (page.evaluate(COLOUR_OF, name) for name in ("red", "amber"))
    coloured = page.locator(".k-memo *").evaluate_all(COLOURED, [red, amber])
    assert {(name, question) for name, colour, question in coloured if colour == red} == {
        ("k-memo__outcome k-memo__outcome--must", ""), ("k-effect", "together"), ("k-effect", "asylum"),
    }
    assert {question for _, colour, question in coloured if colour == amber} == {"persecution", ""}  # "": what always holds


def test_keyboard_only(open_page, walkthrough):
    page = open_page(EN)
    focused = page.locator(":focus")
    page.locator(".k-asked:visible .k-answer").first.focus()
    page.keyboard.press("Enter")
    expect(focused).to_have_text(walkthrough.questions["offence"].ask["en"])
    assert page.url.endswith("#territory=there")
    page.keyboard.press("Tab")
    assert focused.get_attribute("data-answer") == "both"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(focused).to_have_text(walkthrough.questions["fiscal"].ask["en"])
    while focused.get_attribute("class") != "k-change":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(focused).to_have_text(walkthrough.questions["territory"].ask["en"])
    assert page.url.endswith("#territory=there&offence=one&at=territory")


def test_the_six_months_are_reckoned_beside_the_question(open_page):
    page = open_page(EN, address({"territory": "there", "offence": "both", "year": "always", "purpose": "judgment"}))
    box = page.locator(".k-reckon:visible")
    box.locator("[name=start]").fill("2026-08-31")
    box.locator("[name=end]").fill("2027-02-27")
    assert box.locator("output").inner_text() == "Less than six months remain."
    box.locator("[name=end]").fill("2027-02-28")
    assert box.locator("output").inner_text() == "Six months or more remain."


def test_an_address_with_names_that_are_not_there_goes_on_and_says_so(open_page, walkthrough):
    page = open_page(EN, "#territory=there&offence=%3Cimg%20src=x%3E&constructor=a&at=nowhere&__proto__=b&no-such-question=so")
    expect(page.locator(QUESTION)).to_have_text(walkthrough.questions["offence"].ask["en"])
    assert page.locator(".k-walk img").count() == 0
    expect(page.locator(".k-walk__said")).to_have_text(
        "Left out of the address, because this walkthrough does not have them: "
        "offence=<img src=x>, constructor=a, __proto__=b, no-such-question=so."
    )
    take(page, "both")
    assert page.url.endswith("#territory=there&offence=both")
    assert page.locator(".k-walk__said p").count() == 0


def test_contradictory_answers_are_asked_again(open_page, walkthrough):
    page = open_page(EN, "#territory=there&offence=both&territory=elsewhere&territory=elsewhere")
    expect(page.locator(QUESTION)).to_have_text(walkthrough.questions["territory"].ask["en"])
    assert page.locator(".k-walk__said").inner_text().endswith(walkthrough.questions["territory"].ask["en"])
    take(page, "there")
    expect(page.locator(QUESTION)).to_have_text(walkthrough.questions["year"].ask["en"])


STRANGE = ["#%", "#&&==&", "#territory", "#at=result", "#q-nowhere", "#" + "x" * 5000, "#territory=there=there"]


@pytest.mark.parametrize("hash_", STRANGE)
def test_no_address_makes_a_blank_page(open_page, hash_):
    page = open_page(EN, hash_)
    assert page.locator(".k-walk h2:visible").count() >= 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440


def test_progress_is_said(open_page, walkthrough):
    page = open_page(EN)
    place = page.locator(".k-walk__place")
    expect(place).to_have_text(re.compile(r"Question 1 of \d+ at most"))
    first = re.fullmatch(r"Question 1 of (\d+) at most", place.inner_text())
    take(page, "there", "both", "always", "neither")
    expect(place).to_have_text(re.compile(r"Question 5 of \d+ at most"))
    fifth = re.fullmatch(r"Question 5 of (\d+) at most", place.inner_text())
    assert 5 < int(fifth[1]) < int(first[1]) <= len(walkthrough.questions)
    assert page.locator(".k-walk__progress").evaluate("e => [e.value, e.max]") == [4, int(fifth[1])]


# ---- taken along


def memo_text(page) -> str:
    """What "Copy as text" copies, where copying is refused: it stands in a box, selected."""
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.get_by_role("button", name="Copy as text").click()
    box = page.locator(".k-memo__text")
    assert box.evaluate("e => e === document.activeElement && e.selectionEnd - e.selectionStart === e.value.length")
    return box.input_value()


def test_the_result_is_copied_as_text(open_page, walkthrough):
    page = open_page(EN, case("mandatory-before-all-else"))
    text = memo_text(page)
    order = [
        "Must this person be extradited?",
        "This is a guide to the text held here, not advice; the authentic English text prevails.",
        "No: this person must not be extradited under the Agreement.",
        "MUST BE REFUSED, OR IS NOT PERMITTED", "1. Article 3(2). Not permitted.", "2. Article 4(1)(g). Must be refused.",
        "пана берген болса", "MAY BE REFUSED, MAY BE GRANTED", "1. Article 5(a). May be refused.",
        "DEPENDS ON HOW THE TEXT IS READ", "Reading 1: A duty", "→ Must be refused.", "Reading 2: A right", "→ May be refused.",
        "OPEN QUESTIONS", "WHAT FOLLOWS", "Notified immediately", "NOTES ON DOUBTFUL WORDING", "THE FACTS AS ANSWERED",
        "THE TEXT IT RESTS ON", "SHA-256 735293ccc946afe4ec362f29c2c10a4af70657c9699656e5730155ebe31f6ad4",
    ]
    places = [text.find(part) for part in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)


def download(page) -> bytes:
    with page.expect_download() as started:
        page.get_by_role("button", name=re.compile("docx")).click()
    assert started.value.suggested_filename == f"{SLUG}-requested-party.docx"
    return Path(started.value.path()).read_bytes()


def paragraphs(docx: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        assert archive.testzip() is None
        parts = {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}
    assert parts["[Content_Types].xml"].tag.endswith("Types")
    for name, root in parts.items():
        if name.endswith(".rels"):
            folder = Path(name).parent.parent
            for relation in root:
                assert (folder / relation.get("Target")).as_posix() in parts
    body = parts["word/document.xml"]
    size = body.find(f".//{WORD}pgSz")
    assert (size.get(f"{WORD}w"), size.get(f"{WORD}h")) == ("11906", "16838")  # A4 in twentieths of a point
    styles = {style.get(f"{WORD}styleId") for style in parts["word/styles.xml"].iter(f"{WORD}style")}
    assert {style.get(f"{WORD}val") for style in body.iter(f"{WORD}pStyle", f"{WORD}tblStyle")} <= styles
    return ["".join(paragraph.itertext()) for paragraph in body.iter(f"{WORD}p")]


@pytest.mark.parametrize(("path", "lang"), [(KK, "kk"), (EN, "en")])
def test_the_result_is_taken_along_as_docx(open_page, walkthrough, path, lang):
    page = open_page(path, case("mandatory-before-all-else"))
    said = paragraphs(download(page))
    assert said[0] == walkthrough.title[lang]
    assert walkthrough.outcomes["refuse"].says[lang] in said
    whole = "\n".join(said)
    for name, answer in (("together", "less"), ("asylum", "granted"), ("jurisdiction", "yes"), ("persecution", "yes")):
        for finding in walkthrough.questions[name].choices[answer].found:
            assert finding.says[lang] in whole
            assert all(reading.says[lang] in whole for reading in finding.readings)
    assert "пана берген болса" in whole
    assert "has granted asylum to the person" in whole
    assert "735293ccc946afe4ec362f29c2c10a4af70657c9699656e5730155ebe31f6ad4" in whole


def test_what_a_reader_types_is_text_and_nothing_else(open_page):
    page = open_page(EN, case("asylum-granted"))
    typed = '<img src=x onerror="document.title=1"> & "A\x0b" ]]> 🙂'
    page.locator(".k-walk__case input").fill(typed)
    shown = page.locator(".k-memo__case")
    assert shown.inner_text().startswith("Case: <img src=x onerror")
    assert page.locator(".k-walk img").count() == 0
    assert shown.inner_text().replace("\x0b", "") in paragraphs(download(page))
    assert "Case: <img src=x" in memo_text(page)
    assert "Case" not in page.url


def test_nothing_is_stored_unless_asked_and_it_can_be_forgotten(open_page, walkthrough):
    page = open_page(EN, case("asylum-granted"))
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('kelisim.walk'))") == []
    page.get_by_role("button", name="Keep on this device").click()
    expect(page.get_by_role("button", name="Kept in this browser; nothing was sent")).to_be_visible()
    page.locator(".k-walk__tools a", has_text="Start again").click()
    expect(page.locator(QUESTION)).to_have_text(walkthrough.questions["territory"].ask["en"])
    offer = page.locator(".k-walk__said")
    offer.get_by_role("link", name="open them").click()
    expect(page.locator(".k-memo h2")).to_have_text(walkthrough.outcomes["refuse"].says["en"])
    page.locator(".k-walk__tools a", has_text="Start again").click()
    offer.get_by_role("button", name="forget them").click()
    assert offer.locator("p").count() == 0
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('kelisim.walk'))") == []


# ---- dates


def test_dates_follow_from_the_days_entered(open_page):
    """Article 14(3): thirty days from the decision; from 15 January 2027 they end on 14 February."""
    page = open_page(EN, case("nothing-against"))
    part = page.locator(".k-memo [data-section=dates]")
    undated = part.locator(".k-walk__undated")
    assert "To take the person away" in undated.inner_text()
    assert "Not dated yet. It runs from: Day of the decision on the request for extradition;" in undated.inner_text()
    field = part.get_by_label("Day of the decision on the request for extradition")
    field.fill("15.01.2027")
    expect(undated).to_have_count(0)
    expect(part.locator(".k-due").first).to_contain_text("Sunday, 14 February 2027")
    assert page.url.endswith("&on.decision=2027-01-15")
    assert part.locator(".k-due a", has_text="30 days").first.get_attribute("href") == "time-limits.html#limit-removal"
    page.reload()
    expect(field).to_have_value("2027-01-15")
    page.locator(".k-change").first.click()
    assert "on.decision=2027-01-15" in page.url
    take(page, "there")
    expect(part.locator(".k-due").first).to_contain_text("Sunday, 14 February 2027")
    said = "\n".join(paragraphs(download(page)))
    assert "To take the person away" in said and "Sunday, 14 February 2027" in said
    assert "Sunday, 14 February 2027" in memo_text(page)


def test_dates_are_taken_along_as_a_calendar(open_page):
    page = open_page(EN, case("nothing-against"))
    save = page.get_by_role("button", name="Download dates as .ics")
    save.click()
    expect(page.get_by_role("button", name="No date has been entered yet: see Dates below")).to_be_visible()
    page.locator("[data-section=dates] input").first.fill("2027-01-15")
    page.reload()
    with page.expect_download() as started:
        save.click()
    assert started.value.suggested_filename == f"{SLUG}-requested-party.ics"
    calendar = Path(started.value.path()).read_text("utf-8")
    assert calendar.startswith("BEGIN:VCALENDAR\r\n") or calendar.startswith("BEGIN:VCALENDAR\n")
    assert "DTSTART;VALUE=DATE:20270214" in calendar


@pytest.mark.parametrize(("typed", "why"), [
    ("31.02.2027", "There is no such day: February 2027 has 28 days."),
    ("1 March 20217", "The year 20217 is not between 1900 and 2199."),
    ("<script>alert(1)</script>", "This is no date that can be read."),
])
def test_an_impossible_date_is_explained(open_page, typed, why):
    page = open_page(EN, case("nothing-against") + "&on.decision=" + quote(typed))
    field = page.locator("[data-section=dates] .k-field").first
    expect(field.locator(".k-field__note")).to_contain_text(why)
    assert field.locator("input").input_value() == typed
    assert page.locator(".k-due").count() == 0
    field.locator("input").fill("2027-01-15")
    expect(page.locator(".k-due").first).to_be_visible()


def test_an_event_that_is_not_there_is_left_out_and_said(open_page):
    page = open_page(EN, case("nothing-against") + "&on.party=2027-01-15")
    assert "on.party=2027-01-15" in page.locator(".k-walk__said").inner_text()


# ---- the picture


def test_every_box_of_the_picture_leads_to_its_question(open_page, walkthrough):
    page = open_page(EN, "#flow")
    boxes = page.locator(".k-flow__box")
    expected = ["#outcomes", *(f"#q-{name}" for name in walkthrough.questions)]
    assert sorted(box.get_attribute("href") for box in boxes.all()) == sorted(expected)
    assert boxes.count() == len(walkthrough.questions) + 1
    assert page.locator(".k-flow__picture").is_visible()
    page.locator(".k-flow__box[data-box=asylum]").click()
    assert page.url.endswith("#q-asylum")
    top = page.locator("#q-asylum").evaluate("e => e.getBoundingClientRect().top")
    assert 0 <= top < 200


def test_boxes_do_not_lie_over_each_other_and_hold_their_words(open_page):
    page = open_page(KK, "#flow")
    rects = page.locator(".k-flow__box").evaluate_all("""all => all.map(a => {
      const r = a.querySelector("rect").getBBox(), t = a.querySelector("text").getBBox();
      return [r.x, r.y, r.x + r.width, r.y + r.height, t.x, t.y, t.x + t.width, t.y + t.height];
    })""")
    for place, (left, top, right, bottom, *text) in enumerate(rects):
        assert left <= text[0] and text[2] <= right and top <= text[1] and text[3] <= bottom, place
        for other in rects[place + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


def test_the_picture_shows_where_one_is(open_page):
    page = open_page(EN, "#territory=there&offence=both")
    assert page.locator(".k-flow__box--here").get_attribute("data-box") == "year"
    assert [box.get_attribute("data-box") for box in page.locator(".k-flow__box--been").all()] == ["territory", "offence"]
    assert not page.locator(".k-flow__picture").is_visible()


def test_the_picture_alone_is_printed_where_it_was_asked_for(open_page):
    page = open_page(EN)
    page.locator(".k-walk__tools a", has_text="The whole flow").click()
    expect(page.locator("#q-asylum")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("#q-asylum")).not_to_be_visible()
    expect(page.locator(".k-flow__words")).to_be_visible()


def test_the_picture_fits_on_paper(open_page):
    """No sheet is higher than a page of A4 at the size at which it is as wide as one."""
    page = open_page(EN, "#flow", viewport={"width": 680, "height": 990})
    page.emulate_media(media="print")
    sheets = page.locator(".k-flow__sheet").evaluate_all(
        "all => all.map(e => [e.getBoundingClientRect().width, e.getBoundingClientRect().height])"
    )
    assert all(width <= 680 and height <= 980 for width, height in sheets)
    sizes = page.locator(".k-flow__box text").evaluate_all(
        "all => all.map(e => parseFloat(e.getAttribute('font-size')) * e.getScreenCTM().a)"
    )
    assert min(sizes) >= 8  # CSS pixels: 6 pt, as small print


def test_a_question_can_be_linked_and_all_seen_at_once(open_page, walkthrough):
    page = open_page(EN, "#q-asylum")
    assert page.locator(".k-asked:visible").count() == len(walkthrough.questions)
    assert page.locator("#q-asylum h2").is_visible()
    top = page.locator("#q-asylum").evaluate("e => e.getBoundingClientRect().top")
    assert 0 <= top < 200
    page.locator("#q-asylum .k-answer").first.click()
    assert page.url.endswith("#q-interests")
    page.locator(".k-walk__tools a").click()
    expect(page.locator(".k-asked:visible")).to_have_count(1)
    expect(page.locator(QUESTION)).to_have_text(walkthrough.questions["territory"].ask["en"])


@pytest.mark.parametrize(("path", "lang"), [(KK, "kk"), (EN, "en")])
def test_without_script_the_page_is_complete(open_page, walkthrough, path, lang):
    page = open_page(path, java_script_enabled=False)
    for name, question in walkthrough.questions.items():
        section = page.locator(f"#q-{name}")
        assert section.locator("h2").inner_text() == question.ask[lang]
        assert section.locator(".k-law [lang=kk]").count() == section.locator(".k-law [lang=en]").count() > 0
        links = section.locator(".k-answer")
        assert links.count() == len(question.choices)
        for link, (key, answer) in zip(links.all(), question.choices.items(), strict=True):
            to = question.after(key)
            target = "outcomes" if to == RESULT else f"q-{to}"
            assert link.get_attribute("href") == f"#{target}"
            assert page.locator(f"#{target}").count() == 1
            if key != UNKNOWN:
                assert link.inner_text() == answer.label[lang]
        said = section.inner_text()
        for answer in question.choices.values():
            for finding in answer.found:
                assert finding.says[lang] in said
                assert all(reading.says[lang] in said for reading in finding.readings)
        assert question.why[lang] in said
    outcomes = page.locator("#outcomes").inner_text()
    assert all(outcome.says[lang] in outcomes for outcome in walkthrough.outcomes.values())
    assert page.locator(".k-flow__words > li").count() == len(walkthrough.questions)
    assert not page.locator(".k-walk__tools").is_visible()


def test_every_effect_and_every_label_has_words_in_both_languages(open_page):
    keys = {}
    for path in (KK, EN):
        page = open_page(path)
        words = page.evaluate("JSON.parse(document.getElementById('k-walkthrough').textContent).words")
        assert {f"effect.{effect.value}" for effect in Effect} | {"effect.nothing"} <= set(words)
        keys[path] = set(words)
    assert keys[KK] == keys[EN]


def test_the_result_prints_without_the_interface(open_page):
    page = open_page(EN, case("mandatory-before-all-else"))
    page.emulate_media(media="print")
    for selector in (".k-header", ".k-walk__tools", ".k-change", ".k-footer"):
        assert not page.locator(selector).first.is_visible(), selector
    assert page.locator(".k-memo h2").is_visible()
    columns = page.locator(".k-memo .k-law__row").first.evaluate("e => getComputedStyle(e).gridTemplateColumns.split(' ').length")
    assert columns == 2
    colours = page.locator(".k-memo .k-effect").evaluate_all("all => [...new Set(all.map(e => getComputedStyle(e).color))]")
    assert colours == ["rgb(0, 0, 0)"]


@pytest.mark.parametrize("hash_", ["", case("mandatory-before-all-else"), "#q-fiscal"])
def test_nothing_is_wider_than_a_phone(open_page, hash_):
    page = open_page(KK, hash_, viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_no_class_of_its_own_is_drawn_by_another_style_sheet():
    """One class, one style sheet: the frame's k-page and k-button are the only ones shared."""
    folder = ROOT / "docs" / "assets" / "stylesheets"
    texts = {path.name: path.read_text("utf-8") for path in folder.glob("*.css")}
    texts["limits.css"] = re.sub(r"^\.k-doc--limits [^{]+", "", texts["limits.css"], flags=re.MULTILINE)  # on its own page only
    classes = {name: set(re.findall(r"\.(k-[\w-]+)", text)) for name, text in texts.items()}
    own = classes.pop("walkthrough.css") - {"k-page", "k-button"}
    assert {name: shared for name, others in classes.items() if (shared := own & others)} == {}
