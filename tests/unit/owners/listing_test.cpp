// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <set>
#include <string>
#include <thread>
#include <vector>

using namespace steward::test;

namespace {

template <class Locking, class Pooling>
using sessions_of = steward::resource<"sessions", session_adapter, Locking, Pooling, steward::ownership::tracked>;

/// Threads list owners while others take and give back: whole names, or none, and never a dead owner's.
template <class B>
class owner_listing : public testing::Test {
public:
    using sessions = sessions_of<typename B::locking, typename B::pooling>;
    session_log log;
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log})};
};
using kinds = testing::Types<built_with<steward::locking::mutex, steward::pooling::bounded<0, 2>>,
                             built_with<steward::locking::spin, steward::pooling::bounded<0, 2>>,
                             built_with<steward::locking::lock_free, steward::pooling::bounded<0, 2>>,
                             built_with<steward::locking::lock_free, steward::pooling::arena<2>>,
                             built_with<steward::locking::lock_free, steward::pooling::shared>,
                             built_with<steward::locking::lock_free, steward::pooling::transient>>;
TYPED_TEST_SUITE(owner_listing, kinds);

TYPED_TEST(owner_listing, never_shows_a_torn_name)
{
    std::set<std::string> known;
    for (int i = 0; i != 16; ++i) {
        known.insert("left_" + std::to_string(1'000'000'007ULL * static_cast<unsigned>(i)));
        known.insert("right_" + std::to_string(3'000'000'019ULL * static_cast<unsigned>(i)));
    }
    std::atomic<int> working{2};
    std::vector<std::jthread> threads;
    for (int t = 0; t != 2; ++t)
        threads.emplace_back([&, t] {
            for (unsigned i = 0; i != 4'000; ++i) {
                auto owner = t == 0 ? this->manager.owner("left", 1'000'000'007ULL * (i % 16))
                                    : this->manager.owner("right", 3'000'000'019ULL * (i % 16));
                owner.template acquire<"sessions">();
            }
            --working;
        });
    while (working != 0) {
        const auto names = this->manager.template owners<"sessions">();
        EXPECT_LE(names.size(), 2U);
        for (const std::string& name : names)
            EXPECT_TRUE(known.contains(name)) << name;
    }
    threads.clear();
    EXPECT_TRUE(this->manager.template owners<"sessions">().empty());
}

TYPED_TEST(owner_listing, agrees_with_the_status)
{
    auto one = this->manager.owner("one");
    auto two = this->manager.owner("two");
    one.template acquire<"sessions">();
    two.template acquire<"sessions">();
    auto names = this->manager.template owners<"sessions">();
    EXPECT_EQ(this->manager.template status<"sessions">().owners, names);
    std::ranges::sort(names);
    EXPECT_EQ(names, (std::vector<std::string>{"one", "two"}));
}

} // namespace
