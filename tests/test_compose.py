"""Citations as they are copied: the styles of each language, and that each leads back to what was cited."""

import shutil

import pytest

from build_scripts.cite import Resolver
from build_scripts.compose import STYLES, citation_langs, compose
from build_scripts.model import Target

from .conftest import CRIME, EXTRADITION
from .test_cite import differences, in_node

CITED = {
    ("kk", "short"): "Адамдарды ұстап беру туралы келісім, 4-баптың 1-тармағының e) тармақшасы",
    ("kk", "long"): "Қазақстан Республикасы мен Иордан Хашимит Корольдігі арасындағы адамдарды ұстап беру туралы келісімнің "
                    "(Астана, 2017 жылғы 1 қараша) 4-бабы 1-тармағының e) тармақшасы",
    ("ru", "short"): "Соглашение о выдаче лиц, пп. e) п. 1 ст. 4",
    ("ru", "long"): "подпункт e) пункта 1 статьи 4 Соглашения между Республикой Казахстан и Иорданским Хашимитским "
                    "Королевством о выдаче лиц (Астана, 1 ноября 2017 года)",
    ("en", "short"): "Extradition agreement, art. 4(1)(e)",
    ("en", "long"): "Agreement between the Republic of Kazakhstan and the Hashemite Kingdom of Jordan on the extradition of "
                    "persons (Astana, 1 November 2017), Article 4(1)(e)",
}
KAZAKH_LONG = {
    "art_4": "4-бабы", "art_4__para_1": "4-бабының 1-тармағы", "art_4__para_1__point_e": "4-бабы 1-тармағының e) тармақшасы",
    "art_3__point_3__indent_2": "3-бабы 3) тармақшасының 2-абзацы", "art_6__subpara_1": "6-бабының нөмірсіз 1-бөлігі",
    "art_11__para_1__wrapup": "11-бабы 1-тармағының қорытынды сөздері", "preamble__rec_1": "кіріспесінің 1-абзацы",
}


def cite(library, slug: str, eid: str, lang: str, style: str) -> str:
    return compose(library.treaty(slug).data, eid, lang, style)


@pytest.mark.parametrize("lang, style", CITED)
def test_the_styles(library, lang, style):
    assert cite(library, EXTRADITION, "art_4__para_1__point_e", lang, style) == CITED[lang, style]


@pytest.mark.parametrize("eid", KAZAKH_LONG)
def test_in_kazakh_only_the_unit_before_the_last_is_in_the_genitive(library, eid):
    assert cite(library, EXTRADITION, eid, "kk", "long").endswith(") " + KAZAKH_LONG[eid])


@pytest.mark.parametrize("lang", citation_langs())
def test_a_title_that_a_text_states_is_not_said_again(library, lang):
    for treaty in library.treaties:
        stated, held = treaty.data.citation_titles.get(lang), {one.lang: one for one in treaty.data.expressions}
        if stated:
            assert stated.working_rendering == (lang not in held)
            assert bool(stated.full) == (lang not in held)
        if stated and stated.genitive and lang == "kk":
            assert stated.genitive == held["kk"].title + "нің"


def citations(library) -> dict[str, Target]:
    """Every provision of every text held, in each language and style."""
    return {
        cite(library, treaty.slug, provision.eid, lang, style): Target(treaty.slug, provision.eid)
        for treaty in library.treaties for expression in treaty.expressions.values() for provision in expression.walk()
        for lang in citation_langs() for style in STYLES
    }


def test_every_citation_leads_back_to_its_provision(library):
    resolver, cited = Resolver(library), citations(library)
    provisions = {(t.slug, p.eid) for t in library.treaties for e in t.expressions.values() for p in e.walk()}
    assert len(cited) == len(provisions) * len(citation_langs()) * len(STYLES)  # none is cited as another is
    answers = {words: resolver.resolve(words).resolved for words in cited}
    wrong = {words: found for words, found in answers.items() if found != (cited[words],)}
    assert not wrong


@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
def test_in_the_browser_alike(library, tmp_path):
    queries = list(citations(library))
    assert not differences(Resolver(library), queries, in_node(library, tmp_path, queries))


def test_what_has_no_number_is_named_in_every_language(library):
    for slug in (EXTRADITION, CRIME):
        for expression in library.treaty(slug).expressions.values():
            for provision in expression.walk():
                for lang in citation_langs():
                    for style in STYLES:
                        cited = cite(library, slug, provision.eid, lang, style)
                        assert "{" not in cited and "_" not in cited, cited
