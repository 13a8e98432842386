// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <exception>

#if defined(__GLIBCXX__)
#include <cxxabi.h>
#endif

namespace steward::inline v0::detail {

/// Whether an exception of the calling thread's was thrown and not yet caught: `std::uncaught_exceptions() != 0`, but in
/// two loads; the call takes longer than a whole lease.
///
/// The runtime keeps the number in each thread's `__cxa_eh_globals`, behind a pointer (Itanium C++ ABI: Exception
/// Handling, 2.2.2), at an address that does not change.
class uncaught {
public:
    [[nodiscard, gnu::always_inline]] static bool any() noexcept
    {
#if defined(__GLIBCXX__)
        if (mine_ == nullptr) [[unlikely]]
            mine_ = find();
        return *mine_ != 0;
#else
        return std::uncaught_exceptions() != 0;
#endif
    }

#if defined(__GLIBCXX__)
private:
    struct globals {
        void* caught;
        unsigned int uncaught;
    };

    [[gnu::noinline, gnu::cold]] static const unsigned int* find() noexcept
    {
        return &reinterpret_cast<const globals*>(abi::__cxa_get_globals())->uncaught;
    }

    static constinit inline thread_local const unsigned int* mine_ = nullptr;
#endif
};

} // namespace steward::inline v0::detail
