// SPDX-License-Identifier: BSL-1.0
#include "unit/redis/raw_redis.hpp"
#include "unit/redis/scene.hpp"

#include <exception>
#include <vector>

using namespace steward::test;

namespace secrets_test {

using store = steward::resource<"store", steward::adapters::redis, steward::pooling::bounded<0, 1>,
                                steward::metrics::counters, steward::ownership::tracked>;

/// All that a manager says of itself and of an error.
std::string said_by(steward::manager<store>& resources)
{
    std::string all;
    if (const auto result = resources.try_acquire<"store">(); !result)
        all += result.error().what();
    for (const auto& status : resources.status())
        all += status.name;
    return all + resources.diagnose<"store">().reason;
}

// Servers that repeat whatever they hear, as Redis does with an unknown command.
TEST(redis_secrets, stay_out_of_everything_that_is_said_of_a_failure)
{
    for (const std::string_view answer :
         {"-ERR unknown command 'AUTH', with args beginning with: 'hunter2'\r\n+PONG\r\n"sv,
          "-ERR AUTH hunter2 is wrong\r\n+PONG\r\n"sv, "-WRONGPASS 'hunter2'\r\n-NOAUTH hunter2\r\n"sv, "hunter2\r\n"sv,
          "-LOADING hunter2\r\n+PONG\r\n"sv, ""sv}) {
        const raw_redis echoing{[&](int connection) {
            raw_redis::hear(connection);
            raw_redis::say(connection, answer);
        }};
        for (const char* const user : {"", "hunter1"}) {
            steward::manager<store> resources{store::with({.host = "127.0.0.1",
                                                           .port = echoing.port(),
                                                           .user = user,
                                                           .password = "hunter2",
                                                           .connect_timeout = 100ms},
                                                          {.acquire_timeout = 100ms})};
            const std::string said = said_by(resources);
            EXPECT_FALSE(said.contains("hunter2")) << said;
        }
    }
}

} // namespace secrets_test
