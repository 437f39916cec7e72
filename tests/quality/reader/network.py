"""The network: a pretrained encoder with one linear layer over its tokens.

A token's score is the log odds that it belongs to what answers the question; a sentence scores as its best token.
A low-rank change (LoRA) lets a large encoder be adapted by a few megabytes. Importing this module loads torch.
"""

from __future__ import annotations

import math
from typing import Any, cast

import torch
from torch import Tensor, nn


class Network(nn.Module):
    """An encoder and its heads: `token` for what answers, `whole` for whether anything in the window does."""

    def __init__(self, encoder: nn.Module, width: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.token = nn.Linear(width, 1)
        self.whole = nn.Linear(width, 1)

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Log odds a token, shape (windows, tokens), and a window, shape (windows,)."""
        given: dict[str, Any] = {"input_ids": ids, "attention_mask": mask}
        if getattr(getattr(self.encoder, "config", None), "type_vocab_size", 0) > 1:
            given["token_type_ids"] = kinds
        states = self.encoder(**given).last_hidden_state
        return self.token(states).squeeze(-1).float(), self.whole(states[:, 0]).squeeze(-1).float()


class LowRank(nn.Module):
    """A linear layer that stays as it is, and a change of low rank beside it (LoRA, Hu et al. 2021)."""

    def __init__(self, frozen: nn.Linear, rank: int, scale: float) -> None:
        super().__init__()
        self.frozen = frozen
        self.down = nn.Parameter(torch.empty(rank, frozen.in_features))
        self.up = nn.Parameter(torch.zeros(frozen.out_features, rank))
        self.scale = scale
        nn.init.kaiming_uniform_(self.down, a=math.sqrt(5))

    def forward(self, states: Tensor) -> Tensor:
        """The layer's output with the change added."""
        changed = nn.functional.linear(nn.functional.linear(states, self.down), self.up)
        return cast(Tensor, self.frozen(states) + self.scale * changed)

    def merged(self) -> nn.Linear:
        """A plain layer that does the same."""
        with torch.no_grad():
            self.frozen.weight += self.scale * (self.up @ self.down)
        return self.frozen


def adapt(encoder: nn.Module, rank: int, scale: float = 1.0) -> None:
    """Freeze an encoder and put a change of low rank beside each linear layer of its blocks."""
    for parameter in encoder.parameters():
        parameter.requires_grad_(False)
    for module in list(encoder.modules()):
        for name, child in list(module.named_children()):
            if isinstance(child, nn.Linear):
                setattr(module, name, LowRank(child, rank, scale))


def sentence_odds(tokens: Tensor, places: list[tuple[int, int]]) -> Tensor:
    """Log odds a sentence of one window, from its row of token odds: the best token of each."""
    return torch.stack([tokens[first : first + count].max() for first, count in places])
