// SPDX-License-Identifier: BSL-1.0
//
// The main job: reads a delimited file through the resource "input", loads it into a database through the pool "database",
// with several executions of one state machine side by side, and reports. See machine.hpp for the machine.

#include "arguments.hpp"
#include "common/command_line.hpp"
#include "job.hpp"
#include "output/report.hpp"

#include <steward/format.hpp>

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <span>

namespace {

constexpr int loaded = 0, failed = 1, wrong_usage = 2;

int run(const etl::arguments& wanted)
{
    etl::job_manager resources = etl::make_resources(wanted);
    const etl::job_result result = etl::run_job(resources, wanted);
    if (!wanted.quiet)
        etl::print_report(resources, wanted, result);
    std::fflush(stdout);
    for (const std::string& failure : result.failures)
        fmt::print(stderr, "etl: {}\n", failure);
    if (!result.failures.empty())
        fmt::print(stderr, "etl: not complete; the same command goes on where it stopped\n");
    return result.failures.empty() ? loaded : failed;
}

} // namespace

int main(int argc, char** argv)
{
    try {
        const std::span<const char* const> all{argv, static_cast<std::size_t>(argc)};
        const etl::arguments wanted = etl::read_arguments(all.subspan(std::min<std::size_t>(1, all.size())));
        if (wanted.help) {
            fmt::print("{}", etl::usage());
            return loaded;
        }
        return run(wanted);
    } catch (const examples::usage_error& error) {
        fmt::print(stderr, "etl: {}\ntry --help\n", error.what());
        return wrong_usage;
    } catch (const steward::resource_error& error) {
        fmt::print(stderr, "etl: {}\n", error);
    } catch (const std::exception& error) {
        fmt::print(stderr, "etl: {}\n", error.what());
    }
    return failed;
}
