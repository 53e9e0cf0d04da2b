"""Names with one value under the hash of libstdc++ (murmur with a seed that everybody knows)."""

import itertools

import numpy

MULTIPLIER = numpy.uint64(0xC6A4A7935BD1E995)
INVERSE = numpy.uint64(pow(0xC6A4A7935BD1E995, -1, 1 << 64))
SEED = 0xC70F6907
BLOCK = 8
PRINTABLE = numpy.array([byte for byte in range(0x23, 0x7F) if byte != ord("\\")], numpy.uint8)


def fold(value):
    return value ^ (value >> numpy.uint64(47))


def loops(state, count):
    """`count` texts of 16 printable bytes that take the hash from `state` back to `state`."""
    random, found = numpy.random.default_rng(1), []
    while len(found) < count:
        first = random.choice(PRINTABLE, (1 << 18, BLOCK)).view(numpy.uint64).ravel()
        between = (state ^ (fold(first * MULTIPLIER) * MULTIPLIER)) * MULTIPLIER
        second = fold((between ^ (state * INVERSE)) * INVERSE) * INVERSE
        right = numpy.isin(second.view(numpy.uint8).reshape(-1, BLOCK), PRINTABLE).all(axis=1)
        found += [a.tobytes() + b.tobytes() for a, b in zip(first[right], second[right], strict=True)]
    return found[:count]


def colliding_names(count):
    """Of 32 bytes each."""
    length = numpy.uint64(4 * BLOCK)
    with numpy.errstate(over="ignore"):
        parts = loops(numpy.uint64(SEED) ^ (length * MULTIPLIER), int(count**0.5) + 1)
    return [(a + b).decode() for a, b in itertools.islice(itertools.product(parts, parts), count)]


def hash_bytes(data):
    """std::_Hash_bytes of libstdc++ for whole blocks; shows in a test that the names do collide."""
    mask, multiplier = (1 << 64) - 1, int(MULTIPLIER)
    value = SEED ^ (len(data) * multiplier & mask)
    for at in range(0, len(data), BLOCK):
        word = int.from_bytes(data[at : at + BLOCK], "little") * multiplier & mask
        value = (value ^ ((word ^ word >> 47) * multiplier & mask)) * multiplier & mask
    value = (value ^ value >> 47) * multiplier & mask
    return value ^ value >> 47
