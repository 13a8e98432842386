// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <thread>

using namespace steward::test;
using steward::owner_id;
using tracked = steward::ownership::tracked;

namespace {

TEST(ownership_tracked, shows_who_acquired_until_he_released)
{
    tracked::per_slot slot;
    EXPECT_FALSE(tracked::holder(slot));
    tracked::on_acquired(slot, owner_id{"load", 7});
    EXPECT_EQ(tracked::holder(slot), (owner_id{"load", 7}));
    tracked::on_released(slot);
    EXPECT_FALSE(tracked::holder(slot));
}

TEST(ownership_tracked, shows_nobody_for_an_anonymous_lease)
{
    tracked::per_slot slot;
    tracked::on_acquired(slot, owner_id{});
    EXPECT_FALSE(tracked::holder(slot));
    tracked::on_released(slot);
    EXPECT_FALSE(tracked::holder(slot));
}

TEST(ownership_tracked, never_shows_a_torn_name)
{
    tracked::per_slot slot;
    std::atomic<bool> stop{false};
    std::jthread writer{[&] {
        for (int i = 0; i != 100'000; ++i) {
            tracked::on_acquired(slot, i % 2 == 0 ? owner_id{"even", 2} : owner_id{"odd", 1});
            tracked::on_released(slot);
        }
        stop = true;
    }};
    while (!stop) {
        const owner_id seen = tracked::holder(slot);
        ASSERT_TRUE(!seen || seen == (owner_id{"even", 2}) || seen == (owner_id{"odd", 1})) << to_string(seen);
    }
}

TEST(ownership_tracked, lists_owners_and_leaves_anonymous_leases_out)
{
    session_log log;
    using sessions = steward::resource<"sessions", session_adapter, tracked>;
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log})};
    auto anonymous = manager.acquire<"sessions">();
    auto owner = manager.owner("load");
    owner.acquire<"sessions">();
    EXPECT_EQ(manager.owners<"sessions">(), std::vector<std::string>{"load"});
    EXPECT_EQ(manager.status<"sessions">().owners, std::vector<std::string>{"load"});
}

template <class M>
concept lists_owners = requires(M& m) { m.template owners<"sessions">(); };
using untracked = steward::resource<"sessions", session_adapter, steward::ownership::none>;
static_assert(!lists_owners<steward::manager<untracked>>);

TEST(ownership_none, leaves_owners_working)
{
    session_log log;
    steward::manager<untracked> manager{untracked::with(session_adapter::settings{log})};
    auto owner = manager.owner("load", 1);
    auto& held = owner.acquire<"sessions">();
    EXPECT_EQ(owner.get<"sessions">(), &held);
    EXPECT_TRUE(manager.status<"sessions">().owners.empty());
}

} // namespace
