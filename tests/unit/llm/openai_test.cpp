// SPDX-License-Identifier: BSL-1.0
//
// /chat/completions and /embeddings of https://platform.openai.com/docs/api-reference; streams as a client sees them are in
// stream_test.
#include "unit/llm/provider_scene.hpp"

using namespace steward::adapters;
using namespace steward::test;
using nlohmann::json;

namespace {

class openai_provider : public provider_scene<openai> {};

TEST_F(openai_provider, is_at_home_if_it_is_not_said_where)
{
    const auto service = openai::service({.model = "a-model", .api_key = "a-key"});
    EXPECT_EQ(service.base_url, "https://api.openai.com/v1");
    EXPECT_EQ(service.auth.bearer->token, "a-key");
    EXPECT_FALSE(openai::service({.base_url = "http://localhost:8000/v1", .model = "a"}).auth.bearer);
    EXPECT_EQ(openai::request(with_model(), {}, {}, false).path, "/chat/completions");
}

TEST_F(openai_provider, is_sent_what_is_said_and_nothing_else)
{
    EXPECT_EQ(asked({{.text = "Hello"}}),
              (json{{"model", "a-model"}, {"messages", json::array({{{"role", "user"}, {"content", "Hello"}}})}}));
}

TEST_F(openai_provider, is_sent_all_options)
{
    const json body =
        asked({{.text = "Hello"}},
              {.system = "You are brief",
               .temperature = 0.5,
               .max_tokens = 100,
               .stop = {"END", "\n"},
               .seed = 7,
               .tools = {{"clock", "Says the time", R"({"type": "object", "properties": {}})"}, {"bell"}}});
    EXPECT_EQ(body,
              (json{{"model", "a-model"},
                    {"messages",
                     {{{"role", "system"}, {"content", "You are brief"}}, {{"role", "user"}, {"content", "Hello"}}}},
                    {"temperature", 0.5},
                    {"max_completion_tokens", 100},
                    {"stop", {"END", "\n"}},
                    {"seed", 7},
                    {"tools",
                     {{{"type", "function"},
                       {"function",
                        {{"name", "clock"},
                         {"description", "Says the time"},
                         {"parameters", {{"type", "object"}, {"properties", json::object()}}}}}},
                      {{"type", "function"}, {"function", {{"name", "bell"}}}}}}}));
}

TEST_F(openai_provider, of_another_service_is_told_the_longest_answer_by_its_older_name)
{
    const json body = asked({{.text = "Hello"}}, {.max_tokens = 100}, false,
                            {.base_url = "http://localhost:8000/v1", .model = "a-model"});
    EXPECT_EQ(body["max_tokens"], 100);
    EXPECT_FALSE(body.contains("max_completion_tokens"));
}

TEST_F(openai_provider, is_asked_for_json)
{
    EXPECT_EQ(asked({{.text = "Hello"}}, {.json = true})["response_format"], (json{{"type", "json_object"}}));
    for (const bool json_too : {false, true})
        EXPECT_EQ(
            asked({{.text = "Hello"}}, {.json = json_too, .json_schema = R"({"type": "object"})"})["response_format"],
            (json{{"type", "json_schema"},
                  {"json_schema", {{"name", "answer"}, {"schema", {{"type", "object"}}}, {"strict", true}}}}));
}

TEST_F(openai_provider, is_asked_for_a_stream_with_its_usage)
{
    const json body = asked({{.text = "Hello"}}, {}, true);
    EXPECT_EQ(body["stream"], true);
    EXPECT_EQ(body["stream_options"], (json{{"include_usage", true}}));
}

TEST_F(openai_provider, is_sent_conversations_with_calls_and_their_results)
{
    const json body = asked({{.role = llm_role::system, .text = "Be brief"},
                             {.text = "What time is it?"},
                             {.role = llm_role::assistant, .tool_calls = {{"call_1", "clock", R"({"zone": "UTC"})"}}},
                             {.role = llm_role::tool, .text = "12:00", .tool_call_id = "call_1"},
                             {.role = llm_role::assistant, .text = "Noon."}});
    EXPECT_EQ(
        body["messages"],
        (json{{{"role", "system"}, {"content", "Be brief"}},
              {{"role", "user"}, {"content", "What time is it?"}},
              {{"role", "assistant"},
               {"content", nullptr},
               {"tool_calls", json::array({{{"id", "call_1"},
                                            {"type", "function"},
                                            {"function", {{"name", "clock"}, {"arguments", R"({"zone": "UTC"})"}}}}})}},
              {{"role", "tool"}, {"content", "12:00"}, {"tool_call_id", "call_1"}},
              {{"role", "assistant"}, {"content", "Noon."}}}));
}

TEST_F(openai_provider, is_not_asked_what_it_cannot_read)
{
    EXPECT_EQ(
        refused({{.text = "Hello"}}, {.json_schema = "hidden"}),
        "openai (a-model): invalid request: expected json_schema as an object of JSON; check the model, the prompt's "
        "length and the other settings");
    EXPECT_TRUE(refused({{.text = "Hello"}}, {.tools = {{"clock", "", "[]"}}})
                    .contains("expected the parameters of tool clock as an object of JSON"));
    EXPECT_TRUE(refused({{.text = "\xff"}}).contains("expected all texts in UTF-8"));
}

TEST_F(openai_provider, answers_with_a_message)
{
    const auto got = answer(R"({"id": "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT", "object": "chat.completion",
        "created": 1741569952, "model": "gpt-4.1-2025-04-14", "choices": [{"index": 0, "message": {"role": "assistant",
        "content": "Hello.", "refusal": null, "annotations": []}, "logprobs": null, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 19, "completion_tokens": 10, "total_tokens": 29, "prompt_tokens_details":
        {"cached_tokens": 0, "audio_tokens": 0}, "completion_tokens_details": {"reasoning_tokens": 0}},
        "service_tier": "default"})");
    ASSERT_TRUE(got);
    EXPECT_EQ(got->text, "Hello.");
    EXPECT_EQ(got->finish_reason, "stop");
    EXPECT_EQ(got->model, "gpt-4.1-2025-04-14");
    EXPECT_EQ(got->usage.prompt_tokens, 19);
    EXPECT_EQ(got->usage.completion_tokens, 10);
    EXPECT_EQ(got->usage.total_tokens, 29);
    EXPECT_EQ(got->message(), (llm_message{.role = llm_role::assistant, .text = "Hello."}));
}

TEST_F(openai_provider, asks_for_calls_of_tools)
{
    const auto got =
        answer(R"({"choices": [{"index": 0, "message": {"role": "assistant", "content": null, "tool_calls": [
        {"id": "call_1", "type": "function", "function": {"name": "clock", "arguments": "{\"zone\": \"UTC\"}"}},
        {"id": "call_2", "type": "function", "function": {"name": "bell", "arguments": "{}"}}]},
        "finish_reason": "tool_calls"}]})");
    ASSERT_TRUE(got);
    EXPECT_EQ(got->text, "");
    EXPECT_EQ(got->finish_reason, "tool_calls");
    const std::vector<llm_tool_call> calls{{"call_1", "clock", R"({"zone": "UTC"})"}, {"call_2", "bell", "{}"}};
    EXPECT_EQ(got->tool_calls, calls);
    EXPECT_EQ(got->message(), (llm_message{.role = llm_role::assistant, .tool_calls = calls}));
}

TEST_F(openai_provider, says_why_an_answer_ended)
{
    const auto reason = [](const std::string& words) {
        const auto got =
            answer(R"({"choices": [{"message": {"content": "Hel"}, "finish_reason": ")" + words + R"("}]})");
        return got ? got->finish_reason : "";
    };
    for (const char* known : {"stop", "length", "tool_calls", "content_filter", "something_new"})
        EXPECT_EQ(reason(known), known);
    EXPECT_EQ(reason("function_call"), "tool_calls");
}

TEST_F(openai_provider, may_end_before_there_was_any_text)
{
    for (const char* reason : {"content_filter", "length"}) {
        const auto got =
            answer(json{{"choices", {{{"message", {{"content", nullptr}}}, {"finish_reason", reason}}}}}.dump());
        ASSERT_TRUE(got);
        EXPECT_EQ(got->finish_reason, reason);
    }
}

TEST_F(openai_provider, refuses_in_words_of_its_own)
{
    for (const char* content : {"null", R"("")"}) {
        const auto got = answer(std::string{R"({"choices": [{"message": {"content": )"} + content
                                + R"(, "refusal": "I cannot help"}, "finish_reason": "stop"}]})");
        ASSERT_FALSE(got);
        EXPECT_EQ(got.error().code, llm_errc::refused);
        EXPECT_EQ(got.error().details, "I cannot help");
    }
}

TEST_F(openai_provider, fails_by_its_status_and_its_error)
{
    const auto code = [](int status, const json& error) { return failure(status, json{{"error", error}}.dump()).code; };
    const json limit{
        {"message", "Rate limit reached"}, {"type", "tokens"}, {"param", nullptr}, {"code", "rate_limit_exceeded"}};
    const json quota{{"message", "You exceeded your current quota"},
                     {"type", "insufficient_quota"},
                     {"param", nullptr},
                     {"code", "insufficient_quota"}};
    EXPECT_EQ(code(429, limit), llm_errc::rate_limited);
    EXPECT_EQ(code(429, quota), llm_errc::quota_exhausted);
    EXPECT_EQ(code(429, {{"type", "insufficient_quota"}, {"code", "credit_balance_exhausted"}}),
              llm_errc::quota_exhausted);
    EXPECT_EQ(code(503, {{"message", "Slow down"}, {"type", "service_unavailable_error"}, {"code", "slow_down"}}),
              llm_errc::overloaded);
    EXPECT_EQ(code(500, {{"message", "The server had an error"}, {"type", "server_error"}}), llm_errc::overloaded);
    EXPECT_EQ(code(400, {{"type", "invalid_request_error"}, {"code", "context_length_exceeded"}}),
              llm_errc::invalid_request);
    EXPECT_EQ(code(404, {{"type", "invalid_request_error"}, {"code", "model_not_found"}}), llm_errc::invalid_request);
    EXPECT_EQ(code(403, {{"code", "unsupported_country_region_territory"}}), llm_errc::refused);
    EXPECT_EQ(failure(429, json{{"error", limit}}.dump()).details, "status 429: Rate limit reached");
    EXPECT_EQ(
        failure(401, R"({"error": {"message": "Incorrect API key provided: a-k**ey", "code": "invalid_api_key"}})")
            .details,
        "status 401");
    EXPECT_EQ(failure(408).code, llm_errc::overloaded);
}

TEST_F(openai_provider, that_repeats_the_name_of_a_call_in_a_stream_has_said_it_once)
{
    std::string body;
    for (const char* arguments : {"{\\\"a\\\"", ": 1}"})
        body += std::string{R"(data: {"choices": [{"delta": {"tool_calls": [{"index": 0, "id": "call_1", )"}
                + R"("function": {"name": "clock", "arguments": ")" + arguments + "\"}}]}}]}\n\n";
    const auto got = streamed(body + "data: [DONE]\n\n");
    ASSERT_TRUE(got);
    EXPECT_TRUE(got->ended);
    EXPECT_EQ(got->answer.tool_calls, (std::vector<llm_tool_call>{{"call_1", "clock", R"({"a": 1})"}}));
}

TEST_F(openai_provider, is_asked_for_embeddings)
{
    const std::vector<std::string> texts{"one", "two"};
    const auto request = openai::embedding_request({.model = "text-embedding-3-small"}, texts);
    EXPECT_EQ(request.path, "/embeddings");
    EXPECT_EQ(json::parse(request.body),
              (json{{"model", "text-embedding-3-small"}, {"input", texts}, {"encoding_format", "float"}}));
}

TEST_F(openai_provider, gives_embeddings_in_the_order_of_the_texts)
{
    const auto got = openai::embeddings({.status = 200, .body = R"({"object": "list", "data": [
        {"object": "embedding", "index": 1, "embedding": [0.5, -1]}, {"object": "embedding", "index": 0, "embedding": [2, 1e-3]}],
        "model": "text-embedding-3-small", "usage": {"prompt_tokens": 8, "total_tokens": 8}})"});
    ASSERT_TRUE(got);
    EXPECT_EQ(got->vectors, (std::vector<std::vector<float>>{{2, 1e-3F}, {0.5, -1}}));
    EXPECT_EQ(got->model, "text-embedding-3-small");
    EXPECT_EQ(got->usage.prompt_tokens, 8);
    EXPECT_EQ(got->usage.total_tokens, 8);
}

TEST_F(openai_provider, gives_no_embeddings_that_are_none)
{
    for (const char* body : {"", "hidden", "[]", "{}", R"({"data": {}})", R"({"data": [{"index": 0}]})",
                             R"({"data": [{"index": 0, "embedding": []}]})", R"({"data": [{"embedding": ["hidden"]}]})",
                             R"({"data": [{"index": 1, "embedding": [1]}]})",
                             R"({"data": [{"index": 0, "embedding": [1]}, {"index": 0, "embedding": [1]}]})"}) {
        const auto got = openai::embeddings({.status = 200, .body = body});
        ASSERT_FALSE(got) << body;
        EXPECT_EQ(got.error().code, llm_errc::malformed) << body;
        EXPECT_FALSE(got.error().details.contains("hidden"));
    }
}

} // namespace
