// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <steward/field_name.hpp>

#include <boost/hana/adapt_struct.hpp>

#include <string>

using namespace steward::test;
using steward::pool_options;

namespace {

using sessions = steward::resource<"sessions", session_adapter, steward::pooling::bounded<0, 4>>;
using files = steward::resource<"files", session_adapter, steward::pooling::shared>;

/// What a manager says of options; empty if it takes them.
std::string said_of(const pool_options& options)
{
    session_log log;
    try {
        steward::manager<sessions> manager{sessions::with(session_adapter::settings{log}, options)};
    } catch (const steward::configuration_error& error) {
        EXPECT_EQ(error.code(), steward::errc::configuration);
        EXPECT_EQ(error.operation(), steward::operation::configure);
        EXPECT_EQ(error.resource(), "sessions");
        return error.what();
    }
    return {};
}

TEST(configuration, takes_zero_where_zero_means_something)
{
    EXPECT_EQ(said_of({.min_size = 0, .acquire_timeout = 0ms, .idle_timeout = 0s, .max_lifetime = 0s}), "");
    EXPECT_EQ(said_of({.min_size = 4, .max_size = 4}), "");
}

TEST(configuration, refuses_a_max_size_of_zero)
{
    EXPECT_EQ(said_of({.max_size = 0}), "sessions: max_size: expected at least 1, got 0");
}

TEST(configuration, refuses_a_max_size_above_the_capacity)
{
    EXPECT_EQ(said_of({.max_size = 5}), "sessions: max_size: expected at most the pool's capacity of 4, got 5");
}

TEST(configuration, refuses_a_max_size_below_min_size)
{
    EXPECT_EQ(said_of({.min_size = 3, .max_size = 2}),
              "sessions: max_size: expected at least min_size, which is 3, got 2");
    EXPECT_NE(said_of({.min_size = 5}), "") << "more than the policy has room for";
    EXPECT_NE(said_of({.min_size = static_cast<std::size_t>(-1)}), "") << "a negative one";
}

TEST(configuration, refuses_negative_times)
{
    EXPECT_TRUE(
        contains(said_of({.acquire_timeout = -1ms}), "sessions: acquire_timeout: expected zero or more, got -1 ms"));
    EXPECT_TRUE(
        contains(said_of({.idle_timeout = -1s}), "sessions: idle_timeout: expected zero or more, got -1000 ms"));
    EXPECT_TRUE(
        contains(said_of({.max_lifetime = -1s}), "sessions: max_lifetime: expected zero or more, got -1000 ms"));
}

TEST(configuration, refuses_a_negative_time_of_a_shared_resource)
{
    session_log log;
    EXPECT_THROW((steward::manager<files>{files::with(session_adapter::settings{log}, {.acquire_timeout = -1ms})}),
                 steward::configuration_error);
}

TEST(configuration, names_everything_that_is_wrong_at_once)
{
    session_log log;
    try {
        steward::manager<sessions, files> manager{
            sessions::with(session_adapter::settings{log}, {.max_size = 0, .idle_timeout = -1s}),
            files::with(session_adapter::settings{log}, {.acquire_timeout = -1ms})};
        FAIL();
    } catch (const steward::configuration_error& error) {
        ASSERT_EQ(error.problems().size(), 3U);
        EXPECT_EQ(error.problems()[0].field, "max_size");
        EXPECT_EQ(error.problems()[1].field, "idle_timeout");
        EXPECT_EQ(error.problems()[2].resource, "files");
        EXPECT_EQ(error.problems()[2].field, "acquire_timeout");
    }
}

TEST(configuration, says_the_same_of_a_resize)
{
    session_log log;
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log})};
    try {
        manager.resize<"sessions">({.max_size = 9});
        FAIL();
    } catch (const steward::configuration_error& error) {
        EXPECT_STREQ(error.what(), "sessions: max_size: expected at most the pool's capacity of 4, got 9");
    }
}

/// An adapter that checks its settings, whose fields have names by Boost.Hana.
struct server_settings {
    std::string host = "localhost";
    int port = 80;
    std::string password{};
};

} // namespace

BOOST_HANA_ADAPT_STRUCT(server_settings, host, port, password);

namespace {

struct server {
    using settings = server_settings;
    struct resource_type {};

    explicit server(settings) { ++built; }
    resource_type create() { return {}; }
    static void check(const settings& s, steward::configuration_check& check)
    {
        if (s.host.empty())
            check.wrong(steward::field_name(s, s.host), "the name of a host");
        if (s.port <= 0)
            check.wrong(steward::field_name(s, s.port), "a port above zero", std::to_string(s.port));
        if (s.password.size() > 8)
            check.wrong(steward::field_name(s, s.password), "at most 8 characters", "password=" + s.password);
    }

    static inline int built = 0;
};
using servers = steward::resource<"servers", server>;

TEST(field_name, is_that_of_a_member_of_this_very_object)
{
    const server_settings one, other;
    EXPECT_EQ(steward::field_name(one, one.port), "port");
    EXPECT_EQ(steward::field_name(one, one.password), "password");
    EXPECT_EQ(steward::field_name(one, other.port), "");
}

TEST(configuration_of_an_adapter, names_the_fields_of_a_hana_struct)
{
    try {
        steward::manager<servers> manager{servers::with({.host = "", .port = -1})};
        FAIL();
    } catch (const steward::configuration_error& error) {
        EXPECT_STREQ(error.what(), "servers: host: expected the name of a host\n"
                                   "servers: port: expected a port above zero, got -1");
    }
}

TEST(configuration_of_an_adapter, is_checked_before_anything_is_built)
{
    server::built = 0;
    EXPECT_THROW((steward::manager<servers>{servers::with({.port = 0})}), steward::configuration_error);
    EXPECT_EQ(server::built, 0);
}

TEST(configuration_of_an_adapter, shows_no_secret)
{
    try {
        steward::manager<servers> manager{servers::with({.password = "far too long to be one"})};
        FAIL();
    } catch (const steward::configuration_error& error) {
        EXPECT_FALSE(contains(error.what(), "far"));
        EXPECT_FALSE(contains(error.problems().front().message, "far"));
        EXPECT_TRUE(contains(error.what(), "servers: password: expected at most 8 characters"));
    }
}

} // namespace
