// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace peers {

/// Counts times in buckets of less than a hundredth of their value: what every peer does, in its own language, so that
/// percentiles are taken in one place and in one way, of all waits.
class histogram {
public:
    static constexpr std::size_t size = 4352; ///< for times below 2^40 ns

    [[nodiscard]] static constexpr std::size_t bucket_of(std::uint64_t time)
    {
        const int shift = std::max(0, static_cast<int>(std::bit_width(time)) - 8);
        return static_cast<std::size_t>(shift) * 128 + (time >> shift);
    }
    /// The middle of a bucket.
    [[nodiscard]] static constexpr double time_of(std::size_t bucket)
    {
        if (bucket < 256)
            return static_cast<double>(bucket);
        const std::size_t shift = bucket / 128 - 1;
        return (static_cast<double>(bucket - shift * 128) + 0.5) * static_cast<double>(std::uint64_t{1} << shift);
    }

    void add(std::uint64_t time)
    {
        ++counts_[std::min(bucket_of(time), size - 1)];
        longest_ = std::max(longest_, time);
    }
    void add(const histogram& other)
    {
        for (std::size_t i = 0; i != size; ++i)
            counts_[i] += other.counts_[i];
        longest_ = std::max(longest_, other.longest_);
    }

    [[nodiscard]] std::uint64_t operator[](std::size_t bucket) const { return counts_[bucket]; }
    [[nodiscard]] std::uint64_t longest() const { return longest_; }

private:
    std::array<std::uint64_t, size> counts_{};
    std::uint64_t longest_ = 0;
};

} // namespace peers
