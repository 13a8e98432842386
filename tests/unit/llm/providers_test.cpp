// SPDX-License-Identifier: BSL-1.0
//
// What all providers have in common, each against a server that speaks its interface.
#include "support/http_server.hpp"
#include "unit/http/proxy_server.hpp"

#include <steward/adapters/http.hpp>
#include <steward/adapters/llm.hpp>
#include <steward/settings.hpp>
#include <steward/steward.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace steward::adapters;
using namespace steward::test;
using namespace std::chrono_literals;

namespace {

/// Where a provider is asked, and what it answers.
template <class Provider>
struct interface_of;

template <>
struct interface_of<openai> {
    static constexpr const char* path = "/chat/completions";
    static constexpr const char* header = "Authorization";
    static constexpr const char* value = "Bearer hunter2";
    static constexpr const char* answer =
        R"({"choices": [{"message": {"content": "Hello."}, "finish_reason": "stop"}], "usage": {"total_tokens": 15}})";
    static constexpr const char* pieces[] = {
        "data: {\"choices\": [{\"delta\": {\"content\": \"Hel\"}}]}\n\n",
        "data: {\"choices\": [{\"delta\": {\"content\": \"lo.\"}, \"finish_reason\": \"stop\"}]}\n\n",
        "data: {\"choices\": [], \"usage\": {\"total_tokens\": 15}}\n\ndata: [DONE]\n\n"};
    static constexpr const char* failure = R"({"error": {"message": "hunter2 is wrong"}})";
};
template <>
struct interface_of<anthropic> {
    static constexpr const char* path = "/v1/messages";
    static constexpr const char* header = "x-api-key";
    static constexpr const char* value = "hunter2";
    static constexpr const char* answer =
        R"({"content": [{"type": "text", "text": "Hello."}], "stop_reason": "end_turn",
                                              "usage": {"input_tokens": 12, "output_tokens": 3}})";
    static constexpr const char* pieces[] = {
        R"(event: message_start
data: {"type": "message_start", "message": {"usage": {"input_tokens": 12}}}

data: {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "Hel"}}

)",
        R"(data: {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "lo."}}

)",
        R"(data: {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 3}}

data: {"type": "message_stop"}

)"};
    static constexpr const char* failure = R"({"error": {"message": "hunter2 is wrong"}})";
};
template <>
struct interface_of<ollama> {
    static constexpr const char* path = "/api/chat";
    static constexpr const char* header = "Authorization";
    static constexpr const char* value = "Bearer hunter2";
    static constexpr const char* answer = R"({"message": {"content": "Hello."}, "done": true, "done_reason": "stop",
                                              "prompt_eval_count": 12, "eval_count": 3})";
    static constexpr const char* pieces[] = {
        R"({"message": {"content": "Hel"}, "done": false}
)",
        R"({"message": {"content": "lo."}, "done": false}
)",
        R"({"message": {"content": ""}, "done": true, "done_reason": "stop", "prompt_eval_count": 12, "eval_count": 3}
)"};
    static constexpr const char* failure = R"({"error": "hunter2 is wrong"})";
};
template <>
struct interface_of<huggingface> {
    static constexpr const char* path = "/v1/chat/completions";
    static constexpr const char* header = "Authorization";
    static constexpr const char* value = "Bearer hunter2";
    static constexpr const char* answer = interface_of<openai>::answer;
    static constexpr const auto& pieces = interface_of<openai>::pieces;
    static constexpr const char* failure = R"({"error": "hunter2 is wrong", "error_type": "validation"})";
};

template <class Provider>
class every_provider : public testing::Test {
protected:
    using interface = interface_of<Provider>;
    using model = llm<Provider>;

    every_provider()
    {
        server.Post(interface::path, [this](const httplib::Request& request, httplib::Response& response) {
            key = request.get_header_value(interface::header);
            if (streaming != 0)
                return stream(response);
            response.status = ++asked <= failing ? failing_with : status;
            response.set_content(status == 200 ? interface::answer : interface::failure, "application/json");
        });
        server.start();
    }

    typename Provider::settings settings()
    {
        return {.base_url = server.url(), .model = "a-model", .api_key = "hunter2", .retry_delay = 0ms};
    }
    /// The text of a stream, and what its sink was given.
    std::pair<llm_answer, std::vector<std::string>> streamed()
    {
        std::vector<std::string> pieces;
        auto answer =
            model{settings()}.create().stream("Say hello", [&](std::string_view piece) { pieces.emplace_back(piece); });
        return {std::move(answer), std::move(pieces)};
    }
    std::string error_of(int with)
    {
        status = with;
        auto wanted = settings();
        wanted.retry_count = 0;
        try {
            static_cast<void>(model{wanted}.create().complete("Hello"));
            return "";
        } catch (const llm_error& error) {
            return error.what();
        }
    }

    void stream(httplib::Response& response)
    {
        response.set_chunked_content_provider("text/plain", [this](std::size_t, httplib::DataSink& sink) {
            for (std::size_t i = 0; i != streaming; ++i)
                sink.write(interface::pieces[i], std::string_view{interface::pieces[i]}.size());
            if (cut_within)
                sink.write(interface::pieces[streaming], 20);
            sink.done();
            return true;
        });
    }

    http_server server;
    std::string key;
    std::size_t streaming = 0; ///< how many pieces come of a stream
    bool cut_within = false;   ///< and whether a part of the next one follows
    unsigned asked = 0;
    unsigned failing = 0; ///< how many are refused first
    int failing_with = 503;
    int status = 200;
};

using providers = testing::Types<openai, anthropic, ollama, huggingface>;
struct names {
    template <class Provider>
    static std::string GetName(int) // NOLINT(readability-identifier-naming): GoogleTest's
    {
        return std::string{Provider::name};
    }
};
TYPED_TEST_SUITE(every_provider, providers, names);

TYPED_TEST(every_provider, answers_in_the_same_words)
{
    const auto answer = typename TestFixture::model{this->settings()}.create().complete("Say hello");
    EXPECT_EQ(this->key, TestFixture::interface::value);
    EXPECT_EQ(answer.text, "Hello.");
    EXPECT_EQ(answer.finish_reason, "stop");
    EXPECT_EQ(answer.usage.total_tokens, 15);
}

TYPED_TEST(every_provider, streams_its_answers)
{
    this->streaming = 3;
    const auto [answer, pieces] = this->streamed();
    EXPECT_THAT(pieces, testing::ElementsAre("Hel", "lo."));
    EXPECT_EQ(answer.text, "Hello.");
    EXPECT_EQ(answer.finish_reason, "stop");
    EXPECT_EQ(answer.usage.total_tokens, 15);
}

TYPED_TEST(every_provider, says_so_where_a_stream_is_cut)
{
    this->streaming = 1;
    for (const bool within : {false, true}) {
        this->cut_within = within;
        try {
            static_cast<void>(this->streamed());
            FAIL();
        } catch (const llm_error& error) {
            EXPECT_EQ(error.code(), llm_errc::unreachable);
            EXPECT_TRUE(std::string_view{error.what()}.contains("the stream was cut before its end")) << error.what();
        }
    }
}

TYPED_TEST(every_provider, is_asked_again_while_it_is_overloaded)
{
    for (const int with : {429, 500, 503, 529}) {
        this->asked = 0;
        this->failing = 2;
        this->failing_with = with;
        EXPECT_EQ((typename TestFixture::model{this->settings()}.create().complete("Hello").text), "Hello.") << with;
        EXPECT_EQ(this->asked, 3U);
    }
}

TYPED_TEST(every_provider, has_no_key_in_its_errors)
{
    for (const int with : {400, 401, 402, 403, 404, 418, 422, 429, 500, 529}) {
        const std::string error = this->error_of(with);
        EXPECT_TRUE(error.starts_with(std::string{TypeParam::name} + " (a-model): ")) << error;
        EXPECT_FALSE(error.contains("hunter2")) << error;
    }
}

TYPED_TEST(every_provider, is_reached_as_its_settings_say)
{
    const std::string answer = TestFixture::interface::answer;
    const proxy_server proxy{"HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(answer.size()) + "\r\n\r\n"
                             + answer};
    auto wanted = this->settings();
    wanted.base_url = "http://provider.invalid";
    wanted.headers = {{"X-Project", "steward"}};
    wanted.proxy = proxy.url();
    wanted.proxy_auth = basic{"user", "pass"};
    EXPECT_EQ(typename TestFixture::model{wanted}.create().complete("Hello").text, "Hello.");
    const std::string sent = proxy.asked().at(0);
    EXPECT_TRUE(sent.contains("X-Project: steward\r\n")) << sent;
    EXPECT_TRUE(sent.contains("Proxy-Authorization: Basic dXNlcjpwYXNz\r\n")) << sent;
    EXPECT_TRUE(sent.contains(std::string{TestFixture::interface::header} + ": " + TestFixture::interface::value))
        << sent;
}

TYPED_TEST(every_provider, says_where_a_file_of_certificates_is_not_there)
{
    using resource = steward::resource<"llm", typename TestFixture::model, steward::ownership::tracked>;
    auto wanted = this->settings();
    wanted.ca_file = "/nowhere/ca.pem";
    try {
        steward::manager<resource>{resource::with(wanted)};
        FAIL();
    } catch (const steward::configuration_error& error) {
        EXPECT_TRUE(std::string_view{error.what()}.starts_with("llm: ca_file: ")) << error.what();
    }
}

TYPED_TEST(every_provider, has_settings_that_are_read_from_files)
{
    using resource = steward::resource<"llm", typename TestFixture::model, steward::ownership::tracked>;
    auto read = steward::settings<steward::catalog<resource>>::from_yaml(R"(
llm:
  base_url: http://localhost:1
  model: a-model
  api_key: a-key
  temperature: 0.7
  max_tokens: 1000
  timeout: 90s
  retry_count: 1
  retry_delay: 2s
  requests_per_minute: 60
  tokens_per_minute: 90000
  prompt_price: 2.5
  completion_price: 10
  headers: {X-Project: steward}
  proxy: http://localhost:3128
)");
    const auto& llm = read.template get<"llm">();
    EXPECT_EQ(llm.base_url, "http://localhost:1");
    EXPECT_EQ(llm.model, "a-model");
    EXPECT_EQ(llm.api_key, "a-key");
    EXPECT_EQ(llm.temperature, 0.7);
    EXPECT_EQ(llm.max_tokens, 1'000U);
    EXPECT_EQ(llm.timeout, 90s);
    EXPECT_EQ(llm.retry_count, 1U);
    EXPECT_EQ(llm.retry_delay, 2s);
    EXPECT_EQ(llm.requests_per_minute, 60U);
    EXPECT_EQ(llm.tokens_per_minute, 90'000U);
    EXPECT_EQ(llm.prompt_price, 2.5);
    EXPECT_EQ(llm.completion_price, 10);
    EXPECT_EQ(llm.headers, (http_headers{{"X-Project", "steward"}}));
    EXPECT_EQ(llm.proxy, "http://localhost:3128");
    EXPECT_NO_THROW(static_cast<void>(read.template make<steward::manager<resource>>()));
}

} // namespace
