#define _GNU_SOURCE
#include "CJSONText.h"
#include <string.h>

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

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

/// Bytes 0x80 to 0xBF continue a sequence.
static inline int continues(uint8_t byte) { return (byte & 0xC0) == 0x80; }

/// The well-formed sequences of Unicode 15, table 3-7.
static inline size_t sequence_length(const uint8_t *p, size_t room) {
    uint8_t first = p[0];
    if (first < 0x80) return 1;
    if (first < 0xC2 || first > 0xF4) return 0;
    if (first < 0xE0) return room >= 2 && continues(p[1]) ? 2 : 0;
    if (first < 0xF0) {
        if (room < 3 || !continues(p[1]) || !continues(p[2])) return 0;
        if (first == 0xE0 && p[1] < 0xA0) return 0;
        if (first == 0xED && p[1] > 0x9F) return 0;
        return 3;
    }
    if (room < 4 || !continues(p[1]) || !continues(p[2]) || !continues(p[3])) return 0;
    if (first == 0xF0 && p[1] < 0x90) return 0;
    if (first == 0xF4 && p[1] > 0x8F) return 0;
    return 4;
}

/// Steps over ASCII.
static inline const uint8_t *first_non_ascii(const uint8_t *p, const uint8_t *end) {
#if defined(__x86_64__)
    for (; end - p >= 16; p += 16) {
        unsigned high = (unsigned)_mm_movemask_epi8(_mm_loadu_si128((const __m128i *)p));
        if (high) return p + __builtin_ctz(high);
        for (; end - p >= 80; p += 64) {
            const __m128i *block = (const __m128i *)(p + 16);
            __m128i any = _mm_or_si128(_mm_or_si128(_mm_loadu_si128(block), _mm_loadu_si128(block + 1)),
                                       _mm_or_si128(_mm_loadu_si128(block + 2), _mm_loadu_si128(block + 3)));
            if (_mm_movemask_epi8(any)) break;
        }
    }
#endif
    for (; end - p >= 8; p += 8) {
        uint64_t high = load64(p) & 0x8080808080808080ULL;
        if (high) return p + (__builtin_ctzll(high) >> 3);
    }
    while (p < end && *p < 0x80) p++;
    return p;
}

const uint8_t *json_first_invalid_utf8(const uint8_t *p, const uint8_t *end) {
    while ((p = first_non_ascii(p, end)) < end) {
        do {
            size_t length = sequence_length(p, (size_t)(end - p));
            if (!length) return p;
            p += length;
        } while (p < end && *p >= 0x80);
    }
    return end;
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
