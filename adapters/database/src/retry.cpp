// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/database/retry.hpp>

#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

namespace steward::inline v0::adapters::detail {

void wait_before_attempt(int number)
{
    using std::chrono::microseconds;
    thread_local std::minstd_rand random{std::random_device{}()};
    const microseconds longest =
        std::min(microseconds{10'000} * (1 << std::clamp(number - 2, 0, 10)), microseconds{1'000'000});
    std::this_thread::sleep_for(
        microseconds{std::uniform_int_distribution<microseconds::rep>{0, longest.count()}(random)});
}

} // namespace steward::inline v0::adapters::detail
