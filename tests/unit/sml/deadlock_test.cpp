// SPDX-License-Identifier: BSL-1.0
#include "support/sanitizers.hpp"
#include "unit/sml/machines.hpp"

#include <thread>

using namespace steward::test;

namespace {

template <int Number, class Needs>
struct station {
    using needs = Needs;
};

template <class First, class Second, class Third>
struct round {
    auto operator()() const
    {
        using namespace boost::sml;
        return make_transition_table(*state<station<0, First>> + event<work> = state<station<1, Second>>,
                                     state<station<1, Second>> + event<work> = state<station<2, Third>>,
                                     state<station<2, Third>> + event<work> = state<station<0, First>>);
    }
};

using steward::needs;
using climbing = round<needs<"a", "b">, needs<"b", "c">, needs<"c", "d">>;
using descending = round<needs<"d", "c">, needs<"c", "b">, needs<"b", "a">>;

class machines_of_sml_that_share : public scene {};

TEST_F(machines_of_sml_that_share, resources_of_which_there_is_one_never_wait_for_one_another)
{
#if defined(STEWARD_TEST_SANITIZES_ADDRESSES) || defined(STEWARD_TEST_SANITIZES_THREADS)
    constexpr int events = 5'000;
#else
    constexpr int events = 50'000;
#endif
    const auto go_round = [this]<class Machine>(std::type_identity<Machine>) {
        held_machine<Machine> machine{resources};
        for (int i = 0; i != events; ++i) {
            machine.process_event(work{});
            if (i % 8 == 0)
                std::this_thread::yield(); // the other one comes in between
        }
    };
    {
        const std::jthread one{[&] { go_round(std::type_identity<climbing>{}); }};
        const std::jthread other{[&] { go_round(std::type_identity<descending>{}); }};
    }
    for (const auto& [name, metrics] : resources.metrics())
        EXPECT_EQ(metrics.timeouts, 0U) << name;
    expect_nothing_is_held();
}

} // namespace
