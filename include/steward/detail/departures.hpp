// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/cache_line.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <new>
#include <utility>

namespace steward::inline v0::detail {

/// One thread's note.
class alignas(cache_line) departure_note {
public:
    /// Before it is free: the release that frees it shows the note to whoever finds it free.
    void begin(const void* pool) noexcept { pool_.store(pool, std::memory_order_relaxed); }
    /// After the last look at the pool; pairs with the load in `count`.
    void end() noexcept { pool_.store(nullptr, std::memory_order_release); }

    /// The slot that was biased to this thread last, and the number of its pool: a hint that only the thread itself
    /// uses, for a pool that has that number, so it does not dangle. See slot_bias.
    std::uint64_t biased_pool = 0;
    void* biased_slot = nullptr;

    /// That slot is not biased to this thread any more.
    void forget(const void* slot) noexcept
    {
        if (biased_slot == slot)
            biased_pool = 0;
    }

private:
    friend class departures;
    std::atomic<const void*> pool_{nullptr};
    std::atomic<bool> taken_{true};
    departure_note* next_ = nullptr;
};

/// Which threads are giving something back to a pool without a lock: it is free already, and they still look at the
/// pool once. Whoever ends the pool waits until nobody does.
///
/// A note of one word for each thread, written by it alone: two plain stores for each return. Notes are never freed,
/// only used again by other threads, so that they can be read at any time.
class departures {
public:
    using note = departure_note;

    /// The calling thread's; null as long as it has not enrolled.
    [[nodiscard]] static note* mine() noexcept { return mine_; }

    /// The same, but one that is nobody's as long as it has not enrolled.
    [[nodiscard]] static note& mine_or_nobodys() noexcept { return *mine_or_nobodys_; }

    /// Gets the calling thread a note, unless it has one, is about to end, or there is no memory.
    static void enroll() noexcept
    {
        if (mine_ != nullptr || ended_)
            return;
        mine_ = unused();
        if (mine_ == nullptr)
            mine_ = added();
        if (mine_ != nullptr)
            mine_or_nobodys_ = mine_;
        static thread_local const struct leave_at_end {
            ~leave_at_end()
            {
                ended_ = true;
                mine_or_nobodys_ = &nobodys_;
                if (note* const mine = std::exchange(mine_, nullptr))
                    mine->taken_.store(false, std::memory_order_release);
            }
        } at_end;
        static_cast<void>(at_end);
    }

    /// How many threads still look at the pool.
    [[nodiscard]] static std::size_t count(const void* pool) noexcept
    {
        std::size_t n = 0;
        for (const note* each = all_.load(std::memory_order_acquire); each != nullptr; each = each->next_)
            n += each->pool_.load(std::memory_order_acquire) == pool ? 1U : 0U;
        return n;
    }

    /// In a child process: only the calling thread is left, and it gives nothing back now.
    static void abandon() noexcept
    {
        for (note* each = all_.load(std::memory_order_relaxed); each != nullptr; each = each->next_) {
            each->end();
            each->taken_.store(each == mine_, std::memory_order_relaxed);
        }
    }

private:
    [[nodiscard]] static note* unused() noexcept
    {
        for (note* each = all_.load(std::memory_order_acquire); each != nullptr; each = each->next_)
            if (!each->taken_.load(std::memory_order_relaxed)
                && !each->taken_.exchange(true, std::memory_order_acquire))
                return each;
        return nullptr;
    }

    [[nodiscard]] static note* added() noexcept
    {
        note* const fresh = new (std::nothrow) note;
        if (fresh != nullptr) {
            fresh->next_ = all_.load(std::memory_order_relaxed);
            while (!all_.compare_exchange_weak(fresh->next_, fresh, std::memory_order_acq_rel)) {}
        }
        return fresh;
    }

    static constinit inline note nobodys_{};
    static constinit inline thread_local note* mine_ = nullptr;
    static constinit inline thread_local note* mine_or_nobodys_ = &nobodys_;
    static constinit inline thread_local bool ended_ = false; ///< what is left of the thread are its other destructors
    static constinit inline std::atomic<note*> all_{nullptr};
};

} // namespace steward::inline v0::detail
