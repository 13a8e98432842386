// SPDX-License-Identifier: BSL-1.0
#include "job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <ranges>
#include <stop_token>
#include <string_view>

namespace enrich {

namespace {

using namespace std::chrono_literals;

/// Where the input really lies: the resource "countries" follows no symbolic links, the user may give one.
[[nodiscard]] std::filesystem::path located(const arguments& wanted)
{
    return std::filesystem::weakly_canonical(std::filesystem::absolute(wanted.input));
}

/// The lines of a table but empty ones and comments.
[[nodiscard]] std::vector<line> lines_of(std::string_view file, std::string_view table)
{
    std::vector<line> lines;
    std::size_t number = 0;
    for (std::size_t begin = 0, end = 0; begin < table.size(); begin = end + 1) {
        end = std::min(table.find('\n', begin), table.size());
        ++number;
        if (end != begin && table[begin] != '#')
            lines.push_back({file, number, begin, end - begin});
    }
    return lines;
}

void count(job_result& all, const country& it, std::string_view end)
{
    if (it.is_complete)
        ++all.already_complete;
    else if (end == "rejected")
        ++all.rejected;
    else if (!it.problem.empty())
        ++all.left_over;
    else
        ++(it.has_zones() ? all.described : all.without_zones);
    if (!it.problem.empty())
        all.problems.push_back(it.code.empty() ? it.problem : fmt::format("{}: {}", it.name, it.problem));
    all.tokens.prompt_tokens += it.tokens.prompt_tokens;
    all.tokens.completion_tokens += it.tokens.completion_tokens;
}

} // namespace

job_manager make_resources(const arguments& wanted)
{
    const steward::pool_options side_by_side{.max_size = wanted.workers, .acquire_timeout = 10min};
    return job_manager{
        countries::with({.base_path = located(wanted).parent_path()}),
        zones::with({.base_url = wanted.api_url, .timeout = 20s}, side_by_side),
        writer::with({.base_url = wanted.llm_url, .model = wanted.model, .api_key = wanted.api_key}, side_by_side),
        database::with({.connection = wanted.database, .synchronous = steward::adapters::sqlite_synchronous::normal},
                       side_by_side),
    };
}

job_result run_job(job_manager& resources, const arguments& wanted)
{
    const auto start = steward::clock::now();
    store::prepare(*resources.acquire<"database">());
    const std::string name = located(wanted).filename().string();
    const std::vector<line> lines = lines_of(name, resources.acquire<"countries">()->map(name).text());

    job_result result{.countries = lines.size()};
    std::stop_source stop;
    steward::run_all<machine>(
        resources, lines | std::views::transform([](const line& each) { return country{.from = each}; }),
        {.workers = wanted.workers, .stop = stop.get_token()}, [&](const steward::outcome<country>& outcome) {
            if (outcome.completed) {
                count(result, outcome.data, outcome.path.back());
            } else if (!stop.stop_requested()) { // those that are stopped have not failed by themselves
                stop.request_stop();
                result.failure =
                    fmt::format("{}: {}: {}", outcome.data.name, outcome.failed_state, outcome.error_message());
            }
        });
    result.time = steward::clock::now() - start;
    return result;
}

} // namespace enrich
