// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace steward::inline v0::detail {

/// Remembers for each thread which slot of a pool it used last.
///
/// An index, never a pointer: a hint that is stale, or that another pool with the same key left behind, is only a
/// worse place to start looking, so nothing dangles when a thread or a pool ends.
class thread_hint {
public:
    /// The place where this thread keeps its hint for this pool.
    [[nodiscard]] std::uint16_t& here() const noexcept { return hints_[key_]; }

private:
    static constexpr std::size_t keys = 64;

    static constinit inline thread_local std::array<std::uint16_t, keys> hints_{};
    static constinit inline std::atomic<std::size_t> next_{0};

    std::size_t key_ = next_.fetch_add(1, std::memory_order_relaxed) % keys;
};

/// A number for each thread, to spread threads over striped cells.
[[nodiscard]] inline std::size_t thread_number() noexcept
{
    static constinit std::atomic<std::size_t> next{0};
    static thread_local const std::size_t mine = next.fetch_add(1, std::memory_order_relaxed);
    return mine;
}

} // namespace steward::inline v0::detail
