"""Writes snapshot-v1.bin, a snapshot of format 1, from the description in ReplaySnapshot: python3 snapshot-v1.py"""

import struct


def crc32c(data):
    """RFC 3720, appendix B.4: the check value of b'123456789' is e3069283."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def text(value):
    return struct.pack(">H", len(value)) + value.encode()


assert crc32c(b"123456789") == 0xE3069283

out = b"ENGRAMRB" + struct.pack(">iii", 1, 4, 8) + text("class-balanced-reservoir") + text("class-balanced")
out += struct.pack(">qqqqi", -7, 0x0123456789ABCDEF, -2, 9, 4)
out += struct.pack(">I", crc32c(out))
for label, task in ((0, 0), (2, 1), (0, 1), (2, 1)):
    out += struct.pack(">ii", label, task)
out += struct.pack(">i", 3)
for seen, largest, slots in ((3, True, (0, 2)), (0, False, ()), (6, True, (3, 1))):
    out += struct.pack(">q?i", seen, largest, len(slots)) + struct.pack(">%di" % len(slots), *slots)
for number in (100, 101, 102, 103):
    out += struct.pack("<q", number)
out += struct.pack(">I", crc32c(out))
with open("snapshot-v1.bin", "wb") as file:
    file.write(out)
