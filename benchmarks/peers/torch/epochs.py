"""The usual loop of fine-tuning in PyTorch: every epoch runs the frozen part of MobileNetV2 again, then trains the rest.

Usage: python3 epochs.py BATCH CLASSES THREADS IMAGES EPOCHS; prints the seconds as JSON. The images lie in memory, decoded and scaled.
Weights are random and batch normalization uses its stored statistics: only the time counts.
"""
import json
import sys
import time

import torch
import torchvision

batch, classes, threads, count, epochs = (int(argument) for argument in sys.argv[1:6])
torch.set_num_threads(threads)
torch.manual_seed(1)
network = torchvision.models.mobilenet_v2(weights=None).eval()
for parameter in network.parameters():
    parameter.requires_grad = False
frozen = network.features[:15]  # the stem and blocks 0 to 13
learning = torch.nn.Sequential(
    network.features[15:], torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(1280, classes)
)
for parameter in learning.parameters():
    parameter.requires_grad = True
optimizer = torch.optim.SGD(learning.parameters(), lr=0.001, momentum=0.9)
criterion = torch.nn.CrossEntropyLoss()
images = torch.rand(count, 3, 224, 224)
labels = torch.randint(0, classes, (count,))
start = time.perf_counter()
for _ in range(epochs):
    for rows in torch.randperm(count).split(batch):
        with torch.no_grad():
            features = frozen(images[rows])
        optimizer.zero_grad()
        loss = criterion(learning(features), labels[rows])
        loss.backward()
        optimizer.step()
print(json.dumps({"seconds": time.perf_counter() - start}))
