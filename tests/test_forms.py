"""Every pattern matches its examples, and none of its counter-examples."""

import pytest

from build_scripts.forms import forms, languages, load_data

FORMS = [(lang, name, form) for lang in languages() for name, form in load_data(lang).items() if isinstance(form, dict)]


@pytest.mark.parametrize(("lang", "name", "form"), FORMS, ids=[f"{lang}-{name}" for lang, name, _ in FORMS])
def test_examples(lang: str, name: str, form: dict) -> None:
    pattern = getattr(forms(lang), name)
    assert form["examples"], "a form without an example is not known to work"
    assert [text for text in form["examples"] if not pattern.search(text)] == []
    assert [text for text in form.get("not_examples", []) if pattern.search(text)] == []


def test_languages_have_the_same_forms() -> None:
    assert len({frozenset(load_data(lang)) for lang in languages()}) == 1
