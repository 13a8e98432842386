// SPDX-License-Identifier: BSL-1.0
#include "unit/http/scene.hpp"

#include "support/raw_server.hpp"

#include <steward/steward.hpp>

#include <string_view>

using namespace steward::test;
using namespace std::chrono_literals;
using api_resource = steward::resource<"api", steward::adapters::http>;

namespace {

bool shows(const std::exception& error) { return std::string_view{error.what()}.contains("hunter2"); }

TEST(http_secrets, stay_out_of_the_errors_of_requests)
{
    const raw_server echoing{[](int connection) { // a server may say anything
        raw_server::say(connection, "HTTP/1.1 401 hunter2\r\nX: hunter2\r\nContent-Length: 7\r\n\r\nhunter2");
    }};
    const raw_server breaking{
        [](int connection) { raw_server::say(connection, "HTTP/1.1 200 OK hunter2\r\nhunter2"); }};
    const raw_server silent{[](int connection) {
        char end = 0;
        ::recv(connection, &end, 1, 0);
    }};
    for (const steward::adapters::http_auth& auth :
         {steward::adapters::http_auth{bearer{"hunter2"}}, steward::adapters::http_auth{basic{"user", "hunter2"}},
          steward::adapters::http_auth{api_key{"X-Secret", "hunter2"}},
          steward::adapters::http_auth{api_key{"key2", "hunter2", api_key_place::query}}})
        for (const raw_server* const server : {&echoing, &breaking, &silent}) {
            http_client api{{.base_url = server->url(),
                             .timeout = 50ms,
                             .headers = {{"X-Key", "hunter2"}},
                             .auth = auth,
                             .retry_count = 0,
                             .max_body = 100}};
            const auto error = error_of([&] {
                const auto response = api.get("/?key=hunter2", {{"X-Other", "hunter2"}});
                EXPECT_FALSE(shows(error_of([&] { static_cast<void>(response.json()); })));
                response.raise_for_status();
            });
            EXPECT_FALSE(shows(error)) << error.what();
            EXPECT_FALSE(shows(error_of([&] { api.get("/", {{"X", "hunter2\n"}}); })));
            EXPECT_FALSE(shows(error_of([&] { api.get("/../?hunter2"); })));
        }
}

TEST(http_secrets, stay_out_of_the_errors_of_settings)
{
    for (const http_settings& wrong :
         {http_settings{.base_url = "http://user:hunter2@host"}, http_settings{.base_url = "user:hunter2@host"},
          http_settings{.base_url = "http://host?hunter2"}, http_settings{.base_url = "hunter2"},
          http_settings{.base_url = "http://h", .headers = {{"X", "hunter2\r\n"}}},
          http_settings{.base_url = "http://h", .auth = bearer{"hunter2\n"}},
          http_settings{.base_url = "http://h", .auth = api_key{"X", "hunter2\n"}},
          http_settings{.base_url = "http://h", .auth = api_key{"", "hunter2", api_key_place::query}},
          http_settings{.base_url = "http://h", .auth = basic{"user:", "hunter2"}},
          http_settings{.base_url = "http://h", .auth = basic{"user", "hunter2\n"}}}) {
        try {
            steward::manager<api_resource> manager{api_resource::with(wrong)};
            ADD_FAILURE() << wrong.base_url;
        } catch (const steward::configuration_error& error) {
            EXPECT_FALSE(shows(error)) << error.what();
        }
    }
}

} // namespace
