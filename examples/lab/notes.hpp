// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/sqlite.hpp>
#include <steward/steward.hpp>

/// A manager as a program has it. The lab takes its names and adapters, and puts policies of its own in the place of these.
using notes =
    steward::resource<"notes", steward::adapters::database<steward::adapters::sqlite>, steward::pooling::bounded<0, 4>>;
using notes_manager = steward::manager<notes>;
