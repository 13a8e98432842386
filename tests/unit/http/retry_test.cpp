// SPDX-License-Identifier: BSL-1.0
#include "unit/http/scene.hpp"

#include "support/raw_server.hpp"

#include <atomic>

using namespace steward::test;
using namespace std::chrono_literals;

namespace {

/// A service that is unavailable at first.
class http_retry : public http_scene {
protected:
    http_retry()
    {
        const auto unavailable_at_first = [this](const httplib::Request&, httplib::Response& response) {
            if (++tries <= failures) {
                response.status = 503;
                response.set_header("Retry-After", after);
            }
        };
        server.Get("/", unavailable_at_first);
        server.Post("/", unavailable_at_first);
        server.Put("/", unavailable_at_first);
        server.Delete("/", unavailable_at_first);
    }

    std::atomic<int> tries{0};
    int failures = 2;
    std::string after = "0";
};

TEST_F(http_retry, what_may_be_repeated_is_tried_again)
{
    auto api = client({.retry_count = 2});
    EXPECT_EQ(api.get("/").status, 200);
    EXPECT_EQ(tries, 3);
    tries = 0;
    EXPECT_EQ(api.put("/", "x", "text/plain").status, 200);
    tries = 0;
    EXPECT_EQ(api.del("/").status, 200);
}

TEST_F(http_retry, what_may_not_be_repeated_is_tried_once)
{
    EXPECT_EQ(client({.retry_count = 2}).post("/", "x", "text/plain").status, 503);
    EXPECT_EQ(tries, 1);
}

TEST_F(http_retry, a_request_may_say_that_it_can_be_repeated)
{
    auto api = client({.retry_count = 2});
    EXPECT_EQ(api.send({.method = "POST", .path = "/", .repeatable = true}).status, 200);
    tries = 0;
    EXPECT_EQ(api.send({.method = "GET", .path = "/", .repeatable = false}).status, 503);
}

TEST_F(http_retry, the_last_response_is_the_callers)
{
    const auto response = client({.retry_count = 1}).get("/");
    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(tries, 2);
    EXPECT_TRUE(error_of([&] { response.raise_for_status(); }).retriable());
}

TEST_F(http_retry, a_server_that_asks_to_wait_beyond_the_deadline_is_not_waited_for)
{
    after = "3600";
    EXPECT_EQ(client({.timeout = 30s, .retry_count = 2}).get("/").status, 503);
    EXPECT_EQ(tries, 1);
}

TEST_F(http_retry, a_response_says_how_long_its_server_wants_to_be_left_alone)
{
    auto api = client({.retry_count = 0});
    failures = 3;
    after = "120";
    EXPECT_EQ(api.get("/").retry_after(), 120s);
    after = "soon";
    EXPECT_EQ(api.get("/").retry_after(), std::nullopt);
    after = "Sun, 06 Nov 1994 08:49:37 GMT"; // has been
    EXPECT_EQ(api.get("/").retry_after(), 0s);
    EXPECT_EQ(api.get("/").retry_after(), std::nullopt);
}

TEST_F(http_retry, a_request_may_have_a_time_of_its_own)
{
    auto api = client({.timeout = 30s, .retry_count = 2});
    after = "20";
    EXPECT_EQ(api.send({.path = "/", .timeout = 10s}).status, 503);
    EXPECT_EQ(tries, 1);
    EXPECT_EQ(error_of([&] { api.send({.path = "/", .timeout = 0s}); }).code(), http_errc::timed_out);
}

TEST_F(http_retry, what_is_wrong_for_good_is_not_tried_again)
{
    std::atomic<int> asked_for{0};
    server.Get("/missing", [&](const httplib::Request&, httplib::Response& response) {
        ++asked_for;
        response.status = 404;
    });
    EXPECT_EQ(client().get("/missing").status, 404);
    EXPECT_EQ(asked_for, 1);
}

TEST(http_retry_of, a_lost_connection_is_a_new_connection)
{
    std::atomic<int> tries{0};
    raw_server server{[&](int connection) {
        if (++tries > 1)
            raw_server::say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }};
    http_client api{{.base_url = server.url(), .retry_count = 1, .retry_delay = 0ms}};
    EXPECT_EQ(api.get("/").body, "ok");
}

} // namespace
