"""The hooks of MkDocs: the words of the frame, in the language of the tree, for the templates in docs/theme.

Reads   docs/interface/shell.<lang>.yml, docs/interface/languages.yml
Writes  `config.extra.words` and `config.extra.trees`, which the templates read

It imports nothing of MkDocs, so that the pages can be built by another generator that reads the same mkdocs.yml.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

INTERFACE = Path(__file__).resolve().parents[1] / "docs" / "interface"


def shell_words(lang: str) -> dict[str, str]:
    """The words of the frame in `lang`, by key. Raises FileNotFoundError when there are none in that language."""
    return yaml.safe_load((INTERFACE / f"shell.{lang}.yml").read_text(encoding="utf-8"))


def trees() -> list[dict[str, str]]:
    """The languages that the site is written in, for the switch: each that has words of the frame, in their order."""
    languages = yaml.safe_load((INTERFACE / "languages.yml").read_text(encoding="utf-8"))
    return [
        {"lang": lang, "label": language["short"], "name": language["own"], "dir": language["dir"]}
        for lang, language in languages.items()
        if (INTERFACE / f"shell.{lang}.yml").exists()
    ]


def on_config(config: Any) -> Any:
    """MkDocs calls this once the configuration is read."""
    config["extra"].update(words=shell_words(config["theme"]["language"]), trees=trees())
    return config


def on_env(env: Any, config: Any, files: Any) -> Any:
    """MkDocs calls this before it draws pages: statements of the templates leave no empty lines in them."""
    env.trim_blocks = env.lstrip_blocks = True
    return env
