// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/linked_list.hpp>

#include <memory>
#include <mutex>
#include <new>

#if defined(__unix__) || defined(__APPLE__)
#include <pthread.h>
#endif

namespace steward::inline v0::detail {

/// Calls a function in every child that the process forks, before `fork` returns there.
///
/// A child has a copy of its parent's memory, but of its threads only the one that forked: mutexes that another one
/// held stay locked, threads that worked for a pool are gone, and what its resources speak with is the parent's. So
/// whoever has a mutex, a thread or a resource makes it forget them there (POSIX, pthread_atfork). What a process does
/// that forks only to execute another program costs nothing, with vfork and posix_spawn not even this.
class fork_watch {
public:
    /// `in_child(on)`: on the only thread that there is; it may not watch or end watching.
    fork_watch(void (*in_child)(void*) noexcept, void* on) noexcept : in_child_{in_child}, on_{on}
    {
        const std::lock_guard lock{mutex_};
        static const bool installed = install();
        static_cast<void>(installed);
        all_.add(*this);
    }
    ~fork_watch()
    {
        const std::lock_guard lock{mutex_};
        all_.remove(*this);
    }
    fork_watch(const fork_watch&) = delete;
    fork_watch& operator=(const fork_watch&) = delete;

private:
    friend class linked_list<fork_watch>;

    static bool install() noexcept
    {
#if defined(__unix__) || defined(__APPLE__)
        return pthread_atfork([] { mutex_.lock(); }, [] { mutex_.unlock(); }, &run_in_child) == 0;
#else
        return false;
#endif
    }

    // The thread that forked has locked the mutex, so the list is whole.
    static void run_in_child() noexcept
    {
        for (fork_watch* each = all_.first(); each != nullptr; each = each->next_)
            each->in_child_(each->on_);
        mutex_.unlock();
    }

    static constinit inline std::mutex mutex_;
    static constinit inline linked_list<fork_watch> all_;

    void (*in_child_)(void*) noexcept;
    void* on_;
    fork_watch* previous_ = nullptr;
    fork_watch* next_ = nullptr;
};

/// In a child: makes something anew, whatever its threads left it in; what it held is left as it is.
template <class T>
void forget(T& what) noexcept
{
    ::new (static_cast<void*>(std::addressof(what))) T;
}

} // namespace steward::inline v0::detail
