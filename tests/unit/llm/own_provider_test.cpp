// SPDX-License-Identifier: BSL-1.0
// A provider of one's own is a type with static functions.
#include "unit/llm/scene.hpp"

#include <steward/steward.hpp>

#include <string_view>

namespace adapters = steward::adapters;
using namespace steward::test;

namespace {

/// It answers in plain text, one line after the other.
struct oracle {
    struct settings {
        std::string base_url{};
        std::string model = "delphi";
        unsigned requests_per_minute = 100;
        double prompt_price = 1e6;
    };
    static constexpr std::string_view name = "oracle";
    static constexpr auto stream_format = adapters::llm_stream_format::json_lines;

    static void check(const settings& wanted, steward::configuration_check& check)
    {
        if (wanted.base_url.empty())
            check.wrong("base_url", "a place", "nothing");
    }
    static adapters::http_settings service(const settings& wanted) { return {.base_url = wanted.base_url}; }
    static adapters::http_request request(const settings&, std::span<const adapters::llm_message> conversation,
                                          const adapters::llm_options& options, bool streamed)
    {
        return {.method = "POST",
                .path = streamed ? "/sing" : "/ask",
                .body = options.system + conversation.back().text,
                .content_type = "text/plain"};
    }
    static std::expected<adapters::llm_answer, adapters::llm_failure> answer(const adapters::http_response& response)
    {
        if (response.body.empty())
            return std::unexpected{adapters::llm_failure{llm_errc::refused, "silence"}};
        return adapters::llm_answer{.text = response.body, .finish_reason = "stop", .usage = {.prompt_tokens = 2}};
    }
    static adapters::llm_failure failure(const adapters::http_response& response)
    {
        return {llm_errc::other, "status " + std::to_string(response.status)};
    }
    static std::expected<void, adapters::llm_failure> on_event(const adapters::llm_event& event,
                                                               adapters::llm_partial_answer& so_far)
    {
        so_far.answer.text += event.data;
        so_far.ended = event.data.ends_with('.');
        return {};
    }
};
static_assert(adapters::llm_streaming_provider<oracle> && !adapters::llm_embedding_provider<oracle>);

/// And one that does not stream.
struct stone : oracle {
    static std::expected<void, adapters::llm_failure> on_event(const adapters::llm_event&,
                                                               adapters::llm_partial_answer&) = delete;
};
static_assert(adapters::llm_provider<stone> && !adapters::llm_streaming_provider<stone>);

template <class Client>
concept streams = requires(Client& client) { client.stream("Hello", [](std::string_view) {}); };
template <class Client>
concept embeds = requires(Client& client) { client.embed({"Hello"}); };
static_assert(streams<adapters::llm_client<oracle>> && !streams<adapters::llm_client<stone>>);
static_assert(embeds<adapters::llm_client<adapters::openai>> && !embeds<adapters::llm_client<oracle>>);

class own_provider : public testing::Test {
protected:
    own_provider()
    {
        server.Post("/ask", [this](const httplib::Request& request, httplib::Response& response) {
            asked = request.body;
            response.set_content(said, "text/plain");
        });
        server.Post("/sing", [this](const httplib::Request&, httplib::Response& response) {
            response.set_content(said, "text/plain");
        });
        server.start();
    }

    std::string asked, said = "Know thyself.";
    http_server server;
};

using oracle_resource = steward::resource<"oracle", adapters::llm<oracle>>;

TEST_F(own_provider, is_asked_as_it_says)
{
    steward::manager<oracle_resource> manager{oracle_resource::with({.base_url = server.url()})};
    EXPECT_EQ(manager.acquire<"oracle">()->complete("What now?", {.system = "Short! "}).text, "Know thyself.");
    EXPECT_EQ(asked, "Short! What now?");
    EXPECT_EQ(manager.metrics<"oracle">().number("cost"), 2);
}

TEST_F(own_provider, streams_lines)
{
    adapters::llm<oracle> adapter{{.base_url = server.url()}};
    said = "Know\nthyself\n."; // the last line has no end
    std::vector<std::string> pieces;
    const auto answer =
        adapter.create().stream("What now?", [&](std::string_view piece) { pieces.emplace_back(piece); });
    EXPECT_EQ(answer.text, "Knowthyself.");
    EXPECT_EQ(pieces, (std::vector<std::string>{"Know", "thyself", "."}));
}

TEST_F(own_provider, fails_under_its_name)
{
    adapters::llm<oracle> adapter{{.base_url = server.url()}};
    said.clear();
    try {
        static_cast<void>(adapter.create().complete("What now?"));
        FAIL();
    } catch (const llm_error& error) {
        EXPECT_EQ(error.code(), llm_errc::refused);
        EXPECT_TRUE(std::string_view{error.what()}.starts_with("oracle (delphi): refused: silence")) << error.what();
    }
}

TEST_F(own_provider, checks_its_settings)
{
    EXPECT_THROW(steward::manager<oracle_resource>{}, steward::configuration_error);
}

} // namespace
