// SPDX-License-Identifier: BSL-1.0
#include "schedule.hpp"
#include "support/pool_combinations.hpp"
#include "support/seed.hpp"

#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using namespace steward::test;
using steward::errc;
using steward::operator""_ms;
namespace locking = steward::locking;
namespace pooling = steward::pooling;
namespace health = steward::health;

namespace {

using strict = health::all<health::on_borrow<>, health::on_return, health::circuit_breaker<2, 20_ms>>;

template <class Locking, class Pooling, class Health>
struct built {
    using resource = steward::resource<"fragile", fragile_adapter, Locking, Pooling, Health, steward::metrics::counters,
                                       steward::ownership::tracked>;
    using manager = steward::manager<resource>;
};

/// One small run: some threads, a schedule of faults, and perhaps a close in between.
template <class Built>
class one_run {
    using manager_type = typename Built::manager;
    using options = typename manager_type::template pool_type<"fragile">::options;
    static constexpr bool exclusive = requires(options& o) { o.max_size; };

public:
    explicit one_run(std::uint64_t from)
        : random_{from}, schedule_{random_}, size_{exclusive ? 1 + random_() % 3 : 1},
          pool_{Built::resource::with(fragile_adapter::settings{&schedule_}, make_options()),
                steward::manual_housekeeping}
    {
        schedule::may_hang = false;
    }

    void operator()()
    {
        const int threads = 2 + static_cast<int>(random_() % 3);
        const bool closes = random_() % 4 == 0;
        std::atomic<int> at_work{threads}, attempts{0};
        {
            std::vector<std::jthread> all;
            for (int i = 0; i != threads; ++i)
                all.emplace_back([&, dice = std::minstd_rand{static_cast<unsigned>(random_())}]() mutable {
                    schedule::is_worker = true;
                    for (int round = 0; round != 8; ++round, ++attempts)
                        attempt(dice);
                    --at_work;
                });
            const int enough = static_cast<int>(random_() % 8);
            while (attempts < enough && at_work > schedule_.stuck())
                std::this_thread::yield();
            if (closes)
                pool_.close();                    // whatever hangs
            while (at_work > schedule_.stuck()) { // who hangs stops nobody else
                static_cast<void>(pool_.template status<"fragile">());
                std::this_thread::yield();
            }
            schedule_.end();
        }
        closes ? expect_closed() : expect_whole();
        EXPECT_TRUE(pool_.cleanup(1h).complete());
        const auto status = pool_.template status<"fragile">();
        EXPECT_EQ(status.size, 0U);
        EXPECT_EQ(status.totals->acquisitions, status.totals->releases);
        EXPECT_EQ(status.totals->acquisitions, got_);
        EXPECT_EQ(status.totals->failures + status.totals->timeouts, failed_);
        EXPECT_EQ(schedule_.there, 0);
        EXPECT_EQ(schedule_.created, schedule_.gone);
        EXPECT_LE(schedule_.most, static_cast<int>(size_));
    }

private:
    options make_options()
    {
        options o{.acquire_timeout = 1h};
        if constexpr (exclusive) {
            o.max_size = size_;
            o.min_size = random_() % (size_ + 1);
            in_background_ = random_() % 4 == 0;
            o.create_in_background = in_background_;
        }
        return o;
    }

    template <class Dice>
    void attempt(Dice& dice)
    {
        try {
            auto lease = pool_.template try_acquire<"fragile">(std::chrono::microseconds{dice() % 300});
            if (!lease) {
                ++failed_;
                return;
            }
            ++got_;
            hold(**lease);
            if (dice() % 8 == 0)
                throw std::runtime_error{"the holder dies"};
            if (dice() % 8 == 0)
                lease->discard();
        } catch (const std::runtime_error&) { // its lease went back on the way
        }
    }

    static void hold(fragile& f)
    {
        if constexpr (exclusive) {
            EXPECT_FALSE(std::exchange(f.in_use, true));
            std::this_thread::yield();
            f.in_use = false;
        }
    }

    void expect_closed()
    {
        EXPECT_EQ(pool_.template try_acquire<"fragile">(0ms).error().code(), errc::closed);
        ++failed_;
        EXPECT_EQ(pool_.template status<"fragile">().active, 0U);
    }

    // Every slot can be had, and not one more.
    void expect_whole()
    {
        if constexpr (requires { pool_.maintain(); })
            pool_.maintain(steward::clock::now() + 1min); // no circuit is open any more
        std::vector<typename manager_type::template lease_type<"fragile">> all;
        for (std::size_t i = 0; i != size_; ++i) {
            auto one = acquire_after_the_faults();
            ASSERT_TRUE(one) << "slot " << i << ": " << one.error().what();
            all.push_back(std::move(*one));
            ++got_;
        }
        if constexpr (exclusive) {
            EXPECT_FALSE(pool_.template try_acquire<"fragile">(0ms));
            ++failed_;
        }
        EXPECT_EQ(pool_.template status<"fragile">().active, size_);
        EXPECT_EQ(pool_.template status<"fragile">().waiting, 0U);
    }

    // What was being created on a thread of the pool's when the faults stopped may still fail, and tells who waits.
    auto acquire_after_the_faults()
    {
        for (std::size_t late = in_background_ ? size_ : 0;; --late) {
            auto one = pool_.template try_acquire<"fragile">(1h);
            if (one || late == 0 || one.error().code() != errc::create_failed)
                return one;
            ++failed_;
        }
    }

    std::mt19937_64 random_;
    schedule schedule_;
    std::size_t size_;
    bool in_background_ = false;
    std::atomic<std::uint64_t> got_{0}, failed_{0};
    manager_type pool_;
};

template <class Built>
class faults : public testing::Test {};

struct names {
    template <class Built>
    static std::string GetName(int number)
    {
        static const char* const all[] = {"lock_free_bounded", "lock_free_arena", "mutex_bounded", "spin_bounded",
                                          "lock_free_shared"};
        return all[combination_number(number)];
    }
};
using ways = pool_combinations<built<locking::lock_free, pooling::bounded<0, 3>, strict>,
                               built<locking::lock_free, pooling::arena<3>, health::on_borrow<>>,
                               built<locking::mutex, pooling::bounded<0, 3>, health::on_borrow<>>,
                               built<locking::spin, pooling::bounded<0, 3>, health::on_return>,
                               built<locking::lock_free, pooling::shared, health::on_borrow<>>>;
TYPED_TEST_SUITE(faults, ways, names);

TYPED_TEST(faults, of_any_kind_lose_no_slot)
{
    for (std::uint64_t i = 0; i != 200 && !this->HasFailure(); ++i) {
        SCOPED_TRACE("schedule " + std::to_string(i) + "; " + how_to_repeat());
        one_run<TypeParam>{seed() + i}();
    }
}

} // namespace
