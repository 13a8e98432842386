// SPDX-License-Identifier: BSL-1.0
#include "job.hpp"

namespace etl {

using namespace std::chrono_literals;

job_manager make_resources(const arguments& wanted)
{
    return job_manager{
        input_files::with({.base_path = located(wanted).parent_path()}),
        sessions::with({.connection = wanted.database, .busy_timeout = 5min},
                       {.max_size = wanted.workers, .acquire_timeout = 10min}),
    };
}

} // namespace etl
