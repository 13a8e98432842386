// SPDX-License-Identifier: BSL-1.0
#include "storm.hpp"
#include "support/pool_combinations.hpp"

#include <memory>
#include <type_traits>

using namespace steward::test;
using steward::errc;
using steward::operator""_ms;
namespace locking = steward::locking;
namespace pooling = steward::pooling;
namespace health = steward::health;
namespace metrics = steward::metrics;

namespace {

using breaker = health::circuit_breaker<3, 20_ms>;
using all_health = health::all<health::on_borrow<>, health::on_return, health::periodic, breaker>;

template <class Locking, class Pooling, class Health>
struct built {
    using resource =
        steward::resource<"troubled", troubled_adapter, Locking, Pooling, Health,
                          metrics::all<metrics::counters, metrics::histogram>, steward::ownership::tracked>;
    using manager = steward::manager<resource>;
    using pool = Pooling;
};

/// A manager, the trouble that its adapter has, and what must hold when all is over.
template <class Built>
class stress : public testing::Test {
public:
    using manager = typename Built::manager;
    static constexpr std::size_t larger = 8, smaller = 3;

    trouble log;

    void weather(const plan& p, steward::pool_options options)
    {
        options.max_size = p.resizes ? larger : smaller;
        options.acquire_timeout = 1h; // a wake-up that is lost stops the test
        options.idle_timeout = 50ms;
        options.max_lifetime = 200ms;
        options.validation_interval = 20ms;
        options.keepalive = 30ms;
        const auto pool = std::make_unique<manager>(Built::resource::with(troubled_adapter::settings{&log}, options),
                                                    steward::manual_housekeeping);
        tally all = storm<manager>{*pool}.run(p, 1000);
        log.on = false;
        if (!p.closes_amid)
            expect_whole(*pool, *options.max_size);
        EXPECT_LE(log.most, static_cast<int>(*options.max_size)) << "with what was being created";

        const steward::cleanup_report report = pool->cleanup(1h);
        EXPECT_TRUE(report.complete());
        const auto status = pool->template status<"troubled">();
        EXPECT_EQ(status.waiting, 0U);
        EXPECT_TRUE(status.owners.empty());
        all.add(after_);
        expect_counted(*status.totals, all, log);
        EXPECT_FALSE(testing::Test::HasFailure()) << how_to_repeat();
    }

private:
    // As many as there may be can be had, and not one more.
    void expect_whole(manager& pool, std::size_t size)
    {
        pool.maintain(steward::clock::now() + 1h); // no circuit is open any more
        std::vector<typename manager::template lease_type<"troubled">> leases;
        for (std::size_t i = 0; i != size; ++i) {
            auto one = pool.template try_acquire<"troubled">(1h);
            ASSERT_TRUE(one) << "slot " << i << " is lost: " << one.error().what();
            leases.push_back(std::move(*one));
        }
        after_.got = size;
        EXPECT_FALSE(pool.template try_acquire<"troubled">(0ms));
        after_.failed_with(errc::timed_out);
    }

    tally after_; ///< what this test itself tried
};

struct names {
    template <class Built>
    static std::string GetName(int number)
    {
        static const char* const all[] = {
            "lock_free_on_borrow", "lock_free_on_return", "lock_free_periodic", "lock_free_breaker",
            "lock_free_all",       "mutex_all",           "spin_all",           "lock_free_arena_all",
            "lock_free_sparse_all"};
        return all[combination_number(number)];
    }
};
using ways = pool_combinations<built<locking::lock_free, pooling::bounded<0, 8>, health::on_borrow<>>,
                               built<locking::lock_free, pooling::bounded<0, 8>, health::on_return>,
                               built<locking::lock_free, pooling::bounded<0, 8>, health::periodic>,
                               built<locking::lock_free, pooling::bounded<0, 8>, breaker>,
                               built<locking::lock_free, pooling::bounded<0, 8>, all_health>,
                               built<locking::mutex, pooling::bounded<0, 8>, all_health>,
                               built<locking::spin, pooling::bounded<0, 8>, all_health>,
                               built<locking::lock_free, pooling::arena<8>, all_health>,
                               built<locking::lock_free, pooling::bounded<0, 128>, all_health>>;
TYPED_TEST_SUITE(stress, ways, names);

TYPED_TEST(stress, leaves_a_pool_whole_and_its_counts_balanced) { this->weather({.resizes = true}, {}); }

TYPED_TEST(stress, keeps_to_the_limit_and_ends_while_others_are_at_work)
{
    this->weather({.resizes = false, .closes_amid = true}, {.min_size = 2});
}

TYPED_TEST(stress, of_creating_in_the_background_leaves_a_pool_whole)
{
    this->weather({.resizes = false}, {.max_waiting = 9, .max_creating = 2, .create_in_background = true});
}

} // namespace
