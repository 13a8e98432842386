// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/cache_line.hpp>
#include <steward/detail/thread_hint.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <thread>

namespace steward::inline v0::detail {

/// Where the holders of a shared resource are counted: a few cells on lines of their own, one for each thread hint.
///
/// A cell is used by one thread at a time, in two stages. While it decides, for a handful of instructions, a holder
/// looks whether it may come or go and is counted. While it records, the policies' hooks run, which may take any time
/// and may ask for a report: nobody waits for them, and a report reads the policies' states meanwhile.
/// The holders are the sum over all cells: who gives back may use another cell than the one it took from.
template <class States, bool SeveralThreads>
class striped_cells {
    static constexpr std::size_t stripes = SeveralThreads ? 16 : 1;

    enum class stage : std::uint8_t { free, deciding, recording };

    struct alignas(SeveralThreads ? cache_line : alignof(std::max_align_t)) cell {
        std::atomic<stage> now{stage::free};
        std::atomic<std::int64_t> holders{0}; // written by who has the cell
        [[no_unique_address]] States states{};
    };

public:
    /// Counts `decide()` holders more (1, 0 or -1) and calls `record(states)` in a cell that nobody else uses
    /// meanwhile; what was decided.
    ///
    /// Whoever changes what `decide` looks at (by a sequentially consistent store, as `decide` must load it) and then
    /// calls `holders` finds everybody counted who still saw it as it was: either his claim of the cell or that
    /// change comes first.
    template <class Decide, class Record>
    int use_one(Decide decide, Record record) noexcept
    {
        cell& mine = claim();
        const int change = decide();
        mine.holders.store(mine.holders.load(std::memory_order_relaxed) + change, std::memory_order_relaxed);
        if constexpr (SeveralThreads)
            mine.now.store(stage::recording, std::memory_order_release);
        record(mine.states);
        if constexpr (SeveralThreads)
            mine.now.store(stage::free, std::memory_order_release);
        return change;
    }

    /// One holder less, without a cell: it never waits.
    void leave_apart() noexcept { left_apart_.fetch_add(1); }

    /// Calls `f(states)` for each cell; hooks may be at work on them.
    template <class F>
    void for_each(F f) const
    {
        for (const cell& each : cells_)
            f(each.states);
    }

    /// How many hold the resource: exact if nobody can take it any more.
    [[nodiscard]] std::size_t holders() const noexcept
    {
        std::int64_t sum = 0;
        for (const cell& each : cells_) {
            while (SeveralThreads && each.now.load() == stage::deciding)
                std::this_thread::yield();
            sum += each.holders.load(std::memory_order_relaxed);
        }
        sum -= left_apart_.load(); // after the cells: who left came before
        return sum < 0 ? 0 : static_cast<std::size_t>(sum);
    }

    /// Whether some hook is still at work.
    [[nodiscard]] bool in_use() const noexcept
    {
        for (const cell& each : cells_)
            if (each.now.load() != stage::free)
                return true;
        return false;
    }

    /// In a child process: nobody holds it, and no hook is at work.
    void abandon() noexcept
    {
        for (cell& each : cells_) {
            each.holders.store(0, std::memory_order_relaxed);
            each.now.store(stage::free, std::memory_order_relaxed);
        }
        left_apart_.store(0, std::memory_order_relaxed);
    }

private:
    [[nodiscard]] cell& claim() noexcept
    {
        if constexpr (!SeveralThreads) {
            return cells_[0];
        } else {
            std::size_t i = thread_number() % stripes;
            for (std::size_t tries = 1;; ++tries) {
                stage seen = stage::free;
                if (cells_[i].now.load(std::memory_order_relaxed) == stage::free
                    && cells_[i].now.compare_exchange_strong(seen, stage::deciding))
                    return cells_[i];
                i = (i + 1) % stripes;
                if (tries % stripes == 0)
                    std::this_thread::yield();
            }
        }
    }

    std::array<cell, stripes> cells_{};
    std::atomic<std::int64_t> left_apart_{0};
};

} // namespace steward::inline v0::detail
