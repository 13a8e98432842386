// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/departures.hpp>
#include <steward/detail/fork_watch.hpp>
#include <steward/error.hpp>
#include <steward/pool/creation_limit.hpp>
#include <steward/pool/slot_claims.hpp>
#include <steward/pool/slot_counts.hpp>
#include <steward/pool/wait_queue.hpp>

#include <atomic>
#include <cstddef>
#include <mutex>

namespace steward::inline v0::detail {

/// What decides who may have a slot: whether the pool is open, how many of its slots are in use, and how many may be created
/// in. All of it under the mutex.
template <class Shape>
class slot_gate : public slot_claims<Shape> {
    using base = slot_claims<Shape>;

protected:
    using typename base::locking;
    using typename base::state;

    using base::attention_;
    using base::front;
    using base::leaving_;
    using base::mutex_;
    using base::queue_;
    using base::table_;

public:
    using base::capacity;
    using typename base::slot_type;

    /// An idle slot (state `lent`), else an empty one (state `creating`), unless others create; else null.
    [[nodiscard]] slot_type* claim_any() noexcept
    {
        if (base::contested()) {
            if (slot_type* s = table_.claim_left())
                return s;
        } else {
            const typename base::maybe_lock lock{mutex_};
            if (slot_type* s = table_.claim_idle())
                return s;
            if (slot_type* s = table_.scan_idle())
                return s;
        }
        if (slot_type* s = base::claim_others_own())
            return s;
        return creates_apart() ? nullptr : claim_empty();
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

    /// Whether the time of the slot's resource is over, or it was condemned with all that were made before some moment.
    [[nodiscard]] bool is_over(const slot_type& s) const noexcept { return s.retire_at.load() <= base::tick(); }

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
        attention_.abandon();
        for (slot_type& s : table_) {
            s.cell.publish(state::out);
            if constexpr (biases<locking>)
                base::own_.abandon(s);
        }
    }

protected:
    enum class gate : unsigned char { open, suspended, draining, closed };

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

    bool some_beyond_ = false; ///< slots beyond the usable ones still have resources
    gate gate_ = gate::open;
    std::atomic<void (*)(void*, void*) noexcept> create_apart_{nullptr};
    void* creator_ = nullptr;
    creation_limit creations_{capacity};
    std::size_t usable_ = capacity;
};

} // namespace steward::inline v0::detail
