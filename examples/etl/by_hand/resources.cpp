// SPDX-License-Identifier: BSL-1.0
#include "job.hpp"

namespace etl {

using namespace std::chrono_literals;

job_manager make_resources(const arguments& wanted)
{
    return job_manager{
        input_files::with({.base_path = located(wanted).parent_path()}),
        // SQLite lets one session write at a time: the others wait in `begin`, for as long as others may need.
        sessions::with({.connection = wanted.database.string(),
                        .busy_timeout = 5min,
                        .synchronous = steward::adapters::sqlite_synchronous::normal},
                       {.max_size = wanted.workers, .acquire_timeout = 10min}),
    };
}

} // namespace etl
