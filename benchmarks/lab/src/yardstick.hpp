// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace steward::inline v0::lab {

/// Atomic exchanges on a line that no other thread uses.
void exchange(std::uint64_t times);

/// Nanoseconds of one atomic exchange on a line that no other thread uses, here and now: the best of a few tries, since
/// whatever disturbs can only make it slower. Takes about a fifth of a millisecond.
[[nodiscard]] double exchange_ns();

} // namespace steward::inline v0::lab
