// SPDX-License-Identifier: BSL-1.0
#include "unit/http/scene.hpp"

#include "support/raw_server.hpp"

#include <algorithm>
#include <stdexcept>

using namespace steward::test;
using namespace std::chrono_literals;

namespace {

/// A service with a body of any length, and one that is unavailable at first.
class http_download : public http_scene {
protected:
    http_download()
    {
        server.Get("/size", [](const httplib::Request& request, httplib::Response& response) {
            response.set_content(std::string(std::stoul(request.get_param_value("n")), 'x'), "image/x");
        });
        server.Get("/unavailable", [this](const httplib::Request&, httplib::Response& response) {
            response.status = ++tries == 1 ? 503 : 200;
            response.set_content(tries == 1 ? "later" : "now", "text/plain");
        });
    }

    int tries = 0;
    std::string got;
    std::size_t largest = 0;
    steward::adapters::http_sink sink = [this](std::string_view piece) {
        largest = std::max(largest, piece.size());
        got += piece;
        return true;
    };
};

TEST_F(http_download, a_sink_gets_the_body_and_the_response_has_the_rest)
{
    const auto response = client().download("/size?n=1000", sink);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.header("Content-Length"), "1000");
    EXPECT_EQ(response.body, "");
    EXPECT_EQ(got, std::string(1'000, 'x'));
}

TEST_F(http_download, a_body_above_max_body_comes_in_small_pieces)
{
    client({.max_body = 10}).download("/size?n=3000000", sink);
    EXPECT_EQ(got.size(), 3'000'000U);
    EXPECT_LE(largest, 65'536U);
}

TEST_F(http_download, any_request_can_have_a_sink)
{
    client().send({.method = "POST", .path = "/echo", .body = "Hello", .content_type = "text/plain"}, sink);
    EXPECT_EQ(got, "Hello");
}

TEST_F(http_download, what_is_no_success_is_in_the_response)
{
    const auto response = client({.retry_count = 0}).download("/unavailable", sink);
    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(response.body, "later");
    EXPECT_EQ(got, "");
}

TEST_F(http_download, what_failed_before_the_sink_got_anything_is_tried_again)
{
    EXPECT_EQ(client().download("/unavailable", sink).status, 200);
    EXPECT_EQ(got, "now");
}

TEST(http_download_of, what_breaks_off_once_the_sink_has_got_something_is_not_tried_again)
{
    int connections = 0;
    std::string got;
    const raw_server server{[&](int connection) {
        ++connections;
        raw_server::say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort");
    }};
    http_client api{{.base_url = server.url(), .retry_delay = 0ms}};
    const auto error = error_of([&] {
        api.download("/", [&](std::string_view piece) {
            got += piece;
            return true;
        });
    });
    EXPECT_EQ(error.code(), http_errc::connection_lost);
    EXPECT_EQ(got, "short");
    EXPECT_EQ(connections, 1);
}

TEST_F(http_download, a_sink_may_stop)
{
    auto api = client();
    const auto response = api.download("/size?n=3000000", [&](std::string_view piece) {
        got += piece;
        return false;
    });
    EXPECT_EQ(response.status, 200);
    EXPECT_LT(got.size(), 3'000'000U);
    EXPECT_EQ(api.get("/echo").body, "/echo") << "the client can be used on";
}

TEST_F(http_download, what_a_sink_throws_reaches_the_caller)
{
    auto api = client();
    EXPECT_THROW(
        api.download("/size?n=3000000", [](std::string_view) -> bool { throw std::runtime_error{"the disk is full"}; }),
        std::runtime_error);
    EXPECT_EQ(api.get("/echo").body, "/echo") << "the client can be used on";
}

TEST_F(http_download, a_body_that_takes_too_long_is_left_in_time)
{
    const raw_server slow{[](int connection) {
        for (bool open = raw_server::say(connection, "HTTP/1.1 200 OK\r\n\r\n"); open;
             open = raw_server::say(connection, "x"))
            std::this_thread::sleep_for(1ms);
    }};
    auto api = client({.base_url = slow.url(), .timeout = 50ms});
    EXPECT_EQ(error_of([&] { api.download("/", sink); }).code(), http_errc::timed_out);
    EXPECT_NE(got, "");
}

TEST_F(http_download, an_empty_sink_is_refused)
{
    EXPECT_EQ(error_of([&] { client().download("/echo", nullptr); }).code(), http_errc::invalid_request);
    EXPECT_TRUE(asked.empty());
}

} // namespace
