"""Train a reader on trial: python -m tests.quality.reader.training READING --out FILE [--base FOLDER] [--rank N]

READING is the reading set: questions about news articles with the sentences that answer. Public questions come first,
our own later; windows are drawn anew each epoch. The weights that are kept are the running average of the last steps.
Prints the loss and, now and then, figures over a part of dev. Nothing in the product uses the weights yet; what trials
gave stands in docs/design/ranking-trials.md.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from index.vectors.embedder import embedded_folder
from tests.quality.reader.judge import judged
from tests.quality.reader.network import Network, adapt
from tests.quality.reader.packing import Packed, Packer, Window, alphabet_of, batch, tokenize_with
from tests.quality.reader.windows import Articles, Example, but_writers, counted, lowered, public, reading

BATCH = 32
HELD_OUT = frozenset({"3"})  # the writers of train whose questions are kept for calibrating the whole
WARM_UP = 100
POSITIVE = 3.0  # the weight of a token inside the answer


def main(argv: Sequence[str] | None = None) -> None:
    """Train, judge, save."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("reading", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", default="minilm")
    parser.add_argument("--rank", type=int, default=0, help="train changes of this rank, not the whole network")
    parser.add_argument("--rate", type=float, default=1.2e-4)
    parser.add_argument("--public", type=int, default=24_000, help="examples of QAMR to begin with")
    parser.add_argument("--epochs", type=int, default=3, help="over our own questions")
    parser.add_argument("--minutes", type=float, default=170.0, help="end by then, whatever is left")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args(argv)
    torch.manual_seed(args.seed)
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    folder = embedded_folder() if args.base == "minilm" else Path(args.base)
    network, packer = built(folder, args.rank)
    examples = plan(args.reading, args.public, args.epochs, args.seed)
    print(f"{len(examples)} windows: {counted(examples)}", flush=True)
    train(network, packer, examples, args)


def built(folder: Path, rank: int) -> tuple[Network, Packer]:
    """The untrained reader over a pretrained encoder, and what packs for it."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False)
    if rank:
        adapt(encoder, rank)
    else:
        encoder.embeddings.requires_grad_(False)
    return Network(encoder, encoder.config.hidden_size), Packer(tokenize_with(tokenizer), alphabet_of(tokenizer))


def plan(folder: Path, first: int, epochs: int, seed: int) -> list[Example]:
    """All examples in the order in which they are learned, from public to ours."""
    random_ = random.Random(seed)
    data = but_writers(reading(folder, "train"), HELD_OUT)
    strangers = [sentence for one in data.articles.values() for sentence in one["sentences"]]
    others = public(folder / "public", strangers, random_, first)
    articles = Articles(data, random_)
    ours = list(itertools.chain.from_iterable(articles.epoch() for _ in range(epochs)))
    random_.shuffle(ours)
    mixed = others[: int(0.75 * len(others))]  # the rest is spread among ours
    spread = others[len(mixed) :] + ours
    random_.shuffle(spread)
    start = int(0.05 * len(ours))  # some of ours from the start
    first_part = mixed + spread[:start]
    random_.shuffle(first_part)
    return [lowered(example, random_, 0.12) for example in first_part + spread[start:]]


def train(network: Network, packer: Packer, examples: Sequence[Example], args: argparse.Namespace) -> None:
    """One pass over the examples with a linear decay of the rate; the average of the last steps is saved."""
    heads = [*network.token.parameters(), *network.whole.parameters()]
    inner = [parameter for parameter in network.encoder.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": inner, "lr": args.rate}, {"params": heads, "lr": 1e-3}], weight_decay=0.01
    )
    steps = len(examples) // BATCH
    started, losses = time.monotonic(), []

    def share(step: int) -> float:
        """What is left of the rate: linear over the steps, or over the time where that ends first."""
        left = min((steps - step) / steps, 1.0 - (time.monotonic() - started) / (60 * args.minutes))
        return min((step + 1) / WARM_UP, max(0.02, left))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, share)
    average = {name: value.detach().clone() for name, value in network.named_parameters() if value.requires_grad}
    dev = reading(args.reading, "dev")
    network.train()
    for step, chosen in enumerate(batches(examples, packer)):
        loss = loss_of(network, chosen)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(inner + heads, 1.0)
        optimiser.step()
        schedule.step()
        keep = min(0.998, (1 + step) / (10 + step))
        with torch.no_grad():
            for name, value in network.named_parameters():
                if value.requires_grad:
                    average[name].mul_(keep).add_(value, alpha=1 - keep)
        losses.append(loss.item())
        if step % 50 == 49:
            torch.set_num_threads(len(os.sched_getaffinity(0)))
            pace = (step + 1) * BATCH / (time.monotonic() - started)
            print(f"step {step + 1}/{steps} loss {np.mean(losses[-50:]):.4f} {pace:.1f} windows a second", flush=True)
        ended = step + 1 >= steps or time.monotonic() - started > 60 * args.minutes
        if step % 500 == 499 or ended:
            with swapped_in(network, average):
                figures = judged(dev, lambda pairs: read(network, packer, pairs), every=1 if ended else 7)
            print(json.dumps({name: round(value, 3) for name, value in figures.items()}), flush=True)
            args.out.parent.mkdir(parents=True, exist_ok=True)
            save_file({name: value.to(torch.bfloat16).contiguous() for name, value in average.items()}, args.out)
        if ended:
            break


def batches(examples: Sequence[Example], packer: Packer) -> Iterator[list[tuple[Example, Packed]]]:
    """Batches of about equal lengths: 16 batches' worth is sorted by length, then shuffled by batch."""
    random_ = random.Random(7)
    for first in range(0, len(examples), 16 * BATCH):
        pool = [
            (example, packer.pack(example.question, example.window)) for example in examples[first : first + 16 * BATCH]
        ]
        pool.sort(key=lambda pair: len(pair[1].ids))
        parts = [pool[i : i + BATCH] for i in range(0, len(pool), BATCH)]
        random_.shuffle(parts)
        yield from (part for part in parts if len(part) == BATCH)


def loss_of(network: Network, chosen: Sequence[tuple[Example, Packed]]) -> Tensor:
    """Binary cross-entropy over sentences, over tokens where the answer's place is known, and over windows."""
    ids, kinds, mask = batch([packed for _, packed in chosen], 0)
    with mixed_precision():
        tokens, whole = network(torch.from_numpy(ids), torch.from_numpy(kinds), torch.from_numpy(mask))
    entropy = nn.functional.binary_cross_entropy_with_logits
    sentences, wanted, token_losses = [], [], []
    for row, (example, packed) in enumerate(chosen):
        for place, (start, count) in enumerate(packed.places):
            if not count:
                continue
            scores = tokens[row, start : start + count]
            sentences.append(scores.max())
            wanted.append(float(place in example.answering))
            target = torch.zeros(count)
            if example.answer and example.answer[0] == place:
                inside = [a < example.answer[2] and b > example.answer[1] for a, b in packed.offsets[place]]
                target = torch.tensor(inside, dtype=torch.float32)
            elif place in example.answering:
                continue  # it answers, but which of its words do is not known
            token_losses.append(entropy(scores, target, weight=1 + (POSITIVE - 1) * target))
    loss = entropy(torch.stack(sentences), torch.tensor(wanted))
    loss = loss + torch.stack(token_losses).mean()
    answered = torch.tensor([float(bool(example.answering)) for example, _ in chosen])
    return loss + 0.3 * entropy(whole, answered)


def mixed_precision() -> torch.autocast:
    """bfloat16 where the processor multiplies it in hardware, else float32."""
    return torch.autocast("cpu", torch.bfloat16, enabled=torch.cpu._is_amx_tile_supported())


@torch.no_grad()
def read(network: Network, packer: Packer, pairs: Sequence[tuple[str, Window]]) -> list[list[float]]:
    """Log odds a sentence of each pair."""
    packed = [packer.pack(question, window) for question, window in pairs]
    order = sorted(range(len(packed)), key=lambda i: len(packed[i].ids))
    found: list[list[float]] = [[] for _ in packed]
    for first in range(0, len(order), BATCH):
        rows = order[first : first + BATCH]
        ids, kinds, mask = batch([packed[i] for i in rows], 0)
        with mixed_precision():
            tokens, _ = network(torch.from_numpy(ids), torch.from_numpy(kinds), torch.from_numpy(mask))
        for row, i in enumerate(rows):
            found[i] = [float(tokens[row, at : at + count].max()) if count else -30.0 for at, count in packed[i].places]
    return found


class swapped_in:  # noqa: N801  # reads as what it does
    """Judge with other weights for a while."""

    def __init__(self, network: Network, weights: dict[str, Tensor]) -> None:
        self._network, self._weights = network, weights

    def __enter__(self) -> None:
        self._kept = {name: value.detach().clone() for name, value in self._network.named_parameters()}
        self._put(self._weights)
        self._network.eval()

    def __exit__(self, *_: object) -> None:
        self._put(self._kept)
        self._network.train()

    def _put(self, weights: dict[str, Tensor]) -> None:
        with torch.no_grad():
            for name, value in self._network.named_parameters():
                if name in weights:
                    value.copy_(weights[name])


if __name__ == "__main__":
    main()
