// SPDX-License-Identifier: BSL-1.0
#include "unit/llm/scene.hpp"

#include <steward/steward.hpp>

using namespace steward::test;

namespace {

TEST_F(llm_scene, a_prompt_is_sent_with_the_settings)
{
    static_cast<void>(client({.model = "gpt-4", .api_key = "key", .temperature = 0.7, .max_tokens = 1'000})
                          .complete("Analyze", {.system = "You are helpful"}));
    const auto& request = asked.at(0);
    EXPECT_EQ(request.get_header_value("Authorization"), "Bearer key");
    EXPECT_EQ(request.get_header_value("Content-Type"), "application/json");
    EXPECT_EQ(
        json::parse(request.body),
        (json{{"model", "gpt-4"},
              {"messages",
               {{{"role", "system"}, {"content", "You are helpful"}}, {{"role", "user"}, {"content", "Analyze"}}}},
              {"temperature", 0.7},
              {"max_tokens", 1'000}}));
}

TEST_F(llm_scene, what_is_not_set_is_not_sent)
{
    static_cast<void>(client().complete("Analyze"));
    EXPECT_FALSE(asked.at(0).has_header("Authorization"));
    EXPECT_EQ(json::parse(asked.at(0).body),
              (json{{"model", "gpt-4"}, {"messages", json::array({{{"role", "user"}, {"content", "Analyze"}}})}}));
}

TEST_F(llm_scene, an_answer_has_a_text_a_reason_a_usage_and_a_model)
{
    const auto got = client().complete("Say hello");
    EXPECT_EQ(got.text, "Hello.");
    EXPECT_EQ(got.finish_reason, "stop");
    EXPECT_EQ(got.model, "gpt-4-0613");
    EXPECT_EQ(got.usage.prompt_tokens, 12);
    EXPECT_EQ(got.usage.completion_tokens, 3);
    EXPECT_EQ(got.usage.total_tokens, 15);
}

TEST_F(llm_scene, an_answer_may_lack_all_but_its_text)
{
    answer = R"({"choices": [{"message": {"content": ""}, "finish_reason": null}]})";
    const auto got = client().complete("Say nothing");
    EXPECT_EQ(got.text, "");
    EXPECT_EQ(got.finish_reason, "");
    EXPECT_EQ(got.usage.total_tokens, 0);
}

TEST_F(llm_scene, an_answer_goes_on_as_a_conversation)
{
    auto llm = client();
    steward::adapters::llm_conversation said{{.text = "What time is it?"}};
    answer = completion({{"content", nullptr},
                         {"tool_calls", json::array({{{"id", "call_1"},
                                                      {"type", "function"},
                                                      {"function", {{"name", "clock"}, {"arguments", "{}"}}}}})}});
    const auto first = llm.complete(said, {.tools = {{"clock"}}});
    said.push_back(first.message());
    for (const auto& call : first.tool_calls)
        said.push_back({.role = steward::adapters::llm_role::tool, .text = "12:00", .tool_call_id = call.id});
    answer = completion({{"content", "Noon."}});
    EXPECT_EQ(llm.complete(said).text, "Noon.");
    const json messages = json::parse(asked.at(1).body).at("messages");
    EXPECT_EQ(messages.at(1).at("tool_calls").at(0).at("function").at("name"), "clock");
    EXPECT_EQ(messages.at(2), (json{{"role", "tool"}, {"content", "12:00"}, {"tool_call_id", "call_1"}}));
}

TEST_F(llm_scene, options_take_the_place_of_the_settings)
{
    auto llm = client({.temperature = 0.7, .max_tokens = 100});
    static_cast<void>(llm.complete("Hello", {.temperature = 0}));
    EXPECT_EQ(json::parse(asked.at(0).body).at("temperature"), 0);
    EXPECT_EQ(json::parse(asked.at(0).body).at("max_tokens"), 100);
    static_cast<void>(llm.complete("Hello"));
    EXPECT_EQ(json::parse(asked.at(1).body).at("temperature"), 0.7);
}

TEST_F(llm_scene, texts_become_vectors)
{
    server.Post("/v1/embeddings", [this](const httplib::Request& request, httplib::Response& response) {
        asked.push_back(request);
        response.set_content(R"({"data": [{"index": 0, "embedding": [1, 0]}, {"index": 1, "embedding": [0, 1]}],
                                 "model": "embedder", "usage": {"prompt_tokens": 4, "total_tokens": 4}})",
                             "application/json");
    });
    auto llm = client({.model = "embedder"});
    const auto got = llm.embed({"one", "two"});
    EXPECT_EQ(got.vectors, (std::vector<std::vector<float>>{{1, 0}, {0, 1}}));
    EXPECT_EQ(got.usage.total_tokens, 4);
    EXPECT_EQ(json::parse(asked.at(0).body).at("input"), (json{"one", "two"}));
    EXPECT_THROW(static_cast<void>(llm.embed({"one"})), llm_error); // two came
}

TEST_F(llm_scene, a_prompt_is_repeated_while_the_provider_is_overloaded)
{
    failing = 2;
    EXPECT_EQ(client({.retry_count = 2}).complete("Hello").text, "Hello.");
    EXPECT_EQ(asked.size(), 3U);
}

TEST_F(llm_scene, the_key_may_be_in_the_environment)
{
    const key_variable key{"secret-key"};
    static_cast<void>(client({.api_key = "${STEWARD_TEST_KEY}"}).complete("Hello"));
    EXPECT_EQ(asked.at(0).get_header_value("Authorization"), "Bearer secret-key");
}

TEST_F(llm_scene, a_client_that_got_no_response_is_not_valid)
{
    model adapter{{.base_url = server.url("/v1"), .model = "gpt-4", .retry_count = 0}};
    auto used = adapter.create();
    EXPECT_TRUE(adapter.validate(used));
    EXPECT_EQ(adapter.health(), steward::resource_health::unknown);
    static_cast<void>(used.complete("Hello"));
    EXPECT_TRUE(adapter.validate(used));
    EXPECT_EQ(adapter.health(), steward::resource_health::healthy);
    breaks_off = true;
    EXPECT_THROW(static_cast<void>(used.complete("Hello")), llm_error);
    EXPECT_FALSE(adapter.validate(used));
    EXPECT_EQ(adapter.health(), steward::resource_health::unhealthy);
}

TEST_F(llm_scene, what_else_the_provider_offers_can_be_asked_for)
{
    server.Get("/v1/models", [](const httplib::Request&, httplib::Response& response) {
        response.set_content(R"({"data": []})", "application/json");
    });
    EXPECT_TRUE(client().http().get("/models").json().at("data").empty());
}

} // namespace
