// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments.hpp"
#include "service/model_service.hpp"
#include "service/zone_service.hpp"

#include <cstddef>
#include <optional>

namespace enrich {

/// The services that the user does not name: they are served by this program, as long as this lives.
class own_services {
public:
    /// Starts them, and enters their URLs.
    explicit own_services(arguments& wanted)
    {
        if (wanted.api_url.empty())
            wanted.api_url = zones_.emplace("/usr/share/zoneinfo/zone1970.tab", wanted.workers).url();
        if (wanted.llm_url.empty()) {
            wanted.llm_url = model_.emplace(model_service::behaviour{}, wanted.workers).url();
            wanted.api_key.clear(); // the user's is none of its business
        }
    }

    /// How many requests they were too busy for.
    [[nodiscard]] std::size_t turned_away() const noexcept
    {
        return (zones_ ? zones_->turned_away() : 0) + (model_ ? model_->turned_away() : 0);
    }

private:
    std::optional<zone_service> zones_;
    std::optional<model_service> model_;
};

} // namespace enrich
