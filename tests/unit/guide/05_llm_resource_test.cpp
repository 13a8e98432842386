// SPDX-License-Identifier: BSL-1.0
// The guide's chapter "LLM Resource".
#include "support/http_server.hpp"

#include <steward/adapters/llm.hpp>
#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace guide::llm_resource {

using gpt4 = steward::resource<"llm", steward::adapters::llm<steward::adapters::openai>, steward::ownership::tracked>;

TEST(llm_resource, integrates_with_providers_of_large_language_models)
{
    steward::test::http_server provider;
    std::string prompt;
    provider.Post("/v1/chat/completions", [&](const httplib::Request& request, httplib::Response& response) {
        prompt = request.get_header_value("Authorization") + ' ' + request.body;
        response.set_content(R"({"model": "gpt-4", "choices": [{"message": {"role": "assistant", "content": "A text."},
                                 "finish_reason": "stop"}]})",
                             "application/json");
    });
    provider.start();
    ::setenv("OPENAI_API_KEY", "secret", 1);

    steward::manager<gpt4> manager{gpt4::with({.base_url = provider.url("/v1"),
                                               .model = "gpt-4",
                                               .api_key = "${OPENAI_API_KEY}",
                                               .temperature = 0.7,
                                               .max_tokens = 1'000})};

    // Use in state
    auto state = manager.owner("state", 123);
    auto& llm = state.acquire<"llm">();
    const auto response = llm.complete("Analyze this text", {.system = "You are a helpful assistant"});

    ::unsetenv("OPENAI_API_KEY");
    EXPECT_EQ(response.text, "A text.");
    EXPECT_EQ(prompt, R"(Bearer secret {"max_tokens":1000,"messages":[)"
                      R"({"content":"You are a helpful assistant","role":"system"},)"
                      R"({"content":"Analyze this text","role":"user"}],"model":"gpt-4","temperature":0.7})");
}

// The same state with another provider: `provider="anthropic"`.
using claude =
    steward::resource<"llm", steward::adapters::llm<steward::adapters::anthropic>, steward::ownership::tracked>;

template <class Manager>
std::string analyze(Manager& manager)
{
    auto state = manager.owner("state", 123);
    auto& llm = state.template acquire<"llm">();
    return llm.complete("Analyze this text", {.system = "You are a helpful assistant"}).text;
}

TEST(llm_resource, changes_its_provider_without_a_change_of_its_states)
{
    steward::test::http_server provider;
    provider.Post("/v1/chat/completions", [&](const httplib::Request&, httplib::Response& response) {
        response.set_content(R"({"choices": [{"message": {"content": "A text."}}]})", "application/json");
    });
    provider.Post("/v1/messages", [&](const httplib::Request&, httplib::Response& response) {
        response.set_content(R"({"content": [{"type": "text", "text": "Another text."}]})", "application/json");
    });
    provider.start();

    steward::manager<gpt4> before{gpt4::with({.base_url = provider.url("/v1"), .model = "gpt-4"})};
    EXPECT_EQ(analyze(before), "A text.");
    steward::manager<claude> after{claude::with({.base_url = provider.url(), .model = "claude-sonnet-4-5"})};
    EXPECT_EQ(analyze(after), "Another text.");
}

} // namespace guide::llm_resource
