// SPDX-License-Identifier: BSL-1.0
#include "unit/http/scene.hpp"

#include "support/raw_server.hpp"

#include <steward/steward.hpp>

#include <stdexcept>

using namespace steward::test;
using namespace std::chrono_literals;
using namespace steward::literals;
using steward::resource_health;

namespace {

/// A pool of clients behind a circuit that opens after five failures.
class http_circuit : public http_scene {
protected:
    using breaker = steward::health::circuit_breaker<5, 60_s>;
    using api_resource = steward::resource<"api", steward::adapters::http, steward::pooling::bounded<0, 4>, breaker>;
    using manager_type = steward::manager<api_resource>;

    http_circuit()
    {
        server.Get("/status", [](const httplib::Request& request, httplib::Response& response) {
            response.status = std::stoi(request.get_param_value("is"));
        });
        server.Get("/break",
                   [](const httplib::Request&, httplib::Response& response) { http_server::break_off(response); });
        server.start();
    }

    static std::unique_ptr<manager_type> managed(http_settings settings)
    {
        settings.retry_count = 0;
        return std::make_unique<manager_type>(api_resource::with(std::move(settings)), steward::manual_housekeeping);
    }
    static void ask(manager_type& manager, std::string_view path, int times)
    {
        for (int i = 0; i != times; ++i)
            try {
                static_cast<void>(manager.acquire<"api">()->get(path));
            } catch (const http_error&) { // is what the circuit sees
            }
    }
    static bool is_open(manager_type& manager)
    {
        const auto answer = manager.try_acquire<"api">();
        return !answer && answer.error().code() == steward::errc::circuit_open;
    }

    const steward::time_point start = steward::clock::now() + 1s;
};

TEST_F(http_circuit, opens_with_the_fifth_error_of_the_server)
{
    const auto manager = managed({.base_url = server.url()});
    ask(*manager, "/status?is=503", 4);
    EXPECT_FALSE(is_open(*manager));
    ask(*manager, "/status?is=500", 1);
    EXPECT_TRUE(is_open(*manager));
}

TEST_F(http_circuit, opens_where_nobody_answers)
{
    std::string nobody;
    {
        http_server gone;
        gone.start();
        nobody = gone.url();
    }
    const auto manager = managed({.base_url = nobody});
    ask(*manager, "/", 5);
    EXPECT_TRUE(is_open(*manager));
}

TEST_F(http_circuit, opens_where_answers_take_too_long)
{
    const raw_server silent{[](int connection) {
        char end = 0;
        ::recv(connection, &end, 1, 0);
    }};
    const auto manager = managed({.base_url = silent.url(), .timeout = 20ms});
    ask(*manager, "/", 5);
    EXPECT_TRUE(is_open(*manager));
}

TEST_F(http_circuit, opens_where_answers_break_off)
{
    const auto manager = managed({.base_url = server.url()});
    ask(*manager, "/break", 5);
    EXPECT_TRUE(is_open(*manager));
}

TEST_F(http_circuit, does_not_open_for_errors_of_the_client)
{
    const auto manager = managed({.base_url = server.url(), .max_body = 1});
    for (const char* path : {"/status?is=400", "/status?is=404", "/status?is=429", "/echo/too/long", "/a\nb"})
        ask(*manager, path, 5);
    const steward::adapters::http_source too_short{.read = [](std::span<char>) { return std::size_t{0}; }, .size = 1};
    for (int i = 0; i != 5; ++i)
        EXPECT_THROW(manager->acquire<"api">()->upload("/echo", too_short, "image/x"), http_error);
    EXPECT_FALSE(is_open(*manager));
}

TEST_F(http_circuit, begins_its_count_anew_with_an_answer)
{
    const auto manager = managed({.base_url = server.url()});
    ask(*manager, "/status?is=503", 4);
    ask(*manager, "/status?is=404", 1);
    ask(*manager, "/status?is=503", 4);
    EXPECT_FALSE(is_open(*manager));
}

TEST_F(http_circuit, is_probed_by_one_request_after_a_minute)
{
    const auto manager = managed({.base_url = server.url()});
    manager->maintain(start);
    ask(*manager, "/status?is=503", 5);
    manager->maintain(start + 59s);
    EXPECT_TRUE(is_open(*manager));
    manager->maintain(start + 60s);
    {
        auto probe = manager->acquire<"api">();
        EXPECT_TRUE(is_open(*manager)) << "for all others";
        EXPECT_EQ(probe->get("/echo").status, 200);
    }
    EXPECT_FALSE(is_open(*manager));
    EXPECT_EQ(manager->health<"api">(), resource_health::healthy);
}

TEST_F(http_circuit, opens_again_where_the_probe_fails)
{
    const auto manager = managed({.base_url = server.url()});
    manager->maintain(start);
    ask(*manager, "/status?is=503", 5);
    manager->maintain(start + 60s);
    ask(*manager, "/status?is=503", 1);
    EXPECT_TRUE(is_open(*manager));
    manager->maintain(start + 60s + 60s);
    EXPECT_TRUE(is_open(*manager)) << "for longer than before";
}

} // namespace
