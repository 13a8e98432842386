// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/asymmetric_fence.hpp>
#include <steward/detail/cache_line.hpp>
#include <steward/detail/departures.hpp>
#include <steward/detail/fork_watch.hpp>
#include <steward/detail/pool_tick.hpp>
#include <steward/error.hpp>
#include <steward/pool/creation_limit.hpp>
#include <steward/pool/own_slots.hpp>
#include <steward/pool/slot_counts.hpp>
#include <steward/pool/slot_table.hpp>
#include <steward/pool/wait_queue.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <type_traits>
#include <utility>

namespace steward::inline v0::detail {

/// What stands for an atomic flag where there is one thread: compilers do not fold atomic loads into comparisons.
class plain_flags {
public:
    [[nodiscard]] std::uint8_t load(std::memory_order) const noexcept { return value_; }
    void store(std::uint8_t value, std::memory_order) noexcept { value_ = value; }

private:
    std::uint8_t value_ = 0;
};

/// The slots of a pool and what decides who may have them: whether the pool is open, how many slots are in use, the
/// pool's time, and who waits.
///
/// A slot is claimed without a lock (where the locking policy is not guarded); the rest happens under the mutex.
template <class Shape>
class slot_gate {
protected:
    using locking = typename Shape::locking;
    using waiting_policy = typename Shape::waiting;
    using queue_type = std::conditional_t<locking::waits, wait_queue<waiting_policy>, no_queue>;
    using state = slot_state;

public:
    using slot_type = typename Shape::head;

    static constexpr std::size_t capacity = Shape::capacity;

    slot_gate() { asymmetric_fence::prepare(); }

    /// The fast path: the slot that this thread used last.
    [[nodiscard, gnu::always_inline]] slot_type* claim_fast() noexcept
    {
        if (must_queue())
            return nullptr;
        if constexpr (biases<locking>)
            if (table_.may_have_own())
                return claim_own();
        const maybe_lock lock{mutex_};
        return table_.claim_hinted();
    }

    /// An idle slot (state `lent`), else an empty one (state `creating`), unless others create; else null.
    [[nodiscard]] slot_type* claim_any() noexcept
    {
        if (contested()) {
            if (slot_type* s = table_.claim_left())
                return s;
        } else {
            const maybe_lock lock{mutex_};
            if (slot_type* s = table_.claim_idle())
                return s;
            if (slot_type* s = table_.scan_idle())
                return s;
        }
        if (slot_type* s = claim_others_own())
            return s;
        return creates_apart() ? nullptr : claim_empty();
    }

    [[nodiscard]] slot_type* claim_idle() noexcept
    {
        {
            const maybe_lock lock{mutex_};
            if (slot_type* s = table_.scan_idle())
                return s;
        }
        return claim_others_own();
    }

    /// Claims a particular slot from one state into another.
    [[nodiscard]] bool claim(slot_type& s, state from, state to) noexcept
    {
        if constexpr (biases<locking>)
            if (from == state::idle && s.cell.load() == state::biased) {
                const std::lock_guard lock{mutex_};
                return claim_from_idle(s, to);
            }
        const maybe_lock lock{mutex_};
        return s.cell.claim(from, to);
    }

    /// An empty slot (state `creating`), or null: there is none, or enough are in creation.
    [[nodiscard]] slot_type* claim_empty() noexcept
    {
        if (!locking::guarded && !table_.has_empty())
            return nullptr; // spares those who wait the mutex
        const std::lock_guard lock{mutex_};
        slot_type* const s = gate_ == gate::open && creations_.allows_another() ? table_.claim_empty() : nullptr;
        if (s != nullptr)
            begin_creating(*s);
        return s;
    }

    /// Moves a slot that the caller has claimed to a state in which he still has it.
    void publish(slot_type& s, state to) noexcept
    {
        if constexpr (biases<locking>)
            if (s.cell.load() == state::biased) {
                const std::lock_guard lock{mutex_};
                return end_own(s, to);
            }
        const maybe_lock lock{mutex_};
        s.cell.publish(to);
    }

    /// The caller has found a slot and lends it: from now on as its own, if it has paid for that.
    void lend(slot_type& s) noexcept
    {
        if constexpr (biases<locking>)
            if (s.cell.load() == state::biased || (own_.pay() && give_own(s)))
                return;
        publish(s, state::lent);
    }

    /// Whether a newcomer has to go behind others who wait.
    [[nodiscard]] bool must_queue() const noexcept
    {
        if constexpr (locking::waits && waiting_policy::in_order)
            return (attention_.load(std::memory_order_acquire) & waiters) != 0;
        else
            return false;
    }

    /// Sets the pool's time, never back; the tick before it.
    time_point advance(time_point now) noexcept
    {
        own_.tick();
        return tick_.advance(now);
    }
    [[nodiscard]] time_point tick() const noexcept { return tick_.now(); }

    /// Whether the time of the slot's resource is over, or it was condemned with all that were made before some moment.
    [[nodiscard]] bool is_over(const slot_type& s) const noexcept { return s.retire_at.load() <= tick(); }

    [[nodiscard]] bool closed() noexcept
    {
        const std::lock_guard lock{mutex_};
        return gate_ == gate::closed;
    }

    /// Closed, or about to be: newcomers are refused.
    [[nodiscard]] bool refuses() noexcept
    {
        const std::lock_guard lock{mutex_};
        return gate_ == gate::closed || gate_ == gate::draining;
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

    /// In a child process: no slot is in use, and none can be had any more. Whoever holds one gives it back under the
    /// mutex, as from a pool that is closed.
    void abandon() noexcept
    {
        departures::abandon();
        forget(mutex_);
        forget(queue_);
        gate_ = gate::closed;
        leaving_ = true;
        attention_.store(leavers, std::memory_order_relaxed);
        for (slot_type& s : table_) {
            s.cell.publish(state::out);
            if constexpr (biases<locking>)
                own_.abandon(s);
        }
    }

    /// What the slots are doing: each is looked at once, so none counts twice; one moment for all where the locking is
    /// guarded.
    [[nodiscard]] slot_counts count() noexcept
    {
        const maybe_lock lock{mutex_};
        slot_counts counts;
        for (slot_type& s : table_)
            counts.add(doing(s));
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

    /// What a slot is doing.
    [[nodiscard]] state state_of(const slot_type& s) noexcept
    {
        const maybe_lock lock{mutex_};
        return doing(s);
    }

    /// Where the owner of the pool makes its slots, before anything else is called.
    [[nodiscard]] void* place(std::size_t i) noexcept { return table_.place(i); }
    slot_type& operator[](std::size_t i) noexcept { return table_[i]; }
    auto begin() noexcept { return table_.begin(); }
    auto end() noexcept { return table_.end(); }

protected:
    enum class gate : unsigned char { open, suspended, draining, closed };

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
        switch (gate_) {
        case gate::closed:
        case gate::draining: return errc::closed;
        case gate::suspended: return errc::suspended;
        case gate::open: break;
        }
        return errc::timed_out;
    }

    // What others see of a slot: one that is biased is lent or idle.
    [[nodiscard]] static state doing(const slot_type& s) noexcept
    {
        const state now = s.cell.load();
        if constexpr (biases<locking>)
            if (now == state::biased)
                return s.bias.is_held() ? state::lent : state::idle;
        return now;
    }

    // With the mutex held, so that whoever takes the bias away sees all of it or nothing.
    void end_own(slot_type& s, state to) noexcept
    {
        own_.end(s, to);
        raise_attention();
    }

    // With the mutex held: claims a slot that is idle, and takes it from the thread whose own it is.
    [[nodiscard]] bool claim_from_idle(slot_type& s, state to) noexcept
    {
        if constexpr (biases<locking>)
            if (s.cell.load() == state::biased && own_.take_away(s, to)) {
                raise_attention();
                return true;
            }
        return s.cell.claim(state::idle, to);
    }

    // Whether a slot that is free will be taken again in a moment by the thread that gave it back, whom the slow path
    // must not send to sleep for it: his processor would idle, and he would be here next.
    [[nodiscard]] bool contested() const noexcept
    {
        if constexpr (locking::waits && !locking::guarded)
            return (attention_.load(std::memory_order_relaxed) & waiters) != 0 && queue_.hot();
        else
            return false;
    }

    // A slot of another thread, which is not using it.
    [[nodiscard]] slot_type* claim_others_own() noexcept
    {
        if constexpr (biases<locking>) {
            if ((attention_.load(std::memory_order_relaxed) & owned) == 0)
                return nullptr;
            for (slot_type& s : table_) {
                if (s.cell.load() != state::biased || s.bias.is_held())
                    continue;
                const std::lock_guard lock{mutex_};
                if (s.cell.load() != state::biased || !own_.take_for_another(s))
                    continue;
                raise_attention();
                s.was_rested = false;
                table_.remember(s);
                return &s;
            }
        }
        return nullptr;
    }

    // The slot that is this thread's own.
    [[nodiscard, gnu::always_inline]] slot_type* claim_own() noexcept
    {
        slot_type* const s = own_.mine();
        if (s != nullptr && s->bias.claim()) [[likely]]
            return s;
        return miss_own(s);
    }

    // The thread has no slot of its own here (null), has lent it already, or it is its own no more. If that came about
    // in this moment somebody may have found the slot in use: the thread takes it as others do, and sees to those who
    // wait when it gives it back.
    [[nodiscard, gnu::noinline, gnu::cold]] slot_type* miss_own(slot_type* s) noexcept
    {
        if (s == nullptr) {
            table_.forget_own();
            return nullptr;
        }
        if (own_.has_one())
            return nullptr;
        departures::mine()->forget(s);
        table_.forget_own();
        const std::lock_guard lock{mutex_};
        if (s->cell.load() != state::biased || !claim_from_idle(*s, state::lent))
            return nullptr; // whoever has it does
        table_.remember(*s);
        return s;
    }

    // The thread keeps the slot that it has, unless it has one of its own, somebody waits, or slots are to leave.
    [[nodiscard, gnu::noinline, gnu::cold]] bool give_own(slot_type& s) noexcept
    {
        departures::enroll();
        if (departures::mine() == nullptr)
            return false;
        if (own_.has_one()) {
            table_.remember_own(); // it is lent, or another one was looked for first
            return false;
        }
        const std::lock_guard lock{mutex_};
        if (leaving_ || front() != nullptr || !own_.give(s))
            return false;
        raise_attention();
        table_.remember_own();
        return true;
    }

    // With the mutex held: whether somebody may get a slot that is freed.
    [[nodiscard]] bool lends() const noexcept
    {
        return gate_ == gate::open || (gate_ == gate::draining && queue_.front() != nullptr);
    }

    // With the mutex held.
    void begin_creating(slot_type& s) noexcept
    {
        creations_.begin();
        s.cell.publish(state::creating);
    }
    // Whoever needs a resource has it created by a thread of the pool's and waits for whatever comes first.
    [[nodiscard]] bool creates_apart() const noexcept
    {
        return create_apart_.load(std::memory_order_relaxed) != nullptr;
    }
    // With the mutex held: not everybody who waits has one in creation that he may get, or an idle one that he was told
    // of. A create that hangs counts, so whoever comes has one begun in any case.
    [[nodiscard]] bool needs_another() noexcept
    {
        if (!creates_apart())
            return true;
        slot_counts now;
        for (slot_type& s : table_)
            now.add(s.cell.load());
        return creations_.under_way() + now.available < queue_.size();
    }
    void have_created(slot_type& s, pending_wake& wake) noexcept
    {
        begin_creating(s);
        wake.remember(create_apart_.load(std::memory_order_relaxed), creator_, &s);
    }

    [[nodiscard]] waiter* front() noexcept { return queue_.front(); }

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
    // whoever finds it raised knows that every release sees it; the second to wait does not pay again. `owned` needs
    // none: whoever gives back a slot that is a thread's own has it from there, and it stays so until he has.
    void raise_attention() noexcept
    {
        const std::uint8_t before = attention_.load(std::memory_order_relaxed);
        auto now = static_cast<std::uint8_t>((front() != nullptr ? waiters : 0) | (leaving_ ? leavers : 0)
                                             | (own_.any() ? owned : 0));
        bool lost_patience = false;
        if constexpr (returns_quietly)
            if ((before & patient) != 0 && front() != nullptr) {
                lost_patience = !queue_.oldest_looks_soon();
                now |= lost_patience ? 0 : patient;
                left_idle_ |= lost_patience; // by releases that found the oldest patient
            }
        attention_.store(now, std::memory_order_relaxed);
        if ((now & ~before & ~owned) != 0 || lost_patience)
            locking::order_sleep(); // pairs with order_release in give_back and return_quietly
    }

    // With the mutex held: from now on the oldest finds what becomes free by himself, if he looks soon.
    void be_patient() noexcept
    {
        const std::uint8_t before = attention_.load(std::memory_order_relaxed);
        if ((before & patient) == 0 && queue_.oldest_looks_soon())
            attention_.store(static_cast<std::uint8_t>(before | patient), std::memory_order_relaxed);
    }

    // With the mutex held: he looks now, and whoever frees a slot that he does not see asks the queue.
    void lose_patience() noexcept
    {
        const std::uint8_t before = attention_.load(std::memory_order_relaxed);
        if ((before & patient) == 0)
            return;
        attention_.store(static_cast<std::uint8_t>(before & ~patient), std::memory_order_relaxed);
        left_idle_ = true; // by releases that found him patient: who comes behind him needs them if he finds another
        locking::order_sleep(); // pairs with order_release in return_quietly
    }

    static constexpr bool returns_quietly = locking::waits && !locking::guarded;
    static constexpr int waiters = 1, leavers = 2, owned = 4, patient = 8;
    static constexpr std::size_t line = locking::waits ? cache_line : alignof(void*);

    // While somebody waits most releases write here: on lines that nobody needs who finds a slot at once.
    [[no_unique_address]] alignas(line) typename locking::mutex_type mutex_;
    bool left_idle_ = false; ///< slots may be idle although somebody waits
    [[no_unique_address]] queue_type queue_;

    /// What every release has to look at: `waiters`, `leavers`, slots that are `owned`; `patient` if the oldest waiter will
    /// look soon. From here on it is seldom written.
    alignas(line) std::conditional_t<locking::waits, std::atomic<std::uint8_t>, plain_flags> attention_{};
    bool leaving_ = false;
    bool some_beyond_ = false; ///< slots beyond the usable ones still have resources
    gate gate_ = gate::open;
    std::atomic<void (*)(void*, void*) noexcept> create_apart_{nullptr};
    void* creator_ = nullptr;
    [[no_unique_address]] own_slots_of<Shape> own_{first_price<locking>};
    creation_limit creations_{capacity};
    std::size_t usable_ = capacity;
    pool_tick tick_;
    slot_table<Shape> table_;
};

} // namespace steward::inline v0::detail
