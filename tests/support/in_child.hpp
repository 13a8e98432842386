// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

namespace steward::test {

/// Runs `body` in a child process, without the end of statics; whether it returned within half a minute and all that it
/// expects was so.
template <class Body>
[[nodiscard]] testing::AssertionResult in_child(Body body)
{
    const pid_t child = fork();
    if (child == 0) {
        alarm(30);
        body();
        _exit(testing::Test::HasFailure() ? 1 : 0);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child)
        return testing::AssertionFailure() << "fork or waitpid failed";
    if (WIFSIGNALED(status))
        return testing::AssertionFailure() << "the child was ended by signal " << WTERMSIG(status);
    if (WEXITSTATUS(status) != 0)
        return testing::AssertionFailure() << "what the child expected was not so";
    return testing::AssertionSuccess();
}

} // namespace steward::test
