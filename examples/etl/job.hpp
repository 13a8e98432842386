// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments.hpp"
#include "machine.hpp"
#include "output/tally.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace etl {

/// What became of the whole job.
struct job_result {
    counts rows{};
    std::size_t rows_in = 0;    ///< in the file
    std::size_t chunk_rows = 0; ///< those that an earlier run began with, where there was one
    std::chrono::nanoseconds time{};
    std::vector<std::string> failures{}; ///< what stopped executions; empty if the job is complete
};

/// The resources for a job: nothing is opened yet. Throws steward::configuration_error.
/// Where the input really lies: the resource "input" follows no symbolic links, the user may give one.
[[nodiscard]] std::filesystem::path located(const arguments& wanted);

/// The resources of the machine, with what the user wants.
[[nodiscard]] job_manager make_resources(const arguments& wanted);

/// Loads what is not loaded yet, with several executions of the machine side by side. Throws where the job cannot even
/// begin: std::exception with a text for the user.
[[nodiscard]] job_result run_job(job_manager& resources, const arguments& wanted);

} // namespace etl
