// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/http_server.hpp"

#include <steward/adapters/http.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace steward::test {

using adapters::api_key;
using adapters::api_key_place;
using adapters::basic;
using adapters::bearer;
using adapters::http_client;
using adapters::http_errc;
using adapters::http_error;
using adapters::http_request;
using adapters::http_response;
using adapters::http_settings;
using adapters::http_source;

/// A server that answers every request with what it was asked, and remembers it.
class http_scene : public testing::Test {
protected:
    http_scene()
    {
        const auto echo = [this](const httplib::Request& request, httplib::Response& response) {
            asked.push_back(request);
            response.set_content(request.body.empty() ? request.target : request.body, "text/plain");
        };
        server.Get("/echo.*", echo);
        server.Post("/echo.*", echo);
        server.Put("/echo.*", echo);
        server.Patch("/echo.*", echo);
        server.Delete("/echo.*", echo);
    }

    /// Starts the server; quick retries, if any.
    http_client client(http_settings settings = {})
    {
        if (!server.is_running())
            server.start();
        if (settings.base_url.empty())
            settings.base_url = server.url();
        settings.retry_delay = {};
        return http_client{std::move(settings)};
    }

    std::vector<httplib::Request> asked; // by one client, one after the other
    http_server server;
};

/// The error that `f` throws.
template <class F>
http_error error_of(F f)
{
    try {
        f();
    } catch (const http_error& error) {
        return error;
    }
    ADD_FAILURE() << "nothing was thrown";
    return http_error{http_errc::malformed, "nothing was thrown"};
}

} // namespace steward::test
