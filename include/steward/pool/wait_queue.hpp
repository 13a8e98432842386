// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/futex.hpp>
#include <steward/owner_id.hpp>
#include <steward/time.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace steward::detail {

/// What became of somebody who waits: the first three go over into each other, the others are final.
enum class wait_word : std::uint32_t {
    waiting,
    alerted,   ///< slots may become free without further notice: look at them when the overtaking ends
    nudged,    ///< a slot became free that anyone may take: look now
    granted,   ///< `slot` is the waiter's own
    cancelled, ///< the waiter gave up
    closed,    ///< there will be no slot any more
};

/// Somebody who waits for a slot: one word and a way to wake him. It lives on the waiter's stack, in one queue.
///
/// The word becomes final by one compare-exchange, so a grant and a cancellation cannot both win. Whoever made it
/// final must not touch the waiter afterwards but through the `wake` that he read before.
struct waiter {
    std::atomic<std::uint32_t> word{static_cast<std::uint32_t>(wait_word::waiting)};
    void* slot = nullptr; ///< written before the word becomes `granted`, which releases it
    time_point since{};   ///< when it came; it waits since then, whatever wakes it
    time_point granted_at{}; ///< written before the word becomes `granted`; the epoch if that is not known
    bool guards = false;  ///< it was told to look at the slots, and has not yet
    time_point look_at{}; ///< when, if it was alerted; written before the word becomes `alerted`
    void (*wake)(std::atomic<std::uint32_t>*) noexcept = &futex_wake;
    waiter* previous = nullptr;
    waiter* next = nullptr;

    [[nodiscard]] wait_word look() const noexcept
    {
        return static_cast<wait_word>(word.load(std::memory_order_acquire));
    }

    /// Goes from a word that is not final to `to`; false if another was faster.
    [[nodiscard]] bool settle(wait_word to) noexcept
    {
        std::uint32_t seen = word.load(std::memory_order_relaxed);
        while (seen <= static_cast<std::uint32_t>(wait_word::nudged))
            if (word.compare_exchange_weak(seen, static_cast<std::uint32_t>(to), std::memory_order_acq_rel))
                return true;
        return false;
    }

    /// Goes from `from` to `to`; false if the word is another one.
    [[nodiscard]] bool change(wait_word from, wait_word to) noexcept
    {
        auto seen = static_cast<std::uint32_t>(from);
        return word.compare_exchange_strong(seen, static_cast<std::uint32_t>(to), std::memory_order_acq_rel);
    }
};

/// Those who wait, oldest first. The pool's mutex guards it.
class wait_queue {
public:
    [[nodiscard]] waiter* front() const noexcept { return head_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    void push(waiter& w) noexcept
    {
        w.previous = tail_;
        w.next = nullptr;
        (tail_ == nullptr ? head_ : tail_->next) = &w;
        tail_ = &w;
        ++size_;
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

private:
    waiter* head_ = nullptr;
    waiter* tail_ = nullptr;
    std::size_t size_ = 0;
};

/// Where nobody can wait.
class no_queue {
public:
    [[nodiscard]] static constexpr waiter* front() noexcept { return nullptr; }
    [[nodiscard]] static constexpr std::size_t size() noexcept { return 0; }
    static constexpr void push(waiter&) noexcept {}
    static constexpr void remove(waiter&) noexcept {}
    template <class F>
    static constexpr void for_each(F) noexcept
    {
    }
};

/// How long a slot that was handed over stays with those who come and go quickly before it is handed over again.
///
/// Waking a sleeper takes a few microseconds or, across idle processors of a virtual machine, tens of them, in which
/// the slot does nothing. Where leases are shorter than that, handing over every time would spend most of the time on
/// it. So the pace follows what it was measured to cost: at most a fiftieth of the time goes there, and nobody waits
/// for more than a millisecond a slot.
class hand_over_pace {
public:
    void measured(duration cost) noexcept
    {
        const duration::rep before = cost_.load(std::memory_order_relaxed);
        cost_.store(before + (cost.count() - before) / 8, std::memory_order_relaxed);
    }

    [[nodiscard]] duration current() const noexcept
    {
        const duration wanted = duration{cost_.load(std::memory_order_relaxed)} * 50;
        return std::clamp<duration>(wanted, std::chrono::microseconds{100}, std::chrono::milliseconds{1});
    }

private:
    std::atomic<duration::rep> cost_{0};
};

/// Wakes whoever it was given, once the pool's mutex is no longer held.
class pending_wake {
public:
    /// To be called before the waiter's word changes; the word's address outlives the waiter only as an address.
    void remember(waiter& w) noexcept
    {
        wake_ = w.wake;
        word_ = &w.word;
    }
    void forget() noexcept { wake_ = nullptr; }

    void fire() noexcept
    {
        if (wake_ != nullptr)
            wake_(word_);
        wake_ = nullptr;
    }

private:
    void (*wake_)(std::atomic<std::uint32_t>*) noexcept = nullptr;
    std::atomic<std::uint32_t>* word_ = nullptr;
};

} // namespace steward::detail
