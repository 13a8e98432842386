// SPDX-License-Identifier: BSL-1.0
#include "unit/nginx/scene.hpp"

#include "support/raw_server.hpp"

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

using namespace steward::test;
using namespace std::chrono_literals;

namespace {

/// An nginx in front of a service that does what no proper one would.
class nginx_failure : public nginx_scene {
protected:
    void serve_before(const raw_server& service, std::string_view more = {})
    {
        serve(std::string{"location / { proxy_pass "}.append(service.url()) + "; " + std::string{more} + " }\n"
              + "location /who { return 200 '$connection $connection_requests'; }");
    }
};

/// Until the other side has gone.
void wait(int connection)
{
    char end = 0;
    while (::recv(connection, &end, 1, 0) > 0)
        ;
}

TEST_F(nginx_failure, a_body_that_is_cut_off_is_no_response)
{
    for (const std::string_view head : {"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
                                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n"}) {
        const raw_server service{[&](int connection) {
            raw_server::say(connection, head);
            raw_server::say(connection, std::string(50'000, 'x'));
        }};
        serve_before(service, "proxy_http_version 1.1;");
        auto api = client({.retry_count = 0});
        const auto error = error_of([&] { api.get("/"); });
        EXPECT_EQ(error.code(), http_errc::connection_lost) << head;
        EXPECT_TRUE(error.retriable());
        EXPECT_TRUE(api.get("/who").body.ends_with(" 1")) << "by a connection of its own";
    }
}

TEST_F(nginx_failure, what_is_cut_off_is_asked_for_again_where_that_may_be)
{
    std::atomic<int> asked = 0;
    const raw_server service{[&](int connection) {
        raw_server::say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
        raw_server::say(connection, asked++ % 2 == 0 ? "who" : "whole");
    }};
    serve_before(service);
    auto api = client({.retry_count = 1});
    EXPECT_EQ(api.get("/").body, "whole");
    EXPECT_EQ(error_of([&] { api.post("/", "x", "text/plain"); }).code(), http_errc::connection_lost);
    EXPECT_EQ(asked, 3);
}

TEST_F(nginx_failure, a_service_that_never_answers_is_left_in_time)
{
    const raw_server service{wait};
    serve_before(service);
    EXPECT_EQ(error_of([&] { client({.timeout = 100ms}).get("/"); }).code(), http_errc::timed_out);
}

TEST_F(nginx_failure, a_server_that_takes_a_second_for_each_byte_is_left_in_time)
{
    serve("limit_rate 1;");
    nginx->write("file", std::string(100, 'x'));
    EXPECT_EQ(error_of([&] { client({.timeout = 100ms}).get("/file"); }).code(), http_errc::timed_out);
}

TEST_F(nginx_failure, a_service_that_is_down_is_named_by_the_server_before_it)
{
    std::string gone;
    {
        const raw_server service{wait};
        gone = service.url();
    }
    serve("location / { proxy_pass " + gone + "; }\nlocation /who { return 200 '$connection_requests'; }");
    auto api = client({.retry_count = 2});
    EXPECT_EQ(api.get("/").status, 502);
    EXPECT_EQ(api.get("/who").body, "4") << "asked three times, by one connection";
    EXPECT_EQ(api.post("/", "x", "text/plain").status, 502);
    EXPECT_EQ(api.get("/who").body, "6") << "asked once";
}

TEST_F(nginx_failure, a_service_that_is_late_is_named_by_the_server_before_it)
{
    const raw_server service{wait};
    serve_before(service, "proxy_read_timeout 20ms;");
    EXPECT_EQ(client({.retry_count = 1}).get("/").status, 504);
}

TEST_F(nginx_failure, a_server_that_is_unavailable_at_first_is_asked_again)
{
    serve("location / { if ($connection_requests ~ ^[12]$) { return 503; } return 200 'here I am'; }");
    EXPECT_EQ(client({.retry_count = 1}).get("/").status, 503);
    EXPECT_EQ(client({.retry_count = 2}).get("/").body, "here I am");
}

TEST_F(nginx_failure, a_pause_that_the_server_wants_is_kept_where_there_is_time_for_it)
{
    serve("location / { add_header Retry-After 1 always; if ($connection_requests = 1) { return 429; } return 200; }\n"
          "location /later { add_header Retry-After 3600 always; return 503; }\n"
          "location /who { return 200 '$connection_requests'; }");
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(client().get("/").status, 200);
    EXPECT_GE(std::chrono::steady_clock::now() - begin, 1s);
    auto api = client();
    EXPECT_EQ(api.get("/later").status, 503);
    EXPECT_EQ(api.get("/who").body, "2") << "asked once: an hour is too long";
}

TEST_F(nginx_failure, a_connection_that_is_closed_instead_of_an_answer_is_lost)
{
    serve("return 444;"); // which nginx does not send
    const auto error = error_of([&] { client({.retry_count = 1}).get("/"); });
    EXPECT_EQ(error.code(), http_errc::connection_lost);
    EXPECT_TRUE(error.retriable());
}

// A signal would end the test.
TEST_F(nginx_failure, a_connection_that_is_closed_while_the_body_is_sent_is_lost_without_a_signal)
{
    serve("client_max_body_size 0;\nlocation / { return 444; }\nlocation /ok { return 200; }");
    auto api = client({.retry_count = 0});
    EXPECT_TRUE(api.get("/ok").ok());
    const auto error = error_of([&] { api.put("/", std::string(8'000'000, 'x'), "text/plain"); });
    EXPECT_EQ(error.code(), http_errc::connection_lost);
    EXPECT_TRUE(api.get("/ok").ok());
}

TEST_F(nginx_failure, too_many_requests_at_once_are_refused_and_come_back)
{
    serve(nginx_site{.server = "limit_req zone=one burst=1 nodelay; limit_req_status 429;",
                     .http = "limit_req_zone $server_port zone=one:1m rate=20r/s;"});
    nginx->write("file", "a file");
    http_settings patient{.base_url = nginx->url(), .retry_count = 50, .retry_delay = 20ms};
    http_client api{patient};
    for (int i = 0; i != 10; ++i)
        EXPECT_EQ(api.get("/file").body, "a file");
}

} // namespace
