// SPDX-License-Identifier: BSL-1.0
#include "measure.hpp"
#include "on_one_core.hpp"
#include "services.hpp"

#include "support/nginx_server.hpp"

#include <steward/adapters/http.hpp>
#include <steward/steward.hpp>

#include <httplib.h>

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace benchmarks {

namespace {

using namespace steward;
using server = test::nginx_server;

constexpr std::string_view answer = R"({"name": "Ada"})";

void expect(bool right)
{
    if (!right)
        throw std::runtime_error{"a wrong response"};
}

/// An nginx that gives that answer, and keeps connections for as many requests as there are.
test::nginx_site answering()
{
    return {.server = fmt::format("keepalive_requests 1000000; location /answer {{ return 200 '{}'; }}", answer)};
}

/// What is compared with: cpp-httplib's client, on a connection that stays open.
class plain_client {
public:
    explicit plain_client(const server& running) : client_{"127.0.0.1", running.port()}
    {
        client_.set_keep_alive(true);
        client_.set_tcp_nodelay(true);
    }

    void get()
    {
        const httplib::Result result = client_.Get("/answer");
        expect(result && result->status == 200 && result->body == answer);
    }

private:
    httplib::Client client_;
};

template <class Lease>
void get_through(Lease&& lease)
{
    const adapters::http_response response = lease->get("/answer");
    expect(response.status == 200 && response.body == answer);
}

/// A round trip takes tens of microseconds and varies: many short turns, and the interval of their differences.
bool one_request()
{
    const on_one_core here;
    const server running{answering()};
    using service = resource<"api", adapters::http, pooling::bounded<0, 4>>;
    constexpr int turns = 1'000, each = 50;
    manager<service> pool{service::with({.base_url = running.url()})};
    plain_client plain{running};
    pairs measured = in_turns(
        turns,
        [&] {
            for (int i = 0; i != each; ++i)
                get_through(pool.acquire<"api">());
        },
        [&] {
            for (int i = 0; i != each; ++i)
                plain.get();
        });
    for (auto* times : {&measured.first, &measured.second})
        for (double& time : *times)
            time *= 1e6 / each;
    fmt::print("HTTP, GET: {:.2f} us through a lease, {:.2f} us with cpp-httplib's client\n", median(measured.first),
               median(measured.second));
    return at_most("HTTP, GET through a lease, more than cpp-httplib's client", difference(measured), 3, "us");
}

constexpr int threads = 8;

void in_threads(const std::function<void(int)>& work)
{
    std::vector<std::jthread> all;
    for (int i = 0; i != threads; ++i)
        all.emplace_back(work, i);
}

bool eight_threads(const server& running)
{
    using service = resource<"api", adapters::http, pooling::bounded<0, threads>>;
    constexpr int turns = 301, each = 100;
    manager<service> pool{service::with({.base_url = running.url()})};
    std::vector<plain_client> own;
    for (int i = 0; i != threads; ++i)
        own.emplace_back(running);
    const pairs measured = in_turns(
        turns,
        [&] {
            in_threads([&](int thread) {
                for (int i = 0; i != each; ++i)
                    own[static_cast<std::size_t>(thread)].get();
            });
        },
        [&] {
            in_threads([&](int) {
                for (int i = 0; i != each; ++i)
                    get_through(pool.acquire<"api">());
            });
        });
    return at_least("HTTP, 8 threads and a pool of 8: speed of 8 of cpp-httplib's clients", measured.paired_ratio(),
                    0.95);
}

/// How much memory a process takes at most, in MB.
double peak()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// By how much `work` makes the memory of a process of its own grow at most, in MB.
double growth(const std::function<void()>& work)
{
    std::array<int, 2> ends{};
    expect(::pipe(ends.data()) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        double grown = -1;
        try {
            const double before = peak();
            work();
            grown = peak() - before;
        } catch (const std::exception& error) {
            fmt::print(stderr, "{}\n", error.what());
        }
        ::_exit(::write(ends[1], &grown, sizeof grown) == sizeof grown ? 0 : 1);
    }
    double grown = -1;
    const bool told = ::read(ends[0], &grown, sizeof grown) == sizeof grown;
    for (const int end : ends)
        ::close(end);
    ::waitpid(child, nullptr, 0);
    expect(told && grown >= 0);
    return grown;
}

bool large_download(const server& running)
{
    constexpr std::uintmax_t size = 1'000'000'000;
    const std::string file = running.file("large");
    std::ofstream{file}.close();
    std::filesystem::resize_file(file, size);
    const double grown = growth([&] {
        adapters::http_client client{{.base_url = running.url()}};
        std::uintmax_t got = 0;
        client.download("/large", [&](std::string_view piece) {
            got += piece.size();
            return true;
        });
        expect(got == size);
    });
    return at_most("HTTP, memory that the download of 1 GB takes", grown, 16, "MB");
}

} // namespace

int http_lines()
{
    if (server::program().empty()) {
        fmt::print("nginx is not installed: the lines of HTTP are left out\n");
        return 0;
    }
    const server running{answering()};
    return !large_download(running) + !one_request() + !eight_threads(running);
}

} // namespace benchmarks
