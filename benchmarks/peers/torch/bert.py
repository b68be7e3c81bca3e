"""A small BERT (Devlin et al. 2018, arXiv:1810.04805): embeddings, encoder layers with masked self-attention, a pooled classifier."""
import math

import torch
from torch import nn

WORDS, PLACES, KINDS, WIDTH, HEADS, INNER = 200, 32, 2, 64, 4, 256


class Embeddings(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(WORDS, WIDTH)
        self.places = nn.Embedding(PLACES, WIDTH)
        self.kinds = nn.Embedding(KINDS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.register_buffer("place_ids", torch.arange(PLACES).unsqueeze(0))

    def forward(self, ids, kinds):
        places = self.places(self.place_ids[:, : ids.shape[1]])
        return self.norm(self.words(ids) + self.kinds(kinds) + places)


class Attention(nn.Module):
    def __init__(self, fill):
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.output = nn.Linear(WIDTH, WIDTH)
        self.fill = fill

    def heads(self, x):
        return x.view(x.shape[0], x.shape[1], HEADS, WIDTH // HEADS).permute(0, 2, 1, 3)

    def forward(self, x, mask):
        scores = self.heads(self.query(x)) @ self.heads(self.key(x)).transpose(-1, -2) / math.sqrt(WIDTH // HEADS)
        if self.fill:
            scores = scores.masked_fill(mask[:, None, None, :] == 0, float("-inf"))
        else:
            scores = scores + (1 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        read = scores.softmax(-1) @ self.heads(self.value(x))
        return self.output(read.permute(0, 2, 1, 3).reshape(x.shape[0], -1, WIDTH))


class Layer(nn.Module):
    def __init__(self, fill):
        super().__init__()
        self.attention = Attention(fill)
        self.attention_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x, mask):
        x = self.attention_norm(x + self.attention(x, mask))
        return self.norm(x + self.outer(nn.functional.gelu(self.inner(x))))


class Bert(nn.Module):
    """Word ids, kinds and mask, (batch, words) each, to scores (batch, classes).

    fill: whether masked scores are filled with minus infinity (masked_fill) or get -10000 added, the two usual ways.
    """

    def __init__(self, classes, layers=3, fill=False):
        super().__init__()
        self.embeddings = Embeddings()
        self.layers = nn.ModuleList(Layer(fill) for _ in range(layers))
        self.pooler = nn.Linear(WIDTH, WIDTH)
        self.classifier = nn.Linear(WIDTH, classes)

    def forward(self, ids, kinds, mask):
        x = self.embeddings(ids, kinds)
        for layer in self.layers:
            x = layer(x, mask)
        return self.classifier(torch.tanh(self.pooler(x[:, 0])))
