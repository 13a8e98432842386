// SPDX-License-Identifier: BSL-1.0
#include "measure.hpp"

#include "process.hpp"

#include <fmt/format.h>
#include <yardstick.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <memory>
#include <numeric>
#include <random>
#include <utility>

#include <unistd.h>

namespace peers {

namespace {

using namespace std::chrono_literals;
constexpr auto patience = 60s; // a Java machine that warms up takes seconds

using processes = std::vector<std::unique_ptr<process>>;

subject introduced(process& peer, const std::string& command)
{
    try {
        return {nlohmann::ordered_json::parse(peer.read_line(patience))};
    } catch (const std::exception& e) {
        subject unknown{{{"id", command}, {"kind", "peer"}}};
        unknown.is_missing(e.what());
        return unknown;
    }
}

void add_one(subject& who, process& peer, const std::string& line, samples& to)
{
    try {
        const double exchange = steward::lab::exchange_ns();
        peer.write_line(line);
        for (const auto& [name, value] : samples_of(peer.read_line(patience)))
            to[name].push_back(value);
        to["exchange_ns"].push_back(exchange);
    } catch (const std::exception& e) {
        who.is_missing(fmt::format("at '{}': {}", line, e.what()));
    }
}

void one_round(results& all, const processes& peers, int milliseconds, std::minstd_rand& random)
{
    std::vector<std::size_t> order(peers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t n = 0; n != all.cases.size(); ++n) {
        const peer_case& what = all.cases[n];
        const std::string line = fmt::format("{} {} {} {}", what.workload, what.threads, what.slots, milliseconds);
        std::ranges::shuffle(order, random);
        for (const std::size_t i : order)
            if (all.subjects[i].is_there)
                add_one(all.subjects[i], *peers[i], line, all.of[i][n]);
    }
}

} // namespace

results measure(const options& given)
{
    results all;
    all.cases = wanted(given);
    processes peers;
    for (const std::string& command : given.peers) {
        peers.push_back(std::make_unique<process>(command));
        all.subjects.push_back(introduced(*peers.back(), command));
    }
    for (const absent_peer& each : given.absent) {
        all.subjects.push_back(
            {{{"id", each.id}, {"kind", "peer"}, {"version", each.version}, {"language", each.language}}});
        all.subjects.back().is_missing(each.reason);
    }
    all.of.assign(all.subjects.size(), std::vector<samples>(all.cases.size()));

    std::minstd_rand random; // the same order each time
    const int rounds = given.repetitions_or_default();
    for (int round = 0; round != rounds; ++round) {
        if (isatty(STDERR_FILENO) != 0)
            fmt::print(stderr, "\r\033[Kround {} of {}", round + 1, rounds);
        one_round(all, peers, given.milliseconds_or_default(), random);
    }
    if (isatty(STDERR_FILENO) != 0)
        fmt::print(stderr, "\r\033[K");
    return all;
}

} // namespace peers
