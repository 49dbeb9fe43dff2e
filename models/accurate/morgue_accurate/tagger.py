"""Names by the encoder's chances and the light tagger's, averaged."""

import hashlib
from collections.abc import Sequence
from importlib.resources import files

import numpy as np
import onnxruntime

from generator.annotate.spans import Span
from generator.annotate.tagging.agreeing import agreed
from generator.annotate.tagging.decode import Chances, Trust, names
from generator.annotate.tagging.features import Read
from generator.annotate.tagging.hints import HINTS, may_name
from generator.annotate.tagging.labels import COUNT
from generator.annotate.tagging.light import Changed, Light, light
from generator.annotate.tagging.reading import sentences
from generator.annotate.tokens import Document
from morgue_accurate.version import VERSION
from morgue_accurate.windows import Cutter, Row
from morgue_accurate.wordpiece import vocabulary

SHA256 = "7709859aca073b58c82555be0d0ddc4bff2be9dc5ffac1f5ba51a132c4e2167c"
"""The digest of the model, which `make model-accurate` prints."""

LIGHT_WEIGHT = 0.2
"""What the light tagger's chances count for in the average."""

TRUST = Trust("accurate", proven=0.55, likely=0.35)

_SLOWER = ["SkipLayerNormFusion"]
"""Of the ways in which onnxruntime joins the steps of a model: its joined step takes a tenth of the whole
longer than the two that it stands for (1.32, x86)."""

_BITS = np.arange(len(HINTS), dtype=np.uint32)


class Accurate:
    """Names by the encoder, one window at a time.

    Each window is a run of the model of its own: in a batch the range from which its numbers are rounded
    would depend on a window's neighbours.
    """

    name = f"accurate-{VERSION}"

    def __init__(self, model: bytes, pieces: str, crf: Light) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.use_deterministic_compute = True
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            model, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
        )
        self._cut = Cutter(vocabulary(pieces))
        self._crf = crf

    def names(self, document: Document) -> list[Span]:
        """The names in a document, in reading order."""
        read, told = sentences(document)
        encoded = self._encoded(read)
        mixed = [
            [
                _mixed(rows, encoded.get(at), run.start)
                for run, rows in zip(one.runs, self._crf.chances(one, told), strict=True)
            ]
            for at, one in enumerate(read)
        ]
        found: list[Span] = []
        for (number, _), one, rows in zip(document.sentences, read, agreed(read, mixed), strict=True):
            found += names(number, document.texts[number], one, rows, TRUST)
        return found

    def _encoded(self, read: Sequence[Read]) -> dict[int, dict[int, list[float]]]:
        """The encoder's chances by sentence and token; sentences that cannot hold a name are not read."""
        rows = [self._cut.row(at, one) for at, one in enumerate(read) if one.runs and may_name(one.tokens)]
        found: dict[int, dict[int, list[float]]] = {}
        for window in self._cut.windows(rows):
            chances = self._run(window)
            for (sentence, token), row in zip(window.tokens, chances, strict=True):
                if sentence >= 0:
                    found.setdefault(sentence, {})[token] = row
        return found

    def _run(self, window: Row) -> list[list[float]]:
        bits = np.array(window.hints, dtype=np.uint32)
        given = {
            "pieces": np.array([window.pieces], dtype=np.int64),
            "shapes": np.array([window.shapes], dtype=np.int64),
            "hints": ((bits[:, None] >> _BITS) & 1).astype(np.float32)[None],
        }
        (scores,) = self._session.run(["scores"], given)
        raised = np.exp(scores[0] - scores[0].max(axis=1, keepdims=True))
        chances: list[list[float]] = (raised / raised.sum(axis=1, keepdims=True)).tolist()
        return chances


def _mixed(light: Chances, encoded: dict[int, list[float]] | None, start: int) -> list[list[float]]:
    """Both chances of a run's tokens in the average; a token that the encoder did not see has no name."""
    outside = [1.0] + [0.0] * (COUNT - 1)
    mixed = []
    for at, row in enumerate(light, start):
        other = encoded.get(at, outside) if encoded else outside
        mixed.append([LIGHT_WEIGHT * a + (1 - LIGHT_WEIGHT) * b for a, b in zip(row, other, strict=True)])
    return mixed


def tagger() -> Accurate:
    """The packaged tagger. Raises Changed when a file is not the one pinned here."""
    folder = files("morgue_accurate")
    model = folder.joinpath("model.onnx").read_bytes()
    digest = hashlib.sha256(model).hexdigest()
    if digest != SHA256:
        raise Changed(
            f"model.onnx has SHA-256 {digest} and should have {SHA256}: install morgue-accurate again"
        )
    return Accurate(model, folder.joinpath("vocab.txt").read_text(encoding="utf-8"), light())
