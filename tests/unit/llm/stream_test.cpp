// SPDX-License-Identifier: BSL-1.0
// Answers that come in pieces, as OpenAI's interface sends them.
#include "unit/llm/scene.hpp"

#include <stdexcept>
#include <string_view>

namespace adapters = steward::adapters;
using namespace steward::test;
using namespace std::chrono_literals;

namespace {

/// A provider that streams what the test says, so many bytes at once.
class llm_stream : public llm_scene {
protected:
    llm_stream()
    {
        server.Post("/streams/chat/completions", [this](const httplib::Request& request, httplib::Response& response) {
            asked.push_back(request);
            if (asked.size() <= failing) {
                response.status = 503;
                return;
            }
            // What is sent is its own: who has read enough goes on while it is still being sent.
            response.set_chunked_content_provider("text/event-stream", [text = body, breaks_off = cut, size = step](
                                                                           std::size_t at, httplib::DataSink& sink) {
                if (at >= text.size()) {
                    if (!breaks_off)
                        sink.done();
                    return !breaks_off;
                }
                const std::string_view piece = std::string_view{text}.substr(at, size);
                return sink.write(piece.data(), piece.size());
            });
        });
    }

    adapters::llm_client<adapters::openai> streams(openai_settings settings = {})
    {
        settings.base_url = server.url("/streams");
        settings.model = "gpt-4";
        settings.retry_delay = {};
        return model{std::move(settings)}.create();
    }
    adapters::llm_answer ask(openai_settings settings = {})
    {
        pieces.clear();
        return streams(std::move(settings)).stream("Hello", [this](std::string_view piece) {
            pieces.emplace_back(piece);
        });
    }
    llm_error error_of_asking(openai_settings settings = {})
    {
        try {
            static_cast<void>(ask(std::move(settings)));
        } catch (const llm_error& error) {
            return error;
        }
        ADD_FAILURE() << "nothing was thrown";
        return llm_error{llm_errc::other, "", ""};
    }

    static std::string chunk(const json& delta, const json& finish_reason = nullptr)
    {
        return "data: "
               + json{{"id", "chatcmpl-1"},
                      {"object", "chat.completion.chunk"},
                      {"model", "gpt-4-0613"},
                      {"choices", {{{"index", 0}, {"delta", delta}, {"finish_reason", finish_reason}}}},
                      {"usage", nullptr}}
                     .dump()
               + "\n\n";
    }
    static std::string usage()
    {
        return "data: "
               + json{{"id", "chatcmpl-1"},
                      {"object", "chat.completion.chunk"},
                      {"model", "gpt-4-0613"},
                      {"choices", json::array()},
                      {"usage", {{"prompt_tokens", 12}, {"completion_tokens", 3}, {"total_tokens", 15}}}}
                     .dump()
               + "\n\n";
    }
    static json call(const json& piece) { return {{"tool_calls", {piece}}}; }

    static constexpr const char* done = "data: [DONE]\n\n";
    std::string body = chunk({{"role", "assistant"}, {"content", ""}}) + chunk({{"content", "Hel"}})
                       + chunk({{"content", "lo."}}) + chunk(json::object(), "stop") + usage() + done;
    std::size_t step = 1'000'000;
    bool cut = false;
    std::vector<std::string> pieces;
};

TEST_F(llm_stream, is_passed_on_piece_by_piece_and_is_a_whole_answer)
{
    const auto got = ask();
    EXPECT_EQ(pieces, (std::vector<std::string>{"Hel", "lo."}));
    EXPECT_EQ(got.text, "Hello.");
    EXPECT_EQ(got.finish_reason, "stop");
    EXPECT_EQ(got.model, "gpt-4-0613");
    EXPECT_EQ(got.usage.prompt_tokens, 12);
    EXPECT_EQ(got.usage.completion_tokens, 3);
    EXPECT_EQ(got.usage.total_tokens, 15);
}

TEST_F(llm_stream, is_asked_for_with_its_usage)
{
    static_cast<void>(ask());
    EXPECT_EQ(json::parse(asked.at(0).body),
              (json{{"model", "gpt-4"},
                    {"messages", json::array({{{"role", "user"}, {"content", "Hello"}}})},
                    {"stream", true},
                    {"stream_options", {{"include_usage", true}}}}));
}

TEST_F(llm_stream, may_be_split_at_any_byte)
{
    for (step = 1; step != 20; ++step) {
        EXPECT_EQ(ask().text, "Hello.") << step;
        EXPECT_EQ(pieces, (std::vector<std::string>{"Hel", "lo."})) << step;
    }
}

TEST_F(llm_stream, may_be_of_a_conversation)
{
    static_cast<void>(streams().stream({{.text = "Hello"}, {.role = adapters::llm_role::assistant, .text = "Hi"}},
                                       [](std::string_view) {}, {.system = "Be brief"}));
    EXPECT_EQ(json::parse(asked.at(0).body).at("messages"), (json{{{"role", "system"}, {"content", "Be brief"}},
                                                                  {{"role", "user"}, {"content", "Hello"}},
                                                                  {{"role", "assistant"}, {"content", "Hi"}}}));
}

TEST_F(llm_stream, puts_tool_calls_together)
{
    body = chunk({{"role", "assistant"}, {"content", nullptr}})
           + chunk(call({{"index", 0},
                         {"id", "call_1"},
                         {"type", "function"},
                         {"function", {{"name", "weather"}, {"arguments", ""}}}}))
           + chunk(call({{"index", 0}, {"function", {{"arguments", "{\"city\":"}}}}))
           + chunk(call({{"index", 0}, {"function", {{"arguments", " \"Riga\"}"}}}}))
           + chunk(call({{"index", 1},
                         {"id", "call_2"},
                         {"type", "function"},
                         {"function", {{"name", "time"}, {"arguments", "{}"}}}}))
           + chunk(json::object(), "tool_calls") + done;
    const auto got = ask();
    EXPECT_TRUE(pieces.empty());
    EXPECT_EQ(got.finish_reason, "tool_calls");
    EXPECT_EQ(got.tool_calls, (std::vector<adapters::llm_tool_call>{{"call_1", "weather", R"({"city": "Riga"})"},
                                                                    {"call_2", "time", "{}"}}));
}

TEST_F(llm_stream, may_be_ended_by_its_sink)
{
    const auto got = streams().stream("Hello", [&](std::string_view piece) {
        pieces.emplace_back(piece);
        return false;
    });
    EXPECT_EQ(pieces, std::vector<std::string>{"Hel"});
    EXPECT_EQ(got.text, "Hel");
    EXPECT_EQ(got.finish_reason, "");
}

TEST_F(llm_stream, gives_its_caller_what_its_sink_throws)
{
    auto llm = streams();
    EXPECT_THROW(static_cast<void>(llm.stream("Hello", [](std::string_view) { throw std::logic_error{"full"}; })),
                 std::logic_error);
    EXPECT_THROW(
        static_cast<void>(llm.stream(
            "Hello", [](std::string_view) { throw adapters::http_error{adapters::http_errc::timed_out, "other"}; })),
        adapters::http_error); // another client's, and no error of this one
    EXPECT_EQ(llm.stream("Hello", [](std::string_view) {}).text, "Hello.");
}

TEST_F(llm_stream, that_is_cut_is_an_error)
{
    for (const bool in_the_middle : {false, true}) {
        cut = in_the_middle;
        body = chunk({{"content", "Hel"}});
        const auto error = error_of_asking();
        EXPECT_EQ(error.code(), llm_errc::unreachable);
        EXPECT_TRUE(error.retriable());
        EXPECT_EQ(pieces, std::vector<std::string>{"Hel"});
    }
    EXPECT_EQ(asked.size(), 2U); // nothing is tried again that would be passed on twice
}

TEST_F(llm_stream, that_has_a_finish_reason_needs_no_other_end)
{
    body = chunk({{"content", "Hello."}}, "length");
    EXPECT_EQ(ask().finish_reason, "length");
}

TEST_F(llm_stream, is_tried_again_as_long_as_nothing_came)
{
    failing = 2;
    EXPECT_EQ(ask({.retry_count = 2}).text, "Hello.");
    EXPECT_EQ(asked.size(), 3U);
}

TEST_F(llm_stream, with_a_refusal_is_an_error)
{
    body = chunk({{"refusal", "I cannot "}}) + chunk({{"refusal", "help"}}) + chunk(json::object(), "stop") + done;
    const auto error = error_of_asking();
    EXPECT_EQ(error.code(), llm_errc::refused);
    EXPECT_TRUE(std::string_view{error.what()}.contains("I cannot help")) << error.what();
}

TEST_F(llm_stream, with_an_error_in_it_fails_as_that_says)
{
    const auto code = [&](const json& error) {
        body = chunk({{"content", "Hel"}}) + "data: " + json{{"error", error}}.dump() + "\n\n";
        return error_of_asking().code();
    };
    EXPECT_EQ(code({{"message", "slow down"}, {"code", "rate_limit_exceeded"}}), llm_errc::rate_limited);
    EXPECT_EQ(code({{"message", "failed"}, {"type", "server_error"}}), llm_errc::overloaded);
    EXPECT_EQ(code({{"message", "pay"}, {"code", "insufficient_quota"}}), llm_errc::quota_exhausted);
    EXPECT_EQ(code({{"message", "failed"}}), llm_errc::other);
}

TEST_F(llm_stream, of_something_else_is_malformed)
{
    for (const char* text :
         {"", "hidden", R"({"choices": []})", "data: hidden\n\n", "data: [1]\n\n", "data: \"x\"\n\n"}) {
        body = text;
        const auto error = error_of_asking();
        EXPECT_EQ(error.code(), llm_errc::malformed) << text;
        EXPECT_FALSE(std::string_view{error.what()}.contains("hidden")) << error.what();
    }
}

TEST_F(llm_stream, does_not_make_memory_grow_without_end)
{
    body.insert(0, "data: {\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"" + std::string(17 << 20, 'x'));
    EXPECT_EQ(error_of_asking().code(), llm_errc::malformed);
    body = chunk(call({{"index", 1'000'000}, {"id", "call_1"}})) + done;
    EXPECT_EQ(error_of_asking().code(), llm_errc::malformed);
}

TEST_F(llm_stream, that_is_refused_fails_as_an_answer_does)
{
    status = 401;
    try {
        static_cast<void>(client({.retry_count = 0}).stream("Hello", [](std::string_view) {}));
        FAIL();
    } catch (const llm_error& error) {
        EXPECT_EQ(error.code(), llm_errc::invalid_key);
    }
}

} // namespace
