"""The usual loop of fine-tuning in PyTorch: every epoch runs the frozen part of MobileNetV2 again, then trains the rest.

Usage: python3 epochs.py BATCH CLASSES THREADS IMAGES EPOCHS; prints the seconds as JSON. The images lie in memory, decoded and scaled.
"""
import json
import sys
import time

import torch

from mobilenet import parts

batch, classes, threads, count, epochs = (int(argument) for argument in sys.argv[1:6])
torch.set_num_threads(threads)
frozen, learning, optimizer = parts(classes)
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
