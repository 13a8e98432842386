// SPDX-License-Identifier: BSL-1.0
#include "machine.hpp"

#include "json_string.hpp"

#include <fmt/format.h>

#include <ctime>
#include <fstream>
#include <string_view>
#include <thread>

#include <sys/utsname.h>

namespace steward::inline v0::lab {

namespace {

/// What follows the first line's key in a file of `key<separator>value`, without quotes.
std::string value_in(const char* file, std::string_view key, char separator)
{
    std::ifstream in{file};
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with(key))
            continue;
        const std::size_t begin = line.find_first_not_of("\" \t", line.find(separator) + 1);
        if (begin == std::string::npos)
            break;
        return line.substr(begin, line.find_last_not_of("\" \t") + 1 - begin);
    }
    return "unknown";
}

std::string utc_now()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

#ifdef __clang__
constexpr std::string_view compiler = "Clang " __clang_version__;
#else
constexpr std::string_view compiler = "GCC " __VERSION__;
#endif

} // namespace

machine this_machine()
{
    utsname kernel{};
    uname(&kernel);
    return {.cpu = value_in("/proc/cpuinfo", "model name", ':'),
            .system = fmt::format("{}, {} {}", value_in("/etc/os-release", "PRETTY_NAME", '='), kernel.sysname,
                                  kernel.release),
            .compiler = std::string{compiler},
            .when = utc_now(),
            .cores = std::thread::hardware_concurrency()};
}

std::string head_of_results(const machine& where, bool quick)
{
    return fmt::format("\"lab\": 1,\n\"machine\": {{\"cpu\": {}, \"cores\": {}, \"system\": {}, \"compiler\": {}, "
                       "\"when\": {}}},\n\"quick\": {},\n",
                       json_string(where.cpu), where.cores, json_string(where.system), json_string(where.compiler),
                       json_string(where.when), quick);
}

} // namespace steward::inline v0::lab
