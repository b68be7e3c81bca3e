"""One training step of MobileNetV2 in PyTorch: frozen forward pass, then the last three blocks and a linear head.

Usage: python3 step.py BATCH CLASSES THREADS ROUNDS; prints medians in milliseconds as JSON.
The loss is the cross-entropy.
"""
import json
import statistics
import sys
import time

import torch

from mobilenet import parts

batch, classes, threads, rounds = (int(argument) for argument in sys.argv[1:5])
torch.set_num_threads(threads)
frozen, learning, optimizer = parts(classes)
criterion = torch.nn.CrossEntropyLoss()
images = torch.rand(batch, 3, 224, 224)
labels = torch.randint(0, classes, (batch,))


def trunk():
    with torch.no_grad():
        return frozen(images)


features = trunk()


def learn(inputs=features):
    optimizer.zero_grad()
    loss = criterion(learning(inputs), labels)
    loss.backward()
    optimizer.step()


def median(work, count):
    work()
    work()
    times = []
    for _ in range(count):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


print(json.dumps({
    "name": f"PyTorch {torch.__version__}",
    "frozen": median(trunk, max(3, rounds // 4)),
    "learning": median(learn, rounds),
    "whole": median(lambda: learn(trunk()), max(3, rounds // 4)),
}))
