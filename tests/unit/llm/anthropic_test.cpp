// SPDX-License-Identifier: BSL-1.0
//
// The messages of https://platform.claude.com/docs/en/api/messages, streams and errors of the pages beside it.
#include "unit/llm/provider_scene.hpp"

using namespace steward::adapters;
using namespace steward::test;
using nlohmann::json;

namespace {

class anthropic_provider : public provider_scene<anthropic> {
protected:
    static json said(const char* role, json content) { return {{"role", role}, {"content", std::move(content)}}; }
};

TEST_F(anthropic_provider, is_asked_with_its_version_and_the_key)
{
    const auto service = anthropic::service({.model = "a-model", .api_key = "a-key"});
    EXPECT_EQ(service.base_url, "https://api.anthropic.com");
    EXPECT_EQ(service.headers, (http_headers{{"anthropic-version", "2023-06-01"}}));
    EXPECT_EQ(service.auth.api_key->name, "x-api-key");
    EXPECT_EQ(service.auth.api_key->value, "a-key");
    EXPECT_EQ(service.auth.api_key->in, api_key_place::header);
    EXPECT_FALSE(service.auth.bearer);
    EXPECT_EQ(anthropic::request(with_model(), {}, {}, false).path, "/v1/messages");
}

TEST_F(anthropic_provider, is_asked_for_the_version_that_the_settings_name)
{
    const auto service = anthropic::service({.model = "a-model", .headers = {{"Anthropic-Version", "2030-01-01"}}});
    EXPECT_EQ(service.headers, (http_headers{{"Anthropic-Version", "2030-01-01"}}));
}

TEST_F(anthropic_provider, is_told_how_long_an_answer_may_be)
{
    EXPECT_EQ(asked({{.text = "Hello"}}),
              (json{{"model", "a-model"}, {"max_tokens", 4'096}, {"messages", json::array({said("user", "Hello")})}}));
    EXPECT_EQ(asked({{.text = "Hello"}}, {.max_tokens = 7})["max_tokens"], 7);
}

TEST_F(anthropic_provider, is_sent_all_options_but_the_seed)
{
    const json body =
        asked({{.text = "Hello"}},
              {.system = "You are brief",
               .temperature = 0.5,
               .max_tokens = 100,
               .stop = {"END", "STOP"},
               .seed = 7,
               .json_schema = R"({"type": "object", "additionalProperties": false})",
               .tools = {{"clock", "Says the time", R"({"type": "object", "properties": {}})"}, {"bell"}}},
              true);
    EXPECT_EQ(body,
              (json{{"model", "a-model"},
                    {"max_tokens", 100},
                    {"system", "You are brief"},
                    {"messages", json::array({said("user", "Hello")})},
                    {"temperature", 0.5},
                    {"stop_sequences", {"END", "STOP"}},
                    {"output_config",
                     {{"format",
                       {{"type", "json_schema"}, {"schema", {{"type", "object"}, {"additionalProperties", false}}}}}}},
                    {"tools",
                     {{{"name", "clock"},
                       {"description", "Says the time"},
                       {"input_schema", {{"type", "object"}, {"properties", json::object()}}}},
                      {{"name", "bell"}, {"input_schema", {{"type", "object"}}}}}},
                    {"stream", true}}));
}

TEST_F(anthropic_provider, is_sent_conversations_with_calls_and_their_results)
{
    const json body = asked({{.role = llm_role::system, .text = "Be brief"},
                             {.text = "What time is it, and where?"},
                             {.role = llm_role::assistant,
                              .text = "I look.",
                              .tool_calls = {{"call_1", "clock", R"({"zone": "UTC"})"}, {"call_2", "place", ""}}},
                             {.role = llm_role::tool, .text = "12:00", .tool_call_id = "call_1"},
                             {.role = llm_role::tool, .text = "Rome", .tool_call_id = "call_2"},
                             {.role = llm_role::assistant, .text = "Noon."},
                             {.role = llm_role::system, .text = "Be polite"},
                             {.text = "Thanks"},
                             {.role = llm_role::assistant, .tool_calls = {{"call_3", "bye", "{}"}}},
                             {.role = llm_role::tool, .text = "", .tool_call_id = "call_3"}},
                            {.system = "You are a clock"});
    EXPECT_EQ(body["system"], "You are a clock\n\nBe brief\n\nBe polite");
    const auto result = [](const char* id, const char* text) {
        return json{{"type", "tool_result"}, {"tool_use_id", id}, {"content", text}};
    };
    const auto call = [](const char* id, const char* name, json input) {
        return json{{"type", "tool_use"}, {"id", id}, {"name", name}, {"input", std::move(input)}};
    };
    EXPECT_EQ(body["messages"],
              (json{said("user", "What time is it, and where?"),
                    said("assistant", {{{"type", "text"}, {"text", "I look."}},
                                       call("call_1", "clock", {{"zone", "UTC"}}),
                                       call("call_2", "place", json::object())}),
                    said("user", {result("call_1", "12:00"), result("call_2", "Rome")}), said("assistant", "Noon."),
                    said("user", "Thanks"), said("assistant", json::array({call("call_3", "bye", json::object())})),
                    said("user", json::array({result("call_3", "")}))}));
}

TEST_F(anthropic_provider, is_not_asked_what_it_does_not_know)
{
    EXPECT_EQ(
        refused({{.text = "Hello"}}, {.json = true}),
        "anthropic (a-model): invalid request: expected json_schema: there is no JSON without a schema; check the "
        "model, the prompt's length and the other settings");
    EXPECT_NE(refused({{.text = "Hello"}}, {.json_schema = "hidden"}), "");
    EXPECT_NE(refused({{.text = "Hello"}}, {.tools = {{.name = "a", .parameters = "[]"}}}), "");
    EXPECT_NE(refused({{.role = llm_role::assistant, .tool_calls = {{"1", "a", "{"}}}}), "");
    EXPECT_NE(refused({{.text = "\xff"}}), "");
}

TEST_F(anthropic_provider, answers_with_a_message)
{
    const auto got = answer(R"({"id": "msg_1", "type": "message", "role": "assistant", "model": "a-model-2",
        "content": [{"type": "thinking", "thinking": "Well", "signature": "x"}, {"type": "text", "text": "Hello, "},
                    {"type": "text", "text": "world.", "citations": null}],
        "stop_reason": "end_turn", "stop_sequence": null,
        "usage": {"input_tokens": 10, "cache_creation_input_tokens": 2, "cache_read_input_tokens": 3,
                  "output_tokens": 7}})");
    ASSERT_TRUE(got);
    EXPECT_EQ(got->text, "Hello, world.");
    EXPECT_EQ(got->finish_reason, "stop");
    EXPECT_EQ(got->model, "a-model-2");
    EXPECT_EQ(got->usage.prompt_tokens, 15);
    EXPECT_EQ(got->usage.completion_tokens, 7);
    EXPECT_EQ(got->usage.total_tokens, 22);
    EXPECT_TRUE(got->tool_calls.empty());
}

TEST_F(anthropic_provider, asks_for_calls_of_tools)
{
    const auto got = answer(R"({"model": "m", "content": [{"type": "text", "text": "I look."},
        {"type": "tool_use", "id": "toolu_1", "name": "clock", "input": {"zone": "UTC", "n": [1, 2]}},
        {"type": "tool_use", "id": "toolu_2", "name": "bell", "input": {}}], "stop_reason": "tool_use"})");
    ASSERT_TRUE(got);
    EXPECT_EQ(got->text, "I look.");
    EXPECT_EQ(got->finish_reason, "tool_calls");
    ASSERT_EQ(got->tool_calls.size(), 2U);
    EXPECT_EQ(got->tool_calls[0].id, "toolu_1");
    EXPECT_EQ(got->tool_calls[0].name, "clock");
    EXPECT_EQ(json::parse(got->tool_calls[0].arguments), (json{{"zone", "UTC"}, {"n", {1, 2}}}));
    EXPECT_EQ(got->tool_calls[1], (llm_tool_call{"toolu_2", "bell", "{}"}));
}

TEST_F(anthropic_provider, says_why_it_ended_in_the_words_of_all_providers)
{
    const auto reason = [](const std::string& word) {
        return answer(json{{"content", json::array()}, {"stop_reason", word}}.dump())->finish_reason;
    };
    EXPECT_EQ(reason("end_turn"), "stop");
    EXPECT_EQ(reason("stop_sequence"), "stop");
    EXPECT_EQ(reason("max_tokens"), "length");
    EXPECT_EQ(reason("model_context_window_exceeded"), "length");
    EXPECT_EQ(reason("tool_use"), "tool_calls");
    EXPECT_EQ(reason("pause_turn"), "pause_turn");
}

TEST_F(anthropic_provider, may_refuse)
{
    const auto got = answer(R"({"content": [{"type": "text", "text": "I "}], "stop_reason": "refusal",
                                "stop_details": {"type": "refusal", "explanation": "I cannot help with that."}})");
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().code, llm_errc::refused);
    EXPECT_EQ(got.error().details, "I cannot help with that.");
    EXPECT_EQ(answer(R"({"content": [], "stop_reason": "refusal", "stop_details": null})").error().details,
              "stop_reason refusal");
}

TEST_F(anthropic_provider, may_answer_what_is_no_message)
{
    for (const char* body : {"", "hidden", "[]", "{}", R"({"content": "hidden"})", R"({"content": null})"}) {
        const auto got = answer(body);
        ASSERT_FALSE(got) << body;
        EXPECT_EQ(got.error().code, llm_errc::malformed);
        EXPECT_FALSE(got.error().details.contains("hidden"));
    }
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    EXPECT_FALSE(answer(R"({"content": [{"type": "tool_use", "input": {"a": )" + deep + "}}]}"));
    EXPECT_TRUE(answer(R"({"content": [7, {}, {"type": 7}, {"type": "new"}, {"type": "tool_use", "input": 7}],
                           "usage": [], "stop_reason": 7, "model": {}})"));
}

TEST_F(anthropic_provider, streams_texts)
{
    const auto got = streamed(R"(event: message_start
data: {"type": "message_start", "message": {"id": "msg_1", "type": "message", "role": "assistant", "content": [], "model": "a-model-2", "stop_reason": null, "stop_sequence": null, "usage": {"input_tokens": 25, "output_tokens": 1}}}

event: content_block_start
data: {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}

event: ping
data: {"type": "ping"}

event: content_block_delta
data: {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Hello"}}

event: content_block_delta
data: {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "!"}}

event: content_block_stop
data: {"type": "content_block_stop", "index": 0}

event: message_delta
data: {"type": "message_delta", "delta": {"stop_reason": "end_turn", "stop_sequence":null}, "usage": {"output_tokens": 15}}

event: message_stop
data: {"type": "message_stop"}

)");
    ASSERT_TRUE(got);
    EXPECT_TRUE(got->ended);
    EXPECT_EQ(got->answer.text, "Hello!");
    EXPECT_EQ(got->answer.finish_reason, "stop");
    EXPECT_EQ(got->answer.model, "a-model-2");
    EXPECT_EQ(got->answer.usage.prompt_tokens, 25);
    EXPECT_EQ(got->answer.usage.completion_tokens, 15);
    EXPECT_EQ(got->answer.usage.total_tokens, 40);
}

TEST_F(anthropic_provider, streams_calls_of_tools)
{
    const auto got = streamed(R"(event: message_start
data: {"type":"message_start","message":{"model":"m","usage":{"input_tokens":472,"output_tokens":2}}}

data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}

data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Well"}}

data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"x"}}

data: {"type":"content_block_stop","index":0}

data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}

data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"I look."}}

data: {"type":"content_block_stop","index":1}

data: {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"toolu_1","name":"clock","input":{}}}

data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":""}}

data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\"zone\":"}}

data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":" \"UTC\"}"}}

data: {"type":"content_block_stop","index":2}

data: {"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"toolu_2","name":"bell","input":{}}}

data: {"type":"content_block_stop","index":3}

data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"input_tokens":480,"output_tokens":89}}

data: {"type":"message_stop"}

)");
    ASSERT_TRUE(got);
    EXPECT_EQ(got->answer.text, "I look.");
    EXPECT_EQ(got->answer.finish_reason, "tool_calls");
    EXPECT_THAT(got->answer.tool_calls, testing::ElementsAre(llm_tool_call{"toolu_1", "clock", R"({"zone": "UTC"})"},
                                                             llm_tool_call{"toolu_2", "bell", "{}"}));
    EXPECT_EQ(got->answer.usage.prompt_tokens, 480);
    EXPECT_EQ(got->answer.usage.completion_tokens, 89);
}

TEST_F(anthropic_provider, streams_that_are_cut_have_not_ended)
{
    const auto got = streamed(R"(data: {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "Hel"}}

data: {"type": "content_block_delta", "delta": {"type": "text_delta", "te)");
    ASSERT_TRUE(got);
    EXPECT_FALSE(got->ended);
    EXPECT_EQ(got->answer.text, "Hel");
    EXPECT_EQ(got->answer.finish_reason, "");
}

TEST_F(anthropic_provider, streams_may_fail)
{
    const auto code = [](std::string_view event) {
        const auto got = streamed(std::string{event} + "\n\n");
        EXPECT_FALSE(got) << event;
        return got ? llm_errc::other : got.error().code;
    };
    EXPECT_EQ(code(R"(event: error
data: {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}})"),
              llm_errc::overloaded);
    EXPECT_EQ(code(R"(data: {"type": "error", "error": {"type": "rate_limit_error", "message": "Slow down"}})"),
              llm_errc::rate_limited);
    EXPECT_EQ(code(R"(data: {"type": "message_delta", "delta": {"stop_reason": "refusal"}})"), llm_errc::refused);
    EXPECT_EQ(code(R"(data: {"type": "error"})"), llm_errc::other);
    EXPECT_EQ(code("data: hidden"), llm_errc::malformed);
    EXPECT_EQ(code("data: [1]"), llm_errc::malformed);
}

TEST_F(anthropic_provider, streams_may_have_events_that_nobody_knows)
{
    EXPECT_TRUE(streamed("data: {\"type\": \"news\"}\n\ndata: {}\n\ndata: {\"type\": 7}\n\n"
                         "data: {\"type\": \"content_block_delta\", \"delta\": {\"type\": \"input_json_delta\", "
                         "\"partial_json\": \"{\"}}\n\n"));
}

TEST_F(anthropic_provider, fails_as_its_reference_says)
{
    const auto code = [](int status, const char* type) {
        return failure(
                   status,
                   json{{"type", "error"}, {"error", {{"type", type}, {"message", "words"}}}, {"request_id", "req_1"}}
                       .dump())
            .code;
    };
    EXPECT_EQ(code(400, "invalid_request_error"), llm_errc::invalid_request);
    EXPECT_EQ(code(401, "authentication_error"), llm_errc::invalid_key);
    EXPECT_EQ(code(402, "billing_error"), llm_errc::quota_exhausted);
    EXPECT_EQ(code(403, "permission_error"), llm_errc::refused);
    EXPECT_EQ(code(404, "not_found_error"), llm_errc::invalid_request);
    EXPECT_EQ(code(409, "conflict_error"), llm_errc::invalid_request);
    EXPECT_EQ(code(413, "request_too_large"), llm_errc::invalid_request);
    EXPECT_EQ(code(429, "rate_limit_error"), llm_errc::rate_limited);
    EXPECT_EQ(code(500, "api_error"), llm_errc::overloaded);
    EXPECT_EQ(code(504, "timeout_error"), llm_errc::overloaded);
    EXPECT_EQ(code(529, "overloaded_error"), llm_errc::overloaded);
    EXPECT_EQ(failure(529, "<html>").code, llm_errc::overloaded);
    EXPECT_EQ(failure(418).code, llm_errc::other);
}

TEST_F(anthropic_provider, tells_a_limit_of_spending_from_one_of_the_rate)
{
    const auto got = failure(429, R"({"type": "error", "error": {"type": "rate_limit_error", "message": "The limit",
        "details": {"error_code": "enforced_spend_limit_reached"}}})");
    EXPECT_EQ(got.code, llm_errc::quota_exhausted);
    EXPECT_EQ(got.details, "status 429: The limit");
}

TEST_F(anthropic_provider, fails_in_its_own_words_but_for_those_about_the_key)
{
    const auto said_by = [](int status) {
        return failure(status, R"({"error": {"message": "max_tokens: 1 is too small"}})").details;
    };
    EXPECT_EQ(said_by(400), "status 400: max_tokens: 1 is too small");
    EXPECT_EQ(said_by(401), "status 401");
}

TEST_F(anthropic_provider, needs_a_model_and_a_key)
{
    EXPECT_EQ(problems_of({.temperature = 1.5}),
              "llm: api_key: expected a key, or ${NAME} for a variable of the environment, got nothing\n"
              "llm: model: expected the name of a model, got nothing\n"
              "llm: temperature: expected 0 to 1, got 1.500000");
    EXPECT_EQ(problems_of({.model = "a-model", .api_key = "key"}), "");
    EXPECT_EQ(problems_of({.base_url = "http://localhost:8080", .model = "a-model"}), "");
    EXPECT_EQ(problems_of({.base_url = "http://localhost:8080/v1/", .model = "a-model"}),
              "llm: base_url: expected a URL without /v1");
}

} // namespace
