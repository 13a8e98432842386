// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/time.hpp>

#include <cstdint>

namespace steward::inline v0::detail {

/// On which processors slots were freed lately: somebody is at work there. Two processors whose numbers differ by 64
/// are taken for one.
class busy_cpus {
public:
    /// `lately`: after twice that time a processor on which no other slot was freed no longer counts.
    void seen(int cpu, time_point now, duration lately) noexcept
    {
        if (now >= since_ + lately) {
            before_ = now < since_ + 2 * lately ? now_ : 0;
            now_ = 0;
            since_ = now;
        }
        now_ |= bit(cpu);
    }

    [[nodiscard]] bool contains(int cpu) const noexcept { return ((now_ | before_) & bit(cpu)) != 0; }

private:
    static constexpr std::uint64_t bit(int cpu) noexcept
    {
        return std::uint64_t{1} << (static_cast<unsigned>(cpu) % 64);
    }

    std::uint64_t now_ = 0;
    std::uint64_t before_ = 0;
    time_point since_{};
};

} // namespace steward::inline v0::detail
