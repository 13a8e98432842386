// SPDX-License-Identifier: BSL-1.0
#include "base_url.hpp"
#include "plain_client.hpp"
#include "plain_stream.hpp"

#include "support/deadly_sigpipe.hpp"
#include "support/http_server.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <string>
#include <string_view>
#include <thread>

#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

using namespace std::chrono_literals;
using steward::adapters::detail::plain_client;
using steward::adapters::detail::plain_stream;

namespace {

/// A stream, and the server's end of its connection.
class plain_stream_test : public testing::Test {
protected:
    plain_stream_test() { EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends_.data()), 0); }
    ~plain_stream_test() override
    {
        hang_up();
        ::close(ends_[0]);
    }

    [[nodiscard]] plain_stream stream(plain_stream::time read = 1h, plain_stream::time write = 1h) const
    {
        return {ends_[0], read, write};
    }
    [[nodiscard]] int server() const { return ends_[1]; }
    void send(std::string_view text) const { EXPECT_EQ(::write(ends_[1], text.data(), text.size()), ssize(text)); }
    void say_goodbye() const { ::shutdown(ends_[0], SHUT_WR); }
    void hang_up()
    {
        if (ends_[1] >= 0)
            ::close(ends_[1]);
        ends_[1] = -1;
    }

private:
    static ssize_t ssize(std::string_view text) { return static_cast<ssize_t>(text.size()); }
    std::array<int, 2> ends_{-1, -1};
};

/// What it reads at most `size` bytes of at once.
std::string read(plain_stream& from, std::size_t size)
{
    std::string got(size, '\0');
    const ssize_t count = from.read(got.data(), size);
    EXPECT_GE(count, 0);
    got.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
    return got;
}

TEST_F(plain_stream_test, gives_what_came_in_the_pieces_that_it_is_asked_for)
{
    plain_stream here = stream();
    send("one two");
    EXPECT_EQ(read(here, 1), "o");
    EXPECT_EQ(read(here, 3), "ne ");
    EXPECT_EQ(read(here, 100), "two");
    send("three");
    EXPECT_EQ(read(here, 100), "three");
}

TEST_F(plain_stream_test, gives_a_large_piece_whole)
{
    plain_stream here = stream();
    const std::string large(100'000, 'x');
    std::jthread sender{[&] { send(large); }};
    std::string got;
    std::string more = "some";
    for (; got.size() != large.size() && !more.empty(); got += more)
        more = read(here, 50'000);
    EXPECT_EQ(got, large);
}

TEST_F(plain_stream_test, shows_what_it_has_read_and_not_given)
{
    plain_stream here = stream();
    std::size_t size = 7;
    EXPECT_EQ(here.buffered_data(size), nullptr);
    EXPECT_EQ(size, 0U);
    EXPECT_FALSE(here.is_readable());
    send("one\r\ntwo");
    EXPECT_EQ(read(here, 1), "o");
    EXPECT_TRUE(here.is_readable());
    const char* const rest = here.buffered_data(size);
    EXPECT_EQ(std::string_view(rest, size), "ne\r\ntwo");
    here.consume_buffered(4);
    EXPECT_EQ(read(here, 100), "two");
}

TEST_F(plain_stream_test, ends_with_nothing_when_the_server_has_said_goodbye)
{
    plain_stream here = stream();
    send("last");
    hang_up();
    EXPECT_TRUE(here.is_peer_alive()); // what it sent is still to be read
    EXPECT_EQ(read(here, 100), "last");
    EXPECT_EQ(read(here, 100), "");
    EXPECT_FALSE(here.is_peer_alive());
    EXPECT_FALSE(here.is_writable());
}

TEST_F(plain_stream_test, waits_to_read_for_as_long_as_it_may)
{
    plain_stream here = stream(10ms);
    char one = 0;
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(here.read(&one, 1), -1);
    EXPECT_GE(std::chrono::steady_clock::now() - began, 10ms);
    EXPECT_TRUE(here.is_peer_alive());
}

TEST_F(plain_stream_test, waits_to_read_for_another_time_if_told)
{
    plain_stream here = stream(1h);
    here.set_read_timeout(0, 1);
    char one = 0;
    EXPECT_EQ(here.read(&one, 1), -1);
}

TEST_F(plain_stream_test, without_a_limit_waits_until_it_is_shut_down)
{
    plain_stream here = stream(plain_stream::no_limit);
    std::jthread other{[&] {
        std::this_thread::sleep_for(5ms);
        send("one");
        std::this_thread::sleep_for(5ms);
        ::shutdown(here.socket(), SHUT_RDWR);
    }};
    EXPECT_EQ(read(here, 100), "one");
    EXPECT_EQ(read(here, 100), "");
}

TEST_F(plain_stream_test, waits_no_longer_where_signals_come)
{
    const auto before = std::signal(SIGALRM, [](int) {});
    const itimerval often{.it_interval = {.tv_sec = 0, .tv_usec = 2'000}, .it_value = {.tv_sec = 0, .tv_usec = 2'000}};
    ASSERT_EQ(::setitimer(ITIMER_REAL, &often, nullptr), 0);
    plain_stream here = stream(20ms);
    char one = 0;
    EXPECT_EQ(here.read(&one, 1), -1);
    const itimerval never{};
    ::setitimer(ITIMER_REAL, &never, nullptr);
    std::signal(SIGALRM, before);
}

TEST_F(plain_stream_test, waits_to_write_for_as_long_as_it_may)
{
    plain_stream here = stream(1h, 10ms);
    const std::string large(100'000, 'x');
    const auto began = std::chrono::steady_clock::now();
    ssize_t written = 0;
    while (written >= 0) // until all that the system keeps is full
        written = here.write(large.data(), large.size());
    EXPECT_GE(std::chrono::steady_clock::now() - began, 10ms);
    EXPECT_TRUE(here.is_peer_alive());
    EXPECT_FALSE(here.is_writable());
}

TEST_F(plain_stream_test, sends_no_more_to_a_server_that_has_said_goodbye)
{
    plain_stream here = stream();
    ASSERT_EQ(::shutdown(server(), SHUT_WR), 0); // it would read on
    EXPECT_EQ(here.write("headers", 7), 7);
    EXPECT_EQ(here.write("body", 4), -1);
}

TEST_F(plain_stream_test, goes_on_to_write_when_the_server_goes_on_to_read)
{
    plain_stream here = stream();
    const std::string large(4'000'000, 'x');
    std::string got(large.size(), '\0');
    std::jthread reader{
        [&] { EXPECT_EQ(::recv(server(), got.data(), got.size(), MSG_WAITALL), static_cast<ssize_t>(got.size())); }};
    std::size_t sent = 0;
    ssize_t more = 0;
    for (; sent != large.size() && more >= 0; sent += more < 0 ? 0 : static_cast<std::size_t>(more))
        more = here.write(large.data() + sent, large.size() - sent);
    EXPECT_EQ(sent, large.size());
    say_goodbye();
    reader.join();
    EXPECT_EQ(got, large);
}

TEST_F(plain_stream_test, a_write_that_nobody_reads_is_an_error_and_no_signal)
{
    const steward::test::deadly_sigpipe deadly;
    plain_stream here = stream();
    hang_up();
    EXPECT_EQ(here.write("x", 1), -1);
    EXPECT_EQ(errno, EPIPE);
}

// Not promised by httplib: where this fails, requests work all the same, and each keeps SIGPIPE away by three system calls.
TEST(plain_client, this_version_of_httplib_uses_the_stream_that_it_is_given)
{
    steward::test::http_server server;
    server.Get("/", [](const httplib::Request&, httplib::Response& to) { to.set_content("here", "text/plain"); });
    server.start();
    const auto url = steward::adapters::detail::parse_base_url(server.url()).value();
    bool used = false;
    plain_client<plain_stream> client{url.host, url.port, used};
    const httplib::Result result = client.Get("/");
    ASSERT_TRUE(result);
    EXPECT_EQ(result->body, "here");
    EXPECT_TRUE(used);
}

} // namespace
