// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/cell_lock.hpp>
#include <steward/detail/thread_hint.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <thread>

namespace steward::detail {

/// Where the holders of a shared resource are counted: a few cells on lines of their own, one for each thread hint.
///
/// A cell is used by one thread at a time, so the policies' per-slot states in it need no atomic operations of their
/// own. The holders are the sum over all cells: who gives back may use another cell than the one it took from.
template <class States, bool SeveralThreads>
class striped_cells {
    static constexpr std::size_t stripes = SeveralThreads ? 16 : 1;

    struct alignas(SeveralThreads ? 64 : alignof(std::max_align_t)) cell {
        cell_lock lock;
        std::int64_t holders = 0;
        [[no_unique_address]] States states{};
    };

public:
    /// Calls `f(states, holders)` with a cell that nobody else uses meanwhile.
    template <class F>
    decltype(auto) with_one(F f) noexcept
    {
        if constexpr (!SeveralThreads) {
            return f(cells_[0].states, cells_[0].holders);
        } else {
            std::size_t i = thread_number() % stripes;
            for (std::size_t tries = 1; !cells_[i].lock.try_lock(); ++tries) {
                i = (i + 1) % stripes;
                if (tries % stripes == 0)
                    std::this_thread::yield();
            }
            const release_at_end at_end{cells_[i].lock};
            return f(cells_[i].states, cells_[i].holders);
        }
    }

    /// Calls `f(states, holders)` with each cell in turn.
    template <class F>
    void with_each(F f) noexcept
    {
        for (cell& each : cells_) {
            if constexpr (SeveralThreads)
                while (!each.lock.try_lock())
                    std::this_thread::yield();
            const release_at_end at_end{each.lock};
            f(each.states, each.holders);
        }
    }

    /// How many hold the resource: exact if nobody can take it any more.
    [[nodiscard]] std::size_t holders() noexcept
    {
        std::int64_t sum = 0;
        with_each([&](const States&, std::int64_t holders) { sum += holders; });
        return sum < 0 ? 0 : static_cast<std::size_t>(sum);
    }

private:
    struct release_at_end {
        cell_lock& lock;
        explicit release_at_end(cell_lock& l) noexcept : lock{l} {}
        ~release_at_end() { lock.unlock(); }
        release_at_end(const release_at_end&) = delete;
        release_at_end& operator=(const release_at_end&) = delete;
    };

    std::array<cell, stripes> cells_{};
};

} // namespace steward::detail
