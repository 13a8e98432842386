// SPDX-License-Identifier: BSL-1.0
#include "storm.hpp"
#include "support/pool_combinations.hpp"

#include <memory>

using namespace steward::test;
using steward::operator""_ms;
namespace locking = steward::locking;
namespace pooling = steward::pooling;
namespace health = steward::health;
namespace metrics = steward::metrics;

namespace {

using breaker = health::circuit_breaker<3, 20_ms>;
using all_health = health::all<health::on_borrow<>, health::periodic, breaker>;

template <class Locking, class Pooling, class Health>
struct built {
    using resource =
        steward::resource<"troubled", troubled_adapter, Locking, Pooling, Health,
                          metrics::all<metrics::counters, metrics::histogram>, steward::ownership::tracked>;
    using manager = steward::manager<resource>;
};

/// As for pools with slots, where what is shared has one resource, and what is transient one for each lease.
template <class Built>
class stress_unpooled : public testing::Test {
public:
    using manager = typename Built::manager;
    static constexpr bool is_shared = requires(manager& m) { m.template suspend<"troubled">(); };

    trouble log;

    void weather(const plan& p)
    {
        const auto pool =
            std::make_unique<manager>(Built::resource::with(settings(), options()), steward::manual_housekeeping);
        tally all = storm<manager>{*pool}.run(p, 1000);
        log.on = false;
        if (!p.closes_amid) {
            if constexpr (requires { pool->maintain(); })
                pool->maintain(steward::clock::now() + 1h); // no circuit is open any more
            EXPECT_TRUE(pool->template try_acquire<"troubled">(0ms));
            ++all.got;
        }
        if (is_shared) {
            EXPECT_LE(log.most, 1) << "with what was being created";
        }
        EXPECT_TRUE(pool->cleanup(1h).complete());
        const auto status = pool->template status<"troubled">();
        EXPECT_TRUE(status.owners.empty());
        expect_counted(*status.totals, all, log);
        EXPECT_FALSE(testing::Test::HasFailure()) << how_to_repeat();
    }

private:
    troubled_adapter::settings settings() { return {&log}; }
    static auto options()
    {
        typename manager::template pool_type<"troubled">::options o{};
        if constexpr (is_shared) {
            o.acquire_timeout = 1h; // a wake-up that is lost stops the test
            o.validation_interval = 20ms;
        }
        return o;
    }
};

struct names {
    template <class Built>
    static std::string GetName(int number)
    {
        static const char* const all[] = {"lock_free_shared", "lock_free_shared_all", "mutex_shared_all",
                                          "spin_shared_all",  "lock_free_transient",  "mutex_transient_breaker"};
        return all[combination_number(number)];
    }
};
using ways = pool_combinations<
    built<locking::lock_free, pooling::shared, health::none>, built<locking::lock_free, pooling::shared, all_health>,
    built<locking::mutex, pooling::shared, all_health>, built<locking::spin, pooling::shared, all_health>,
    built<locking::lock_free, pooling::transient, health::none>, built<locking::mutex, pooling::transient, breaker>>;
TYPED_TEST_SUITE(stress_unpooled, ways, names);

TYPED_TEST(stress_unpooled, leaves_nothing_behind_and_its_counts_balanced) { this->weather({}); }

TYPED_TEST(stress_unpooled, ends_while_others_are_at_work) { this->weather({.closes_amid = true}); }

} // namespace
