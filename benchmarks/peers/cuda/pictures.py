"""Made-up photographs as JPEG files: smooth colours with edges and some noise, which decode about as fast as real ones. What class a
picture has can be seen: the edges run level, upright, or slanting."""
import os
import sys
from concurrent.futures import ProcessPoolExecutor

import numpy
from PIL import Image

CLASSES = ["level", "upright", "slanting"]
SIZE = (500, 375)


def picture(number):
    random = numpy.random.default_rng(number)
    coarse = Image.fromarray(random.integers(0, 256, (6, 8, 3), dtype=numpy.uint8))
    smooth = numpy.asarray(coarse.resize(SIZE, Image.BICUBIC), dtype=numpy.float32)
    down, right = numpy.mgrid[0:SIZE[1], 0:SIZE[0]]
    along = (down, right, down + right)[number % len(CLASSES)]
    stripes = numpy.sign(numpy.sin(along * random.uniform(0.1, 0.2) + random.uniform(0, 6)))
    pixels = smooth * 0.6 + 50 + stripes[..., None] * random.uniform(20, 40, 3) + random.normal(0, 6, smooth.shape)
    return Image.fromarray(pixels.clip(0, 255).astype(numpy.uint8))


def save(folder, number):
    picture(number).save(os.path.join(folder, CLASSES[number % len(CLASSES)], f"{number:05}.jpg"), quality=90)


def make(folder, count):
    """Fills a folder with class folders."""
    for name in CLASSES:
        os.makedirs(os.path.join(folder, name), exist_ok=True)
    with ProcessPoolExecutor() as pool:
        list(pool.map(save, [folder] * count, range(count), chunksize=32))


if __name__ == "__main__":
    make(sys.argv[1], int(sys.argv[2]))
