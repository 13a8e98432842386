// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <pthread.h>
#include <signal.h> // NOLINT(modernize-deprecated-headers): sigpending and sigwait are POSIX's

namespace steward::inline v0::detail {

/// For a scope: writing to a connection that the other side has closed is an error of that write, and no signal that ends
/// the process, whatever the program does about SIGPIPE.
class no_sigpipe {
public:
    no_sigpipe() noexcept
    {
        sigemptyset(&pipe_);
        sigaddset(&pipe_, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
        was_pending_ = sigismember(&before_, SIGPIPE) == 1 && pending(); // only what is blocked can be pending
    }
    ~no_sigpipe()
    {
        if (int taken = 0; !was_pending_ && pending())
            sigwait(&pipe_, &taken);
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    no_sigpipe(const no_sigpipe&) = delete;
    no_sigpipe& operator=(const no_sigpipe&) = delete;

private:
    static bool pending() noexcept
    {
        sigset_t set;
        return sigpending(&set) == 0 && sigismember(&set, SIGPIPE) == 1;
    }

    sigset_t pipe_{};
    sigset_t before_{};
    bool was_pending_ = false;
};

} // namespace steward::inline v0::detail
