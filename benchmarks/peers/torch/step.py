"""One training step of a network in PyTorch: frozen forward pass, then the blocks that learn and a linear head.

Usage: python3 step.py DEVICE NETWORK BATCH CLASSES THREADS STEPS. NETWORK is mobilenet_v2, resnet_18 or resnet_50, with -all behind it for all
layers. For every line on standard input it prints medians of a round in milliseconds as JSON. The loss is the cross-entropy. On a GPU
everything stays in its memory, and TF32 is off.
"""
import json
import resource
import sys
import time

import torch

from parts import parts
from timing import clock

start = time.perf_counter()
device = torch.device(sys.argv[1])
batch, classes, threads, steps = (int(argument) for argument in sys.argv[3:7])
torch.set_num_threads(threads)
torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = False
torch.backends.cudnn.benchmark = True
frozen, learning, optimizer = parts(sys.argv[2], classes, device)
criterion = torch.nn.CrossEntropyLoss()
images = torch.rand(batch, 3, 224, 224, device=device)
if device.type == "cpu":
    images = images.contiguous(memory_format=torch.channels_last)
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
    return loss


learn(trunk()).item()
first = (time.perf_counter() - start) * 1000
median = clock(device)
for _ in sys.stdin:
    print(json.dumps({
        "name": f"PyTorch {torch.__version__}",
        "frozen": median(trunk, max(3, steps // 4)),
        "learning": median(learn, steps),
        "whole": median(lambda: learn(trunk()), max(3, steps // 4)),
        "first": first,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }), flush=True)
