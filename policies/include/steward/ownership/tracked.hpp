// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/owner_id.hpp>
#include <steward/policy.hpp>

#include <atomic>
#include <cstdint>

namespace steward::inline v0::ownership {

/// Each slot shows who holds it: `owners<>()` lists the names, and a time-out names the holders.
///
/// Choose it to see who uses what. Cost: three plain stores when a resource is lent and one when it comes back.
/// Threads: a reader gets a whole name or none, and never touches the owner itself. The slot's holder alone writes:
/// it raises `sequence`, then writes the number, then the tag; a name counts only if sequence and tag are the same
/// before and after reading the number (a seqlock, Boehm 2012, "Can seqlocks get along with programming language
/// memory models?").
struct tracked : policy {
    struct per_slot {
        std::atomic<std::uint32_t> sequence{0};
        std::atomic<std::uint64_t> number{0};
        std::atomic<const char*> tag{nullptr};
    };

    static void on_acquired(per_slot& slot, const owner_id& owner) noexcept
    {
        if (!owner)
            return;
        slot.sequence.store(slot.sequence.load(std::memory_order_relaxed) + 1, std::memory_order_release);
        slot.number.store(owner.number, std::memory_order_release); // after the sequence, for who reads this number
        slot.tag.store(owner.tag, std::memory_order_release);
    }

    static void on_released(per_slot& slot) noexcept
    {
        if (slot.tag.load(std::memory_order_relaxed) != nullptr) // spares anonymous leases the store
            slot.tag.store(nullptr, std::memory_order_release);
    }

    [[nodiscard]] static owner_id holder(const per_slot& slot) noexcept
    {
        const std::uint32_t sequence = slot.sequence.load(std::memory_order_acquire);
        const char* const tag = slot.tag.load(std::memory_order_acquire);
        const std::uint64_t number = slot.number.load(std::memory_order_acquire);
        if (tag == nullptr || slot.tag.load(std::memory_order_acquire) != tag
            || slot.sequence.load(std::memory_order_acquire) != sequence)
            return {}; // nobody, or in the moment of changing hands
        return {tag, number};
    }
};

} // namespace steward::inline v0::ownership
