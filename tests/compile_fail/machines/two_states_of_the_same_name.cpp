// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::machine: two of its states have the same name
// EXPECT: checking::load
#include <steward/fsm.hpp>
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

struct load {};
namespace checking {
struct load {
#ifdef STEWARD_COMPILE_FAIL_FIXED
    static constexpr std::string_view name = "checking_load";
#endif
};
} // namespace checking

struct machine {
    using states = steward::states<load, checking::load>;
    using arcs = steward::arcs<steward::arc<load, checking::load>>;
};

int main()
{
    steward::manager<steward::resource<"orders", session_adapter>> manager;
    return steward::run<machine>(manager, 7).completed ? 0 : 1;
}
