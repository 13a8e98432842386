// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/error.hpp>
#include <steward/events.hpp>
#include <steward/time.hpp>
#include <steward/time_histogram.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace steward::inline v0 {

/// A sum of durations: how many, how long together, the longest; and how they are spread, if a histogram was kept.
struct duration_summary {
    std::uint64_t count = 0;           ///< how many
    std::chrono::nanoseconds total{0}; ///< their sum
    std::chrono::nanoseconds max{0};   ///< the longest
    time_histogram spread{};           ///< empty without `metrics::histogram`

    /// Zero if there are none.
    [[nodiscard]] constexpr std::chrono::nanoseconds average() const noexcept
    {
        return count == 0 ? std::chrono::nanoseconds{0} : total / static_cast<std::int64_t>(count);
    }

    /// The time that a share of the durations does not exceed (`0.99`: all but one in a hundred), to within 3 %. Zero
    /// if there are none, or without a histogram.
    [[nodiscard]] std::chrono::nanoseconds percentile(double share) const noexcept
    {
        return std::min(spread.percentile(share), max);
    }

    /// Adds what was summed up elsewhere.
    void merge(const duration_summary& other)
    {
        count += other.count;
        total += other.total;
        max = std::max(max, other.max);
        spread.merge(other.spread);
    }
};

/// A number that an adapter counts; `name` is static text.
struct named_number {
    std::string_view name{}; ///< static text, such as `tokens`
    double value = 0;        ///< the sum of what was added
};

/// The numbers that an adapter counts, at most 8: in place and without the standard's containers and algorithms, which every
/// program would pay for when it is compiled.
class named_numbers {
public:
    /// In the order in which their names came.
    /// @{
    [[nodiscard]] const named_number* begin() const noexcept { return all_; }
    [[nodiscard]] const named_number* end() const noexcept { return all_ + size_; }
    /// @}

    /// One of them; zero if there is none of that name.
    [[nodiscard]] double of(std::string_view name) const noexcept
    {
        for (const named_number& each : *this)
            if (each.name == name)
                return each.value;
        return 0;
    }
    /// Adds to one of them; a ninth name is left out.
    void add(std::string_view name, double value) noexcept
    {
        unsigned at = 0;
        while (at != size_ && all_[at].name != name)
            ++at;
        if (at == most)
            return;
        size_ += at == size_ ? 1 : 0;
        all_[at].name = name;
        all_[at].value += value;
    }

private:
    static constexpr unsigned most = 8;

    named_number all_[most]{};
    unsigned size_ = 0;
};

/// What a metrics policy counted for one resource, read at one moment while others may go on.
///
/// `active`, `size`, `available` and `waiting` come from the pool and agree with its slots, `numbers` from the adapter; the
/// rest is the policy's.
/// A field that the policy does not measure is zero. Two snapshots add up by `merge`.
struct metrics_snapshot {
    std::uint64_t acquisitions = 0;        ///< leases that were handed out
    std::uint64_t releases = 0;            ///< leases that came back
    std::uint64_t failures = 0;            ///< acquisitions that failed, time-outs apart
    std::uint64_t timeouts = 0;            ///< acquisitions that ended at their deadline
    std::uint64_t creations = 0;           ///< resources that the adapter created
    std::uint64_t create_failures = 0;     ///< creates that threw, whoever called them
    std::uint64_t validation_failures = 0; ///< health checks that failed
    std::uint64_t retirements = 0;         ///< resources that were destroyed
    std::uint64_t peak = 0;                ///< most leases at once; `metrics::peak` counts it
    std::size_t active = 0;                ///< leases that are out now
    std::size_t size = 0;                  ///< live resources
    std::size_t available = 0;             ///< live resources that nobody holds
    std::size_t waiting = 0;               ///< callers that wait for a slot now, or for a shared resource
    duration_summary hold_time{};          ///< from hand-out to return; `sampled` measures every n-th
    duration_summary acquire_time{};       ///< of acquisitions that had to wait or create; the others take nanoseconds
    duration_summary create_time{};        ///< of creates that succeeded
    time_point last_acquired{};            ///< the epoch if never, or not measured
    time_point last_released{};            ///< the same
    time_point last_failed{};              ///< time-outs too
    std::array<std::uint64_t, error_codes> failures_by{};       ///< by errc, time-outs too
    std::array<std::uint64_t, retirement_reasons> retired_by{}; ///< by retirement
    named_numbers numbers{};                                    ///< what the adapter counts besides, such as tokens

    /// How many acquisitions failed with that code; zero where the policy does not count by code.
    [[nodiscard]] std::uint64_t failed_with(errc code) const noexcept
    {
        return failures_by[static_cast<std::size_t>(code)];
    }
    /// How many resources were destroyed for that reason; zero where the policy does not count by reason.
    [[nodiscard]] std::uint64_t retired_because(retirement why) const noexcept
    {
        return retired_by[static_cast<std::size_t>(why)];
    }

    /// One of `numbers`; zero if there is none of that name.
    [[nodiscard]] double number(std::string_view which) const noexcept { return numbers.of(which); }
    /// Adds to one of `numbers`, for adapters; `which` is static text.
    void add(std::string_view which, double value) noexcept { numbers.add(which, value); }

    /// Adds what was counted elsewhere: in another slot, pool or process.
    void merge(const metrics_snapshot& other)
    {
        combine(other, [](auto& mine, auto theirs) { mine += theirs; });
        hold_time.merge(other.hold_time);
        acquire_time.merge(other.acquire_time);
        create_time.merge(other.create_time);
        for (const named_number& theirs : other.numbers)
            add(theirs.name, theirs.value);
    }

    /// Takes over what another policy counted of the same events, where this one did not.
    void complete(const metrics_snapshot& other)
    {
        combine(other, [](auto& mine, auto theirs) { mine = std::max(mine, theirs); });
        complete(hold_time, other.hold_time);
        complete(acquire_time, other.acquire_time);
        complete(create_time, other.create_time);
    }

private:
    template <class F>
    void combine(const metrics_snapshot& other, F f)
    {
        for (auto member :
             {&metrics_snapshot::acquisitions, &metrics_snapshot::releases, &metrics_snapshot::failures,
              &metrics_snapshot::timeouts, &metrics_snapshot::creations, &metrics_snapshot::create_failures,
              &metrics_snapshot::validation_failures, &metrics_snapshot::retirements, &metrics_snapshot::peak})
            f(this->*member, other.*member);
        for (auto member : {&metrics_snapshot::active, &metrics_snapshot::size, &metrics_snapshot::available,
                            &metrics_snapshot::waiting})
            f(this->*member, other.*member);
        for (auto member :
             {&metrics_snapshot::last_acquired, &metrics_snapshot::last_released, &metrics_snapshot::last_failed})
            this->*member = std::max(this->*member, other.*member);
        for (std::size_t i = 0; i != failures_by.size(); ++i)
            f(failures_by[i], other.failures_by[i]);
        for (std::size_t i = 0; i != retired_by.size(); ++i)
            f(retired_by[i], other.retired_by[i]);
    }

    static void complete(duration_summary& mine, const duration_summary& other)
    {
        if (mine.count < other.count) {
            mine.count = other.count;
            mine.total = other.total;
            mine.max = other.max;
        }
        if (mine.spread.empty())
            mine.spread = other.spread;
    }
};

} // namespace steward::inline v0
