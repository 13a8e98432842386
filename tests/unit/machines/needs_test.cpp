// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <steward/fsm.hpp>

using namespace steward::test;
using namespace steward::literals;

namespace needs_test {

using some = steward::needs<"a", steward::optional("b"), steward::required("c").within(5s)>;
static_assert(some::size == 3);
static_assert(some::contains("a") && some::contains("b") && !some::contains("d"));
static_assert(steward::need{"a"}.is_required && !steward::need{"a"}.has_limit());
static_assert(!steward::optional("b").is_required);
static_assert(steward::required("c").within(5s).limit() == 5s);
static_assert(steward::required("c") == steward::need{"c"});

template <steward::fixed_string Name>
using number = steward::resource<Name, steward::adapters::value<int>>;
using catalog = steward::catalog<number<"a">, number<"b">, number<"c">, number<"d">>;
static_assert(catalog::size == 4);

struct first {
    using needs = steward::needs<"c">;
};
struct second {
    using needs = steward::needs<"a", "c">;
};
struct fsm {
    using needs = steward::needs<"d">;
    using states = steward::states<first, second>;
    using arcs = steward::arcs<steward::arc<first, second>>;
};
using tailored = steward::manager_for<fsm, catalog>;
static_assert(tailored::size == 3 && !tailored::has<"b">);
static_assert(tailored::index<"a"> == 0 && tailored::index<"c"> == 1 && tailored::index<"d"> == 2);

struct without_needs {
    using states = steward::states<struct only>;
    using arcs = steward::arcs<>;
};
struct only {};
static_assert(steward::manager_for<without_needs, catalog>::size == 0);

using counted_catalog =
    steward::catalog<steward::defaults<steward::metrics::counters>, number<"a">, number<"c">, number<"d">>;

struct tailored_by_name : steward::manager_for<fsm, catalog> {
    using manager::manager;
};

TEST(manager_for, may_have_a_name_of_its_own)
{
    tailored_by_name manager{number<"a">::with(1), number<"c">::with(3)};
    EXPECT_EQ(*manager.acquire<"a">(), 1);
    EXPECT_EQ(*manager.acquire("c"_r), 3);
    EXPECT_EQ(*manager.acquire<"d">(), 0);
}

TEST(manager_for, takes_the_catalogs_defaults)
{
    steward::manager_for<fsm, counted_catalog> manager;
    manager.acquire<"a">().release();
    EXPECT_EQ(manager.metrics<"a">().acquisitions, 1U);
}

TEST(manager_for, runs_a_machine_without_needs)
{
    steward::manager_for<without_needs, catalog> manager;
    const auto outcome = steward::run<without_needs>(manager, 7);
    EXPECT_TRUE(outcome.completed);
    EXPECT_EQ(outcome.path, std::vector<std::string_view>{"only"});
    EXPECT_EQ(outcome.data, 7);
}

} // namespace needs_test
