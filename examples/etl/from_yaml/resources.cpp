// SPDX-License-Identifier: BSL-1.0
#include "job.hpp"

namespace etl {

job_manager make_resources(const arguments& wanted)
{
    auto settings = etl_machine::settings();
    settings.get<"input">().base_path = located(wanted).parent_path();
    settings.get<"database">().connection = wanted.database;
    settings.options<"database">().max_size = wanted.workers;
    return settings.make<job_manager>();
}

} // namespace etl
