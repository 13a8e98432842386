// SPDX-License-Identifier: BSL-1.0
#include "unit/llm/scene.hpp"

#include <string_view>

using namespace steward::test;
using namespace std::chrono_literals;

namespace {

std::string refusal(std::string_view message, std::string_view code = {})
{
    return json{{"error", {{"message", message}, {"code", code}}}}.dump();
}

TEST_F(llm_scene, each_status_has_its_code)
{
    const auto code = [&](int with, const std::string& body) { return error_of(with, body).code(); };
    EXPECT_EQ(code(400, refusal("too long")), llm_errc::invalid_request);
    EXPECT_EQ(code(401, refusal("wrong key")), llm_errc::invalid_key);
    EXPECT_EQ(code(403, refusal("not in your country")), llm_errc::refused);
    EXPECT_EQ(code(404, refusal("no such model")), llm_errc::invalid_request);
    EXPECT_EQ(code(418, ""), llm_errc::other);
    EXPECT_EQ(code(429, refusal("slow down", "rate_limit_exceeded")), llm_errc::rate_limited);
    EXPECT_EQ(code(429, refusal("pay", "insufficient_quota")), llm_errc::quota_exhausted);
    EXPECT_EQ(code(500, "<html>"), llm_errc::overloaded);
    EXPECT_EQ(code(503, "[1]"), llm_errc::overloaded);
    EXPECT_EQ(code(502, R"({"error": "gateway"})"), llm_errc::overloaded);
}

TEST_F(llm_scene, an_error_says_what_happened_and_what_to_do)
{
    EXPECT_STREQ(error_of(404, refusal("The model does not exist")).what(),
                 "openai (gpt-4): invalid request: status 404: The model does not exist; check the model, the prompt's "
                 "length and the other settings");
    EXPECT_STREQ(error_of(429, "").what(),
                 "openai (gpt-4): rate limited: status 429; ask less often, or with a larger retry_delay and timeout");
}

TEST_F(llm_scene, what_may_pass_is_retriable)
{
    EXPECT_TRUE(error_of(429, "").retriable());
    EXPECT_TRUE(error_of(503, "").retriable());
    EXPECT_FALSE(error_of(401, "").retriable());
    EXPECT_FALSE(error_of(429, refusal("pay", "insufficient_quota")).retriable());
}

TEST_F(llm_scene, a_model_that_refuses_is_an_error)
{
    const auto error = error_of(200, completion({{"content", nullptr}, {"refusal", "I cannot help with that"}}));
    EXPECT_EQ(error.code(), llm_errc::refused);
    EXPECT_TRUE(std::string_view{error.what()}.contains("I cannot help with that")) << error.what();
}

TEST_F(llm_scene, a_prompt_follows_no_redirect)
{
    headers = {{"Location", server.url("/v1/elsewhere")}};
    server.Post("/v1/elsewhere",
                [this](const httplib::Request& request, httplib::Response&) { asked.push_back(request); });
    EXPECT_EQ(error_of(307, "").code(), llm_errc::other);
    EXPECT_EQ(asked.size(), 1U);
}

TEST_F(llm_scene, what_is_no_completion_is_malformed)
{
    for (const char* body :
         {"", "hidden", "[]", "{}", R"({"choices": []})", R"({"choices": [{}]})", R"({"choices": "hidden"})",
          R"({"choices": [{"message": {}}]})", R"({"choices": [{"message": {"content": null}}]})",
          R"({"choices": [{"message": {"content": 7}}]})", R"({"choices": [{"message": "hidden"}]})"}) {
        const auto error = error_of(200, body);
        EXPECT_EQ(error.code(), llm_errc::malformed) << body;
        EXPECT_FALSE(std::string_view{error.what()}.contains("hidden")) << error.what();
    }
}

TEST_F(llm_scene, a_prompt_that_is_no_text_is_refused_before_it_is_sent)
{
    try {
        static_cast<void>(client().complete("\xff"));
        FAIL();
    } catch (const llm_error& error) {
        EXPECT_EQ(error.code(), llm_errc::invalid_request);
    }
    EXPECT_TRUE(asked.empty());
}

TEST(llm_transport, that_fails_is_an_llm_error)
{
    std::string url;
    {
        http_server gone;
        gone.start();
        url = gone.url();
    }
    try {
        static_cast<void>(model{{.base_url = url, .model = "gpt-4", .retry_count = 0}}.create().complete("Hello"));
        FAIL();
    } catch (const llm_error& error) {
        EXPECT_EQ(error.code(), llm_errc::unreachable);
        EXPECT_TRUE(error.retriable());
        EXPECT_TRUE(std::string_view{error.what()}.contains("cannot connect")) << error.what();
    }
}

TEST(llm_transport, that_takes_too_long_is_an_llm_error)
{
    http_server server;
    server.Post("/chat/completions",
                [](const httplib::Request&, httplib::Response&) { std::this_thread::sleep_for(200ms); });
    server.start();
    try {
        static_cast<void>(
            model{{.base_url = server.url(), .model = "gpt-4", .timeout = 20ms}}.create().complete("Hello"));
        FAIL();
    } catch (const llm_error& error) {
        EXPECT_EQ(error.code(), llm_errc::timed_out);
    }
}

TEST_F(llm_scene, the_key_is_in_no_error)
{
    const openai_settings settings{.api_key = "sk-hunter2"};
    for (const int with : {200, 400, 401, 403, 404, 418, 429, 500})
        for (const std::string& body :
             {refusal("Incorrect API key provided: sk-hunter2."), refusal("sk-hunter2 sk-hunter2"),
              std::string{"sk-hunter2"}, completion({{"content", nullptr}, {"refusal", "sk-hunter2"}})}) {
            const auto error = error_of(with, body, settings);
            EXPECT_FALSE(std::string_view{error.what()}.contains("hunter2")) << error.what();
        }
}

TEST_F(llm_scene, a_providers_words_are_shortened_to_one_line)
{
    std::string words = "first\nsecond ";
    for (int i = 0; i != 200; ++i)
        words += "ы";
    const std::string text = error_of(400, refusal(words)).what();
    EXPECT_TRUE(text.contains("first second")) << text;
    EXPECT_TRUE(text.contains("ы...; check")) << text;
    EXPECT_LT(text.size(), 400U);
}

} // namespace
