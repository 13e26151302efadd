"""The reader as a torch module: the first layers of the encoder and a head that scores every token as start and end of an answer."""

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from encoder_network import EncoderNetwork
from trained_weights import TrainedWeights


class ReaderNetwork(EncoderNetwork):
    """Embeddings and the lowest layers stay as they are; the head is `head_w`, `head_b`."""

    def __init__(self, weights: TrainedWeights, layers: int, frozen_layers: int):
        rows = list(range(len(weights.matrix("emb.word", weights.sizes.hidden))))
        super().__init__(weights, rows, layers, frozen_layers)
        self._set("head.w", 0.02 * torch.randn(2, self.sizes.hidden).numpy(), trained=True)
        self._set("head.b", np.zeros(2, np.float32), trained=True)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Scores [batch, tokens, 2] of ids int64 [batch, tokens] with a mask that is true on real tokens."""
        (states,) = self.states(ids, mask, after=(self.sizes.layers,))
        return functional.linear(states.float(), self._p("head.w"), self._p("head.b"))
