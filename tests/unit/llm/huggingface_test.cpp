// SPDX-License-Identifier: BSL-1.0
//
// Chat completions of https://huggingface.co/docs/inference-providers and of text-generation-inference, and their errors.
#include "unit/llm/provider_scene.hpp"

using namespace steward::adapters;
using namespace steward::test;
using nlohmann::json;

namespace {

class huggingface_provider : public provider_scene<huggingface> {
protected:
    static settings own_server() { return {.base_url = "http://localhost:8080", .model = "tgi"}; }
};

TEST_F(huggingface_provider, is_hosted_if_it_is_not_said_where)
{
    const auto service = huggingface::service({.model = "a/model", .api_key = "hf_key"});
    EXPECT_EQ(service.base_url, "https://router.huggingface.co");
    EXPECT_EQ(service.auth.bearer->token, "hf_key");
    EXPECT_EQ(huggingface::request(with_model(), {}, {}, false).path, "/v1/chat/completions");
    EXPECT_FALSE(problems_of({.base_url = "https://router.huggingface.co/", .model = "a/model"}).empty());
    EXPECT_FALSE(huggingface::service(own_server()).auth.bearer);
}

TEST_F(huggingface_provider, is_sent_all_options)
{
    const json body = asked({{.text = "Hello"}},
                            {.system = "You are brief",
                             .temperature = 0.5,
                             .max_tokens = 100,
                             .stop = {"END"},
                             .seed = 7,
                             .json_schema = R"({"type": "object"})",
                             .tools = {{"clock", "Says the time", R"({"type": "object"})"}}},
                            true);
    EXPECT_EQ(
        body,
        (json{{"model", "a-model"},
              {"messages",
               {{{"role", "system"}, {"content", "You are brief"}}, {{"role", "user"}, {"content", "Hello"}}}},
              {"temperature", 0.5},
              {"max_tokens", 100},
              {"stop", json::array({"END"})},
              {"seed", 7},
              {"response_format",
               {{"type", "json_schema"},
                {"json_schema", {{"name", "answer"}, {"schema", {{"type", "object"}}}, {"strict", true}}}}},
              {"tools",
               json::array(
                   {{{"type", "function"},
                     {"function",
                      {{"name", "clock"}, {"description", "Says the time"}, {"parameters", {{"type", "object"}}}}}}})},
              {"stream", true},
              {"stream_options", {{"include_usage", true}}}}));
}

TEST_F(huggingface_provider, gives_a_server_of_its_own_the_schema_as_that_has_it)
{
    EXPECT_EQ(
        asked({{.text = "Hello"}}, {.json_schema = R"({"type": "array"})"}, false, own_server())["response_format"],
        (json{{"type", "json_object"}, {"value", {{"type", "array"}}}}));
    EXPECT_EQ(asked({{.text = "Hello"}}, {.json = true}, false, own_server())["response_format"],
              (json{{"type", "json_object"}, {"value", {{"type", "object"}}}}));
    EXPECT_EQ(asked({{.text = "Hello"}}, {.json = true})["response_format"], (json{{"type", "json_object"}}));
    EXPECT_FALSE(asked({{.text = "Hello"}}, {}, false, own_server()).contains("response_format"));
}

TEST_F(huggingface_provider, is_not_asked_what_it_cannot_read)
{
    EXPECT_EQ(
        refused({{.text = "\xff"}}),
        "huggingface (a-model): invalid request: expected all texts in UTF-8; check the model, the prompt's length "
        "and the other settings");
}

TEST_F(huggingface_provider, answers_with_a_completion)
{
    const auto got = answer(R"({"object": "chat.completion", "id": "", "created": 1706270835, "model": "a/model",
        "system_fingerprint": "3.3.6-sha", "choices": [{"index": 0, "message": {"role": "assistant",
        "content": "Hello."}, "logprobs": null, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 17, "completion_tokens": 3, "total_tokens": 20}})");
    ASSERT_TRUE(got);
    EXPECT_EQ(got->text, "Hello.");
    EXPECT_EQ(got->finish_reason, "stop");
    EXPECT_EQ(got->model, "a/model");
    EXPECT_EQ(got->usage.prompt_tokens, 17);
    EXPECT_EQ(got->usage.completion_tokens, 3);
    EXPECT_EQ(got->usage.total_tokens, 20);
}

TEST_F(huggingface_provider, asks_for_calls_of_tools)
{
    const auto got = answer(R"({"choices": [{"message": {"role": "assistant", "tool_calls": [
        {"id": "0", "type": "function", "function": {"description": null, "name": "clock", "arguments": {"zone": "UTC"}}},
        {"id": "1", "type": "function", "function": {"name": "bell", "arguments": "{}"}}]}, "finish_reason": "stop"}]})");
    ASSERT_TRUE(got);
    EXPECT_THAT(got->tool_calls, testing::ElementsAre(llm_tool_call{"0", "clock", R"({"zone":"UTC"})"},
                                                      llm_tool_call{"1", "bell", "{}"}));
    EXPECT_EQ(got->finish_reason, "tool_calls");
}

TEST_F(huggingface_provider, says_why_it_ended_in_the_words_of_all_providers)
{
    const auto reason = [](const char* word) {
        return answer(json{{"choices", {{{"message", {{"content", ""}}}, {"finish_reason", word}}}}}.dump())
            ->finish_reason;
    };
    EXPECT_EQ(reason("stop"), "stop");
    EXPECT_EQ(reason("eos_token"), "stop");
    EXPECT_EQ(reason("stop_sequence"), "stop");
    EXPECT_EQ(reason("length"), "length");
    EXPECT_EQ(reason("tool_calls"), "tool_calls");
    EXPECT_EQ(reason("content_filter"), "content_filter");
}

TEST_F(huggingface_provider, may_refuse)
{
    const auto got = answer(R"({"choices": [{"message": {"content": null, "refusal": "I cannot."}}]})");
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().code, llm_errc::refused);
}

TEST_F(huggingface_provider, may_answer_what_is_no_completion)
{
    for (const char* body : {"", "hidden", "[]", "{}", R"({"choices": []})", R"([{"generated_text": "hidden"}])"}) {
        const auto got = answer(body);
        ASSERT_FALSE(got) << body;
        EXPECT_EQ(got.error().code, llm_errc::malformed);
        EXPECT_FALSE(got.error().details.contains("hidden"));
    }
}

TEST_F(huggingface_provider, streams_texts)
{
    const auto got = streamed(
        R"(data: {"object":"chat.completion.chunk","id":"","created":1706270978,"model":"a/model","system_fingerprint":"3.3.6-sha","choices":[{"index":0,"delta":{"role":"assistant","content":"Say \"err"},"logprobs":null,"finish_reason":null}],"usage":null}

data: {"object":"chat.completion.chunk","model":"a/model","choices":[{"index":0,"delta":{"role":"assistant","content":"or\""},"logprobs":null,"finish_reason":null}]}

data: {"object":"chat.completion.chunk","model":"a/model","choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":"stop_sequence"}]}

data: {"object":"chat.completion.chunk","model":"a/model","choices":[],"usage":{"prompt_tokens":17,"completion_tokens":3,"total_tokens":20}}

data: [DONE]

)");
    ASSERT_TRUE(got);
    EXPECT_TRUE(got->ended);
    EXPECT_EQ(got->answer.text, "Say \"error\"");
    EXPECT_EQ(got->answer.finish_reason, "stop");
    EXPECT_EQ(got->answer.model, "a/model");
    EXPECT_EQ(got->answer.usage.total_tokens, 20);
}

TEST_F(huggingface_provider, streams_calls_of_tools)
{
    const auto got = streamed(
        R"(data: {"choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"clock","arguments":"{\"zone\":"}}]},"finish_reason":null}]}

data: {"choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":null,"arguments":"\"UTC\"}"}}]},"finish_reason":null}]}

data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":"stop"}]}

data: [DONE]

)");
    ASSERT_TRUE(got);
    EXPECT_THAT(got->answer.tool_calls, testing::ElementsAre(llm_tool_call{"c1", "clock", R"({"zone":"UTC"})"}));
    EXPECT_EQ(got->answer.finish_reason, "tool_calls");
}

TEST_F(huggingface_provider, streams_that_are_cut_have_not_ended)
{
    const auto got = streamed("data: {\"choices\":[{\"delta\":{\"content\":\"Hel\"}}]}\n\ndata: {\"choi");
    ASSERT_TRUE(got);
    EXPECT_FALSE(got->ended);
    EXPECT_EQ(got->answer.text, "Hel");
    EXPECT_EQ(got->answer.finish_reason, "");
}

TEST_F(huggingface_provider, streams_may_fail)
{
    const auto error = [](std::string_view event) {
        const auto got = streamed("data: " + std::string{event} + "\n\n");
        EXPECT_FALSE(got) << event;
        return got ? llm_failure{} : got.error();
    };
    const auto invalid =
        error(R"({"error":{"message":"Input validation error: `inputs` must be short","http_status_code":422}})");
    EXPECT_EQ(invalid.code, llm_errc::invalid_request);
    EXPECT_EQ(invalid.details, "Input validation error: `inputs` must be short");
    EXPECT_EQ(error(R"({"error":{"message":"Model is overloaded","http_status_code":422}})").code,
              llm_errc::overloaded);
    EXPECT_EQ(error(R"({"error":"Request failed during generation: out of memory","error_type":"generation"})").code,
              llm_errc::overloaded);
    EXPECT_EQ(error(R"({"error":"Template error: none","error_type":"template_error"})").code,
              llm_errc::invalid_request);
    EXPECT_EQ(error("hidden").code, llm_errc::malformed);
    EXPECT_EQ(error("\"error\"").code, llm_errc::malformed);
}

TEST_F(huggingface_provider, embeds_by_a_hosted_model_or_a_server_of_embeddings)
{
    const std::vector<std::string> texts{"one", "two"};
    const auto hosted = huggingface::embedding_request({.model = "intfloat/e5-large.v2"}, texts);
    EXPECT_EQ(hosted.path, "/hf-inference/models/intfloat/e5-large.v2/pipeline/feature-extraction");
    EXPECT_EQ(json::parse(hosted.body), (json{{"inputs", {"one", "two"}}}));
    EXPECT_EQ(huggingface::embedding_request(own_server(), texts).path, "/embed");
    for (const char* model : {"a/../b", "a?b", "a b", "a#b", "a%2f"})
        EXPECT_THROW(static_cast<void>(huggingface::embedding_request({.model = model}, texts)), llm_error) << model;

    const auto got = huggingface::embeddings({.status = 200, .body = "[[0.5, -1], [2, 3]]"});
    ASSERT_TRUE(got);
    EXPECT_EQ(got->vectors, (std::vector<std::vector<float>>{{0.5F, -1}, {2, 3}}));
    for (const char* body : {"", "{}", "[7]", "[[]]", "[[[0.5]]]", R"([["hidden"]])"}) {
        const auto bad = huggingface::embeddings({.status = 200, .body = body});
        ASSERT_FALSE(bad) << body;
        EXPECT_EQ(bad.error().code, llm_errc::malformed);
    }
}

TEST_F(huggingface_provider, fails_in_its_own_words)
{
    EXPECT_EQ(failure(401, R"({"error": "Invalid username or password."})").code, llm_errc::invalid_key);
    const auto used_up = failure(402, R"({"error": "You have depleted your monthly included credits."})");
    EXPECT_EQ(used_up.code, llm_errc::quota_exhausted);
    EXPECT_EQ(used_up.details, "status 402: You have depleted your monthly included credits.");
    const auto unknown =
        failure(400, R"({"error": {"message": "The model does not exist", "type": "invalid_request_error"}})");
    EXPECT_EQ(unknown.code, llm_errc::invalid_request);
    EXPECT_EQ(unknown.details, "status 400: The model does not exist");
    EXPECT_EQ(failure(403).code, llm_errc::refused);
    EXPECT_EQ(failure(429, R"({"error": "Too many requests"})").code, llm_errc::rate_limited);
    EXPECT_EQ(failure(503, R"({"error": "Model a/model is currently loading", "estimated_time": 20.0})").code,
              llm_errc::overloaded);
}

TEST_F(huggingface_provider, fails_as_the_reference_of_its_servers_says)
{
    const auto code = [](int status, const char* type) {
        return failure(status, json{{"error", "words"}, {"error_type", type}}.dump()).code;
    };
    EXPECT_EQ(code(422, "validation"), llm_errc::invalid_request);
    EXPECT_EQ(code(422, "template_error"), llm_errc::invalid_request);
    EXPECT_EQ(code(424, "generation"), llm_errc::overloaded);
    EXPECT_EQ(code(429, "overloaded"), llm_errc::overloaded);
    EXPECT_EQ(code(500, "incomplete_generation"), llm_errc::overloaded);
    EXPECT_EQ(failure(502, "<html>").code, llm_errc::overloaded);
}

TEST_F(huggingface_provider, needs_a_model_and_where_it_is_hosted_a_key)
{
    EXPECT_EQ(problems_of({}),
              "llm: api_key: expected a key, or ${NAME} for a variable of the environment, got nothing\n"
              "llm: model: expected the name of a model, got nothing");
    EXPECT_EQ(problems_of(own_server()), "");
    EXPECT_EQ(problems_of({.base_url = "http://localhost:8080/v1", .model = "tgi"}),
              "llm: base_url: expected a URL without /v1");
}

} // namespace
