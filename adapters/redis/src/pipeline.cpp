// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/redis/pipeline.hpp>

#include "connection.hpp"
#include "results_of.hpp"

#include <utility>

namespace steward::inline v0::adapters {

redis_pipeline::redis_pipeline(const std::shared_ptr<detail::redis_connection>& host) : redis_guest{host, "a pipeline"}
{
}

redis_results redis_pipeline::run()
{
    redis_results results = try_run();
    results.raise();
    return results;
}

redis_results redis_pipeline::try_run()
{
    detail::redis_connection& connection = host();
    const detail::redis_request sent = std::exchange(request_, {});
    return results_of(connection, sent, connection.ask_all(sent), what());
}

} // namespace steward::inline v0::adapters
