// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "machine.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace enrich {

/// What became of the whole job.
struct job_result {
    std::size_t countries = 0;        ///< in the file
    std::size_t already_complete = 0; ///< by an earlier run
    std::size_t described = 0;
    std::size_t without_zones = 0; ///< which the service does not know; there is nothing to tell of them
    std::size_t left_over = 0;     ///< for the next run
    std::size_t rejected = 0;      ///< lines that are not of a country
    steward::adapters::llm_usage tokens{};
    std::chrono::nanoseconds time{};
    std::vector<std::string> problems{}; ///< of countries that are left over, and of lines
    std::string failure{};               ///< what ended the job early; empty if nothing did

    [[nodiscard]] bool is_complete() const noexcept { return problems.empty() && failure.empty(); }
};

/// The resources of the machine, with what the user wants: nothing is opened yet. Throws steward::configuration_error.
[[nodiscard]] job_manager make_resources(const arguments& wanted);

/// Enriches what is not complete yet, several countries side by side. Throws where the job cannot even begin: std::exception
/// with a text for the user.
[[nodiscard]] job_result run_job(job_manager& resources, const arguments& wanted);

} // namespace enrich
