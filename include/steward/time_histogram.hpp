// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace steward::inline v0 {

namespace detail {

/// The buckets of a log-linear histogram of nanoseconds: one for each below 32, then 32 for each power of two, up to
/// about 73 minutes; what is longer counts there. A bucket is 1/32 of its lower end wide, so its middle is at most 1.6 %
/// from any time in it. (G. Tene, HdrHistogram.)
struct time_buckets {
    static constexpr std::size_t per_octave = 32;
    static constexpr int first_octave = 5, last_octave = 41;
    static constexpr std::size_t size = per_octave * (last_octave - first_octave + 2);

    [[nodiscard]] static constexpr std::size_t of(std::uint64_t nanoseconds) noexcept
    {
        if (nanoseconds < per_octave)
            return nanoseconds;
        const int octave = static_cast<int>(std::bit_width(nanoseconds)) - 1;
        if (octave > last_octave)
            return size - 1;
        const auto step = static_cast<std::size_t>(nanoseconds >> (octave - first_octave)) - per_octave;
        return per_octave * static_cast<std::size_t>(octave - first_octave + 1) + step;
    }

    /// The time in its middle.
    [[nodiscard]] static constexpr std::uint64_t middle(std::size_t bucket) noexcept
    {
        if (bucket < per_octave)
            return bucket;
        const std::size_t shift = bucket / per_octave - 1;
        const std::uint64_t width = std::uint64_t{1} << shift;
        return (per_octave + bucket % per_octave) * width + width / 2;
    }
};

/// A histogram that any thread adds to and any thread may read.
class shared_time_histogram {
public:
    void add(std::chrono::nanoseconds time) noexcept
    {
        const auto n = static_cast<std::uint64_t>(time.count() < 0 ? 0 : time.count());
        counts_[time_buckets::of(n)].fetch_add(1, std::memory_order_relaxed);
    }
    [[nodiscard]] std::uint64_t count(std::size_t bucket) const noexcept
    {
        return counts_[bucket].load(std::memory_order_relaxed);
    }

private:
    std::array<std::atomic<std::uint64_t>, time_buckets::size> counts_{};
};

} // namespace detail

/// How durations are spread, to within 3 %: a copy of what was counted at one moment. Copies add up.
class time_histogram {
public:
    time_histogram() = default;
    /// A copy of what was counted until now.
    explicit time_histogram(const detail::shared_time_histogram& counted) : counts_(detail::time_buckets::size)
    {
        for (std::size_t i = 0; i != counts_.size(); ++i)
            counts_[i] = counted.count(i);
    }

    /// Whether it has no buckets: no histogram was kept. One that has counted nothing is not empty.
    [[nodiscard]] bool empty() const noexcept { return counts_.empty(); }
    /// How many durations it has counted. Linear in the number of buckets, 1216.
    [[nodiscard]] std::uint64_t count() const noexcept
    {
        std::uint64_t sum = 0;
        for (const std::uint64_t n : counts_)
            sum += n;
        return sum;
    }

    /// The time that a share (0 to 1) of all does not exceed; zero if there are none.
    [[nodiscard]] std::chrono::nanoseconds percentile(double share) const noexcept
    {
        const std::uint64_t all = count();
        const double wanted = std::ceil((share < 0 ? 0 : share > 1 ? 1 : share) * static_cast<double>(all));
        std::uint64_t seen = 0;
        for (std::size_t i = 0; i != counts_.size(); ++i) {
            seen += counts_[i];
            if (seen != 0 && static_cast<double>(seen) >= wanted)
                return std::chrono::nanoseconds{static_cast<std::int64_t>(detail::time_buckets::middle(i))};
        }
        return std::chrono::nanoseconds{0};
    }

    /// Adds what was counted elsewhere.
    void merge(const time_histogram& other)
    {
        if (counts_.empty())
            counts_.resize(other.counts_.size());
        for (std::size_t i = 0; i != other.counts_.size(); ++i)
            counts_[i] += other.counts_[i];
    }

private:
    std::vector<std::uint64_t> counts_; // of all buckets, or none
};

} // namespace steward::inline v0
