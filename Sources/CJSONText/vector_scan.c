#include "CJSONText.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

/// Classes of a block's 64 bytes, a bit a byte.
typedef struct {
    uint64_t quote, backslash, control, high;
} block_masks;

/// The same with brackets: `[` and `{` open, `]` and `}` close.
typedef struct {
    block_masks text;
    uint64_t open, close;
} bracket_masks;

/// Bits of the bytes that an odd run of backslashes escapes. `*carry` says that the byte before the block was such
/// a backslash, and is left so for the next one. (Langdale and Lemire, "Parsing Gigabytes of JSON per Second", 3.1.1.)
static inline uint64_t escaped_bytes(uint64_t backslash, uint64_t *carry) {
    if (!backslash) {
        uint64_t escaped = *carry;
        *carry = 0;
        return escaped;
    }
    const uint64_t even = 0x5555555555555555ULL;
    backslash &= ~*carry;
    uint64_t follows = backslash << 1 | *carry;
    uint64_t odd_starts = backslash & ~even & ~follows;
    uint64_t even_ends;
    *carry = __builtin_add_overflow(odd_starts, backslash, &even_ends);
    return (even ^ (even_ends << 1)) & follows;
}

/// What a block decides: 1 when `*at` is set (the ending quote, or `end` for a cut string), 0 to go on.
static inline int block_verdict(block_masks masks, uint64_t *carry, uint32_t *seen, const uint8_t *block,
                                const uint8_t *end, const uint8_t **at) {
    uint64_t quote = masks.quote & ~escaped_bytes(masks.backslash, carry);
    uint64_t inside = quote ? (quote & -quote) - 1 : ~0ULL;
    if (masks.control & inside) {
        for (uint64_t rest = masks.control & inside; rest; rest &= rest - 1) {
            int index = __builtin_ctzll(rest);
            if (block[index] == '\n') {
                *at = end;
                return 1;
            }
        }
        *seen |= json_string_has_control;
    }
    *seen |= (masks.backslash & inside ? json_string_has_escape : 0) |
             (masks.high & inside ? json_string_has_non_ascii : 0);
    if (!quote) return 0;
    *at = block + __builtin_ctzll(quote);
    return 1;
}

/// The byte loop; `escaped` says that the first byte follows an odd run of backslashes.
static const uint8_t *byte_loop(const uint8_t *p, const uint8_t *end, uint32_t *seen, int escaped) {
    uint32_t found = 0;
    for (; p < end; p++) {
        uint8_t byte = *p;
        if (byte == '\n') break;
        if (byte < 0x20) found |= json_string_has_control;
        if (byte >= 0x80) found |= json_string_has_non_ascii;
        if (escaped) {
            escaped = 0;
        } else if (byte == '"') {
            *seen |= found;
            return p;
        } else if (byte == '\\') {
            found |= json_string_has_escape;
            escaped = 1;
        }
    }
    *seen |= found;
    return end;
}

const uint8_t *json_end_of_string_portable(const uint8_t *from, const uint8_t *end, uint32_t *seen) {
    return byte_loop(from, end, seen, 0);
}

/// A bit for each byte from an odd quote up to before the next one.
static inline uint64_t between_quotes(uint64_t quote) {
    for (int distance = 1; distance < 64; distance *= 2) quote ^= quote << distance;
    return quote;
}

typedef struct {
    /// A backslash ended the last block and escapes the first byte of the next.
    uint64_t escape;
    /// All ones where the last block ended inside a string.
    uint64_t in_string;
    int64_t depth;
} container_state;

/// What a block decides: 1 when `*at` is set (behind the end, or NULL for a cut container), 0 to go on.
static inline int container_verdict(bracket_masks masks, container_state *state, int line_feed_ends, uint32_t *seen,
                                    const uint8_t *block, const uint8_t **at) {
    uint64_t quote = masks.text.quote & ~escaped_bytes(masks.text.backslash, &state->escape);
    uint64_t inside = between_quotes(quote) ^ state->in_string;
    state->in_string = (uint64_t)((int64_t)inside >> 63);
    uint64_t open = masks.open & ~inside, close = masks.close & ~inside;
    uint64_t before_end = ~0ULL;
    const uint8_t *end = NULL;
    if (__builtin_popcountll(close) >= state->depth) {
        for (uint64_t rest = open | close; rest; rest &= rest - 1) {
            uint64_t bit = rest & -rest;
            state->depth += open & bit ? 1 : -1;
            if (state->depth == 0) {
                before_end = bit - 1;
                end = block + __builtin_ctzll(bit) + 1;
                break;
            }
        }
    } else {
        state->depth += __builtin_popcountll(open) - __builtin_popcountll(close);
    }
    *seen |= (masks.text.high & inside & before_end ? json_string_has_non_ascii : 0);
    for (uint64_t rest = masks.text.control & before_end; rest; rest &= rest - 1) {
        int index = __builtin_ctzll(rest);
        int is_inside = (int)(inside >> index & 1);
        if (block[index] == '\n' && (line_feed_ends || is_inside)) {
            *at = NULL;
            return 1;
        }
        if (is_inside) *seen |= json_string_has_control;
    }
    if (!end) return 0;
    *at = end;
    return 1;
}

static inline bracket_masks masks_portable(const uint8_t *p) {
    bracket_masks masks = {{0, 0, 0, 0}, 0, 0};
    for (int index = 0; index < 64; index++) {
        uint64_t bit = 1ULL << index;
        uint8_t byte = p[index];
        if (byte == '"') masks.text.quote |= bit;
        if (byte == '\\') masks.text.backslash |= bit;
        if (byte < 0x20) masks.text.control |= bit;
        if (byte >= 0x80) masks.text.high |= bit;
        if ((byte | 0x20) == '{') masks.open |= bit;
        if ((byte | 0x20) == '}') masks.close |= bit;
    }
    return masks;
}

// The last bytes are looked at in a block filled up with spaces.
#define SCAN_CONTAINER(masks_of_block)                                                                   \
    container_state state = {0, 0, 0};                                                                   \
    const uint8_t *at;                                                                                   \
    for (; end - p >= 64; p += 64) {                                                                     \
        if (container_verdict(masks_of_block(p), &state, line_feed_ends, seen, p, &at)) return at;       \
    }                                                                                                    \
    uint8_t last[64];                                                                                    \
    memset(last, ' ', sizeof last);                                                                      \
    memcpy(last, p, (size_t)(end - p));                                                                  \
    if (!container_verdict(masks_of_block(last), &state, line_feed_ends, seen, last, &at)) return NULL;  \
    return at ? p + (at - last) : NULL

const uint8_t *json_end_of_container_portable(const uint8_t *p, const uint8_t *end, int line_feed_ends,
                                              uint32_t *seen) {
    SCAN_CONTAINER(masks_portable);
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

/// Looks at the sequences that start at bytes above 0x7F, of which `high_of_block` answers a bit a byte.
#define FIND_INVALID_UTF8(high_of_block)                                  \
    while (end - p >= 64) {                                               \
        const uint8_t *block = p;                                         \
        uint64_t high = high_of_block(block);                             \
        p += 64;                                                          \
        while (high) {                                                    \
            const uint8_t *at = block + __builtin_ctzll(high);            \
            size_t length = sequence_length(at, (size_t)(end - at));      \
            if (!length) return at;                                       \
            at += length;                                                 \
            if (at >= p) {                                                \
                p = at;                                                   \
                break;                                                    \
            }                                                             \
            high &= ~0ULL << (at - block);                                \
        }                                                                 \
    }                                                                     \
    while (p < end) {                                                     \
        size_t length = sequence_length(p, (size_t)(end - p));            \
        if (!length) return p;                                            \
        p += length;                                                      \
    }                                                                     \
    return end

#define SCAN_BLOCKS(masks_of_block)                                                \
    uint64_t carry = 0;                                                            \
    const uint8_t *at;                                                             \
    for (; end - p >= 64; p += 64) {                                               \
        if (block_verdict(masks_of_block(p), &carry, seen, p, end, &at)) return at; \
    }                                                                              \
    return byte_loop(p, end, seen, (int)carry)

#if defined(__x86_64__)

__attribute__((target("avx512f,avx512bw,bmi,bmi2"))) static inline block_masks masks_avx512(const uint8_t *p) {
    __m512i bytes = _mm512_loadu_si512((const void *)p);
    block_masks masks = {
        _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('"')),
        _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\\')),
        _mm512_cmplt_epu8_mask(bytes, _mm512_set1_epi8(0x20)),
        _mm512_movepi8_mask(bytes),
    };
    return masks;
}

__attribute__((target("avx512f,avx512bw,bmi,bmi2"))) static const uint8_t *end_avx512(const uint8_t *p,
                                                                                      const uint8_t *end,
                                                                                      uint32_t *seen) {
    SCAN_BLOCKS(masks_avx512);
}

__attribute__((target("avx512f,avx512bw,bmi,bmi2,popcnt"))) static inline bracket_masks brackets_avx512(
    const uint8_t *p) {
    __m512i folded = _mm512_or_si512(_mm512_loadu_si512((const void *)p), _mm512_set1_epi8(0x20));
    bracket_masks masks = {
        masks_avx512(p),
        _mm512_cmpeq_epi8_mask(folded, _mm512_set1_epi8('{')),
        _mm512_cmpeq_epi8_mask(folded, _mm512_set1_epi8('}')),
    };
    return masks;
}

__attribute__((target("avx512f,avx512bw,bmi,bmi2,popcnt"))) static const uint8_t *container_avx512(
    const uint8_t *p, const uint8_t *end, int line_feed_ends, uint32_t *seen) {
    SCAN_CONTAINER(brackets_avx512);
}

__attribute__((target("avx512f,avx512bw,bmi,bmi2"))) static inline uint64_t high_avx512(const uint8_t *p) {
    return _mm512_movepi8_mask(_mm512_loadu_si512((const void *)p));
}

__attribute__((target("avx512f,avx512bw,bmi,bmi2"))) static const uint8_t *invalid_avx512(const uint8_t *p,
                                                                                          const uint8_t *end) {
    FIND_INVALID_UTF8(high_avx512);
}

__attribute__((target("avx2,bmi,bmi2"))) static inline uint64_t joined(__m256i low, __m256i high) {
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

__attribute__((target("avx2,bmi,bmi2"))) static inline block_masks masks_avx2(const uint8_t *p) {
    __m256i low = _mm256_loadu_si256((const __m256i *)p), high = _mm256_loadu_si256((const __m256i *)(p + 32));
    __m256i quote = _mm256_set1_epi8('"'), backslash = _mm256_set1_epi8('\\'), last = _mm256_set1_epi8(0x1F);
    block_masks masks = {
        joined(_mm256_cmpeq_epi8(low, quote), _mm256_cmpeq_epi8(high, quote)),
        joined(_mm256_cmpeq_epi8(low, backslash), _mm256_cmpeq_epi8(high, backslash)),
        joined(_mm256_cmpeq_epi8(_mm256_min_epu8(low, last), low), _mm256_cmpeq_epi8(_mm256_min_epu8(high, last), high)),
        joined(low, high),
    };
    return masks;
}

__attribute__((target("avx2,bmi,bmi2"))) static const uint8_t *end_avx2(const uint8_t *p, const uint8_t *end,
                                                                        uint32_t *seen) {
    SCAN_BLOCKS(masks_avx2);
}

__attribute__((target("avx2,bmi,bmi2,popcnt"))) static inline bracket_masks brackets_avx2(const uint8_t *p) {
    __m256i fold = _mm256_set1_epi8(0x20), open = _mm256_set1_epi8('{'), close = _mm256_set1_epi8('}');
    __m256i low = _mm256_or_si256(_mm256_loadu_si256((const __m256i *)p), fold);
    __m256i high = _mm256_or_si256(_mm256_loadu_si256((const __m256i *)(p + 32)), fold);
    bracket_masks masks = {
        masks_avx2(p),
        joined(_mm256_cmpeq_epi8(low, open), _mm256_cmpeq_epi8(high, open)),
        joined(_mm256_cmpeq_epi8(low, close), _mm256_cmpeq_epi8(high, close)),
    };
    return masks;
}

__attribute__((target("avx2,bmi,bmi2,popcnt"))) static const uint8_t *container_avx2(
    const uint8_t *p, const uint8_t *end, int line_feed_ends, uint32_t *seen) {
    SCAN_CONTAINER(brackets_avx2);
}

__attribute__((target("avx2,bmi,bmi2"))) static inline uint64_t high_avx2(const uint8_t *p) {
    return joined(_mm256_loadu_si256((const __m256i *)p), _mm256_loadu_si256((const __m256i *)(p + 32)));
}

__attribute__((target("avx2,bmi,bmi2"))) static const uint8_t *invalid_avx2(const uint8_t *p, const uint8_t *end) {
    FIND_INVALID_UTF8(high_avx2);
}

static inline uint64_t high_sse2(const uint8_t *p) {
    uint64_t high = 0;
    for (int at = 48; at >= 0; at -= 16) {
        high = high << 16 | (uint64_t)_mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(p + at)));
    }
    return high;
}

static const uint8_t *invalid_sse2(const uint8_t *p, const uint8_t *end) { FIND_INVALID_UTF8(high_sse2); }

typedef const uint8_t *(*end_of_container)(const uint8_t *, const uint8_t *, int, uint32_t *);
typedef const uint8_t *(*end_of_string)(const uint8_t *, const uint8_t *, uint32_t *);

typedef const uint8_t *(*invalid_utf8)(const uint8_t *, const uint8_t *);

static end_of_string chosen = json_end_of_string_portable;
static end_of_container chosen_container = json_end_of_container_portable;
static invalid_utf8 chosen_utf8 = invalid_sse2;

// Runs before main: no thread can see the choice change.
__attribute__((constructor)) static void choose(void) {
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("bmi2")) {
        chosen = end_avx512;
        chosen_container = container_avx512;
        chosen_utf8 = invalid_avx512;
    } else if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) {
        chosen = end_avx2;
        chosen_container = container_avx2;
        chosen_utf8 = invalid_avx2;
    }
}

const uint8_t *json_end_of_string(const uint8_t *from, const uint8_t *end, uint32_t *seen) {
    return chosen(from, end, seen);
}

const uint8_t *json_end_of_container(const uint8_t *from, const uint8_t *end, int line_feed_ends, uint32_t *seen) {
    return chosen_container(from, end, line_feed_ends, seen);
}

const uint8_t *json_first_invalid_utf8(const uint8_t *from, const uint8_t *end) { return chosen_utf8(from, end); }

#elif defined(__aarch64__)

/// A bit a byte from four compared 16-byte vectors.
static inline uint64_t bits(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d) {
    const uint8x16_t weight = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t low = vpaddq_u8(vandq_u8(a, weight), vandq_u8(b, weight));
    uint8x16_t high = vpaddq_u8(vandq_u8(c, weight), vandq_u8(d, weight));
    uint8x16_t sums = vpaddq_u8(low, high);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sums, sums)), 0);
}

static inline block_masks masks_neon(const uint8_t *p) {
    uint8x16_t a = vld1q_u8(p), b = vld1q_u8(p + 16), c = vld1q_u8(p + 32), d = vld1q_u8(p + 48);
#define EACH(f, x) bits(f(a, x), f(b, x), f(c, x), f(d, x))
    block_masks masks = {
        EACH(vceqq_u8, vdupq_n_u8('"')),
        EACH(vceqq_u8, vdupq_n_u8('\\')),
        EACH(vcltq_u8, vdupq_n_u8(0x20)),
        EACH(vcgeq_u8, vdupq_n_u8(0x80)),
    };
#undef EACH
    return masks;
}

const uint8_t *json_end_of_string(const uint8_t *p, const uint8_t *end, uint32_t *seen) { SCAN_BLOCKS(masks_neon); }

static inline bracket_masks brackets_neon(const uint8_t *p) {
    uint8x16_t fold = vdupq_n_u8(0x20);
    uint8x16_t a = vorrq_u8(vld1q_u8(p), fold), b = vorrq_u8(vld1q_u8(p + 16), fold);
    uint8x16_t c = vorrq_u8(vld1q_u8(p + 32), fold), d = vorrq_u8(vld1q_u8(p + 48), fold);
#define EACH(x) bits(vceqq_u8(a, x), vceqq_u8(b, x), vceqq_u8(c, x), vceqq_u8(d, x))
    bracket_masks masks = {masks_neon(p), EACH(vdupq_n_u8('{')), EACH(vdupq_n_u8('}'))};
#undef EACH
    return masks;
}

const uint8_t *json_end_of_container(const uint8_t *p, const uint8_t *end, int line_feed_ends, uint32_t *seen) {
    SCAN_CONTAINER(brackets_neon);
}

static inline uint64_t high_neon(const uint8_t *p) {
    uint8x16_t highest = vdupq_n_u8(0x80);
    return bits(vcgeq_u8(vld1q_u8(p), highest), vcgeq_u8(vld1q_u8(p + 16), highest),
                vcgeq_u8(vld1q_u8(p + 32), highest), vcgeq_u8(vld1q_u8(p + 48), highest));
}

const uint8_t *json_first_invalid_utf8(const uint8_t *p, const uint8_t *end) { FIND_INVALID_UTF8(high_neon); }

#else

const uint8_t *json_end_of_string(const uint8_t *from, const uint8_t *end, uint32_t *seen) {
    return json_end_of_string_portable(from, end, seen);
}

const uint8_t *json_end_of_container(const uint8_t *from, const uint8_t *end, int line_feed_ends, uint32_t *seen) {
    return json_end_of_container_portable(from, end, line_feed_ends, seen);
}

static inline uint64_t high_portable(const uint8_t *p) {
    uint64_t high = 0;
    for (int index = 0; index < 64; index++) high |= (uint64_t)(p[index] >> 7) << index;
    return high;
}

const uint8_t *json_first_invalid_utf8(const uint8_t *p, const uint8_t *end) { FIND_INVALID_UTF8(high_portable); }

#endif
