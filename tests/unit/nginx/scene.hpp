// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/nginx_server.hpp"

#include <steward/adapters/http.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <string_view>
#include <utility>

namespace steward::test {

using adapters::http_client;
using adapters::http_errc;
using adapters::http_error;
using adapters::http_response;
using adapters::http_settings;

/// An HTTP server that is none of cpp-httplib's: what both ends misunderstand in the same way shows here.
class nginx_scene : public testing::Test {
protected:
    void SetUp() override
    {
        if (nginx_server::program().empty())
            GTEST_SKIP() << "nginx is not on the PATH (Debian: nginx)";
    }

    /// The site's server is started.
    void serve(const nginx_site& site) { nginx.emplace(site); }
    /// One without TLS.
    void serve(std::string_view locations) { serve(nginx_site{.server = std::string{locations}}); }

    /// Quick retries, if any.
    [[nodiscard]] http_client client(http_settings settings = {}) const
    {
        if (settings.base_url.empty())
            settings.base_url = nginx->url();
        settings.retry_delay = {};
        return http_client{std::move(settings)};
    }

    std::optional<nginx_server> nginx;
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
