// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/redis_server.hpp"
#include "support/sessions.hpp"

#include <steward/adapters/redis.hpp>
#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace steward::test {

using namespace std::chrono_literals;
using namespace std::string_view_literals;

using adapters::redis_errc;
using adapters::redis_error;
using adapters::redis_reply;
using adapters::redis_session;
using adapters::redis_settings;

/// How many connections the server has.
[[nodiscard]] inline std::ptrdiff_t connections(redis_session& by)
{
    return std::ranges::count(by.command<std::string>("CLIENT", "LIST"), '\n');
}

/// A server for all tests of a binary's run, and a session of each test's own; the server is empty when a test begins.
class redis_scene : public testing::Test {
protected:
    static redis_server& server()
    {
        static redis_server only;
        return only;
    }
    [[nodiscard]] static redis_settings settings() { return {.host = "127.0.0.1", .port = server().port()}; }

    void SetUp() override
    {
        if (redis_server::program().empty())
            GTEST_SKIP() << "redis-server is not on the PATH (Debian: redis-server)";
        cache.emplace(settings(), "cache");
        cache->command("FLUSHALL");
        cache->command("SCRIPT", "FLUSH");
    }

    std::optional<redis_session> cache;
};

/// The same with a server of the test's own, which it may stop.
class redis_faults : public testing::Test {
protected:
    void SetUp() override
    {
        if (redis_server::program().empty())
            GTEST_SKIP() << "redis-server is not on the PATH (Debian: redis-server)";
        server.emplace();
    }
    [[nodiscard]] redis_settings settings() const { return {.host = "127.0.0.1", .port = server->port()}; }

    std::optional<redis_server> server;
};

/// The error that `f` throws.
template <class F>
redis_error error_of(F f)
{
    try {
        f();
    } catch (const redis_error& error) {
        return error;
    }
    ADD_FAILURE() << "nothing was thrown";
    return redis_error{redis_errc::other, "nothing was thrown"};
}

template <class F>
redis_errc code_of(F f)
{
    return error_of(std::move(f)).code();
}

} // namespace steward::test
