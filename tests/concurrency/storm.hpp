// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "tally.hpp"
#include "trouble.hpp"

#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace steward::test {

using namespace std::chrono_literals;

/// What shall happen beside the workers.
struct plan {
    bool resizes = true;
    bool closes_amid = false;
};

/// Many threads that do to a manager of one resource, "troubled", whatever can be done to it.
template <class Manager>
class storm {
    using pool = typename Manager::template pool_type<"troubled">;
    using lease_type = typename Manager::template lease_type<"troubled">;
    static constexpr int workers = 16;
    static constexpr bool exclusive = !requires { typename pool::holder_node; };

public:
    explicit storm(Manager& manager) : manager_{manager} {}

    /// All attempts of all workers, which have ended.
    tally run(const plan& p, int rounds)
    {
        tally all;
        std::mutex together;
        std::vector<std::jthread> helpers;
        helpers.emplace_back([this] { deliver(); });
        helpers.emplace_back([this] { cancel(); });
        helpers.emplace_back([this] { keep_house(); });
        helpers.emplace_back([this] { look(); });
        helpers.emplace_back([this, &p] { operate(p); });
        {
            std::vector<std::jthread> threads;
            for (int number = 0; number != workers; ++number)
                threads.emplace_back([&, number] {
                    const tally mine = work(static_cast<std::size_t>(number), rounds);
                    const std::lock_guard lock{together};
                    all.add(mine);
                });
            if (p.closes_amid) {
                while (started_ < workers * rounds / 2)
                    std::this_thread::yield();
                manager_.close();
            }
        }
        over_ = true;
        helpers.clear();
        deliver_now();
        return all;
    }

private:
    tally work(std::size_t number, int rounds)
    {
        tally mine;
        for (int i = 0; i != rounds && !mine.met_its_end(); ++i) {
            ++started_;
            switch (random_number() % 8) {
            case 0: own(number, mine); break;
            case 1: throw_while_holding(number, mine); break;
            default: borrow(number, mine); break;
            }
        }
        while (started_ < workers * rounds && mine.met_its_end())
            started_ += workers * rounds; // nobody has to wait for those who ended early
        return mine;
    }

    // With the limits that there are.
    std::optional<lease_type> try_it(std::size_t number, tally& mine)
    {
        const std::stop_token token = new_token(number);
        auto got = [&] {
            switch (random_number() % 6) {
            case 0: return manager_.template try_acquire<"troubled">();
            case 1: return manager_.template try_acquire<"troubled">(0ms);
            case 2: return manager_.template try_acquire<"troubled">(std::chrono::microseconds{random_number() % 300});
            case 3: return manager_.template try_acquire<"troubled">(token);
            case 4: return manager_.template try_acquire<"troubled">(2ms, token);
            default: return manager_.template try_acquire<"troubled">(chance(10) ? -1ms : 1ms);
            }
        }();
        if (!got) {
            mine.failed_with(got.error().code());
            if (got.error().code() == errc::circuit_open || got.error().code() == errc::overloaded)
                std::this_thread::sleep_for(50us); // whoever is refused at once comes back later
            return std::nullopt;
        }
        ++mine.got;
        use(**got);
        return std::move(*got);
    }

    void borrow(std::size_t number, tally& mine)
    {
        auto lease = try_it(number, mine);
        if (!lease)
            return;
        if (chance(10))
            std::this_thread::yield();
        if constexpr (requires { lease->report_failure(); })
            if (chance(10))
                chance(30) ? lease->report_failure() : lease->report_success();
        if (chance(5)) {
            lease->discard();
        } else if (chance(10)) {
            const std::lock_guard lock{mail_mutex_};
            mail_.push_back(std::move(*lease));
        }
    }

    void throw_while_holding(std::size_t number, tally& mine)
    {
        try {
            const auto lease = try_it(number, mine);
            throw std::runtime_error{"the holder gives up"};
        } catch (const std::runtime_error&) { // whatever it held went back on the way
        }
    }

    void own(std::size_t number, tally& mine)
    {
        auto owner = manager_.owner("worker", number);
        for (int i = 0; i != 3; ++i) {
            const bool held = owner.template has<"troubled">();
            try {
                use(owner.template acquire<"troubled">(500us));
                mine.got += held ? 0 : 1;
            } catch (const resource_error& error) {
                EXPECT_FALSE(held);
                mine.failed_with(error.code());
            }
            if (chance(50))
                owner.template release<"troubled">();
        }
    }

    static void use(troubled& t)
    {
        if constexpr (exclusive)
            ++t.uses;
    }

    std::stop_token new_token(std::size_t number)
    {
        const std::lock_guard lock{stops_mutex_};
        stops_[number] = std::make_unique<std::stop_source>();
        return stops_[number]->get_token();
    }
    void cancel()
    {
        while (!over_) {
            {
                const std::lock_guard lock{stops_mutex_};
                if (const auto& one = stops_[random_number() % workers])
                    one->request_stop();
            }
            std::this_thread::sleep_for(50us);
        }
    }

    void deliver_now()
    {
        std::vector<lease_type> mail;
        {
            const std::lock_guard lock{mail_mutex_};
            mail.swap(mail_);
        }
    }
    void deliver()
    {
        while (!over_) {
            deliver_now();
            std::this_thread::yield();
        }
    }

    void keep_house()
    {
        if constexpr (requires { manager_.maintain(clock::now()); })
            for (time_point now = clock::now(); !over_; now += 5ms) {
                manager_.maintain(now);
                std::this_thread::sleep_for(100us);
            }
    }

    void look()
    {
        while (!over_) {
            const resource_status status = manager_.template status<"troubled">();
            for (const std::string& name : status.owners)
                EXPECT_TRUE(name.starts_with("worker_")) << name;
            static_cast<void>(manager_.template diagnose<"troubled">());
            static_cast<void>(manager_.template validate<"troubled">());
            std::this_thread::sleep_for(100us);
        }
    }

    // Leaves it open and of full size, unless it was closed.
    void operate(const plan& p)
    {
        while (!over_) {
            if constexpr (requires { manager_.template resize<"troubled">({.max_size = 1}); })
                if (p.resizes)
                    manager_.template resize<"troubled">({.max_size = 1 + random_number() % 8});
            if constexpr (requires { manager_.template suspend<"troubled">(); })
                if (chance(20)) {
                    manager_.template suspend<"troubled">();
                    std::this_thread::yield();
                    manager_.template resume<"troubled">();
                }
            if constexpr (requires { manager_.template refresh<"troubled">(); })
                if (chance(20))
                    manager_.template refresh<"troubled">();
            std::this_thread::sleep_for(100us);
        }
        if constexpr (requires { manager_.template resize<"troubled">({.max_size = 8}); })
            if (p.resizes)
                manager_.template resize<"troubled">({.max_size = 8});
    }

    Manager& manager_;
    std::atomic<int> started_{0};
    std::atomic<bool> over_{false};
    std::mutex stops_mutex_, mail_mutex_;
    std::array<std::unique_ptr<std::stop_source>, workers> stops_;
    std::vector<lease_type> mail_;
};

} // namespace steward::test
