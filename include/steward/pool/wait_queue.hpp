// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/current_cpu.hpp>
#include <steward/pool/busy_cpus.hpp>
#include <steward/pool/hand_over_pace.hpp>
#include <steward/pool/waiter.hpp>
#include <steward/time.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>

namespace steward::inline v0::detail {

/// What a waiting policy is made of.
///
/// - `overtaking_time`: how long newcomers may take a slot that is freed although somebody waits; then it is handed to
///   the oldest, without becoming free in between.
/// - `in_order`: newcomers never overtake.
/// - `sleeps`: false if whoever waits looks again and again instead.
template <class W>
concept waiting_parts = requires {
    { W::overtaking_time } -> std::convertible_to<duration>;
    { W::in_order } -> std::convertible_to<bool>;
    { W::sleeps } -> std::convertible_to<bool>;
};

/// Those who wait, oldest first, and which of them gets a slot that is freed. The pool's mutex guards it.
///
/// Newcomers may overtake until the oldest has waited for the policy's `overtaking_time`; then he gets the next slot.
/// Only where slots are freed so often that waking a waiter each time would take more than a fiftieth of the time (which
/// is measured), newcomers may overtake more: two of three times the slot is handed over, or, if slots are hot (used for
/// less than `overtaking_time`), once in each hand_over_pace, one slot after another, to somebody who does not have to
/// fight for a processor. In between a hot slot is mostly given back without a look at the queue: whoever uses it every
/// few microseconds would spend a twentieth of his time here.
/// Where the policy wants order none of this is so.
template <class Waiting>
class wait_queue {
public:
    static constexpr duration overtaking_time{Waiting::overtaking_time};

    [[nodiscard]] waiter* front() const noexcept { return head_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    /// Whether slots come back so soon that whoever gives one back mostly takes it again at once. Needs no mutex.
    [[nodiscard]] bool hot() const noexcept { return typical_use() < overtaking_time; }

    /// Takes its place behind the others. Where slots come back soon it looks at them by itself, a little after its turn
    /// for one of `slots` should have come, so that whoever leaves one idle needs to wake nobody.
    void push(waiter& w, std::size_t slots) noexcept
    {
        w.previous = tail_;
        w.next = nullptr;
        (tail_ == nullptr ? head_ : tail_->next) = &w;
        tail_ = &w;
        ++size_;
        slots_ = slots;
        look_at(w, w.since + overtaking_time + turns(size_ / slots + 1));
    }

    /// It looks at the slots now; if it finds none it looks again a turn later, after some time less and less often.
    void looks(waiter& w, time_point now) noexcept
    {
        look_at(w, now + turns(std::size_t{1} << std::max(0, w.looks - 3)));
        if (w.looks != waiter::most_looks)
            ++w.looks;
    }

    void remove(waiter& w) noexcept
    {
        (w.previous == nullptr ? head_ : w.previous->next) = w.next;
        (w.next == nullptr ? tail_ : w.next->previous) = w.previous;
        --size_;
    }

    /// Calls `f(waiter)` for each, oldest first.
    template <class F>
    void for_each(F f)
    {
        for (waiter* w = head_; w != nullptr; w = w->next)
            f(*w);
    }

    /// Who gets a slot that is freed at `now`, and if nobody, until when newcomers may take it.
    struct turn {
        waiter* heir;
        time_point overtaking_ends;
        bool quiet = false; ///< for some returns nobody needs to ask again, if the oldest looks by himself
    };

    /// Decides whose turn it is. Somebody waits.
    template <class Slot>
    [[nodiscard]] turn next(Slot& slot, time_point now) noexcept
    {
        if constexpr (Waiting::in_order) {
            head_->granted_at = now;
            return {head_, now};
        }
        learn((now - slot.last_use.load()) / (slot.returned_quietly + 1));
        slot.last_use.store(now);
        slot.quiet_returns = slot.returned_quietly = 0;
        const int here = current_cpu();
        busy_.seen(here, now, std::max((most_quiet + 2) * typical_use(), pace_.current() / 8));
        const time_point ends = overtaking_ends(slot, now);
        waiter* const heir = now < ends ? nullptr : hot() ? nearby(here, now) : head_;
        if (heir == nullptr) {
            slot.in_a_row = 0;
            slot.quiet_returns = quiet_returns(ends - now) & 7U;
            return {nullptr, now < ends ? ends : now + turns(1), slot.quiet_returns != 0};
        }
        slot.in_a_row = slot.in_a_row == 0 ? 1 : 2;
        slot.handed_over.store(now);
        handed_over_ = now;
        heir->granted_at = now;
        return {heir, ends};
    }

    /// Sees to it that the oldest finds the slot that was left idle: at once, in competition with newcomers; where slots
    /// come back soon when the overtaking ends, unless he looks soon enough by himself.
    void left_idle(time_point overtaking_ends, pending_wake& wake) noexcept
    {
        waiter& oldest = *head_;
        if (!quick()) {
            tell(oldest, wait_word::nudged, wake);
        } else if (!oldest.guards || oldest.look_at.load() > overtaking_ends + pace_.current()) {
            oldest.look_at.store(overtaking_ends);
            tell(oldest, wait_word::alerted, wake);
        }
    }

    /// Whether the oldest, if nobody tells him anything, looks at the slots within the time of two turns. Somebody waits.
    [[nodiscard]] bool oldest_looks_soon() const noexcept
    {
        return head_->guards && head_->look_at.load() <= clock::now() + 2 * pace_.current();
    }

    /// A waiter reports how long after the grant he ran again.
    void hand_over_took(duration time) noexcept { pace_.measured(time); }

private:
    [[nodiscard]] duration typical_use() const noexcept
    {
        return duration{typical_use_.load(std::memory_order_relaxed)};
    }

    // So soon that a turn comes in less time than it may take at most.
    [[nodiscard]] bool quick() const noexcept { return typical_use() < pace_.current(); }

    // Who holds a slot is now and then stopped for milliseconds, where others want his processor; that alone must not
    // look like another kind of use. Less than a microsecond counts as one: it grows from there.
    void learn(duration used) noexcept
    {
        used = std::max<duration>(used, std::chrono::microseconds{1});
        const duration before = typical_use();
        const duration now = before == unknown ? used
                             : used < before   ? before - (before - used) / 2
                                               : std::min(used, before + before / 2);
        typical_use_.store(now.count(), std::memory_order_relaxed);
    }

    // How long so many hand-overs of one slot take.
    [[nodiscard]] duration turns(std::size_t n) const noexcept
    {
        const duration one = hot() ? pace_.current() : 2 * std::min(typical_use(), pace_.current() / 2);
        return one * static_cast<duration::rep>(n);
    }

    void look_at(waiter& w, time_point when) noexcept
    {
        w.cpu = current_cpu();
        w.guards = quick();
        if (w.guards)
            w.look_at.store(when);
    }

    // Those that fit into half of the time until it is somebody's turn; not too many, because where slots are freed has
    // to be seen.
    [[nodiscard]] std::uint8_t quiet_returns(duration until_turn) const noexcept
    {
        if (!hot() || until_turn <= duration::zero())
            return 0;
        return static_cast<std::uint8_t>(std::min(most_quiet, until_turn / (2 * typical_use())));
    }

    // A time in the future if newcomers may take the slot now.
    template <class Slot>
    [[nodiscard]] time_point overtaking_ends(const Slot& slot, time_point now) const noexcept
    {
        const time_point first = head_->since + overtaking_time;
        if (hot())
            return std::max({first, slot.handed_over.load() + pace_.current(), handed_over_ + apart()});
        if (slot.in_a_row >= 2 && quick())
            return std::max(first, now + overtaking_time);
        return first;
    }

    // Time between the hand-overs of two hot slots. If two processors change hands in the same moment each looks idle to
    // the other, and the system may let both heirs run on one of them.
    [[nodiscard]] duration apart() const noexcept { return pace_.current() / static_cast<duration::rep>(2 * slots_); }

    // Whoever frees a hot slot is about to wait for it again. If the heir then wakes on a processor where another holder
    // runs, that one stands still and this processor idles until the system evens it out, often a millisecond later. So
    // the slot goes to the oldest who slept where nobody is at work (two holders share a processor then), else to the
    // oldest who slept here; if there is none, to nobody, until the very oldest would have had a turn if all came in order.
    [[nodiscard]] waiter* nearby(int here, time_point now) noexcept
    {
        if (now >= head_->since + overtaking_time + turns(size_ + 1))
            return head_;
        waiter* slept_here = nullptr;
        for (waiter* w = head_; w != nullptr && now >= w->since + overtaking_time; w = w->next) {
            if (!busy_.contains(w->cpu))
                return w;
            if (slept_here == nullptr && w->cpu == here)
                slept_here = w;
        }
        return slept_here;
    }

    static constexpr duration::rep most_quiet = 6; ///< slot_head has room for 7

    waiter* head_ = nullptr;
    waiter* tail_ = nullptr;
    std::size_t size_ = 0;
    std::size_t slots_ = 1;    ///< that they wait for
    time_point handed_over_{}; ///< the last one
    static constexpr duration unknown = duration::max();
    std::atomic<duration::rep> typical_use_{unknown.count()}; ///< how long a slot is used, while somebody waits
    busy_cpus busy_;
    hand_over_pace pace_;
};

/// Where nobody can wait.
class no_queue {
public:
    [[nodiscard]] static constexpr waiter* front() noexcept { return nullptr; }
    [[nodiscard]] static constexpr std::size_t size() noexcept { return 0; }
    static constexpr void remove(waiter&) noexcept {}
    template <class F>
    static constexpr void for_each(F) noexcept
    {
    }
};

} // namespace steward::inline v0::detail
