#define _GNU_SOURCE
#include "CJSONText.h"
#include <string.h>

const uint8_t *json_last_line_feed(const uint8_t *from, const uint8_t *end) {
#if defined(__linux__)
    return memrchr(from, '\n', (size_t)(end - from));
#else
    while (end > from) {
        if (*--end == '\n') return end;
    }
    return NULL;
#endif
}

const uint8_t *json_no_bytes(void) {
    static const uint8_t none[1];
    return none;
}

static inline uint64_t load64(const uint8_t *p) {
    uint64_t word;
    memcpy(&word, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

static inline uint32_t load32(const uint8_t *p) {
    uint32_t word;
    memcpy(&word, p, 4);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap32(word);
#endif
    return word;
}

/// One to seven bytes as a little-endian number; loads overlap, so that there is no loop.
static inline uint64_t load_some(const uint8_t *p, size_t count) {
    if (count >= 4) return load32(p) | (uint64_t)load32(p + count - 4) << 8 * (count - 4);
    return p[0] | (uint64_t)p[count >> 1] << 8 * (count >> 1) | (uint64_t)p[count - 1] << 8 * (count - 1);
}

static inline uint64_t folded(uint64_t a, uint64_t b) {
    __uint128_t product = (__uint128_t)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

// Odd 64-bit constants from the binary digits of pi, e, the golden ratio and the square root of two.
static const uint64_t k0 = 0x243F6A8885A308D3ULL, k1 = 0xB7E151628AED2A6BULL, k2 = 0x9E3779B97F4A7C15ULL,
                      k3 = 0x6A09E667F3BCC909ULL;

uint64_t json_hash(const uint8_t *p, size_t count, uint64_t seed) {
    uint64_t a = seed ^ k0, b = seed ^ k1, c = seed ^ k2, d = seed ^ k3;
    size_t rest = count;
    for (; rest >= 64; rest -= 64, p += 64) {
        a = folded(load64(p) ^ k1, load64(p + 8) ^ a);
        b = folded(load64(p + 16) ^ k2, load64(p + 24) ^ b);
        c = folded(load64(p + 32) ^ k3, load64(p + 40) ^ c);
        d = folded(load64(p + 48) ^ k0, load64(p + 56) ^ d);
    }
    for (; rest >= 16; rest -= 16, p += 16) a = folded(load64(p) ^ k2, load64(p + 8) ^ a);
    // What is left is filled up with zeros.
    if (rest > 8) {
        a = folded(load64(p) ^ k2, load_some(p + 8, rest - 8) ^ a);
    } else if (rest == 8) {
        a = folded(load64(p) ^ k2, a);
    } else if (rest) {
        a = folded(load_some(p, rest) ^ k2, a);
    }
    return folded(folded(a ^ b, k3) ^ folded(c ^ d, k1) ^ count, k0);
}
