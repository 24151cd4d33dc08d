"""Which of the next samples a reservoir buffer keeps, as buffer.proto says it (message Thinned).

    python bench/reference/reservoir.py CAPACITY SEEN GENERATOR COUNT

Prints the positions that stay of COUNT samples after SEEN others, and where the generator is then.
"""

import sys

MASK = (1 << 64) - 1


class SplitMix64:
    def __init__(self, state):
        self.state = state & MASK

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def below(self, bound):
        """Lemire 2019, algorithm 5."""
        product = self.next() * bound
        if product & MASK < bound:
            threshold = (1 << 64) % bound
            while product & MASK < threshold:
                product = self.next() * bound
        return product >> 64


def kept(capacity, seen, generator, count):
    return [i for i in range(count) if seen + i < capacity or generator.below(seen + i + 1) < capacity]


if __name__ == "__main__":
    capacity, seen, state, count = map(int, sys.argv[1:])
    generator = SplitMix64(state)
    print(kept(capacity, seen, generator, count))
    print(generator.state)
