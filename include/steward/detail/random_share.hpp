// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <cstdint>

namespace steward::inline v0::detail {

/// A random number from 0 to 1, different in each thread and process, for times that must not agree: it never throws and
/// needs no lock. (SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.)
[[nodiscard]] inline double random_share() noexcept
{
    static constexpr char place = 0; // whose address differs from process to process
    static thread_local std::uint64_t state =
        static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count())
        ^ reinterpret_cast<std::uintptr_t>(&place) ^ reinterpret_cast<std::uintptr_t>(&state);
    std::uint64_t z = state += 0x9e3779b97f4a7c15U;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27) * 0x94d049bb133111ebU;
    z ^= z >> 31;
    return static_cast<double>(z >> 11) * 0x1p-53;
}

} // namespace steward::inline v0::detail
