"""One training step of MobileNetV2 in PyTorch: frozen forward pass, then the last three blocks and a linear head.

Usage: python3 step.py BATCH CLASSES THREADS ROUNDS; prints medians in milliseconds as JSON. Weights are random: only the time counts.
The loss is the cross-entropy, the update SGD with momentum; batch normalization uses its stored statistics, as in fine-tuning.
"""
import json
import statistics
import sys
import time

import torch
import torchvision

batch, classes, threads, rounds = (int(argument) for argument in sys.argv[1:5])
torch.set_num_threads(threads)
torch.manual_seed(1)
network = torchvision.models.mobilenet_v2(weights=None).eval()
frozen = network.features[:15]  # the stem and blocks 0 to 13
learning = torch.nn.Sequential(
    network.features[15:], torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(1280, classes)
)
for parameter in network.parameters():
    parameter.requires_grad = False
for parameter in learning.parameters():
    parameter.requires_grad = True
optimizer = torch.optim.SGD(learning.parameters(), lr=0.001, momentum=0.9)
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
