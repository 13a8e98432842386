// SPDX-License-Identifier: BSL-1.0
#include "steps.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace enrich {

namespace {

using namespace steward::adapters;

constexpr int not_found = 404;

/// Busy services have been asked again by now, as often as the settings say.
[[nodiscard]] http_response ask(http_client& service, const std::string& path)
{
    try {
        http_response response = service.get(path);
        if (response.status != not_found)
            response.raise_for_status();
        return response;
    } catch (const http_error& error) {
        if (error.retriable())
            throw unavailable{error.what()};
        throw;
    }
}

} // namespace

void fetch_zones(country& it, http_client& service)
{
    const http_response response = ask(service, fmt::format("/countries/{}/zones", it.code));
    if (response.status == not_found)
        return;
    try {
        const nlohmann::json body = response.json();
        for (const nlohmann::json& each : body.at("zones"))
            it.zones.push_back({each.at("name"), each.at("coordinates")});
    } catch (const nlohmann::json::exception&) {
        throw std::runtime_error{response.request + R"(: expected {"zones": [{"name": ..., "coordinates": ...}]})"};
    }
}

} // namespace enrich
