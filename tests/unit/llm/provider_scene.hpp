// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/http_server.hpp"

#include <steward/adapters/http.hpp>
#include <steward/adapters/llm.hpp>
#include <steward/steward.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace steward::test {

/// What a provider says and understands, without a network.
template <class Provider>
class provider_scene : public testing::Test {
protected:
    using settings = typename Provider::settings;
    using json = nlohmann::json;
    using conversation = adapters::llm_conversation;
    using options = adapters::llm_options;
    using llm_errc = adapters::llm_errc;

    static settings with_model() { return {.model = "a-model"}; }

    /// The body of a request.
    static json asked(const conversation& said, const options& with = {}, bool streamed = false,
                      const settings& wanted = with_model())
    {
        const auto request = Provider::request(wanted, said, with, streamed);
        EXPECT_EQ(request.method, "POST");
        EXPECT_EQ(request.content_type, "application/json");
        return json::parse(request.body);
    }
    /// Why a request cannot be made.
    static std::string refused(const conversation& said, const options& with = {})
    {
        try {
            static_cast<void>(Provider::request(with_model(), said, with, false));
            return "";
        } catch (const adapters::llm_error& error) {
            EXPECT_EQ(error.code(), llm_errc::invalid_request);
            return error.what();
        }
    }

    static std::expected<adapters::llm_answer, adapters::llm_failure> answer(std::string body)
    {
        return Provider::answer({.status = 200, .body = std::move(body)});
    }
    static adapters::llm_failure failure(int status, std::string body = {})
    {
        return Provider::failure({.status = status, .body = std::move(body)});
    }

    /// What a stream gives, which is the same in whatever pieces it comes.
    static std::expected<adapters::llm_partial_answer, adapters::llm_failure> streamed(std::string_view body)
    {
        auto whole = streamed(body, body.size());
        const auto cut = streamed(body, 1);
        EXPECT_EQ(whole.has_value(), cut.has_value());
        if (whole && cut) {
            EXPECT_EQ(whole->answer.text, cut->answer.text);
            EXPECT_EQ(whole->answer.tool_calls, cut->answer.tool_calls);
        }
        return whole;
    }

    /// What the manager says about settings; empty if nothing.
    static std::string problems_of(const settings& wanted)
    {
        using provided = resource<"llm", adapters::llm<Provider>, ownership::tracked>;
        try {
            manager<provided> built{provided::with(wanted)};
            return {};
        } catch (const configuration_error& error) {
            return error.what();
        }
    }

private:
    static std::expected<adapters::llm_partial_answer, adapters::llm_failure> streamed(std::string_view body,
                                                                                       std::size_t piece)
    {
        adapters::llm_partial_answer so_far;
        std::expected<void, adapters::llm_failure> state;
        const auto take = [&](const adapters::llm_event& event) {
            state = Provider::on_event(event, so_far);
            return state.has_value();
        };
        const auto on_event = [&](const adapters::server_sent_event& event) { return take({event.type, event.data}); };
        const auto on_line = [&](std::string_view line) { return take({{}, line}); };
        adapters::event_stream events;
        adapters::line_stream lines;
        constexpr bool by_lines = Provider::stream_format == adapters::llm_stream_format::json_lines;
        bool more = true;
        for (; more && !body.empty(); body.remove_prefix(std::min(piece, body.size())))
            more = by_lines ? lines.feed(body.substr(0, piece), on_line) : events.feed(body.substr(0, piece), on_event);
        if (more && by_lines)
            lines.finish(on_line);
        if (!state)
            return std::unexpected{state.error()};
        return so_far;
    }
};

} // namespace steward::test
