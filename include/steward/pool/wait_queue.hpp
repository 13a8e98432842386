// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/current_cpu.hpp>
#include <steward/pool/hand_over_pace.hpp>
#include <steward/pool/waiter.hpp>
#include <steward/time.hpp>

#include <algorithm>
#include <cstddef>

namespace steward::detail {

/// When a slot last changed hands while somebody waited.
struct slot_turns {
    time_point freed{};       ///< by whoever had it
    time_point handed_over{}; ///< from one holder to a waiter, without becoming free in between
    unsigned in_a_row = 0;    ///< how often it was, since it last became free
};

/// Those who wait, oldest first, and which of them gets a slot that is freed. The pool's mutex guards it.
///
/// Newcomers may overtake until the oldest has waited for `overtaking_time`; then he gets the next slot. Only where
/// slots are freed so often that waking a waiter each time would take more than a fiftieth of the time (which is
/// measured), newcomers may overtake more: two of three times the slot is handed over, or, if it is hot (used for less
/// than `overtaking_time`), once in each hand_over_pace.
class wait_queue {
public:
    static constexpr duration overtaking_time = std::chrono::microseconds{100};

    [[nodiscard]] waiter* front() const noexcept { return head_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    /// Takes its place behind the others. Where slots are hot it looks at them by itself, a little after its turn for
    /// one of `slots` should have come, so that whoever leaves one idle needs to wake nobody.
    void push(waiter& w, std::size_t slots) noexcept
    {
        w.previous = tail_;
        w.next = nullptr;
        (tail_ == nullptr ? head_ : tail_->next) = &w;
        tail_ = &w;
        ++size_;
        w.cpu = current_cpu();
        w.guards = hot_;
        if (hot_)
            w.look_at.store(w.since + overtaking_time + turns(size_ / slots + 1));
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
    };

    /// Decides whose turn it is. Somebody waits.
    [[nodiscard]] turn next(slot_turns& slot, time_point now) noexcept
    {
        const duration used = now - slot.freed;
        slot.freed = now;
        hot_ = used < overtaking_time;
        const time_point ends = overtaking_ends(slot, used, now);
        if (now < ends) {
            slot.in_a_row = 0;
            return {nullptr, ends};
        }
        ++slot.in_a_row;
        slot.handed_over = now;
        waiter& heir = hot_ ? nearest(now) : *head_;
        heir.granted_at = now;
        return {&heir, ends};
    }

    /// Sees to it that the oldest finds the slot that was left idle: at once, in competition with newcomers; a hot one
    /// when the overtaking ends, unless he looks soon enough by himself.
    void left_idle(time_point overtaking_ends, pending_wake& wake) noexcept
    {
        waiter& oldest = *head_;
        if (!hot_) {
            tell(oldest, wait_word::nudged, wake);
        } else if (!oldest.guards || oldest.look_at.load() > overtaking_ends + turns(1)) {
            oldest.look_at.store(overtaking_ends);
            tell(oldest, wait_word::alerted, wake);
        }
    }

    /// Asks one who waits to look at the slots.
    static void tell(waiter& w, wait_word what, pending_wake& wake) noexcept
    {
        w.guards = true;
        wake.remember(w);
        if (!w.change(wait_word::waiting, what) && !w.change(wait_word::alerted, what))
            wake.forget(); // he was told before and has not looked yet
    }

    /// A waiter reports how long after the grant he ran again.
    void hand_over_took(duration time) noexcept { pace_.measured(time); }

private:
    [[nodiscard]] duration turns(std::size_t n) const noexcept
    {
        return pace_.current() * static_cast<duration::rep>(n);
    }

    // A time in the future if newcomers may take the slot now.
    [[nodiscard]] time_point overtaking_ends(const slot_turns& slot, duration used, time_point now) const noexcept
    {
        const time_point first = head_->since + overtaking_time;
        if (hot_)
            return std::max(first, slot.handed_over + pace_.current());
        if (slot.in_a_row >= 2 && used < pace_.current())
            return std::max(first, now + overtaking_time);
        return first;
    }

    // Whoever frees a hot slot is about to wait for it again, and his processor idles if the heir wakes on another
    // one, where somebody else runs. So it goes to the oldest who ran here, unless that costs the very oldest more
    // than one turn of each who waits.
    [[nodiscard]] waiter& nearest(time_point now) noexcept
    {
        const int here = current_cpu();
        if (now < head_->since + overtaking_time + turns(size_))
            for (waiter* w = head_; w != nullptr && now >= w->since + overtaking_time; w = w->next)
                if (w->cpu == here)
                    return *w;
        return *head_;
    }

    bool hot_ = false; ///< the slot that was freed last while somebody waited was
    waiter* head_ = nullptr;
    waiter* tail_ = nullptr;
    std::size_t size_ = 0;
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

} // namespace steward::detail
