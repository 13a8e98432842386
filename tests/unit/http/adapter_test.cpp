// SPDX-License-Identifier: BSL-1.0
#include "unit/http/scene.hpp"

#include "support/in_child.hpp"
#include "support/sanitizers.hpp"

#include <steward/steward.hpp>
#include <steward/testing/adapter_conformance.hpp>

#include <memory>
#include <thread>

using namespace steward::test;
using namespace std::chrono_literals;
using steward::resource_health;

namespace {

using pooled = steward::resource<"api", steward::adapters::http, steward::pooling::bounded<0, 4>,
                                 steward::health::on_return, steward::metrics::counters>;
using plain =
    steward::resource<"api", steward::adapters::http, steward::pooling::bounded<0, 4>, steward::metrics::counters>;

TEST_F(http_scene, the_adapter_does_what_pools_rely_on)
{
    const auto result = steward::testing::check_adapter<steward::adapters::http>({.base_url = server.url()});
    EXPECT_TRUE(result) << result.text();
}

TEST_F(http_scene, a_client_whose_request_got_no_response_is_replaced)
{
    server.Get("/broken",
               [](const httplib::Request&, httplib::Response& response) { http_server::break_off(response); });
    server.start();
    steward::manager<pooled> manager{pooled::with({.base_url = server.url(), .retry_count = 0, .max_body = 10})};
    EXPECT_EQ(manager.acquire<"api">()->get("/echo").status, 200);
    EXPECT_EQ(manager.acquire<"api">()->get("/missing").status, 404);
    EXPECT_THROW(manager.acquire<"api">()->get("/echo/too/long"), http_error);
    EXPECT_EQ(manager.metrics<"api">().creations, 1U) << "any status, and a body that is too large, is a response";
    EXPECT_THROW(manager.acquire<"api">()->get("/broken"), http_error);
    EXPECT_EQ(manager.acquire<"api">()->get("/echo").status, 200);
    EXPECT_EQ(manager.metrics<"api">().creations, 2U);
}

TEST(http_health, is_that_of_the_last_request)
{
    auto started = std::make_unique<http_server>();
    started->Get("/", [](const httplib::Request&, httplib::Response&) {});
    started->Get("/broken", [](const httplib::Request&, httplib::Response& response) { response.status = 500; });
    started->start();
    steward::manager<plain> manager{plain::with({.base_url = started->url(), .retry_count = 0})};
    EXPECT_EQ(manager.health<"api">(), resource_health::unknown);
    manager.acquire<"api">()->get("/");
    EXPECT_EQ(manager.health<"api">(), resource_health::healthy);
    manager.acquire<"api">()->get("/broken");
    EXPECT_EQ(manager.health<"api">(), resource_health::degraded);
    started.reset();
    EXPECT_THROW(manager.acquire<"api">()->get("/"), http_error);
    EXPECT_EQ(manager.health<"api">(), resource_health::unhealthy);
}

TEST_F(http_scene, several_clients_of_one_adapter_ask_at_once)
{
    server.Get("/", [](const httplib::Request&, httplib::Response&) {});
    server.start();
    steward::manager<plain> manager{plain::with({.base_url = server.url()})};
    std::atomic<int> answered{0};
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i != 4; ++i)
            threads.emplace_back([&] {
                for (int n = 0; n != 20; ++n)
                    answered += manager.acquire<"api">()->get("/").ok() ? 1 : 0;
            });
    }
    EXPECT_EQ(answered, 80);
}

#ifndef STEWARD_TEST_SANITIZES_THREADS // which starts no threads in a child of several, as a client does
#ifdef CPPHTTPLIB_USE_NON_BLOCKING_GETADDRINFO
constexpr bool resolves_in_children = false; // glibc's threads for that are the parent's
#else
constexpr bool resolves_in_children = true;
#endif

TEST_F(http_scene, a_child_process_does_not_end_its_parents_connections)
{
    server.start();
    auto manager = std::make_unique<steward::manager<plain>>(plain::with({.base_url = server.url()}));
    manager->acquire<"api">()->get("/echo");
    EXPECT_TRUE(in_child([&] {
        manager.reset();
        if (resolves_in_children) {
            http_client own{{.base_url = server.url()}};
            EXPECT_EQ(own.get("/missing").status, 404);
        }
    }));
    EXPECT_EQ(manager->acquire<"api">()->get("/echo").body, "/echo");
    EXPECT_EQ(asked.at(0).remote_port, asked.at(1).remote_port) << "the connection is still the same";
}
#endif

} // namespace
