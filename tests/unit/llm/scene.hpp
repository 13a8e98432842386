// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/http_server.hpp"

#include <steward/adapters/http.hpp>
#include <steward/adapters/llm.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <string>
#include <vector>

namespace steward::test {

using adapters::llm_errc;
using adapters::llm_error;
using adapters::openai_settings;
using model = adapters::llm<adapters::openai>;
using nlohmann::json;

/// A provider that gives one answer to everything, and remembers what it was asked.
class llm_scene : public testing::Test {
protected:
    llm_scene()
    {
        server.Post("/v1/chat/completions", [this](const httplib::Request& request, httplib::Response& response) {
            asked.push_back(request);
            response.status = asked.size() <= failing ? 503 : status;
            for (const auto& [name, value] : headers)
                response.set_header(name, value);
            if (breaks_off)
                http_server::break_off(response);
            else
                response.set_content(answer, "application/json");
        });
        server.start();
    }

    adapters::llm_client<adapters::openai> client(openai_settings settings = {})
    {
        settings.base_url = server.url("/v1");
        if (settings.model.empty())
            settings.model = "gpt-4";
        settings.retry_delay = {};
        return model{std::move(settings)}.create();
    }
    /// The error of a prompt that is answered so.
    llm_error error_of(int with_status, std::string with_answer, openai_settings settings = {})
    {
        status = with_status;
        answer = std::move(with_answer);
        settings.retry_count = 0;
        try {
            static_cast<void>(client(std::move(settings)).complete("Hello"));
        } catch (const llm_error& error) {
            return error;
        }
        ADD_FAILURE() << "nothing was thrown";
        return llm_error{llm_errc::other, "", ""};
    }

    static std::string completion(const json& message)
    {
        return json{{"model", "gpt-4-0613"},
                    {"choices", {{{"message", message}, {"finish_reason", "stop"}}}},
                    {"usage", {{"prompt_tokens", 12}, {"completion_tokens", 3}, {"total_tokens", 15}}}}
            .dump();
    }

    std::vector<httplib::Request> asked;
    std::size_t failing = 0; ///< how many are refused first
    bool breaks_off = false;
    int status = 200;
    httplib::Headers headers{};
    std::string answer = completion({{"role", "assistant"}, {"content", "Hello."}});
    http_server server;
};

/// A variable of the environment for the time of a test; null removes it.
class key_variable {
public:
    explicit key_variable(const char* value) { value != nullptr ? ::setenv(name, value, 1) : ::unsetenv(name); }
    ~key_variable() { ::unsetenv(name); }
    key_variable(const key_variable&) = delete;
    key_variable& operator=(const key_variable&) = delete;

    static constexpr const char* name = "STEWARD_TEST_KEY";
};

} // namespace steward::test
