// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/departures.hpp>
#include <steward/pool/bias_price.hpp>
#include <steward/pool/slot_bias.hpp>
#include <steward/pool/slot_cell.hpp>

#include <atomic>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace steward::inline v0::detail {

/// A number that no other pool of the process ever has.
class pool_number {
public:
    [[nodiscard]] std::uint64_t get() const noexcept { return value_; }

private:
    static constinit inline std::atomic<std::uint64_t> next_{1};
    std::uint64_t value_ = next_.fetch_add(1, std::memory_order_relaxed);
};

/// Which slots of a pool belong to threads: see slot_bias for one of them.
///
/// Threads: `mine` and `pay` any, the others with the pool's mutex held.
template <class Slot>
class own_slots {
public:
    explicit own_slots(std::uint32_t first_price) noexcept : price_{first_price} {}

    /// The slot that the calling thread's note names, if it is one of this pool; else null. It may be its own no more.
    [[nodiscard, gnu::always_inline]] Slot* mine() const noexcept
    {
        const departures::note& note = departures::mine_or_nobodys();
        if (note.biased_pool != number_.get()) [[unlikely]]
            return nullptr;
        auto* const s = static_cast<Slot*>(note.biased_slot);
        if (s == nullptr)
            std::unreachable(); // callers need not ask for this one
        return s;
    }

    /// Whether the calling thread has one, lent or not.
    [[nodiscard]] bool has_one() const noexcept
    {
        const Slot* const s = mine();
        return s != nullptr && s->bias.is_of(departures::mine());
    }

    /// Somebody has found a slot: whether he may have it for his own.
    [[nodiscard]] bool pay() noexcept { return price_.pay(); }
    void tick() noexcept { price_.tick(); }

    /// The calling thread keeps the slot that it has. False if that cannot be.
    [[nodiscard]] bool give(Slot& s) noexcept
    {
        departures::note* const me = departures::mine();
        if (!s.bias.give_to(me))
            return false;
        s.cell.publish(slot_state::biased);
        me->biased_pool = number_.get();
        me->biased_slot = &s;
        ++count_;
        return true;
    }

    /// Claims a slot that a thread has and does not use. False if it does.
    [[nodiscard]] bool take_away(Slot& s, slot_state to) noexcept
    {
        if (!s.bias.take_away())
            return false;
        s.cell.publish(to);
        --count_;
        return true;
    }
    /// The same for the sake of another thread, which makes slots dearer.
    [[nodiscard]] bool take_for_another(Slot& s) noexcept
    {
        const bool got = take_away(s, slot_state::lent);
        if (got)
            price_.taken_away();
        return got;
    }

    /// Its holder holds it as others do from now on.
    void end(Slot& s, slot_state to) noexcept
    {
        s.cell.publish(to);
        s.bias.drop();
        --count_;
    }

    [[nodiscard]] bool any() const noexcept { return count_ != 0; }

    /// In a child process.
    void abandon(Slot& s) noexcept
    {
        s.bias.drop();
        count_ = 0;
    }

private:
    bias_price price_;
    int count_ = 0; ///< slots whose state is `biased`
    pool_number number_;
};

/// Where no slot is ever biased.
struct no_own_slots {
    explicit no_own_slots(std::uint32_t) noexcept {}
    static constexpr bool any() noexcept { return false; }
    static constexpr void tick() noexcept {}
};

template <class Shape>
using own_slots_of = std::conditional_t<biases<typename Shape::locking>, own_slots<typename Shape::head>, no_own_slots>;

} // namespace steward::inline v0::detail
