// SPDX-License-Identifier: BSL-1.0
// EXPECT: the_time_of_a_need_is_negative
#include <steward/fsm.hpp>
#include <steward/steward.hpp>

using namespace std::chrono_literals;

#ifdef STEWARD_COMPILE_FAIL_FIXED
using wanted = steward::needs<steward::required("orders").within(0s)>;
#else
using wanted = steward::needs<steward::required("orders").within(-1s)>;
#endif

int main() { return static_cast<int>(wanted::size) - 1; }
