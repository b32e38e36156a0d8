/** Deeper nesting is refused both ways. rtpengine's deepest answer, `query` with SSRC statistics, has 9 levels. */
export const maxDepth = 32;

/** A string length has at most this many digits: 999,999,999 bytes is above every bound of this package. */
export const maxLengthDigits = 9;

/** The characters of -9223372036854775808; rtpengine's integers are 64 bits wide. */
export const maxIntegerChars = 20;
