// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <csignal>

namespace steward::test {

/// For a scope SIGPIPE ends the program, also where httplib's server has had it ignored.
class deadly_sigpipe {
public:
    deadly_sigpipe() = default;
    ~deadly_sigpipe() { std::signal(SIGPIPE, before_); }
    deadly_sigpipe(const deadly_sigpipe&) = delete;
    deadly_sigpipe& operator=(const deadly_sigpipe&) = delete;

private:
    void (*before_)(int) = std::signal(SIGPIPE, SIG_DFL);
};

} // namespace steward::test
