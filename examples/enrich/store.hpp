// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "country.hpp"

#include <steward/adapters/database.hpp>

/// What the job keeps in its database: `country` has each with its description, `zone` its time zones. A country whose
/// `left_over` is not null lacks something, and that says why.
/// All functions throw steward::adapters::database_error.
namespace enrich::store {

using steward::adapters::session;

/// Makes the tables where there are none.
void prepare(session& database);

/// Whether a country is there with all that belongs to it.
[[nodiscard]] bool is_complete(session& database, const country& it);

/// Puts a country in the place of what is known of it, all of it or nothing.
void put(session& database, const country& it);

} // namespace enrich::store
