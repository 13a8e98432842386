// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <malloc.h>

namespace steward::test {

/// How many bytes of this process are allocated, whoever has allocated them: C libraries as well. Of no use with a
/// sanitizer, which has an allocator of its own.
[[nodiscard]] inline std::size_t heap_in_use()
{
    const struct ::mallinfo2 now = ::mallinfo2();
    return now.uordblks + now.hblkhd;
}

} // namespace steward::test
