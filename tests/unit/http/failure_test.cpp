// SPDX-License-Identifier: BSL-1.0
#include "unit/http/scene.hpp"

#include "support/deadly_sigpipe.hpp"
#include "support/raw_server.hpp"

#include <steward/detail/no_sigpipe.hpp>

#include <array>
#include <cerrno>
#include <csignal>
#include <string_view>

#include <unistd.h>

using namespace steward::test;
using namespace std::chrono_literals;

namespace {

/// What a client says about a server that answers like this.
http_error error_from(const raw_server& server, http_settings settings = {})
{
    settings.base_url = server.url();
    settings.retry_count = 0;
    http_client api{settings};
    return error_of([&] { api.get("/x?token=hidden"); });
}

TEST(http_failure, nobody_listens)
{
    std::string url;
    {
        http_server gone;
        gone.start();
        url = gone.url("/v1");
    }
    http_client api{{.base_url = url, .retry_count = 1, .retry_delay = 0ms}};
    const auto error = error_of([&] { api.get("/x?token=hidden"); });
    EXPECT_EQ(error.code(), http_errc::cannot_connect);
    EXPECT_EQ(error.status(), 0);
    EXPECT_TRUE(error.retriable());
    EXPECT_EQ(std::string{error.what()}, "GET " + url
                                             + "/x: cannot connect: nobody answers there; is the service running, and "
                                               "base_url right?");
}

TEST(http_failure, a_server_that_never_answers_is_left_in_time)
{
    const raw_server server{[](int connection) {
        char end = 0;
        ::recv(connection, &end, 1, 0); // until the client has gone
    }};
    const auto error = error_from(server, {.timeout = 50ms});
    EXPECT_EQ(error.code(), http_errc::timed_out);
    EXPECT_TRUE(error.retriable());
}

TEST(http_failure, a_server_that_answers_byte_by_byte_is_left_in_time)
{
    for (const std::string_view beginning :
         {"", "HTTP/1.1 200 OK\r\nX-Long: ", "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n",
          "HTTP/1.1 200 OK\r\n\r\n"}) {
        const raw_server server{[&](int connection) {
            for (bool open = raw_server::say(connection, beginning); open; open = raw_server::say(connection, "x"))
                std::this_thread::sleep_for(1ms);
        }};
        EXPECT_EQ(error_from(server, {.timeout = 50ms}).code(), http_errc::timed_out) << beginning;
    }
}

TEST(http_failure, a_server_that_falls_silent_is_left_after_read_timeout)
{
    for (const std::string_view beginning : {"", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx"}) {
        const raw_server server{[&](int connection) {
            raw_server::say(connection, beginning);
            char end = 0;
            ::recv(connection, &end, 1, 0);
        }};
        const auto error = error_from(server, {.read_timeout = 20ms});
        EXPECT_EQ(error.code(), http_errc::timed_out);
        EXPECT_TRUE(std::string_view{error.what()}.contains("read_timeout")) << error.what();
    }
}

TEST(http_failure, a_server_that_never_falls_silent_has_no_read_timeout)
{
    const raw_server server{[](int connection) {
        raw_server::say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n");
        for (int i = 0; i != 20; ++i) {
            std::this_thread::sleep_for(10ms);
            raw_server::say(connection, "x");
        }
    }};
    EXPECT_EQ((http_client{{.base_url = server.url(), .read_timeout = 150ms}}.get("/").body.size()), 20U);
}

TEST(http_failure, a_server_that_takes_nothing_is_left_after_write_timeout)
{
    const raw_server server{[](int) { std::this_thread::sleep_for(300ms); }};
    http_client api{{.base_url = server.url(), .write_timeout = 50ms, .retry_count = 0}};
    const auto error = error_of([&] { api.post("/", std::string(std::size_t{32} << 20, 'x'), "text/plain"); });
    EXPECT_EQ(error.code(), http_errc::timed_out);
    EXPECT_TRUE(std::string_view{error.what()}.contains("write_timeout")) << error.what();
}

TEST(http_failure, an_upload_that_is_cut_on_a_connection_that_was_kept_is_an_error_and_no_signal)
{
    const raw_server server{[](int connection) {
        raw_server::say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        std::array<char, 100> next{};
        ::recv(connection, next.data(), next.size(), 0); // the next request, and no more of it
    }};
    const deadly_sigpipe here;
    http_client api{{.base_url = server.url(), .retry_count = 0}};
    EXPECT_EQ(api.get("/").body, "ok");
    const auto error = error_of([&] { api.post("/", std::string(std::size_t{32} << 20, 'x'), "text/plain"); });
    EXPECT_EQ(error.code(), http_errc::connection_lost);
}

TEST(http_failure, a_sink_that_writes_to_nobody_gets_an_error_and_no_signal_with_each_request)
{
    const raw_server server{[](int connection) {
        for (int i = 0; i != 2; ++i) {
            raw_server::say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            std::array<char, 1000> next{};
            ::recv(connection, next.data(), next.size(), 0);
        }
    }};
    const deadly_sigpipe here;
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    ::close(ends[0]);
    http_client api{{.base_url = server.url(), .retry_count = 0}};
    for (int i = 0; i != 2; ++i) {
        int failed = 0;
        api.download("/", [&](std::string_view piece) {
            failed = ::write(ends[1], piece.data(), piece.size()) < 0 ? errno : 0;
            return true;
        });
        EXPECT_EQ(failed, EPIPE);
    }
    ::close(ends[1]);
}

TEST(http_failure, a_client_works_after_a_request_whose_time_was_over)
{
    int connections = 0;
    const raw_server server{[&](int connection) {
        char end = 0;
        if (++connections == 1)
            ::recv(connection, &end, 1, 0);
        else
            raw_server::say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }};
    http_client api{{.base_url = server.url(), .timeout = 100ms, .retry_count = 0}};
    EXPECT_EQ(error_of([&] { api.get("/"); }).code(), http_errc::timed_out);
    EXPECT_EQ(api.get("/").body, "ok");
}

TEST(http_failure, a_response_that_ends_too_early_is_none)
{
    for (const std::string_view answer :
         {"", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort", "nonsense\r\n\r\n"}) {
        const raw_server server{[&](int connection) { raw_server::say(connection, answer); }};
        const auto error = error_from(server);
        EXPECT_EQ(error.code(), http_errc::connection_lost) << answer;
        EXPECT_TRUE(error.retriable());
    }
}

TEST(http_failure, a_response_may_end_with_its_connection)
{
    const raw_server server{[](int connection) { raw_server::say(connection, "HTTP/1.1 200 OK\r\n\r\nall of it"); }};
    EXPECT_EQ(http_client{{.base_url = server.url()}}.get("/").body, "all of it");
}

TEST(http_failure, a_304_has_no_body_to_wait_for)
{
    const raw_server server{[](int connection) {
        raw_server::say(connection, "HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n");
        char end = 0;
        ::recv(connection, &end, 1, 0);
    }};
    const auto response = http_client{{.base_url = server.url()}}.get("/", {{"If-None-Match", "\"1\""}});
    EXPECT_EQ(response.status, 304);
    EXPECT_EQ(response.header("ETag"), "\"1\"");
}

TEST_F(http_scene, a_body_above_max_body_is_refused)
{
    server.Get("/size", [](const httplib::Request& request, httplib::Response& response) {
        response.set_content(std::string(std::stoul(request.get_param_value("n")), 'x'), "text/plain");
    });
    auto api = client({.max_body = 1'000});
    EXPECT_EQ(api.get("/size?n=1000").body.size(), 1'000U);
    const auto error = error_of([&] { api.get("/size?n=1001"); });
    EXPECT_EQ(error.code(), http_errc::too_large);
    EXPECT_FALSE(error.retriable());
    EXPECT_EQ(api.get("/size?n=10").body.size(), 10U) << "the client can be used on";
}

TEST_F(http_scene, a_status_of_400_or_more_can_be_made_an_error)
{
    auto api = client();
    const auto error = error_of([&] { api.get("/missing?token=hidden").raise_for_status(); });
    EXPECT_EQ(error.code(), http_errc::status);
    EXPECT_EQ(error.status(), 404);
    EXPECT_FALSE(error.retriable());
    EXPECT_EQ(std::string{error.what()},
              "GET " + server.url() + "/missing: refused by the server: status 404: check base_url and the path");
    EXPECT_EQ(api.get("/echo").raise_for_status().body, "/echo");
}

TEST_F(http_scene, the_error_of_a_status_has_the_first_kilobyte_of_the_body)
{
    server.Get("/refuse", [](const httplib::Request&, httplib::Response& response) {
        response.status = 400;
        response.set_content("secret" + std::string(2'000, 'x'), "text/plain");
    });
    const auto error = error_of([&] { client().get("/refuse").raise_for_status(); });
    const http_error copy{error};
    EXPECT_EQ(copy.body(), "secret" + std::string(1'018, 'x'));
    EXPECT_FALSE(std::string_view{copy.what()}.contains("secret")) << copy.what();
    EXPECT_EQ(error_of([&] { client().get("/missing").raise_for_status(); }).body(), "");
}

TEST_F(http_scene, what_is_no_json_is_not_shown)
{
    server.Get("/html", [](const httplib::Request&, httplib::Response& response) {
        response.set_content("<p>secret</p>", "text/html");
    });
    const auto error = error_of([&] { static_cast<void>(client().get("/html").json()); });
    EXPECT_EQ(error.code(), http_errc::malformed);
    EXPECT_EQ(error.status(), 200);
    EXPECT_EQ(std::string_view{error.what()}.find("secret"), std::string_view::npos) << error.what();
}

TEST_F(http_scene, what_cannot_be_sent_is_refused_before_anything_is_sent)
{
    using namespace std::string_view_literals;
    auto api = client({.base_url = server.url("/echo")});
    for (const auto path : {"/a\r\nX: y"sv, "/a\nb"sv, "/a\0b"sv, "/../x"sv, "/#x"sv})
        EXPECT_EQ(error_of([&] { api.get(path); }).code(), http_errc::invalid_request) << path;
    for (const auto& [name, value] : std::to_array<std::pair<std::string, std::string>>({{"X", "a\r\nY: b"},
                                                                                         {"X", std::string{"a\0", 2}},
                                                                                         {"X: y", "a"},
                                                                                         {"", "a"},
                                                                                         {"X\n", "a"},
                                                                                         {"content-length", "7"},
                                                                                         {"Host", "other"}}))
        EXPECT_EQ(error_of([&] { api.get("/", {{name, value}}); }).code(), http_errc::invalid_request) << name;
    EXPECT_EQ(error_of([&] { api.post("/", "x", "text/plain\r\nX: y"); }).code(), http_errc::invalid_request);
    EXPECT_EQ(error_of([&] { api.post("/", nlohmann::json{"\xff"}); }).code(), http_errc::invalid_request);
    EXPECT_EQ(error_of([&] { api.send({.method = "GET /x", .path = "/"}); }).code(), http_errc::invalid_request);
    EXPECT_TRUE(asked.empty());
}

TEST(no_sigpipe, a_write_that_nobody_reads_is_an_error_and_no_signal)
{
    const deadly_sigpipe here;
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    ::close(ends[0]);
    {
        const steward::detail::no_sigpipe quiet;
        EXPECT_EQ(::write(ends[1], "x", 1), -1);
        EXPECT_EQ(errno, EPIPE);
    }
    ::close(ends[1]);
}

TEST(no_sigpipe, leaves_a_signal_alone_that_the_program_waits_for)
{
    sigset_t pipe, before;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    ASSERT_EQ(::pthread_sigmask(SIG_BLOCK, &pipe, &before), 0);
    ASSERT_EQ(::pthread_kill(::pthread_self(), SIGPIPE), 0);
    {
        const steward::detail::no_sigpipe quiet;
    }
    const timespec at_once{};
    EXPECT_EQ(::sigtimedwait(&pipe, nullptr, &at_once), SIGPIPE);
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

} // namespace
