"""The walkthrough in a real browser, opened from disk: step by step, by keyboard, shared, changed, and without script."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from build_scripts.decide import RESULT, UNKNOWN, Effect, findings
from build_scripts.pages.walkthrough import write_walkthroughs
from build_scripts.prune import prune

ROOT = Path(__file__).resolve().parents[2]
CASES = json.loads((ROOT / "tests" / "cases" / "walkthrough.json").read_text("utf-8"))
SLUG = CASES["treaty"]
KK, EN = f"kk/walkthroughs/{SLUG}.html", f"en/walkthroughs/{SLUG}.html"
QUESTION = ".k-asked:visible h2"


def address(answers: dict[str, str | None]) -> str:
    return "#" + "&".join(f"{name}={answer}" for name, answer in answers.items() if answer is not None)


def case(name: str) -> str:
    """The address after "#" of a case in walkthrough.json."""
    found = next(one for one in CASES["cases"] if one["case"] == name)
    return address({**CASES["clean"], **found["changes"]})


@pytest.fixture(scope="module")
def site(tmp_path_factory, gathered) -> Path:
    """Both trees, with the pages of the walkthroughs only."""
    base = tmp_path_factory.mktemp("walkthrough")
    for lang in ("kk", "en"):
        docs, tree = base / "docs" / lang, base / "site" / lang
        shutil.copytree(ROOT / "docs" / "assets", docs / "assets")
        write_walkthroughs(gathered.library, gathered.walkthroughs, docs, lang)
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
        page.on("pageerror", lambda fault: "javascripts/walkthrough" in (fault.stack or "") and faults.append(str(fault)))
        page.on("request", lambda request: request.url.startswith("file:") or faults.append(request.url))
        page.goto((site / path).as_uri() + hash_)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def walkthrough(gathered):
    return gathered.walkthroughs[SLUG]


def take(page, *answers: str) -> None:
    for answer in answers:
        page.locator(f".k-asked:visible .k-answer[data-answer='{answer}']").click()


def memo_of(page, changes: dict) -> dict:
    answers = {name: answer for name, answer in {**CASES["clean"], **changes}.items() if answer is not None}
    return page.evaluate(
        "answers => Kelisim.walk.findings(JSON.parse(document.getElementById('k-walkthrough').textContent), answers)", answers,
    )


def test_the_cases_amount_to_the_same_in_the_browser(open_page):
    page = open_page(KK)
    for one in CASES["cases"]:
        memo = memo_of(page, one["changes"])
        assert memo["outcome"] == one["outcome"], one["case"]
        assert memo["pending"] == one["pending"], one["case"]
        assert [[found["question"], found["answer"], found["effect"]] for found in memo["found"]] == one["found"], one["case"]
        assert [follow["cites"] for follow in memo["follows"]] == one["follows"], one["case"]


def test_answers_at_random_amount_to_the_same_in_the_browser(open_page, walkthrough):
    page, chance = open_page(EN), random.Random(1)
    for _ in range(200):
        answers = {name: chance.choice(list(question.choices)) for name, question in walkthrough.questions.items()}
        memo, twin = findings(walkthrough, answers), memo_of(page, answers)
        assert [[step["question"], step["answer"]] for step in twin["steps"]] == [[s.question, s.answer] for s in memo.steps]
        assert [[one["question"], one["effect"]] for one in twin["found"]] == [[f.question, f.effect.value] for f in memo.found]
        assert [one["cites"] for one in twin["follows"]] == [follow.cites for follow in memo.follows]
        assert (twin["outcome"], twin["pending"]) == (memo.outcome, memo.pending)


def test_months_are_reckoned_the_same_in_the_browser(open_page):
    page = open_page(KK)
    for one in CASES["at_least_months"]:
        holds = page.evaluate("one => Kelisim.walk.atLeastMonths(one.months, one.start, one.end)", one)
        assert holds is one["holds"], one


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
        "must", "may", "readings", "open", "after", "answers",
    ]
    assert page.locator(".k-memo .k-finding").evaluate_all("all => all.map(one => one.dataset.question)") == [
        "together", "asylum", "jurisdiction", "citizen", "persecution", "rights",
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
    assert {question for _, colour, question in coloured if colour == amber} == {"persecution"}


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


def test_an_address_tampered_with_shows_the_first_question_without_an_answer(open_page, walkthrough):
    page = open_page(EN, "#territory=there&offence=%3Cimg%20src=x%3E&constructor=a&at=nowhere&__proto__=b")
    expect(page.locator(QUESTION)).to_have_text(walkthrough.questions["offence"].ask["en"])
    assert page.locator(".k-walk img").count() == 0


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
            target = "outcomes" if answer.next == RESULT else f"q-{answer.next}"
            assert link.get_attribute("href") == f"#{target}"
            assert page.locator(f"#{target}").count() == 1
            if key != UNKNOWN:
                assert link.inner_text() == answer.label[lang]
        said = section.inner_text()
        for answer in question.choices.values():
            if answer.finding:
                assert answer.finding.says[lang] in said
                assert all(reading[lang] in said for reading in answer.finding.readings)
    outcomes = page.locator("#outcomes").inner_text()
    assert all(outcome.says[lang] in outcomes for outcome in walkthrough.outcomes.values())
    declared = page.locator(".k-not-decisive").inner_text()
    assert all(one.reason[lang] in declared for one in walkthrough.not_decisive)
    assert not page.locator(".k-walk__tools").is_visible()


def test_every_effect_and_every_label_has_words_in_both_languages(open_page):
    keys = {}
    for path in (KK, EN):
        page = open_page(path)
        words = page.evaluate("JSON.parse(document.getElementById('k-walkthrough').textContent).words")
        assert {f"effect.{effect.value}" for effect in Effect} <= set(words)
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
    classes = {path.name: set(re.findall(r"\.(k-[\w-]+)", path.read_text("utf-8"))) for path in folder.glob("*.css")}
    own = classes.pop("walkthrough.css") - {"k-page", "k-button"}
    assert {name: shared for name, others in classes.items() if (shared := own & others)} == {}
