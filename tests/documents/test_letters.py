"""Every script that families write can be read in a paper; what cannot be shown stands there by name, and quickly."""

import io
import re
import subprocess
import time
from pathlib import Path

import pikepdf
import pytest

from documents import fonts
from documents.typesetting import CannotTypeset, Typesetter
from tests.documents.test_pdf import MOMENT, RECORD, body, made, structure, text_of

# In other fonts than their neighbours; the letters of fonts.LETTERS and a sentence that needs shaping.
SENTENCES = {
    "Gurmukhi": "ਸਤਿ ਸ੍ਰੀ ਅਕਾਲ",
    "Gujarati": "મારું બાળક",
    "Bengali": "আমার সন্তান",
    "Devanagari": "क्षत्रिय ज्ञान",
    "Tamil": "நன்றி குழந்தை",
    "Telugu": "ధన్యవాదాలు",
    "Sinhala": "ශ්\u200dරී ලංකා",
    "Ethiopic": "አመሰግናለሁ",
    "Hebrew": "תודה",
    "Thai": "ขอบคุณ",
    "Georgian": "გმადლობთ",
    "Chinese": "谢谢 謝謝",
    "Japanese": "ありがとう カタカナ 日本",
    "Korean": "감사합니다",
    "emoji": "👍🥰🧸",
}


@pytest.fixture(scope="module")
def page_of_scripts():
    lines = [f"<p>{words}</p>" for words in [*SENTENCES.values(), *fonts.LETTERS.values()]]
    return made(body("".join(lines)))


def test_every_script_that_families_write_stands_there_as_it_is(page_of_scripts, tmp_path):
    assert fonts.scripts_that_cannot_be_printed() == []
    text = text_of(page_of_scripts, tmp_path).replace("\u202b", "").replace("\u202c", "")
    for script, words in SENTENCES.items():
        for word in words.split():
            assert word in text or word[::-1] in text, script
    with pikepdf.open(io.BytesIO(page_of_scripts)) as opened:
        assert not [thing for thing in structure(opened) if "unshown" in str(thing.get("/T", ""))]
    assert "letter" not in text and "syllable" not in text, "no letter stands there by name"


def test_the_machines_font_may_be_missing_and_the_doctor_says_so(monkeypatch):
    path_of = fonts.path_of
    monkeypatch.setattr(fonts, "path_of", lambda name: Path("/nowhere") if name == "east-asia" else path_of(name))
    for remembered in (fonts.present, fonts.shown):
        remembered.cache_clear()
    try:
        assert fonts.scripts_that_cannot_be_printed() == ["Chinese", "Japanese", "Korean"]
        assert "EastAsia" not in fonts.style_sheet("")
    finally:
        monkeypatch.undo()
        for remembered in (fonts.present, fonts.shown):
            remembered.cache_clear()


def test_joiners_tones_and_forms_vanish_and_are_not_spelt(tmp_path):
    text = text_of(made(body("<p>wave 👋🏽 heart ❤️‍🔥 all 👨‍👩‍👧 flag 🏴󠁧󠁢󠁥󠁮󠁧󠁿 end</p>")), tmp_path)
    for spelt in ("modifier", "joiner", "selector", "tag "):
        assert spelt not in text
    assert "👋" in text and "\U0001f3fd" not in text


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\u0085"])
def test_a_line_separator_is_the_end_of_a_line(end, tmp_path):
    lines = text_of(made(body(f"<p>She eats{end}no nuts</p>")), tmp_path).splitlines()
    assert [line.strip() for line in lines if line.strip()][:2] == ["She eats", "no nuts"]


def test_what_stands_at_the_foot_of_a_page_is_marked_as_well():
    from xml.etree.ElementTree import fromstring

    from documents import characters

    page = fromstring("<article data-foot='Snack 𒀀\u2028time'><p>x</p></article>")  # noqa: S314
    characters.mark_the_unshown(page)
    assert page.get("data-foot") == "Snack (cuneiform sign a) time"


def test_ten_thousand_letters_that_no_font_has_take_seconds_and_no_minutes():
    from xml.etree.ElementTree import fromstring

    from documents import characters

    letters = "".join(chr(0x12000 + number % 900) for number in range(9_900))
    page = fromstring(f"<p>{letters}</p>")  # noqa: S314
    characters.mark_the_unshown(page)
    assert len(page) == 1, "one box for all that follow each other"
    began = time.process_time()
    made(body(f"<p>{'👍' * 9_900}</p><p>{'a👍 ' * 3_300}</p><p>{letters}</p>"))
    assert time.process_time() - began < 10


# The process apart.


def typeset(one, html="<p>Hello</p>", **more):
    return one.paper(body(html), record=RECORD, record_name="record.json", record_says="x", made_at=MOMENT, **more)


@pytest.fixture(scope="module")
def one():
    with Typesetter() as one:
        yield one


def test_a_paper_made_apart_is_the_paper_made_here(one):
    from documents import pdf

    here = pdf.make_pdf(body("<p>Hello</p>"), record=RECORD, record_name="record.json", record_says="x", made_at=MOMENT)
    assert typeset(one) == here
    assert one.public(body("<p>Hello</p>"), made_at=MOMENT) == pdf.make_public_pdf(body("<p>Hello</p>"), made_at=MOMENT)


def test_one_that_asks_for_something_outside_is_refused_and_the_next_is_made(one):
    with pytest.raises(CannotTypeset, match="refused"):
        typeset(one, '<img src="http://127.0.0.1:9/x.png" alt="x">')
    assert typeset(one).startswith(b"%PDF")


def test_one_that_takes_too_long_is_ended_and_costs_only_itself():
    with Typesetter(seconds=60) as one:
        typeset(one)
        one.seconds = 2
        began = time.monotonic()
        with pytest.raises(CannotTypeset, match="slow"):
            typeset(one, "<div><p>" + "<i>a</i> <b>b</b>" * 30_000 + "</p></div>")
        assert time.monotonic() - began < 5
        assert one.process is None


def test_one_that_is_too_large_is_not_even_begun(one):
    with pytest.raises(CannotTypeset, match="large"):
        typeset(one, "a" * 5_000_001)


def test_it_may_take_so_much_memory_and_no_more(one):
    typeset(one)
    limits = Path(f"/proc/{one.process.pid}/limits").read_text()
    taken = next(line for line in limits.splitlines() if line.startswith("Max address space")).split()[3]
    assert int(taken) == 2_500_000_000


# Large print.


def sizes(content, tmp_path):
    """The sizes of letters in a PDF, in points, as a reader sees them."""
    path = tmp_path / "large.pdf"
    path.write_bytes(content)
    done = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, check=True, text=True)
    found = [
        list(map(float, each)) for each in re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)"', done.stdout)
    ]
    return [bottom - top for top, bottom in found]


def test_large_print_has_no_letter_smaller_than_eighteen_points(one, tmp_path):
    ordinary, large = sizes(typeset(one), tmp_path), sizes(typeset(one, large=True), tmp_path)
    assert min(large) >= 1.5 * min(ordinary)
    words = fonts.style_sheet(Path("documents/paper.css").read_text(), large=True)
    assert {float(size[2]) for size in fonts.SIZE.finditer(words)} >= {18.0}
    assert min(float(size[2]) for size in fonts.SIZE.finditer(words)) == 18
