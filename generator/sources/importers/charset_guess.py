"""The door to charset-normalizer: which encoding bytes are most likely in, where nobody says."""

from charset_normalizer import from_bytes

CANDIDATES = (
    "cp1252", "cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "cp874", "cp932", "euc_jp", "gb18030",
    "big5hkscs", "cp949", "cp866", "mac_cyrillic",
)  # fmt: skip
"""What pages and texts without a word on their encoding are in, but for kin of cp1252, which look alike."""


def guess(data: bytes) -> str:
    """The name of the likeliest encoding; "" when none fits. The same bytes give the same name."""
    best = from_bytes(data, steps=5, chunk_size=2048, threshold=0.4, cp_isolation=list(CANDIDATES)).best()
    return best.encoding if best is not None else ""
