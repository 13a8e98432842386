// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <atomic>
#include <concepts>
#include <cstdint>

namespace steward::inline v0 {

/// What a slot is doing. Whoever moves a slot out of a free state owns it alone until he publishes the next state.
enum class slot_state : std::uint32_t {
    empty,    ///< free: no resource yet
    idle,     ///< free: a resource that was used since the housekeeper last looked
    rested,   ///< free: a resource that nobody used since then; only the slow path takes it
    lent,     ///< a holder has it
    creating, ///< in service: a resource is being made
    service,  ///< in service: a resource is being reset, validated or destroyed
    parked,   ///< a resource that nobody may take: the pool is suspended
    biased,   ///< a resource that one thread may take and give back as it likes: see slot_bias
    out,      ///< no resource and none may be made: beyond max_size, suspended or closed
};

/// Whether a slot that does that has a resource which anybody may take.
[[nodiscard]] constexpr bool is_available(slot_state now) noexcept
{
    return now == slot_state::idle || now == slot_state::rested;
}

/// The state of a slot where every access happens under the pool's mutex, or on one thread.
class plain_cell {
public:
    /// What the slot is doing.
    [[nodiscard]] slot_state load() const noexcept { return state_; }

    /// Moves the slot from one state to another; false if it is in none of the first.
    [[nodiscard]] bool claim(slot_state from, slot_state to) noexcept
    {
        if (state_ != from)
            return false;
        state_ = to;
        return true;
    }

    /// Says what the slot is doing from now on; for its owner.
    void publish(slot_state to) noexcept { state_ = to; }

private:
    slot_state state_ = slot_state::empty;
};

/// The state of a slot that threads claim without a lock: one compare-exchange to claim, a plain store to free.
class atomic_cell {
public:
    /// What the slot is doing, and all that was written before that was said.
    [[nodiscard]] slot_state load() const noexcept { return state_.load(std::memory_order_acquire); }

    /// Pairs with `publish`: what the last owner of the slot wrote is visible to the next.
    [[nodiscard]] bool claim(slot_state from, slot_state to) noexcept
    {
        return state_.compare_exchange_strong(from, to, std::memory_order_acq_rel, std::memory_order_relaxed);
    }

    /// Says what the slot is doing from now on, and shows all that its owner wrote until then.
    void publish(slot_state to) noexcept { state_.store(to, std::memory_order_release); }

private:
    std::atomic<slot_state> state_{slot_state::empty};
};

namespace detail {

template <class C>
concept slot_cell = requires(C& cell, const C& view, slot_state state) {
    { view.load() } -> std::same_as<slot_state>;
    { cell.claim(state, state) } -> std::same_as<bool>;
    cell.publish(state);
};

template <class M>
concept lockable = requires(M& mutex) {
    mutex.lock();
    mutex.unlock();
};

/// What a locking policy is made of.
///
/// - `mutex_type`: guards the queue of waiters, and creation and closing of a shared resource.
/// - `cell`: the state of one slot.
/// - `guarded`: true if each access to a cell happens under the mutex.
/// - `waits`: false if there is only one thread, so that waiting for a slot could never end.
/// - `spin_time`: how long a caller looks again before it sleeps; zero for most.
/// - `order_release()`, `order_sleep()`: the fences between "the slot is free" and "is anyone waiting?", and between
///   "I am waiting" and "is a slot free?"; each must keep its two in order against the other's.
template <class L>
concept locking_parts = lockable<typename L::mutex_type> && slot_cell<typename L::cell> && requires {
    { L::guarded } -> std::convertible_to<bool>;
    { L::waits } -> std::convertible_to<bool>;
    L::spin_time;
    L::order_release();
    L::order_sleep();
};

} // namespace detail
} // namespace steward::inline v0
