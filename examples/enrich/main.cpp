// SPDX-License-Identifier: BSL-1.0
//
// Enriches a table of countries: file -> HTTP -> language model -> database, with several executions of one state machine side
// by side. See machine.hpp for the machine.

#include "common/command_line.hpp"
#include "job.hpp"
#include "report.hpp"
#include "service/own_services.hpp"

#include <steward/format.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <span>

namespace {

constexpr int complete = 0, failed = 1, wrong_usage = 2;

int run(enrich::arguments wanted)
{
    const enrich::own_services services{wanted};
    enrich::job_manager resources = enrich::make_resources(wanted);
    const enrich::job_result result = enrich::run_job(resources, wanted);
    if (!wanted.quiet)
        enrich::print_report(resources, wanted, result, services.turned_away());
    enrich::print_problems(result);
    return result.is_complete() ? complete : failed;
}

} // namespace

int main(int argc, char** argv)
{
    try {
        const std::span<const char* const> all{argv, static_cast<std::size_t>(argc)};
        const enrich::arguments wanted = enrich::read_arguments(all.subspan(std::min<std::size_t>(1, all.size())));
        if (wanted.help) {
            fmt::print("{}", enrich::usage());
            return complete;
        }
        return run(wanted);
    } catch (const examples::usage_error& error) {
        fmt::print(stderr, "enrich: {}\ntry --help\n", error.what());
        return wrong_usage;
    } catch (const steward::resource_error& error) {
        fmt::print(stderr, "enrich: {}\n", error);
    } catch (const std::exception& error) {
        fmt::print(stderr, "enrich: {}\n", error.what());
    }
    return failed;
}
