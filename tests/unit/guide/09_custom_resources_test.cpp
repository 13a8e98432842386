// SPDX-License-Identifier: BSL-1.0
//
// "Custom Resources": the guide's Redis provider as a user writes it, over hiredis, and against a real server.
#include "support/redis_server.hpp"
#include "support/sessions.hpp"

#include <steward/field_name.hpp>
#include <steward/steward.hpp>

#include <gtest/gtest.h>
#include <hiredis/hiredis.h>

#include <algorithm>
#include <csignal>
#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <sys/time.h>

using steward::resource_health;
using steward::test::redis_server;

namespace guide::custom_resources {

struct redis_settings {
    std::string host = "localhost";
    int port = 6379;
};

/// One connection.
class redis_client {
public:
    redis_client(const std::string& host, int port)
        : context_{::redisConnectWithTimeout(host.c_str(), port, timeval{5, 0})}
    {
        if (!context_ || context_->err != 0)
            throw std::runtime_error{host + ":" + std::to_string(port) + ": "
                                     + (context_ ? context_->errstr : "no memory")};
    }

    bool ping() { return text_of(command({"PING"})) == "PONG"; }
    void set(const std::string& key, const std::string& value) { command({"SET", key, value}); }
    std::optional<std::string> get(const std::string& key) { return text_of(command({"GET", key})); }

    struct free_reply {
        void operator()(redisReply* reply) const { ::freeReplyObject(reply); }
    };
    using reply = std::unique_ptr<redisReply, free_reply>;

    reply command(const std::vector<std::string>& words)
    {
        std::vector<const char*> texts;
        std::vector<std::size_t> sizes;
        for (const std::string& word : words) {
            texts.push_back(word.data());
            sizes.push_back(word.size());
        }
        reply answer{static_cast<redisReply*>(
            ::redisCommandArgv(context_.get(), static_cast<int>(words.size()), texts.data(), sizes.data()))};
        if (!answer)
            throw std::runtime_error{context_->errstr};
        if (answer->type == REDIS_REPLY_ERROR)
            throw std::runtime_error{answer->str};
        return answer;
    }

    static std::optional<std::string> text_of(const reply& answer)
    {
        if (answer->type == REDIS_REPLY_NIL)
            return std::nullopt;
        return std::string{answer->str, static_cast<std::size_t>(answer->len)};
    }

private:
    struct free_context {
        void operator()(redisContext* context) const { ::redisFree(context); }
    };
    std::unique_ptr<redisContext, free_context> context_;
};

} // namespace guide::custom_resources

BOOST_HANA_ADAPT_STRUCT(guide::custom_resources::redis_settings, host, port); // the names of the fields, for errors

namespace guide::custom_resources {

/// The provider. `acquire` and `release` are the manager's, which keeps connections for reuse; closing is redis_client's.
class redis_resource {
public:
    using settings = redis_settings;
    using resource_type = redis_client;

    explicit redis_resource(settings s) : settings_{std::move(s)} {}

    [[nodiscard]] redis_client create() const { return {settings_.host, settings_.port}; }
    static bool validate(redis_client& client) { return client.ping(); } // what it throws means no
    static void check(const settings& s, steward::configuration_check& check)
    {
        if (s.port < 1 || s.port > 65'535)
            check.wrong(steward::field_name(s, s.port), "1 to 65535", std::to_string(s.port));
    }

private:
    settings settings_;
};
static_assert(steward::adapter<redis_resource>);

using redis = steward::resource<"redis", redis_resource, steward::pooling::bounded<0, 4>, steward::health::on_borrow<>,
                                steward::metrics::counters, steward::ownership::tracked>;

class guide_custom_resources : public testing::Test {
protected:
    std::optional<redis_server> server;
    std::optional<steward::manager<redis>> made;

    void SetUp() override
    {
        if (redis_server::program().empty())
            GTEST_SKIP() << "redis-server is not on the PATH (Debian: redis-server)";
        std::signal(SIGPIPE, SIG_IGN); // hiredis 0.14 writes to connections that the server has closed
        server.emplace();
        made.emplace(redis::with({.host = "127.0.0.1", .port = server->port()})); // Register custom resource
    }
    steward::manager<redis>& manager() { return *made; }
};

TEST_F(guide_custom_resources, acquire)
{
    auto state = manager().owner("state", 123);
    auto& client = state.acquire<"redis">();
    client.set("greeting", "hello\r\n");
    EXPECT_EQ(client.get("greeting"), "hello\r\n");
    EXPECT_EQ(client.get("nothing"), std::nullopt);
}

TEST_F(guide_custom_resources, release_keeps_the_connection_for_reuse)
{
    manager().acquire<"redis">()->set("a", "1");
    EXPECT_EQ(manager().acquire<"redis">()->get("a"), "1");
    EXPECT_EQ(manager().metrics<"redis">().creations, 1U);
}

TEST_F(guide_custom_resources, validate)
{
    EXPECT_TRUE(manager().validate<"redis">());
    server->stop();
    EXPECT_FALSE(manager().validate<"redis">());
}

TEST_F(guide_custom_resources, a_connection_that_broke_is_found_and_replaced)
{
    manager().acquire<"redis">()->set("a", "1");
    redis_client{"127.0.0.1", server->port()}.command({"CLIENT", "KILL", "TYPE", "normal"});
    EXPECT_EQ(manager().acquire<"redis">()->get("a"), "1");
    EXPECT_EQ(manager().metrics<"redis">().creations, 2U);
}

TEST_F(guide_custom_resources, health_check)
{
    manager().acquire<"redis">().release();
    EXPECT_EQ(manager().health<"redis">(), resource_health::healthy);
    server->stop();
    const auto refused = manager().try_acquire<"redis">();
    ASSERT_FALSE(refused);
    EXPECT_NE(std::string{refused.error().what()}.find("Connection refused"), std::string::npos)
        << refused.error().what();
    EXPECT_EQ(manager().health<"redis">(), resource_health::unhealthy);
    server->start_again();
    EXPECT_TRUE(manager().acquire<"redis">()->ping());
    EXPECT_EQ(manager().health<"redis">(), resource_health::healthy);
}

TEST_F(guide_custom_resources, close)
{
    redis_client other{"127.0.0.1", server->port()};
    const auto lines = [&other] {
        const std::string clients = redis_client::text_of(other.command({"CLIENT", "LIST"})).value_or("");
        return std::ranges::count(clients, '\n');
    };
    manager().acquire<"redis">().release();
    steward::test::wait_until([&] { return lines() == 2; }); // the server notices later
    manager().close();
    steward::test::wait_until([&] { return lines() == 1; });
    EXPECT_EQ(manager().try_acquire<"redis">().error().code(), steward::errc::closed);
}

TEST(guide_custom_resources_configuration, a_wrong_port_is_named_before_anything_is_opened)
{
    try {
        steward::manager<redis> manager{redis::with({.port = 0})};
        FAIL();
    } catch (const steward::configuration_error& error) {
        EXPECT_STREQ(error.what(), "redis: port: expected 1 to 65535, got 0");
    }
}

} // namespace guide::custom_resources
