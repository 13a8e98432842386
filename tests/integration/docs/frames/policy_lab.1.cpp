// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/database.hpp>
#include <steward/steward.hpp>

#include <stdexcept>
#include <tuple>

using notes = steward::resource<"notes", steward::adapters::database<steward::adapters::sqlite>>;

/* fragment */

void fragment(steward::manager<notes>& manager) { read_a_note::run(manager); }
