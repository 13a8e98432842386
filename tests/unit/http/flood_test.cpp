// SPDX-License-Identifier: BSL-1.0
#include "unit/http/scene.hpp"

#include "support/raw_server.hpp"

#include <gmock/gmock.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <thread>

#include <sys/socket.h>

using namespace steward::test;
using namespace std::chrono_literals;

namespace {

/// The error of a response that begins with this and goes on with `piece` for ever.
http_error error_of_endless(std::string_view begin, std::string_view piece)
{
    const raw_server server{[&](int connection) {
        ::send(connection, begin.data(), begin.size(), MSG_NOSIGNAL);
        std::string many;
        while (many.size() < 64'000)
            many += piece;
        while (::send(connection, many.data(), many.size(), MSG_NOSIGNAL) > 0) {}
    }};
    http_client api{{.base_url = server.url(), .timeout = 30s, .retry_count = 0}};
    return error_of([&] { api.get("/"); });
}

// Some versions of cpp-httplib read headers without end; others end the connection.
TEST(http_flood, headers_without_end_are_refused_before_the_time_is_over)
{
    const auto error = error_of_endless("HTTP/1.1 200 OK\r\n", "X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n");
    EXPECT_THAT(error.code(), testing::AnyOf(http_errc::too_large, http_errc::connection_lost)) << error.what();
}

TEST(http_flood, a_header_without_end_is_refused_before_the_time_is_over)
{
    const auto error = error_of_endless("HTTP/1.1 200 OK\r\nX-Filler: ", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    EXPECT_THAT(error.code(), testing::AnyOf(http_errc::too_large, http_errc::connection_lost)) << error.what();
}

TEST(http_flood, a_chunk_whose_size_has_no_end_is_refused_before_the_time_is_over)
{
    const auto error = error_of_endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=", "aaaaaaaaaaaaaaa");
    EXPECT_THAT(error.code(), testing::AnyOf(http_errc::too_large, http_errc::connection_lost)) << error.what();
}

TEST(http_flood, a_large_body_that_is_read_slowly_is_none)
{
    const raw_server server{[](int connection) {
        const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: 8000000\r\n\r\n", body(8'000'000, 'x');
        ::send(connection, head.data(), head.size(), MSG_NOSIGNAL);
        ::send(connection, body.data(), body.size(), MSG_NOSIGNAL);
    }};
    http_client api{{.base_url = server.url()}};
    std::size_t got = 0, pauses = 0;
    api.download("/", [&](std::string_view piece) {
        if (got / 1'000'000 != (got + piece.size()) / 1'000'000 && pauses++ < 4)
            std::this_thread::sleep_for(120ms);
        got += piece.size();
        return true;
    });
    EXPECT_EQ(got, 8'000'000U);
}

} // namespace
