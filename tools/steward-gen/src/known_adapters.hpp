// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "reading.hpp"

#include <string>

namespace steward::gen {

/// What steward-gen knows of an adapter.
struct known_adapter {
    std::string type{}; ///< as C++; empty if there is none
    std::string header{};
    bool is_shared = false; ///< by default everybody has the same one
    bool retries = false;   ///< by its settings retry_count and retry_delay
    /// Reads its settings, to note what is wrong with them; null if they are not known.
    void (*check)(settings_reader& reader, const settings_node& config) = nullptr;
};

/// The adapter for a resource's type. Takes what chooses it out of the resource's config.
[[nodiscard]] known_adapter adapter_of(settings_reader& reader, resource_description& resource);

} // namespace steward::gen
