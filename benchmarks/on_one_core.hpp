// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cerrno>
#include <cstddef>
#include <system_error>

#include <sched.h>

namespace benchmarks {

/// This thread, and the servers that it starts, on one core: which of two cores the system gives to a server's process
/// would cost or save more than what is measured.
class on_one_core {
public:
    on_one_core()
    {
        check(::sched_getaffinity(0, sizeof before_, &before_));
        cpu_set_t one{};
        CPU_SET(static_cast<std::size_t>(::sched_getcpu()), &one);
        check(::sched_setaffinity(0, sizeof one, &one));
    }
    ~on_one_core() { static_cast<void>(::sched_setaffinity(0, sizeof before_, &before_)); }
    on_one_core(const on_one_core&) = delete;
    on_one_core& operator=(const on_one_core&) = delete;

private:
    static void check(int result)
    {
        if (result != 0)
            throw std::system_error{errno, std::generic_category(), "the thread's core"};
    }

    cpu_set_t before_{};
};

} // namespace benchmarks
