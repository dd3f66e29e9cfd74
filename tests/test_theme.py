"""The frame of the pages: Kazakh labels complete, words in every language, contrast computed, nothing from outside."""

import re
from pathlib import Path

import material
import pytest
import yaml

from build_scripts.hooks import INTERFACE, shell_words, trees
from build_scripts.prune import prune

ROOT = Path(__file__).resolve().parents[1]
THEME = ROOT / "docs" / "theme"
ASSETS = ROOT / "docs" / "assets"
TOKENS = (ASSETS / "stylesheets" / "tokens.css").read_text("utf-8")
MATERIAL = Path(material.__file__).parent / "templates"

SAME_IN_KAZAKH = {"direction", "search.config.separator"}  # not words
TEXT_COLOURS = ("ink", "ink-2", "accent", "amber", "red")


def labels(file: Path) -> dict[str, str]:
    return dict(re.findall(r'^\s*"([\w.]+)": "(.*)",?$', file.read_text("utf-8"), re.MULTILINE))


def colours(selector: str) -> dict[str, str]:
    block = TOKENS.split(f"{selector} {{", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--k-([\w-]+):\s*(#[0-9a-f]{6});", block))


LIGHT = colours(":root")
DARK = colours(':root[data-md-color-scheme="slate"]')


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance of #rrggbb."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_every_label_of_material_is_there_in_kazakh():
    english = labels(MATERIAL / "partials" / "languages" / "en.html")
    kazakh = labels(THEME / "partials" / "languages" / "kk.html")
    assert len(english) > 50
    assert list(kazakh) == list(english)
    assert {key for key in english if kazakh[key] == english[key]} == SAME_IN_KAZAKH
    assert kazakh["language"] == "kk"


def test_kazakh_labels_keep_the_place_of_the_number():
    english = labels(MATERIAL / "partials" / "languages" / "en.html")
    kazakh = labels(THEME / "partials" / "languages" / "kk.html")
    assert [key for key in english if "#" in english[key]] == [key for key in kazakh if "#" in kazakh[key]]


def test_the_words_of_the_frame_are_there_in_every_language_and_used():
    used = set()
    for template in THEME.rglob("*.html"):
        used |= set(re.findall(r"words\[[\"'](shell\.\w+)[\"']\]", template.read_text("utf-8")))
    written = [tree["lang"] for tree in trees()]
    assert written[:2] == ["kk", "en"]
    for lang in written:
        words = shell_words(lang)
        assert set(words) == used, lang
        assert all(isinstance(text, str) and text.strip() for text in words.values()), lang


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast(scheme):
    for surface in ("paper", "paper-2", "mark", "amber-tint", "red-tint"):
        assert contrast(scheme["ink"], scheme[surface]) >= 7, f"the law's words on {surface}"
    for text in TEXT_COLOURS:
        assert contrast(scheme[text], scheme["paper"]) >= 7, text
        assert contrast(scheme[text], scheme["mark"]) >= 4.5, text
    assert contrast(scheme["amber"], scheme["amber-tint"]) >= 7
    assert contrast(scheme["red"], scheme["red-tint"]) >= 7
    assert contrast(scheme["on-accent"], scheme["accent"]) >= 7
    assert contrast(scheme["line-2"], scheme["paper"]) >= 3, "the border of a field"


def test_dark_is_complete_and_the_same_without_script():
    assert set(DARK) == set(LIGHT)
    assert colours(":root.no-js") == DARK


def test_every_colour_stands_in_the_tokens():
    for sheet in (ASSETS / "stylesheets").glob("*.css"):
        if sheet.name != "tokens.css":
            found = set(re.findall(r":[^;{}]*(#[0-9a-fA-F]{3,8})\b", sheet.read_text("utf-8")))
            assert found <= {"#000", "#fff"}, f"{sheet.name}: only what is printed may name its colour"


def test_every_font_named_is_carried_along():
    named = re.findall(r'url\("\.\./fonts/([^"]+)"\)', (ASSETS / "stylesheets" / "fonts.css").read_text("utf-8"))
    assert sorted(named) == sorted(file.name for file in (ASSETS / "fonts").glob("*.woff2"))
    assert sum((ASSETS / "fonts" / name).stat().st_size for name in named) < 200_000
    assert "Open Font License" in (ASSETS / "fonts" / "OFL.txt").read_text("utf-8")
    origin = (ASSETS / "fonts" / "ORIGIN.txt").read_text("utf-8")
    assert all(name in origin for name in named)


def test_every_asset_that_mkdocs_yml_lists_exists():
    listed = re.findall(r"^  - (assets/\S+)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    made_by_the_build = {"assets/javascripts/words.js"}
    assert [path for path in listed if path not in made_by_the_build and not (ROOT / "docs" / path).exists()] == []


def test_the_sheet_of_material_that_is_named_exists():
    (name,) = re.findall(r"assets/stylesheets/main\.\w+\.min\.css", (THEME / "main.html").read_text("utf-8"))
    assert (MATERIAL / name).exists()


def test_prune_leaves_nothing_of_material_that_is_not_loaded(tmp_path):
    ours = ["index.html", "assets/javascripts/shell.js", "assets/images/favicon.svg"]
    theirs = [
        "404.html", "sitemap.xml", "sitemap.xml.gz", "assets/images/favicon.png", "assets/javascripts/bundle.0a.min.js",
        "assets/javascripts/lunr/min/lunr.ru.min.js", "assets/javascripts/workers/search.0a.min.js",
        "assets/stylesheets/main.0a.min.css.map", "assets/stylesheets/palette.0a.min.css",
    ]
    for name in [*ours, *theirs]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    sheet = tmp_path / "assets/stylesheets/main.0a.min.css"
    sheet.write_text(
        "/*! https://example.org */a{b:c\\3c !--! https://example.org -->}/*# sourceMappingURL=main.0a.min.css.map */", "utf-8"
    )
    prune(tmp_path)
    left = sorted(file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*") if file.is_file())
    assert left == sorted([*ours, "assets/stylesheets/main.0a.min.css"])
    assert sheet.read_text("utf-8") == "a{b:c}"
    assert prune(tmp_path) == []


def test_the_chooser_offers_every_language_and_asks_for_nothing_outside():
    page = (ROOT / "docs" / "root" / "index.html").read_text("utf-8")
    assert [f'href="{tree["lang"]}/index.html"' in page for tree in trees()] == [True] * len(trees())
    assert "//" not in page.replace("<!doctype html>", "")


def test_interface_files_are_flat():
    for file in INTERFACE.glob("shell.*.yml"):
        assert all(key.startswith("shell.") for key in yaml.safe_load(file.read_text("utf-8"))), file.name
