// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <string>
#include <vector>

using namespace steward::test;
using namespace steward::literals;

namespace {

std::vector<std::string> leaks;

void note_leaks(const steward::resource_event& event)
{
    if (event.what == steward::resource_event::kind::leaked)
        leaks.push_back(std::string{event.resource}.append(" ").append(event.details));
}

/// Whoever holds it for longer than a minute is reported.
template <class Pooling>
class traced : public testing::Test {
public:
    using sessions = steward::resource<"sessions", session_adapter, Pooling, steward::ownership::traced<60_s>,
                                       steward::metrics::observer<&note_leaks>>;

    session_log log;
    const steward::time_point start = steward::clock::now() + 1s;
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log}), steward::manual_housekeeping};

    traced()
    {
        leaks.clear();
        manager.maintain(start - 1s);
    }
    auto acquire() { return manager.template acquire<"sessions">(); }
    auto traces() { return manager.template traces<"sessions">(); }
};
using poolings =
    testing::Types<steward::pooling::bounded<0, 2>, steward::pooling::arena<2>, steward::pooling::transient>;
TYPED_TEST_SUITE(traced, poolings);

/// Nobody else finds leaks.
template <class Pooling>
using pool_of =
    steward::detail::pool_of<typename traced<Pooling>::sessions::template decided<steward::defaults<>>::traits>;
static_assert(pool_of<steward::pooling::bounded<0, 2>>::needs_housekeeping);
static_assert(pool_of<steward::pooling::transient>::needs_housekeeping);

TYPED_TEST(traced, lists_who_holds_what_is_out_and_which_line_took_it)
{
    auto owner = this->manager.owner("load", 7);
    owner.template acquire<"sessions">();
    const auto line = static_cast<std::uint32_t>(__LINE__ - 1);
    ASSERT_EQ(this->traces().size(), 1U);
    const steward::lease_trace trace = this->traces().front();
    EXPECT_EQ(trace.owner, (steward::owner_id{"load", 7}));
    EXPECT_EQ(trace.line, line);
    EXPECT_TRUE(contains(trace.file, "traced_test.cpp"));
}

TYPED_TEST(traced, lists_anonymous_leases_too)
{
    auto lease = this->acquire();
    ASSERT_EQ(this->traces().size(), 1U);
    EXPECT_FALSE(this->traces().front().owner);
}

TYPED_TEST(traced, does_not_list_what_came_back)
{
    auto stays = this->acquire();
    this->acquire().release();
    EXPECT_EQ(this->traces().size(), 1U);
    stays.release();
    EXPECT_TRUE(this->traces().empty());
}

TYPED_TEST(traced, reports_once_what_is_out_for_as_long_as_its_threshold)
{
    auto owner = this->manager.owner("load", 7);
    owner.template acquire<"sessions">();
    this->manager.maintain(this->start + 60s);
    ASSERT_EQ(leaks.size(), 1U);
    EXPECT_TRUE(leaks.front().starts_with("sessions out for 6")) << leaks.front();
    EXPECT_TRUE(contains(leaks.front(), "s, held by load_7 ("));
    EXPECT_TRUE(contains(leaks.front(), "traced_test.cpp:"));
    this->manager.maintain(this->start + 120s);
    EXPECT_EQ(leaks.size(), 1U);
}

TYPED_TEST(traced, reports_nothing_that_is_out_for_less)
{
    auto lease = this->acquire();
    this->manager.maintain(this->start + 50s);
    EXPECT_EQ(leaks, std::vector<std::string>{});
}

TYPED_TEST(traced, reports_nothing_that_came_back)
{
    this->acquire().release();
    this->manager.maintain(this->start + 61s);
    EXPECT_EQ(leaks, std::vector<std::string>{});
}

TYPED_TEST(traced, reports_each_lease_of_the_same_place)
{
    for (int i = 0; i != 2; ++i) {
        auto lease = this->acquire();
        this->manager.maintain(this->start + (i + 1) * 100s);
    }
    EXPECT_EQ(leaks.size(), 2U);
}

} // namespace
