// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>

namespace enrich {

/// What the stand-in for a model says: one sentence about the subject of a prompt such as
/// `Describe Portugal. Its time zones: Europe/Lisbon, Atlantic/Madeira, Atlantic/Azores.`
[[nodiscard]] std::string sentence_for(std::string_view prompt);

} // namespace enrich
