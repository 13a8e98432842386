// SPDX-License-Identifier: BSL-1.0
#pragma once

#if defined(__linux__)
#include <sched.h>
#endif

namespace steward::inline v0::detail {

/// The processor that runs this thread, until it is moved; -1 where the system does not say. It costs no system call.
[[nodiscard]] inline int current_cpu() noexcept
{
#if defined(__linux__)
    return sched_getcpu();
#else
    return -1;
#endif
}

} // namespace steward::inline v0::detail
