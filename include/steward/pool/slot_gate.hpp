// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/asymmetric_fence.hpp>
#include <steward/detail/cache_line.hpp>
#include <steward/detail/departures.hpp>
#include <steward/error.hpp>
#include <steward/pool/slot_table.hpp>
#include <steward/pool/wait_queue.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <type_traits>

namespace steward::detail {

/// What stands for an atomic flag where there is one thread: compilers do not fold atomic loads into comparisons.
class plain_flags {
public:
    [[nodiscard]] std::uint8_t load(std::memory_order) const noexcept { return value_; }
    void store(std::uint8_t value, std::memory_order) noexcept { value_ = value; }

private:
    std::uint8_t value_ = 0;
};

/// How many slots are doing what.
struct slot_counts {
    std::size_t lent = 0;
    std::size_t available = 0;  ///< with a resource that may be taken
    std::size_t in_service = 0; ///< an adapter is at work
    std::size_t live = 0;       ///< with a resource

    [[nodiscard]] std::size_t taken() const noexcept { return lent + in_service; }

    void add(slot_state now) noexcept
    {
        lent += now == slot_state::lent ? 1U : 0U;
        available += now == slot_state::idle || now == slot_state::rested ? 1U : 0U;
        in_service += now == slot_state::creating || now == slot_state::service ? 1U : 0U;
        live += now == slot_state::empty || now == slot_state::creating || now == slot_state::out ? 0U : 1U;
    }
};

/// The slots of a pool and what decides who may have them: whether the pool is open, how many slots are in use, the
/// pool's time, and who waits.
///
/// A slot is claimed without a lock (where the locking policy is not guarded); the rest happens under the mutex.
template <class Shape>
class slot_gate {
protected:
    using locking = typename Shape::locking;
    using state = slot_state;

public:
    using slot_type = typename Shape::head;

    static constexpr std::size_t capacity = Shape::capacity;

    slot_gate() { asymmetric_fence::prepare(); }

    /// The fast path: the slot that this thread used last.
    [[nodiscard, gnu::always_inline]] slot_type* claim_fast() noexcept
    {
        const maybe_lock lock{mutex_};
        return table_.claim_hinted();
    }

    /// An idle slot (state `lent`), else an empty one (state `creating`), else null.
    [[nodiscard]] slot_type* claim_any() noexcept
    {
        const maybe_lock lock{mutex_};
        if (slot_type* s = table_.claim_idle())
            return s;
        if (slot_type* s = table_.scan_idle())
            return s;
        return table_.claim_empty();
    }

    [[nodiscard]] slot_type* claim_idle() noexcept
    {
        const maybe_lock lock{mutex_};
        return table_.scan_idle();
    }

    /// Claims a particular slot from one state into another.
    [[nodiscard]] bool claim(slot_type& s, state from, state to) noexcept
    {
        const maybe_lock lock{mutex_};
        return s.cell.claim(from, to);
    }

    /// An empty slot (state `creating`), or null.
    [[nodiscard]] slot_type* claim_empty() noexcept
    {
        const maybe_lock lock{mutex_};
        return table_.claim_empty();
    }

    /// Moves a slot that the caller has claimed to a state in which he still has it.
    void publish(slot_type& s, state to) noexcept
    {
        const maybe_lock lock{mutex_};
        s.cell.publish(to);
    }

    /// Sets the pool's time, never back; the tick before it.
    time_point advance(time_point now) noexcept
    {
        const duration::rep wanted = now.time_since_epoch().count();
        duration::rep before = tick_.load(std::memory_order_relaxed);
        while (before < wanted && !tick_.compare_exchange_weak(before, wanted, std::memory_order_relaxed)) {}
        return time_point{duration{before}};
    }

    [[nodiscard]] time_point tick() const noexcept
    {
        return time_point{duration{tick_.load(std::memory_order_relaxed)}};
    }

    /// Whether the time of the slot's resource is over, or it was condemned with all that were made before some moment.
    [[nodiscard]] bool is_over(const slot_type& s) noexcept { return record(s).retire_at.load() <= tick(); }

    [[nodiscard]] bool closed() noexcept
    {
        const std::lock_guard lock{mutex_};
        return gate_ == gate::closed;
    }

    [[nodiscard]] bool open() noexcept
    {
        const std::lock_guard lock{mutex_};
        return gate_ == gate::open;
    }

    [[nodiscard]] std::size_t waiting() noexcept
    {
        const std::lock_guard lock{mutex_};
        return queue_.size();
    }

    [[nodiscard]] bool suspended() noexcept
    {
        const std::lock_guard lock{mutex_};
        return gate_ == gate::suspended;
    }

    [[nodiscard]] std::size_t usable() noexcept
    {
        const std::lock_guard lock{mutex_};
        return usable_;
    }

    /// What the slots are doing: each is looked at once, so none counts twice; one moment for all where the locking is
    /// guarded.
    [[nodiscard]] slot_counts count() noexcept
    {
        const maybe_lock lock{mutex_};
        slot_counts counts;
        for (slot_type& s : table_)
            counts.add(s.cell.load());
        return counts;
    }

    /// How many slots somebody has, and how many threads are not quite done with one that they gave back.
    ///
    /// Who made a slot free was noted before; who takes it again, because somebody came in between, ends the note after
    /// that. So the slots are looked at before the notes, and once more behind them.
    [[nodiscard]] std::size_t in_use() noexcept
    {
        const std::size_t before = count().taken();
        const std::size_t departing = departures::count(&attention_);
        return std::max(before, count().taken()) + departing;
    }

    /// Calls `f(slot, state)` for every slot, without a lock: `f` may call back into the pool.
    template <class F>
    void for_each(F f)
    {
        for (slot_type& s : table_)
            f(s, state_of(s));
    }

    /// Where the owner of the pool makes its slots, before anything else is called.
    [[nodiscard]] void* place(std::size_t i) noexcept { return table_.place(i); }
    slot_type& operator[](std::size_t i) noexcept { return table_[i]; }
    [[nodiscard]] slot_record& record(const slot_type& s) noexcept { return table_.record(s); }
    auto begin() noexcept { return table_.begin(); }
    auto end() noexcept { return table_.end(); }

protected:
    enum class gate : unsigned char { open, suspended, closed };

    // A lock where every access to a slot needs one, nothing elsewhere.
    class maybe_lock {
    public:
        explicit maybe_lock(typename locking::mutex_type& mutex) noexcept : mutex_{mutex}
        {
            if constexpr (locking::guarded)
                mutex_.lock();
        }
        ~maybe_lock()
        {
            if constexpr (locking::guarded)
                mutex_.unlock();
        }
        maybe_lock(const maybe_lock&) = delete;
        maybe_lock& operator=(const maybe_lock&) = delete;

    private:
        typename locking::mutex_type& mutex_;
    };

    [[nodiscard]] errc refusal() const noexcept
    {
        if (gate_ == gate::closed)
            return errc::closed;
        return gate_ == gate::suspended ? errc::suspended : errc::timed_out;
    }

    [[nodiscard]] waiter* front() noexcept { return queue_.front(); }

    [[nodiscard]] state state_of(const slot_type& s) noexcept
    {
        const maybe_lock lock{mutex_};
        return s.cell.load();
    }

    // With the mutex held.
    [[nodiscard]] bool must_leave(const slot_type& s) noexcept
    {
        return gate_ == gate::closed || table_.index(s) >= usable_ || is_over(s) || too_many();
    }

    // With the mutex held: how many resources there are beyond the usable slots, and how many of those are out of use.
    [[nodiscard]] std::size_t beyond() noexcept
    {
        std::size_t n = 0;
        for (std::size_t i = usable_; i != capacity; ++i)
            n += has_resource(table_[i]) ? 1U : 0U;
        return n;
    }
    [[nodiscard]] std::size_t withheld() noexcept
    {
        std::size_t n = 0;
        for (std::size_t i = 0; i != usable_; ++i)
            n += table_[i].cell.load() == state::out ? 1U : 0U;
        return n;
    }
    // Or is about to have one.
    [[nodiscard]] static bool has_resource(const slot_type& s) noexcept
    {
        const state now = s.cell.load();
        return now != state::empty && now != state::out;
    }
    [[nodiscard]] bool too_many() noexcept { return some_beyond_ && gate_ == gate::open && withheld() < beyond(); }

    // With the mutex held: what every release has to look at. As it becomes something, the fence is paid here, so that
    // whoever finds it raised knows that every release sees it; the second to wait does not pay again.
    void raise_attention() noexcept
    {
        const std::uint8_t before = attention_.load(std::memory_order_relaxed);
        const auto now = static_cast<std::uint8_t>((front() != nullptr ? waiters : 0) | (leaving_ ? leavers : 0));
        attention_.store(now, std::memory_order_relaxed);
        if ((now & ~before) != 0)
            locking::order_sleep(); // pairs with order_release in give_back
    }

    static constexpr int waiters = 1, leavers = 2;
    static constexpr std::size_t line = locking::waits ? cache_line : alignof(void*);

    // While somebody waits every release writes here: on lines that nobody needs who finds a slot at once.
    [[no_unique_address]] alignas(line) typename locking::mutex_type mutex_;
    bool left_idle_ = false; ///< slots may be idle although somebody waits
    [[no_unique_address]] std::conditional_t<locking::waits, wait_queue, no_queue> queue_;

    /// What every release has to look at: `waiters`, `leavers`. From here on it is seldom written.
    alignas(line) std::conditional_t<locking::waits, std::atomic<std::uint8_t>, plain_flags> attention_{};
    bool leaving_ = false;
    bool some_beyond_ = false; ///< slots beyond the usable ones still have resources
    gate gate_ = gate::open;
    std::size_t usable_ = capacity;
    std::atomic<duration::rep> tick_{clock::now().time_since_epoch().count()};
    slot_table<Shape> table_;
};

} // namespace steward::detail
