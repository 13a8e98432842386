// SPDX-License-Identifier: BSL-1.0
#include "support/pool_combinations.hpp"
#include "support/pool_fixture.hpp"

#include <functional>
#include <optional>
#include <type_traits>

using namespace steward::test;
using steward::errc;

// A hook of a policy may call back into the manager: no lock is held meanwhile.
namespace {

/// Metrics that call the test back from each hook.
struct calling_metrics : steward::metrics::policy {
    static inline std::function<void()> on_acquire, on_release, on_failure, on_report;

    static void call(const std::function<void()>& f)
    {
        if (f)
            f();
    }

    struct per_resource {};
    struct per_slot {};
    static void on_acquired(per_resource&, per_slot&, const steward::acquired_event&) { call(on_acquire); }
    static void on_released(per_resource&, per_slot&, const steward::released_event&) { call(on_release); }
    static void on_failed(per_resource&, const steward::failed_event&) { call(on_failure); }
    static void report(const per_slot&, steward::metrics_snapshot&) { call(on_report); }
};

/// Ownership that calls the test back when it is asked for a holder.
struct calling_ownership : steward::ownership::tracked {
    static inline std::function<void()> on_holder;

    static steward::owner_id holder(const per_slot& slot)
    {
        calling_metrics::call(on_holder);
        return steward::ownership::tracked::holder(slot);
    }
};

template <class B>
class hook_reentrancy : public testing::Test {
public:
    using sessions = steward::resource<"sessions", session_adapter, typename B::locking, typename B::pooling,
                                       calling_metrics, calling_ownership>;

    session_log log;
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log}), steward::manual_housekeeping};
    int depth = 0, calls = 0;

    ~hook_reentrancy() override
    {
        calling_metrics::on_acquire = calling_metrics::on_release = nullptr;
        calling_metrics::on_failure = calling_metrics::on_report = nullptr;
        calling_ownership::on_holder = nullptr;
    }

    // Everything that may be asked; what is asked by a hook goes one level deep only.
    std::function<void()> call_back()
    {
        return [this] {
            if (depth != 0)
                return;
            ++depth, ++calls;
            static_cast<void>(manager.status());
            static_cast<void>(manager.metrics());
            static_cast<void>(manager.template owners<"sessions">());
            static_cast<void>(manager.template try_acquire<"sessions">(0ms));
            static_cast<void>(manager.template validate<"sessions">());
            --depth;
        };
    }
};
using pools = pool_combinations<built_with<steward::locking::lock_free, steward::pooling::bounded<0, 4>>,
                                built_with<steward::locking::mutex, steward::pooling::bounded<0, 4>>,
                                built_with<steward::locking::spin, steward::pooling::bounded<0, 4>>,
                                built_with<steward::locking::none, steward::pooling::bounded<0, 4>>,
                                built_with<steward::locking::none, steward::pooling::shared>,
                                built_with<steward::locking::mutex, steward::pooling::shared>,
                                built_with<steward::locking::lock_free, steward::pooling::shared>,
                                built_with<steward::locking::none, steward::pooling::transient>,
                                built_with<steward::locking::mutex, steward::pooling::transient>,
                                built_with<steward::locking::lock_free, steward::pooling::transient>>;
TYPED_TEST_SUITE(hook_reentrancy, pools);

TYPED_TEST(hook_reentrancy, from_acquired_and_released)
{
    calling_metrics::on_acquire = calling_metrics::on_release = this->call_back();
    this->manager.template acquire<"sessions">().release();
    EXPECT_EQ(this->calls, 2);
}

TYPED_TEST(hook_reentrancy, from_failed)
{
    calling_metrics::on_failure = this->call_back();
    EXPECT_EQ(code_of(this->manager.template try_acquire<"sessions">(-1ms)), errc::configuration);
    EXPECT_EQ(this->calls, 1);
}

TYPED_TEST(hook_reentrancy, from_report)
{
    auto lease = this->manager.template acquire<"sessions">();
    calling_metrics::on_report = this->call_back();
    static_cast<void>(this->manager.template metrics<"sessions">());
    EXPECT_GT(this->calls, 0);
}

TYPED_TEST(hook_reentrancy, from_holder)
{
    if constexpr (!std::is_same_v<typename TypeParam::pooling, steward::pooling::shared>) { // which lists its holders
        auto lease = this->manager.template acquire<"sessions">();
        calling_ownership::on_holder = this->call_back();
        static_cast<void>(this->manager.template owners<"sessions">());
        EXPECT_GT(this->calls, 0);
    }
}

TYPED_TEST(hook_reentrancy, by_releasing_another_lease)
{
    std::optional other{this->manager.template acquire<"sessions">()};
    calling_metrics::on_acquire = [&] { other.reset(); };
    auto lease = this->manager.template acquire<"sessions">();
    EXPECT_EQ(this->manager.template status<"sessions">().active, 1U);
}

} // namespace
