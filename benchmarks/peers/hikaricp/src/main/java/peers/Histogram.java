// SPDX-License-Identifier: BSL-1.0
package peers;

import java.util.StringJoiner;

/** The same buckets as in cpp/histogram.hpp. */
final class Histogram {
    private final long[] counts = new long[4352];
    private long longest;

    void add(long time) {
        final int shift = Math.max(0, 56 - Long.numberOfLeadingZeros(time));
        final int bucket = shift * 128 + (int) (time >>> shift);
        ++counts[Math.min(bucket, counts.length - 1)];
        longest = Math.max(longest, time);
    }

    void add(Histogram other) {
        for (int i = 0; i != counts.length; ++i)
            counts[i] += other.counts[i];
        longest = Math.max(longest, other.longest);
    }

    long longest() {
        return longest;
    }

    String json() {
        final StringJoiner used = new StringJoiner(",", "[", "]");
        for (int i = 0; i != counts.length; ++i)
            if (counts[i] != 0)
                used.add("[" + i + "," + counts[i] + "]");
        return used.toString();
    }
}
