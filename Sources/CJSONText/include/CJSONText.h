#ifndef CJSONTEXT_H
#define CJSONTEXT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#pragma clang assume_nonnull begin

/// What a string held on the way to its end.
enum {
    /// A backslash: the text must be unescaped to be read.
    json_string_has_escape = 1,
    /// A byte below 0x20 other than a line feed, which JSON forbids and broken writers leave.
    json_string_has_control = 2,
    /// A byte above 0x7F.
    json_string_has_non_ascii = 4,
};

/// Finds the quote that ends the string whose first content byte is at `from`.
///
/// Answers `end` when the string is cut off: by the end of the bytes or by a line feed.
/// Adds what it saw to `*seen`.
const uint8_t *json_end_of_string(const uint8_t *from, const uint8_t *end, uint32_t *seen);

/// The same without vector instructions, to test the others against.
const uint8_t *json_end_of_string_portable(const uint8_t *from, const uint8_t *end, uint32_t *seen);

/// Finds the byte behind the object or array that begins at `from`; brackets are counted, not told apart.
///
/// Answers NULL when it is cut off: by the end of the bytes or, where `line_feed_ends` is set, by a line feed.
/// Adds what its strings held to `*seen`.
const uint8_t *_Nullable json_end_of_container(const uint8_t *from, const uint8_t *end, int line_feed_ends,
                                               uint32_t *seen);

/// The same without vector instructions, to test the others against.
const uint8_t *_Nullable json_end_of_container_portable(const uint8_t *from, const uint8_t *end, int line_feed_ends,
                                                        uint32_t *seen);

/// The first byte from `from` on that starts no well-formed UTF-8 sequence, or `end`.
const uint8_t *json_first_invalid_utf8(const uint8_t *from, const uint8_t *end);

/// A 64-bit hash that is the same on every machine and in every release: it is stored.
uint64_t json_hash(const uint8_t *bytes, size_t count, uint64_t seed);

/// The last line feed in `[from, end)`, or NULL.
const uint8_t *_Nullable json_last_line_feed(const uint8_t *from, const uint8_t *end);

/// The index of the first quote among 32 readable bytes, 32 where there is none; inlined, for the names of members.
static inline int json_quote_within_32(const uint8_t *bytes) {
#if defined(__SSE2__)
    const __m128i quote = _mm_set1_epi8('"');
    unsigned low = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)bytes), quote));
    unsigned high = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(bytes + 16)), quote));
    unsigned both = low | high << 16;
    return both ? __builtin_ctz(both) : 32;
#else
    int index = 0;
    while (index < 32 && bytes[index] != '"') index++;
    return index;
#endif
}

/// The index of the first byte among 48 readable ones that is a quote, a backslash, or no printable ASCII; 48 where
/// there is none. Inlined: most strings of a log are ids and times that end within it.
static inline int json_plain_within_48(const uint8_t *bytes) {
    int index = 0;
#if defined(__SSE2__)
    const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), space = _mm_set1_epi8(0x20);
    for (; index < 48; index += 16) {
        __m128i block = _mm_loadu_si128((const __m128i *)(bytes + index));
        // Compared as signed numbers, bytes above 0x7F are below a space, too.
        __m128i special = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, backslash)),
                                       _mm_cmplt_epi8(block, space));
        unsigned mask = (unsigned)_mm_movemask_epi8(special);
        if (mask) return index + __builtin_ctz(mask);
    }
#else
    while (index < 48 && bytes[index] != '"' && bytes[index] != '\\' && bytes[index] >= 0x20 && bytes[index] < 0x80) {
        index++;
    }
#endif
    return index;
}

/// The length of a word or of up to eight digits that a comma or the end of an object follows, 0 for any other value;
/// of nine readable bytes.
static inline int json_scalar_within_8(const uint8_t *bytes) {
    int length = 0;
    if (!memcmp(bytes, "null", 4) || !memcmp(bytes, "true", 4)) {
        length = 4;
    } else if (!memcmp(bytes, "false", 5)) {
        length = 5;
    } else {
        while (length < 8 && bytes[length] >= '0' && bytes[length] <= '9') length++;
    }
    return bytes[length] == ',' || bytes[length] == '}' ? length : 0;
}

/// Where no bytes stand: something to point at.
const uint8_t *json_no_bytes(void);

#pragma clang assume_nonnull end

#endif
