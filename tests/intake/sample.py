"""A small treaty of our own making, on the weather, in English, Kazakh and Russian, and as a file of each format.

Nothing in it is taken from a treaty that exists. The Russian text is only read, for there is no Russian page.
"""

from __future__ import annotations

import html
import io
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.browser import chromium

TITLE = {
    "en": "AGREEMENT between the Government of the Republic of Kazakhstan and the Government of the Republic of Fiji on the "
          "exchange of weather observations",
    "kk": "ҚАЗАҚСТАН РЕСПУБЛИКАСЫНЫҢ ҮКІМЕТІ МЕН ФИДЖИ РЕСПУБЛИКАСЫНЫҢ ҮКІМЕТІ АРАСЫНДАҒЫ АУА РАЙЫН БАҚЫЛАУ ДЕРЕКТЕРІМЕН "
          "АЛМАСУ ТУРАЛЫ КЕЛІСІМ",
    "ru": "СОГЛАШЕНИЕ между Правительством Республики Казахстан и Правительством Республики Фиджи об обмене наблюдениями за "
          "погодой",
}
PARAGRAPHS = {  # "#" begins the heading of an article
    "en": """\
The Government of the Republic of Kazakhstan and the Government of the Republic of Fiji, hereinafter referred to as the Parties,
desiring to know the weather of each other,
have agreed as follows:
# Article 1. Purpose
1. The Parties exchange observations of the weather.
2. Observations are:
a) temperature;
b) wind and rain.
# Article 2. Authorities
The authorities that send the observations are named in a note.
# Article 3. Costs
1. Each Party bears the costs of the authorities named in Article 2.
2. Nothing is paid for the observations.
# Article 4. Entry into force
1. This Agreement shall enter into force on the thirtieth day after the last note.
2. It remains in force for five years.
DONE at Astana on 5 March 2021, in two originals, each in the Kazakh and English languages, all texts being equally authentic.
In case of disagreement in the interpretation of this Agreement, the English text shall prevail.
FOR THE GOVERNMENT OF THE REPUBLIC OF KAZAKHSTAN
FOR THE GOVERNMENT OF THE REPUBLIC OF FIJI""",
    "kk": """\
Бұдан әрі "Тараптар" деп аталатын Қазақстан Республикасының Үкіметі мен Фиджи Республикасының Үкіметі
бір-бірінің ауа райын білуге ниет білдіре отырып,
төмендегілер туралы келісті:
# 1-бап. Мақсаты
1. Тараптар ауа райын бақылау деректерімен алмасады.
2. Бақылау деректері мыналар:
a) температура;
b) жел мен жауын-шашын.
# 2-бап. Органдар
Бақылау деректерін жіберетін органдар нотада аталады.
# 3-бап. Шығыстар
1. Әр Тарап 2-бапта аталған органдардың шығыстарын өзі көтереді.
2. Бақылау деректері үшін ақы төленбейді.
# 4-бап. Күшіне енуі
1. Осы Келісім соңғы нотадан кейін отызыншы күні күшіне енеді.
2. Ол бес жыл бойы күшінде болады.
2021 жылғы 5 наурызда Астанада екі данада, әрқайсысы қазақ және ағылшын тілдерінде ЖАСАЛДЫ, әрі барлық мәтіндер тең түпнұсқалы.
Осы Келісімді түсіндіруде келіспеушіліктер туындаған жағдайда, ағылшын тіліндегі мәтін басым болады.
ҚАЗАҚСТАН РЕСПУБЛИКАСЫНЫҢ ҮКІМЕТІ ҮШІН
ФИДЖИ РЕСПУБЛИКАСЫНЫҢ ҮКІМЕТІ ҮШІН""",
    "ru": """\
Правительство Республики Казахстан и Правительство Республики Фиджи, именуемые в дальнейшем Сторонами,
желая знать погоду друг друга,
согласились о нижеследующем:
# Статья 1. Цель
1. Стороны обмениваются наблюдениями за погодой.
2. Наблюдениями являются:
a) температура;
b) ветер и дождь.
# Статья 2. Органы
Органы, которые посылают наблюдения, называются в ноте.
# Статья 3. Расходы
1. Каждая Сторона несёт расходы органов, названных в статье 2.
2. За наблюдения ничего не платят.
# Статья 4. Вступление в силу
1. Настоящее Соглашение вступает в силу на тридцатый день после последней ноты.
2. Оно остаётся в силе пять лет.
Совершено в городе Астане 5 марта 2021 года в двух экземплярах, каждый на казахском и английском языках, тексты аутентичны.
При разногласиях в толковании настоящего Соглашения преимущество имеет текст на английском языке.
ЗА ПРАВИТЕЛЬСТВО РЕСПУБЛИКИ КАЗАХСТАН
ЗА ПРАВИТЕЛЬСТВО РЕСПУБЛИКИ ФИДЖИ""",
}
ARTICLES = ["1", "2", "3", "4"]
PAGE_STYLE = """
@page { size: A5; margin: 18mm; @top-center { content: "Weather Gazette" } @bottom-center { content: counter(page) } }
body { font: 12pt/1.3 serif; text-align: justify } h1, h2 { text-align: center; font-size: 12pt } p { margin: 0 0 6pt }
"""


def paragraphs(lang: str) -> list[tuple[str, bool]]:
    """The paragraphs below the title, and whether each is a heading."""
    return [(line.removeprefix("# "), line.startswith("# ")) for line in PARAGRAPHS[lang].splitlines()]


def words(lang: str) -> str:
    """The whole text without white space."""
    return "".join((TITLE[lang] + "".join(text for text, _ in paragraphs(lang))).split())


def as_text(lang: str) -> str:
    return "\n\n".join([TITLE[lang], *(text for text, _ in paragraphs(lang))]) + "\n"


def as_markdown(lang: str) -> str:
    lines = [f"### {text}" if heading else text for text, heading in paragraphs(lang)]
    return "\n\n".join([f"# {TITLE[lang]}", *lines]) + "\n"


def as_html(lang: str) -> str:
    """A page as a database of laws has it, with a menu and a script."""
    lines = [f"<h2>{html.escape(text)}</h2>" if heading else f"<p>{html.escape(text)}</p>" for text, heading in paragraphs(lang)]
    return (
        f"<!DOCTYPE html><html lang={lang}><head><meta charset=utf-8><title>x</title><script>var a = '<p>no text</p>';</script>"
        f"</head><body><nav>Menu</nav><h1>{html.escape(TITLE[lang])}</h1>{''.join(lines)}</body></html>"
    )


def as_akoma_ntoso(lang: str) -> bytes:
    """Akoma Ntoso as others write it: eIds of their own, no lists of ours, a reference, white space at their liking."""
    units: list[str] = []
    around: dict[str, list[str]] = {"preamble": [], "conclusions": []}
    for text, heading in paragraphs(lang):
        number, _, rest = text.partition(" ") if not heading else text.partition(". ")
        words = html.escape(rest)
        if heading:
            units.append(f"<num>{number}.</num><heading>{words}</heading>")
        elif number[-1:] in ".)" and len(number) == 2:
            unit = "point" if number[-1] == ")" else "paragraph"
            eid = f"{unit}-{len(units)}-{number[0]}"
            units[-1] += f"\n <{unit} eId='{eid}'><num>{number}</num><content><p>{words}</p></content></{unit}>"
        elif units and "2021" not in text and not around["conclusions"]:
            units[-1] += f"<content><p>{html.escape(text)}</p></content>"
        else:
            around["conclusions" if units else "preamble"].append(f"<p>{html.escape(text)}</p>")
    units = [_with_list(unit) for unit in units]
    body = "\n".join(f"<article eId='article-{place}'>{unit}</article>" for place, unit in enumerate(units, 1))
    body = body.replace("Article 2.</p>", "<ref href='#article-2'>Article 2</ref>.</p>")
    language = {"en": "eng", "kk": "kaz", "ru": "rus"}[lang]
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<an:akomaNtoso xmlns:an="http://docs.oasis-open.org/legaldocml/ns/akn/3.0" xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">
<act name="agreement"><meta><identification source="#x"><FRBRExpression><FRBRlanguage language="{language}"/></FRBRExpression>
</identification></meta><preface><longTitle><p><docTitle>{html.escape(TITLE[lang])}</docTitle></p></longTitle></preface>
<preamble>{"".join(around["preamble"])}</preamble><body>{body}</body>
<conclusions>{"".join(around["conclusions"])}</conclusions></act></an:akomaNtoso>""".encode()


def _with_list(unit: str) -> str:
    """A list stands in the paragraph that opens it."""
    before, opening, points = unit.partition(":</p></content></paragraph>")
    head, _, words = before.rpartition("<content>")
    return f"{head}<list><intro>{words}:</p></intro>{points}</list></paragraph>" if opening else unit


NUMBERED = """
<w:abstractNum {w} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{heading}"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl></w:abstractNum>"""
HEADINGS = {"en": "Article %1.", "kk": "%1-бап.", "ru": "Статья %1."}


def as_docx(lang: str) -> bytes:
    """A Word file whose numbers are all automatic: none of them is typed."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERED.format(w=nsdecls("w"), heading=HEADINGS[lang])))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    document.add_paragraph(TITLE[lang], "Title")
    for text, heading in paragraphs(lang):
        level, rest = _automatic(text, heading)
        paragraph = document.add_paragraph(rest, "Heading 2" if heading else None)
        if level is not None:
            properties = paragraph._p.get_or_add_pPr()
            properties.append(parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'
            ))
    return saved(document)


def _automatic(text: str, heading: bool) -> tuple[int | None, str]:
    if heading:
        return 0, text.partition(". ")[2]
    if text[:2] in ("1.", "2."):
        return 1, text[3:]
    return (2, text[3:]) if text[1:2] == ")" else (None, text)


def saved(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def printed(page: str, folder: Path) -> Path:
    """HTML as a PDF. The test is skipped where there is no Chromium, and fails there under CI."""
    browser = chromium.find()
    if browser is None:
        pytest.fail("no Chromium") if "CI" in __import__("os").environ else pytest.skip("no Chromium was found")
    source, target = folder / "page.html", folder / "page.pdf"
    source.write_text(page, encoding="utf-8")
    profile = folder / "profile"
    command = [
        browser, "--headless", *chromium.ARGUMENTS, "--no-pdf-header-footer", f"--user-data-dir={profile}",
        f"--print-to-pdf={target}", source.as_uri(),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    shutil.rmtree(profile, ignore_errors=True)
    return target


def as_pdf(lang: str, folder: Path) -> bytes:
    """A PDF with page numbers, running heads, and words that the end of a line cuts."""
    page = as_html(lang).replace("<nav>Menu</nav>", "").replace("</head>", f"<style>{PAGE_STYLE}</style></head>")
    for first, second in (("obser", "vations"), ("бақы", "лау"), ("inter", "pretation")):
        page = page.replace(f" {first}{second}", f" {first}&shy;{second}")
    return printed(page, folder).read_bytes()
