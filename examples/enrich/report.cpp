// SPDX-License-Identifier: BSL-1.0
#include "report.hpp"

#include "common/numbers.hpp"

#include <steward/format.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <string_view>

namespace enrich {

namespace {

constexpr std::size_t most_problems = 3;

void print_number(std::string_view name, std::size_t number)
{
    fmt::print("{:<17} {:>12}\n", name, examples::grouped(number));
}
void print_if_any(std::string_view name, std::size_t number)
{
    if (number != 0)
        print_number(name, number);
}

void print_tokens(const steward::adapters::llm_usage& tokens)
{
    print_number("tokens asked", static_cast<std::size_t>(tokens.prompt_tokens));
    print_number("tokens answered", static_cast<std::size_t>(tokens.completion_tokens));
}

} // namespace

void print_report(job_manager& resources, const arguments& wanted, const job_result& result, std::size_t turned_away)
{
    fmt::print("{} -> {}\n", wanted.input.string(), wanted.database);
    fmt::print("time zones from {}, descriptions by {} from {}\n\n", wanted.api_url, wanted.model, wanted.llm_url);
    print_number("countries", result.countries);
    print_number("described", result.described);
    print_number("without zones", result.without_zones);
    print_number("already complete", result.already_complete);
    print_number("for the next run", result.left_over);
    print_if_any("rejected lines", result.rejected);
    print_if_any("asked again", turned_away);
    print_tokens(result.tokens);
    fmt::print("{:<17} {:>12.3f}\n", "seconds", std::chrono::duration<double>{result.time}.count());
    fmt::print("\n{} workers\n\n{}\n\n", wanted.workers, steward::table_of(resources));
    for (const steward::named_metrics& one : resources.metrics())
        fmt::print("{}: {}\n", one.name, one.metrics);
    std::fflush(stdout);
}

void print_problems(const job_result& result)
{
    for (std::size_t i = 0; i != std::min(result.problems.size(), most_problems); ++i)
        fmt::print(stderr, "enrich: {}\n", result.problems[i]);
    if (result.problems.size() > most_problems)
        fmt::print(stderr, "enrich: and {} more\n", result.problems.size() - most_problems);
    if (!result.failure.empty())
        fmt::print(stderr, "enrich: {}\n", result.failure);
    if (!result.is_complete())
        fmt::print(stderr, "enrich: not complete; the same command goes on where it stopped\n");
}

} // namespace enrich
