// SPDX-License-Identifier: BSL-1.0
// The guide's chapter "HTTP Service Resource".
#include "support/http_server.hpp"

#include <steward/adapters/http.hpp>
#include <steward/steward.hpp>

#include <gtest/gtest.h>

using namespace std::chrono_literals;

namespace guide::http_service_resource {

using api_service = steward::resource<"api", steward::adapters::http, steward::ownership::tracked>;

/// A service at which one user is known.
class users : public steward::test::http_server {
public:
    users()
    {
        Get("/users/123", [](const httplib::Request& request, httplib::Response& response) {
            if (request.get_header_value("Authorization") != "Bearer token")
                response.status = 401;
            else
                response.set_content(R"({"id": 123, "name": "Ada"})", "application/json");
        });
        start();
    }
};

TEST(http_service_resource, manages_http_connections)
{
    const users service;
    steward::manager<api_service> manager{api_service::with(
        {.base_url = service.url(), .timeout = 30s, .headers = {{"Authorization", "Bearer token"}}, .retry_count = 3})};

    // Use in state
    auto state = manager.owner("state", 123);
    auto& api = state.acquire<"api">();
    const auto response = api.get("/users/123");
    const auto data = response.json();

    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(data.at("name"), "Ada");
    EXPECT_EQ(manager.owners<"api">().size(), 1U);
}

} // namespace guide::http_service_resource
