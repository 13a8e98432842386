// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/asymmetric_fence.hpp>

#include <atomic>
#include <cstdint>

namespace steward::inline v0::detail {

/// Who may take a slot without an atomic read-modify-write: the one thread that it is biased to, until another needs it.
///
/// While the slot's state is `biased` these words say the rest. The thread claims it by `mine`, a plain store, and looks at
/// `owner`; whoever takes the bias away (under the pool's mutex) marks `owner` and looks at `mine`. The two halves of an
/// asymmetric fence stand in between, so at least one of them sees the other; without one (see asymmetric_fence) no slot
/// is ever biased. (After D. Dice, M. Moir, W. Scherer, "Quickly reacquirable locks", 2003.)
///
/// Which slot is its own a thread has in its departure_note. It may be stopped before its store to `mine`, for any time,
/// and wake when the slot has long been another's. So a slot that was biased to a thread is biased to no other before that
/// thread itself was here again: only it writes `owner` back to nobody, and its note then no longer names the slot.
class slot_bias {
public:
    /// The thread whose note names the slot claims it: true if it is still biased to it, and nobody holds it. Else somebody
    /// may have taken it for lent for a moment, so the caller must see to it if the bias is gone.
    ///
    /// A mark that this thread leaves in `mine` for a moment does no harm where the slot is not biased any more: nobody
    /// reads it then, and it is biased to no other thread as long as the note names it.
    [[nodiscard, gnu::always_inline]] bool claim() noexcept
    {
        if (mine_.load(std::memory_order_acquire)) [[unlikely]]
            return false;
        mine_.store(true, std::memory_order_relaxed);
        std::atomic_signal_fence(std::memory_order_seq_cst); // pairs with the heavy fence in take_away
        if ((owner_.load(std::memory_order_relaxed) & gone) == 0) [[likely]]
            return true;
        mine_.store(false, std::memory_order_release);
        return false;
    }

    /// Whether it is biased to that thread.
    [[nodiscard]] bool is_of(const void* me) const noexcept
    {
        return owner_.load(std::memory_order_relaxed) == word(me);
    }

    /// The holder gives it back, and it stays biased. Pairs with the acquire load of who claims or takes away.
    void give_back() noexcept { mine_.store(false, std::memory_order_release); }

    /// With the pool's mutex held, the slot's state `biased`: true if nobody holds it, and it is the caller's.
    [[nodiscard]] bool take_away() noexcept
    {
        const std::uintptr_t before = owner_.load(std::memory_order_relaxed);
        if ((before & gone) == 0) {
            owner_.store(before | gone, std::memory_order_relaxed);
            asymmetric_fence::heavy();
        }
        return !mine_.load(std::memory_order_acquire);
    }

    /// Whether anybody holds a slot whose state is `biased`.
    [[nodiscard]] bool is_held() const noexcept { return mine_.load(std::memory_order_acquire); }

    /// With the pool's mutex held: the holder of a slot whose state was `biased` has published another state.
    void drop() noexcept
    {
        owner_.store(owner_.load(std::memory_order_relaxed) | gone, std::memory_order_relaxed);
        mine_.store(false, std::memory_order_release);
    }

    /// With the pool's mutex held, the slot being the thread's `me`: it keeps it, and the caller publishes the state
    /// `biased`. False if that cannot be.
    [[nodiscard]] bool give_to(const void* me) noexcept
    {
        const std::uintptr_t before = owner_.load(std::memory_order_relaxed);
        if (before != gone && before != (word(me) | gone))
            return false; // the thread that it was biased to has not been here again
        if (!asymmetric_fence::expedited())
            return false;
        mine_.store(true, std::memory_order_relaxed);
        owner_.store(word(me), std::memory_order_relaxed);
        return true;
    }

    /// The thread `me` claimed it as others do: true if it was his once, and from now on is nobody's.
    [[nodiscard]] bool forget(const void* me) noexcept
    {
        const bool his = owner_.load(std::memory_order_relaxed) == (word(me) | gone);
        if (his)
            owner_.store(gone, std::memory_order_relaxed);
        return his;
    }

private:
    static constexpr std::uintptr_t gone = 1; ///< a bit of `owner`, whose objects are aligned; alone: nobody
    static std::uintptr_t word(const void* me) noexcept { return reinterpret_cast<std::uintptr_t>(me); }

    std::atomic<std::uintptr_t> owner_{gone};
    std::atomic<bool> mine_{false};
};

/// Where slots are not biased.
struct no_bias {};

/// The locking policy says how often threads look for a slot until one becomes a thread's own.
template <class L>
concept biases = requires { L::searches_until_biased; };
template <class L>
inline constexpr std::uint32_t first_price = 0;
template <biases L>
inline constexpr std::uint32_t first_price<L> = L::searches_until_biased;

} // namespace steward::inline v0::detail
