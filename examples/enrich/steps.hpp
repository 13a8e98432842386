// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "country.hpp"

#include <steward/adapters/filesystem.hpp>
#include <steward/adapters/http.hpp>
#include <steward/adapters/llm.hpp>

/// What the states of the machine do, each with the resource that it needs.
namespace enrich {

using model = steward::adapters::llm<steward::adapters::openai>;

/// Reads code and name. Throws malformed_line.
void read_line(country& it, const steward::adapters::file_area& files);

/// Asks the service for the time zones; a country that it does not know has none. Throws unavailable, and http_error where
/// asking again is of no use.
void fetch_zones(country& it, steward::adapters::http_client& service);

/// Has the model write a sentence. Throws unavailable, and llm_error where asking again is of no use.
void write_description(country& it, model::resource_type& writer);

} // namespace enrich
