// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <steward/detail/redact.hpp>

#include <stdexcept>
#include <string>

using namespace steward::test;
using steward::detail::redact;

namespace {

TEST(redact, replaces_the_user_info_of_a_url)
{
    EXPECT_EQ(redact("cannot open postgres://me:secret@db/x"), "cannot open postgres://***@db/x");
    EXPECT_EQ(redact("https://token@host/path"), "https://***@host/path");
    EXPECT_EQ(redact("a://b:c@d e://f:g@h"), "a://***@d e://***@h");
    EXPECT_EQ(redact("redis://:p@ss@host"), "redis://***@host");
}

TEST(redact, leaves_what_is_no_secret)
{
    for (const char* text : {"", "connection refused", "http://host:8080/path?query=1", "mail me@example.org",
                             "no such table: passwords", "://", "a token was expected"})
        EXPECT_EQ(redact(text), text);
}

TEST(redact, replaces_the_values_of_keys_that_name_a_secret)
{
    EXPECT_EQ(redact("host=db password=hunter2 user=me"), "host=db password=*** user=me");
    EXPECT_EQ(redact("PASSWORD = hunter2;x"), "PASSWORD = ***;x");
    EXPECT_EQ(redact("password='with blank' x"), "password=*** x");
    EXPECT_EQ(redact(R"({"api_key": "abc", "n": 1})"), R"({"api_key": ***, "n": 1})");
    EXPECT_EQ(redact("?token=abc&n=1"), "?token=***&n=1");
    EXPECT_EQ(redact("Authorization: Bearer abc.def"), "Authorization: Bearer ***");
}

TEST(redact, replaces_every_one)
{
    EXPECT_EQ(redact("password=a password=b pwd=c"), "password=*** password=*** pwd=***");
}

class secrets : public testing::Test {
public:
    using sessions = steward::resource<"sessions", session_adapter, steward::pooling::bounded<0, 1>>;
    session_log log;
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log})};
};

TEST_F(secrets, of_an_adapters_exception_are_hidden_and_its_cause_is_kept)
{
    log.while_creating = [] { throw std::runtime_error{"postgres://me:secret@db: password=hunter2 refused"}; };
    const auto failed = manager.try_acquire<"sessions">();
    ASSERT_FALSE(failed);
    EXPECT_STREQ(failed.error().what(), "sessions: acquire: create failed: postgres://***@db: password=*** refused");
    EXPECT_EQ(steward::describe(failed.error().cause()), "postgres://***@db: password=*** refused");
}

TEST_F(secrets, of_the_last_cause_are_hidden_in_a_time_out)
{
    using pair = steward::resource<"pair", session_adapter, steward::pooling::bounded<0, 2>>;
    steward::manager<pair> two{pair::with(session_adapter::settings{log})};
    auto held = two.acquire<"pair">();
    log.while_creating = [] { throw std::runtime_error{"http://me:secret@host"}; };
    EXPECT_FALSE(two.try_acquire<"pair">());
    two.resize<"pair">({.max_size = 1});
    const auto refused = two.try_acquire<"pair">(0ms);
    ASSERT_EQ(code_of(refused), steward::errc::timed_out);
    EXPECT_FALSE(contains(refused.error().what(), "secret"));
    EXPECT_TRUE(contains(refused.error().what(), "http://***@host"));
}

TEST(resource_error, has_a_word_for_everything)
{
    using steward::errc;
    using steward::operation;
    for (const errc code : {errc::timed_out, errc::closed, errc::suspended, errc::create_failed, errc::invalid,
                            errc::circuit_open, errc::unknown_resource, errc::configuration})
        EXPECT_NE(to_string(code), "unknown error");
    for (const operation what :
         {operation::acquire, operation::create, operation::open, operation::configure, operation::look_up})
        EXPECT_NE(to_string(what), "unknown operation");
}

} // namespace
