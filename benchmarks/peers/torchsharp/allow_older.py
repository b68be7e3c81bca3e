"""Marks a version that a library needs as weak, so that the loader only warns where it is missing.

Usage: python3 allow_older.py LIBRARY VERSION. In an ELF file of 64 bits the section of type SHT_GNU_verneed lists, for each library, the versions
that are needed, each with flags; 2 is VER_FLG_WEAK.
"""
import struct
import sys

VERSIONS_NEEDED = 0x6FFFFFFE
path, version = sys.argv[1:]
with open(path, "rb") as file:
    data = bytearray(file.read())
sections = struct.unpack_from("<Q", data, 40)[0]


def section(index):
    start = sections + 64 * index
    kind = struct.unpack_from("<I", data, start + 4)[0]
    offset = struct.unpack_from("<Q", data, start + 24)[0]
    link, count = struct.unpack_from("<II", data, start + 40)
    return kind, offset, link, count


for index in range(struct.unpack_from("<H", data, 60)[0]):
    kind, need, link, count = section(index)
    if kind != VERSIONS_NEEDED:
        continue
    names = section(link)[1]
    for _ in range(count):
        _, entries, _, first, following = struct.unpack_from("<HHIII", data, need)
        entry = need + first
        for _ in range(entries):
            _, flags, _, name, step = struct.unpack_from("<IHHII", data, entry)
            start = names + name
            if data[start:data.index(0, start)].decode() == version:
                struct.pack_into("<H", data, entry + 4, flags | 2)
            entry += step
        need += following
with open(path, "wb") as file:
    file.write(data)
