// SPDX-License-Identifier: BSL-1.0
#include "job.hpp"

#include <range/v3/numeric/accumulate.hpp>

#include <algorithm>
#include <filesystem>
#include <ranges>
#include <stop_token>
#include <utility>

namespace etl {

namespace {

using namespace std::chrono_literals;

/// Runs the machine for every chunk, several side by side, until one fails: what stopped it, empty if nothing did.
[[nodiscard]] std::vector<std::string> work_off(job_manager& resources, const source& input,
                                                const std::vector<chunk>& chunks, std::size_t workers)
{
    std::vector<std::string> failures;
    std::stop_source stop;
    steward::run_all<machine>(
        resources, chunks | std::views::transform([&](const chunk& part) { return execution{&input, part}; }),
        {.workers = workers, .stop = stop.get_token()}, [&](const steward::outcome<execution>& outcome) {
            if (outcome.completed || stop.stop_requested()) // those that are stopped have not failed by themselves
                return;
            stop.request_stop();
            const chunk& part = outcome.data.part;
            failures.push_back(fmt::format("lines {} to {}: {}: {}", part.first_line, part.first_line + part.rows - 1,
                                           outcome.failed_state, outcome.error_message()));
        });
    return failures;
}

[[nodiscard]] std::size_t rows_of(const std::vector<chunk>& chunks)
{
    return ranges::accumulate(chunks, std::size_t{0}, {}, &chunk::rows);
}

/// Takes those away that an earlier run has finished.
void remove_loaded(std::vector<chunk>& chunks, const store::earlier& before)
{
    std::erase_if(chunks, [&](const chunk& part) {
        return part.number < before.chunk_is_loaded.size() && before.chunk_is_loaded[part.number];
    });
}

} // namespace

std::filesystem::path located(const arguments& wanted)
{
    return std::filesystem::weakly_canonical(std::filesystem::absolute(wanted.input));
}

job_result run_job(job_manager& resources, const arguments& wanted)
{
    const auto start = steward::clock::now();
    const std::string name = located(wanted).filename().string();
    const auto file = resources.acquire<"input">()->map(name);
    const source input = describe(name, file.text(), wanted.how);
    const store::earlier before =
        store::prepare(*resources.acquire<"database">(), input, wanted.chunk_rows, wanted.fresh);

    job_result result{.chunk_rows = before.chunk_rows};
    std::vector<chunk> chunks = cut(input, file.text(), before.chunk_rows);
    result.rows_in = rows_of(chunks);
    remove_loaded(chunks, before);
    const std::size_t left = rows_of(chunks);

    auto line = resources.acquire<"progress">();
    if (!wanted.quiet)
        line->begin(left);
    result.failures = work_off(resources, input, chunks, wanted.workers);
    line->end();

    result.rows = resources.acquire<"tally">()->sum();
    result.rows.already_loaded += result.rows_in - left;
    result.time = steward::clock::now() - start;
    return result;
}

} // namespace etl
