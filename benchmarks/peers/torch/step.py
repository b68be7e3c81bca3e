"""One training step of MobileNetV2 in PyTorch: frozen forward pass, then the last three blocks and a linear head.

Usage: python3 step.py DEVICE BATCH CLASSES THREADS STEPS. For every line on standard input it prints medians of a round in milliseconds
as JSON. The loss is the cross-entropy. On a GPU everything stays in its memory, and TF32 is off.
"""
import json
import sys

import torch

from mobilenet import parts
from timing import clock

device = torch.device(sys.argv[1])
batch, classes, threads, steps = (int(argument) for argument in sys.argv[2:6])
torch.set_num_threads(threads)
torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = False
torch.backends.cudnn.benchmark = True
frozen, learning, optimizer = parts(classes, device)
criterion = torch.nn.CrossEntropyLoss()
images = torch.rand(batch, 3, 224, 224, device=device)
labels = torch.randint(0, classes, (batch,), device=device)


def trunk():
    with torch.no_grad():
        return frozen(images)


features = trunk()


def learn(inputs=features):
    optimizer.zero_grad()
    loss = criterion(learning(inputs), labels)
    loss.backward()
    optimizer.step()


median = clock(device)
for _ in sys.stdin:
    print(json.dumps({
        "name": f"PyTorch {torch.__version__}",
        "frozen": median(trunk, max(3, steps // 4)),
        "learning": median(learn, steps),
        "whole": median(lambda: learn(trunk()), max(3, steps // 4)),
    }), flush=True)
