"""Compile the Snowball programs to Python and to JavaScript.

Reads: kazakh.sbl, english.sbl, russian.sbl and base-stemmer.js in this folder.
Writes: *_stemmer.py in this folder; *-stemmer.js in docs/assets/javascripts/stemmers/, or in the folder that is named, as
classic scripts that hang their class on `Kelisim.stemmers`.

Run as `python -m build_scripts.stemmers.compile [FOLDER]`, or by its path where a compiled stemmer is broken or missing,
since the package then does not import. The compiler is the `snowball` on the PATH, or the one the environment variable
SNOWBALL names; README.md in this folder tells how to get it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LANGUAGES = ("kazakh", "english", "russian")
# Python's runtime beside this file and base-stemmer.js are of this release; another compiler may want another runtime.
RELEASE = "2.2.0"

SOURCES = Path(__file__).resolve().parent
SCRIPTS = SOURCES.parents[1] / "docs" / "assets" / "javascripts" / "stemmers"

PYTHON = """\
# Made from {source} by build_scripts/stemmers/compile.py: edit the source and compile again.
{code}"""

JAVASCRIPT = """\
// Made from {source} by build_scripts/stemmers/compile.py: edit the source and compile again.
globalThis.Kelisim = globalThis.Kelisim || {{}};
Kelisim.stemmers = Kelisim.stemmers || {{}};
(function (stemmers) {{
{needs}var {class_name};
{code}
stemmers.{class_name} = {class_name};
}})(Kelisim.stemmers);
"""

BASE_NEEDS = ""
STEMMER_NEEDS = "var BaseStemmer = stemmers.BaseStemmer;\n"


class CompilerError(Exception):
    """The compiler is missing, is of another release, or refuses a source."""


HOME = "https://snowballstem.org/"


def find_compiler() -> str:
    """Return the path of the Snowball compiler. Raises CompilerError where there is none, or none of RELEASE."""
    compiler = os.environ.get("SNOWBALL") or shutil.which("snowball")
    if not compiler:
        raise CompilerError(
            f"No `snowball` on the PATH: expected Snowball {RELEASE}, for example SNOWBALL=/opt/snowball/snowball. "
            "README.md in build_scripts/stemmers tells how to build it."
        )
    try:
        version = subprocess.run([compiler, "--version"], capture_output=True, text=True).stdout.strip()
    except OSError as error:
        raise CompilerError(f"{compiler}: expected Snowball {RELEASE}, but it does not run: {error}") from error
    if not version.endswith(f" {RELEASE}"):
        raise CompilerError(f'{compiler}: expected "Snowball compiler version {RELEASE}", but it says "{version}"')
    return compiler


def compile_all(compiler: str, scripts: Path = SCRIPTS) -> dict[Path, str]:
    """Return every compiled file's path and text. Raises CompilerError where the compiler refuses a source."""
    outputs = {scripts / "base-stemmer.js": wrap_script("base-stemmer.js", "BaseStemmer", BASE_NEEDS, _read_base())}
    for language in LANGUAGES:
        source, class_name = f"{language}.sbl", f"{language.capitalize()}Stemmer"
        python = _run(compiler, source, class_name, "-py", ".py")
        script = _run(compiler, source, class_name, "-js", ".js")
        outputs[SOURCES / f"{language}_stemmer.py"] = PYTHON.format(source=source, code=python)
        outputs[scripts / f"{language}-stemmer.js"] = wrap_script(source, class_name, STEMMER_NEEDS, script)
    return outputs


def wrap_script(source: str, class_name: str, needs: str, code: str) -> str:
    """Return Snowball's JavaScript as a classic script that leaves nothing global but `Kelisim`."""
    code = code.replace(f" - {HOME}", "")  # no file of the site names an outside address, not even in a comment
    return JAVASCRIPT.format(source=source, class_name=class_name, needs=needs, code=code.strip())


def _read_base() -> str:
    return (SOURCES / "base-stemmer.js").read_text(encoding="utf-8")


def _run(compiler: str, source: str, class_name: str, language_option: str, suffix: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "output"
        command = [compiler, str(SOURCES / source), language_option, "-o", str(output), "-n", class_name]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode or done.stderr:
            raise CompilerError(f"{source}: the compiler says: {done.stderr.strip() or done.stdout.strip()}")
        return output.with_suffix(suffix).read_text(encoding="utf-8")


def main() -> int:
    """Compile everything, then write it."""
    scripts = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else SCRIPTS
    try:
        outputs = compile_all(find_compiler(), scripts)
    except CompilerError as error:
        print(error, file=sys.stderr)
        return 1
    scripts.mkdir(parents=True, exist_ok=True)
    for path, text in outputs.items():
        path.write_text(text, encoding="utf-8", newline="\n")
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
