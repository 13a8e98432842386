// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "job.hpp"

#include <cstddef>

namespace enrich {

/// Prints on the standard output what became of the job: countries, tokens, time, and the resources. `turned_away` is how
/// often the program's own services were too busy.
void print_report(job_manager& resources, const arguments& wanted, const job_result& result, std::size_t turned_away);

/// Prints on the standard error what is left, and why.
void print_problems(const job_result& result);

} // namespace enrich
