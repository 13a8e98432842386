// SPDX-License-Identifier: BSL-1.0
#include "options.hpp"

#include <arguments.hpp>

#include <array>
#include <stdexcept>
#include <string_view>

namespace peers {

namespace {

using steward::lab::count, steward::lab::fits, steward::lab::value_of;

constexpr std::array<std::string_view, 5> all_workloads{"hot_loop", "short_hold", "long_hold", "crowded_computing",
                                                        "crowded_blocking"};
struct crowd {
    std::size_t threads, slots;
};
constexpr std::array<crowd, 4> crowds{{{1, 1}, {2, 2}, {8, 2}, {16, 4}}};

std::vector<std::string> split(std::string_view list, char separator)
{
    std::vector<std::string> result(1);
    for (const char c : list)
        if (c == separator)
            result.emplace_back();
        else
            result.back() += c;
    return result;
}

absent_peer absent(std::string_view value)
{
    const std::vector<std::string> parts = split(value, ';');
    if (parts.size() != 4)
        throw std::invalid_argument{"--missing: expected ID;LANGUAGE;VERSION;REASON, got '" + std::string{value} + "'"};
    return {parts[0], parts[1], parts[2], parts[3]};
}

} // namespace

options parse(std::span<char* const> arguments)
{
    options result;
    for (const std::string_view argument : arguments) {
        if (argument == "--help")
            result.help = true;
        else if (argument == "--quick")
            result.quick = true;
        else if (const auto file = value_of("output", argument))
            result.output = *file;
        else if (const auto times = value_of("repetitions", argument))
            result.repetitions = count("--repetitions", *times);
        else if (const auto time = value_of("repetition-ms", argument))
            result.milliseconds = count("--repetition-ms", *time);
        else if (const auto command = value_of("peer", argument))
            result.peers.emplace_back(*command);
        else if (const auto who = value_of("missing", argument))
            result.absent.push_back(absent(*who));
        else if (const auto names = value_of("workload", argument))
            result.workloads = split(*names, ',');
        else if (const auto numbers = value_of("threads", argument))
            result.threads = split(*numbers, ',');
        else
            throw std::invalid_argument{"'" + std::string{argument} + "' is no option; --help tells what there is"};
    }
    return result;
}

const char* help()
{
    return "Measures pools side by side.\n\n"
           "  --peer=COMMAND     a peer's program; once for each\n"
           "  --missing=ID;LANGUAGE;VERSION;REASON\n"
           "                     a peer that is not there\n"
           "  --output=FILE      writes results.json\n"
           "  --quick            5 repetitions of 100 ms instead of 11 of 250 ms\n"
           "  --repetitions=N\n"
           "  --repetition-ms=N\n"
           "  --workload=NAMES   only these of hot_loop, short_hold, long_hold, crowded_computing, crowded_blocking\n"
           "  --threads=NUMBERS  only these of 1, 2, 8, 16\n";
}

std::vector<peer_case> wanted(const options& given)
{
    std::vector<peer_case> result;
    for (const std::string_view workload : all_workloads)
        for (const crowd& who : crowds)
            if (fits(given.workloads, workload) && fits(given.threads, std::to_string(who.threads)))
                result.push_back({std::string{workload}, who.threads, who.slots});
    if (result.empty())
        throw std::invalid_argument{"nothing is left to measure; --help tells which workloads and threads there are"};
    return result;
}

} // namespace peers
