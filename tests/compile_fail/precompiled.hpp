// SPDX-License-Identifier: BSL-1.0

// What every program here includes, compiled once for all of them. It has no `#pragma once`: that is a warning in what is
// itself compiled.
#include <steward/fsm.hpp>
#include <steward/steward.hpp>
