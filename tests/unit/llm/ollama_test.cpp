// SPDX-License-Identifier: BSL-1.0
//
// /api/chat, /api/embed, streams and errors of https://docs.ollama.com/api.
#include "unit/llm/provider_scene.hpp"

using namespace steward::adapters;
using namespace steward::test;
using nlohmann::json;

namespace {

class ollama_provider : public provider_scene<ollama> {};

TEST_F(ollama_provider, is_at_home_if_it_is_not_said_where_and_needs_no_key)
{
    const auto service = ollama::service({.model = "a-model"});
    EXPECT_EQ(service.base_url, "http://localhost:11434");
    EXPECT_TRUE(service.headers.empty());
    EXPECT_FALSE(service.auth.bearer);
    EXPECT_EQ(ollama::service({.base_url = "https://ollama.com", .model = "a", .api_key = "a-key"}).auth.bearer->token,
              "a-key");
    EXPECT_EQ(ollama::request(with_model(), {}, {}, false).path, "/api/chat");
}

TEST_F(ollama_provider, is_told_whether_to_stream)
{
    EXPECT_EQ(asked({{.text = "Hello"}}), (json{{"model", "a-model"},
                                                {"messages", json::array({{{"role", "user"}, {"content", "Hello"}}})},
                                                {"stream", false}}));
    EXPECT_EQ(asked({{.text = "Hello"}}, {}, true)["stream"], true);
}

TEST_F(ollama_provider, is_sent_all_options)
{
    const json body =
        asked({{.text = "Hello"}},
              {.system = "You are brief",
               .temperature = 0.5,
               .max_tokens = 100,
               .stop = {"END"},
               .seed = 7,
               .json_schema = R"({"type": "object"})",
               .tools = {{"clock", "Says the time", R"({"type": "object", "properties": {}})"}, {"bell"}}});
    EXPECT_EQ(body["messages"],
              (json{{{"role", "system"}, {"content", "You are brief"}}, {{"role", "user"}, {"content", "Hello"}}}));
    EXPECT_EQ(body["options"],
              (json{{"temperature", 0.5}, {"num_predict", 100}, {"stop", json::array({"END"})}, {"seed", 7}}));
    EXPECT_EQ(body["format"], (json{{"type", "object"}}));
    EXPECT_EQ(body["tools"], (json{{{"type", "function"},
                                    {"function",
                                     {{"name", "clock"},
                                      {"description", "Says the time"},
                                      {"parameters", {{"type", "object"}, {"properties", json::object()}}}}}},
                                   {{"type", "function"}, {"function", {{"name", "bell"}}}}}));
    EXPECT_EQ(asked({{.text = "Hello"}}, {.json = true})["format"], "json");
}

TEST_F(ollama_provider, is_sent_conversations_with_calls_and_their_results)
{
    const json body = asked({{.role = llm_role::system, .text = "Be brief"},
                             {.text = "What time is it, and where?"},
                             {.role = llm_role::assistant,
                              .text = "I look.",
                              .tool_calls = {{"call_1", "clock", R"({"zone": "UTC"})"}, {"call_2", "place", ""}}},
                             {.role = llm_role::tool, .text = "Rome", .tool_call_id = "call_2"},
                             {.role = llm_role::tool, .text = "12:00", .tool_call_id = "call_1"}});
    EXPECT_EQ(body["messages"],
              (json{{{"role", "system"}, {"content", "Be brief"}},
                    {{"role", "user"}, {"content", "What time is it, and where?"}},
                    {{"role", "assistant"},
                     {"content", "I look."},
                     {"tool_calls",
                      {{{"id", "call_1"}, {"function", {{"name", "clock"}, {"arguments", {{"zone", "UTC"}}}}}},
                       {{"id", "call_2"}, {"function", {{"name", "place"}, {"arguments", json::object()}}}}}}},
                    {{"role", "tool"}, {"content", "Rome"}, {"tool_call_id", "call_2"}, {"tool_name", "place"}},
                    {{"role", "tool"}, {"content", "12:00"}, {"tool_call_id", "call_1"}, {"tool_name", "clock"}}}));
}

TEST_F(ollama_provider, knows_results_by_their_order_where_calls_have_no_ids)
{
    const json body = asked({{.role = llm_role::assistant, .tool_calls = {{"", "clock", "{}"}, {"", "place", "{}"}}},
                             {.role = llm_role::tool, .text = "12:00"},
                             {.role = llm_role::tool, .text = "Rome"},
                             {.role = llm_role::tool, .text = "too many"}});
    EXPECT_EQ(body["messages"][0]["tool_calls"][0],
              (json{{"function", {{"name", "clock"}, {"arguments", json::object()}}}}));
    EXPECT_EQ(body["messages"][1], (json{{"role", "tool"}, {"content", "12:00"}, {"tool_name", "clock"}}));
    EXPECT_EQ(body["messages"][2], (json{{"role", "tool"}, {"content", "Rome"}, {"tool_name", "place"}}));
    EXPECT_EQ(body["messages"][3], (json{{"role", "tool"}, {"content", "too many"}}));
}

TEST_F(ollama_provider, is_not_asked_what_it_cannot_read)
{
    EXPECT_EQ(
        refused({{.text = "Hello"}}, {.json_schema = "hidden"}),
        "ollama (a-model): invalid request: expected json_schema as an object of JSON; check the model, the prompt's "
        "length and the other settings");
    EXPECT_NE(refused({{.role = llm_role::assistant, .tool_calls = {{"1", "a", "{"}}}}), "");
    EXPECT_NE(refused({{.text = "\xff"}}), "");
}

TEST_F(ollama_provider, answers_with_a_message)
{
    const auto got = answer(R"({"model": "a-model:8b", "created_at": "2025-10-17T23:14:07.414671Z",
        "message": {"role": "assistant", "content": "Hello.", "thinking": "Well"}, "done": true, "done_reason": "stop",
        "total_duration": 174560334, "load_duration": 101397084, "prompt_eval_count": 11,
        "prompt_eval_duration": 13074791, "eval_count": 18, "eval_duration": 52479709})");
    ASSERT_TRUE(got);
    EXPECT_EQ(got->text, "Hello.");
    EXPECT_EQ(got->finish_reason, "stop");
    EXPECT_EQ(got->model, "a-model:8b");
    EXPECT_EQ(got->usage.prompt_tokens, 11);
    EXPECT_EQ(got->usage.completion_tokens, 18);
    EXPECT_EQ(got->usage.total_tokens, 29);
}

TEST_F(ollama_provider, asks_for_calls_of_tools)
{
    const auto got = answer(R"({"message": {"role": "assistant", "content": "", "tool_calls": [
        {"id": "call_1", "function": {"index": 0, "name": "clock", "arguments": {"zone": "UTC"}}},
        {"function": {"name": "bell"}}]}, "done": true, "done_reason": "stop"})");
    ASSERT_TRUE(got);
    EXPECT_THAT(got->tool_calls, testing::ElementsAre(llm_tool_call{"call_1", "clock", R"({"zone":"UTC"})"},
                                                      llm_tool_call{"", "bell", "{}"}));
    EXPECT_EQ(got->finish_reason, "tool_calls");
}

TEST_F(ollama_provider, says_why_it_ended)
{
    const auto reason = [](const std::string& word) {
        return answer(json{{"message", json::object()}, {"done", true}, {"done_reason", word}}.dump())->finish_reason;
    };
    EXPECT_EQ(reason("stop"), "stop");
    EXPECT_EQ(reason("length"), "length");
    EXPECT_EQ(reason("load"), "load");
}

TEST_F(ollama_provider, may_answer_what_is_no_message)
{
    for (const char* body : {"", "hidden", "[]", "{}", R"({"message": "hidden"})", R"({"message": null})"}) {
        const auto got = answer(body);
        ASSERT_FALSE(got) << body;
        EXPECT_EQ(got.error().code, llm_errc::malformed);
        EXPECT_FALSE(got.error().details.contains("hidden"));
    }
    EXPECT_TRUE(
        answer(R"({"message": {"content": 7, "tool_calls": [7, {}, {"function": {"arguments": 7}}]}, "done": 7})"));
}

TEST_F(ollama_provider, streams_lines)
{
    const auto got = streamed(
        R"({"model":"a-model","created_at":"2025-10-26T17:15:24.1Z","message":{"role":"assistant","content":"Hel"},"done":false}
{"model":"a-model","created_at":"2025-10-26T17:15:24.2Z","message":{"role":"assistant","content":"","thinking":"Well"},"done":false}
{"model":"a-model","created_at":"2025-10-26T17:15:24.3Z","message":{"role":"assistant","content":"lo"},"done":false}
{"model":"a-model","created_at":"2025-10-26T17:15:24.4Z","message":{"role":"assistant","content":""},"done":true,"done_reason":"length","prompt_eval_count":26,"eval_count":2})");
    ASSERT_TRUE(got);
    EXPECT_TRUE(got->ended);
    EXPECT_EQ(got->answer.text, "Hello");
    EXPECT_EQ(got->answer.finish_reason, "length");
    EXPECT_EQ(got->answer.model, "a-model");
    EXPECT_EQ(got->answer.usage.prompt_tokens, 26);
    EXPECT_EQ(got->answer.usage.completion_tokens, 2);
    EXPECT_EQ(got->answer.usage.total_tokens, 28);
}

TEST_F(ollama_provider, streams_calls_of_tools_as_a_whole)
{
    const auto got = streamed(
        R"({"message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"clock","arguments":{"zone":"UTC"}}}]},"done":false}
{"message":{"role":"assistant","content":"","tool_calls":[{"function":{"index":1,"name":"bell","arguments":{}}}]},"done":false}
{"message":{"role":"assistant","content":""},"done":true,"done_reason":"stop"}
)");
    ASSERT_TRUE(got);
    EXPECT_THAT(got->answer.tool_calls,
                testing::ElementsAre(llm_tool_call{"", "clock", R"({"zone":"UTC"})"}, llm_tool_call{"", "bell", "{}"}));
    EXPECT_EQ(got->answer.finish_reason, "tool_calls");
}

TEST_F(ollama_provider, streams_that_are_cut_have_not_ended)
{
    const auto got = streamed("{\"message\":{\"content\":\"Hel\"},\"done\":false}\n");
    ASSERT_TRUE(got);
    EXPECT_FALSE(got->ended);
    EXPECT_EQ(got->answer.finish_reason, "");
    EXPECT_EQ(streamed("{\"message\":{\"content\":\"Hel\"},\"done\":false}\n{\"message\":{\"cont").error().code,
              llm_errc::malformed);
}

TEST_F(ollama_provider, streams_may_fail)
{
    const auto got = streamed("{\"message\":{\"content\":\"Hel\"},\"done\":false}\n"
                              "{\"error\":\"an error was encountered while running the model\"}\n");
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().code, llm_errc::overloaded);
    EXPECT_EQ(got.error().details, "an error was encountered while running the model");
    EXPECT_EQ(streamed("[1]\n").error().code, llm_errc::malformed);
}

TEST_F(ollama_provider, embeds)
{
    const std::vector<std::string> texts{"one", "two"};
    const auto request = ollama::embedding_request(with_model(), texts);
    EXPECT_EQ(request.path, "/api/embed");
    EXPECT_EQ(json::parse(request.body), (json{{"model", "a-model"}, {"input", {"one", "two"}}}));
    const auto got = ollama::embeddings(
        {.status = 200,
         .body =
             R"({"model": "a-model", "embeddings": [[0.5, -1], [2, 3e0]], "total_duration": 1, "prompt_eval_count": 8})"});
    ASSERT_TRUE(got);
    EXPECT_EQ(got->vectors, (std::vector<std::vector<float>>{{0.5F, -1}, {2, 3}}));
    EXPECT_EQ(got->model, "a-model");
    EXPECT_EQ(got->usage.prompt_tokens, 8);
    EXPECT_EQ(got->usage.total_tokens, 8);
    for (const char* body : {"", "[]", "{}", R"({"embeddings": [[]]})", R"({"embeddings": [["hidden"]]})",
                             R"({"embeddings": [7]})", R"({"embeddings": [[1e300]]})"}) {
        const auto bad = ollama::embeddings({.status = 200, .body = body});
        ASSERT_FALSE(bad) << body;
        EXPECT_EQ(bad.error().code, llm_errc::malformed);
    }
}

TEST_F(ollama_provider, fails_as_its_reference_says)
{
    const auto code = [](int status) { return failure(status, R"({"error": "words"})").code; };
    EXPECT_EQ(code(400), llm_errc::invalid_request);
    EXPECT_EQ(code(401), llm_errc::invalid_key);
    EXPECT_EQ(code(402), llm_errc::quota_exhausted);
    EXPECT_EQ(code(404), llm_errc::invalid_request);
    EXPECT_EQ(code(413), llm_errc::invalid_request);
    EXPECT_EQ(code(429), llm_errc::rate_limited);
    EXPECT_EQ(code(500), llm_errc::overloaded);
    EXPECT_EQ(code(502), llm_errc::overloaded);
    EXPECT_EQ(code(503), llm_errc::overloaded);
    EXPECT_EQ(failure(404, R"({"error": "model \"a\" not found, try pulling it first"})").details,
              "status 404: model \"a\" not found, try pulling it first");
    EXPECT_EQ(failure(503, "<html>").details, "status 503");
}

TEST_F(ollama_provider, needs_a_model_alone)
{
    EXPECT_EQ(problems_of({}), "llm: model: expected the name of a model, got nothing");
    EXPECT_EQ(problems_of({.model = "a-model"}), "");
    EXPECT_EQ(problems_of({.base_url = "http://localhost:11434/api", .model = "a-model"}),
              "llm: base_url: expected a URL without /api");
    EXPECT_EQ(problems_of({.model = "a-model", .api_key = "a\nb"}),
              "llm: api_key: expected a key of visible ASCII characters");
}

} // namespace
