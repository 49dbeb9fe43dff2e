"""The door to ftfy: letters that were read in a wrong encoding, mended where only one reading makes sense."""

from ftfy import TextFixerConfig, fix_encoding
from ftfy.badness import is_bad

_CONFIG = TextFixerConfig(
    unescape_html=False, remove_terminal_escapes=False, restore_byte_a0=True, replace_lossy_sequences=False,
    decode_inconsistent_utf8=False, fix_c1_controls=True, fix_latin_ligatures=False,
    fix_character_width=False, uncurl_quotes=False, fix_line_breaks=False, fix_surrogates=False,
    remove_control_chars=False, normalization=None, explain=False,
)  # fmt: skip


def mend(text: str) -> str:
    """A text mended, when as a whole it is one encoding read as another; else as it was.

    What is mended has no letters lost and nothing left that looks wrong, so that a guess is never taken.
    """
    fixed = fix_encoding(text, _CONFIG)
    return text if "\ufffd" in fixed or is_bad(fixed) else fixed
