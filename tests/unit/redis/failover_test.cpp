// SPDX-License-Identifier: BSL-1.0
#include "unit/redis/scene.hpp"

#include <array>
#include <atomic>
#include <numeric>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using namespace steward::test;
using namespace steward::literals;

namespace failover_test {

using store = steward::resource<"store", steward::adapters::redis, steward::pooling::bounded<0, 4>,
                                steward::health::circuit_breaker<5, 500_ms>, steward::metrics::counters>;

/// Eight threads that work through a pool of four, each with keys of its own, whatever happens to the server.
class workers {
public:
    explicit workers(const redis_settings& settings) : resources_{store::with(settings, {.acquire_timeout = 10s})}
    {
        for (std::size_t i = 0; i != count; ++i)
            threads_.emplace_back([this, i] { work(i); });
    }
    ~workers()
    {
        stop_ = true;
        for (std::thread& each : threads_)
            each.join();
    }
    workers(const workers&) = delete;
    workers& operator=(const workers&) = delete;

    /// Waits until each has done something from now on.
    void wait_for_each()
    {
        std::array<std::uint64_t, count> before{};
        for (std::size_t i = 0; i != count; ++i)
            before[i] = done_[i];
        for (std::size_t i = 0; i != count; ++i)
            wait_until([&] { return done_[i] > before[i]; });
    }

    /// How long it takes from now until one of them has done something.
    [[nodiscard]] std::chrono::milliseconds until_served() const
    {
        const std::uint64_t before = done();
        const auto begin = std::chrono::steady_clock::now();
        wait_until([&] { return done() > before; });
        return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    }

    std::atomic<std::uint64_t> wrong_answers{0}, untyped{0};

private:
    static constexpr std::size_t count = 8;

    [[nodiscard]] std::uint64_t done() const { return std::reduce(done_.begin(), done_.end(), std::uint64_t{0}); }

    void work(std::size_t me)
    {
        const std::string key = "worker " + std::to_string(me);
        for (std::uint64_t number = 1; !stop_; ++number) {
            try {
                step(key, number);
                ++done_[me];
            } catch (const redis_error& error) {
                untyped += error.code() == redis_errc::other || error.code() == redis_errc::wrong_reply
                           || !std::string_view{error.what()}.starts_with("store: ");
            } catch (const steward::resource_error& error) {
                untyped += error.resource() != "store";
                std::this_thread::sleep_for(1ms); // the circuit is open
            } catch (...) {
                ++untyped;
            }
        }
    }

    // What a server that was started again has forgotten is no wrong answer; another's is.
    void step(const std::string& key, std::uint64_t number)
    {
        const std::string mine = key + ": " + std::to_string(number);
        auto lease = resources_.acquire<"store">();
        lease->set(key, mine);
        const auto found = lease->get(key);
        wrong_answers += found && *found != mine;
        wrong_answers += lease->command<std::string>("ECHO", mine) != mine;
        auto pipeline = lease->pipeline();
        const auto first = pipeline.command<std::string>("ECHO", mine + "a");
        const auto second = pipeline.command<std::string>("ECHO", mine + "b");
        const auto results = pipeline.run();
        wrong_answers += results[first] != mine + "a" || results[second] != mine + "b";
        auto change = lease->transaction({key});
        change.incr(key + " n");
        const auto echo = change.command<std::string>("ECHO", mine);
        wrong_answers += change.exec()[echo] != mine;
    }

    steward::manager<store> resources_;
    std::array<std::atomic<std::uint64_t>, count> done_{};
    std::atomic<bool> stop_{false};
    std::vector<std::thread> threads_;
};

TEST_F(redis_faults, a_server_that_is_killed_and_started_again_costs_typed_errors_and_no_wrong_answer)
{
    workers crowd{settings()};
    for (int i = 0; i != 3; ++i) {
        crowd.wait_for_each();
        server->stop_hard();
        std::this_thread::sleep_for(20ms); // so that they meet nobody there
        server->start_again();
        RecordProperty("served_again_after_ms_" + std::to_string(i), std::to_string(crowd.until_served().count()));
        crowd.wait_for_each();
        redis_session observer{settings()};
        for (int look = 0; look != 50; ++look)
            EXPECT_LE(connections(observer), 5); // four, and the observer
    }
    EXPECT_EQ(crowd.wrong_answers, 0U);
    EXPECT_EQ(crowd.untyped, 0U);
}

TEST_F(redis_faults, connections_that_are_killed_are_replaced_and_never_more_than_configured)
{
    workers crowd{settings()};
    crowd.wait_for_each();
    redis_session observer{settings()};
    for (int i = 0; i != 200; ++i) {
        EXPECT_LE(connections(observer), 5); // four, and the observer
        if (i % 10 == 0)
            observer.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    }
    crowd.wait_for_each();
    EXPECT_EQ(crowd.wrong_answers, 0U);
    EXPECT_EQ(crowd.untyped, 0U);
}

TEST_F(redis_faults, a_server_that_stops_answering_is_waited_for_no_longer_than_configured)
{
    redis_settings quick = settings();
    quick.command_timeout = quick.connect_timeout = 50ms;
    std::optional<redis_session> session;
    wait_until([&] { // to connect may take as long where others have the processors
        try {
            return session.emplace(quick, "store").set("a", "1");
        } catch (const redis_error&) {
            return false;
        }
    });
    redis_session{settings()}.command("CLIENT", "PAUSE", 1'000);
    EXPECT_EQ(code_of([&] { session->get("a"); }), redis_errc::timed_out);
    EXPECT_EQ(code_of([&] { redis_session{quick}; }), redis_errc::timed_out);
    wait_until([&] {
        try {
            return redis_session{quick}.get("a") == "1";
        } catch (const redis_error&) {
            return false;
        }
    });
}

} // namespace failover_test
