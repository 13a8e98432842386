// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/atomic_time.hpp>
#include <steward/detail/futex.hpp>
#include <steward/time.hpp>

#include <atomic>
#include <cstdint>

namespace steward::inline v0::detail {

/// What became of somebody who waits: the first three go over into each other, the others are final.
enum class wait_word : std::uint32_t {
    waiting,
    alerted,   ///< slots may become free without further notice: look at them when the overtaking ends
    nudged,    ///< a slot became free that anyone may take: look now
    granted,   ///< `slot` is the waiter's own
    cancelled, ///< the waiter gave up
    failed,    ///< creating failed, and nothing else is to be expected
    closed,    ///< there will be no slot any more
};

/// Somebody who waits for a slot: one word and a way to wake him. It lives on the waiter's stack, in one queue.
///
/// The word becomes final by one compare-exchange, so a grant and a cancellation cannot both win. Whoever made it
/// final must not touch the waiter afterwards but through the `wake` that he read before.
struct waiter {
    static constexpr std::uint8_t most_looks = 20;

    std::atomic<std::uint32_t> word{static_cast<std::uint32_t>(wait_word::waiting)};
    void* slot = nullptr;    ///< written before the word becomes `granted`, which releases it
    time_point since{};      ///< when it came; it waits since then, whatever wakes it
    time_point granted_at{}; ///< written before the word becomes `granted`; the epoch if that is not known
    bool guards = false;     ///< it will look at the slots by itself
    atomic_time look_at;     ///< when
    std::uint8_t looks = 0;  ///< how often it has looked since it came
    int cpu = -1;            ///< where it ran when it came or looked last
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

/// Wakes whoever it was given, and starts what it was given, once the pool's mutex is no longer held.
class pending_wake {
public:
    /// To be called before the waiter's word changes; the word's address outlives the waiter only as an address.
    void remember(waiter& w) noexcept
    {
        wake_ = w.wake;
        word_ = &w.word;
    }
    void forget() noexcept { wake_ = nullptr; }

    /// To call `start(on, slot)`.
    void remember(void (*start)(void*, void*) noexcept, void* on, void* slot) noexcept
    {
        start_ = start;
        on_ = on;
        slot_ = slot;
    }

    void fire() noexcept
    {
        if (wake_ != nullptr)
            wake_(word_);
        wake_ = nullptr;
        if (start_ != nullptr)
            start_(on_, slot_);
        start_ = nullptr;
    }

private:
    void (*start_)(void*, void*) noexcept = nullptr;
    void* on_ = nullptr;
    void* slot_ = nullptr;
    void (*wake_)(std::atomic<std::uint32_t>*) noexcept = nullptr;
    std::atomic<std::uint32_t>* word_ = nullptr;
};

/// Asks one who waits to look at the slots. With the pool's mutex held.
inline void tell(waiter& w, wait_word what, pending_wake& wake) noexcept
{
    w.guards = true;
    wake.remember(w);
    if (!w.change(wait_word::waiting, what) && !w.change(wait_word::alerted, what)
        && !w.change(wait_word::waiting, what)) // he has heard of the alert meanwhile
        wake.forget();                          // he was told before and has not looked yet
}

} // namespace steward::inline v0::detail
