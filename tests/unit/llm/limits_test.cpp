// SPDX-License-Identifier: BSL-1.0
// What all clients of one resource share: limits, being held back, and totals.
#include "unit/llm/scene.hpp"

#include <steward/settings.hpp>
#include <steward/steward.hpp>

#include <atomic>
#include <thread>

namespace adapters = steward::adapters;
using namespace steward::test;
using namespace std::chrono_literals;

namespace {

class llm_limits : public llm_scene {
protected:
    model adapter(openai_settings settings) const
    {
        settings.base_url = server.url("/v1");
        settings.model = "gpt-4";
        settings.retry_delay = {};
        return model{std::move(settings)};
    }
    static llm_error error_of_asking(adapters::llm_client<adapters::openai> client)
    {
        try {
            static_cast<void>(client.complete("Hello"));
        } catch (const llm_error& error) {
            return error;
        }
        ADD_FAILURE() << "nothing was thrown";
        return llm_error{llm_errc::other, "", ""};
    }
};

TEST_F(llm_limits, of_requests_hold_for_all_clients)
{
    model llm = adapter({.timeout = 5s, .requests_per_minute = 2});
    static_cast<void>(llm.create().complete("Hello"));
    static_cast<void>(llm.create().complete("Hello"));
    const llm_error error = error_of_asking(llm.create());
    EXPECT_EQ(error.code(), llm_errc::rate_limited);
    EXPECT_TRUE(error.retriable());
    ASSERT_TRUE(error.retry_after());
    EXPECT_GT(*error.retry_after(), 5s);
    EXPECT_LE(*error.retry_after(), 30s);
    EXPECT_TRUE(std::string_view{error.what()}.starts_with(
        "openai (gpt-4): rate limited: requests_per_minute wants a wait of "))
        << error.what();
    EXPECT_EQ(asked.size(), 2U); // nothing was sent
}

TEST_F(llm_limits, of_tokens_count_what_completions_took)
{
    model llm = adapter({.max_tokens = 15, .timeout = 1s, .tokens_per_minute = 60});
    for (int i = 0; i != 2; ++i) // 15 tokens each, and 35 by the estimate
        static_cast<void>(llm.create().complete("Hello"));
    EXPECT_EQ(error_of_asking(llm.create()).code(), llm_errc::rate_limited);
    EXPECT_EQ(asked.size(), 2U);
}

TEST_F(llm_limits, are_waited_for_within_the_timeout)
{
    model llm = adapter({.timeout = 30s, .requests_per_minute = 600});
    auto client = llm.create();
    for (int i = 0; i != 602; ++i)
        static_cast<void>(client.complete("Hello"));
    EXPECT_EQ(asked.size(), 602U);
}

TEST_F(llm_limits, count_what_is_tried_again)
{
    model llm = adapter({.timeout = 5s, .retry_count = 5, .requests_per_minute = 2});
    failing = 6;
    EXPECT_EQ(error_of_asking(llm.create()).code(), llm_errc::rate_limited);
    EXPECT_EQ(asked.size(), 2U);
}

TEST_F(llm_limits, a_provider_that_wants_to_be_left_alone_is_by_all_clients)
{
    for (const int refused_with : {429, 503}) {
        model llm = adapter({.timeout = 5s});
        asked.clear();
        status = refused_with;
        headers = {{"Retry-After", "60"}};
        const llm_error first = error_of_asking(llm.create());
        EXPECT_EQ(first.retry_after(), 60s);
        const llm_error second = error_of_asking(llm.create());
        EXPECT_EQ(second.code(), llm_errc::rate_limited);
        ASSERT_TRUE(second.retry_after());
        EXPECT_GT(*second.retry_after(), 5s);
        EXPECT_TRUE(std::string_view{second.what()}.contains("the provider wants a wait of ")) << second.what();
        EXPECT_EQ(asked.size(), 1U);
    }
}

TEST_F(llm_limits, a_provider_that_wants_to_be_left_alone_for_a_short_time_is_asked_again)
{
    model llm = adapter({.timeout = 30s, .retry_count = 1});
    failing = 1;
    headers = {{"Retry-After", "1"}};
    EXPECT_EQ(llm.create().complete("Hello").text, "Hello.");
    EXPECT_EQ(asked.size(), 2U);
}

TEST_F(llm_limits, what_is_refused_for_good_holds_nobody_back)
{
    model llm = adapter({.timeout = 5s});
    headers = {{"Retry-After", "60"}};
    status = 400;
    EXPECT_EQ(error_of_asking(llm.create()).code(), llm_errc::invalid_request);
    status = 200;
    EXPECT_EQ(llm.create().complete("Hello").text, "Hello.");
}

using llm_resource = steward::resource<"llm", model, steward::pooling::bounded<0, 4>, steward::metrics::counters>;

TEST_F(llm_limits, tokens_and_their_cost_are_metrics)
{
    steward::manager<llm_resource> manager{llm_resource::with({.base_url = server.url("/v1"),
                                                               .model = "gpt-4",
                                                               .retry_delay = 0ms,
                                                               .prompt_price = 30,
                                                               .completion_price = 60})};
    failing = 1;
    static_cast<void>(manager.acquire<"llm">()->complete("Hello"));
    static_cast<void>(manager.acquire<"llm">()->complete("Hello"));
    const auto metrics = manager.metrics<"llm">();
    EXPECT_EQ(metrics.acquisitions, 2U);
    EXPECT_EQ(metrics.number("requests"), 3);
    EXPECT_EQ(metrics.number("prompt_tokens"), 24);
    EXPECT_EQ(metrics.number("completion_tokens"), 6);
    EXPECT_DOUBLE_EQ(metrics.number("cost"), (24 * 30 + 6 * 60) / 1e6);
}

TEST_F(llm_limits, are_checked)
{
    const auto problems = [](const openai_settings& settings) -> std::string {
        try {
            steward::manager<llm_resource> manager{llm_resource::with(settings)};
            return {};
        } catch (const steward::configuration_error& error) {
            return error.what();
        }
    };
    EXPECT_EQ(problems({.model = "gpt-4", .api_key = "key", .requests_per_minute = 0, .tokens_per_minute = 0}),
              "llm: requests_per_minute: expected at least 1, got 0\n"
              "llm: tokens_per_minute: expected at least 1, got 0");
    EXPECT_EQ(problems({.model = "gpt-4", .api_key = "key", .prompt_price = -1, .completion_price = 1e12}),
              "llm: prompt_price: expected 0 to 1000000000, got -1.000000\n"
              "llm: completion_price: expected 0 to 1000000000, got 1000000000000.000000");
}

TEST(llm_limits_of_settings, are_read_from_files)
{
    auto read = steward::settings<steward::catalog<llm_resource>>::from_yaml(R"(
llm:
  model: gpt-4
  api_key: key
  requests_per_minute: 500
  tokens_per_minute: 30000
  prompt_price: 2.5
  completion_price: 10
)");
    const openai_settings& llm = read.get<"llm">();
    EXPECT_EQ(llm.requests_per_minute, 500U);
    EXPECT_EQ(llm.tokens_per_minute, 30'000U);
    EXPECT_EQ(llm.prompt_price, 2.5);
    EXPECT_EQ(llm.completion_price, 10);
}

} // namespace
