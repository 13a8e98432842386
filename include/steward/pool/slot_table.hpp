// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/departures.hpp>
#include <steward/detail/thread_hint.hpp>
#include <steward/pool/slot.hpp>
#include <steward/time.hpp>

#include <array>
#include <atomic>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>
#include <utility>

namespace steward::inline v0::detail {

/// Which slots of a large table may be idle, a bit each, so that finding one costs no scan.
///
/// A hint: a bit may stand for a slot that is lent (whoever finds out clears it and tells the slot, so that its
/// return sets it again) and, for the moment in which a release crosses that clearing, an idle slot may have no bit.
/// Those for whom a miss would matter (before creating, before sleeping) look at the slots themselves.
template <std::size_t Capacity>
class idle_hints {
public:
    void set(std::size_t i) noexcept { words_[i / 64].fetch_or(bit(i), std::memory_order_relaxed); }
    void clear(std::size_t i) noexcept { words_[i / 64].fetch_and(~bit(i), std::memory_order_relaxed); }

    /// Calls `claim(i)` for slots that may be idle until one call is true; whether one was.
    template <class Claim>
    [[nodiscard]] bool find(Claim claim) noexcept
    {
        for (std::size_t w = 0; w != words_.size(); ++w)
            for (std::uint64_t left = words_[w].load(std::memory_order_relaxed); left != 0; left &= left - 1)
                if (claim(w * 64 + static_cast<std::size_t>(std::countr_zero(left))))
                    return true;
        return false;
    }

private:
    static constexpr std::uint64_t bit(std::size_t i) noexcept { return std::uint64_t{1} << (i % 64); }

    std::array<std::atomic<std::uint64_t>, (Capacity + 63) / 64> words_{};
};

/// The slots of a pool and the ways to claim one. Where the locking policy is guarded, the caller holds the mutex.
///
/// It has the room for the slots and sees their heads; whoever knows the resources makes the slots in it, at `place`.
template <class Shape>
class slot_table {
public:
    using slot_type = typename Shape::head;
    static constexpr std::size_t capacity = Shape::capacity;

    class iterator {
    public:
        explicit iterator(std::byte* at) noexcept : at_{at} {}
        slot_type& operator*() const noexcept
        {
            auto* const s = std::launder(reinterpret_cast<slot_type*>(at_));
            if (s == nullptr)
                std::unreachable(); // bytes in an array: callers need not ask again
            return *s;
        }
        iterator& operator++() noexcept
        {
            at_ += Shape::size;
            return *this;
        }
        bool operator==(const iterator&) const noexcept = default;

    private:
        std::byte* at_;
    };

    [[nodiscard]] void* place(std::size_t i) noexcept { return bytes_ + i * Shape::size; }

    iterator begin() noexcept { return iterator{bytes_}; }
    iterator end() noexcept { return iterator{bytes_ + sizeof(bytes_)}; }
    slot_type& operator[](std::size_t i) noexcept { return *iterator{bytes_ + i * Shape::size}; }
    [[nodiscard]] std::size_t index(const slot_type& s) const noexcept
    {
        return static_cast<std::size_t>(reinterpret_cast<const std::byte*>(&s) - bytes_) / Shape::size;
    }

    /// The slot that this thread used last, if it is idle: the whole of the fast path.
    [[nodiscard, gnu::always_inline]] slot_type* claim_hinted() noexcept
    {
        slot_type& s = (*this)[hinted()];
        return s.cell.claim(slot_state::idle, slot_state::lent) ? &s : nullptr;
    }

    /// This thread has a slot of its own and looks there first the next time; `forget_own` ends that.
    void remember_own() noexcept { hint_.here() = own; }
    void forget_own() noexcept { hint_.here() = 0; }
    [[nodiscard, gnu::always_inline]] bool may_have_own() const noexcept { return hint_.here() >= capacity; }

    /// Some idle slot. The cost does not grow with the number of lent slots.
    [[nodiscard]] slot_type* claim_idle() noexcept
    {
        if constexpr (sparse) {
            slot_type* found = nullptr;
            static_cast<void>(idle_.find([&](std::size_t i) {
                found = claim_resource((*this)[i]);
                if (found == nullptr && !has_free_resource((*this)[i]))
                    hide(i);
                return found != nullptr;
            }));
            return found;
        } else {
            return scan_idle();
        }
    }

    /// Some idle slot, looking at each. For those who would otherwise create or sleep.
    [[nodiscard]] slot_type* scan_idle() noexcept
    {
        for (slot_type& s : *this)
            if (slot_type* found = claim_resource(s))
                return found;
        return nullptr;
    }

    /// Some idle slot that whoever gave it back does not take again at once.
    [[nodiscard]] slot_type* claim_left() noexcept
    {
        for (slot_type& s : *this)
            if (has_free_resource(s) && stays_free(s))
                if (slot_type* found = claim_resource(s))
                    return found;
        return nullptr;
    }

    /// An empty slot, for whoever keeps to the limits: it is in service then.
    [[nodiscard]] slot_type* claim_empty() noexcept
    {
        for (slot_type& s : *this)
            if (s.cell.load() == slot_state::empty && s.cell.claim(slot_state::empty, slot_state::service)) {
                remember(s);
                return &s;
            }
        return nullptr;
    }

    /// Whether some slot is empty at the moment.
    [[nodiscard]] bool has_empty() noexcept
    {
        for (slot_type& s : *this)
            if (s.cell.load() == slot_state::empty)
                return true;
        return false;
    }

    /// Says that a slot is idle, after its state was published.
    void returned([[maybe_unused]] slot_type& s) noexcept
    {
        if constexpr (sparse)
            if (s.hidden.get()) [[unlikely]]
                show(s);
    }

    /// The calling thread has claimed it and looks here first the next time.
    void remember([[maybe_unused]] slot_type& s) noexcept
    {
        if constexpr (hints)
            hint_.here() = static_cast<std::uint16_t>(index(s));
        if constexpr (biases<typename Shape::locking>)
            if (departures::note* const me = departures::mine(); me != nullptr && s.bias.forget(me))
                me->forget(&s);
    }

private:
    static constexpr bool sparse = Shape::sparse;
    static constexpr bool hints = capacity > 1 || biases<typename Shape::locking>;
    static constexpr std::uint16_t own = 0xffff; ///< in place of an index
    struct no_hint {};
    struct no_idle_hints {};

    [[nodiscard]] std::size_t hinted() const noexcept
    {
        if constexpr (!hints) {
            return 0;
        } else {
            const std::size_t i = hint_.here();
            return i < capacity ? i : 0; // another pool of the same key may have left it
        }
    }

    static bool has_free_resource(const slot_type& s) noexcept { return is_available(s.cell.load()); }

    // For longer than it takes to give back and acquire.
    static bool stays_free(const slot_type& s) noexcept
    {
        const time_point end = clock::now() + std::chrono::nanoseconds{300};
        while (clock::now() < end)
            if (!has_free_resource(s))
                return false;
        return true;
    }

    slot_type* claim_resource(slot_type& s) noexcept
    {
        const slot_state state = s.cell.load();
        if (!is_available(state) || !s.cell.claim(state, slot_state::lent))
            return nullptr;
        s.was_rested = state == slot_state::rested;
        remember(s);
        return &s;
    }

    void hide(std::size_t i) noexcept
    {
        idle_.clear(i);
        slot_type& s = (*this)[i];
        s.hidden.set(true);
        if (has_free_resource(s)) // it came back in between, and its release may have seen it shown
            show(s);
    }

    [[gnu::noinline]] void show(slot_type& s) noexcept
    {
        s.hidden.set(false);
        idle_.set(index(s));
    }

    static_assert(capacity <= 0xffff, "steward::pooling: a pool has at most 65,535 slots");

    // Before the slots: behind a large table the key could stand a multiple of 4 KiB from the slot in use, and a load
    // of it would wait for the stores to that slot.
    [[no_unique_address]] std::conditional_t<hints, thread_hint, no_hint> hint_;
    [[no_unique_address]] std::conditional_t<sparse, idle_hints<capacity>, no_idle_hints> idle_;
    alignas(Shape::alignment) std::byte bytes_[capacity * Shape::size];
};

} // namespace steward::inline v0::detail
