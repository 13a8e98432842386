// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <atomic>

#if defined(__linux__)
#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

/// A fence whose price is paid by one side.
///
/// Two threads that each write one word and then read the other's need a full fence on both sides, or both may miss
/// the other's write. Here the frequent side (a release) calls `light`, which only stops the compiler, and the rare
/// side (a thread about to sleep, close, shrink) calls `heavy`, which makes every running thread of the process
/// execute a full fence (Linux membarrier PRIVATE_EXPEDITED; see membarrier(2)). Where the system has no such call
/// both are sequentially consistent fences. Which way is decided once, before the first pool exists.
namespace steward::inline v0::detail {

class asymmetric_fence {
public:
    /// Decides the way, once for the process. Every pool calls it when it is built.
    static void prepare() noexcept
    {
        static const bool decided = (expedited_ = register_process(), true);
        static_cast<void>(decided);
    }

    static void light() noexcept
    {
        if (expedited_) [[likely]]
            std::atomic_signal_fence(std::memory_order_seq_cst);
        else
            std::atomic_thread_fence(std::memory_order_seq_cst);
    }

    static void heavy() noexcept
    {
        std::atomic_thread_fence(std::memory_order_seq_cst);
#if defined(__linux__)
        if (expedited_)
            syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0);
#endif
    }

    [[nodiscard]] static bool expedited() noexcept { return expedited_; }

    /// For tests, while no pool exists: forces both sides to use full fences, or lets the system decide again.
    static void force_symmetric(bool symmetric) noexcept { expedited_ = !symmetric && register_process(); }

private:
    static bool register_process() noexcept
    {
#if defined(__linux__) && !defined(STEWARD_NO_MEMBARRIER)
        return syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0) == 0;
#else
        return false;
#endif
    }

    static constinit inline bool expedited_ = false;
};

} // namespace steward::inline v0::detail
