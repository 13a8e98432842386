// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/locking/lock_free.hpp>

#include <cstdint>

namespace steward::inline v0::locking {

/// `lock_free`, and a slot belongs to the thread that found it: it takes it and gives it back without any atomic
/// read-modify-write, until another thread needs it.
///
/// That is so once threads have looked for a slot `Searches` times (whoever gets the one that he used last does not look
/// for one); each time a slot is taken from a thread it takes eight times as many, up to 1,048,576, and with each tick
/// half as many again.
template <std::uint32_t Searches>
struct biased_after : lock_free {
    static_assert(Searches > 0 && Searches < 1U << 20, "steward::locking::biased_after: from 1 to 1,048,575 searches");

    static constexpr std::uint32_t searches_until_biased = Searches; ///< how many looks for a slot make it biased
};

/// `biased_after` the first search.
///
/// Choose it where each thread has its own slot most of the time. Cost: a few plain loads and stores for a lease; who
/// takes a slot from another thread pays for a fence that all processors execute (some microseconds).
struct biased : biased_after<1> {};

} // namespace steward::inline v0::locking
