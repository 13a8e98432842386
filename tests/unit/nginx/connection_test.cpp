// SPDX-License-Identifier: BSL-1.0
#include "unit/nginx/scene.hpp"

#include <steward/steward.hpp>

#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

using namespace steward::test;
using namespace std::chrono_literals;

namespace {

/// Answers with the number of the connection and of the request on it.
constexpr std::string_view who = "location /who { return 200 '$connection $connection_requests'; }\n"
                                 "location /nothing { return 204; }\n"
                                 "location /connections { stub_status; }\n";

/// The number of the connection that an answer came by.
std::string connection_of(const http_response& response) { return response.body.substr(0, response.body.find(' ')); }
std::string request_of(const http_response& response) { return response.body.substr(response.body.find(' ') + 1); }

class nginx_connection : public nginx_scene {
protected:
    /// How many connections the server has, but for the one that asks.
    [[nodiscard]] int open_connections() const
    {
        const std::string text = client().get("/connections").body;
        return std::stoi(text.substr(text.find(':') + 1)) - 1;
    }
};

TEST_F(nginx_connection, carries_many_requests)
{
    serve(who);
    auto api = client();
    const std::string first = connection_of(api.get("/who"));
    for (int i = 2; i != 100; ++i) {
        const auto response = api.get("/who");
        EXPECT_EQ(connection_of(response), first);
        EXPECT_EQ(request_of(response), std::to_string(i));
    }
}

TEST_F(nginx_connection, stays_in_step_after_responses_of_every_kind)
{
    serve(who);
    nginx->write("file", "a file");
    auto api = client();
    const std::string first = connection_of(api.get("/who"));
    EXPECT_EQ(api.head("/file").header("Content-Length"), "6");
    EXPECT_EQ(api.get("/nothing").status, 204);
    EXPECT_EQ(api.get("/file").body, "a file");
    EXPECT_EQ(api.get("/file", {{"Range", "bytes=2-"}}).body, "file");
    EXPECT_EQ(api.get("/missing").status, 404);
    EXPECT_EQ(api.del("/file").status, 405);
    EXPECT_EQ(connection_of(api.get("/who")), first);
}

// It may take another connection: some versions of cpp-httplib wait for a body that a 304 never has.
TEST_F(nginx_connection, can_be_used_on_after_a_304)
{
    serve("");
    nginx->write("file", "a file");
    auto api = client();
    const std::string tag{api.get("/file").header("ETag").value()};
    for (int i = 0; i != 3; ++i)
        EXPECT_EQ(api.get("/file", {{"If-None-Match", tag}}).status, 304);
    EXPECT_EQ(api.get("/file").body, "a file");
}

TEST_F(nginx_connection, is_replaced_after_as_many_requests_as_the_server_allows)
{
    serve(std::string{who} + "keepalive_requests 2;");
    auto api = client({.retry_count = 0});
    std::set<std::string> connections;
    for (int i = 0; i != 6; ++i)
        connections.insert(connection_of(api.post("/who", "x", "text/plain")));
    EXPECT_EQ(connections.size(), 3U);
}

TEST_F(nginx_connection, that_the_server_closed_while_it_was_idle_is_replaced_before_anything_is_sent)
{
    serve(std::string{who} + "keepalive_timeout 20ms;");
    auto api = client({.retry_count = 0});
    const std::string first = connection_of(api.post("/who", "x", "text/plain"));
    while (open_connections() != 0)
        std::this_thread::sleep_for(1ms);
    EXPECT_NE(connection_of(api.post("/who", "x", "text/plain")), first);
}

TEST_F(nginx_connection, is_replaced_when_the_server_was_started_anew)
{
    serve(who);
    auto api = client({.retry_count = 0});
    EXPECT_EQ(request_of(api.post("/who", "x", "text/plain")), "1");
    nginx->stop();
    EXPECT_EQ(error_of([&] { api.post("/who", "x", "text/plain"); }).code(), http_errc::cannot_connect);
    nginx->start_again();
    EXPECT_EQ(request_of(api.post("/who", "x", "text/plain")), "1");
    nginx->stop_hard();
    nginx->start_again();
    EXPECT_EQ(request_of(api.post("/who", "x", "text/plain")), "1");
}

TEST_F(nginx_connection, is_closed_with_its_client)
{
    serve(who);
    {
        auto api = client();
        api.get("/who");
        EXPECT_EQ(open_connections(), 1);
    }
    while (open_connections() != 0)
        std::this_thread::sleep_for(1ms);
}

TEST_F(nginx_connection, is_one_for_each_client_of_a_pool_whatever_the_number_of_threads)
{
    using namespace steward;
    using service = resource<"api", adapters::http, pooling::bounded<0, 2>>;
    serve(who);
    manager<service> pool{service::with({.base_url = nginx->url()})};
    std::mutex mutex;
    std::set<std::string> connections;
    std::vector<std::jthread> threads;
    for (int i = 0; i != 8; ++i)
        threads.emplace_back([&] {
            for (int each = 0; each != 20; ++each) {
                const auto response = pool.acquire<"api">()->get("/who");
                const std::lock_guard lock{mutex};
                connections.insert(connection_of(response));
            }
        });
    threads.clear();
    EXPECT_LE(connections.size(), 2U);
}

TEST_F(nginx_connection, is_made_by_ipv6_too)
{
    if (!nginx_server::has_ipv6())
        GTEST_SKIP() << "this machine has no IPv6";
    serve("location / { return 200 '$server_addr $http_host'; }");
    const std::string host = "[::1]:" + std::to_string(nginx->port());
    EXPECT_EQ(client({.base_url = nginx->url_at("[::1]")}).get("/").body, "::1 " + host);
}

} // namespace
