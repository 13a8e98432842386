// SPDX-License-Identifier: BSL-1.0
#include "support/sanitizers.hpp"
#include "unit/msm/machines.hpp"

#include <boost/mpl/vector.hpp>

#include <thread>

using namespace steward::test;

namespace deadlock_test {

template <int Number, class Needs>
struct station : front::state<> {
    using needs = Needs;
};

template <class First, class Second, class Third>
struct round : telling<round<First, Second, Third>> {
    using initial_state = station<0, First>;
    struct transition_table : boost::mpl::vector<front::Row<station<0, First>, work, station<1, Second>>,
                                                 front::Row<station<1, Second>, work, station<2, Third>>,
                                                 front::Row<station<2, Third>, work, station<0, First>>> {};
};

using steward::needs;
using climbing = round<needs<"a", "b">, needs<"b", "c">, needs<"c", "d">>;
using descending = round<needs<"d", "c">, needs<"c", "b">, needs<"b", "a">>;

class machines_of_msm_that_share : public scene {};

TEST_F(machines_of_msm_that_share, resources_of_which_there_is_one_never_wait_for_one_another)
{
#if defined(STEWARD_TEST_SANITIZES_ADDRESSES) || defined(STEWARD_TEST_SANITIZES_THREADS)
    constexpr int events = 5'000;
#else
    constexpr int events = 50'000;
#endif
    const auto go_round = [this]<class Machine>(std::type_identity<Machine>) {
        held_machine<Machine> machine{std::ref(resources)};
        machine.start();
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

} // namespace deadlock_test
