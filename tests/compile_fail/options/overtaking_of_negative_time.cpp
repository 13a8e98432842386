// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::waiting::overtaking: the time must be zero or more
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders = steward::resource<"orders", session_adapter, steward::waiting::overtaking<steward::time_span{0}>>;
#else
using orders = steward::resource<"orders", session_adapter, steward::waiting::overtaking<steward::time_span{-1}>>;
#endif

int main() { steward::manager<orders> manager; }
