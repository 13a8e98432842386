// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "job.hpp"

namespace etl {

/// Prints on the standard output what became of the job: rows, reasons of rejection, time, and the resources.
void print_report(job_manager& resources, const arguments& wanted, const job_result& result);

} // namespace etl
